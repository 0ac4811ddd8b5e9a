"""Where the shipped models err on a set of the gate: ``python -m benchmarks.errors stories-development``.

Prints how many rows are right by what differs, language, length and gold label, and what is taken for what; ``--out
FILE`` keeps every wrong row, to be read one by one.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.run import ROOT, say
from claimcheck.evaluation.evaluate import evaluate
from claimcheck.evaluation.gate import shipped_scorers
from claimcheck.evaluation.rows import LabelledRow
from claimcheck.evaluation.sets import SETS
from claimcheck.files import write_atomic

_THIRDS = ("short", "middle", "long")


def lengths(rows: Sequence[LabelledRow]) -> Callable[[LabelledRow], str]:
    """Give a row's third by length in characters, both texts together."""
    bounds = np.quantile([_length(row) for row in rows], [1 / 3, 2 / 3])
    return lambda row: _THIRDS[int(np.searchsorted(bounds, _length(row)))]


def shares(
    rows: Sequence[LabelledRow], predicted: Sequence[str], key: Callable[[LabelledRow], str]
) -> Mapping[str, tuple[int, int]]:
    """Rows right and rows in all for each value of ``key``, the commonest first."""
    every = Counter(key(row) for row in rows)
    right = Counter(key(row) for row, guess in zip(rows, predicted, strict=True) if guess in row.labels)
    return {value: (right[value], count) for value, count in every.most_common()}


def wrong(rows: Sequence[LabelledRow], predicted: Sequence[str]) -> Iterator[dict[str, str | None]]:
    """Every row with a wrong label: both texts, what is right, what was said, and where it stands."""
    for row, guess in zip(rows, predicted, strict=True):
        if guess not in row.labels:
            yield {
                "a": row.a.text,
                "b": row.b.text,
                "label": _gold(row),
                "predicted": guess,
                "aspect": row.aspect,
                "group": row.group,
                "where": row.where,
            }


def _length(row: LabelledRow) -> int:
    return len(row.a.text) + len(row.b.text)


def _gold(row: LabelledRow) -> str:
    return "|".join(sorted(row.labels))


def main() -> None:
    """Score one set and print the tables."""
    named = {chosen.name: chosen for chosen in SETS}
    parser = argparse.ArgumentParser(prog="python -m benchmarks.errors", description=__doc__)
    parser.add_argument("set", choices=[name for name in named if not name.startswith("stsb")])
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared", help="folder of the data not in the repository"
    )
    parser.add_argument("--out", type=Path, help="write every wrong row here, one JSON object a line")
    options = parser.parse_args()
    chosen = named[options.set]
    home = ROOT if chosen.is_ours else options.data
    if not chosen.is_present(home):
        parser.error(f"{home}: the files of {chosen.name} are not there; name their folder with --data")
    rows, _ = chosen.rows(home)
    found = evaluate(rows, chosen.task, shipped_scorers(), chosen.name)
    say(found.to_text())
    keys: dict[str, Callable[[LabelledRow], str]] = {
        "what differs": lambda row: row.aspect or "none",
        "language": lambda row: row.language or "unknown",
        "length": lengths(rows),
        "label": _gold,
    }
    for title, key in keys.items():
        parts = [
            f"{value} {right / count:.2f} of {count}"
            for value, (right, count) in shares(rows, found.predicted, key).items()
        ]
        say(f"\nright by {title}: " + ", ".join(parts))
    mistakes = list(wrong(rows, found.predicted))
    confusions = Counter((row["label"], row["predicted"]) for row in mistakes)
    say("\ntaken for: " + ", ".join(f"{gold} -> {guess} {count}" for (gold, guess), count in confusions.most_common()))
    if options.out:
        write_atomic(options.out, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in mistakes))


if __name__ == "__main__":
    main()
