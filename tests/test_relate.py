from __future__ import annotations

import numpy as np
import pytest
from fakes import relator
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.encoders.base import Scores
from claimcheck.judgement.context import judged_text, leans
from claimcheck.judgement.features import FEATURES, both_orders, features
from claimcheck.judgement.relate import read_sides
from claimcheck.types import Relation, Statement

THIRDS = np.full(3, 1 / 3, dtype=np.float32)
QUARTERS = np.full(4, 1 / 4, dtype=np.float32)
TEXTS = st.sampled_from(
    [
        "Le ministre a confirmé la visite de mercredi.",
        "Le ministre n'a pas confirmé la visite.",
        "The mayor said 12 people were injured on 3 May.",
        "Quatorze personnes ont été blessées, selon la préfecture.",
        "«  »",
        "Il a refusé.",
    ]
)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_the_relation_is_the_same_in_both_orders(pairs: list[tuple[str, str]]) -> None:
    forward = relator().relate_statements([(Statement(a), Statement(b)) for a, b in pairs])
    backward = relator().relate_statements([(Statement(b), Statement(a)) for a, b in pairs])
    np.testing.assert_array_equal(forward.relation, backward.relation)
    np.testing.assert_array_equal(forward.nli, backward.nli)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=4))
def test_a_pair_scores_the_same_alone_and_among_others(pairs: list[tuple[str, str]]) -> None:
    statements = [(Statement(a), Statement(b)) for a, b in pairs]
    together = relator().relate_statements(statements).relation
    alone = np.concatenate([relator().relate_statements([pair]).relation for pair in statements])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_a_negated_copy_contradicts_and_a_copy_agrees() -> None:
    a = Statement("Le Kremlin va confirmer cet appel mardi")
    b = Statement("Le Kremlin va pas confirmer cet appel mardi")
    found = relator().relate_statements([(a, b), (a, a)]).relation.argmax(axis=1)
    assert [list(Relation)[i] for i in found] == [Relation.CONTRADICT, Relation.AGREE]


def test_a_judge_without_relation_head_uses_the_decision_for_plain_nli() -> None:
    a, b = Statement("the plant will close in May"), Statement("the plant will not close in May")
    found = relator(has_relation=False).relate_statements([(a, b)]).relation
    assert list(Relation)[int(found.argmax())] is Relation.CONTRADICT


def test_no_pairs_give_no_rows() -> None:
    found = relator().relate_statements([])
    assert (found.relation.shape, found.nli.shape) == ((0, 4), (0, 3))


def test_every_feature_has_a_value_and_signals_see_numbers_and_negation() -> None:
    ((left, right),) = read_sides([(Statement("Dix morts à Lyon."), Statement("Il n'y a pas eu 12 morts à Lyon."))])
    row = features(left.sentence, right.sentence, 0.5, THIRDS, THIRDS, QUARTERS)
    assert len(row) == len(FEATURES)
    assert row[FEATURES.index("differs_number")] == 1
    assert row[FEATURES.index("negation_differs")] == 1
    assert row[FEATURES.index("number_match")] == 0


def test_scores_of_both_orders_are_averaged() -> None:
    one, other = (np.array([row], dtype=np.float32) for row in ([0.8, 0.1, 0.1], [0.2, 0.5, 0.3]))
    mean, relation, top = both_orders(Scores(one, None), Scores(other, None))
    np.testing.assert_allclose(mean, [[0.5, 0.3, 0.2]], atol=1e-6)
    np.testing.assert_allclose(top, [[0.8, 0.5, 0.3]], atol=1e-6)
    assert relation is None


@pytest.mark.parametrize(
    "text", ["Il a démenti.", "Cet appel a duré une heure.", "« Cela suffit », dit-elle.", "This decision was late."]
)
def test_a_sentence_that_points_back_is_judged_with_the_one_before(text: str) -> None:
    assert leans(text)
    assert judged_text(Statement(text, "Paul a parlé.")).endswith("Paul a parlé.")


@pytest.mark.parametrize("text", ["Le ministre a démenti.", "Paris ferme ses musées.", "The mayor resigned."])
def test_a_sentence_that_stands_alone_is_judged_alone(text: str) -> None:
    assert judged_text(Statement(text, "Paul a parlé.")) == text
