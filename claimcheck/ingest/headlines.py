"""The title, the publication date and the address that the first lines of a text show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from claimcheck.ingest.dates import leading_date

_LINES = 8
_TITLE_CHARACTERS = 250
_HEADING_CHARACTERS = 160
_LINE_CHARACTERS = 2_000

_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,1000}\)")
_LABEL = re.compile(
    r"\W{0,6}(?:(?:par|by) [^\n:]{2,60}?[,|–—-] {0,3})?(?:le )?"
    r"(?P<word>date|publiée?|paru|posté|mise? en ligne|published|posted|publication date|date de publication)"
    r"(?: (?:le|on|à))?(?: {0,3}:)? {1,3}",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\s\[(|•·*_–—-]{0,6}")
# What may follow a date that dates the page; anything else makes it the beginning of a sentence.
_AFTER = re.compile(
    r"[\s)\]*_.]{0,4}(?:$|[|•·–—(-]|,? ?(?:par|by|mis|mise|modifiée?|actualisée?|updated|last|temps de lecture|gmt|cet|"
    r"cest|utc|est|edt|bst)\b)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:(?:url|lien|link|adresse|canonical) ?: ?)?<?(https?://[^\s<>]{4,1000})>?$", re.IGNORECASE)
_MARKER = re.compile(r"(?:#{1,6} {1,3}|\*\*(?=[^*]))")
_FENCED = re.compile(r"\n{0,5}---[ \t]{0,9}\n(?P<head>(?:[^\n]{0,2000}\n){1,60}?)---[ \t]{0,9}(?:\n|$)")
_COMMENT = re.compile(r"[ \t]{0,9}#")
_KEY_VALUE = re.compile(r"(?P<key>[\w -]{1,40}):(?:[ \t]+|$)(?P<value>.*)$")
_SENTENCES = re.compile(r"[.!?…][»”\"]? {1,2}[A-ZÀ-Ý«“\"]")


def shown_title(text: str) -> str:
    """Find the first line that can be a title, without date, image or heading marks; "" for a text of images only.

    A first paragraph of several sentences gives way to a heading right below it.
    """
    lines = [bare for bare in map(_without_date, _first_lines(text)) if bare]
    if not lines:
        return ""
    first = lines[0]
    if len(lines) > 1 and _is_paragraph(first) and not _is_paragraph(lines[1]):
        first = lines[1]
    first = _unmarked(first)
    return first if len(first) <= _TITLE_CHARACTERS else first[: _TITLE_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"


def shown_date(text: str) -> datetime | None:
    """Find the date of the first date line: "Publié le 12 février 2025 à 14h05", "date 2025-11-19", "12/02/2025"."""
    for line in _first_lines(text):
        found = _date(line)
        if found is not None:
            return found[0]
    return None


def shown_address(text: str) -> str | None:
    """Find the page's own address where a line among the first holds nothing else."""
    for line in _first_lines(text):
        match = _ADDRESS.match(line)
        if match:
            return match.group(1)
    return None


def front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """Split a text into the ``key: value`` lines between two ``---`` lines at its top, and what is below them.

    A block with any other line in it is left in the text: it is an article that opens with a rule.
    """
    match = _FENCED.match(text)
    lines = [line for line in match["head"].split("\n") if line.strip() and not _COMMENT.match(line)] if match else []
    pairs = [_KEY_VALUE.match(line) for line in lines]
    if match is None or not lines or not all(pairs):
        return {}, text
    return {pair["key"]: pair["value"].strip(" \t\"'") for pair in pairs if pair}, text[match.end() :]


def _first_lines(text: str) -> list[str]:
    """Return the first lines with something on them besides images, at most eight, each cut at 2,000 characters."""
    lines = (_IMAGE.sub("", match.group()[:_LINE_CHARACTERS]).strip() for match in re.finditer(r"[^\n]+", text))
    return list(islice((line for line in lines if line), _LINES))


def _date(line: str) -> tuple[datetime, int] | None:
    """Read the date that dates the page, and the offset behind it; None for a sentence that begins with a date."""
    label = _LABEL.match(line)
    start = label or _BARE.match(line)
    found = leading_date(line, start.end() if start else 0)
    if found is None:
        return None
    is_field = label is not None and label["word"].lower() == "date"
    return found if is_field or _AFTER.match(line, found[1]) else None


def _without_date(line: str) -> str:
    """Cut a field such as "date 2025-11-19" off the text behind it; "" for a line that is a date or an address."""
    found = _date(line)
    if found is None:
        return "" if _ADDRESS.match(line) else line
    rest = line[found[1] :].strip()
    return "" if _AFTER.match(line, found[1]) else rest


def _is_paragraph(line: str) -> bool:
    """Whether a line has the form of running text: long, or several sentences up to a full stop."""
    is_stopped = line.rstrip('»”" )').endswith(".")
    return len(line) > _HEADING_CHARACTERS or (is_stopped and _SENTENCES.search(line) is not None)


def _unmarked(line: str) -> str:
    return _MARKER.sub("", line, count=1).removesuffix("**").strip() if _MARKER.match(line) else line
