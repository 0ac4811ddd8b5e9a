"""The stored articles of a new one's story, found by topic and time, and the nearest stored sentences.

Two articles are of one topic when the mean of their sentences and the names in them are alike. A story has its time:
what is too old or too new is not compared but set aside, so that it can be told.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from claimcheck.desk import Desk
from claimcheck.index.base import NONE
from claimcheck.judgement.timing import hours_between
from claimcheck.rows import Rows
from claimcheck.settings import CheckSettings
from claimcheck.store import Live
from claimcheck.store.base import Booleans, Integers
from claimcheck.types import Article, Aside, ReadArticle, Sentence, Vectors

NAMES = 0.2  # weight of the names that two articles share
_READ = 2  # times the articles kept that are read for their names
_ASIDES = 10
_A_DAY = 24.0


@dataclass(frozen=True, slots=True)
class Story:
    """Articles to compare with the new one, most alike first, and the vectors of their sentences in that order.

    ``witnesses`` are the nearest stored sentences that are not among these, with their articles and vectors;
    ``left_out`` counts articles of the story that were too many.
    """

    reads: tuple[ReadArticle, ...]
    vectors: Vectors
    witnesses: tuple[Sentence, ...]
    witness_articles: tuple[Article, ...]
    witness_vectors: Vectors
    aside: tuple[Aside, ...]
    left_out: int

    def rows(self, new: ReadArticle, vectors: Vectors) -> Rows:
        """The rows of the new article, then those of the story, to be paired, then the witnesses."""
        reads = (new, *self.reads)
        told = tuple(sentence for each in reads for sentence in each.sentences)
        return Rows(
            articles=(*(each.article for each in reads), *self.witness_articles),
            sentences=told + self.witnesses,
            vectors=np.concatenate([vectors, self.vectors, self.witness_vectors]),
            compared=len(told),
        )


@dataclass(frozen=True, slots=True)
class _Hits:
    """Stored articles that hold a sentence near one of the new article's, and all their vectors."""

    live: Live
    vectors: Vectors

    @property
    def starts(self) -> Integers:
        """Where the rows of each article begin."""
        return np.asarray(np.cumsum(self.live.counts) - self.live.counts, np.int64)

    def rows(self, position: int) -> Vectors:
        """The vectors of one article."""
        start = self.starts[position]
        return self.vectors[start : start + self.live.counts[position]]


@dataclass(frozen=True, slots=True)
class _Match:
    """An article of the same topic: its position among the hits, and how alike it is."""

    position: int
    read: ReadArticle
    likeness: float


def find_story(new: ReadArticle, vectors: Vectors, desk: Desk, settings: CheckSettings) -> Story:
    """Find the stored articles of other outlets that tell the story of ``new``; ``vectors`` are those of its sentences.

    ``new`` has one sentence at least.
    """
    others = desk.others(new.article.outlet)
    if not len(others):
        nothing = np.zeros((0, vectors.shape[1]), np.float32)
        return Story((), nothing, (), (), nothing, (), 0)
    numbers, _ = desk.index.search(vectors, settings.neighbours, others.numbers)
    nearest = np.unique(numbers[:, 0][numbers[:, 0] != NONE])
    timely = others.where(_timely(others, new.article.published, settings.days))
    if 0 < len(timely) < len(others):  # else a long history of the same actors would hide the story of these days
        found, _ = desk.index.search(vectors, settings.neighbours, timely.numbers)
        numbers = np.concatenate([numbers, found])
    hits = _hits(numbers, others, desk)
    is_timely = np.isin(hits.live.articles, timely.articles)
    kept = _of_topic(new, vectors, hits, np.flatnonzero(is_timely), settings.articles, settings.topic, desk)
    aside = _of_topic(new, vectors, hits, np.flatnonzero(~is_timely), _ASIDES, settings.topic, desk)
    return _story(new, kept, aside[:_ASIDES], nearest, hits, settings.articles, desk)


def _timely(live: Live, published: datetime | None, days: int) -> Booleans:
    """Which articles were published at most ``days`` before or after; all that have no date, or where none is given."""
    if published is None:
        return np.ones(len(live.articles), dtype=bool)
    day = np.datetime64(published.astimezone(UTC).date() if published.tzinfo else published.date())
    apart = np.abs(live.published.astype("datetime64[D]") - day)
    return np.asarray(np.isnat(apart) | (apart <= np.timedelta64(days, "D")), dtype=bool)


def _hits(numbers: Integers, others: Live, desk: Desk) -> _Hits:
    held = np.zeros(len(others.articles), dtype=bool)
    held[others.holders(numbers[numbers != NONE])] = True
    live = others.where(held)
    return _Hits(live, desk.vectors(live))


def _of_topic(
    new: ReadArticle, vectors: Vectors, hits: _Hits, positions: Integers, most: int, least: float, desk: Desk
) -> list[_Match]:
    """Those of the articles at ``positions`` that are of the topic of ``new``, most alike first."""
    if not len(positions):
        return []
    means = unit(np.add.reduceat(hits.vectors, hits.starts, axis=0))[positions]
    cosines = means @ unit(vectors.mean(axis=0, keepdims=True))[0]
    order = np.argsort(-np.round(cosines, 4), kind="stable")[: _READ * most]
    chosen = sorted((int(positions[i]), float(cosines[i])) for i in order if cosines[i] + NAMES >= least)
    mask = np.isin(np.arange(len(hits.live.articles)), [position for position, _ in chosen])
    names = names_of(new)
    matches = [
        _Match(position, read, round(cosine + NAMES * shared(names, names_of(read)), 4))
        for (position, cosine), read in zip(chosen, desk.reads(hits.live.where(mask)), strict=True)
    ]
    return sorted(
        (match for match in matches if match.likeness >= least),
        key=lambda match: (-match.likeness, match.read.article.id),
    )


def unit(rows: Vectors) -> Vectors:
    """Rows of length one."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)


def names_of(read: ReadArticle) -> Counter[str]:
    """How often an article has each name."""
    return Counter(name.key for sentence in read.sentences for name in sentence.names)


def shared(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """The cosine of two counts of names, each count weighing as its square root."""
    if not one or not other:
        return 0.0
    common = sum(math.sqrt(count * other[name]) for name, count in one.items() if name in other)
    return common / math.sqrt(sum(one.values()) * sum(other.values()))


def _story(
    new: ReadArticle,
    kept: Sequence[_Match],
    aside: Sequence[_Match],
    nearest: Integers,
    hits: _Hits,
    most: int,
    desk: Desk,
) -> Story:
    reads = tuple(match.read for match in kept[:most])
    taken = np.isin(np.arange(len(hits.live.articles)), [match.position for match in kept[:most]])
    rest = nearest[~taken[hits.live.holders(nearest)]]
    witnesses = desk.sentences(rest)
    holders = {sentence.article for sentence in witnesses}
    numbers = hits.live.numbers
    return Story(
        reads=reads,
        vectors=np.concatenate([hits.vectors[:0], *(hits.rows(match.position) for match in kept[:most])]),
        witnesses=witnesses,
        witness_articles=tuple(desk.store.load(id_).article for id_ in sorted(holders)),
        witness_vectors=hits.vectors[np.searchsorted(numbers, rest)],
        aside=tuple(
            Aside(match.read.article, _days(new.article, match.read.article), match.likeness) for match in aside
        ),
        left_out=len(kept) - len(reads),
    )


def _days(new: Article, held: Article) -> float:
    return (hours_between(new.published, held.published) or 0.0) / _A_DAY
