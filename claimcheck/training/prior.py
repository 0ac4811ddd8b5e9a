"""The pairs on which the shipped decision was fitted, as a desk's models see them: what learning starts from."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np

from claimcheck.errors import InputError
from claimcheck.judgement.features import FEATURES
from claimcheck.judgement.relate import Relator, pair_features, read_sides, similarities
from claimcheck.progress import Reporter
from claimcheck.review.learned import models_key
from claimcheck.review.learning import Examples
from claimcheck.training.decision import split_pairs
from claimcheck.training.stages import load_recipe
from claimcheck.types import Relation

_RELATIONS = tuple(Relation)


def data_folder(chosen: Path | None) -> Path:
    """The folder of our labelled data: ``chosen``, or the one beside the package in a checkout.

    :raises InputError: if it is not there.
    """
    folder = chosen or Path(__file__).resolve().parents[2] / "data"
    if not (folder / "splits.json").is_file():
        raise InputError(f"{folder}: holds no shipped pairs; give the data folder of a checkout with --data")
    return folder


def prior(data: Path, relator: Relator, cache: Path, reporter: Reporter) -> Examples:
    """The calibration pairs as examples; kept under ``cache``, for the models must read them all."""
    kept = cache / f"prior-{_fingerprint(data, relator)}.npz"
    if kept.is_file():
        with np.load(kept, allow_pickle=False) as arrays:
            return Examples(arrays["rows"], arrays["labels"], tuple(arrays["groups"].tolist()))
    pairs = split_pairs(data, "calibration", load_recipe()["seed"])
    reporter.note(f"reading {len(pairs)} shipped pairs with the models; they are kept for the next time")
    sides = read_sides([(pair.a, pair.b) for pair in pairs])
    advance = reporter.stage("Reading shipped pairs", 2 * len(pairs))
    rows, _, _ = pair_features(sides, similarities(sides, relator.embedder), relator.judge, advance)
    labels = np.array([_RELATIONS.index(pair.settled()) for pair in pairs])
    found = Examples(np.array(rows), labels, tuple(pair.group for pair in pairs))
    _write(kept, found)
    return found


def _write(path: Path, found: Examples) -> None:
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp.npz")
    np.savez_compressed(temporary, rows=found.rows, labels=found.labels, groups=np.array(found.groups))
    os.replace(temporary, path)


def _fingerprint(data: Path, relator: Relator) -> str:
    """Changes with the models, the features and the data."""
    seen = hashlib.sha256("\n".join([models_key(relator), *FEATURES]).encode())
    for path in sorted(path for part in ("pairs", "stories") for path in (data / part).rglob("*") if path.is_file()):
        seen.update(path.relative_to(data).as_posix().encode() + b"\0" + path.read_bytes())
    seen.update((data / "splits.json").read_bytes())
    return seen.hexdigest()[:16]
