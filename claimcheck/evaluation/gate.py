"""The quality gate: pinned scores with the hash of their data; a drop, or changed data, fails.

``python -m claimcheck.evaluation.gate [--data DIR] [--full] [--update [--allow-regression]]``. Sets of the repository
always run; those of the data folder where it holds them. ``--update`` pins new sets, changed data and risen scores; it
lowers a floor only with ``--allow-regression``.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from claimcheck.errors import ClaimcheckError, InputError
from claimcheck.evaluation.datasets import SEED
from claimcheck.evaluation.evaluate import Scorers, evaluate
from claimcheck.evaluation.sets import SETS, NamedSet
from claimcheck.files import write_atomic

EPSILON = 0.005  # int8 sums differ a little between processors
ROOT = Path(__file__).resolve().parents[2]
FLOORS = ROOT / "tests/gate/floors.json"


@dataclass(frozen=True, slots=True)
class Pin:
    """What is pinned for a set: floors by metric, the data's hash, and ``rows`` drawn of ``total`` with ``seed``."""

    floors: dict[str, float]
    sha256: str
    rows: int
    total: int
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured on a set, in the form in which it would be pinned."""

    name: str
    measured: Pin
    seconds: float = 0.0


Pins = Mapping[str, Pin]


def measure(sets: Iterable[NamedSet], root: Path, data: Path, scorers: Scorers, *, full: bool) -> Iterator[Result]:
    """Measure every set that is present, one at a time; a whole set that is else sampled has a pin of its own."""
    for named in sets:
        home = root if named.is_ours else data
        if not named.is_ours and not named.is_present(home):
            continue
        start = time.perf_counter()
        rows, total = named.rows(home, full=full)
        found = evaluate(rows, named.task, scorers, named.name).metrics
        floors = {metric: found[metric] for metric in named.metrics}
        name = f"{named.name}@full" if full and named.sample is not None else named.name
        yield Result(name, Pin(floors, named.sha256(home), len(rows), total), time.perf_counter() - start)


def check(results: Sequence[Result], pins: Pins) -> list[str]:
    """Complaints, one line each: a set without a pin, changed data, a score below its floor."""
    complaints: list[str] = []
    for result in results:
        pin, found = pins.get(result.name), result.measured
        if pin is None:
            complaints.append(f"{result.name}: no floor is pinned; run with --update")
            continue
        if (pin.sha256, pin.rows, pin.total, pin.seed) != (found.sha256, found.rows, found.total, found.seed):
            complaints.append(
                f"{result.name}: the data changed ({found.rows} of {found.total} rows, pinned {pin.rows} of "
                f"{pin.total}); if that is meant, run with --update"
            )
        complaints.extend(_drops(result, pin))
    return complaints


def repin(results: Sequence[Result], pins: Pins, *, allow_regression: bool) -> tuple[dict[str, Pin], list[str]]:
    """Give the pins after an update, and complaints about scores that fell: their sets keep the old pin."""
    updated = dict(pins)
    complaints: list[str] = []
    for result in results:
        pin, found = pins.get(result.name), result.measured
        drops = _drops(result, pin) if pin else []
        if drops and not allow_regression:
            complaints.extend(f"{drop}; lower it with --allow-regression only if that is meant" for drop in drops)
            continue
        old = {} if pin is None or allow_regression else pin.floors
        floors = {metric: max(_floored(value), old.get(metric, -1.0)) for metric, value in found.floors.items()}
        updated[result.name] = Pin(floors, found.sha256, found.rows, found.total, found.seed)
    return updated, complaints


def read_pins(path: Path) -> dict[str, Pin]:
    """Give the pinned sets by name.

    :raises InputError: if the file is missing or malformed.
    """
    try:
        sets = json.loads(path.read_text(encoding="utf-8"))["sets"]
        return {name: Pin(**values) for name, values in sets.items()}
    except FileNotFoundError:
        raise InputError(f"{path}: no such file of floors; run in a checkout, or pin them with --update") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: not a file of floors ({error}); restore it") from None


def write_pins(path: Path, pins: Pins) -> None:
    """Write the pins whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {"sets": {name: asdict(pins[name]) for name in sorted(pins)}}
    write_atomic(path, json.dumps(values, indent=2) + "\n")


def shipped_scorers() -> Scorers:
    """Give the shipped models with their fitted decision and contradiction threshold."""
    from claimcheck.evaluation.scorers import scorers
    from claimcheck.models import load_relator

    return scorers(load_relator())


def main(arguments: Sequence[str] | None = None, scorers: Scorers | None = None) -> int:
    """Measure, print one line a set, check or update: 0 when all is well, 1 with complaints, else the error's code."""
    options = _options().parse_args(arguments)
    try:
        return _run(options, scorers or shipped_scorers())
    except ClaimcheckError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code


def _run(options: argparse.Namespace, scorers: Scorers) -> int:
    pins = {} if options.update and not options.floors.exists() else read_pins(options.floors)
    results: list[Result] = []
    for result in measure(SETS, ROOT, options.data, scorers, full=options.full):
        results.append(result)
        sys.stdout.write(_line(result, pins.get(result.name)))
        sys.stdout.flush()
    if options.update:
        pins, complaints = repin(results, pins, allow_regression=options.allow_regression)
        write_pins(options.floors, pins)
    else:
        complaints = check(results, pins)
    sys.stdout.writelines(f"FAIL {complaint}\n" for complaint in complaints)
    return int(bool(complaints))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m claimcheck.evaluation.gate", description="Check pinned scores.")
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared", help="folder of the data not in the repository"
    )
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the pinned scores")
    parser.add_argument("--full", action="store_true", help="measure whole sets, not samples")
    parser.add_argument("--update", action="store_true", help="pin the measured scores and the data's hashes")
    parser.add_argument("--allow-regression", action="store_true", help="let --update lower a floor")
    return parser


def _drops(result: Result, pin: Pin) -> list[str]:
    measured = result.measured.floors
    lost = [f"{result.name}: {metric} is no longer measured" for metric in pin.floors if metric not in measured]
    return lost + [
        f"{result.name}: {metric} {measured[metric]:.4f} is below its floor {floor:.4f}"
        for metric, floor in pin.floors.items()
        if metric in measured and not measured[metric] >= floor - EPSILON
    ]


def _floored(value: float) -> float:
    """Four decimals, never above what was measured."""
    return math.floor(value * 10_000) / 10_000


def _line(result: Result, pin: Pin | None) -> str:
    found = result.measured
    scores = ", ".join(
        f"{metric} {value:.4f} (floor {pin.floors[metric]:.4f})"
        if pin and metric in pin.floors
        else f"{metric} {value:.4f}"
        for metric, value in found.floors.items()
    )
    return f"{result.name}: {scores}; {found.rows} of {found.total} rows, {result.seconds:.1f} s\n"


if __name__ == "__main__":
    sys.exit(main())
