"""Metrics against scikit-learn, hand-made cases and published examples."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.evaluation.agreement import cohen_kappa, krippendorff_alpha
from claimcheck.evaluation.metrics import classification, expected_calibration_error, recall_at, spearman

LABELS = ("agree", "diverge", "contradict", "unrelated")
label_pairs = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=1, max_size=60)


@settings(deadline=None)
@given(label_pairs)
def test_classification_equals_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

    gold, predicted = (list(side) for side in zip(*pairs, strict=True))
    ours = classification(gold, predicted, None, LABELS)
    precision, recall, f1, support = precision_recall_fscore_support(gold, predicted, labels=LABELS, zero_division=0)
    present = [i for i, label in enumerate(LABELS) if label in gold or label in predicted]
    assert ours.accuracy == pytest.approx(accuracy_score(gold, predicted))
    assert ours.macro_f1 == pytest.approx(f1[present].mean())
    assert ours.balanced_accuracy == pytest.approx(recall[support > 0].mean())
    assert np.array_equal(np.array(ours.confusion), confusion_matrix(gold, predicted, labels=LABELS))
    for i, label in enumerate(LABELS):
        score = ours.classes[label]
        assert [score.precision, score.recall, score.f1] == pytest.approx([precision[i], recall[i], f1[i]])
        assert score.support == support[i]


def test_macro_f1_leaves_out_labels_nobody_used() -> None:
    table = classification(["agree", "agree", "diverge"], ["agree", "diverge", "diverge"], None, LABELS)
    assert table.macro_f1 == pytest.approx(2 / 3)
    assert table.ece is None
    assert table.confusion[0] == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("gold", "predicted"), [([], []), (["agree"], []), (["agree"], ["maybe"]), (["maybe"], ["agree"])]
)
def test_classification_refuses_what_it_cannot_count(gold: list[str], predicted: list[str]) -> None:
    with pytest.raises(ValueError, match=r"labels"):
        classification(gold, predicted, None, LABELS)


def test_calibration_error_by_hand() -> None:
    # bin (0.533, 0.6]: one right, one wrong at 0.6 -> |1 - 1.2|; bin (0.867, 0.933]: two right at 0.9 -> |2 - 1.8|
    confidence = np.array([0.6, 0.6, 0.9, 0.9])
    right = np.array([True, False, True, True])
    assert expected_calibration_error(confidence, right) == pytest.approx((0.2 + 0.2) / 4)


def test_calibration_error_is_zero_for_sure_and_right_and_one_for_sure_and_wrong() -> None:
    sure = np.ones(5)
    assert expected_calibration_error(sure, np.ones(5, dtype=bool)) == 0
    assert expected_calibration_error(sure, np.zeros(5, dtype=bool)) == 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0.25, 1, width=32), st.booleans()), min_size=1, max_size=80))
def test_calibration_error_equals_a_loop_over_bins(rows: list[tuple[float, bool]]) -> None:
    confidence = np.array([row[0] for row in rows])
    right = np.array([row[1] for row in rows])
    expected = 0.0
    for i in range(15):
        inside = (confidence * 15 > i) & (confidence * 15 <= i + 1)
        if inside.any():
            expected += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    assert expected_calibration_error(confidence, right) == pytest.approx(expected, abs=1e-9)


def test_classification_reads_the_top_probability() -> None:
    scores = np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.7, 0.1, 0.1]], dtype=np.float32)
    table = classification(["agree", "agree"], ["agree", "diverge"], scores, LABELS)
    assert table.ece == pytest.approx(0.2)


values: st.SearchStrategy[npt.NDArray[Any]] = st.lists(
    st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=40
).map(lambda rows: np.array(rows, dtype=float))


@settings(deadline=None)
@given(values)
def test_spearman_equals_scipy_and_is_zero_where_undefined(rows: npt.NDArray[Any]) -> None:
    from scipy.stats import spearmanr

    one, other = rows[:, 0], rows[:, 1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = float(spearmanr(one, other).statistic)
    assert spearman(one, other) == pytest.approx(0.0 if np.isnan(expected) else expected, abs=1e-12)


def test_spearman_of_any_rising_curve_is_one() -> None:
    assert spearman([1, 2, 3, 4], [1, 8, 27, 64]) == pytest.approx(1)
    assert spearman([1, 2, 3, 4], [4, 3, 2, 1]) == pytest.approx(-1)


def test_spearman_refuses_unequal_lengths() -> None:
    with pytest.raises(ValueError, match="equal"):
        spearman([1, 2], [1, 2, 3])


def test_recall_counts_ranks_up_to_k() -> None:
    assert [recall_at([1, 3, 6, 11], k) for k in (1, 5, 10, 20)] == [0.25, 0.5, 0.75, 1.0]
    with pytest.raises(ValueError, match="no ranks"):
        recall_at([], 1)


def test_krippendorff_gives_the_published_value_of_four_reviewers() -> None:
    # Krippendorff 2011, "Computing Krippendorff's alpha-reliability", example C: alpha = 0.743
    reviewers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[None if mark == "." else mark for mark in unit] for unit in zip(*reviewers, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_krippendorff_gives_the_published_value_with_many_gaps() -> None:
    # the three-reviewer example of the encyclopaedia: nominal alpha = 0.691
    reviewers = [".....34121133.3", "1.213343.......", "..21344.21133.4"]
    units = [[None if mark == "." else mark for mark in unit] for unit in zip(*reviewers, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.691, abs=5e-4)


def test_agreement_is_undefined_where_only_one_label_is_used() -> None:
    assert krippendorff_alpha([["a", "a"], ["a", "a"]]) is None
    assert krippendorff_alpha([["a", None], ["b"]]) is None
    assert cohen_kappa(["a", "a"], ["a", "a"]) is None
    assert cohen_kappa([], []) is None


def test_cohen_kappa_by_hand() -> None:
    # observed 0.7, expected 0.5 * 0.6 + 0.5 * 0.4 = 0.5
    one = ["y"] * 25 + ["n"] * 25
    other = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert cohen_kappa(one, other) == pytest.approx(0.4)
    with pytest.raises(ValueError, match="same units"):
        cohen_kappa(["y"], [])


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
def test_agreement_is_one_when_reviewers_agree_and_symmetric(pairs: list[tuple[str, str]]) -> None:
    swapped = [(b, a) for a, b in pairs]
    alpha, mirrored = krippendorff_alpha(pairs), krippendorff_alpha(swapped)
    assert alpha == mirrored
    doubled = krippendorff_alpha([(a, a) for a, _ in pairs])
    assert doubled is None or doubled == pytest.approx(1)
