"""Decisions in and out as files: JSON Lines between desks and from reports, CSV to and from a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from claimcheck.errors import InputError
from claimcheck.evaluation.records import Record, read_records
from claimcheck.report.exports import safe_cell
from claimcheck.review.items import Account, Item, read_items
from claimcheck.review.verdicts import ACTS, Review, reviews
from claimcheck.store import Decision, Store
from claimcheck.types import Relation

_SIDE = ("outlet", "title", "url", "published", "speaker", "text")
CSV_COLUMNS = (
    *("finding", "verdict", "reviewer", "note", "decided", "program", "confidence", "topic"),
    *(f"{side}_{column}" for side in ("left", "right") for column in _SIDE),
)
# What people write in a spreadsheet for the four relations, besides their names.
_WRITTEN = {
    "accord": "agree",
    "divergence": "diverge",
    "contradiction": "contradict",
    "sans rapport": "unrelated",
    "1": "agree",
    "2": "diverge",
    "3": "contradict",
    "4": "unrelated",
}
_MOST = 2_000  # characters of a note
_NAME = 100  # characters of a reviewer's name


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the decisions of a file; ``unknown`` are about findings that the corpus does not hold."""

    added: int
    held: int
    unknown: int


def to_jsonl(items: Mapping[str, Item], decisions: Iterable[Decision]) -> str:
    """Every decision as a line of its own, undone ones and the undoing too, with the pair it is about."""
    return "".join(_line(items[decision.finding], decision) for decision in decisions)


def _line(item: Item, decision: Decision) -> str:
    left, right = item.accounts
    values = {
        "schema_version": 1,
        "finding": decision.finding,
        "verdict": decision.verdict,
        "reviewer": decision.reviewer,
        "at": decision.at.isoformat(),
        "note": decision.note,
        "model": decision.model,
        "settings": decision.settings,
        "adjudicates": decision.adjudicates,
        "program": {"relation": item.judgement.relation.value, "confidence": round(item.confidence, 4)},
        "left": _side(left),
        "right": _side(right),
    }
    return json.dumps(values, ensure_ascii=False) + "\n"


def _side(account: Account) -> dict[str, Any]:
    article = account.article
    published = article.published.isoformat() if article.published else None
    said = account.side.sentence
    facts = (article.outlet, article.title, article.url, published, said.speaker, said.text)
    return dict(zip(_SIDE, facts, strict=True))


def to_csv(items: Mapping[str, Item], standing: Mapping[str, Review]) -> str:
    """One row per verdict, and one with an empty verdict for every finding that has none: to be filled in."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(CSV_COLUMNS)
    for id_, item in items.items():
        said = [each for each in standing[id_].opinions if each.verdict is not None] if id_ in standing else []
        heads = [(each.verdict or "", each.reviewer, each.note, each.at.isoformat()) for each in said]
        for head in heads or [("", "", "", "")]:
            row = (id_, *head, item.judgement.relation, round(item.confidence, 4), item.topic, *_cells(item))
            writer.writerow([safe_cell(str(cell)) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def _cells(item: Item) -> list[str]:
    return [str(value or "") for account in item.accounts for value in _side(account).values()]


def import_file(path: Path, store: Store, reviewer: str | None = None) -> Imported:
    """Add the decisions of a JSON Lines or CSV file; those held already are not added again.

    In a CSV the verdict, the note and the reviewer count; a row without a verdict says nothing.

    :raises InputError: naming the line and what is wrong with it; then nothing was added.
    """
    items = read_items(store.findings())
    held = store.decisions()
    is_table = path.name.lower().endswith((".csv", ".tsv"))
    rows = [(record, _decision(record, path, reviewer, items)) for record in read_records(path)]
    read = [decision for record, decision in rows if decision is not None]
    known = [decision for decision in read if decision.finding in items]
    fresh = _fresh_rows(known, held) if is_table else _fresh_lines(known, held)
    store.record(*fresh)
    return Imported(len(fresh), len(known) - len(fresh), len(read) - len(known))


def _fresh_lines(read: list[Decision], held: Iterable[Decision]) -> list[Decision]:
    """A decision is the same when reviewer, time, finding and verdict are."""
    seen = {_identity(decision) for decision in held}
    fresh = []
    for decision in sorted(read, key=lambda each: each.at):
        if _identity(decision) not in seen:
            seen.add(_identity(decision))
            fresh.append(decision)
    return fresh


def _identity(decision: Decision) -> tuple[str, str, str, datetime]:
    return decision.finding, decision.reviewer, decision.verdict, decision.at


def _fresh_rows(read: list[Decision], held: Iterable[Decision]) -> list[Decision]:
    """A spreadsheet knows no times: what a reviewer says already is not said again."""
    standing = reviews(held)
    fresh: dict[tuple[str, str], Decision] = {}
    for decision in read:
        review = standing.get(decision.finding)
        own = review.of(decision.reviewer) if review else None
        if own is None or (own.verdict, own.note) != (decision.verdict, decision.note or own.note):
            fresh[decision.finding, decision.reviewer] = decision
    return list(fresh.values())


def _decision(record: Record, path: Path, reviewer: str | None, items: Mapping[str, Item]) -> Decision | None:
    where, fields = f"{path}:{record.line}", record.fields
    if "finding" not in fields or "verdict" not in fields:
        raise InputError(f"{where}: no finding and verdict; give a file of claimcheck decisions export or of a report")
    written = str(fields["verdict"] or "").strip().casefold()
    if not written:
        return None
    verdict = _WRITTEN.get(written, written)
    if verdict not in ACTS:
        raise InputError(f"{where}: verdict {written!r}; write one of {', '.join(Relation)}")
    name = reviewer or _text(fields, "reviewer", _NAME)
    if not name:
        raise InputError(f"{where}: no reviewer; name one with --reviewer")
    finding = str(fields["finding"])
    item = items.get(finding)
    return Decision(
        finding,
        verdict,
        name,
        _moment(fields.get("at"), where),
        _text(fields, "note", _MOST),
        _text(fields, "model", _MOST) or (item.model if item else ""),
        _text(fields, "settings", _NAME) or (item.settings if item else ""),
        fields.get("adjudicates") is True,
    )


def _text(fields: Mapping[str, Any], name: str, limit: int) -> str:
    """A text of a row; the apostrophe with which we kept a cell from running is taken off again."""
    text = str(fields.get(name) or "").strip()[:limit]
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) == text else text


def _moment(value: object, where: str) -> datetime:
    if value in (None, ""):
        return datetime.now(UTC)
    try:
        when = datetime.fromisoformat(str(value))
    except ValueError:
        raise InputError(f"{where}: at {value!r} is no time; write it as 2031-02-14T09:30:00+00:00") from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
