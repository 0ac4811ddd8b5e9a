"""Articles into the tables: new ones, new versions of a page, and their removal."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from claimcheck.store.base import Outcome
from claimcheck.store.codec import dumps, notes
from claimcheck.types import Article, ReadArticle

_INSERT = """INSERT INTO article (id, page, version, place, path, outlet, title, url, published, moment, language, text,
        origins, first, count)
    VALUES (:id, :page, :version, :place, :path, :outlet, :title, :url, :published, :moment, :language, :text,
        :origins, :first, :count)"""
_UPDATE = """UPDATE article SET path = :path, title = :title, url = coalesce(:url, url), first = :first, count = :count,
        moment = CASE WHEN :published IS NULL THEN moment ELSE :moment END,
        published = coalesce(:published, published), language = :language, origins = :origins
    WHERE number = :number"""


def text_hash(text: str) -> bytes:
    """16 bytes that stand for a sentence's text."""
    return hashlib.sha256(text.encode()).digest()[:16]


def needs(db: sqlite3.Connection, article: Article) -> bool:
    """Whether the article is new, or more is known of it than is held."""
    held = db.execute("SELECT url, published FROM article WHERE id = ?", (article.id,)).fetchone()
    return held is None or _knows_more(article, *held)


def _knows_more(article: Article, url: str | None, published: str | None) -> bool:
    return bool((article.url and not url) or (article.published and not published))


def insert(db: sqlite3.Connection, read: ReadArticle, place: str) -> tuple[int, Outcome]:
    """Keep an article and its sentences, inside a transaction; its number, and what became of it."""
    article = read.article
    held = db.execute("SELECT number, url, published FROM article WHERE id = ?", (article.id,)).fetchone()
    if held is not None:
        if not _knows_more(article, *held[1:]):
            return held[0], Outcome.UNCHANGED
        _complete(db, held[0], read)
        return held[0], Outcome.COMPLETED
    before = _version_before(db, article, place)
    page, version = (before[1], before[2] + 1) if before else (article.id, 1)
    values = {**_values(read), "page": page, "version": version, "place": place, "first": _next_sentence(db)}
    cursor = db.execute(_INSERT, values)
    number = int(cursor.lastrowid or 0)
    if before:
        db.execute("UPDATE article SET superseded_by = ? WHERE number = ?", (number, before[0]))
    _insert_spans(db, number, values["first"], read)
    return number, Outcome.NEW_VERSION if before else Outcome.ADDED


def remove(db: sqlite3.Connection, id: str) -> None:
    """Forget an article with all that hangs on it; the version before it takes its place."""
    number, after = db.execute("SELECT number, superseded_by FROM article WHERE id = ?", (id,)).fetchone()
    db.execute("UPDATE article SET superseded_by = ? WHERE superseded_by = ?", (after, number))
    db.execute("DELETE FROM article WHERE number = ?", (number,))


def _complete(db: sqlite3.Connection, number: int, read: ReadArticle) -> None:
    """Write an article again, sentences too: what "yesterday" means follows from the date that is known now."""
    values = {**_values(read), "first": _next_sentence(db), "number": number}
    db.execute(_UPDATE, values)
    db.execute("DELETE FROM sentence WHERE article = ?", (number,))
    db.execute("DELETE FROM dropped WHERE article = ?", (number,))
    _insert_spans(db, number, values["first"], read)


def _version_before(db: sqlite3.Connection, article: Article, place: str) -> tuple[int, str, int] | None:
    """The live version of the same page: number, page and version."""
    columns = "SELECT number, page, version FROM article WHERE superseded_by IS NULL AND"
    if article.url and _is_page(article.url):
        sql = f"{columns} url = ? AND outlet = ? ORDER BY number DESC"
        row: tuple[int, str, int] | None = db.execute(sql, (article.url, article.outlet)).fetchone()
        if row:
            return row
    sql = f"{columns} place = ? AND (url IS NULL OR ? IS NULL) ORDER BY number DESC"  # two addresses are two pages
    found: tuple[int, str, int] | None = db.execute(sql, (place, article.url)).fetchone()
    return found


def _is_page(url: str) -> bool:
    """Whether an address leads to one page: the address of a whole site is given for many articles."""
    parts = urlsplit(url)
    return parts.path.strip("/") != "" or parts.query != ""


def _next_sentence(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'sentence'").fetchone()
    return int(row[0]) + 1 if row else 1


def _values(read: ReadArticle) -> dict[str, Any]:
    article = read.article
    published = article.published.isoformat() if article.published else None
    return {
        "id": article.id,
        "path": article.path.encode("utf-8", "backslashreplace").decode(),  # a file name can be no Unicode at all
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": published,
        "moment": _moment(published),
        "language": article.language,
        "text": article.text,
        "origins": dumps(dict(article.origins)),
        "count": len(read.sentences),
    }


def _moment(published: str | None) -> int | None:
    """Seconds since 1970, UTC."""
    return seconds(datetime.fromisoformat(published)) if published else None


def seconds(when: datetime) -> int:
    """Seconds since 1970 of a date; one without a zone is UTC."""
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())


def _insert_spans(db: sqlite3.Connection, article: int, first: int, read: ReadArticle) -> None:
    rows = [
        (first + i, article, i, one.start, one.end, one.text, text_hash(one.text), dumps(notes(one)))
        for i, one in enumerate(read.sentences)
    ]
    db.executemany("INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    drops = [
        (article, i, one.start, one.end, one.text, one.role.value, one.reason) for i, one in enumerate(read.dropped)
    ]
    db.executemany("INSERT INTO dropped VALUES (?, ?, ?, ?, ?, ?, ?)", drops)


def origins_of(value: str) -> dict[str, str]:
    """Where each fact of an article was found, as stored."""
    origins: dict[str, str] = json.loads(value)
    return origins
