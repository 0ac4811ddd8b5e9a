"""Who says what: one typed cell per article and topic, and the claims that only one outlet makes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from claimcheck.judgement.timing import denial
from claimcheck.judgement.wording import content
from claimcheck.types import (
    Article,
    Cell,
    Judgement,
    Modality,
    Pair,
    Relation,
    Reprint,
    Role,
    Sentence,
    Solo,
    Stance,
    Topic,
    Vectors,
)

_CONFLICTS = frozenset({Relation.DIVERGE, Relation.CONTRADICT})
_UNSURE = frozenset({Modality.CONDITIONAL, Modality.HEDGED})
_CHUNK = 2_048  # rows compared at once
_LONG = 40  # words; more do not make a sentence more informative


def matrix(
    articles: Sequence[Article], sentences: Sequence[Sentence], topics: Sequence[Topic], judgements: Sequence[Judgement]
) -> tuple[Cell, ...]:
    """Make a cell for every topic and article, topics outermost.

    An article denies when most of its sentences on the topic are negated, or one that denies is contradicted; it
    hedges when most are conditional or hedged, quotes when most are somebody's words, and else asserts. ``conflicts``
    counts the judged pairs, doubtful ones aside, in which the article diverges or contradicts within the topic.
    """
    conflicts = [item for item in judgements if item.relation in _CONFLICTS and not item.abstained]
    busy = Counter(row for item in conflicts for row in (item.pair.left, item.pair.right))
    denied = {
        row for item in conflicts if item.relation is Relation.CONTRADICT for row in (item.pair.left, item.pair.right)
    }
    cells: list[Cell] = []
    for topic in topics:
        rows_of = _by_article(topic.rows, sentences)
        common = Counter(stem for row in topic.rows for stem in content(sentences[row].text))
        for article in articles:
            rows = rows_of.get(article.id, [])
            stance, chosen = _stance([(row, sentences[row]) for row in rows], denied)
            typical = min(chosen, key=lambda row: _rank(row, sentences[row], busy, common), default=None)
            cells.append(Cell(article.id, topic.id, stance, typical, _count(conflicts, set(rows))))
    return tuple(cells)


def _by_article(rows: Iterable[int], sentences: Sequence[Sentence]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(sentences[row].article, []).append(row)
    return found


def _stance(rows: Sequence[tuple[int, Sentence]], contradicted: set[int]) -> tuple[Stance, list[int]]:
    """Tell what the article does with the topic, and the rows that show it."""
    if not rows:
        return Stance.SILENT, []
    in_conflict = [row for row, sentence in rows if row in contradicted and denial(sentence)]
    negated = [row for row, sentence in rows if sentence.negated or denial(sentence)]
    unsure = [row for row, sentence in rows if sentence.modality in _UNSURE]
    quoted = [row for row, sentence in rows if sentence.speaker is not None]
    if in_conflict:
        return Stance.DENIES, in_conflict
    for stance, chosen in ((Stance.DENIES, negated), (Stance.HEDGES, unsure), (Stance.QUOTES, quoted)):
        if 2 * len(chosen) > len(rows):
            return stance, chosen
    shown = {*negated, *unsure, *quoted}
    return Stance.ASSERTS, [row for row, _ in rows if row not in shown] or [row for row, _ in rows]


def _rank(row: int, sentence: Sentence, busy: Mapping[int, int], common: Mapping[str, int]) -> tuple[object, ...]:
    """Most conflicts first, then the words most common in the topic, then the text itself."""
    stems = content(sentence.text)
    weight = sum(common[stem] for stem in stems) / max(1, len(stems))
    return -busy.get(row, 0), -round(weight, 6), sentence.index, sentence.text


def _count(conflicts: Sequence[Judgement], rows: set[int]) -> int:
    return sum(item.pair.left in rows or item.pair.right in rows for item in conflicts) if rows else 0


def solos(
    sentences: Sequence[Sentence],
    vectors: Vectors,
    judgements: Sequence[Judgement],
    reprints: Sequence[Reprint],
    outlets: Sequence[str],
    of: str | None = None,
) -> tuple[Solo, ...]:
    """Claims with no partner in another outlet, each with the nearest sentence of another outlet as proof of search.

    ``outlets`` gives the outlet of each row; ``of`` is the one article whose claims are asked about, all by default.
    The most telling claims (names, numbers, length) that are least like anything come first.
    """
    paired = partnered(judgements, reprints)
    rows = [
        row
        for row, item in enumerate(sentences)
        if item.role is Role.CLAIM and row not in paired and of in (None, item.article)
    ]
    parts = [rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK)]
    found = [solo for part in parts for solo in _nearest(part, sentences, vectors, outlets)]
    return tuple(sorted(found, key=lambda solo: _worth(solo, sentences)))


def partnered(judgements: Sequence[Judgement], reprints: Sequence[Reprint]) -> set[int]:
    """Rows that have a partner in another outlet, related or reprinted.

    A pair in the band of doubt counts: nothing is said to be missing that may be there.
    """
    pairs: list[Pair | Reprint] = [item.pair for item in judgements if item.relation is not Relation.UNRELATED]
    return {row for pair in (*pairs, *reprints) for row in (pair.left, pair.right)}


def _nearest(
    rows: Sequence[int], sentences: Sequence[Sentence], vectors: Vectors, outlets: Sequence[str]
) -> list[Solo]:
    """Find the nearest row of another outlet for each row; ties go to the text that comes first in the alphabet."""
    similar = np.round(vectors[np.array(rows, dtype=np.int64)] @ vectors.T, 4)
    names = np.array(outlets)
    found: list[Solo] = []
    for line, row in zip(similar, rows, strict=True):
        others = np.flatnonzero(names != outlets[row])
        if not len(others):
            found.append(Solo(row, None, 0.0))
            continue
        best = line[others].max()
        equal = others[line[others] == best]
        nearest = min(
            (int(i) for i in equal), key=lambda i: (sentences[i].text, sentences[i].article, sentences[i].start)
        )
        found.append(Solo(row, nearest, float(best)))
    return found


def _worth(solo: Solo, sentences: Sequence[Sentence]) -> tuple[object, ...]:
    sentence = sentences[solo.row]
    return -round(telling(sentence) * (1 - solo.score), 6), _place(sentence)


def telling(sentence: Sentence) -> float:
    """How much a claim tells, by its names, numbers, dates and length."""
    facts = len({name.key for name in sentence.names}) + 2 * len(sentence.quantities) + len(sentence.moments)
    return math.log1p(facts) + min(_LONG, len(sentence.text.split())) / _LONG


def _place(sentence: Sentence) -> tuple[str, str, int]:
    return sentence.text, sentence.article, sentence.start
