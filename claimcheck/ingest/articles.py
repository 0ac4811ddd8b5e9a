"""From a document to an article: its text, and each fact from the best source that has it."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from pathlib import Path

from claimcheck.ingest.documents import HTML, MARKDOWN, PLAIN
from claimcheck.ingest.extract import extract
from claimcheck.ingest.facts import Facts, facts, host, merged
from claimcheck.ingest.headlines import shown_address, shown_date, shown_title
from claimcheck.ingest.normal import normal
from claimcheck.ingest.outlets import image_host, self_named
from claimcheck.ingest.unusable import Unusable
from claimcheck.types import Article, RawDocument

FILE_NAME = "file name"
_HEADING_MARK = re.compile(r"^ {0,3}#{1,6} {1,3}", re.MULTILINE)


def article(document: RawDocument, given: Facts, limit: int) -> Article:
    """Make the article of a document; facts ``given`` by the user come before the document's own, then found ones.

    :raises Unusable: if there is no article text, or more than ``limit`` characters of it.
    """
    text, shown = _text(document)
    if not any(character.isalpha() for character in text):
        raise Unusable("no article text found")
    if len(text) > limit:
        raise Unusable(f"holds more than {limit:,} characters of text; split it or raise ingest.max_characters")
    known = merged(given, facts(document.fields, _field_origin(document)), shown, _found(text))
    known = merged(known, _fallbacks(known, document))
    return Article(
        id=article_id(known["outlet"].value, text),
        path=document.origin,
        outlet=known["outlet"].value,
        title=known["title"].value,
        url=known["url"].value if "url" in known else None,
        published=datetime.fromisoformat(known["published"].value) if "published" in known else None,
        language=known["language"].value if "language" in known else None,
        text=text,
        origins={name: fact.origin for name, fact in sorted(known.items())},
    )


def article_id(outlet: str, text: str) -> str:
    """Compute the id of an article: it follows what was published and by whom, not where the file lies."""
    return hashlib.sha256(f"{outlet}\n{text}".encode()).hexdigest()[:16]


def _text(document: RawDocument) -> tuple[str, Facts]:
    """Return the normal text of a document and what the document's own form says about it."""
    if document.media_type == HTML:
        return extract(document.content)
    text = document.content
    if document.media_type == MARKDOWN:
        text = _HEADING_MARK.sub("", text)
    return normal(text).strip("\n "), {}


def _field_origin(document: RawDocument) -> str:
    is_text = document.media_type in (PLAIN, MARKDOWN)
    return "front matter" if is_text else "table"


def _found(text: str) -> Facts:
    """Find what the text itself shows."""
    date = shown_date(text)
    return merged(
        facts({"outlet": self_named(text) or ""}, "self-naming"),
        facts({"outlet": image_host(text) or ""}, "image host"),
        facts({"published": date.isoformat() if date else ""}, "date line"),
        facts({"url": shown_address(text) or ""}, "address line"),
        facts({"title": shown_title(text)}, "first line"),
    )


def _fallbacks(known: Facts, document: RawDocument) -> Facts:
    """Name the outlet after the host of a known address or else the file, and the title after the file."""
    site = host(known["url"].value) if "url" in known else ""
    stem = name_of(document.origin)
    return merged(facts({"outlet": site}, "url host"), facts({"outlet": stem, "title": stem}, FILE_NAME))


def name_of(origin: str, parents: int = 0) -> str:
    """Return the file's stem with some parent folders and a row's number: rows may be of different outlets."""
    file, mark, row = origin.rpartition("#")
    path = Path(file) if mark and row.isdigit() else Path(origin)
    folders = path.absolute().parent.parts[-parents:] if parents else ()
    return "/".join([*folders, path.stem or path.name]) + (f"#{row}" if mark and row.isdigit() else "")
