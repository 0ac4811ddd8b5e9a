"""``claimcheck score``: pairs of a file to NLI and relation probabilities, order and unknown fields kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from claimcheck.compare.relate import Relator
from claimcheck.encoders.base import Progress
from claimcheck.evaluation.datasets import statement_pair
from claimcheck.evaluation.records import read_records
from claimcheck.files import write_atomic
from claimcheck.types import Relation

NLI = ("entailment", "neutral", "contradiction")
_DIGITS = 5


def score_file(source: Path, target: Path, relator: Relator, progress: Progress | None = None) -> int:
    """Score every pair of ``source`` (JSON Lines, CSV or TSV) into the JSON Lines file ``target``; returns the count.

    Each row gains ``nli`` (both directions averaged), ``relation`` and its ``probabilities``.

    :raises InputError: naming file, line and remedy; nothing is written then.
    """
    records = read_records(source)
    pairs = [statement_pair(record, str(source)) for record in records]
    found = relator.relate_statements(pairs, progress)
    lines = [
        json.dumps({**record.fields, **_scores(found.nli[i], found.relation[i])}, ensure_ascii=False)
        for i, record in enumerate(records)
    ]
    write_atomic(target, "".join(line + "\n" for line in lines))
    return len(records)


def _scores(nli: Any, relation: Any) -> dict[str, Any]:
    probabilities = {str(name): round(float(p), _DIGITS) for name, p in zip(Relation, relation, strict=True)}
    return {
        "nli": {name: round(float(p), _DIGITS) for name, p in zip(NLI, nli, strict=True)},
        "relation": max(probabilities, key=lambda name: probabilities[name]),
        "probabilities": probabilities,
    }
