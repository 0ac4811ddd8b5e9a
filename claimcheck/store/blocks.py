"""Vectors in the corpus file: one block per article, half precision, row i for the sentence at position i."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from claimcheck.errors import InputError, InternalError
from claimcheck.store.articles import text_hash
from claimcheck.store.base import Half, Live
from claimcheck.store.reading import conditions

BYTES = 2  # of one number in half precision


def put(db: sqlite3.Connection, article: int, vectors: Half, model: str) -> None:
    """Write the block of an article, over the one it has.

    :raises InternalError: if there is not one row per sentence.
    :raises InputError: if the same model made vectors of another size before.
    """
    count = db.execute("SELECT count FROM article WHERE number = ?", (article,)).fetchone()[0]
    if vectors.shape[0] != count:
        raise InternalError(f"{vectors.shape[0]} vectors for {count} sentences")
    dim = vectors.shape[1] if count else 0
    other = db.execute("SELECT max(dim) FROM vectors WHERE model = ?", (model,)).fetchone()[0]
    if dim and other and dim != other:
        raise InputError(f"the model {model} made vectors of {other} numbers before and of {dim} now; name another one")
    block = np.ascontiguousarray(vectors, dtype="<f2").tobytes()
    db.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", (article, model, dim, block))


def known(db: sqlite3.Connection, texts: Sequence[str], model: str) -> dict[str, Half]:
    """The vectors held already, by sentence text."""
    sql = """SELECT substr(v.value, s.position * v.dim * 2 + 1, v.dim * 2)
        FROM sentence s JOIN vectors v ON v.article = s.article WHERE s.hash = ? AND v.model = ? LIMIT 1"""
    found: dict[str, Half] = {}
    for text in dict.fromkeys(texts):
        row = db.execute(sql, (text_hash(text), model)).fetchone()
        if row is not None:
            found[text] = np.frombuffer(row[0], dtype="<f2")
    return found


def without(db: sqlite3.Connection, model: str) -> tuple[str, ...]:
    """Ids of the articles that have no vectors of this model."""
    sql = """SELECT id FROM article WHERE NOT EXISTS (
        SELECT 1 FROM vectors v WHERE v.article = article.number AND v.model = ?) ORDER BY number"""
    return tuple(row[0] for row in db.execute(sql, (model,)))


def live(db: sqlite3.Connection, since: datetime | None, outlets: Sequence[str]) -> Live:
    """The live articles in the order of their sentences."""
    condition, values = conditions(since, outlets)
    rows = db.execute(
        f"""SELECT a.number, a.first, a.count, a.outlet, a.moment FROM article a
        WHERE a.superseded_by IS NULL AND {condition} ORDER BY a.first, a.number""",  # noqa: S608
        values,
    ).fetchall()
    return Live(
        articles=np.array([row[0] for row in rows], np.int64),
        first=np.array([row[1] for row in rows], np.int64),
        counts=np.array([row[2] for row in rows], np.int64),
        outlets=tuple(row[3] for row in rows),
        published=np.array([row[4] for row in rows], "datetime64[s]"),
    )


def matrix(db: sqlite3.Connection, wanted: Live, model: str) -> Half:
    """The vectors of all sentences of ``wanted``, filled block by block: the memory of one matrix and no more.

    :raises InputError: if the vectors of some article were made by another model, or are not whole.
    """
    row = db.execute("SELECT max(dim) FROM vectors WHERE model = ?", (model,)).fetchone()
    dim = int(row[0] or 0)
    found = np.zeros((len(wanted), dim), np.float16)
    ends = np.cumsum(wanted.counts)
    places = dict(zip(wanted.articles.tolist(), range(len(ends)), strict=True))
    blocks = db.execute(  # the plus keeps SQLite from the index of models: nearly all rows have the same one
        "SELECT article, value FROM vectors WHERE +model = ? AND article IN (SELECT value FROM json_each(?))",
        (model, json.dumps(wanted.articles.tolist())),
    )
    filled = 0
    for article, value in blocks:
        i = places[article]
        block = np.frombuffer(value, "<f2")
        if block.size != wanted.counts[i] * dim:
            raise InputError("vectors in the corpus are damaged; run claimcheck corpus verify")
        found[ends[i] - wanted.counts[i] : ends[i]] = block.reshape(-1, dim) if dim else 0
        filled += 1
    if filled < len(ends):
        raise InputError(
            f"{len(ends) - filled} articles have no vectors of the model {model}; "
            "claimcheck corpus add with this model recomputes them"
        )
    return found
