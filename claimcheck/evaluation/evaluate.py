"""Labelled rows and a model's callables to scores: one task each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from claimcheck.encoders.base import Matrix
from claimcheck.errors import InputError, UsageError
from claimcheck.evaluation import metrics, reporting
from claimcheck.evaluation.metrics import Classification
from claimcheck.evaluation.rows import BINARY_LABELS, CONFLICT_LABELS, NLI_LABELS, RELATION_LABELS, LabelledRow
from claimcheck.types import Statement

ScoreNli = Callable[[Sequence[tuple[str, str]]], Matrix]
Relate = Callable[[Sequence[tuple[Statement, Statement]]], Matrix]
Conflict = Callable[[Sequence[tuple[Statement, Statement]]], Matrix]
Embed = Callable[[Sequence[str]], Matrix]

T = TypeVar("T")

RECALL_AT = (1, 5, 10, 20)
_CHUNK = 512  # queries compared at once; bounds the memory of retrieval
_IS_CONFLICT = {"contradiction": True, "contradict": True} | dict.fromkeys(
    ("compatible", "entailment", "neutral", "agree", "diverge", "unrelated"), False
)
_NO_PARTNER = {"unrelated"}


class Task(StrEnum):
    """What is measured."""

    NLI = "nli"
    CONTRADICTION = "contradiction"
    RELATION = "relation"
    STS = "sts"
    RETRIEVAL = "retrieval"


@dataclass(frozen=True, slots=True)
class Scorers:
    """The models under test as functions; a task needs only its own.

    ``score_nli`` gives (n, 3) entailment, neutral, contradiction of ordered text pairs, ``relate`` (n, 4) in the order
    of ``Relation``, ``conflict`` (n,) the probability that a pair cannot both stand, ``embed`` unit rows (n, dim). From
    ``threshold`` on a pair counts as contradicting.
    """

    score_nli: ScoreNli | None = None
    relate: Relate | None = None
    conflict: Conflict | None = None
    embed: Embed | None = None
    threshold: float = 0.5


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured: ``metrics`` by name; of a classification task the table, and the label given to each row."""

    name: str
    task: Task
    rows: int
    metrics: Mapping[str, float]
    classification: Classification | None = None
    predicted: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON, without the rows."""
        return {name: value for name, value in dataclasses.asdict(self).items() if name != "predicted"}

    def to_text(self) -> str:
        """Give a table to read."""
        return reporting.to_text(self.name, self.task, self.rows, self.metrics, self.classification)


@dataclass(frozen=True, slots=True)
class Threshold:
    """The contradiction probability that parts best, and the balanced accuracy it reaches."""

    value: float
    balanced_accuracy: float


def evaluate(rows: Sequence[LabelledRow], task: Task, scorers: Scorers, name: str = "") -> Evaluation:
    """Measure one task on labelled rows. Where a row accepts several labels, any of them is right.

    :raises InputError: if there are no rows or a row's label does not belong to the task.
    :raises UsageError: if the scorer of the task is missing.
    """
    if not rows:
        raise InputError(f"{name or 'the data'}: no rows to evaluate; give a file that holds some")
    measure = {
        Task.NLI: _nli,
        Task.CONTRADICTION: _contradiction,
        Task.RELATION: _relation,
        Task.STS: _sts,
        Task.RETRIEVAL: _retrieval,
    }[task]
    values, table, predicted = measure(rows, scorers)
    return Evaluation(name or rows[0].source, task, len(rows), values, table, tuple(predicted))


def fitting_task(rows: Sequence[LabelledRow]) -> Task:
    """The task that the labels of a file are made for; rows with scores only are graded pairs."""
    labels = frozenset(label for row in rows for label in row.labels)
    if not labels:
        return Task.STS
    if labels <= set(RELATION_LABELS):
        return Task.RELATION
    return Task.CONTRADICTION if labels <= set(CONFLICT_LABELS) else Task.NLI


def best_threshold(probabilities: npt.NDArray[Any], positive: npt.NDArray[np.bool_]) -> Threshold:
    """Give the midpoint between two neighbouring probabilities that maximises balanced accuracy; the lowest of equals.

    :raises InputError: if all rows are of one kind.
    """
    if not positive.any() or positive.all():
        raise InputError("a threshold needs contradicting and other pairs; give rows of both kinds")
    values = np.unique(probabilities.astype(np.float64))
    cuts = np.concatenate([[values[0]], (values[:-1] + values[1:]) / 2])
    found = np.sort(probabilities[positive].astype(np.float64))
    other = np.sort(probabilities[~positive].astype(np.float64))
    hits = 1 - np.searchsorted(found, cuts) / len(found)
    passes = np.searchsorted(other, cuts) / len(other)
    balanced = (hits + passes) / 2
    best = int(balanced.argmax())
    return Threshold(float(cuts[best]), float(balanced[best]))


_Measured = tuple[dict[str, float], Classification | None, Sequence[str]]


def _nli(rows: Sequence[LabelledRow], scorers: Scorers) -> _Measured:
    """Three-way; where any row only says "not entailed", neutral and contradiction are one label for all."""
    accepted = [_checked(row, Task.NLI, (*NLI_LABELS, BINARY_LABELS[1])) for row in rows]
    scores = _needed(scorers.score_nli, "an NLI model")([(row.a.text, row.b.text) for row in rows])
    if not any(BINARY_LABELS[1] in labels for labels in accepted):
        return _classified(accepted, scores, NLI_LABELS)
    merged = [frozenset(label if label == BINARY_LABELS[0] else BINARY_LABELS[1] for label in x) for x in accepted]
    return _classified(merged, np.stack([scores[:, 0], scores[:, 1:].sum(axis=1)], axis=1), BINARY_LABELS)


def _relation(rows: Sequence[LabelledRow], scorers: Scorers) -> _Measured:
    accepted = [_checked(row, Task.RELATION, RELATION_LABELS) for row in rows]
    scores = _needed(scorers.relate, "a relation model")([(row.a, row.b) for row in rows])
    return _classified(accepted, scores, RELATION_LABELS)


def _contradiction(rows: Sequence[LabelledRow], scorers: Scorers) -> _Measured:
    accepted = [_conflict_labels(row) for row in rows]
    flagged = _needed(scorers.conflict, "a conflict model")([(row.a, row.b) for row in rows]) >= scorers.threshold
    predicted = [CONFLICT_LABELS[int(flag)] for flag in flagged]
    table = metrics.classification(_gold(accepted, predicted, CONFLICT_LABELS), predicted, None, CONFLICT_LABELS)
    return {**_figures(table), "threshold": scorers.threshold}, table, predicted


def _sts(rows: Sequence[LabelledRow], scorers: Scorers) -> _Measured:
    missing = next((row for row in rows if row.score is None), None)
    if missing is not None or len(rows) < 2:
        where = (missing or rows[0]).where
        raise InputError(f"{where}: task sts needs at least two rows, each with a score; add a column 'score'")
    vectors, place = _embedded(rows, scorers)
    left, right = ([place[text] for text in side] for side in zip(*((r.a.text, r.b.text) for r in rows), strict=True))
    cosines = np.einsum("nd,nd->n", vectors[left], vectors[right])
    return {"spearman": metrics.spearman(cosines, [row.score for row in rows if row.score is not None])}, None, ()


def _retrieval(rows: Sequence[LabelledRow], scorers: Scorers) -> _Measured:
    """Every text of a pair looks for its partner among all other texts of the rows; ties count against us."""
    bare = next((row for row in rows if not row.labels), None)
    if bare is not None:
        raise InputError(f"{bare.where}: task retrieval needs labels to know the partners; add a column 'label'")
    partners = [row for row in rows if not row.labels & _NO_PARTNER and row.a.text != row.b.text]
    if not partners:
        raise InputError(f"{rows[0].where}: no pair that belongs together; retrieval needs related pairs")
    vectors, place = _embedded(rows, scorers)
    pairs = [(place[row.a.text], place[row.b.text]) for row in partners]
    ranks = _ranks(vectors, [*pairs, *[(b, a) for a, b in pairs]])
    return {f"recall@{k}": metrics.recall_at(ranks, k) for k in RECALL_AT}, None, ()


def _ranks(vectors: Matrix, pairs: Sequence[tuple[int, int]]) -> list[int]:
    ranks: list[int] = []
    for start in range(0, len(pairs), _CHUNK):
        queries, wanted = (list(side) for side in zip(*pairs[start : start + _CHUNK], strict=True))
        cosines = vectors[queries] @ vectors.T
        rows = np.arange(len(queries))
        reached = cosines[rows, wanted]
        cosines[rows, queries] = -np.inf
        ranks.extend(int(rank) for rank in (cosines >= reached[:, None]).sum(axis=1))
    return ranks


def _embedded(rows: Sequence[LabelledRow], scorers: Scorers) -> tuple[Matrix, dict[str, int]]:
    """Vectors of the distinct texts, and the row of each."""
    texts = list(dict.fromkeys(text for row in rows for text in (row.a.text, row.b.text)))
    return _needed(scorers.embed, "an embedder")(texts), {text: i for i, text in enumerate(texts)}


def _classified(accepted: Sequence[frozenset[str]], scores: Matrix, labels: tuple[str, ...]) -> _Measured:
    predicted = [labels[i] for i in scores.argmax(axis=1)]
    table = metrics.classification(_gold(accepted, predicted, labels), predicted, scores, labels)
    return _figures(table), table, predicted


def _gold(accepted: Sequence[frozenset[str]], predicted: Sequence[str], labels: Sequence[str]) -> list[str]:
    """One gold label a row: the predicted one where it is accepted, else the first accepted in order."""
    return [
        guess if guess in allowed else next(label for label in labels if label in allowed)
        for allowed, guess in zip(accepted, predicted, strict=True)
    ]


def _figures(table: Classification) -> dict[str, float]:
    figures = {
        "accuracy": table.accuracy,
        "balanced_accuracy": table.balanced_accuracy,
        "macro_f1": table.macro_f1,
    }
    return figures if table.ece is None else {**figures, "ece": table.ece}


def _checked(row: LabelledRow, task: Task, labels: Sequence[str]) -> frozenset[str]:
    foreign = sorted(row.labels - set(labels))
    if foreign or not row.labels:
        found = f"label {foreign[0]!r}" if foreign else "a row without label"
        raise InputError(f"{row.where}: {found} does not belong to task {task}; allowed: {', '.join(labels)}")
    return row.labels


def _conflict_labels(row: LabelledRow) -> frozenset[str]:
    labels = _checked(row, Task.CONTRADICTION, tuple(_IS_CONFLICT))
    return frozenset(CONFLICT_LABELS[int(_IS_CONFLICT[label])] for label in labels)


def _needed(scorer: T | None, what: str) -> T:
    if scorer is None:
        raise UsageError(f"this task needs {what}; give one")
    return scorer
