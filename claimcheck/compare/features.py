"""What the decision sees of a pair: model scores in both orders, similarity, and symbolic signals.

Every feature is symmetric in the two sentences, so the decision is too.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from claimcheck.encoders.base import Matrix, Scores
from claimcheck.types import Modality, Moment, Quantity, Sentence

Published = tuple[datetime | None, datetime | None]

RELATION_FEATURES = ("log_agree", "log_diverge", "log_contradict", "log_unrelated")
NLI_FEATURES = ("log_entailment", "log_neutral", "log_contradiction", "top_entailment", "top_contradiction")
SIGNAL_FEATURES = (
    "similarity",
    "similarity_squared",
    "word_overlap",
    "word_containment",
    "number_conflict",
    "number_match",
    "date_conflict",
    "date_match",
    "name_overlap",
    "names_shared",
    "negation_differs",
    "both_negated",
    "modality_differs",
    "same_speaker",
    "other_speaker",
    "dated",
    "log_gap",
    "length_ratio",
    "shorter_length",
    "contradiction_x_similarity",
    "entailment_x_similarity",
    "negation_x_similarity",
    "number_x_similarity",
    "gap_x_contradiction",
)
FEATURES = RELATION_FEATURES + NLI_FEATURES + SIGNAL_FEATURES
_FLOOR = 1e-4
_STEM = 6  # folded words cut to this many letters share a stem often enough, in both languages
_WORD = re.compile(r"\w{4,}")


def both_orders(forward: Scores, backward: Scores) -> tuple[Matrix, Matrix | None, Matrix]:
    """Scores of the pairs read one way and the other: mean NLI, mean relation, and the larger NLI of the two orders."""
    nli = (forward.nli + backward.nli) / 2
    relation = None
    if forward.relation is not None and backward.relation is not None:
        relation = (forward.relation + backward.relation) / 2
    return nli, relation, np.maximum(forward.nli, backward.nli)


def features(
    left: Sentence,
    right: Sentence,
    published: Published,
    similarity: float,
    nli: Matrix,
    top: Matrix,
    relation: Matrix | None,
) -> list[float]:
    """The row of ``FEATURES`` of one pair; ``nli``, ``top`` and ``relation`` are rows of ``both_orders``."""
    from_relation = [0.0] * 4 if relation is None else [math.log(max(_FLOOR, float(p))) for p in relation]
    from_nli = [math.log(max(_FLOOR, float(p))) for p in nli] + [float(top[0]), float(top[2])]
    return from_relation + from_nli + _signals(left, right, published, similarity, nli)


def _signals(left: Sentence, right: Sentence, published: Published, similarity: float, nli: Matrix) -> list[float]:
    words = (_words(left.text), _words(right.text))
    names = ({name.key for name in left.names}, {name.key for name in right.names})
    number_apart, number_meet = _numbers(left.quantities, right.quantities)
    date_apart, date_meet = _dates(left.moments, right.moments)
    negation = float(left.negated != right.negated)
    speakers = (_fold(left.speaker or ""), _fold(right.speaker or ""))
    gap = _gap(published)
    shorter, longer = sorted((len(left.text), len(right.text)))
    contradiction, log_gap = float(nli[2]), math.log1p(gap or 0.0)
    return [
        similarity,
        similarity * similarity,
        _jaccard(*words),
        len(words[0] & words[1]) / max(1, min(len(words[0]), len(words[1]))),
        number_apart,
        number_meet,
        date_apart,
        date_meet,
        _jaccard(*names),
        min(3, len(names[0] & names[1])) / 3,
        negation,
        float(left.negated and right.negated),
        float((left.modality is Modality.FLAT) != (right.modality is Modality.FLAT)),
        float(all(speakers) and speakers[0] == speakers[1]),
        float(all(speakers) and speakers[0] != speakers[1]),
        float(gap is not None),
        log_gap,
        math.log((shorter + 1) / (longer + 1)),
        math.log1p(shorter),
        contradiction * similarity,
        float(nli[0]) * similarity,
        negation * similarity,
        number_apart * similarity,
        log_gap * contradiction,
    ]


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower())
    return "".join(character for character in plain if not unicodedata.combining(character))


def _words(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(_fold(text))}


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _numbers(left: Sequence[Quantity], right: Sequence[Quantity]) -> tuple[float, float]:
    """Whether quantities of one unit and head are only disjoint, and whether some meet."""
    met = apart = False
    for a in left:
        for b in right:
            if a.unit == b.unit and (not a.head or not b.head or a.head[:4] == b.head[:4]):
                overlap = a.low <= b.high and b.low <= a.high
                met, apart = met or overlap, apart or not overlap
    return float(apart and not met), float(met)


def _dates(left: Sequence[Moment], right: Sequence[Moment]) -> tuple[float, float]:
    """Whether resolved dates are only disjoint, and whether some meet."""
    met = apart = False
    for a in left:
        for b in right:
            if a.first and a.last and b.first and b.last:
                overlap = a.first <= b.last and b.first <= a.last
                met, apart = met or overlap, apart or not overlap
    return float(apart and not met), float(met)


def _gap(published: Published) -> float | None:
    """Hours between the two publications, None when one is unknown."""
    one, other = published
    if one is None or other is None:
        return None
    return abs((one - other).total_seconds()) / 3600
