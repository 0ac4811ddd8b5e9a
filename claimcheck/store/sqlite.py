"""The default store: one SQLite file, safe under several processes, kills and power cuts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from claimcheck.errors import InputError
from claimcheck.store import articles, blocks, reading, reviewing
from claimcheck.store.base import Decision, Entry, Half, Hit, Learned, Live, Outcome, Saved, Stats
from claimcheck.store.connection import connect, explained, transaction
from claimcheck.types import Article, ReadArticle, Sentence


def open_store(path: Path, *, create: bool = False) -> SqliteStore:
    """Open the corpus file ``path``, or make it.

    :raises InputError: if there is none (unless ``create``), it is no corpus, a newer one, or cannot be opened.
    """
    return SqliteStore(path, connect(path, create=create))


class SqliteStore:
    """A corpus in one SQLite file; close it, or use it in a ``with`` statement."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self._db = db

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def save(self, read: ReadArticle, vectors: Half, model: str, place: str) -> Outcome:
        """Keep an article with its sentences and vectors; see ``Store.save``.

        :raises InputError: if it holds text that is no Unicode.
        """
        try:
            with self._change() as db:
                number, outcome = articles.insert(db, read, place)
                if outcome is not Outcome.UNCHANGED:
                    blocks.put(db, number, vectors, model)
                return outcome
        except UnicodeEncodeError:
            raise InputError(f"{read.article.path}: holds broken characters; save it again as UTF-8") from None

    def needs(self, article: Article) -> bool:
        """Whether saving ``article`` would change anything."""
        with self._use() as db:
            return articles.needs(db, article)

    def known_vectors(self, texts: Sequence[str], model: str) -> dict[str, Half]:
        """The vectors held already, by sentence text."""
        with self._use() as db:
            return blocks.known(db, texts, model)

    def without_vectors(self, model: str) -> tuple[str, ...]:
        """Ids of the articles whose vectors were not made by ``model``."""
        with self._use() as db:
            return blocks.without(db, model)

    def replace_vectors(self, id: str, vectors: Half, model: str) -> None:
        """Put the vectors of ``model`` in the place of those an article has; nothing if it is gone by now."""
        with self._change() as db:
            row = db.execute("SELECT number FROM article WHERE id = ?", (id,)).fetchone()
            if row is not None:
                blocks.put(db, row[0], vectors, model)

    def live(self, since: datetime | None = None, outlets: Sequence[str] = ()) -> Live:
        """The live articles, as asked."""
        with self._use() as db:
            return blocks.live(db, since, outlets)

    def vectors(self, live: Live, model: str) -> Half:
        """The vectors of all sentences of ``live``; row i is ``live.numbers[i]``."""
        with self._use() as db:
            return blocks.matrix(db, live, model)

    def sentences(self, numbers: Sequence[int]) -> tuple[Sentence, ...]:
        """The sentences with these numbers, in their order."""
        with self._use() as db:
            return reading.sentences(db, numbers)

    def find(self, id: str) -> Entry:
        """The article with this id, or the only one whose id begins so."""
        with self._use() as db:
            return reading.find(db, id)

    def load(self, id: str) -> ReadArticle:
        """A whole article."""
        with self._use() as db:
            return reading.load(db, id)

    def remove(self, id: str) -> None:
        """Forget an article; the version before it becomes the one that was in its place."""
        with self._change() as db:
            articles.remove(db, reading.find(db, id).id)

    def entries(self, since: datetime | None = None, outlets: Sequence[str] = ()) -> Iterator[Entry]:
        """All articles, superseded ones too, in the order in which they came."""
        with self._use() as db:
            yield from reading.entries(db, since, outlets)

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        """Sentences of live articles that hold all words, best first."""
        with self._use() as db:
            return reading.search(db, words, limit)

    def save_findings(self, documents: Mapping[str, str]) -> None:
        """Keep findings, by id, as the JSON they are shown from."""
        with self._change(durable=True) as db:
            db.executemany("INSERT OR IGNORE INTO finding (id, document) VALUES (?, ?)", documents.items())

    def findings(self, after: int = 0) -> tuple[Saved, ...]:
        """All documents numbered above ``after``."""
        with self._use() as db:
            return reviewing.findings(db, after)

    def record(self, *decisions: Decision) -> None:
        """Keep decisions for good.

        :raises InputError: if a finding is not known; then none is kept.
        """
        with self._change(durable=True) as db:
            for decision in decisions:
                if not reviewing.insert(db, decision):
                    raise InputError(f"{self.path}: no finding {decision.finding!r} to decide on; reload the list")

    def decisions(self, after: int = 0) -> tuple[Decision, ...]:
        """All decisions numbered above ``after``, in the order in which they were made."""
        with self._use() as db:
            return reviewing.decisions(db, after)

    def save_learned(self, document: str, at: datetime) -> int:
        """Keep a fitted decision as the newest version; its number."""
        with self._change(durable=True) as db:
            sql = "INSERT INTO learned (at, document) VALUES (?, ?)"
            return int(db.execute(sql, (at.isoformat(), document)).lastrowid or 0)

    def learned(self) -> tuple[Learned, ...]:
        """All fitted decisions, the newest last."""
        with self._use() as db:
            rows = db.execute("SELECT version, at, document FROM learned ORDER BY version")
            return tuple(Learned(version, datetime.fromisoformat(at), document) for version, at, document in rows)

    def stats(self) -> Stats:
        """What the corpus holds."""
        with self._use() as db:
            return reading.stats(db)

    @contextmanager
    def _use(self) -> Iterator[sqlite3.Connection]:
        with explained(self.path):
            yield self._db

    @contextmanager
    def _change(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction; ``durable``: on the disk when it ends, even if the power fails then."""
        with explained(self.path):
            if durable:
                self._db.execute("PRAGMA synchronous = FULL")
            try:
                with transaction(self._db):
                    yield self._db
            finally:
                if durable:
                    self._db.execute("PRAGMA synchronous = NORMAL")
