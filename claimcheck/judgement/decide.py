"""The fitted decision: features of a pair to calibrated probabilities of the four relations, stored as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claimcheck.encoders.base import Matrix, softmax
from claimcheck.errors import ModelError
from claimcheck.judgement.features import FEATURES


@dataclass(frozen=True, slots=True)
class Decision:
    """A multinomial logistic regression on standardised features, with a temperature.

    ``use`` names the features read; ``weights`` is (4, len(use)), ``bias`` (4,).
    """

    use: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    temperature: float = 1.0

    def probabilities(self, rows: Sequence[Sequence[float]]) -> Matrix:
        """Calibrated probabilities, float32 (n, 4), of rows of ``FEATURES``."""
        if not len(rows):
            return np.zeros((0, 4), dtype=np.float32)
        columns = [FEATURES.index(name) for name in self.use]
        matrix = np.asarray(rows, dtype=np.float64)[:, columns]
        standard = (matrix - np.array(self.mean)) / np.array(self.scale)
        logits = (standard @ np.array(self.weights).T + np.array(self.bias)) / self.temperature
        return softmax(logits.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decision for models with a relation head, the one for plain NLI models, and the binary threshold.

    ``contradiction`` is the NLI probability from which a pair counts as contradicting, chosen on our own pairs;
    ``measured`` holds the error figures that a report shows.
    """

    full: Decision
    nli: Decision
    contradiction: float
    measured: Mapping[str, Any]
    version: int = 1


def load_decisions(path: Path) -> Decisions:
    """Read ``decision.json``.

    :raises ModelError: if it is missing or malformed.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Decisions(
            _decision(values["full"]),
            _decision(values["nli"]),
            float(values["contradiction"]),
            values["measured"],
            int(values["version"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: no usable decision ({error}); reinstall the models") from error


def _decision(values: Mapping[str, Any]) -> Decision:
    decision = Decision(
        tuple(values["use"]),
        tuple(values["mean"]),
        tuple(values["scale"]),
        tuple(tuple(row) for row in values["weights"]),
        tuple(values["bias"]),
        float(values["temperature"]),
    )
    unknown = set(decision.use) - set(FEATURES)
    if unknown or len(decision.weights) != 4:
        raise ValueError(f"unknown features {sorted(unknown)}")
    return decision
