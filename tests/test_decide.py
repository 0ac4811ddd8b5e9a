from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from fakes import decision
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import ModelError
from claimcheck.judgement.decide import load_decisions
from claimcheck.judgement.features import FEATURES

ROWS = st.lists(st.lists(st.floats(-20, 20), min_size=len(FEATURES), max_size=len(FEATURES)), min_size=0, max_size=5)


@given(ROWS)
def test_probabilities_are_a_distribution_for_any_features(rows: list[list[float]]) -> None:
    found = decision(FEATURES, {2: {"log_contradict": 1.0}}).probabilities(rows)
    assert found.shape == (len(rows), 4)
    assert np.all(found >= 0)
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)


@given(st.floats(-5, 5), st.floats(0.1, 5))
def test_contradiction_rises_with_its_weighted_feature(value: float, step: float) -> None:
    fitted = decision(FEATURES, {2: {"log_contradict": 1.0}})
    low, high = ([0.0] * len(FEATURES) for _ in range(2))
    low[FEATURES.index("log_contradict")] = value
    high[FEATURES.index("log_contradict")] = value + step
    before, after = fitted.probabilities([low, high])[:, 2]
    assert after > before


def test_a_higher_temperature_is_less_sure() -> None:
    row = [0.0] * len(FEATURES)
    row[0] = 3.0
    weights = {0: {"log_agree": 1.0}}
    sure, unsure = (decision(FEATURES, weights, t).probabilities([row])[0, 0] for t in (1.0, 2.0))
    assert 0.25 < unsure < sure


def test_a_written_decision_is_read_back_equal(tmp_path: Path) -> None:
    fitted = decision(FEATURES[:3], {1: {FEATURES[1]: 0.5}}, 1.3)
    two_way = decision(FEATURES[:3], {1: {FEATURES[2]: 0.5}}, classes=2)
    values = {"version": 1, "full": asdict(fitted), "nli": asdict(fitted), "conflict": asdict(two_way)}
    values |= {"contradiction": 0.4, "measured": {"n": 1}}
    path = tmp_path / "decision.json"
    path.write_text(json.dumps(values))
    found = load_decisions(path)
    assert (found.full, found.conflict) == (fitted, two_way)
    assert (found.contradiction, found.measured) == (0.4, {"n": 1})


def test_a_two_way_decision_gives_a_probability_and_its_complement() -> None:
    found = decision(FEATURES[:1], {1: {FEATURES[0]: 1.0}}, classes=2).probabilities(
        [[0.0] * len(FEATURES), [2.0] * len(FEATURES)]
    )
    assert found.shape == (2, 2)
    assert found[0].tolist() == [0.5, 0.5]
    assert found[1, 1] == pytest.approx(1 / (1 + np.exp(-2.0)))


@pytest.mark.parametrize("content", ["", "{}", '{"full": 3}', '{"version": 1, "full": {"use": ["nonsense"]}}'])
def test_a_damaged_decision_names_the_file_and_the_remedy(tmp_path: Path, content: str) -> None:
    path = tmp_path / "decision.json"
    path.write_text(content)
    with pytest.raises(ModelError, match=r"decision\.json.*reinstall"):
        load_decisions(path)


def test_an_unknown_feature_is_refused(tmp_path: Path) -> None:
    values = asdict(decision(FEATURES[:2], {}))
    values["use"] = ["agree", "mood"]
    path = tmp_path / "decision.json"
    path.write_text(json.dumps({"version": 1, "full": values, "nli": values, "conflict": values}))
    with pytest.raises(ModelError, match="mood"):
        load_decisions(path)
