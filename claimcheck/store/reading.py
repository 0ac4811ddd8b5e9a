"""Articles and sentences out of the tables: whole, listed, or found by their words."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from claimcheck.errors import InputError, UsageError
from claimcheck.store.articles import origins_of, seconds
from claimcheck.store.base import Entry, Hit, Stats
from claimcheck.store.codec import sentence
from claimcheck.types import Article, Dropped, ReadArticle, Role, Sentence

_ENTRY = """SELECT a.id, a.outlet, a.title, a.url, a.published, a.language, a.version, later.id, a.count
    FROM article a LEFT JOIN article later ON later.number = a.superseded_by"""
_SENTENCE = """SELECT s.number, a.id, s.position, s.start, s.stop, s.text, s.notes
    FROM sentence s JOIN article a ON a.number = s.article"""
_WORDS = re.compile(r'"([^"]{1,1000})"|([^\s"]{1,1000})')
_MOST_WORDS = 50


def _entry(row: Sequence[str | int | None]) -> Entry:
    id_, outlet, title, url, published, language, version, later, count = row
    when = datetime.fromisoformat(str(published)) if published else None
    address, tongue, next_id = (None if value is None else str(value) for value in (url, language, later))
    return Entry(str(id_), str(outlet), str(title), address, when, tongue, int(version or 0), next_id, int(count or 0))


def conditions(since: datetime | None, outlets: Sequence[str]) -> tuple[str, list[str | int]]:
    """An SQL condition on articles ``a`` for what was asked, and its values."""
    parts: list[str] = ["1"]
    values: list[str | int] = []
    if since is not None:
        parts.append("a.moment >= ?")
        values.append(seconds(since))
    if outlets:
        parts.append("a.outlet IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(list(outlets)))
    return " AND ".join(parts), values


def entries(db: sqlite3.Connection, since: datetime | None, outlets: Sequence[str]) -> Iterator[Entry]:
    """List the articles, superseded ones too, in the order in which they came."""
    condition, values = conditions(since, outlets)
    for row in db.execute(f"{_ENTRY} WHERE {condition} ORDER BY a.number", values):
        yield _entry(row)


def find(db: sqlite3.Connection, id: str) -> Entry:
    """The article with this id, or the only one whose id begins so.

    :raises InputError: if there is none, or several.
    """
    found = db.execute(f"{_ENTRY} WHERE a.id = ? OR substr(a.id, 1, ?) = ? LIMIT 3", (id, len(id), id)).fetchall()
    exact = [row for row in found if row[0] == id]
    if not id or not found:
        raise InputError(f"no article {id!r} in this corpus; claimcheck corpus list shows their ids")
    if len(found) > 1 and not exact:
        raise InputError(f"several articles begin with {id!r}; give more of the id")
    return _entry((exact or found)[0])


def load(db: sqlite3.Connection, id: str) -> ReadArticle:
    """A whole article with its sentences and what was dropped.

    :raises InputError: if there is none with this id.
    """
    sql = "SELECT number, path, outlet, title, url, published, language, text, origins FROM article WHERE id = ?"
    row = db.execute(sql, (id,)).fetchone()
    if row is None:
        raise InputError(f"no article {id!r} in this corpus; claimcheck corpus list shows their ids")
    number, path, outlet, title, url, published, language, text, origins = row
    when = datetime.fromisoformat(published) if published else None
    article = Article(id, path, outlet, title, url, when, language, text, origins_of(origins))
    sentences = [_sentence(each) for each in db.execute(f"{_SENTENCE} WHERE a.id = ? ORDER BY s.position", (id,))]
    drops = db.execute(
        "SELECT start, stop, text, role, reason FROM dropped WHERE article = ? ORDER BY position", (number,)
    )
    dropped = [Dropped(id, start, stop, span, Role(role), reason) for start, stop, span, role, reason in drops]
    return ReadArticle(article, tuple(sentences), tuple(dropped))


def sentences(db: sqlite3.Connection, numbers: Sequence[int]) -> tuple[Sentence, ...]:
    """The sentences with these numbers, in their order.

    :raises InputError: if one of them is gone: removed or superseded by another process.
    """
    asked = json.dumps([int(number) for number in numbers])
    condition = "s.number IN (SELECT value FROM json_each(?))"
    rows = db.execute(f"{_SENTENCE} WHERE {condition}", (asked,))
    found = {row[0]: _sentence(row) for row in rows}
    if any(int(number) not in found for number in numbers):
        raise InputError("the corpus changed while it was read; run the command again")
    return tuple(found[int(number)] for number in numbers)


def _sentence(row: tuple[int, str, int, int, int, str, str]) -> Sentence:
    return sentence(*row[1:6], json.loads(row[6]))


def search(db: sqlite3.Connection, words: str, limit: int) -> tuple[Hit, ...]:
    """Sentences of live articles that hold all words, best first.

    :raises UsageError: if there is no word to look for.
    """
    sql = f"""WITH hit AS (
            SELECT s.number, s.text, s.article, words.rank AS rank FROM words JOIN sentence s ON s.number = words.rowid
            WHERE words MATCH ?)
        SELECT hit.number, hit.text, entry.* FROM hit
        JOIN article ON article.number = hit.article AND article.superseded_by IS NULL
        JOIN ({_ENTRY}) entry ON entry.id = article.id
        ORDER BY hit.rank, hit.number LIMIT ?"""  # noqa: S608
    return tuple(Hit(row[0], row[1], _entry(row[2:])) for row in db.execute(sql, (query(words), limit)))


def query(words: str) -> str:
    """An FTS5 query for what a user typed; everything is quoted, so that nothing in it is syntax.

    :raises UsageError: if there is no word in it.
    """
    terms = []
    for match in _WORDS.finditer(words.replace("\0", " ")):
        term = match[1] or match[2] or ""
        if any(character.isalnum() for character in term):
            start = "*" if match[2] and term.endswith("*") else ""
            terms.append(f'"{term.rstrip("*") if start else term}"{start}')
    if not terms:
        raise UsageError("nothing to search for; give one word or more")
    if len(terms) > _MOST_WORDS:
        raise UsageError(f"more than {_MOST_WORDS} words to search for; give fewer")
    return " ".join(terms)


def stats(db: sqlite3.Connection) -> Stats:
    """What the corpus holds."""

    def one(sql: str) -> int:
        return int(db.execute(sql).fetchone()[0])

    first, last = db.execute("SELECT min(moment), max(moment) FROM article").fetchone()
    return Stats(
        articles=one("SELECT count(*) FROM article WHERE superseded_by IS NULL"),
        superseded=one("SELECT count(*) FROM article WHERE superseded_by IS NOT NULL"),
        outlets=one("SELECT count(DISTINCT outlet) FROM article"),
        sentences=one("SELECT count(*) FROM sentence"),
        dropped=one("SELECT count(*) FROM dropped"),
        undated=one("SELECT count(*) FROM article WHERE moment IS NULL"),
        earliest=None if first is None else datetime.fromtimestamp(first, UTC),
        latest=None if last is None else datetime.fromtimestamp(last, UTC),
        models=dict(db.execute("SELECT model, count(*) FROM vectors GROUP BY model ORDER BY model")),
        findings=one("SELECT count(DISTINCT id) FROM finding"),
        decisions=one("SELECT count(*) FROM decision"),
        schema=one("SELECT max(number) FROM migration"),
        bytes=one("PRAGMA page_count") * one("PRAGMA page_size"),
    )
