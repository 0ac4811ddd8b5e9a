"""Sentences, articles and judgements made by hand from short invented texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from claimcheck.types import (
    Article,
    ConflictKind,
    Evidence,
    Judgement,
    Moment,
    Name,
    Pair,
    Quantity,
    Relation,
    Role,
    Sentence,
    Span,
    TimeRelation,
    Vectors,
)

EARLY = datetime(2031, 5, 2, 8, 0, tzinfo=UTC)


def span(text: str, extract: str) -> Span:
    """The span of ``extract`` in ``text``."""
    start = text.index(extract)
    return Span(start, start + len(extract))


def sentence(text: str, article: str = "a", index: int = 0, **fields: object) -> Sentence:
    """A claim; ``fields`` are those of ``Sentence``."""
    plain = Sentence(article, index, index * 1_000, index * 1_000 + len(text), text, Role.CLAIM)
    return replace(plain, **fields)  # type: ignore[arg-type]


def counted(
    text: str, extract: str, low: float, unit: str = "person", head: str = "", high: float | None = None
) -> Sentence:
    """A claim with one number."""
    quantity = Quantity(span(text, extract), low, low if high is None else high, unit, head, high is not None)
    return sentence(text, quantities=(quantity,))


def dated(text: str, extract: str, day: date, kind: str = "day") -> Sentence:
    """A claim with one date."""
    return sentence(text, moments=(Moment(span(text, extract), day, day, kind),))


def named(text: str, names: Mapping[str, str]) -> Sentence:
    """A claim with names, given as extract to key."""
    return sentence(text, names=tuple(Name(span(text, extract), key) for extract, key in names.items()))


def quoting(text: str, speaker: str) -> Sentence:
    """A claim with one quote in French marks."""
    start, end = text.index("«") + 2, text.index("»") - 1
    return sentence(text, speaker=speaker, quotes=(Span(start, end),))


def article(identifier: str, outlet: str, published: datetime | None = None) -> Article:
    """An article without a text of its own: sentences are given apart."""
    return Article(identifier, f"{identifier}.txt", outlet, f"Titre {identifier}", None, published, "fr", "")


def judged(
    left: int,
    right: int,
    relation: Relation,
    probability: float = 0.9,
    evidence: Sequence[Evidence] = (),
    time: TimeRelation = TimeRelation.SAME,
    kind: ConflictKind = ConflictKind.OUTLETS,
    abstained: bool = False,
) -> Judgement:
    """A judgement of two rows."""
    rest = (1 - probability) / 3
    agree, diverge, contradict, unrelated = (probability if relation is other else rest for other in Relation)
    probabilities = (agree, diverge, contradict, unrelated)
    pair = Pair(min(left, right), max(left, right), 0.8)
    return Judgement(pair, relation, probabilities, (0.1, 0.2, 0.7), tuple(evidence), time, kind, abstained)


def unit_rows(rows: Sequence[Sequence[float]]) -> Vectors:
    """Rows scaled to length one."""
    matrix = np.array(rows, dtype=np.float32)
    scaled: Vectors = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    return scaled
