"""Findings: what is grouped, what comes first, and that neither depends on the order of the input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from compare_samples import EARLY, article, counted, judged, sentence, unit_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.findings import findings
from claimcheck.types import (
    Article,
    Aspect,
    ConflictKind,
    Evidence,
    Finding,
    Judgement,
    Pair,
    Relation,
    Role,
    Sentence,
    TimeRelation,
    Topic,
    Vectors,
)

AGREE, DIVERGE, CONTRADICT = Relation.AGREE, Relation.DIVERGE, Relation.CONTRADICT
ARTICLES = {
    "a": article("a", "Le Phare", EARLY),
    "b": article("b", "Agence Sud", EARLY + timedelta(hours=30)),
    "c": article("c", "Radio Nord", EARLY + timedelta(hours=31)),
}
ROWS = (
    sentence("Le palais n'a ni confirmé ni démenti l'appel.", "a", 0, negated=True),
    sentence("Arno Feld a décrit l'appel.", "b", 0),
    sentence("L'appel a été décrit par Arno Feld.", "c", 0),
    sentence("Le vote a lieu lundi.", "a", 1),
    sentence("Le vote a lieu mardi.", "b", 1),
    sentence("La mer est calme.", "c", 1),
)
VECTORS = unit_rows([[1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0.2, 0], [0, 0, 1, 0], [0, 0, 1, 0.3], [0, 0, 0, 1]])
TOPICS = (Topic("call", "appel", (0, 1, 2)), Topic("vote", "vote", (3, 4)))


def found(
    judgements: Sequence[Judgement],
    rows: Sequence[Sentence] = ROWS,
    vectors: Vectors = VECTORS,
    origins: Sequence[int] | None = None,
) -> tuple[Finding, ...]:
    return findings(judgements, rows, ARTICLES, TOPICS, vectors, origins or range(len(rows)), "fr")


def test_pairs_that_say_the_same_are_one_finding_with_the_strongest_in_front() -> None:
    (finding,) = found([judged(0, 2, CONTRADICT, 0.7), judged(0, 1, CONTRADICT, 0.8)])
    assert [item.pair.right for item in finding.judgements] == [1, 2]
    assert finding.confidence == pytest.approx(0.8)
    assert (finding.rank, finding.topic, finding.origins) == (1, "call", 3)


def test_pairs_of_another_relation_or_question_stand_apart() -> None:
    assert len(found([judged(0, 1, CONTRADICT), judged(0, 2, DIVERGE)])) == 2
    assert len(found([judged(0, 1, CONTRADICT), judged(3, 4, CONTRADICT)])) == 2


def test_another_number_or_a_negation_keeps_near_sentences_apart() -> None:
    rows = (
        sentence("La crue frappe Lorvane.", "a"),
        counted("La crue a fait 4 morts.", "4 morts", 4, head="morts"),
        counted("La crue a fait 7 morts.", "7 morts", 7, head="morts"),
        sentence("La crue n'a pas fait de mort.", "c", 1, negated=True),
    )
    rows = (rows[0], replace(rows[1], article="b"), replace(rows[2], article="c"), rows[3])
    alike = unit_rows([[1, 0], [0, 1], [0, 1], [0, 1]])
    assert len(found([judged(0, row, AGREE) for row in (1, 2, 3)], rows, alike)) == 3


def test_a_chain_of_near_likenesses_does_not_swallow_everything() -> None:
    turns = np.arange(9) * 0.5
    rows = (*(sentence(f"Phrase numéro {i} du récit.", "abc"[i % 3], i) for i in range(9)), ROWS[5])
    vectors = np.zeros((10, 3), np.float32)
    vectors[:9, 0], vectors[:9, 1], vectors[9, 2] = np.cos(turns), np.sin(turns), 1
    grouped = found([judged(row, 9, DIVERGE, 0.9 - row / 100) for row in range(9)], rows, vectors)
    assert [len(finding.judgements) for finding in grouped] == [2, 2, 2, 2, 1]


def test_unrelated_and_doubtful_pairs_are_no_findings() -> None:
    assert found([judged(0, 1, Relation.UNRELATED), judged(3, 4, CONTRADICT, abstained=True)]) == ()
    assert found([]) == ()


def test_contradictions_come_before_divergences_and_those_before_agreements() -> None:
    ordered = found([judged(0, 1, AGREE, 0.99), judged(3, 4, DIVERGE, 0.8), judged(2, 3, CONTRADICT, 0.5)])
    assert [finding.relation for finding in ordered] == [CONTRADICT, DIVERGE, AGREE]
    assert [finding.rank for finding in ordered] == [1, 2, 3]


def test_a_denial_answered_by_a_later_account_comes_first_of_all() -> None:
    answered = judged(0, 1, CONTRADICT, 0.55, time=TimeRelation.SUPERSEDED)
    first, second = found([judged(3, 4, CONTRADICT, 0.95), answered])
    assert first.judgements == (answered,)
    assert first.later == 1
    assert second.later is None


def test_an_overtaken_account_stands_just_behind_an_equal_one() -> None:
    rows = (*ROWS[3:5], sentence("Le train part à l'aube.", "a", 2), sentence("Le train part à midi.", "b", 2))
    vectors = unit_rows([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    overtaken = judged(0, 1, CONTRADICT, 0.8, time=TimeRelation.SUPERSEDED)
    first, second = found([overtaken, judged(2, 3, CONTRADICT, 0.8)], rows, vectors)
    assert (first.time_relation, second.time_relation) == (TimeRelation.SAME, TimeRelation.SUPERSEDED)


@pytest.mark.parametrize(
    "change",
    [
        lambda item, rows: (replace(item, evidence=(Evidence(Aspect.NUMBER, None, None),)), rows),
        lambda item, rows: (replace(item, nli=(0.0, 0.0, 1.0)), rows),
        lambda item, rows: (replace(item, conflict_kind=ConflictKind.SAME_SPEAKER), rows),
        lambda item, rows: (item, (replace(rows[0], speaker="Castan"), *rows[1:])),
        lambda item, rows: (item, (replace(rows[0], role=Role.HEADING), *rows[1:])),
    ],
    ids=["numbers", "entailment model", "same speaker", "named speaker", "heading"],
)
def test_what_a_fact_checker_cares_about_moves_a_finding_up(change: object) -> None:
    assert callable(change)
    rows = (ROWS[3], ROWS[4], sentence("Aube du train.", "a", 2), sentence("Train de midi.", "b", 2))
    vectors = unit_rows([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    other = judged(2, 3, CONTRADICT, 0.8)
    before = found([judged(0, 1, CONTRADICT, 0.79), other], rows, vectors)
    changed, changed_rows = change(judged(0, 1, CONTRADICT, 0.79), rows)
    after = found([changed, other], changed_rows, vectors)
    assert [finding.judgements[0].pair.left for finding in before] == [2, 0]
    assert [finding.judgements[0].pair.left for finding in after] == [0, 2]


def test_agreement_with_a_reprint_counts_one_origin_and_comes_last() -> None:
    reprint, real = judged(0, 1, AGREE, 0.99), judged(3, 4, AGREE, 0.6)
    first, second = found([reprint, real], origins=[0, 0, 2, 3, 4, 5])
    assert (first.judgements[0], first.origins) == (real, 2)
    assert (second.judgements[0], second.origins) == (reprint, 1)


def test_reprints_in_a_group_count_once() -> None:
    pairs = [judged(0, 1, CONTRADICT, 0.9), judged(0, 2, CONTRADICT, 0.8)]
    assert found(pairs, origins=[0, 1, 1, 3, 4, 5])[0].origins == 2


def test_a_sentence_shown_once_makes_room_for_another_question() -> None:
    rows = (*ROWS[:2], sentence("Tout autre récit.", "c", 4), ROWS[3], ROWS[4])
    vectors = unit_rows(np.eye(5).tolist())
    pairs = [judged(0, 1, CONTRADICT, 0.90), judged(0, 2, CONTRADICT, 0.89), judged(3, 4, CONTRADICT, 0.88)]
    assert [finding.judgements[0].pair.right for finding in found(pairs, rows, vectors)] == [1, 4, 2]


def turned(order: Sequence[int], judgements: Sequence[Judgement]) -> tuple[Finding, ...]:
    """The findings of the same run with its sentences in another order."""
    place = {row: new for new, row in enumerate(order)}
    moved = []
    for item in judgements:
        left, right = place[item.pair.left], place[item.pair.right]
        evidence = (
            item.evidence if left < right else tuple(replace(e, left=e.right, right=e.left) for e in item.evidence)
        )
        moved.append(replace(item, pair=Pair(min(left, right), max(left, right), 0.8), evidence=evidence))
    topics = [Topic(topic.id, topic.label, tuple(sorted(place[row] for row in topic.rows))) for topic in TOPICS]
    rows = [ROWS[row] for row in order]
    return findings(moved, rows, ARTICLES, topics, VECTORS[list(order)], list(order), "fr")


@settings(deadline=None, max_examples=50)
@given(
    st.permutations(range(6)),
    st.lists(
        st.tuples(
            st.sampled_from([(0, 1), (0, 2), (3, 4), (1, 3), (2, 3), (0, 5)]),
            st.sampled_from([AGREE, DIVERGE, CONTRADICT]),
            st.sampled_from([0.5, 0.7, 0.9]),
            st.sampled_from(list(TimeRelation)),
        ),
        unique_by=lambda drawn: drawn[0],
    ),
    st.randoms(use_true_random=False),
)
def test_ids_ranks_and_words_do_not_depend_on_the_order_of_the_input(
    order: list[int], drawn: list[tuple[tuple[int, int], Relation, float, TimeRelation]], random: object
) -> None:
    pairs = [judged(*rows, relation, probability, time=time) for rows, relation, probability, time in drawn]
    straight = found(pairs)
    shuffled = turned(order, list(reversed(pairs)))
    assert [finding.rank for finding in straight] == list(range(1, len(straight) + 1))
    assert len({finding.id for finding in straight}) == len(straight)
    assert sum(len(finding.judgements) for finding in straight) == len(pairs)

    def told(finding: Finding, names: Sequence[int]) -> tuple[object, ...]:
        later = None if finding.later is None else names[finding.later]
        members = [frozenset((names[item.pair.left], names[item.pair.right])) for item in finding.judgements]
        return (
            finding.id,
            finding.rank,
            finding.relation,
            finding.topic,
            finding.explanation,
            finding.origins,
            later,
            members,
        )

    assert [told(finding, range(6)) for finding in straight] == [told(finding, order) for finding in shuffled]


def test_every_pair_of_a_large_run_is_in_one_finding() -> None:
    rng = np.random.default_rng(0)
    count = 600
    rows = [sentence(f"Récit {i} sur le sujet {i % 70}.", "abc"[i % 3], i) for i in range(count)]
    vectors = unit_rows(rng.normal(size=(count, 32)).tolist())
    pairs = {(int(min(pair)), int(max(pair))) for pair in rng.integers(0, count, (1_200, 2)) if pair[0] != pair[1]}
    made = [judged(left, right, DIVERGE, 0.5 + (left * 7 + right) % 50 / 100) for left, right in sorted(pairs)]
    grouped = found(made, rows, vectors)
    assert sum(len(finding.judgements) for finding in grouped) == len(made)


def test_an_article_without_a_date_can_be_found() -> None:
    undated: dict[str, Article] = {key: replace(value, published=None) for key, value in ARTICLES.items()}
    pair = judged(0, 1, CONTRADICT, time=TimeRelation.UNDATED)
    (finding,) = findings([pair], ROWS, undated, TOPICS, VECTORS, range(6), "en")
    assert finding.later is None
    assert finding.explanation.endswith(".")
