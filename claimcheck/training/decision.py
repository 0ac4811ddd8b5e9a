"""Stage 7: fit the decisions on our own data that no network has seen, calibrate them, and write ``decision.json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claimcheck.encoders.base import softmax
from claimcheck.encoders.loading import load_embedder, load_nli
from claimcheck.judgement.decide import Decision
from claimcheck.judgement.features import FEATURES, NLI_FEATURES, SIGNAL_FEATURES
from claimcheck.judgement.relate import pair_features, read_sides, similarities
from claimcheck.training import own
from claimcheck.training.corpora import NLI_LABELS
from claimcheck.training.judge import RELATION_LABELS
from claimcheck.training.own import LabelledPair
from claimcheck.types import Statement

_STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
_FOLDS = 5
_CONTRADICTION = NLI_LABELS.index("contradiction")
_RARE = 0.5  # how much rarer relations weigh more: 0 as they come, 1 all alike; chosen on development data


def split_pairs(root: Path, split: str, seed: int) -> list[LabelledPair]:
    """Labelled pairs of a split, with as many random unlisted cross pairs of its stories as ``unrelated``."""
    pairs = [pair for pair in own.event_pairs(root / "pairs") if own.event_split(pair.group) == split]
    for story in own.stories(root, split):
        pairs += story.labelled
        pairs += own.sample(story.unlisted, len(story.labelled), f"{seed}-{story.name}")
    return pairs


@dataclass(frozen=True, slots=True)
class Fitted:
    """A decision, its cross-validated log loss, and the probabilities it gave each row when that was held out."""

    decision: Decision
    loss: float
    held_out: np.ndarray


def fit(rows: np.ndarray, labels: np.ndarray, groups: Sequence[str], use: Sequence[str]) -> Fitted:
    """The decision on the columns ``use``, with its strength and temperature chosen by folds of whole groups."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    matrix = rows[:, [FEATURES.index(name) for name in use]]
    weights = (len(labels) / np.bincount(labels)[labels]) ** _RARE
    best: tuple[float, float, np.ndarray] | None = None
    for strength in _STRENGTHS:
        model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=3000))
        logits = cross_val_predict(
            model,
            matrix,
            labels,
            groups=groups,
            cv=GroupKFold(_FOLDS),
            method="decision_function",
            params={"logisticregression__sample_weight": weights},
        )
        logits = _both(logits)
        loss = _log_loss(logits, labels, 1.0)
        if best is None or loss < best[0]:
            best = (loss, strength, logits)
    assert best is not None  # noqa: S101 - _STRENGTHS is not empty
    temperature = float(min(np.geomspace(0.5, 2.5, 81), key=lambda t: _log_loss(best[2], labels, float(t))))
    scaler = StandardScaler().fit(matrix)
    model = LogisticRegression(C=best[1], max_iter=3000).fit(scaler.transform(matrix), labels, sample_weight=weights)
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
    return Fitted(
        decision, _log_loss(best[2], labels, temperature), softmax((best[2] / temperature).astype(np.float32))
    )


def _both(values: Any) -> np.ndarray:
    """Logits per class: of two classes scikit-learn gives the difference only."""
    array = np.asarray(values)
    return array if array.ndim == 2 else np.stack([-array / 2, array / 2], axis=-1)


def _log_loss(logits: np.ndarray, labels: np.ndarray, temperature: float) -> float:
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    log = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
    return float(-log[np.arange(len(labels)), labels].mean())


def _rounded(values: Any) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)


def measured(decision: Decision, rows: np.ndarray, labels: np.ndarray) -> dict[str, float | int]:
    """What a report says of the error: figures on development pairs that nothing was fitted on."""
    from claimcheck.evaluation.metrics import classification

    probabilities = decision.probabilities(rows.tolist())
    gold = [RELATION_LABELS[i] for i in labels]
    predicted = [RELATION_LABELS[i] for i in probabilities.argmax(axis=1)]
    table = classification(gold, predicted, probabilities, RELATION_LABELS)
    conflict = table.classes["contradict"]
    return {
        "development_pairs": table.n,
        "macro_f1": round(table.macro_f1, 3),
        "contradict_precision": round(conflict.precision, 3),
        "contradict_recall": round(conflict.recall, 3),
        "calibration_error": round(table.ece or 0.0, 3),
    }


def run(root: Path, models: Path, seed: int, log: Any) -> Path:
    """Fit on the calibration split with the models in ``models``; writes ``models/decision.json``."""
    from claimcheck.encoders.loading import folder_models
    from claimcheck.evaluation.evaluate import best_threshold
    from claimcheck.training.export import write_manifest

    with folder_models(models):
        embedder, judge = load_embedder(), load_nli()

    def rows(statements: Sequence[tuple[Statement, Statement]]) -> np.ndarray:
        sides = read_sides(statements)
        return np.array(pair_features(sides, similarities(sides, embedder), judge)[0])

    pairs, held = (split_pairs(root, split, seed) for split in ("calibration", "development"))
    examples = list(own.inference(root / "nli", "calibration"))
    log(f"{len(pairs)} pairs and {len(examples)} inference examples for calibration, {len(held)} for development")
    matrix = rows([(pair.a, pair.b) for pair in pairs])
    labels, groups = _relations(pairs), [pair.group for pair in pairs]
    full = fit(matrix, labels, groups, FEATURES)
    plain = fit(matrix, labels, groups, NLI_FEATURES + SIGNAL_FEATURES)
    log(f"cross-validated log loss {full.loss:.3f}; without the relation head {plain.loss:.3f}")
    inferred = rows([(Statement(row.premise), Statement(row.hypothesis)) for row in examples])
    disputed = np.concatenate(
        [labels == RELATION_LABELS.index("contradict"), [row.label == _CONTRADICTION for row in examples]]
    ).astype(int)
    conflict = fit(
        np.concatenate([matrix, inferred]),
        disputed,
        groups + [row.premise for row in examples],
        NLI_FEATURES + SIGNAL_FEATURES,
    )
    threshold = best_threshold(conflict.held_out[:, 1], disputed == 1)
    log(f"two-way log loss {conflict.loss:.3f}; held out, {threshold.balanced_accuracy:.3f} are told apart")
    values = {
        "version": 2,
        "full": asdict(full.decision),
        "nli": asdict(plain.decision),
        "conflict": asdict(conflict.decision),
        "contradiction": round(threshold.value, 4),
        "measured": measured(full.decision, rows([(pair.a, pair.b) for pair in held]), _relations(held)),
    }
    log(f"on development pairs: {values['measured']}")
    target = models / "decision.json"
    target.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    write_manifest(models)
    return target


def _relations(pairs: Sequence[LabelledPair]) -> np.ndarray:
    return np.array([RELATION_LABELS.index(pair.relation) for pair in pairs])
