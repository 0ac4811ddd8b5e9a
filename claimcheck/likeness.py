"""Which sentences of a run say the same: near in meaning, no number in the way, both or neither negated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from claimcheck.judgement.values import compatible_numbers
from claimcheck.types import Sentence, Vectors

_CHUNK = 2_048  # rows compared at once


class Likeness:
    """The neighbours of some rows of a run, with a cosine of at least ``least``."""

    def __init__(self, rows: Collection[int], sentences: Sequence[Sentence], vectors: Vectors, least: float) -> None:
        self._sentences = sentences
        self._near = _near(sorted(rows), vectors, least)

    def near(self, row: int) -> Mapping[int, float]:
        """Rows near ``row``, itself included, with their cosine."""
        return self._near[row]

    def like(self, one: int, other: int, bound: float) -> bool:
        """Whether two rows say the same, with a cosine of at least ``bound``."""
        if one == other:
            return True
        if self._near[one].get(other, 0.0) < bound:
            return False
        a, b = self._sentences[one], self._sentences[other]
        return a.negated == b.negated and compatible_numbers(a, b)


def _near(rows: Sequence[int], vectors: Vectors, least: float) -> Mapping[int, Mapping[int, float]]:
    near: dict[int, dict[int, float]] = {row: {row: 1.0} for row in rows}
    used = vectors[np.array(rows, dtype=np.int64)]
    for start in range(0, len(rows), _CHUNK):
        similar = np.round(used[start : start + _CHUNK] @ used.T, 4)
        for i, j in np.argwhere(similar >= least):
            near[rows[start + int(i)]][rows[int(j)]] = float(similar[i, j])
    return near
