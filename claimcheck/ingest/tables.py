"""Tables of articles: one per row of CSV and TSV, one per object of JSON and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claimcheck.ingest.facts import ALIASES, named
from claimcheck.ingest.unusable import Unusable

_NO_TEXT = f"no column holds the article text; name it one of {', '.join(ALIASES['text'])}"
_JSON_REMEDY = "mend the file or save it again as UTF-8 JSON"


@dataclass(frozen=True, slots=True)
class Row:
    """One row under our field names, with the 1-based line it begins on (0 where lines mean nothing)."""

    line: int
    fields: Mapping[str, str]


Rows = Iterator[Row | Unusable]


def rows(content: str, suffix: str) -> Rows:
    """Yield the rows of a table by the suffix of its file; a broken row comes as the reason why.

    :raises Unusable: if the table as a whole can't be used.
    """
    if suffix == ".jsonl":
        return _json_lines(content)
    if suffix == ".json":
        return _json(content)
    return delimited(content, "\t" if suffix == ".tsv" else None)


def delimited(content: str, delimiter: str | None = None, needed: str = "text") -> Rows:
    """Yield the rows of a CSV text; without a delimiter, split by the one its header shows most.

    :raises Unusable: if no column is the ``needed`` one.
    """
    header = content.partition("\n")[0]
    delimiter = delimiter or max(",;\t", key=header.count)
    csv.field_size_limit(max(len(content) + 1, csv.field_size_limit()))  # the default refuses 131,072 characters
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = next(reader, [])
    except csv.Error as error:
        raise Unusable(f"line 1: the header is broken ({error})") from None
    if needed not in named(dict.fromkeys(columns, "?")):
        raise Unusable(_column_missing(columns, needed))
    return _delimited(reader, columns)


def _column_missing(columns: list[str], needed: str) -> str:
    is_manifest = needed == "text" and "file" in named(dict.fromkeys(columns, "?"))
    if is_manifest:
        return "lists files and holds no article text; use it with --manifest"
    return _NO_TEXT if needed == "text" else f"line 1: no column {' or '.join(ALIASES[needed])}; add it to the header"


def _delimited(reader: Any, columns: list[str]) -> Rows:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unusable(f"line {line}: broken row ({error}); check its quotes")
            continue
        if len(cells) > len(columns):
            yield Unusable(f"line {line}: {len(cells)} cells under {len(columns)} columns; quote cells with separators")
        elif any(cell.strip() for cell in cells):
            yield Row(line, named(dict(zip(columns, cells, strict=False))))


def _json_lines(content: str) -> Rows:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, strict=False)
        except (ValueError, RecursionError) as error:
            yield Unusable(f"line {number}: broken JSON ({_json_reason(error)}); {_JSON_REMEDY}")
            continue
        yield _row(value, number)


def _json(content: str) -> Rows:
    try:
        value = json.loads(content, strict=False)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise Unusable(f"line {line}: broken JSON ({_json_reason(error)}); {_JSON_REMEDY}") from None
    if isinstance(value, dict) and "text" not in named(_strings(value)):
        lists = [inner for inner in value.values() if isinstance(inner, list) and inner]
        value = lists[0] if len(lists) == 1 else value  # {"articles": [...]} and the like
    return (_row(item, 0) for item in (value if isinstance(value, list) else [value]))


def _row(value: Any, line: int) -> Row | Unusable:
    where = f"line {line}: " if line else ""
    if not isinstance(value, dict):
        return Unusable(f"{where}is not a JSON object; write one object for each article")
    fields = named(_strings(value))
    return Row(line, fields) if "text" in fields else Unusable(where + _NO_TEXT.replace("column", "field"))


def _strings(value: Mapping[str, Any]) -> dict[str, str]:
    return {name: _string(inner) for name, inner in value.items()}


def _string(value: Any) -> str:
    """Turn a JSON value into text: paragraphs joined by line ends, an object by its name, nothing for the rest."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    if isinstance(value, dict):
        name = value.get("name")
        return name if isinstance(name, str) else ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _json_reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
