"""Statements or read sentences to relation probabilities: both orders of the judge, similarity, signals, decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from claimcheck.encoders.base import Embedder, Matrix, NliModel, Progress, Scores
from claimcheck.judgement.context import judged_text
from claimcheck.judgement.decide import Decisions
from claimcheck.judgement.features import both_orders, features
from claimcheck.types import Role, Sentence, Statement

_WORD = re.compile(r"\w+")
_SAME = np.array([0.97, 0.01, 0.01, 0.01], dtype=np.float32)  # two outlets with the same words agree


@dataclass(frozen=True, slots=True)
class Relations:
    """Both orders averaged, of n pairs: ``relation`` (n, 4) in the order of ``Relation``, ``nli`` (n, 3).

    ``conflict`` (n,) is the probability that the two cannot both stand, whatever question they are about.
    """

    relation: Matrix
    nli: Matrix
    conflict: Matrix


@dataclass(frozen=True, slots=True)
class Side:
    """One sentence of a pair, ready to be judged."""

    sentence: Sentence
    context: str
    published: datetime | None

    def judged(self) -> str:
        """What the judge reads."""
        return judged_text(Statement(self.sentence.text, self.context))


def side(statement: Statement, language: str) -> Side:
    """A bare statement with the signals read in its text."""
    from claimcheck.text.dates import moments
    from claimcheck.text.modality import modality, negated
    from claimcheck.text.names import names
    from claimcheck.text.quantities import quantities

    text = statement.text[:2000]
    day = statement.published.date() if statement.published else None
    sentence = Sentence(
        article="",
        index=0,
        start=0,
        end=len(statement.text),
        text=statement.text,
        role=Role.CLAIM,
        speaker=statement.speaker,
        negated=negated(text, language),
        modality=modality(text, language),
        quantities=quantities(text, language),
        moments=moments(text, language, day),
        names=names([text], language)[0],
    )
    return Side(sentence, statement.context, statement.published)


def pair_features(
    pairs: Sequence[tuple[Side, Side]],
    similarities: Sequence[float],
    judge: NliModel,
    progress: Progress | None = None,
    forward: Scores | None = None,
) -> tuple[list[list[float]], Matrix, bool]:
    """Feature rows of the pairs, their mean NLI probabilities (n, 3), and whether the judge has a relation head.

    ``forward`` are the scores of the pairs as they stand, where they are known already.
    """
    texts = [(left.judged(), right.judged()) for left, right in pairs]
    forward = forward or judge.judge(texts, progress)
    backward = judge.judge([(b, a) for a, b in texts], progress)
    nli, relation, top = both_orders(forward, backward)
    rows = [
        features(
            left.sentence,
            right.sentence,
            float(similarities[i]),
            nli[i],
            top[i],
            None if relation is None else relation[i],
        )
        for i, (left, right) in enumerate(pairs)
    ]
    return rows, nli, relation is not None


@dataclass(frozen=True, slots=True)
class Relator:
    """The whole judgement of pairs: a judge, an encoder and the fitted decision."""

    judge: NliModel
    embedder: Embedder
    decisions: Decisions

    def relate(
        self,
        pairs: Sequence[tuple[Side, Side]],
        similarities: Sequence[float],
        progress: Progress | None = None,
        forward: Scores | None = None,
    ) -> Relations:
        """Relation probabilities of pairs whose cosine similarity is known; ``forward`` as in ``pair_features``."""
        if not pairs:
            return Relations(np.zeros((0, 4), np.float32), np.zeros((0, 3), np.float32), np.zeros(0, np.float32))
        rows, nli, full = pair_features(pairs, similarities, self.judge, progress, forward)
        decision = self.decisions.full if full else self.decisions.nli
        relation = decision.probabilities(rows)
        relation[[_same_words(left, right) for left, right in pairs]] = _SAME
        return Relations(relation, nli, self.decisions.conflict.probabilities(rows)[:, 1])

    def relate_statements(
        self, pairs: Sequence[tuple[Statement, Statement]], progress: Progress | None = None
    ) -> Relations:
        """Relation probabilities of bare statements: read, embedded and judged here."""
        sides = read_sides(pairs)
        return self.relate(sides, similarities(sides, self.embedder), progress)


def _same_words(left: Side, right: Side) -> bool:
    """Whether two sentences differ in case, spacing and punctuation at most."""
    one, other = (_WORD.findall(side.sentence.text.casefold()) for side in (left, right))
    return bool(one) and one == other


def read_sides(pairs: Sequence[tuple[Statement, Statement]]) -> list[tuple[Side, Side]]:
    """Both statements of every pair, read in the language of the pair's text (French rules when in doubt)."""
    from claimcheck.text.language import language

    def read(statement: Statement) -> Side:
        return side(statement, language(statement.text) or "fr")

    return [(read(a), read(b)) for a, b in pairs]


def similarities(pairs: Sequence[tuple[Side, Side]], embedder: Embedder) -> list[float]:
    """Cosine similarity of the two sentences of every pair; every distinct text is embedded once."""
    texts = sorted({side.sentence.text for pair in pairs for side in pair})
    rows = {text: i for i, text in enumerate(texts)}
    vectors = embedder.embed(texts)
    return [float(vectors[rows[a.sentence.text]] @ vectors[rows[b.sentence.text]]) for a, b in pairs]
