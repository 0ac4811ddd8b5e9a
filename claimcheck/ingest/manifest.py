"""Manifests: a CSV file that says outlet, title, URL, date and language of the files beside it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from claimcheck.errors import InputError
from claimcheck.ingest.dates import parse_date
from claimcheck.ingest.encoding import decode
from claimcheck.ingest.facts import Facts, facts
from claimcheck.ingest.files import read_bytes, real
from claimcheck.ingest.normal import normal
from claimcheck.ingest.tables import Row, delimited
from claimcheck.ingest.unusable import Unusable
from claimcheck.types import Failure

NAME = "articles.csv"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Facts by resolved file path, and the lines that could not be used."""

    facts: Mapping[Path, Facts] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()


def is_manifest(path: Path, limit: int) -> bool:
    """Whether a file is a folder's manifest: it has the name, and a column of file names."""
    if path.name != NAME:
        return False
    try:
        delimited(_content(path, limit), needed="file")
    except Unusable:
        return False
    return True


def named_manifest(path: Path, limit: int) -> Manifest:
    """Read the manifest the user names.

    :raises InputError: if it is missing, unreadable or has no column of file names.
    """
    if not os.path.exists(path):
        raise InputError(f"{path}: no such manifest; check the name")
    try:
        return read_manifest(path, limit)
    except Unusable as error:
        raise InputError(f"{path}: {error}") from None


def read_manifest(path: Path, limit: int) -> Manifest:
    """Read a manifest; its file names are relative to its folder. A file is described by the first line that names it.

    :raises Unusable: if it can't be read or has no column of file names.
    """
    found: dict[Path, Facts] = {}
    failures: list[Failure] = []
    for row in delimited(_content(path, limit), needed="file"):
        problem = str(row) if isinstance(row, Unusable) else _problem(row, path.parent)
        if problem:
            failures.append(Failure(str(path), problem))
        if isinstance(row, Row) and _target(row, path.parent) is not None:
            found.setdefault(real(path.parent / row.fields["file"]), facts(row.fields, "manifest"))
    return Manifest(found, tuple(failures))


def _content(path: Path, limit: int) -> str:
    return normal(decode(read_bytes(path, limit)))


def _target(row: Row, folder: Path) -> Path | None:
    """Find the file a row names, None when there is no such file."""
    try:
        target = folder / row.fields.get("file", "")
        return target if target.is_file() else None
    except (OSError, ValueError):  # a name too long, or with a zero byte
        return None


def _problem(row: Row, folder: Path) -> str:
    if "file" not in row.fields:
        return f"line {row.line}: names no file"
    if _target(row, folder) is None:
        return f"line {row.line}: file {row.fields['file'][:200]!r} does not exist; correct the name or drop the line"
    date = row.fields.get("published")
    if date is not None and parse_date(date) is None:
        return (
            f"line {row.line}: published {date[:60]!r} is no date from 1990 to 2100; write 2025-02-12 or "
            "2025-02-12T14:05:00+01:00 (the article is read without a date)"
        )
    return ""
