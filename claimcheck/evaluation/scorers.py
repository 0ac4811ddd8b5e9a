"""The models of a run as the callables that an evaluation takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claimcheck.encoders.base import Matrix
from claimcheck.evaluation.evaluate import Scorers
from claimcheck.judgement.relate import Relator


def scorers(relator: Relator, progress: Callable[[int], None] | None = None) -> Scorers:
    """NLI, relation and similarity of one relator, with its contradiction threshold."""

    def score_nli(pairs: Sequence[tuple[str, str]]) -> Matrix:
        return relator.judge.judge(pairs, progress).nli

    return Scorers(
        score_nli=score_nli,
        relate=lambda pairs: relator.relate_statements(pairs, progress).relation,
        conflict=lambda pairs: relator.relate_statements(pairs, progress).conflict,
        embed=relator.embedder.embed,
        threshold=relator.decisions.contradiction,
    )
