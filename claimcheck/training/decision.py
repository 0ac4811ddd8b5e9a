"""Stage 7: fit the decision on our own pairs that no network has seen, calibrate it, and write ``decision.json``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from claimcheck.encoders.loading import load_embedder, load_nli
from claimcheck.judgement.decide import Decision
from claimcheck.judgement.features import FEATURES, NLI_FEATURES, SIGNAL_FEATURES
from claimcheck.judgement.relate import pair_features, read_sides, similarities
from claimcheck.training import own
from claimcheck.training.judge import RELATION_LABELS
from claimcheck.training.own import LabelledPair

_STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
_FOLDS = 5
_RARE = 0.5  # how much rarer relations weigh more: 0 as they come, 1 all alike; chosen on development data


def split_pairs(root: Path, split: str, seed: int) -> list[LabelledPair]:
    """Labelled pairs of a split, with as many random unlisted cross pairs of its stories as ``unrelated``."""
    pairs = [pair for pair in own.event_pairs(root / "pairs") if own.event_split(pair.group) == split]
    for story in own.stories(root, split):
        pairs += story.labelled
        pairs += own.sample(story.unlisted, len(story.labelled), f"{seed}-{story.name}")
    return pairs


def fit(rows: np.ndarray, labels: np.ndarray, groups: Sequence[str], use: Sequence[str]) -> tuple[Decision, float]:
    """The decision on the columns ``use`` and its cross-validated log loss, folds split by event and story."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    columns = [FEATURES.index(name) for name in use]
    matrix = rows[:, columns]
    weights = (len(labels) / np.bincount(labels)[labels]) ** _RARE
    best: tuple[float, float, np.ndarray] | None = None
    for strength in _STRENGTHS:
        model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=3000))
        folds = GroupKFold(_FOLDS)
        logits = cross_val_predict(
            model,
            matrix,
            labels,
            groups=groups,
            cv=folds,
            method="decision_function",
            params={"logisticregression__sample_weight": weights},
        )
        loss = _log_loss(logits, labels, 1.0)
        if best is None or loss < best[0]:
            best = (loss, strength, logits)
    assert best is not None  # noqa: S101 - _STRENGTHS is not empty
    temperature = min(np.geomspace(0.5, 2.5, 81), key=lambda t: _log_loss(best[2], labels, float(t)))
    scaler = StandardScaler().fit(matrix)
    model = LogisticRegression(C=best[1], max_iter=3000).fit(scaler.transform(matrix), labels, sample_weight=weights)
    decision = Decision(
        tuple(use),
        _rounded(scaler.mean_),
        _rounded(scaler.scale_),
        tuple(_rounded(row) for row in model.coef_),
        _rounded(model.intercept_),
        round(float(temperature), 4),
    )
    return decision, _log_loss(best[2], labels, float(temperature))


def _log_loss(logits: np.ndarray, labels: np.ndarray, temperature: float) -> float:
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    log = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
    return float(-log[np.arange(len(labels)), labels].mean())


def _rounded(values: Any) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)


def choose_threshold(scores: np.ndarray, positive: np.ndarray) -> float:
    """The score from which a pair counts as contradicting: best balanced accuracy."""
    candidates = np.unique(np.round(scores, 3))
    balanced = [((scores >= t)[positive].mean() + (scores < t)[~positive].mean()) / 2 for t in candidates]
    return float(candidates[int(np.argmax(balanced))])


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
    from claimcheck.training.export import write_manifest

    with folder_models(models):
        embedder, judge = load_embedder(), load_nli()

    def read(split: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
        pairs = split_pairs(root, split, seed)
        log(f"{len(pairs)} {split} pairs")
        sides = read_sides([(pair.a, pair.b) for pair in pairs])
        rows, nli, _ = pair_features(sides, similarities(sides, embedder), judge)
        labels = np.array([RELATION_LABELS.index(pair.relation) for pair in pairs])
        return np.array(rows), nli, labels, [pair.group for pair in pairs]

    matrix, nli, labels, groups = read("calibration")
    full, full_loss = fit(matrix, labels, groups, FEATURES)
    plain, plain_loss = fit(matrix, labels, groups, NLI_FEATURES + SIGNAL_FEATURES)
    log(f"cross-validated log loss {full_loss:.3f}; without the relation head {plain_loss:.3f}")
    held, _, held_labels, _ = read("development")
    values = {
        "version": 1,
        "full": asdict(full),
        "nli": asdict(plain),
        "contradiction": choose_threshold(nli[:, 2], labels == RELATION_LABELS.index("contradict")),
        "measured": measured(full, held, held_labels),
    }
    log(f"on development pairs: {values['measured']}")
    target = models / "decision.json"
    target.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    write_manifest(models)
    return target
