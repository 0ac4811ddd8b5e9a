"""An evaluation as a table to read in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimcheck.evaluation.metrics import Classification


def to_text(name: str, task: str, rows: int, metrics: Mapping[str, float], table: Classification | None) -> str:
    """Name, task and size; the figures; then scores per label and the confusion table where there are any."""
    lines = [f"{name}: {task}, {rows} rows", *_aligned([(key, f"{value:.4f}") for key, value in metrics.items()])]
    if table is None:
        return "\n".join(lines)
    seen = [label for i, label in enumerate(table.labels) if any(table.confusion[i]) or _guesses(table, i)]
    scores = [
        (label, *(f"{value:.3f}" for value in (score.precision, score.recall, score.f1)), str(score.support))
        for label, score in ((label, table.classes[label]) for label in seen)
    ]
    lines += ["", *_aligned([("label", "precision", "recall", "F1", "rows"), *scores])]
    places = [table.labels.index(label) for label in seen]
    counts = [(table.labels[i], *(str(table.confusion[i][j]) for j in places)) for i in places]
    lines += ["", *_aligned([("gold \\ predicted", *seen), *counts])]
    return "\n".join(lines)


def _guesses(table: Classification, column: int) -> int:
    return sum(row[column] for row in table.confusion)


def _aligned(cells: Sequence[Sequence[str]]) -> list[str]:
    """Rows of equal length as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in cells
    ]
