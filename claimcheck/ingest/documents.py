"""From a file to its documents: one for a text or a page, one per row for a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from claimcheck.ingest.encoding import decode
from claimcheck.ingest.extract import is_markup, is_page
from claimcheck.ingest.facts import named
from claimcheck.ingest.files import PAGES, TABLES, read_bytes
from claimcheck.ingest.headlines import front_matter
from claimcheck.ingest.normal import normal
from claimcheck.ingest.tables import Row, rows
from claimcheck.ingest.unusable import Unusable
from claimcheck.types import Failure, RawDocument

HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
ROW = "text/x-table-row"


def documents(path: Path, limit: int) -> Iterator[RawDocument | Failure]:
    """Yield the documents of one file, in order, and the rows or the file that can't be used."""
    try:
        suffix = path.suffix.lower()
        content = normal(decode(read_bytes(path, limit), is_html=suffix in PAGES))
        if not content.strip():
            raise Unusable("is empty")
        if suffix in TABLES:
            yield from _table(path, content, suffix)
        elif suffix in PAGES or is_page(content):
            yield RawDocument(str(path), content, HTML)
        else:
            fields, body = front_matter(content)
            yield RawDocument(str(path), body, MARKDOWN if suffix == ".md" else PLAIN, named(fields))
    except Unusable as error:
        yield Failure(str(path), str(error))


def _table(path: Path, content: str, suffix: str) -> Iterator[RawDocument | Failure]:
    number = 0
    for number, row in enumerate(rows(content, suffix), start=1):
        origin = f"{path}#{number}"
        if isinstance(row, Row) and row.fields.get("text", "").strip():
            text = normal(row.fields["text"])
            fields = {name: value for name, value in row.fields.items() if name != "text"}
            yield RawDocument(origin, text, HTML if is_markup(text) or is_page(text) else ROW, fields)
        elif isinstance(row, Row):
            yield Failure(origin, f"line {row.line}: the article text is empty")
        else:
            yield Failure(origin, str(row))
    if not number:
        raise Unusable("holds no rows")
