"""``claimcheck score``: pairs of a file to NLI and relation probabilities, order and unknown fields kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimcheck.encoders.base import Progress
from claimcheck.evaluation.datasets import statement_pair
from claimcheck.evaluation.records import Record, read_records
from claimcheck.judgement.relate import Relations, Relator
from claimcheck.types import Relation, Statement

NLI = ("entailment", "neutral", "contradiction")
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Scorable:
    """A row of a file and the two statements it holds."""

    record: Record
    pair: tuple[Statement, Statement]


def read_scorable(source: Path) -> tuple[Scorable, ...]:
    """Read the pairs of a JSON Lines, CSV or TSV file.

    :raises InputError: naming file, line and remedy.
    """
    return tuple(Scorable(record, statement_pair(record, str(source))) for record in read_records(source))


def score(rows: Sequence[Scorable], relator: Relator, progress: Progress | None = None) -> str:
    """Score every pair; JSON Lines in the order of ``rows``.

    Each row gains ``nli`` (both directions averaged), ``relation`` with its ``probabilities``, and ``conflict``, the
    probability that the two cannot both stand.
    """
    found = relator.relate_statements([row.pair for row in rows], progress)
    lines = [json.dumps({**row.record.fields, **_scores(found, i)}, ensure_ascii=False) for i, row in enumerate(rows)]
    return "".join(line + "\n" for line in lines)


def _scores(found: Relations, row: int) -> dict[str, Any]:
    probabilities = {str(name): round(float(p), _DIGITS) for name, p in zip(Relation, found.relation[row], strict=True)}
    return {
        "nli": {name: round(float(p), _DIGITS) for name, p in zip(NLI, found.nli[row], strict=True)},
        "relation": max(probabilities, key=lambda name: probabilities[name]),
        "probabilities": probabilities,
        "conflict": round(float(found.conflict[row]), _DIGITS),
    }
