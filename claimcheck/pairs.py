"""Candidate pairs: which sentences of two outlets are worth judging, best first.

Several signals propose pairs (nearest sentences by meaning, by words, by letters, by rare names and numbers); all
proposals are ranked by one weighted sum of all signals, each in its own standard deviations, so that another encoder
with another range of similarities needs no other weights. The result does not depend on the order of the input.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from claimcheck.settings import PairSettings
from claimcheck.types import Pair, Sentence, Vectors

if TYPE_CHECKING:
    from claimcheck.neighbours import Floats, Integers, Rows

# Rounded coefficients of a logistic regression on the labelled pairs of data/stories.
WEIGHTS = {"dense": 1.0, "words": 0.1, "characters": 0.5, "name": 0.1, "number": 0.2}
NEAREST = 0.5  # weight of being the nearest sentence of an outlet
WHOLE = 64  # so few cross-outlet pairs are all judged, whatever the share


@dataclass(frozen=True, slots=True)
class Signal:
    """One description of all sentences (similarity is the product of rows) and how many neighbours it proposes."""

    name: str
    rows: Rows
    count: int


def candidates(
    sentences: Sequence[Sentence],
    vectors: Vectors,
    outlets: Sequence[str],
    settings: PairSettings,
    only: str | None = None,
) -> tuple[Pair, ...]:
    """Pairs of sentences of two different outlets, the most promising first, each with its plain cosine.

    ``vectors`` are unit rows (n, dim) and ``outlets`` the outlet of each sentence; with ``only``, one side of each pair
    is of that outlet. At most ``settings.limit`` pairs and ``settings.share`` of all such pairs come back, except that
    runs of up to 64 are taken whole.
    """
    if len(set(outlets)) < 2:
        return ()
    order = sorted(range(len(sentences)), key=lambda row: _key(sentences[row], outlets[row]))
    ordered = [sentences[row] for row in order]
    names = [outlets[row] for row in order]
    blocks = _blocks(names)
    focus = None if only is None else slice(bisect_left(names, only), bisect_right(names, only))
    placed = np.asarray(vectors, dtype=np.float32)[order]
    found = signals(ordered, placed, settings)
    total = cross_pairs(outlets, only)
    left, right, proposed = _proposals(found, blocks, focus, everything=total <= WHOLE)
    allowed = min(settings.limit, total if total <= WHOLE else math.ceil(settings.share * total))
    best = np.argsort(-scores(found, left, right, blocks), kind="stable")[:allowed]
    return _pairs(left[best], right[best], proposed[best], placed, order, found)


def with_nearest(pairs: Sequence[Pair], vectors: Vectors, outlets: Sequence[str], only: str) -> tuple[Pair, ...]:
    """Add to ``pairs`` the nearest sentence elsewhere of each sentence of the outlet ``only``, where it is not there.

    However few pairs are judged, no sentence passes for one of its own unless the nearest one was looked at.
    """
    from claimcheck.neighbours import similarity

    names = np.array(outlets)
    own, others = np.flatnonzero(names == only), np.flatnonzero(names != only)
    if not len(own) or not len(others):
        return tuple(pairs)
    nearest = others[np.argmax(np.round(vectors[own] @ vectors[others].T, 4), axis=1)]
    left, right = np.minimum(own, nearest), np.maximum(own, nearest)
    there = {(pair.left, pair.right) for pair in pairs}
    found = zip(left.tolist(), right.tolist(), similarity(vectors, left, right).tolist(), strict=True)
    added = [Pair(one, other, cosine, ("nearest",)) for one, other, cosine in found if (one, other) not in there]
    return (*pairs, *added)


def cross_pairs(outlets: Sequence[str], only: str | None = None) -> int:
    """How many pairs of sentences of two different outlets there are; with ``only``, one of them that outlet."""
    if only is not None:
        own = outlets.count(only)
        return own * (len(outlets) - own)
    return (len(outlets) ** 2 - sum(size**2 for size in Counter(outlets).values())) // 2


def signals(sentences: Sequence[Sentence], vectors: Vectors, settings: PairSettings) -> tuple[Signal, ...]:
    """Describe the sentences in each of the ways that propose pairs, in the order of ``WEIGHTS``."""
    from claimcheck.neighbours import characters, in_context, shared, words

    texts = [sentence.text for sentence in sentences]
    names = [[name.key for name in sentence.names] for sentence in sentences]
    numbers = [[(quantity.low, quantity.high) for quantity in sentence.quantities] for sentence in sentences]
    meaning = np.hstack([vectors, in_context(sentences, vectors)])
    return (
        Signal("dense", meaning, settings.neighbours),
        Signal("words", words(texts), settings.lexical),
        Signal("characters", characters(texts), settings.lexical),
        Signal("name", shared(names), settings.lexical),
        Signal("number", shared(numbers), settings.lexical),
    )


def scores(found: Sequence[Signal], left: Integers, right: Integers, blocks: Sequence[slice]) -> Floats:
    """Rank value of each pair: the weighted sum of all signals, plus a bonus for being the nearest in its outlet."""
    from claimcheck.neighbours import similarity

    total = np.zeros(len(left))
    for signal in found:
        values = similarity(signal.rows, left, right)
        if signal.name != "dense":
            values = np.sqrt(values)  # sums of what is shared: the tenth piece in common adds less than the first
        total += WEIGHTS[signal.name] * _standard(values)
    return _standard(total) + NEAREST * _standard(_nearness(total, left, right, blocks))


def _standard(values: Floats) -> Floats:
    spread = float(values.std()) if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 0 else np.zeros(len(values))


def _nearness(total: Floats, left: Integers, right: Integers, blocks: Sequence[slice]) -> Floats:
    """Average over both sides 1 / (4 + how many sentences of that outlet are nearer).

    The best match of a sentence in an outlet matters more than the third.
    """
    starts = np.array([block.start for block in blocks])
    bonus = np.zeros(len(total))
    for one, other in ((left, right), (right, left)):
        outlet = np.searchsorted(starts, other, side="right")
        order = np.lexsort((other, -total, outlet, one))
        changes = np.diff(one[order], prepend=-1) != 0
        changes |= np.diff(outlet[order], prepend=-1) != 0
        positions = np.arange(len(order))
        bonus[order] += 0.5 / (4 + positions - np.maximum.accumulate(np.where(changes, positions, 0)))
    return bonus


def _proposals(
    found: Sequence[Signal], blocks: Sequence[slice], focus: slice | None, everything: bool
) -> tuple[Integers, Integers, Integers]:
    """Sides of all pairs proposed, ``left < right``, ascending, and a bit per signal that proposed each.

    One side lies in the block ``focus``, if there is one. ``everything`` adds the cross-outlet pairs that no signal
    proposes, without a bit.
    """
    from claimcheck.neighbours import nearest

    size = blocks[-1].stop
    keys, bits = [], []
    for number, signal in enumerate(found):
        one, other = nearest(signal.rows, blocks, signal.count, focus)
        keys.append(np.unique(np.minimum(one, other) * size + np.maximum(one, other)))
        bits.append(np.full(len(keys[-1]), 1 << number, dtype=np.int64))
    if everything:
        outlet = np.repeat(np.arange(len(blocks)), [block.stop - block.start for block in blocks])
        inside = np.zeros(size, dtype=bool)
        inside[focus or slice(None)] = True
        one, other = np.nonzero((outlet[:, None] < outlet) & (inside[:, None] | inside))
        keys.append(one * size + other)
        bits.append(np.zeros(len(one), dtype=np.int64))
    unique, places = np.unique(np.concatenate(keys), return_inverse=True)
    proposed = np.zeros(len(unique), dtype=np.int64)
    np.bitwise_or.at(proposed, places, np.concatenate(bits))
    return unique // size, unique % size, proposed


def _pairs(
    left: Integers, right: Integers, proposed: Integers, vectors: Vectors, order: Sequence[int], found: Sequence[Signal]
) -> tuple[Pair, ...]:
    from claimcheck.neighbours import similarity

    cosines = similarity(vectors, left, right)
    pairs = []
    for one, other, bits, cosine in zip(
        left.tolist(), right.tolist(), proposed.tolist(), cosines.tolist(), strict=True
    ):
        rows = sorted((order[one], order[other]))
        sources = tuple(signal.name for number, signal in enumerate(found) if bits >> number & 1)
        pairs.append(Pair(rows[0], rows[1], cosine, sources))
    return tuple(pairs)


def _key(sentence: Sentence, outlet: str) -> tuple[str, str, str, int]:
    return outlet, sentence.text, sentence.article, sentence.index


def _blocks(outlets: Sequence[str]) -> list[slice]:
    """Where each outlet's sentences stand once they are sorted by outlet."""
    blocks, start = [], 0
    for _, members in groupby(outlets):
        size = len(list(members))
        blocks.append(slice(start, start + size))
        start += size
    return blocks
