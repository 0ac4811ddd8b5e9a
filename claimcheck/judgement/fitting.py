"""Fitting a decision: logistic regression whose strength and temperature are chosen by folds of whole groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from claimcheck.encoders.base import softmax
from claimcheck.judgement.decide import Decision
from claimcheck.judgement.features import FEATURES

_STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
_FOLDS = 5
_RARE = 0.65  # how much rarer relations weigh more: 0 as they come, 1 all alike; chosen on development data


@dataclass(frozen=True, slots=True)
class Fitted:
    """A decision, its cross-validated log loss, and the probabilities it gave each row when that was held out."""

    decision: Decision
    loss: float
    held_out: np.ndarray


def fit(rows: np.ndarray, labels: np.ndarray, groups: Sequence[str], use: Sequence[str]) -> Fitted:
    """The decision on the columns ``use`` of rows of ``FEATURES``."""
    return fit_columns(rows[:, [FEATURES.index(name) for name in use]], labels, groups, use, rare=_RARE)


def fit_columns(
    matrix: np.ndarray,
    labels: np.ndarray,
    groups: Sequence[str],
    use: Sequence[str],
    weights: np.ndarray | None = None,
    rare: float = 0.0,
) -> Fitted:
    """The decision on columns named ``use``; ``weights`` say how much each row counts, ``rare`` as ``_RARE``."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # on matrices this small several threads only wait for each other
        return _fitted(matrix, labels, groups, use, weights, rare)


def _fitted(
    matrix: np.ndarray,
    labels: np.ndarray,
    groups: Sequence[str],
    use: Sequence[str],
    weights: np.ndarray | None,
    rare: float,
) -> Fitted:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    counts = np.ones(len(labels)) if weights is None else np.asarray(weights, dtype=np.float64)
    balanced = counts * (counts.sum() / np.bincount(labels, counts)[labels]) ** rare
    held_out = {strength: _held_out(matrix, labels, groups, balanced, strength) for strength in _STRENGTHS}
    strength = min(_STRENGTHS, key=lambda each: _log_loss(held_out[each], labels, 1.0, counts))
    logits = held_out[strength]
    temperature = float(min(np.geomspace(0.5, 2.5, 81), key=lambda t: _log_loss(logits, labels, float(t), counts)))
    scaler = StandardScaler().fit(matrix)
    model = LogisticRegression(C=strength, max_iter=3000).fit(scaler.transform(matrix), labels, sample_weight=balanced)
    fitted = np.column_stack([model.coef_, model.intercept_])  # a row a class; of two classes one row
    per_class = _both(fitted.squeeze(0)).T if len(fitted) == 1 else fitted
    decision = Decision(
        tuple(use),
        _rounded(scaler.mean_),
        _rounded(scaler.scale_),
        tuple(_rounded(row[:-1]) for row in per_class),
        _rounded(per_class[:, -1]),
        round(temperature, 4),
    )
    loss = _log_loss(logits, labels, temperature, counts)
    return Fitted(decision, loss, softmax((logits / temperature).astype(np.float32)))


def _held_out(
    matrix: np.ndarray, labels: np.ndarray, groups: Sequence[str], weights: np.ndarray, strength: float
) -> np.ndarray:
    """Logits of every row from a model that has not seen its group."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    logits = cross_val_predict(
        make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=3000)),
        matrix,
        labels,
        groups=groups,
        cv=GroupKFold(_FOLDS),
        method="decision_function",
        params={"logisticregression__sample_weight": weights},
    )
    return _both(logits)


def _both(values: Any) -> np.ndarray:
    """Logits per class: of two classes scikit-learn gives the difference only."""
    array = np.asarray(values)
    return array if array.ndim == 2 else np.stack([-array / 2, array / 2], axis=-1)


def _log_loss(logits: np.ndarray, labels: np.ndarray, temperature: float, weights: np.ndarray) -> float:
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    log = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
    return float(np.average(-log[np.arange(len(labels)), labels], weights=weights))


def _rounded(values: Any) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)
