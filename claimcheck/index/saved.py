"""The index of a corpus: exact while it is small, above that kept in a folder beside the store.

The folder is a cache. Whatever is wrong with it, the index is made anew from the vectors of the store.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from claimcheck.index.base import Index, Integers, Rows
from claimcheck.index.exact import ExactIndex
from claimcheck.index.faiss import FaissIndex
from claimcheck.store.base import Live

EXACT_LIMIT = 20_000
_FORMAT = 1
_ABANDONED = 3_600.0  # seconds
_ROWS, _ABOUT = "rows.faiss", "index.json"

Load = Callable[[Live], Rows]


def open_index(folder: Path, live: Live, model: str, load: Load, *, exact_limit: int = EXACT_LIMIT) -> Index:
    """The index of the sentences of ``live``, under their numbers; ``load`` fetches vectors, only those needed.

    Up to ``exact_limit`` sentences the search is exact and nothing is written. Above, the index saved in ``folder``
    is brought up to date and saved again, or made anew if it is missing, damaged, outgrown or of another model.
    """
    if len(live) <= exact_limit:
        exact = ExactIndex()
        exact.add(load(live), live.numbers)
        return exact
    index = _read(folder, model)
    if index is not None and _fingerprint(model, index.ids) == _fingerprint(model, live.numbers):
        return index
    index = _refreshed(index, live, load) or _built(live, load)
    _write(folder, index, model)
    return index


def _built(live: Live, load: Load) -> FaissIndex:
    index = FaissIndex()
    index.add(load(live), live.numbers)
    return index


def _refreshed(index: FaissIndex | None, live: Live, load: Load) -> FaissIndex | None:
    """Forget what is no longer live and add what is new; None if making it anew is better."""
    if index is None:
        return None
    held = index.ids
    index.remove(np.setdiff1d(held, live.numbers))
    new = live.where(~np.isin(live.first, held) & (live.counts > 0))
    if len(new):
        index.add(load(new), new.numbers)
    return None if index.is_outgrown or not np.array_equal(index.ids, live.numbers) else index


def _read(folder: Path, model: str) -> FaissIndex | None:
    """The saved index, if its file is the one that was written; faiss must never see another."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        if (about["format"], about["model"]) != (_FORMAT, model) or about["sha256"] != _digest(folder / _ROWS):
            return None
        index = FaissIndex.read(folder / _ROWS)
        return index if about["fingerprint"] == _fingerprint(model, index.ids) else None
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None


def _write(folder: Path, index: FaissIndex, model: str) -> None:
    """Replace the saved index; where nothing can be written, the index lives for this run only."""
    mark = secrets.token_hex(8)
    rows, about = folder / f".{mark}.part", folder / f".{mark}.json.part"
    with suppress(OSError, RuntimeError):
        folder.mkdir(exist_ok=True)
        _clear(folder)
        index.write(rows)
        document: dict[str, Any] = {
            "format": _FORMAT,
            "model": model,
            "sentences": len(index),
            "fingerprint": _fingerprint(model, index.ids),
            "sha256": _digest(rows),
        }
        about.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
        os.replace(rows, folder / _ROWS)
        os.replace(about, folder / _ABOUT)  # last: until then the two do not match and nobody reads them
    with suppress(OSError):
        rows.unlink(missing_ok=True)
        about.unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Delete what a killed process left half written; a younger file may be another's work."""
    for part in folder.glob(".*.part"):
        if time.time() - part.stat().st_mtime > _ABANDONED:
            part.unlink(missing_ok=True)


def _fingerprint(model: str, numbers: Integers) -> str:
    return hashlib.sha256(model.encode() + b"\n" + np.ascontiguousarray(numbers, "<i8").tobytes()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
