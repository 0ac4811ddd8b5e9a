"""The shape of a corpus file, as numbered steps recorded in the file; a step, once released, never changes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from claimcheck.errors import InputError

APPLICATION = 0x434C4D43  # "CLMC" in the file's header: tells a corpus from other SQLite files


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: what it brings, and its statements."""

    name: str
    statements: tuple[str, ...]


# Vectors are one block per article, row i for the sentence at position i: a million of them load in one pass.
_ARTICLES = Migration(
    "articles, sentences and vectors",
    (
        """CREATE TABLE article (
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
            page TEXT NOT NULL, version INTEGER NOT NULL, superseded_by INTEGER REFERENCES article (number),
            place TEXT NOT NULL, path TEXT NOT NULL, outlet TEXT NOT NULL, title TEXT NOT NULL, url TEXT,
            published TEXT, moment INTEGER, language TEXT, text TEXT NOT NULL, origins TEXT NOT NULL,
            first INTEGER NOT NULL, count INTEGER NOT NULL) STRICT""",
        "CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL",
        "CREATE INDEX article_place ON article (place)",
        "CREATE INDEX article_superseded_by ON article (superseded_by)",
        """CREATE TABLE sentence (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            article INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE, position INTEGER NOT NULL,
            start INTEGER NOT NULL, stop INTEGER NOT NULL, text TEXT NOT NULL, hash BLOB NOT NULL,
            notes TEXT NOT NULL, UNIQUE (article, position)) STRICT""",
        "CREATE INDEX sentence_hash ON sentence (hash)",
        """CREATE TABLE dropped (
            article INTEGER NOT NULL REFERENCES article (number) ON DELETE CASCADE, position INTEGER NOT NULL,
            start INTEGER NOT NULL, stop INTEGER NOT NULL, text TEXT NOT NULL, role TEXT NOT NULL,
            reason TEXT NOT NULL, PRIMARY KEY (article, position)) STRICT, WITHOUT ROWID""",
        """CREATE TABLE vectors (
            article INTEGER PRIMARY KEY REFERENCES article (number) ON DELETE CASCADE,
            model TEXT NOT NULL, dim INTEGER NOT NULL, value BLOB NOT NULL) STRICT""",
        "CREATE INDEX vectors_model ON vectors (model, dim)",
    ),
)
_WORDS = Migration(
    "full-text search",
    (
        """CREATE VIRTUAL TABLE words USING fts5 (
            text, content='sentence', content_rowid='number', tokenize='unicode61 remove_diacritics 2')""",
        """CREATE TRIGGER sentence_came AFTER INSERT ON sentence BEGIN
            INSERT INTO words (rowid, text) VALUES (new.number, new.text); END""",
        """CREATE TRIGGER sentence_went AFTER DELETE ON sentence BEGIN
            INSERT INTO words (words, rowid, text) VALUES ('delete', old.number, old.text); END""",
        "INSERT INTO words (words) VALUES ('rebuild')",
    ),
)
_REVIEW = Migration(
    "findings and decisions",
    (
        """CREATE TABLE finding (
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, document TEXT NOT NULL,
            UNIQUE (id, document)) STRICT""",
        """CREATE TABLE decision (
            number INTEGER PRIMARY KEY AUTOINCREMENT, finding TEXT NOT NULL, verdict TEXT NOT NULL,
            reviewer TEXT NOT NULL, at TEXT NOT NULL, note TEXT NOT NULL) STRICT""",
        "CREATE INDEX decision_finding ON decision (finding)",
        *(
            f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'a {table} is never changed'); END"
            for table in ("finding", "decision")
            for verb in ("UPDATE", "DELETE")
        ),
    ),
)
_LEARNING = Migration(
    "what a decision was about, rulings, and fitted decisions",
    (
        "ALTER TABLE decision ADD COLUMN model TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE decision ADD COLUMN settings TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE decision ADD COLUMN adjudicates INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE learned (
            version INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, document TEXT NOT NULL) STRICT""",
        *(
            f"CREATE TRIGGER learned_{verb.lower()} BEFORE {verb} ON learned "
            "BEGIN SELECT RAISE(ABORT, 'a learned decision is never changed'); END"
            for verb in ("UPDATE", "DELETE")
        ),
    ),
)
MIGRATIONS = (_ARTICLES, _WORDS, _REVIEW, _LEARNING)


def schema(db: sqlite3.Connection, path: Path) -> int:
    """The number of steps a file has taken; 0 for an empty file.

    :raises InputError: if it is another program's file, or a newer claimcheck's.
    """
    application = db.execute("PRAGMA application_id").fetchone()[0]
    if application == 0 and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        return 0
    if application != APPLICATION:
        raise InputError(f"{path}: is an SQLite file of another program, not a corpus; name another file")
    taken = int(db.execute("SELECT max(number) FROM migration").fetchone()[0])
    if taken > len(MIGRATIONS):
        raise InputError(
            f"{path}: made by a newer claimcheck (schema {taken}; this one knows {len(MIGRATIONS)}); upgrade claimcheck"
        )
    return taken


def migrate(db: sqlite3.Connection, path: Path, steps: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Take the steps a file has not taken, all in one transaction.

    :raises InputError: as ``schema`` does.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        taken = schema(db, path)  # again, under the lock: another process may have been faster
        if taken == 0:
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            db.execute("CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
        for number, step in enumerate(steps[taken:], start=taken + 1):
            for statement in step.statements:
                db.execute(statement)
            db.execute("INSERT INTO migration VALUES (?, ?)", (number, step.name))
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
