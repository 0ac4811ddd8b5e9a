"""Labelled pairs from every layout we know: flat tables, our event files, gold lists and story folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from claimcheck.errors import InputError
from claimcheck.evaluation.records import Record, read_records
from claimcheck.evaluation.rows import LabelledRow, date_of, draw, labels_of, score_of, text_of
from claimcheck.evaluation.stories import Coverage, accepted, listed_rows, read_coverage, unlisted
from claimcheck.types import Statement

SEED = 13
_TEXTS = (("a", "b"), ("premise", "hypothesis"), ("sentence1", "sentence2"))
_LABELS = ("label", "gold_label", "labels")
_LISTING = "pairs.jsonl"


def read_pairs(path: Path, articles: Path | None = None) -> tuple[LabelledRow, ...]:
    """All labelled rows of a file or folder.

    Known: flat JSON Lines, CSV and TSV (xz-compressed or not) with columns a, b or premise, hypothesis or sentence1,
    sentence2 and a label or a score; STS files without a header; event files; pairs listed against ``articles`` (only
    those two annotators accept); a story folder; a folder of event files or of story folders. Statements of stories,
    and of listed pairs whose articles are given, carry their context, date and speaker.

    :raises InputError: naming file, line and remedy.
    """
    if not path.is_dir():
        return _read_file(path, articles)
    if (path / _LISTING).is_file():
        return _read_file(path / _LISTING, articles or path)
    stories = sorted(listing.parent for listing in path.glob(f"*/{_LISTING}"))
    if stories:
        return _joined(read_pairs(story) for story in stories)
    files = sorted([*path.glob("*.jsonl"), *path.glob("*.jsonl.xz")])
    if not files:
        raise InputError(f"{path}: holds no *.jsonl and no story (a folder with {_LISTING}); give a file of pairs")
    return _joined(read_pairs(file, articles) for file in files)


def with_random_pairs(path: Path, articles: Path | None = None, seed: int = SEED) -> tuple[LabelledRow, ...]:
    """Give the rows of a story folder, a folder of them or a list of pairs, and as many random cross-article pairs
    that nobody listed, labelled unrelated.

    :raises InputError: as ``read_pairs``, and if there are no articles to draw from.
    """
    if path.is_dir() and not (path / _LISTING).is_file():
        stories = sorted(listing.parent for listing in path.glob(f"*/{_LISTING}"))
        if not stories:
            raise InputError(f"{path}: random pairs need articles; give a story folder (articles and {_LISTING})")
        return _joined(with_random_pairs(story, seed=seed) for story in stories)
    file = path / _LISTING if path.is_dir() else path
    folder = _articles(file, articles)
    if folder is None:
        raise InputError(f"{path}: random pairs need the articles the pairs were labelled on; give their folder")
    listed, coverage = read_listing(file, folder)
    rows = accepted(listed)
    return (*rows, *draw(tuple(unlisted(coverage, listed, covered=True)), len(rows), seed))


def read_listing(path: Path, articles: Path) -> tuple[tuple[LabelledRow, ...], Coverage]:
    """Every pair of a list, whatever its status, with the articles it was labelled on.

    :raises InputError: as ``read_pairs``, and if the file is no such list.
    """
    records = read_records(path)
    if not _is_listing(records[0]):
        raise InputError(f"{path}: not a list of pairs with their articles; random pairs need one")
    coverage = read_coverage(articles)
    return listed_rows(records, str(path), _group(path), coverage), coverage


def statement_pair(record: Record, source: str) -> tuple[Statement, Statement]:
    """The two statements of a flat row, with what its optional columns say of them.

    :raises InputError: naming file, line and remedy.
    """
    where = f"{source}:{record.line}"
    left, right = _text_columns(record.fields, where)
    return _statement(record.fields, left, "a", where), _statement(record.fields, right, "b", where)


def _joined(parts: Iterable[tuple[LabelledRow, ...]]) -> tuple[LabelledRow, ...]:
    return tuple(row for part in parts for row in part)


def _read_file(path: Path, articles: Path | None) -> tuple[LabelledRow, ...]:
    records = read_records(path)
    first = records[0].fields
    if _is_listing(records[0]):
        folder = _articles(path, articles)
        rows = accepted(listed_rows(records, str(path), _group(path), read_coverage(folder) if folder else None))
        if not rows:
            raise InputError(f"{path}: no row is agreed on (status agreed or either); label the pairs twice")
        return rows
    if isinstance(first.get("b"), list):
        return _joined(tuple(_event(record, str(path))) for record in records)
    return tuple(_flat(record, str(path)) for record in records)


def _is_listing(record: Record) -> bool:
    return isinstance(record.fields.get("a"), dict)


def _articles(path: Path, articles: Path | None) -> Path | None:
    """Give the folder of the articles: the one given, or the story's own."""
    return articles or (path.parent if path.name == _LISTING else None)


def _group(path: Path) -> str:
    return path.resolve().parent.name if path.name == _LISTING else path.stem


def _event(record: Record, source: str) -> Iterable[LabelledRow]:
    where = f"{source}:{record.line}"
    fields = record.fields
    left = Statement(text_of(fields.get("a"), "a", where))
    answers = fields.get("b")
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise InputError(f'{where}: \'b\' must be a list of objects like {{"t": …, "label": …}}; mend the row')
    for answer in answers:
        languages = {fields.get("lang"), answer.get("lang", fields.get("lang"))}
        yield LabelledRow(
            left,
            Statement(text_of(answer.get("t"), "b.t", where)),
            labels=labels_of(answer.get("label"), where),
            score=None,
            group=str(fields.get("event", record.line)),
            language=languages.pop() if len(languages) == 1 else "mixed",
            aspect=_optional(answer, "aspect"),
            line=record.line,
            source=source,
            fields={**fields, "b": answer},
        )


def _flat(record: Record, source: str) -> LabelledRow:
    where = f"{source}:{record.line}"
    fields = record.fields
    left, right = statement_pair(record, source)
    label = next((name for name in _LABELS if name in fields), None)
    is_scored = fields.get("score") not in (None, "")
    if label is None and "score" not in fields:
        raise _no_column("label", fields, ("label", "gold_label", "score"), where)
    is_labelled = label is not None and (fields[label] not in (None, "") or not is_scored)
    return LabelledRow(
        left,
        right,
        labels=labels_of(fields[label], where) if label and is_labelled else frozenset(),
        score=None if is_labelled and not is_scored else score_of(fields["score"], where),
        group=_optional(fields, "group") or _optional(fields, "id") or str(record.line),
        language=_optional(fields, "lang"),
        aspect=_optional(fields, "aspect"),
        line=record.line,
        source=source,
        fields=fields,
    )


def _text_columns(fields: Mapping[str, Any], where: str) -> tuple[str, str]:
    for left, right in _TEXTS:
        if left in fields and right in fields:
            return left, right
    raise _no_column("text", fields, [" and ".join(names) for names in _TEXTS], where)


def _no_column(what: str, fields: Mapping[str, Any], wanted: Iterable[str], where: str) -> InputError:
    found = ", ".join(repr(name[:40]) for name in list(fields)[:20]) or "none"
    return InputError(f"{where}: no {what} column; found {found}; accepted: {', or '.join(wanted)}")


def _statement(fields: Mapping[str, Any], name: str, side: str, where: str) -> Statement:
    return Statement(
        text_of(fields[name], name, where),
        _optional(fields, f"{side}_context") or "",
        date_of(fields.get(f"{side}_date"), f"{side}_date", where),
        _optional(fields, f"{side}_speaker"),
    )


def _optional(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return None if value is None else str(value).strip() or None
