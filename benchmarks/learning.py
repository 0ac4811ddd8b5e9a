"""What learning from decisions is worth: ``python -m benchmarks.learning``.

Simulates a desk: the development pairs that the program would report, decided as they are labelled, one in ten wrong.
Several draws of 300 decisions are learned from; the figures are those of ``claimcheck learn``, held out.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.run import ROOT, say
from claimcheck.judgement.relate import Relator, pair_features, read_sides, similarities
from claimcheck.models import load_relator
from claimcheck.progress import Silent
from claimcheck.review.learning import Examples, Lesson, connected, learn, table
from claimcheck.settings import DecisionSettings
from claimcheck.training.decision import split_pairs
from claimcheck.training.judge import RELATION_LABELS
from claimcheck.training.prior import prior
from claimcheck.types import Relation

_UNRELATED = RELATION_LABELS.index("unrelated")
_NOISE = 0.1


def reported(relator: Relator, seed: int) -> Examples:
    """Labelled pairs of the development stories and events, and random ones, that the program would report."""
    pairs = split_pairs(ROOT / "data", "development", seed)
    sides = read_sides([(pair.a, pair.b) for pair in pairs])
    rows, _, _ = pair_features(sides, similarities(sides, relator.embedder), relator.judge)
    found = relator.decisions.full.probabilities(rows)
    kept = np.flatnonzero((found.argmax(axis=1) != _UNRELATED) & (found.max(axis=1) >= DecisionSettings().abstain))
    labels = np.array([list(Relation).index(pair.relation) for pair in pairs])
    groups = connected([(pairs[i].a.text, pairs[i].b.text) for i in kept])
    return Examples(np.array(rows)[kept], labels[kept], groups)


def decided(desk: Examples, amount: int, seed: int) -> Examples:
    """A draw of decisions, one in ten another relation than the label."""
    draw = np.random.default_rng(seed)
    chosen = draw.permutation(len(desk))[:amount]
    labels = desk.labels[chosen].copy()
    wrong = draw.random(len(labels)) < _NOISE
    labels[wrong] = (labels[wrong] + draw.integers(1, len(RELATION_LABELS), wrong.sum())) % len(RELATION_LABELS)
    return Examples(desk.rows[chosen], labels, tuple(desk.groups[i] for i in chosen))


def summary(lessons: list[Lesson]) -> str:
    """Means of the draws."""
    lines = []
    for name, field in (("macro-F1", "macro_f1"), ("calibration error", "ece"), ("precision of the top 20", "top")):
        before, after = (
            np.mean([getattr(measured, field).value for measured in side])
            for side in ([lesson.before for lesson in lessons], [lesson.after for lesson in lessons])
        )
        lines.append(f"{name:24} {before:.3f} -> {after:.3f}")
    gains = ", ".join(
        f"{lesson.gain.value:+.3f} [{lesson.gain.low:+.3f}, {lesson.gain.high:+.3f}]" for lesson in lessons
    )
    return "\n".join([*lines, f"gain of each draw        {gains}"])


def main() -> None:
    """Print one draw as the command shows it, then the means."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--decisions", type=int, default=300)
    parser.add_argument("--draws", type=int, default=5)
    options = parser.parse_args()
    relator = load_relator()
    desk = reported(relator, 1)
    with TemporaryDirectory() as scratch:
        shipped = prior(ROOT / "data", relator, Path(scratch) / "cache", Silent())
    lessons = [
        learn(decided(desk, options.decisions, seed), shipped, relator.decisions.full) for seed in range(options.draws)
    ]
    say(f"{len(desk)} reported pairs, {options.decisions} decisions a draw, {_NOISE:.0%} wrong")
    say(table(lessons[0]))
    say(summary(lessons))


if __name__ == "__main__":
    main()
