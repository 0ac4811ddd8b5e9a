"""Labelled pairs of real news articles, which are not ours to copy: our list holds positions and labels only, the text
comes from the data folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from claimcheck.errors import InputError
from claimcheck.evaluation.records import read_records
from claimcheck.evaluation.rows import LabelledRow, labels_of
from claimcheck.types import Statement

LISTED, ARTICLES = "articles/pairs.jsonl", "text/orangesum.jsonl.xz"  # under our own data, under the data folder
_SURE = 2  # of 3: what its reader was less sure of does not count
_TAIL = " : actualité"  # what the publisher's site put behind a title


def article_parts(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Title, heading and body of an article; joined by an empty line they are what the positions count."""
    return row["title"].split(_TAIL)[0], row["heading"], row["article"]


def read_articles(listed: Path, articles: Path) -> tuple[LabelledRow, ...]:
    """Every pair of the list that its reader was sure enough of; ``group`` is the story of both articles.

    :raises InputError: if a file is missing, or a position lies outside its article.
    """
    texts = ["\n\n".join(article_parts(record.fields)) for record in read_records(articles)]
    rows = []
    for record in read_records(listed):
        fields, where = record.fields, f"{listed}:{record.line}"
        if fields["sure"] < _SURE:
            continue
        rows.append(
            LabelledRow(
                _statement(texts, fields["a"], where),
                _statement(texts, fields["b"], where),
                labels=labels_of(fields["label"], where),
                score=None,
                group=fields["group"],
                language="fr",
                aspect=None,
                line=record.line,
                source=str(listed),
                fields=fields,
            )
        )
    return tuple(rows)


def _statement(texts: Sequence[str], place: Mapping[str, Any], where: str) -> Statement:
    """The text at a place, with the sentence before it where there is one."""

    def part(start: int, end: int) -> str:
        text = texts[place["article"]][start:end] if place["article"] < len(texts) else ""
        if len(text) != end - start:
            raise InputError(f"{where}: article {place['article']} has no characters {start} to {end}; other articles?")
        return text

    return Statement(part(place["start"], place["end"]), part(*place["before"]) if "before" in place else "")
