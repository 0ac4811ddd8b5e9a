"""Exact search in numpy: every stored row compared, a chunk at a time."""

from __future__ import annotations

import numpy as np

from claimcheck.index.base import NONE, Integers, Rows, Scores, next_ids

_CHUNK_ROWS = 16_384


class ExactIndex:
    """Rows kept as they are given, half or single precision."""

    def __init__(self) -> None:
        self._ids = np.empty(0, np.int64)
        self._rows: Rows = np.empty((0, 0), np.float16)

    def __len__(self) -> int:
        """The number of vectors."""
        return len(self._ids)

    @property
    def ids(self) -> Integers:
        """All ids, ascending."""
        return np.sort(self._ids)

    def add(self, vectors: Rows, ids: Integers | None = None) -> None:
        """Add rows under ``ids``, or the next numbers."""
        new = next_ids(self._ids, len(vectors)) if ids is None else np.asarray(ids, np.int64)
        self._rows = np.concatenate([self._rows, vectors]) if len(self) else vectors
        self._ids = np.concatenate([self._ids, new])

    def remove(self, ids: Integers) -> None:
        """Forget these ids."""
        kept = ~np.isin(self._ids, ids)
        self._ids, self._rows = self._ids[kept], self._rows[kept]

    def search(self, vectors: Rows, k: int, within: Integers | None = None) -> tuple[Integers, Scores]:
        """Compare with every row; equal scores come in the order of ids."""
        asked = np.asarray(vectors, np.float32)
        best_ids = np.full((len(asked), k), NONE, np.int64)
        best = np.full((len(asked), k), -np.inf, np.float32)
        allowed = None if within is None else np.isin(self._ids, within)
        for start in range(0, len(self), _CHUNK_ROWS):
            part = slice(start, start + _CHUNK_ROWS)
            rows, ids = self._rows[part], self._ids[part]
            if allowed is not None:
                rows, ids = rows[allowed[part]], ids[allowed[part]]
            scores = asked @ rows.astype(np.float32).T
            best_ids, best = _best(best_ids, best, np.broadcast_to(ids, scores.shape), scores, k)
        return best_ids, best


def _best(kept_ids: Integers, kept: Scores, new_ids: Integers, new: Scores, k: int) -> tuple[Integers, Scores]:
    """The k best of two lists for each row, best first."""
    if new.shape[1] > k:
        columns = np.argpartition(-new, k - 1, axis=1)[:, :k]
        new, new_ids = np.take_along_axis(new, columns, axis=1), np.take_along_axis(new_ids, columns, axis=1)
    scores, ids = np.concatenate([kept, new], axis=1), np.concatenate([kept_ids, new_ids], axis=1)
    order = np.lexsort((ids, -scores), axis=1)[:, :k]
    return np.take_along_axis(ids, order, axis=1), np.take_along_axis(scores, order, axis=1)
