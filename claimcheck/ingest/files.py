"""Which files to read: named files, and folders walked once each."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimcheck.errors import InputError
from claimcheck.ingest.unusable import Unusable
from claimcheck.types import Failure

TEXTS = (".txt", ".md")
PAGES = (".html", ".htm")
TABLES = (".json", ".jsonl", ".csv", ".tsv")
ACCEPTED = (*TEXTS, *PAGES, *TABLES)


@dataclass(frozen=True, slots=True)
class Walk:
    """The files found, and what could not be entered."""

    files: tuple[Path, ...]
    failures: tuple[Failure, ...]


def walk(paths: Sequence[Path]) -> Walk:
    """All files to read under ``paths``, sorted, hidden ones skipped; a folder is entered once however often linked.

    :raises InputError: if ``paths`` is empty or one of them does not exist.
    """
    if not paths:
        raise InputError("no input given; name article files or folders")
    found: list[Path] = []
    failures: list[Failure] = []
    entered: set[tuple[int, int]] = set()
    for path in sorted(set(paths)):
        if os.path.isdir(path):
            _enter(path, entered, found, failures)
        elif not os.path.lexists(path):
            raise InputError(f"{path}: no such file or folder; check the name")
        elif path.suffix.lower() in ACCEPTED:
            found.append(path)
        else:
            failures.append(Failure(str(path), f"is not one of {', '.join(ACCEPTED)}; convert it to one of these"))
    once: dict[Path, Path] = {}
    for path in sorted(found):
        once.setdefault(real(path), path)
    return Walk(tuple(once.values()), tuple(failures))


def real(path: Path) -> Path:
    """Resolve ``path`` to the one absolute path of its file, for comparisons; never raises."""
    return Path(os.path.realpath(path))


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a whole file.

    :raises Unusable: if it is no regular file, not readable, empty, or larger than ``limit`` bytes.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block, a device never end
            raise Unusable("is not a regular file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise Unusable(f"cannot be read ({_reason(error)})") from None
    if len(data) > limit:
        raise Unusable(f"is larger than {limit:,} bytes; split it or raise ingest.max_bytes")
    if not data:
        raise Unusable("is empty")
    return data


def _enter(folder: Path, entered: set[tuple[int, int]], found: list[Path], failures: list[Failure]) -> None:
    """Walk one named folder; a stack rather than recursion, since folders nest deeper than Python does."""
    before = len(found), len(failures)
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            failures.append(Failure(str(here), f"cannot be entered ({_reason(error)})"))
            continue
        for entry, path in _visible(entries, here):
            problem = _link_problem(entry, path)
            if problem:
                failures.append(Failure(str(path), problem))
            elif os.path.isdir(path):
                waiting.append(path)
            elif path.suffix.lower() in ACCEPTED:
                found.append(path)
    if before == (len(found), len(failures)):
        failures.append(Failure(str(folder), f"holds no new file of a kind read here ({', '.join(ACCEPTED)})"))


def _visible(entries: list[os.DirEntry[str]], here: Path) -> Iterator[tuple[os.DirEntry[str], Path]]:
    return ((entry, here / entry.name) for entry in entries if not entry.name.startswith("."))


def _link_problem(entry: os.DirEntry[str], path: Path) -> str:
    """Why a folder entry can't be used by its kind, or ""."""
    if entry.is_symlink():
        target, here = real(path), real(path.parent)
        if not os.path.exists(path):
            return "is a broken symbolic link; remove it" if path.suffix.lower() in ACCEPTED else ""
        if target in (here, *here.parents):
            return "is a symbolic link to a folder above it; remove it"
    if path.suffix.lower() in ACCEPTED and os.path.isdir(path):
        return f"is a folder with the name of a {path.suffix.lower()} file; rename it or name it as an input"
    return ""


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
