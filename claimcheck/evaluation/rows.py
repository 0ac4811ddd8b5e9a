"""A labelled pair as every data set gives it, and the checks on what a file may hold."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from claimcheck.errors import InputError
from claimcheck.types import Relation, Statement

NLI_LABELS = ("entailment", "neutral", "contradiction")
BINARY_LABELS = ("entailment", "not_entailment")
CONFLICT_LABELS = ("compatible", "contradiction")
RELATION_LABELS = tuple(str(relation) for relation in Relation)
LABELS = tuple(dict.fromkeys((*NLI_LABELS, *BINARY_LABELS, *CONFLICT_LABELS, *RELATION_LABELS)))


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """Two statements with what they are to each other.

    ``labels`` are the accepted ones: several where either is right, none where the row has a ``score`` only.
    ``group`` is the event or story, never split; ``fields`` is the row as the file has it; ``source`` and ``line``
    say where it stands.
    """

    a: Statement
    b: Statement
    labels: frozenset[str]
    score: float | None
    group: str
    language: str | None
    aspect: str | None
    line: int
    source: str
    fields: Mapping[str, Any]

    @property
    def where(self) -> str:
        """``file:line``, for messages."""
        return f"{self.source}:{self.line}"


def text_of(value: object, name: str, where: str) -> str:
    """Read a text to be compared, stripped.

    :raises InputError: if it is no text, or empty.
    """
    if not isinstance(value, str):
        raise InputError(f"{where}: column {name!r} must be a text, found {type(value).__name__}; mend the row")
    if not value.strip():
        raise InputError(f"{where}: column {name!r} is empty; fill it in or remove the row")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InputError(f"{where}: column {name!r} holds half a character (\\ud800-\\udfff); mend the text") from None
    return value.strip()


def labels_of(value: object, where: str) -> frozenset[str]:
    """Read the accepted labels: one, a list, or several in one text separated by ``|``.

    :raises InputError: if there is none, or one is unknown.
    """
    parts = value.split("|") if isinstance(value, str) else value
    if not isinstance(parts, list) or not parts:
        raise InputError(f"{where}: no label; allowed: {', '.join(LABELS)}")
    found = frozenset(str(part).strip().lower().replace("-", "_") for part in parts)
    unknown = sorted(found - set(LABELS))
    if unknown:
        raise InputError(f"{where}: unknown label {unknown[0]!r}; allowed: {', '.join(LABELS)}")
    return found


def score_of(value: object, where: str) -> float:
    """Read a similarity score.

    :raises InputError: if it is not a finite number.
    """
    try:
        score = float(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        score = math.nan
    if not math.isfinite(score):
        raise InputError(f"{where}: score {str(value)[:40]!r} is not a number; write it as 3.5")
    return score


def date_of(value: object, name: str, where: str) -> datetime | None:
    """Read a publication date, in UTC where it names no zone; None where the cell is empty.

    :raises InputError: if it is not an ISO date.
    """
    if value is None or value == "":
        return None
    try:
        found = datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise InputError(f"{where}: column {name!r}: {str(value)[:40]!r} is no date; write 2025-02-13") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def draw(rows: Sequence[LabelledRow], amount: int, seed: int) -> tuple[LabelledRow, ...]:
    """At most ``amount`` rows, in order: those whose seeded hash is lowest.

    A row keeps its place in the draw when others come or go, so a sample changes as little as its data.
    """

    def key(i: int) -> bytes:
        return hashlib.sha256(f"{seed}\n{rows[i].a.text}\n{rows[i].b.text}".encode()).digest()

    chosen = sorted(range(len(rows)), key=key)[:amount]
    return tuple(rows[i] for i in sorted(chosen))
