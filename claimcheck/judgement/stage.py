"""The judging stage: candidate pairs to judgements, in two passes.

Every pair is first read in one order; only pairs that the decision finds neither unrelated nor settled from that are
read in both. The first order is fixed by the texts, so the outcome is symmetric in the two sentences and the same in
any input order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from claimcheck.encoders.base import Progress
from claimcheck.judgement.aspects import aspects
from claimcheck.judgement.relate import Relator, Side
from claimcheck.judgement.timing import conflict_kind, time_relation
from claimcheck.settings import DecisionSettings
from claimcheck.types import (
    Article,
    ConflictKind,
    Judgement,
    Pair,
    Relation,
    Sentence,
    TimeRelation,
)

RELATIONS = tuple(Relation)
UNRELATED = RELATIONS.index(Relation.UNRELATED)
READINGS = 2  # times the judge reads a pair that it has doubts about


def judge(
    pairs: Sequence[Pair],
    sentences: Sequence[Sentence],
    articles: Mapping[str, Article],
    relator: Relator,
    settings: DecisionSettings,
    progress: Progress | None = None,
) -> tuple[Judgement, ...]:
    """Judgements of the pairs that are not plainly unrelated, in the order of ``pairs``.

    ``progress`` is told of ``READINGS`` steps a pair: one for the first look, the others for the second or for none.
    """
    sides = read_sides(sentences, articles)
    both = [_ordered(sides[pair.left], sides[pair.right]) for pair in pairs]
    forward = relator.judge.judge([(left.judged(), right.judged()) for left, right in both], progress)
    similarity = [pair.similarity for pair in pairs]
    found = relator.relate(both, similarity, None, forward, forward)
    related = 1 - found.relation[:, UNRELATED] >= settings.screen
    doubtful = np.flatnonzero(related & (found.relation.max(axis=1) < settings.settled)).tolist()
    if progress is not None:
        progress((READINGS - 1) * (len(pairs) - len(doubtful)))
    again = relator.relate(
        [both[i] for i in doubtful], [similarity[i] for i in doubtful], progress, forward.rows(doubtful)
    )
    found.relation[doubtful], found.nli[doubtful] = again.relation, again.nli
    return tuple(
        _judgement(pairs[i], found.relation[i].tolist(), found.nli[i].tolist(), sentences, articles, settings)
        for i in np.flatnonzero(related).tolist()
    )


def read_sides(sentences: Sequence[Sentence], articles: Mapping[str, Article]) -> list[Side]:
    """Each sentence with the one before it in its article, and the article's publication time."""
    sides: list[Side] = []
    for row, sentence in enumerate(sentences):
        before = sentences[row - 1] if row and sentences[row - 1].article == sentence.article else None
        sides.append(Side(sentence, before.text if before else "", articles[sentence.article].published))
    return sides


def _ordered(left: Side, right: Side) -> tuple[Side, Side]:
    return (left, right) if left.sentence.text <= right.sentence.text else (right, left)


def _judgement(
    pair: Pair,
    probabilities: list[float],
    nli: list[float],
    sentences: Sequence[Sentence],
    articles: Mapping[str, Article],
    settings: DecisionSettings,
) -> Judgement:
    left, right = sentences[pair.left], sentences[pair.right]
    relation = RELATIONS[int(np.argmax(probabilities))]
    related = relation is not Relation.UNRELATED
    evidence = aspects(left, right) if related else ()
    published = articles[left.article].published, articles[right.article].published
    agree, diverge, contradict, unrelated = probabilities
    entailment, neutral, contradiction = nli
    return Judgement(
        pair,
        relation,
        (agree, diverge, contradict, unrelated),
        (entailment, neutral, contradiction),
        evidence,
        time_relation(left, right, *published, relation, evidence) if related else TimeRelation.UNDATED,
        conflict_kind(left, right, relation) if related else ConflictKind.NONE,
        abstained=related and max(probabilities) < settings.abstain,
    )
