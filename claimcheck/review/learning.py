"""What reviewers decided, back into the decision: refitted, recalibrated, and measured on decisions it has not seen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

import numpy as np

from claimcheck.errors import InputError
from claimcheck.evaluation.metrics import classification
from claimcheck.judgement.decide import Decision, Decisions
from claimcheck.judgement.fitting import fit_columns
from claimcheck.judgement.relate import Relator, Side, pair_features, similarities
from claimcheck.review.items import Item, read_items
from claimcheck.review.learned import models_key, next_version
from claimcheck.review.verdicts import Review, reviews
from claimcheck.store import Store
from claimcheck.types import Relation

LEAST = 40  # decisions: with fewer, five folds say nothing
TOP = 20
_FOLDS = 5
_RESAMPLES = 1_000
_SEED = 20_261_128
_WEIGHT = 3.0  # of a decision next to a shipped pair; chosen on development stories (docs/review.md)
_AIM = 0.05  # calibration error below which a higher one is no loss
_SLACK = 0.101  # of precision at the top: two pairs of twenty are chance
_RELATIONS = tuple(Relation)
_CONTRADICT = _RELATIONS.index(Relation.CONTRADICT)


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Rows of ``FEATURES`` with the index of their relation and what must not be split between folds."""

    rows: np.ndarray
    labels: np.ndarray
    groups: tuple[str, ...]

    def __len__(self) -> int:
        """The number of examples."""
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Held-out figures on the desk's decisions; ``top`` is the precision of the 20 likeliest contradictions."""

    macro_f1: Estimate
    ece: Estimate
    top: Estimate


@dataclass(frozen=True, slots=True)
class Lesson:
    """A fitted decision with what it is worth: ``gain`` is the difference in macro-F1, paired."""

    decision: Decision
    decisions: int
    counts: Mapping[str, int]
    before: Measured
    after: Measured
    gain: Estimate

    @property
    def is_worse(self) -> bool:
        """Whether it does worse than the shipped decision on held-out decisions."""
        return (
            self.after.macro_f1.value < self.before.macro_f1.value
            or self.after.ece.value > max(_AIM, self.before.ece.value)
            or self.after.top.value < self.before.top.value - _SLACK
        )


@dataclass(frozen=True, slots=True)
class Settled:
    """The findings that reviewers settled, as pairs to be judged, with their relations and groups."""

    sides: tuple[tuple[Side, Side], ...]
    relations: tuple[Relation, ...]
    groups: tuple[str, ...]


def settled(items: Mapping[str, Item], standing: Mapping[str, Review]) -> Settled:
    """What there is to learn from.

    :raises InputError: if it is too little.
    """
    pairs = [(items[id_], review.settled) for id_, review in standing.items() if review.settled is not None]
    relations = tuple(relation for _, relation in pairs)
    if len(pairs) < LEAST or len(set(relations)) < 2:
        raise InputError(
            f"{len(pairs)} settled findings of {len(set(relations))} relations; learning needs {LEAST} of two: "
            "go on with claimcheck review, and settle what reviewers disagree on"
        )
    sides = tuple((item.accounts[0].side, item.accounts[1].side) for item, _ in pairs)
    groups = connected([(left.sentence.text, right.sentence.text) for left, right in sides])
    if len(set(groups)) < _FOLDS:
        raise InputError(
            f"the settled findings share their sentences ({len(set(groups))} groups); review other stories"
        )
    return Settled(sides, relations, groups)


def examples(found: Settled, relator: Relator) -> tuple[Examples, bool]:
    """The settled findings as the models see them, and whether the judge has a relation head."""
    rows, _, full = pair_features(found.sides, similarities(found.sides, relator.embedder), relator.judge)
    labels = np.array([_RELATIONS.index(relation) for relation in found.relations], dtype=np.int64)
    return Examples(np.array(rows), labels, found.groups), full


def connected(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """One name for all pairs that share a sentence, directly or through others: no fold may have seen it."""
    joined: dict[str, str] = {}

    def root(text: str) -> str:
        while joined.setdefault(text, text) != text:
            text = joined[text]
        return text

    for left, right in pairs:
        joined[root(left)] = root(right)
    return tuple(root(left) for left, _ in pairs)


def learn(desk: Examples, prior: Examples, shipped: Decision) -> Lesson:
    """Adjust the shipped decision to its own pairs and the desk's decisions together; measure on the desk's left out.

    What is fitted are the four outcomes given the four that the shipped decision sees: twenty numbers. Fitting all the
    weights again, tried on development stories, gained half as much there and lost more at the top of the list.
    """
    before, after = shipped.probabilities(desk.rows.tolist()), np.zeros((len(desk), len(_RELATIONS)))
    for seen, unseen in _folds(desk):
        part = Examples(desk.rows[seen], desk.labels[seen], tuple(desk.groups[i] for i in seen))
        after[unseen] = _adjusted(shipped, part, prior).probabilities(desk.rows[unseen].tolist())
    old, new, gain = _resampled(desk, before, after)
    counts = {relation.value: int((desk.labels == i).sum()) for i, relation in enumerate(_RELATIONS)}
    return Lesson(_adjusted(shipped, desk, prior), len(desk), counts, old, new, gain)


def _adjusted(shipped: Decision, desk: Examples, prior: Examples) -> Decision:
    """The shipped decision followed by a fitted step, as one decision."""
    seen = shipped.logits(np.concatenate([prior.rows, desk.rows]).tolist())
    labels = np.concatenate([prior.labels, desk.labels])
    weights = np.concatenate([np.ones(len(prior)), np.full(len(desk), _WEIGHT)])
    step = fit_columns(seen, labels, [*prior.groups, *desk.groups], _RELATIONS, weights).decision
    outer = np.array(step.weights) / np.array(step.scale)
    inner = np.array(shipped.weights) / shipped.temperature
    start = np.array(shipped.bias) / shipped.temperature - np.array(step.mean)
    return replace(
        shipped,
        weights=tuple(_rounded(row) for row in outer @ inner),
        bias=_rounded(outer @ start + np.array(step.bias)),
        temperature=step.temperature,
    )


def _rounded(values: np.ndarray) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)


def _folds(desk: Examples) -> list[tuple[np.ndarray, np.ndarray]]:
    from sklearn.model_selection import GroupKFold

    return list(GroupKFold(_FOLDS).split(desk.rows, desk.labels, desk.groups))


def _resampled(desk: Examples, before: np.ndarray, after: np.ndarray) -> tuple[Measured, Measured, Estimate]:
    """Both measured, and the gain, with intervals from resampling whole groups with replacement."""
    random = np.random.default_rng(_SEED)
    rows_of: dict[str, list[int]] = {}
    for row, group in enumerate(desk.groups):
        rows_of.setdefault(group, []).append(row)
    members = list(rows_of.values())
    draws = [np.arange(len(desk))]
    draws += [
        np.concatenate([members[i] for i in random.integers(0, len(members), len(members))]) for _ in range(_RESAMPLES)
    ]
    figures = np.array([[*_figures(desk.labels, before, draw), *_figures(desk.labels, after, draw)] for draw in draws])
    old, new = (Measured(*(_estimate(figures[:, start + i]) for i in range(3))) for start in (0, 3))
    return old, new, _estimate(figures[:, 3] - figures[:, 0])


def _estimate(values: np.ndarray) -> Estimate:
    """The first value is the figure itself, the others are resampled."""
    low, high = np.quantile(values[1:], [0.025, 0.975])
    return Estimate(float(values[0]), float(low), float(high))


def _figures(labels: np.ndarray, probabilities: np.ndarray, rows: np.ndarray) -> tuple[float, float, float]:
    gold = [_RELATIONS[i] for i in labels[rows]]
    table = classification(
        gold, [_RELATIONS[i] for i in probabilities[rows].argmax(axis=1)], probabilities[rows], _RELATIONS
    )
    ranked = rows[np.argsort(-probabilities[rows, _CONTRADICT], kind="stable")[:TOP]]
    return table.macro_f1, float(table.ece or 0.0), float((labels[ranked] == _CONTRADICT).mean())


def document(lesson: Lesson, shipped: Decisions, models: str, version: int, at: datetime, *, full: bool) -> str:
    """The JSON that is kept: like ``decision.json``, with what was learned, from what, and for which models."""
    measured = {
        **shipped.measured,
        "desk_decisions": lesson.decisions,
        "desk_macro_f1": round(lesson.after.macro_f1.value, 3),
        "desk_macro_f1_before": round(lesson.before.macro_f1.value, 3),
        "desk_calibration_error": round(lesson.after.ece.value, 3),
    }
    about = {key: value for key, value in asdict(lesson).items() if key != "decision"}
    chosen = replace(
        shipped,
        full=lesson.decision if full else shipped.full,
        nli=shipped.nli if full else lesson.decision,
        measured=measured,
        learned={"version": version, "at": at.isoformat(), "models": models, **about},
    )
    return json.dumps(asdict(chosen), indent=1) + "\n"


def settled_in(store: Store) -> Settled:
    """What a corpus has to teach.

    :raises InputError: if it is too little.
    """
    return settled(read_items(store.findings()), reviews(store.decisions()))


def learn_from(found: Settled, store: Store, relator: Relator, prior: Examples, *, force: bool) -> tuple[str, bool]:
    """Learn from settled findings and keep the result in the corpus, unless it does worse and is not forced.

    :returns: what to print, and whether it was kept.
    """
    desk, full = examples(found, relator)
    shipped = relator.decisions
    lesson = learn(desk, prior, shipped.full if full else shipped.nli)
    if lesson.is_worse and not force:
        return table(lesson), False
    version, now = next_version(store), datetime.now(UTC)
    kept = store.save_learned(document(lesson, shipped, models_key(relator), version, now, full=full), now)
    return f"{table(lesson)}kept as version {kept}; claimcheck learn --rollback goes back\n", True


def table(lesson: Lesson) -> str:
    """Before and after, with their intervals."""
    counts = ", ".join(f"{count} {relation}" for relation, count in lesson.counts.items())
    lines = [
        f"{lesson.decisions} decisions: {counts}",
        f"held out, {_FOLDS} folds by sentence; 95 % intervals from {_RESAMPLES} resamples",
        f"{'':<24}{'shipped':>22}{'learned':>22}",
    ]
    rows = [("macro-F1", "macro_f1"), ("calibration error", "ece"), (f"precision at top {TOP}", "top")]
    for name, field in rows:
        old, new = getattr(lesson.before, field), getattr(lesson.after, field)
        lines.append(f"{name:<24}{_shown(old):>22}{_shown(new):>22}")
    return "\n".join([*lines, f"{'gain in macro-F1':<24}{'':>22}{_shown(lesson.gain):>22}"]) + "\n"


def _shown(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"
