"""Whether a corpus is whole: every promise of its tables checked against what they hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from claimcheck.ingest.articles import article_id
from claimcheck.progress import Reporter
from claimcheck.store.articles import text_hash
from claimcheck.store.blocks import BYTES
from claimcheck.store.connection import connect, is_writable

_UNIT = 0.01  # half precision keeps the length of a unit vector well within this


def verify(path: Path, reporter: Reporter) -> Iterator[str]:
    """Yield one line per problem; nothing for a corpus that is whole.

    :raises InputError: if the file cannot be opened at all.
    """
    with closing(connect(path)) as db:
        try:
            yield from _file(db)
            yield from _pages(db)
            yield from _articles(db, reporter)
            yield from _decisions(db)
            if is_writable(path):
                yield from _words(db)
        except sqlite3.DatabaseError as error:
            yield f"damaged: {error}; restore a copy, or make it anew from the articles"


def _file(db: sqlite3.Connection) -> Iterator[str]:
    for (line,) in db.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"damaged: {' '.join(str(line).split())}"
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"{table} row {row}: refers to a row of {parent} that is not there"


def _pages(db: sqlite3.Connection) -> Iterator[str]:
    sql = "SELECT page, count(*) FROM article WHERE superseded_by IS NULL GROUP BY page HAVING count(*) > 1"
    for page, count in db.execute(sql):
        yield f"page {page}: {count} live versions; only one can be the newest"


def _articles(db: sqlite3.Connection, reporter: Reporter) -> Iterator[str]:
    advance = reporter.stage("Checking articles", db.execute("SELECT count(*) FROM article").fetchone()[0])
    for number, id_, outlet, text, first, count in db.execute(
        "SELECT number, id, outlet, text, first, count FROM article ORDER BY number"
    ):
        where = f"article {id_}"
        if article_id(outlet, text) != id_:
            yield f"{where}: its text or outlet is not what its id says"
        yield from _sentences(db, number, text, first, count, where)
        yield from _dropped(db, number, text, where)
        yield from _vectors(db, number, count, where)
        advance(1)


def _sentences(db: sqlite3.Connection, article: int, text: str, first: int, count: int, where: str) -> Iterator[str]:
    rows = db.execute(
        "SELECT number, position, start, stop, text, hash FROM sentence WHERE article = ? ORDER BY position", (article,)
    ).fetchall()
    if [row[:2] for row in rows] != [(first + i, i) for i in range(count)]:
        yield f"{where}: {len(rows)} sentences, or their numbers, where {count} from {first} on are due"
    for _, position, start, stop, sentence, digest in rows:
        if text[start:stop] != sentence:
            yield f"{where}: sentence {position} is not the text at {start}:{stop}"
        if text_hash(sentence) != digest:
            yield f"{where}: sentence {position} is not what its hash says"


def _dropped(db: sqlite3.Connection, article: int, text: str, where: str) -> Iterator[str]:
    rows = db.execute("SELECT position, start, stop, text FROM dropped WHERE article = ? ORDER BY position", (article,))
    for position, start, stop, span in rows:
        if text[start:stop] != span:
            yield f"{where}: dropped span {position} is not the text at {start}:{stop}"


def _vectors(db: sqlite3.Connection, article: int, count: int, where: str) -> Iterator[str]:
    row = db.execute("SELECT model, dim, value FROM vectors WHERE article = ?", (article,)).fetchone()
    if row is None:
        yield f"{where}: has no vectors"
        return
    model, dim, value = row
    usual = db.execute("SELECT max(dim) FROM vectors WHERE model = ?", (model,)).fetchone()[0]
    if len(value) != count * dim * BYTES or (count and (dim == 0 or dim != usual)):
        yield f"{where}: vectors of {len(value)} bytes where {count} sentences of {usual} numbers are due"
    elif count:
        lengths = np.linalg.norm(np.frombuffer(value, "<f2").reshape(count, dim).astype(np.float32), axis=1)
        if not np.all((np.abs(lengths - 1) < _UNIT) | (lengths == 0)):
            yield f"{where}: vectors that are not of length one"


def _decisions(db: sqlite3.Connection) -> Iterator[str]:
    sql = "SELECT number, finding FROM decision WHERE finding NOT IN (SELECT id FROM finding) ORDER BY number"
    for number, finding in db.execute(sql):
        yield f"decision {number}: is about the finding {finding}, which is not there"


def _words(db: sqlite3.Connection) -> Iterator[str]:
    try:
        db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        yield f"full-text search does not match the sentences ({error})"
