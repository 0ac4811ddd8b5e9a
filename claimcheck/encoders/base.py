"""The two model seams: what a sentence encoder and a pair judge must do, whoever makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What an output says about a model: its name and the first 12 digits of the sha256 of its weights."""

    name: str
    revision: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of pairs: ``nli`` (n, 3) entailment, neutral, contradiction; ``relation`` (n, 4) in the order of
    ``Relation``, or None from a model that has no relation head.
    """

    nli: Matrix
    relation: Matrix | None

    def rows(self, indices: Sequence[int]) -> Scores:
        """The scores of some of the pairs."""
        return Scores(self.nli[indices], None if self.relation is None else self.relation[indices])


class Embedder(Protocol):
    """Texts to unit vectors."""

    @property
    def info(self) -> ModelInfo:
        """Name and revision."""
        ...

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Unit rows, float32 (n, dim); row i is ``texts[i]``. An empty sequence gives shape (0, dim)."""
        ...


class NliModel(Protocol):
    """Ordered text pairs to probabilities."""

    @property
    def info(self) -> ModelInfo:
        """Name and revision."""
        ...

    def score(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Probabilities, float32 (n, 3): entailment, neutral, contradiction of the second text given the first."""
        ...

    def judge(self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None) -> Scores:
        """All the heads the model has, in one pass; ``progress`` is called with the number of pairs done."""
        ...


def softmax(logits: Matrix) -> Matrix:
    """Row-wise softmax, float32."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
