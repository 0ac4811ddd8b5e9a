"""Files of rows to plain mappings: JSON Lines, CSV and TSV, as they are or xz-compressed."""

from __future__ import annotations

import csv
import io
import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimcheck.errors import InputError

KINDS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv")
STS_COLUMNS = ("sentence1", "sentence2", "score")


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a file and the line it starts on."""

    line: int
    fields: Mapping[str, Any]


def read_records(path: Path) -> tuple[Record, ...]:
    """All rows of a file.

    :raises InputError: if the file is missing, of another kind, not UTF-8, malformed or without rows.
    """
    name = path.name.lower().removesuffix(".xz")
    if not name.endswith(KINDS):
        raise InputError(f"{path}: not a known kind of file; give {', '.join(KINDS)}, each optionally .xz, or a folder")
    text = _decode(path)
    rows = _json_rows(path, text) if name.endswith((".jsonl", ".ndjson", ".json")) else _cell_rows(path, name, text)
    records = tuple(rows)
    if not records:
        raise InputError(f"{path}: no rows; give a file with one labelled pair a line")
    return records


def _decode(path: Path) -> str:
    try:
        data = path.read_bytes()
        if path.name.lower().endswith(".xz"):
            data = lzma.decompress(data)
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path and its rights") from None
    except lzma.LZMAError:
        raise InputError(f"{path}: damaged xz file; fetch or compress it again") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from None


def _json_rows(path: Path, text: str) -> Iterator[Record]:
    for line, content in enumerate(text.split("\n"), 1):  # splitlines() would cut at U+2028 inside a text
        if not content.strip():
            continue
        try:
            fields = json.loads(content)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "too deep or too large"
            raise InputError(f"{path}:{line}: broken JSON ({reason}); write one object a line") from None
        if not isinstance(fields, dict):
            raise InputError(f"{path}:{line}: a {type(fields).__name__}, not an object; write one object a line")
        yield Record(line, fields)


def _cell_rows(path: Path, name: str, text: str) -> Iterator[Record]:
    if name.endswith(".tsv"):  # tab files of this field carry bare quotation marks
        reader = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    header: list[str] | None = None
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                if not _is_sts(cells):
                    header = [cell.strip().lower() for cell in cells]
                    continue
                header = list(STS_COLUMNS)
            yield Record(line, _named(cells, header, f"{path}:{line}"))
    except csv.Error as error:
        raise InputError(f"{path}:{start}: malformed row ({error}); quote its texts or use JSON Lines") from None


def _delimiter(text: str) -> str:
    """Find what parts the header's columns: spreadsheets of French systems write semicolons."""
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _is_sts(cells: Sequence[str]) -> bool:
    """Whether a first row is data already: sentence, sentence, score."""
    try:
        return len(cells) == len(STS_COLUMNS) and float(cells[2]) >= 0
    except ValueError:
        return False


def _named(cells: Sequence[str], header: Sequence[str], where: str) -> dict[str, str]:
    if len(cells) != len(header):
        raise InputError(
            f"{where}: {len(cells)} columns where {len(header)} are expected ({', '.join(header)}); "
            "quote texts that hold the delimiter"
        )
    return dict(zip(header, cells, strict=True))
