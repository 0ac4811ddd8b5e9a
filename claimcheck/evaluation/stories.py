"""Pairs listed against articles: the articles read once, and every statement with its context, date and speaker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from claimcheck.errors import InputError
from claimcheck.evaluation.records import Record
from claimcheck.evaluation.rows import LabelledRow, labels_of, text_of
from claimcheck.types import ReadArticle, Relation, Statement

UNLISTED_LINE = 0  # pairs that nobody listed stand on no line
_NAMES = ("file", "article")
_ACCEPTED = ("agreed", "either")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The articles of one folder after the text stage, by file name."""

    folder: Path
    articles: Mapping[str, ReadArticle]

    def find(self, name: str, where: str) -> str:
        """Give the file name meant by ``name``, which may lack its ending.

        :raises InputError: if there is no such article.
        """
        if name in self.articles:
            return name
        found = [file for file in self.articles if file.rsplit(".", 1)[0] == name]
        if len(found) != 1:
            raise InputError(f"{where}: no article {name!r} in {self.folder}; it holds {', '.join(self.articles)}")
        return found[0]

    def statement(self, file: str, text: str) -> Statement:
        """Give a text of an article with the sentence before it, the article's date and the speaker."""
        read = self.articles[file]
        at = read.article.text.find(text)
        before = [sentence.text for sentence in read.sentences if sentence.end <= at + 1]
        speaker = next((sentence.speaker for sentence in read.sentences if sentence.start <= at < sentence.end), None)
        return Statement(text, before[-1] if before else "", read.article.published, speaker)

    def language(self, one: str, other: str) -> str:
        """Give the language of two articles, ``mixed`` where they differ, French when unknown."""
        languages = {self.articles[file].article.language for file in (one, other)}
        return (languages.pop() or "fr") if len(languages) == 1 else "mixed"


def read_coverage(folder: Path) -> Coverage:
    """Ingest and read the articles of a folder.

    :raises InputError: if there are none.
    """
    from claimcheck.ingest import ingest
    from claimcheck.settings import IngestSettings, TextSettings
    from claimcheck.text import read

    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder of articles; give the folder the pairs were labelled on")
    articles, _ = ingest([folder], IngestSettings())
    if not articles:
        raise InputError(f"{folder}: no article in this folder; give the folder the pairs were labelled on")
    return Coverage(folder, {Path(article.path).name: read(article, TextSettings()) for article in articles})


def listed_rows(
    records: Sequence[Record], source: str, group: str, coverage: Coverage | None
) -> tuple[LabelledRow, ...]:
    """Every listed pair, whatever its status; without ``coverage`` its statements are bare.

    :raises InputError: if a row is malformed or names an unknown article.
    """
    return tuple(_listed(record, source, group, coverage) for record in records)


def accepted(rows: Sequence[LabelledRow]) -> tuple[LabelledRow, ...]:
    """Give the rows whose label two annotators share or both accept; rows without a status count as agreed."""
    return tuple(row for row in rows if row.fields.get("status", "agreed") in _ACCEPTED)


def unlisted(coverage: Coverage, listed: Sequence[LabelledRow], *, covered: bool) -> Iterator[LabelledRow]:
    """Every cross-article pair of sentences that nobody listed, labelled unrelated.

    A pair counts as listed where both its sentences hold, or lie in, the two texts of a row. With ``covered`` only
    between articles that share a row: the others may not have been labelled at all.
    """
    both = {frozenset(_files(row, coverage)) for row in listed} if covered else set()
    rows: dict[str, list[tuple[Statement, frozenset[int], frozenset[int]]]] = {}
    for file in sorted(coverage.articles):
        texts = [sentence.text for sentence in coverage.articles[file].sentences]
        rows[file] = [(coverage.statement(file, text), *_touched(text, listed)) for text in texts]
    for one, other in combinations(rows, 2):
        if covered and frozenset((one, other)) not in both:
            continue
        for a, a_left, a_right in rows[one]:
            for b, b_left, b_right in rows[other]:
                if not (a_left & b_right or a_right & b_left):
                    yield _unrelated(a, b, coverage, (one, other))


def _touched(text: str, listed: Sequence[LabelledRow]) -> tuple[frozenset[int], frozenset[int]]:
    """Rows whose left text, and rows whose right text, overlaps ``text``."""
    left = frozenset(i for i, row in enumerate(listed) if _overlaps(text, row.a.text))
    right = frozenset(i for i, row in enumerate(listed) if _overlaps(text, row.b.text))
    return left, right


def _overlaps(one: str, other: str) -> bool:
    return one in other or other in one


def _listed(record: Record, source: str, group: str, coverage: Coverage | None) -> LabelledRow:
    where = f"{source}:{record.line}"
    fields = record.fields
    texts = [text_of(_side(fields, side, where).get("text"), f"{side}.text", where) for side in ("a", "b")]
    names = [_name(_side(fields, side, where), side, where) for side in ("a", "b")]
    language = None
    left, right = (Statement(text) for text in texts)
    if coverage is not None:
        files = [coverage.find(name, where) for name in names]
        language = coverage.language(*files)
        left, right = (coverage.statement(file, text) for file, text in zip(files, texts, strict=True))
    aspect = fields.get("aspect")
    return LabelledRow(
        left,
        right,
        labels=labels_of(fields.get("labels", fields.get("label")), where),
        score=None,
        group=group,
        language=language,
        aspect="+".join(map(str, aspect)) if isinstance(aspect, list) else aspect,
        line=record.line,
        source=source,
        fields=fields,
    )


def _side(fields: Mapping[str, Any], side: str, where: str) -> Mapping[str, Any]:
    value = fields.get(side)
    if not isinstance(value, dict):
        raise InputError(f'{where}: {side!r} must be an object like {{"file": …, "text": …}}; mend the row')
    return value


def _name(value: Mapping[str, Any], side: str, where: str) -> str:
    found = next((value[name] for name in _NAMES if isinstance(value.get(name), str)), None)
    if found is None:
        raise InputError(f"{where}: {side!r} names no article; add 'file' or 'article'")
    return str(found)


def _files(row: LabelledRow, coverage: Coverage) -> tuple[str, str]:
    one, other = (coverage.find(_name(row.fields[side], side, row.where), row.where) for side in ("a", "b"))
    return one, other


def _unrelated(a: Statement, b: Statement, coverage: Coverage, files: tuple[str, str]) -> LabelledRow:
    return LabelledRow(
        a,
        b,
        labels=frozenset({str(Relation.UNRELATED)}),
        score=None,
        group=coverage.folder.name,
        language=coverage.language(*files),
        aspect="none",
        line=UNLISTED_LINE,
        source=str(coverage.folder),
        fields={
            side: {"file": file, "text": text} for side, file, text in zip("ab", files, (a.text, b.text), strict=True)
        },
    )
