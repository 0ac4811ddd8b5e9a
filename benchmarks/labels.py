"""How far a second reader, who saw no label, agrees with the labels of our stories: ``python -m benchmarks.labels``.

``data/stories/second_reader.jsonl`` names a pair by its story and its line in ``pairs.jsonl``, with the second label.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.run import ROOT, say
from claimcheck.evaluation.agreement import cohen_kappa
from claimcheck.types import Relation

STORIES = ROOT / "data/stories"
_NONE = "unrelated"


def read_twice(stories: Path) -> list[tuple[Mapping[str, Any], str]]:
    """The rows that were labelled twice, each with its second label."""
    lines = (stories / "second_reader.jsonl").read_text(encoding="utf-8").splitlines()
    rows = []
    for second in map(json.loads, lines):
        listed = (stories / second["story"] / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
        rows.append((json.loads(listed[second["line"] - 1]), second["label"]))
    return rows


def share(rows: Sequence[tuple[Mapping[str, Any], str]]) -> float:
    """Share of the rows whose two labels are the same."""
    return sum(bool(row["label"] == second) for row, second in rows) / len(rows)


def main() -> None:
    """Print agreement in all, by strength, and label against label."""
    rows = read_twice(STORIES)
    kappa = cohen_kappa([row["label"] for row, _ in rows], [second for _, second in rows])
    say(f"{len(rows)} pairs: same label {share(rows):.2f}, Cohen's kappa {kappa:.2f}")
    for strength in (1, 2, 3):
        some = [(row, second) for row, second in rows if row["label"] != _NONE and row["strength"] == strength]
        kept = sum(second != _NONE for _, second in some) / len(some)
        say(f"  strength {strength}, {len(some)} related pairs: same label {share(some):.2f}, any relation {kept:.2f}")
    counts = Counter((row["label"], second) for row, second in rows)
    for first in Relation:
        say(f"  {first}: " + ", ".join(f"{second} {counts[first, second]}" for second in Relation))


if __name__ == "__main__":
    main()
