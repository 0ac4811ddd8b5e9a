"""Opening a corpus file, transactions on it, and SQLite's errors in words a user can act on."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from claimcheck.errors import InputError
from claimcheck.store.migrations import MIGRATIONS, migrate, schema

BUSY_SECONDS = 60.0
_PAGE_BYTES = 16_384  # a block of vectors spans many of SQLite's usual 4,096
_AGAIN = "what was committed is kept: run the command again"
_REASONS = {
    "SQLITE_NOTADB": "is not a corpus (no SQLite file); name another file",
    "SQLITE_BUSY": f"is in use by another process; wait for it to end, then {_AGAIN}",
    "SQLITE_LOCKED": f"is in use by another process; wait for it to end, then {_AGAIN}",
    "SQLITE_READONLY": "is read-only; allow writing to the file and its folder, or copy it elsewhere",
    "SQLITE_CANTOPEN": "cannot be opened; check that the folder exists and may be written to",
    "SQLITE_FULL": f"the disk is full; free some space, then {_AGAIN}",
    "SQLITE_IOERR": f"the disk reports an error; check it, then {_AGAIN}",
    "SQLITE_PERM": "access is denied; check the permissions of the file",
    "SQLITE_CORRUPT": "is damaged; restore a copy, or make it anew from the articles",
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Within it, what SQLite says about the file becomes one line with a remedy; our own mistakes stay as they are.

    :raises InputError: for a file that is locked, damaged, read-only, no database...
    """
    try:
        yield
    except sqlite3.Error as error:
        reason = reason_of(error)
        if reason is None:
            raise
        raise InputError(f"{path}: {reason}") from error


def reason_of(error: sqlite3.Error) -> str | None:
    """What is wrong with the file and what to do, or None if the file is not to blame."""
    name = getattr(error, "sqlite_errorname", "")
    return next((reason for code, reason in _REASONS.items() if name.startswith(code)), None)


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open a corpus, brought up to date; where nothing may be written, for reading only.

    :raises InputError: if there is none (unless ``create``), it is no corpus, a newer one, or cannot be opened.
    """
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name the corpus file, such as desk.db")
    if not create and (not path.exists() or path.stat().st_size == 0):
        raise InputError(f"{path}: no such corpus; make one with: claimcheck corpus add ARTICLES --corpus {path}")
    with explained(path):
        db = sqlite3.connect(_address(path, create), uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        try:
            _prepare(db, path)
        except BaseException:
            db.close()
            raise
    return db


def is_writable(path: Path) -> bool:
    """Whether the file and its folder, which holds the log, may be written to."""
    folder = path.resolve().parent
    return os.access(folder, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _address(path: Path, create: bool) -> str:
    """The URI of the file: nothing beside it to read and nowhere to write a log means it can't change."""
    mode = "rwc" if create else "rw"
    if not is_writable(path):
        mode = "ro" if Path(f"{path}-wal").exists() else "ro&immutable=1"
    return f"{path.resolve().as_uri()}?mode={mode}"


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last articles, never the file
    taken = schema(db, path)
    if taken == len(MIGRATIONS):
        return
    if not is_writable(path):
        raise InputError(f"{path}: of an older claimcheck and read-only; open it once where it can be written to")
    _log_ahead(db)
    migrate(db, path)


def _log_ahead(db: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait for another process that is doing just that."""
    db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    for attempt in range(200):
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if attempt == 199:
                raise
            time.sleep(0.05)


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; the lock is taken at once, so that nothing read within is out of date."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite ends it itself when the disk is full
            db.execute("ROLLBACK")
        raise
