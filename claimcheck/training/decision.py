"""Stage 7: fit the decisions on our own data that no network has seen, calibrate them, and write ``decision.json``."""

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
from claimcheck.judgement.fitting import fit
from claimcheck.judgement.relate import pair_features, read_sides, similarities
from claimcheck.training import own
from claimcheck.training.judge import RELATION_LABELS
from claimcheck.training.own import LabelledPair
from claimcheck.types import Statement


def split_pairs(root: Path, split: str, seed: int) -> list[LabelledPair]:
    """A split's pairs, events first; of its stories also the labelled proposals, and as many random other cross pairs
    as listed ones as ``unrelated``.
    """
    pairs = own.split_events(root, split)
    for story in own.stories(root, split):
        pairs += story.labelled + story.candidates
        pairs += own.sample(story.unlisted, len(story.labelled), f"{seed}-{story.name}")
    return pairs


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


def run(data: Path, root: Path, models: Path, seed: int, log: Any) -> Path:
    """Fit on the calibration split with the models in ``models``; writes ``models/decision.json``.

    ``data`` holds the text of the real articles, ``root`` all else.
    """
    from claimcheck.encoders.loading import folder_models
    from claimcheck.evaluation.evaluate import best_threshold
    from claimcheck.training.export import write_manifest

    with folder_models(models):
        embedder, judge = load_embedder(), load_nli()

    def rows(statements: Sequence[tuple[Statement, Statement]]) -> np.ndarray:
        sides = read_sides(statements)
        return np.array(pair_features(sides, similarities(sides, embedder), judge)[0])

    pairs, held = (
        split_pairs(root, split, seed) + own.split_articles(data, root, split)
        for split in ("calibration", "development")
    )
    log(f"{len(pairs)} pairs for calibration, {len(held)} for development")
    matrix = rows([(pair.a, pair.b) for pair in pairs])
    labels, groups = _relations(pairs), [pair.group for pair in pairs]
    full = fit(matrix, labels, groups, FEATURES)
    plain = fit(matrix, labels, groups, NLI_FEATURES + SIGNAL_FEATURES)
    log(f"cross-validated log loss {full.loss:.3f}; without the relation head {plain.loss:.3f}")
    # Two statements on one event, as in a fact-check; stories are more than that.
    events = len(own.split_events(root, "calibration"))
    disputed = (labels[:events] == RELATION_LABELS.index("contradict")).astype(int)
    conflict = fit(matrix[:events], disputed, groups[:events], NLI_FEATURES + SIGNAL_FEATURES)
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
    return np.array([RELATION_LABELS.index(pair.settled()) for pair in pairs])
