"""The gate: drops and changed data fail, floors are never lowered silently, the file is never half written."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.encoders.base import Matrix
from claimcheck.errors import InputError
from claimcheck.evaluation import gate
from claimcheck.evaluation.datasets import read_pairs
from claimcheck.evaluation.evaluate import Scorers, Task
from claimcheck.evaluation.gate import EPSILON, Pin, Result, check, main, measure, read_pins, repin, write_pins
from claimcheck.evaluation.sets import SETS, NamedSet, crossed, development_events, development_stories
from claimcheck.evaluation.splits import event_split, story_split

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pin(value: float, sha: str = "abc", rows: int = 10) -> Pin:
    return Pin({"accuracy": value}, sha, rows, 20)


def result(value: float, sha: str = "abc", rows: int = 10) -> Result:
    return Result("set", pin(value, sha, rows))


def test_equal_or_better_scores_pass() -> None:
    assert check([result(0.8)], {"set": pin(0.8)}) == []
    assert check([result(0.9)], {"set": pin(0.8)}) == []
    assert check([result(0.8 - EPSILON / 2)], {"set": pin(0.8)}) == []


def test_a_drop_is_named_with_both_values() -> None:
    (complaint,) = check([result(0.79)], {"set": pin(0.8)})
    assert complaint == "set: accuracy 0.7900 is below its floor 0.8000"
    assert check([result(float("nan"))], {"set": pin(0.8)})


@pytest.mark.parametrize(
    "changed",
    [
        result(0.9, sha="def"),
        result(0.9, rows=11),
        Result("set", dataclasses.replace(pin(0.9), total=21)),
        Result("set", dataclasses.replace(pin(0.9), seed=1)),
    ],
)
def test_changed_data_is_a_complaint_even_when_the_score_rises(changed: Result) -> None:
    (complaint,) = check([changed], {"set": pin(0.8)})
    assert "the data changed" in complaint
    assert "--update" in complaint


def test_a_set_without_a_pin_and_a_metric_that_vanished_are_complaints() -> None:
    assert check([result(0.9)], {}) == ["set: no floor is pinned; run with --update"]
    assert check([result(0.9)], {"set": Pin({"spearman": 0.1}, "abc", 10, 20)}) == [
        "set: spearman is no longer measured"
    ]


def test_update_raises_floors_and_takes_new_data() -> None:
    pins, complaints = repin([result(0.91239, sha="def")], {"set": pin(0.8), "other": pin(0.1)}, allow_regression=False)
    assert complaints == []
    assert pins == {"set": pin(0.9123, sha="def"), "other": pin(0.1)}


def test_update_keeps_a_floor_within_the_tolerance() -> None:
    pins, complaints = repin([result(0.8 - EPSILON / 2)], {"set": pin(0.8)}, allow_regression=False)
    assert (pins, complaints) == ({"set": pin(0.8)}, [])


def test_update_does_not_lower_a_floor_unless_allowed() -> None:
    old = {"set": pin(0.8)}
    pins, (complaint,) = repin([result(0.7, sha="def")], old, allow_regression=False)
    assert pins == old
    assert "--allow-regression" in complaint
    assert repin([result(0.7, sha="def")], old, allow_regression=True) == ({"set": pin(0.7, sha="def")}, [])


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_no_sequence_of_updates_lowers_a_floor_and_a_fresh_pin_passes(first: float, second: float) -> None:
    pins, _ = repin([result(first)], {}, allow_regression=False)
    assert check([result(first)], pins) == []
    again, _ = repin([result(second)], pins, allow_regression=False)
    assert again["set"].floors["accuracy"] >= pins["set"].floors["accuracy"]


def test_pins_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "gate" / "floors.json"
    pins = {"b": pin(0.5), "a": pin(0.25, sha="x")}
    write_pins(path, pins)
    assert read_pins(path) == pins
    assert list(json.loads(path.read_text())["sets"]) == ["a", "b"]


def test_a_failed_write_keeps_the_old_pins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "floors.json"
    write_pins(path, {"a": pin(0.5)})

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("claimcheck.files.os.replace", fail)
    with pytest.raises(Exception, match="No space left"):
        write_pins(path, {"a": pin(0.9)})
    assert read_pins(path) == {"a": pin(0.5)}
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"sets": {"a": {}}}', '{"sets": {"a": 1}}', '{"sets": 1}'])
def test_damaged_floors_are_an_input_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text)
    with pytest.raises(InputError, match="not a file of floors"):
        read_pins(path)
    with pytest.raises(InputError, match="no such file"):
        read_pins(tmp_path / "absent.json")


def score_nli(pairs: Sequence[tuple[str, str]]) -> Matrix:
    """Sure of entailment where the texts are equal, else of contradiction."""
    return np.array([[0.9, 0.05, 0.05] if a == b else [0.05, 0.05, 0.9] for a, b in pairs], dtype=np.float32)


SCORERS = Scorers(score_nli=score_nli)


def named(name: str, path: str, *, is_ours: bool = False, sample: int | None = None) -> NamedSet:
    return NamedSet(
        name,
        Task.NLI,
        ("accuracy",),
        lambda home: (home / path,),
        lambda home: read_pairs(home / path),
        is_ours,
        sample,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    rows = [{"a": f"t{i}", "b": f"t{i}" if i % 2 else "x", "label": "entailment"} for i in range(20)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def test_measure_samples_unless_full_and_leaves_out_absent_data(home: Path) -> None:
    sets = [named("all", "rows.jsonl"), named("few", "rows.jsonl", sample=5), named("gone", "absent.jsonl")]
    found = list(measure(sets, home, home, SCORERS, full=False))
    assert [(one.name, one.measured.rows, one.measured.total) for one in found] == [("all", 20, 20), ("few", 5, 20)]
    assert found[0].measured.floors == {"accuracy": 0.5}
    assert [one.name for one in measure(sets, home, home, SCORERS, full=True)] == ["all", "few@full"]


def test_a_missing_set_of_the_repository_is_an_error(home: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        list(measure([named("gone", "absent.jsonl", is_ours=True)], home, home, SCORERS, full=False))


def test_the_hash_follows_names_and_bytes(home: Path) -> None:
    one = named("all", "rows.jsonl")
    before = one.sha256(home)
    assert one.sha256(home) == before
    (home / "rows.jsonl").write_text((home / "rows.jsonl").read_text() + "\n")
    assert one.sha256(home) != before
    folder = named("folder", ".")
    before = folder.sha256(home)
    (home / "rows.jsonl").rename(home / "others.jsonl")
    assert folder.sha256(home) != before


def test_main_pins_checks_and_refuses_a_drop(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "SETS", (named("all", "rows.jsonl"),))
    floors = home / "floors.json"
    options = ["--data", str(home), "--floors", str(floors)]
    assert main(options, SCORERS) == InputError.exit_code
    assert "no such file of floors" in capsys.readouterr().err
    assert main([*options, "--update"], SCORERS) == 0
    assert main(options, SCORERS) == 0
    assert "all: accuracy 0.5000 (floor 0.5000); 20 of 20 rows" in capsys.readouterr().out
    worse = Scorers(score_nli=lambda pairs: np.tile(np.array([[0, 1, 0]], dtype=np.float32), (len(pairs), 1)))
    pinned = floors.read_text()
    assert main(options, worse) == 1
    assert "FAIL all: accuracy 0.0000 is below its floor 0.5000" in capsys.readouterr().out
    assert main([*options, "--update"], worse) == 1
    assert floors.read_text() == pinned
    assert main([*options, "--update", "--allow-regression"], worse) == 0
    assert read_pins(floors)["all"].floors == {"accuracy": 0.0}


XNLI = [
    {"premise": "un", "hypothesis": "deux", "label": "neutral", "lang": "fr", "id": "0"},
    {"premise": "one", "hypothesis": "two", "label": "neutral", "lang": "en", "id": "0"},
    {"premise": "trois", "hypothesis": "quatre", "label": "neutral", "lang": "fr", "id": "1"},
]


def xnli(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "xnli.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_crossed_rows_join_the_two_languages_of_an_id(tmp_path: Path) -> None:
    rows = read_pairs(xnli(tmp_path, XNLI))
    assert [(row.a.text, row.b.text, row.language) for row in crossed(rows, "fr", "en")] == [("un", "two", "mixed")]
    assert [(row.a.text, row.b.text) for row in crossed(rows, "en", "fr")] == [("one", "deux")]
    assert len(crossed(rows, "fr", "fr")) == 2


def test_ids_that_come_twice_or_disagree_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r":4: id '1' comes twice"):
        crossed(read_pairs(xnli(tmp_path, [*XNLI, XNLI[2]])), "fr", "en")
    other = [XNLI[0], {**XNLI[1], "label": "entailment"}]
    with pytest.raises(InputError, match=r":2: label differs"):
        crossed(read_pairs(xnli(tmp_path, other)), "fr", "en")


def test_names_and_metrics_of_the_sets_are_sound() -> None:
    assert len({one.name for one in SETS}) == len(SETS)
    assert [one.name for one in SETS if one.is_ours] == ["pairs-development", "stories-development", "factchecks"]
    assert all(one.metrics for one in SETS)


def test_development_data_of_the_repository_is_held_out() -> None:
    stories = development_stories(ROOT)
    assert all((story / "pairs.jsonl").is_file() for story in stories)
    assert {story_split(ROOT / "data", story.name) for story in stories} == {"development"}
    rows = development_events(read_pairs(ROOT / "data/pairs"))
    groups = {row.group for row in rows}
    assert 0.05 < len(rows) / len(read_pairs(ROOT / "data/pairs")) < 0.2
    assert {event_split(group) for group in groups} == {"development"}


def test_event_split_never_moves() -> None:
    splits = [event_split(f"event-{i}") for i in range(2000)]
    assert "".join(split[0] for split in splits[:30]) == "tcttctcdctttttttttttttttttttct"
    assert 150 < splits.count("development") < 250
    assert 150 < splits.count("calibration") < 250


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "data/dev").is_dir(), reason="the data folder is not here")
def test_sets_of_the_data_folder_have_the_rows_they_promise() -> None:
    sizes = {one.name: one.rows(SHARED)[1] for one in SETS if not one.is_ours and one.name != "seeds-gold"}
    assert sizes == {
        "articles-development": 1122,
        "edits-development": 285,
        "daccord": 321,
        "rte3-fr": 800,
        "xnli-fr": 2490,
        "xnli-en": 2490,
        "xnli-fr-en": 2490,
        "xnli-en-fr": 2490,
        "stsb-fr": 1500,
        "stsb-en": 1500,
    }
