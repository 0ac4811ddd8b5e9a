"""Labelled pairs of real news articles, which are not ours to copy: our list holds positions and labels only, the text
comes from the data folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from claimcheck.errors import InputError
from claimcheck.evaluation.records import read_records
from claimcheck.evaluation.rows import LabelledRow, labels_of
from claimcheck.types import Statement

LISTED, EDITED = "articles/pairs.jsonl", "articles/edits.jsonl"  # under our own data
ARTICLES = "text/orangesum.jsonl.xz"  # under the data folder
_SURE = 2  # of 3: what its reader was less sure of does not count
_TAIL = " : actualité"  # what the publisher's site put behind a title


def article_parts(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Title, heading and body of an article; joined by an empty line they are what the positions count."""
    return row["title"].split(_TAIL)[0], row["heading"], row["article"]


def read_articles(articles: Path, *lists: Path) -> tuple[LabelledRow, ...]:
    """Every pair of the lists that its reader was sure enough of; ``group`` is the story of both articles.

    :raises InputError: if a file is missing, or a position lies outside its article.
    """
    texts = ["\n\n".join(article_parts(record.fields)) for record in read_records(articles)]
    return tuple(row for listed in lists for row in _rows(listed, texts))


def _rows(listed: Path, texts: Sequence[str]) -> Iterable[LabelledRow]:
    for record in read_records(listed):
        fields, where = record.fields, f"{listed}:{record.line}"
        if fields.get("sure", _SURE) < _SURE:
            continue
        yield LabelledRow(
            _statement(texts, fields["a"], where),
            _statement(texts, fields["b"], where),
            labels=labels_of(fields["label"], where),
            score=None,
            group=fields["group"],
            language="fr",
            aspect=fields.get("aspect"),
            line=record.line,
            source=str(listed),
            fields=fields,
        )


def _statement(texts: Sequence[str], place: Mapping[str, Any], where: str) -> Statement:
    """The text at a place with its changes made, and the sentence before it where there is one."""

    def part(start: int, end: int) -> str:
        text = texts[place["article"]][start:end] if place["article"] < len(texts) else ""
        if len(text) != end - start:
            raise InputError(f"{where}: article {place['article']} has no characters {start} to {end}; other articles?")
        return text

    start, end, pieces = place["start"], place["end"], []
    for changed, resumed, words in sorted(place.get("changes", ())):
        if not start <= changed <= resumed <= end:
            raise InputError(
                f"{where}: the change of characters {changed} to {resumed} is outside its sentence or another"
            )
        pieces += [part(start, changed), words]
        start = resumed
    text = "".join([*pieces, part(start, end)])
    return Statement(text, part(*place["before"]) if "before" in place else "")
