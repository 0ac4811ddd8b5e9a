"""The cells of the matrix and the claims of a single outlet."""

from __future__ import annotations

import numpy as np
import pytest
from compare_samples import article, judged, sentence, unit_rows
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.matrix import matrix, solos
from claimcheck.types import Modality, Name, Quantity, Relation, Role, Sentence, Span, Stance, Topic

ARTICLES = (article("a", "Le Phare"), article("b", "Agence Sud"), article("c", "Radio Nord"))


def stance(*rows: Sentence) -> Stance:
    return matrix(ARTICLES[:1], rows, [Topic("t", "pont", tuple(range(len(rows))))], [])[0].stance


FLAT = sentence("Le pont a cédé vers midi.")
DENIED = sentence("Le pont n'a pas cédé.", negated=True)
UNSURE = sentence("Le pont aurait cédé.", modality=Modality.CONDITIONAL)
SPOKEN = sentence("Le pont a cédé, dit Castan.", speaker="Castan")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([FLAT], Stance.ASSERTS),
        ([DENIED], Stance.DENIES),
        ([UNSURE], Stance.HEDGES),
        ([SPOKEN], Stance.QUOTES),
        ([FLAT, DENIED], Stance.ASSERTS),
        ([FLAT, DENIED, DENIED], Stance.DENIES),
        ([UNSURE, UNSURE, FLAT], Stance.HEDGES),
        ([], Stance.SILENT),
    ],
)
def test_an_article_does_with_a_topic_what_most_of_its_sentences_do(rows: list[Sentence], expected: Stance) -> None:
    assert stance(*rows) is expected


def test_one_denial_that_is_contradicted_decides_the_cell_and_is_its_row() -> None:
    rows = [FLAT, sentence("La ville dément la chute du pont.", index=1), sentence("Le pont est tombé.", "b")]
    topic = Topic("t", "pont", (0, 1, 2))
    cell, other, silent = matrix(ARTICLES, rows, [topic], [judged(1, 2, Relation.CONTRADICT)])
    assert (cell.stance, cell.row, cell.conflicts) == (Stance.DENIES, 1, 1)
    assert (other.stance, other.row, other.conflicts) == (Stance.ASSERTS, 2, 1)
    assert (silent.stance, silent.row, silent.conflicts) == (Stance.SILENT, None, 0)


def test_there_is_a_cell_for_every_topic_and_article_topics_outermost() -> None:
    rows = [FLAT, sentence("Le pont est tombé.", "b")]
    cells = matrix(ARTICLES, rows, [Topic("t", "pont", (0,)), Topic("u", "chute", (1,))], [])
    assert [(cell.topic, cell.article) for cell in cells] == [(t, a) for t in "tu" for a in "abc"]


def test_agreement_and_doubt_are_no_conflict() -> None:
    rows = [FLAT, sentence("Le pont est tombé.", "b")]
    doubtful = judged(0, 1, Relation.CONTRADICT, abstained=True)
    cells = matrix(ARTICLES, rows, [Topic("t", "pont", (0, 1))], [judged(0, 1, Relation.AGREE), doubtful])
    assert [cell.conflicts for cell in cells] == [0, 0, 0]


def test_conflicts_are_counted_in_the_topic_of_the_sentence() -> None:
    rows = [FLAT, DENIED, sentence("Le pont est tombé.", "b")]
    cells = matrix(
        ARTICLES[:1], rows, [Topic("t", "pont", (0,)), Topic("u", "chute", (1, 2))], [judged(1, 2, Relation.DIVERGE)]
    )
    assert [cell.conflicts for cell in cells] == [0, 1]


ROWS = (
    sentence("Le pont a cédé vers midi.", "a"),
    sentence("Le pont a cédé à midi.", "b"),
    sentence(
        "Castan a promis 40 millions pour Lestrade.",
        "b",
        1,
        names=(Name(Span(0, 6), "castan"), Name(Span(33, 41), "lestrade")),
        quantities=(Quantity(Span(16, 28), 4e7, 4e7, "EUR", "", False),),
    ),
    sentence("Il fait beau ce matin.", "a", 1),
)
VECTORS = unit_rows([[1, 0, 0], [1, 0.1, 0], [0, 1, 0.2], [0.1, 0, 1]])
OUTLETS = ["Le Phare", "Agence Sud", "Agence Sud", "Le Phare"]


def test_a_claim_without_partner_is_listed_with_its_nearest_sentence_and_the_telling_one_comes_first() -> None:
    found = solos(ROWS, VECTORS, [judged(0, 1, Relation.AGREE)], (), OUTLETS)
    assert [solo.row for solo in found] == [2, 3]
    assert found[0].nearest == 3
    assert found[0].score == pytest.approx(float(VECTORS[2] @ VECTORS[3]), abs=1e-4)


@pytest.mark.parametrize("relation", [Relation.AGREE, Relation.DIVERGE, Relation.CONTRADICT])
def test_any_partner_even_a_doubtful_one_takes_a_claim_off_the_list(relation: Relation) -> None:
    found = solos(ROWS, VECTORS, [judged(0, 1, relation, abstained=True)], (), OUTLETS)
    assert {solo.row for solo in found} == {2, 3}
    found = solos(ROWS, VECTORS, [judged(0, 1, Relation.UNRELATED)], (), OUTLETS)
    assert {solo.row for solo in found} == {0, 1, 2, 3}


def test_headings_and_single_outlets_have_nothing_to_miss() -> None:
    heading = Sentence("a", 0, 0, 12, "Le pont cède", Role.HEADING)
    assert solos([heading], VECTORS[:1], [], (), ["Le Phare"]) == ()
    (alone,) = solos(ROWS[:1], VECTORS[:1], [], (), ["Le Phare"])
    assert (alone.nearest, alone.score) == (None, 0.0)
    assert solos([], np.zeros((0, 3), np.float32), [], (), []) == ()


@given(st.permutations(range(4)))
def test_the_order_of_the_input_changes_nothing(order: list[int]) -> None:
    place = {row: new for new, row in enumerate(order)}
    pair = judged(place[0], place[1], Relation.AGREE)
    found = solos([ROWS[i] for i in order], VECTORS[order], [pair], (), [OUTLETS[i] for i in order])
    told = [(order[solo.row], None if solo.nearest is None else order[solo.nearest], solo.score) for solo in found]
    first = solos(ROWS, VECTORS, [judged(0, 1, Relation.AGREE)], (), OUTLETS)
    assert told == [(solo.row, solo.nearest, solo.score) for solo in first]
