"""How far a second reader, who saw no label, agrees with the labels of our stories and of the real articles:
``python -m benchmarks.labels``.

``data/stories/second_reader.jsonl`` names a pair by its story and its line in ``pairs.jsonl``, with the second label;
in ``data/articles/pairs.jsonl`` it stands beside the first.
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

Twice = Sequence[tuple[Mapping[str, Any], str]]

STORIES = ROOT / "data/stories"
ARTICLES = ROOT / "data/articles/pairs.jsonl"
_NONE = "unrelated"


def story_pairs(stories: Path) -> Twice:
    """The pairs of our stories that were labelled twice, each with its second label."""
    lines = (stories / "second_reader.jsonl").read_text(encoding="utf-8").splitlines()
    rows = []
    for second in map(json.loads, lines):
        listed = (stories / second["story"] / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
        rows.append((json.loads(listed[second["line"] - 1]), second["label"]))
    return rows


def article_pairs(listed: Path) -> Twice:
    """The pairs of real articles that were labelled twice, each with its second label."""
    rows = map(json.loads, listed.read_text(encoding="utf-8").splitlines())
    return [(row, row["second"]) for row in rows if "second" in row]


def share(rows: Twice) -> float:
    """Share of the rows whose two labels are the same."""
    return sum(bool(row["label"] == second) for row, second in rows) / len(rows)


def report(name: str, rows: Twice, grade: str) -> None:
    """Print agreement in all, by the first reader's ``grade``, and label against label."""
    kappa = cohen_kappa([row["label"] for row, _ in rows], [second for _, second in rows])
    say(f"{name}, {len(rows)} pairs: same label {share(rows):.2f}, Cohen's kappa {kappa:.2f}")
    for value in (1, 2, 3):
        some = [(row, second) for row, second in rows if row["label"] != _NONE and row[grade] == value]
        kept = sum(second != _NONE for _, second in some) / len(some)
        say(f"  {grade} {value}, {len(some)} related pairs: same label {share(some):.2f}, any relation {kept:.2f}")
    counts = Counter((row["label"], second) for row, second in rows)
    for first in Relation:
        say(f"  {first}: " + ", ".join(f"{second} {counts[first, second]}" for second in Relation))


def main() -> None:
    """Report on both."""
    report("our stories", story_pairs(STORIES), "strength")
    report("real articles", article_pairs(ARTICLES), "sure")


if __name__ == "__main__":
    main()
