"""The store seam: what a corpus must be able to do, whatever keeps it, and the objects it hands out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from claimcheck.types import Article, ReadArticle, Sentence, Vectors

Half = npt.NDArray[np.float16]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Times = npt.NDArray[np.datetime64]


class Outcome(StrEnum):
    """What became of an article that was saved."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new version"
    COMPLETED = "completed"  # the same text, of which a date or an address is known now


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a list shows it. ``superseded_by`` is the id of the next version, None for a live article."""

    id: str
    outlet: str
    title: str
    url: str | None
    published: datetime | None
    language: str | None
    version: int
    superseded_by: str | None
    sentences: int


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """Articles of which no newer version is held, in the order of their sentences; one element per article.

    The sentences of article ``i`` are numbered ``first[i]`` to ``first[i] + counts[i] - 1``; a number is never used
    again. ``published`` is UTC seconds, NaT where unknown.
    """

    articles: Integers
    first: Integers
    counts: Integers
    outlets: tuple[str, ...]
    published: Times

    def __len__(self) -> int:
        """The number of sentences."""
        return int(self.counts.sum())

    @property
    def owners(self) -> Integers:
        """For each sentence, the position of its article here."""
        return np.repeat(np.arange(len(self.articles), dtype=np.int64), self.counts)

    @property
    def numbers(self) -> Integers:
        """The number of each sentence, ascending."""
        before = np.cumsum(self.counts) - self.counts
        return np.asarray(np.arange(len(self)) + np.repeat(self.first - before, self.counts), np.int64)

    def holders(self, numbers: Integers) -> Integers:
        """For each of these numbers of sentences, the position here of its article."""
        kept = np.flatnonzero(self.counts > 0)
        return np.asarray(kept[np.searchsorted(self.first[kept], numbers, side="right") - 1], np.int64)

    def where(self, mask: Booleans) -> Live:
        """The articles at which ``mask`` is true."""
        outlets = tuple(outlet for outlet, kept in zip(self.outlets, mask, strict=True) if kept)
        return Live(self.articles[mask], self.first[mask], self.counts[mask], outlets, self.published[mask])


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence found by its words, and its article."""

    number: int
    text: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Saved:
    """A finding as it is kept: ``document`` is the JSON it is shown from, ``number`` grows with every document."""

    number: int
    id: str
    document: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer said of a finding, when, and which models and settings had proposed it.

    ``adjudicates`` marks a ruling on what other reviewers said; ``number`` is given by the store.
    """

    finding: str
    verdict: str
    reviewer: str
    at: datetime
    note: str = ""
    model: str = ""
    settings: str = ""
    adjudicates: bool = False
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Learned:
    """A fitted decision that a corpus keeps: its version, when it was made, and its JSON; empty for the shipped one."""

    version: int
    at: datetime
    document: str


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a corpus holds. ``models`` counts the articles whose vectors each model made."""

    articles: int
    superseded: int
    outlets: int
    sentences: int
    dropped: int
    undated: int
    earliest: datetime | None
    latest: datetime | None
    models: Mapping[str, int]
    findings: int
    decisions: int
    schema: int
    bytes: int


class Store(Protocol):
    """A corpus that grows. Every method is one transaction: all of it is kept, or nothing."""

    def save(self, read: ReadArticle, vectors: Half, model: str, place: str) -> Outcome:
        """Keep an article with its sentences and their vectors, (n, dim). The newest version of a page is live.

        Two articles are versions of one page when outlet and URL are the same, or ``place``: where it was read.
        """
        ...

    def needs(self, article: Article) -> bool:
        """Whether saving ``article`` would change anything."""
        ...

    def known_vectors(self, texts: Sequence[str], model: str) -> dict[str, Half]:
        """The vectors held already, by sentence text."""
        ...

    def without_vectors(self, model: str) -> tuple[str, ...]:
        """Ids of the articles whose vectors were not made by ``model``, superseded ones too."""
        ...

    def replace_vectors(self, id: str, vectors: Half, model: str) -> None:
        """Put the vectors of ``model`` in the place of those an article has."""
        ...

    def live(self, since: datetime | None = None, outlets: Sequence[str] = ()) -> Live:
        """The live articles, published at or after ``since`` (then only dated ones), of ``outlets`` (all if empty)."""
        ...

    def vectors(self, live: Live, model: str) -> Half:
        """The vectors of all sentences of ``live``, (len(live), dim); row i is ``live.numbers[i]``.

        :raises InputError: if the vectors of some article were made by another model.
        """
        ...

    def sentences(self, numbers: Sequence[int]) -> tuple[Sentence, ...]:
        """The sentences with these numbers, in their order."""
        ...

    def find(self, id: str) -> Entry:
        """The article with this id, or the only one whose id begins so.

        :raises InputError: if there is none, or several.
        """
        ...

    def load(self, id: str) -> ReadArticle:
        """A whole article, by its full id."""
        ...

    def remove(self, id: str) -> None:
        """Forget an article; the version before it becomes the one that was in its place."""
        ...

    def entries(self, since: datetime | None = None, outlets: Sequence[str] = ()) -> Iterator[Entry]:
        """All articles, superseded ones too, in the order in which they came."""
        ...

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        """Sentences of live articles that hold all words, best first; ``"two words"`` together, ``word*`` as a start.

        :raises UsageError: if there is no word to look for.
        """
        ...

    def save_findings(self, documents: Mapping[str, str]) -> None:
        """Keep findings, by id, as the JSON they are shown from; the same again changes nothing."""
        ...

    def findings(self, after: int = 0) -> tuple[Saved, ...]:
        """All documents numbered above ``after``, in the order in which they came; the last one of an id counts."""
        ...

    def record(self, *decisions: Decision) -> None:
        """Keep decisions for good, on the disk before this returns.

        :raises InputError: if a finding is not known; then none is kept.
        """
        ...

    def decisions(self, after: int = 0) -> tuple[Decision, ...]:
        """All decisions numbered above ``after``, in the order in which they were made."""
        ...

    def save_learned(self, document: str, at: datetime) -> int:
        """Keep a fitted decision as the newest version; its number."""
        ...

    def learned(self) -> tuple[Learned, ...]:
        """All fitted decisions, the newest last."""
        ...

    def stats(self) -> Stats:
        """What the corpus holds."""
        ...

    def close(self) -> None:
        """Let go of the corpus."""
        ...


def half(vectors: Vectors) -> Half:
    """Unit rows as they are stored: half precision, C order."""
    return np.ascontiguousarray(vectors, dtype=np.float16)
