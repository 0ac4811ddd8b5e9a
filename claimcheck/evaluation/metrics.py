"""Scores of predictions: pure functions of labels, probabilities and ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

BINS = 15  # equal-width confidence bins of the calibration error, as in Guo et al. 2017


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One label's scores; ``support`` is the number of gold rows that carry it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Classification:
    """Scores of n predictions. ``confusion[i][j]`` counts gold ``labels[i]`` predicted as ``labels[j]``.

    ``macro_f1`` is over the labels present in gold or prediction, ``balanced_accuracy`` over those in gold;
    ``ece`` is None where no probabilities were given.
    """

    n: int
    labels: tuple[str, ...]
    accuracy: float
    balanced_accuracy: float
    macro_f1: float
    classes: dict[str, ClassScore]
    ece: float | None
    confusion: tuple[tuple[int, ...], ...]


def classification(
    gold: Sequence[str], predicted: Sequence[str], probabilities: npt.NDArray[Any] | None, labels: Sequence[str]
) -> Classification:
    """Accuracy, macro-F1 (mean of per-class F1, van Rijsbergen 1979), balanced accuracy (mean recall, Brodersen et al.
    2010), per-class scores, calibration error and confusion table.

    :param probabilities: (n, len(labels)), or None; only the top one of each row is read.
    :raises ValueError: if there are no rows, the lengths differ, or a label is not among ``labels``.
    """
    if not gold or len(gold) != len(predicted):
        raise ValueError(f"{len(gold)} gold labels for {len(predicted)} predictions; both must be equal and not 0")
    unknown = {*gold, *predicted} - set(labels)
    if unknown:
        raise ValueError(f"labels {sorted(unknown)} are not among {list(labels)}")
    table = np.zeros((len(labels), len(labels)), dtype=int)
    for truth, guess in zip(gold, predicted, strict=True):
        table[labels.index(truth), labels.index(guess)] += 1
    classes = {label: _class_score(table, i) for i, label in enumerate(labels)}
    present = [classes[label] for label in labels if label in gold or label in predicted]
    supported = [score for score in present if score.support]
    right = np.array([truth == guess for truth, guess in zip(gold, predicted, strict=True)])
    return Classification(
        n=len(gold),
        labels=tuple(labels),
        accuracy=float(right.mean()),
        balanced_accuracy=_mean([score.recall for score in supported]),
        macro_f1=_mean([score.f1 for score in present]),
        classes=classes,
        ece=None if probabilities is None else expected_calibration_error(probabilities.max(axis=1), right),
        confusion=tuple(tuple(int(count) for count in row) for row in table),
    )


def expected_calibration_error(confidence: npt.NDArray[Any], right: npt.NDArray[np.bool_], bins: int = BINS) -> float:
    """Mean |accuracy - confidence| over equal-width bins ``(lower, upper]``, weighted by rows (Naeini et al. 2015)."""
    place = np.clip(np.ceil(np.asarray(confidence, dtype=np.float64) * bins).astype(int) - 1, 0, bins - 1)
    gaps = np.bincount(place, weights=right.astype(np.float64) - confidence, minlength=bins)
    return float(np.abs(gaps).sum() / len(confidence))


def spearman(one: Sequence[float] | npt.NDArray[Any], other: Sequence[float] | npt.NDArray[Any]) -> float:
    """Spearman's rank correlation: Pearson's of the ranks, ties averaged; 0 where one side is constant.

    :raises ValueError: if the lengths differ or there are fewer than two values.
    """
    from scipy.stats import rankdata

    if len(one) != len(other) or len(one) < 2:
        raise ValueError(f"{len(one)} and {len(other)} values; both must be equal and at least 2")
    first, second = (rankdata(side) - (len(side) + 1) / 2 for side in (one, other))
    norm = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / norm if norm else 0.0


def recall_at(ranks: Sequence[int], k: int) -> float:
    """Share of ranks (1 is best) that are at most ``k``.

    :raises ValueError: if there are no ranks.
    """
    if not ranks:
        raise ValueError("no ranks")
    return sum(rank <= k for rank in ranks) / len(ranks)


def _class_score(table: npt.NDArray[Any], i: int) -> ClassScore:
    hits, guesses, support = int(table[i, i]), int(table[:, i].sum()), int(table[i].sum())
    return ClassScore(
        precision=hits / guesses if guesses else 0.0,
        recall=hits / support if support else 0.0,
        f1=2 * hits / (guesses + support) if guesses + support else 0.0,
        support=support,
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
