"""Models without weights: scores are simple functions of the texts, so tests can state what must come out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from claimcheck.encoders.base import Matrix, ModelInfo, Progress, Scores
from claimcheck.judgement.decide import Decision, Decisions
from claimcheck.judgement.features import FEATURES, NLI_FEATURES, RELATION_FEATURES, SIGNAL_FEATURES
from claimcheck.judgement.relate import Relator

DIM = 16


class WordEmbedder:
    """Sums a fixed random vector per word: shared words give similar texts."""

    info = ModelInfo("words", "0")

    def embed(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), DIM), dtype=np.float32)
        for i, text in enumerate(texts):
            for word in text.lower().split():
                seed = int(hashlib.sha256(word.encode()).hexdigest()[:8], 16)
                rows[i] += np.random.default_rng(seed).standard_normal(DIM).astype(np.float32)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(norms == 0, 1, norms), dtype=np.float32)


class NegationJudge:
    """Says contradiction where one text alone holds "not" or "pas", entailment for equal texts, neutral otherwise."""

    def __init__(self, *, has_relation: bool = True) -> None:
        self.info = ModelInfo("negation", "0")
        self.seen: list[tuple[str, str]] = []
        self._has_relation = has_relation

    def score(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        return self.judge(pairs).nli

    def judge(self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None) -> Scores:
        self.seen.extend(pairs)
        nli, relation = np.zeros((len(pairs), 3), np.float32), np.zeros((len(pairs), 4), np.float32)
        for i, (a, b) in enumerate(pairs):
            words = set(a.lower().split()), set(b.lower().split())
            differs = any((cue in words[0]) != (cue in words[1]) for cue in ("not", "pas"))
            shared = len(words[0] & words[1]) / max(1, len(words[0] | words[1]))
            column = 2 if differs and shared > 0.3 else 0 if shared > 0.6 else 1
            nli[i] = np.where(np.arange(3) == column, 0.9, 0.05)
            relation[i] = np.where(np.arange(4) == {2: 2, 0: 0, 1: 3}[column], 0.85, 0.05)
        if progress is not None:
            progress(len(pairs))
        return Scores(nli, relation if self._has_relation else None)


def decision(
    use: Sequence[str], weights: dict[int, dict[str, float]], temperature: float = 1.0, classes: int = 4
) -> Decision:
    """A decision whose weights are named: class index -> feature -> weight."""
    rows = tuple(tuple(weights.get(i, {}).get(name, 0.0) for name in use) for i in range(classes))
    return Decision(tuple(use), (0.0,) * len(use), (1.0,) * len(use), rows, (0.0,) * classes, temperature)


def relator(*, has_relation: bool = True) -> Relator:
    """A whole judgement that follows its judge."""
    full = {i: {name: 1.0} for i, name in enumerate(RELATION_FEATURES)}
    plain = {
        0: {"log_entailment": 1.0},
        1: dict.fromkeys(NLI_FEATURES[:3], 1.0),
        2: {"log_contradiction": 1.0},
        3: {"log_neutral": 1.0},
    }
    two_way = {0: {"log_entailment": 1.0}, 1: {"log_contradiction": 1.0}}
    use = NLI_FEATURES + SIGNAL_FEATURES
    decisions = Decisions(
        decision(FEATURES, full), decision(use, plain), decision(use, two_way, classes=2), 0.5, {"pairs": 3}
    )
    return Relator(NegationJudge(has_relation=has_relation), WordEmbedder(), decisions)
