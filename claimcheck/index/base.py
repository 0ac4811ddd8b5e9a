"""The index seam: which stored unit vectors are nearest to those asked about."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[Any]  # float16 or float32, (n, dim), unit rows

NONE = -1  # the id where there are fewer neighbours than asked for; its score is -inf


class Index(Protocol):
    """Unit vectors under integer ids, searched by inner product."""

    def __len__(self) -> int:
        """The number of vectors."""
        ...

    @property
    def ids(self) -> Integers:
        """All ids, ascending."""
        ...

    def add(self, vectors: Rows, ids: Integers | None = None) -> None:
        """Add rows under ``ids``, none of them held already; without ids, under the next numbers."""
        ...

    def remove(self, ids: Integers) -> None:
        """Forget these ids; unknown ones are ignored."""
        ...

    def search(self, vectors: Rows, k: int, within: Integers | None = None) -> tuple[Integers, Scores]:
        """Ids and cosines of the ``k`` nearest to each row, both (n, k), best first; only among ``within`` if given."""
        ...


def next_ids(ids: Integers, count: int) -> Integers:
    """The ids for ``count`` rows added without ids."""
    first = int(ids.max()) + 1 if len(ids) else 0
    return np.arange(first, first + count, dtype=np.int64)
