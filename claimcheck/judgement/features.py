"""What the decision sees of a pair: model scores in both orders, similarity, and symbolic signals.

Every feature is symmetric in the two sentences, so the decision is too.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from claimcheck.encoders.base import Matrix, Scores
from claimcheck.judgement.aspects import aspects
from claimcheck.types import Aspect, Modality, Moment, Quantity, Sentence

RELATION_FEATURES = ("log_agree", "log_diverge", "log_contradict", "log_unrelated")
NLI_FEATURES = ("log_entailment", "log_neutral", "log_contradiction", "top_entailment", "top_contradiction")
_UNREAD = frozenset({Aspect.ATTRIBUTION, Aspect.EVALUATION, Aspect.POSITION, Aspect.OTHER})
_ASPECTS = tuple(aspect for aspect in Aspect if aspect not in _UNREAD)
SIGNAL_FEATURES = (
    "similarity",
    "similarity_squared",
    "word_overlap",
    "word_containment",
    "number_match",
    "date_match",
    "name_overlap",
    "names_shared",
    "negation_differs",
    "both_negated",
    "modality_differs",
    "length_ratio",
    "shorter_length",
    "contradiction_x_similarity",
    "entailment_x_similarity",
    "negation_x_similarity",
    *(f"differs_{aspect}" for aspect in _ASPECTS),
)
FEATURES = RELATION_FEATURES + NLI_FEATURES + SIGNAL_FEATURES
_FLOOR = 1e-4
_STEM = 6  # folded words cut to this many letters share a stem often enough, in both languages
_WORD = re.compile(r"\w{4,}")


def both_orders(forward: Scores, backward: Scores) -> tuple[Matrix, Matrix | None, Matrix]:
    """Scores of the pairs read one way and the other: mean NLI, mean relation, and the larger NLI of the two orders."""
    nli: Matrix = (forward.nli + backward.nli) / np.float32(2)
    relation: Matrix | None = None
    if forward.relation is not None and backward.relation is not None:
        relation = (forward.relation + backward.relation) / np.float32(2)
    return nli, relation, np.maximum(forward.nli, backward.nli)


def features(
    left: Sentence, right: Sentence, similarity: float, nli: Matrix, top: Matrix, relation: Matrix | None
) -> list[float]:
    """The row of ``FEATURES`` of one pair; ``nli``, ``top`` and ``relation`` are rows of ``both_orders``.

    Publication dates and speakers are left out on purpose: where they are known says more about the data set than
    about the pair. They decide how a conflict is shown (``timing``), not whether there is one.
    """
    from_relation = [0.0] * 4 if relation is None else [math.log(max(_FLOOR, float(p))) for p in relation]
    from_nli = [math.log(max(_FLOOR, float(p))) for p in nli] + [float(top[0]), float(top[2])]
    return from_relation + from_nli + _signals(left, right, similarity, nli)


def _signals(left: Sentence, right: Sentence, similarity: float, nli: Matrix) -> list[float]:
    words = (stems(left.text), stems(right.text))
    names = ({name.key for name in left.names}, {name.key for name in right.names})
    negation = float(left.negated != right.negated)
    shorter, longer = sorted((len(left.text), len(right.text)))
    differing = {evidence.aspect for evidence in aspects(left, right)}
    return [
        similarity,
        similarity * similarity,
        jaccard(*words),
        len(words[0] & words[1]) / max(1, min(len(words[0]), len(words[1]))),
        float(_numbers_meet(left.quantities, right.quantities)),
        float(_dates_meet(left.moments, right.moments)),
        jaccard(*names),
        min(3, len(names[0] & names[1])) / 3,
        negation,
        float(left.negated and right.negated),
        float((left.modality is Modality.FLAT) != (right.modality is Modality.FLAT)),
        math.log((shorter + 1) / (longer + 1)),
        math.log1p(shorter),
        float(nli[2]) * similarity,
        float(nli[0]) * similarity,
        negation * similarity,
        *(float(aspect in differing) for aspect in _ASPECTS),
    ]


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(character for character in plain if not unicodedata.combining(character))


def stems(text: str) -> set[str]:
    """The longer words of a text, without case and accents, cut to their stems."""
    return {word[:_STEM] for word in _WORD.findall(_fold(text))}


def jaccard(one: set[str], other: set[str]) -> float:
    """The share of all words of two sets that both have; 0 where there are none."""
    return len(one & other) / max(1, len(one | other))


def _numbers_meet(left: Sequence[Quantity], right: Sequence[Quantity]) -> bool:
    """Whether some quantities of one unit overlap."""
    return any(a.unit == b.unit and a.low <= b.high and b.low <= a.high for a in left for b in right)


def _dates_meet(left: Sequence[Moment], right: Sequence[Moment]) -> bool:
    """Whether some resolved dates overlap."""
    return any(
        a.first <= b.last and b.first <= a.last
        for a in left
        for b in right
        if a.first and a.last and b.first and b.last
    )
