"""Which rows are wrong, and what they have in common."""

from __future__ import annotations

from benchmarks.errors import lengths, shares, wrong
from claimcheck.evaluation.rows import LabelledRow
from claimcheck.types import Statement


def row(text: str, labels: set[str], aspect: str | None = "date", line: int = 1) -> LabelledRow:
    return LabelledRow(Statement(text), Statement("b"), frozenset(labels), None, "g", "fr", aspect, line, "f", {})


ROWS = [row("x", {"agree"}), row("xx" * 9, {"agree", "diverge"}), row("xxx" * 30, {"contradict"}, "place", line=3)]


def test_any_accepted_label_is_right() -> None:
    found = list(wrong(ROWS, ["agree", "diverge", "unrelated"]))
    assert [(item["label"], item["predicted"], item["where"]) for item in found] == [("contradict", "unrelated", "f:3")]


def test_rows_are_counted_by_what_they_share() -> None:
    counted = shares(ROWS, ["contradict", "diverge", "unrelated"], lambda item: item.aspect or "none")
    assert counted == {"date": (1, 2), "place": (0, 1)}


def test_a_row_is_short_or_long_among_its_own() -> None:
    third = lengths(ROWS)
    assert [third(item) for item in ROWS] == ["short", "middle", "long"]
