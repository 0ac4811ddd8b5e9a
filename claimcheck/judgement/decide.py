"""The fitted decisions: features of a pair to calibrated probabilities, stored as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claimcheck.encoders.base import Matrix, softmax
from claimcheck.errors import ModelError
from claimcheck.judgement.features import FEATURES
from claimcheck.types import Relation


@dataclass(frozen=True, slots=True)
class Decision:
    """A multinomial logistic regression on standardised features, with a temperature.

    ``use`` names the features read; ``weights`` is (classes, len(use)), ``bias`` (classes,).
    """

    use: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    temperature: float = 1.0

    def probabilities(self, rows: Sequence[Sequence[float]]) -> Matrix:
        """Calibrated probabilities, float32 (n, classes), of rows of ``FEATURES``."""
        return softmax(self.logits(rows).astype(np.float32))

    def logits(self, rows: Sequence[Sequence[float]]) -> npt.NDArray[np.float64]:
        """The logarithms of the probabilities, up to a constant each row, float64 (n, classes)."""
        if not len(rows):
            return np.zeros((0, len(self.bias)))
        columns = [FEATURES.index(name) for name in self.use]
        matrix = np.asarray(rows, dtype=np.float64)[:, columns]
        standard = (matrix - np.array(self.mean)) / np.array(self.scale)
        found: npt.NDArray[np.float64] = (standard @ np.array(self.weights).T + np.array(self.bias)) / self.temperature
        return found


@dataclass(frozen=True, slots=True)
class Decisions:
    """The four-way decision for models with a relation head, the one for plain NLI models, and the two-way one.

    ``conflict`` tells whether two statements can both stand (compatible, contradiction), whatever question they are
    about; from the probability ``contradiction`` on, chosen on our own pairs, they count as contradicting.
    ``measured`` holds the error figures that a report shows; ``learned`` says from what a desk's own was fitted.
    """

    full: Decision
    nli: Decision
    conflict: Decision
    contradiction: float
    measured: Mapping[str, Any]
    version: int = 1
    learned: Mapping[str, Any] | None = None


def load_decisions(path: Path) -> Decisions:
    """Read ``decision.json``.

    :raises ModelError: if it is missing or malformed.
    """
    try:
        return read_decisions(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: no usable decision ({error}); reinstall the models") from error


def read_decisions(text: str) -> Decisions:
    """The decisions of a JSON text.

    :raises ValueError, KeyError, TypeError: if it is malformed.
    """
    values = json.loads(text)
    return Decisions(
        _decision(values["full"], len(Relation)),
        _decision(values["nli"], len(Relation)),
        _decision(values["conflict"], 2),
        float(values["contradiction"]),
        values["measured"],
        int(values["version"]),
        values.get("learned"),
    )


def _decision(values: Mapping[str, Any], classes: int) -> Decision:
    decision = Decision(
        tuple(values["use"]),
        tuple(values["mean"]),
        tuple(values["scale"]),
        tuple(tuple(row) for row in values["weights"]),
        tuple(values["bias"]),
        float(values["temperature"]),
    )
    unknown = set(decision.use) - set(FEATURES)
    if unknown or len(decision.weights) != classes:
        raise ValueError(f"{len(decision.weights)} classes for {classes}, unknown features {sorted(unknown)}")
    return decision
