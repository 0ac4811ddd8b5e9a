"""The losses of the recipe against their formulas in plain numpy."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow  # torch alone takes seconds to import

VALUES = st.lists(st.tuples(st.floats(-1, 1, width=32), st.integers(0, 5)), min_size=2, max_size=8)


def tensor(values: Any) -> Any:
    import torch

    return torch.tensor(np.asarray(values, dtype=np.float32))


def log_softmax(rows: Any) -> np.ndarray:
    rows = np.asarray(rows, dtype=np.float64)
    return np.asarray(rows - np.log(np.exp(rows).sum(axis=1, keepdims=True)))


@settings(deadline=None)
@given(VALUES)
def test_cosent_sums_the_violated_orders(pairs: list[tuple[float, int]]) -> None:
    from claimcheck.training.similarity import cosent

    cosines, scores = zip(*pairs, strict=True)
    violated = sum(math.exp(20 * (d - c)) for c, s in pairs for d, t in pairs if s > t)
    assert float(cosent(tensor(cosines), tensor(scores))) == pytest.approx(math.log(1 + violated), abs=1e-3)


def test_cosent_prefers_the_right_order() -> None:
    from claimcheck.training.similarity import cosent

    right = float(cosent(tensor([0.1, 0.5, 0.9]), tensor([0, 2, 5])))
    wrong = float(cosent(tensor([0.9, 0.5, 0.1]), tensor([0, 2, 5])))
    assert right < 0.01 < 10 < wrong


def test_contrast_is_the_cross_entropy_over_all_candidates() -> None:
    from claimcheck.training.similarity import contrast

    draw = np.random.default_rng(0)
    anchors, positives, negatives = (draw.standard_normal((4, 6)) for _ in range(3))
    plain = float(contrast(tensor(anchors), tensor(positives), None, 2.0))
    assert plain == pytest.approx(-np.diag(log_softmax(2 * anchors @ positives.T)).mean(), rel=1e-4)
    hard = float(contrast(tensor(anchors), tensor(positives), tensor(negatives), 2.0))
    candidates = np.concatenate([positives, negatives])
    assert hard == pytest.approx(-np.diag(log_softmax(2 * anchors @ candidates.T)).mean(), rel=1e-4)
    assert hard > plain


def test_batches_are_of_one_kind_and_hold_every_example() -> None:
    from claimcheck.training.similarity import Example, plan_batches

    rows = [Example("graded", ("a" * i, "b"), 0.5) for i in range(30)]
    rows += [Example("positive", ("a" * i, "b")) for i in range(20)]
    rows += [Example("positive", ("a", "b", "c" * i)) for i in range(10)]
    batches = plan_batches(rows, 80, 2, 3)
    assert sorted(i for batch in batches for i in batch) == sorted([*range(60)] * 2)
    kinds = [{(rows[i].kind, len(rows[i].texts)) for i in batch} for batch in batches]
    assert all(len(kind) == 1 for kind in kinds)
    assert len({kind for found in kinds[: len(kinds) // 2] for kind in found}) == 3  # mixed, not one after the other
    assert batches == plan_batches(rows, 80, 2, 3)


def test_nli_loss_is_the_weighted_cross_entropy() -> None:
    from claimcheck.training.corpora import NliExample
    from claimcheck.training.nli import nli_loss

    logits = [[2.0, 0.5, -1.0], [0.0, 1.0, 3.0], [1.0, 1.0, 1.0]]
    batch = [NliExample("", "", 0), NliExample("", "", 1, 0.5), NliExample("", "", 2, 0.25)]
    log = log_softmax(logits)
    expected = -(1.0 * log[0, 0] + 0.5 * log[1, 1] + 0.25 * log[2, 2]) / 1.75
    assert float(nli_loss(tensor(logits), batch)) == pytest.approx(expected, rel=1e-5)


def test_a_binary_example_only_says_whether_it_is_entailed() -> None:
    from claimcheck.training.corpora import NliExample
    from claimcheck.training.nli import nli_loss

    logits = [[1.0, 2.0, -3.0], [1.0, -3.0, 2.0]]
    not_entailed = [NliExample("", "", 1, binary=True)]
    one, other = (float(nli_loss(tensor([row]), not_entailed)) for row in logits)
    assert one == pytest.approx(other, rel=1e-5)
    assert one == pytest.approx(-math.log(1 - np.exp(log_softmax(logits))[0, 0]), rel=1e-4)
    entailed = float(nli_loss(tensor(logits[:1]), [NliExample("", "", 0, binary=True)]))
    assert entailed == pytest.approx(-log_softmax(logits)[0, 0], rel=1e-5)


def test_the_relation_loss_weighs_its_pairs() -> None:
    from claimcheck.training.own import LabelledPair
    from claimcheck.training.relation import Weighted, relation_loss
    from claimcheck.types import Relation, Statement

    def pair(relation: Relation, weight: float) -> Weighted:
        return Weighted(LabelledPair(Statement("a"), Statement("b"), relation, "none", "g", "fr"), weight)

    logits = tensor([[5.0, 0, 0, 0], [5.0, 0, 0, 0]])
    good, bad = pair(Relation.AGREE, 1.0), pair(Relation.CONTRADICT, 1.0)
    light = pair(Relation.CONTRADICT, 0.1)
    assert float(relation_loss(logits, [good, good])) < 0.3
    assert float(relation_loss(logits, [good, light])) < float(relation_loss(logits, [good, bad]))


def test_the_pull_is_nothing_for_equal_rows_but_for_the_contrast() -> None:
    from claimcheck.training.distil import pull

    rows = tensor(np.eye(3))
    assert float(pull(rows, rows, 0.0, 20.0)) == pytest.approx(0, abs=1e-6)
    turned = tensor(np.eye(3)[[1, 2, 0]])
    assert float(pull(rows, turned, 0.0, 20.0)) == pytest.approx(1, abs=1e-6)
    assert float(pull(rows, turned, 0.1, 20.0)) > 2


def test_the_relation_loss_follows_the_share_of_the_readers() -> None:
    from claimcheck.training.own import LabelledPair
    from claimcheck.training.relation import Weighted, relation_loss
    from claimcheck.types import Relation, Statement

    def loss(row: list[float], *votes: Relation) -> float:
        votes = (Relation.AGREE, *votes)
        pair = LabelledPair(Statement("a"), Statement("b"), Relation.AGREE, "none", "g", "fr", votes=votes)
        return float(relation_loss(tensor([row]), [Weighted(pair, 1.0)]))

    sure, torn = [4.0, 0.0, 0.0, 0.0], [4.0, 4.0, 0.0, 0.0]
    assert loss(sure, Relation.AGREE) < loss(torn, Relation.AGREE)
    assert loss(torn, Relation.DIVERGE) < loss(sure, Relation.DIVERGE)
    assert loss(torn, Relation.DIVERGE, Relation.DIVERGE) == pytest.approx(loss(torn, Relation.DIVERGE), rel=1e-5)
