"""How far a second reader, who saw no label, agrees with the labels of our stories and of the real articles:
``python -m benchmarks.labels``.

``data/stories/second_reader.jsonl`` names a pair by its story and its line in ``pairs.jsonl``, with the second label;
in ``pairs.jsonl`` and ``edits.jsonl`` of ``data/articles`` it is ``second`` where the pair was drawn by lot, ``votes``
where it was in doubt.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.run import ROOT, say
from claimcheck.evaluation.agreement import cohen_kappa
from claimcheck.evaluation.splits import DEVELOPMENT, event_split
from claimcheck.types import Relation

Twice = Sequence[tuple[Mapping[str, Any], str]]

STORIES = ROOT / "data/stories"
ARTICLES, EDITS = ROOT / "data/articles/pairs.jsonl", ROOT / "data/articles/edits.jsonl"
_NONE = "unrelated"


def story_pairs(stories: Path) -> Twice:
    """The pairs of our stories that were labelled twice, each with its second label."""
    lines = (stories / "second_reader.jsonl").read_text(encoding="utf-8").splitlines()
    rows = []
    for second in map(json.loads, lines):
        listed = (stories / second["story"] / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
        rows.append((json.loads(listed[second["line"] - 1]), second["label"]))
    return rows


def article_pairs(listed: Path, field: str) -> Twice:
    """The pairs of real articles with a further label in ``field``, once with each such label."""
    rows = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    return [(row, label) for row in rows if field in row for label in _labels(row[field])]


def _labels(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def share(rows: Twice) -> float:
    """Share of the rows whose two labels are the same."""
    return sum(bool(row["label"] == second) for row, second in rows) / len(rows)


def report(name: str, rows: Twice, grade: str = "") -> None:
    """Print agreement in all, by the first reader's ``grade`` where there is one, and label against label."""
    kappa = cohen_kappa([row["label"] for row, _ in rows], [second for _, second in rows])
    say(f"{name}, {len(rows)} pairs: same label {share(rows):.2f}, Cohen's kappa {kappa:.2f}")
    for value in (1, 2, 3) if grade else ():
        some = [(row, second) for row, second in rows if row["label"] != _NONE and row[grade] == value]
        kept = sum(second != _NONE for _, second in some) / len(some)
        say(f"  {grade} {value}, {len(some)} related pairs: same label {share(some):.2f}, any relation {kept:.2f}")
    counts = Counter((row["label"], second) for row, second in rows)
    for first, total in Counter(row["label"] for row, _ in rows).items():
        say(f"  {first}, {total}: " + ", ".join(f"{second} {counts[first, second] / total:.2f}" for second in Relation))


def main() -> None:
    """Report on all."""
    report("our stories", story_pairs(STORIES), "strength")
    report("real articles, drawn by lot", article_pairs(ARTICLES, "second"), "sure")
    edited = article_pairs(EDITS, "second")
    for held in (True, False):
        rows = [(row, label) for row, label in edited if (event_split(row["group"]) == DEVELOPMENT) is held]
        report(f"real articles, edited, {'development' if held else 'the others'}", rows)
    report("real articles, in doubt", article_pairs(ARTICLES, "votes"), "sure")


if __name__ == "__main__":
    main()
