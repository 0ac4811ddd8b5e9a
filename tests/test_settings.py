from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import InputError, UsageError
from claimcheck.settings import Settings, known_keys, load_settings


def test_an_unknown_key_is_refused_with_the_nearest_known_one(tmp_path: Path) -> None:
    path = tmp_path / "claimcheck.toml"
    path.write_text("[pairs]\nneighbors = 4\n")
    with pytest.raises(UsageError, match=r"pairs\.neighbors.*pairs\.neighbours"):
        load_settings(path)


def test_a_value_out_of_range_names_its_key() -> None:
    with pytest.raises(UsageError, match=r"pairs\.share"):
        load_settings(None, {"pairs.share": 2})


def test_a_missing_and_a_broken_file_are_input_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such settings file"):
        load_settings(tmp_path / "none.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("[pairs\n")
    with pytest.raises(InputError, match="not valid TOML"):
        load_settings(broken)


def test_options_win_over_the_file_and_none_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "claimcheck.toml"
    path.write_text("[pairs]\nneighbours = 4\nlexical = 2\n")
    found = load_settings(path, {"pairs.neighbours": 7, "pairs.lexical": None})
    assert (found.pairs.neighbours, found.pairs.lexical) == (7, 2)


@given(st.integers(1, 50), st.floats(0, 1))
def test_the_fingerprint_follows_the_values_and_nothing_else(neighbours: int, abstain: float) -> None:
    overrides = {"pairs.neighbours": neighbours, "decision.abstain": abstain}
    one, other = load_settings(None, overrides), load_settings(None, dict(reversed(overrides.items())))
    assert one.fingerprint() == other.fingerprint()
    assert (one == Settings()) == (one.fingerprint() == Settings().fingerprint())


def test_every_section_of_the_settings_is_known() -> None:
    assert {"pairs.neighbours", "decision.abstain", "embedder"} <= set(known_keys())


def test_a_section_given_as_a_value_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="pairs"):
        load_settings(None, {"pairs": 3})
    with pytest.raises(UsageError, match="embedder"):
        load_settings(None, {"embedder.name": "x"})
