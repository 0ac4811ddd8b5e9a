from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fakes import NegationJudge, relator

from claimcheck.judgement.stage import READINGS, judge, read_sides
from claimcheck.settings import DecisionSettings
from claimcheck.types import Article, ConflictKind, Judgement, Pair, Relation, Role, Sentence, TimeRelation

TEXTS = (
    ("nord", "Le maire va confirmer la réouverture du pont"),
    ("nord", "Douze maisons restent vides au bord du fleuve"),
    ("sud", "Le maire va pas confirmer la réouverture du pont"),
    ("sud", "Le maire va confirmer la réouverture du pont"),
)
PAIRS = (Pair(0, 2, 0.9), Pair(0, 3, 0.95), Pair(1, 2, 0.1), Pair(1, 3, 0.1))
DAYS = {"nord": datetime(2031, 2, 10, tzinfo=UTC), "sud": datetime(2031, 2, 12, tzinfo=UTC)}
ARTICLES = {name: Article(name, f"{name}.txt", name, "", None, day, "fr", "") for name, day in DAYS.items()}
SETTINGS = DecisionSettings()
ALL_TWICE = DecisionSettings(settled=1)  # whatever passes the screen


def sentences() -> list[Sentence]:
    return [Sentence(article, i, 0, len(text), text, Role.CLAIM) for i, (article, text) in enumerate(TEXTS)]


def judged(models: object | None = None, settings: DecisionSettings = SETTINGS) -> tuple[Judgement, ...]:
    return judge(PAIRS, sentences(), ARTICLES, models or relator(), settings)  # type: ignore[arg-type]


def test_plainly_unrelated_pairs_are_left_out_and_the_order_is_kept() -> None:
    found = judged()
    assert [(item.pair, item.relation) for item in found] == [
        (PAIRS[0], Relation.CONTRADICT),
        (PAIRS[1], Relation.AGREE),
    ]
    assert all(sum(item.probabilities) == pytest.approx(1, abs=1e-5) for item in found)
    assert all(sum(item.nli) == pytest.approx(1, abs=1e-5) for item in found)


def test_a_contradiction_of_a_later_account_is_superseded() -> None:
    first, second = judged()
    assert (first.time_relation, first.conflict_kind) == (TimeRelation.SUPERSEDED, ConflictKind.OUTLETS)
    assert second.conflict_kind is ConflictKind.NONE


def test_a_judge_without_relation_head_is_screened_by_its_own_decision() -> None:
    models = relator(has_relation=False)
    assert [item.pair for item in judged(models, ALL_TWICE)] == [PAIRS[0], PAIRS[1]]
    assert isinstance(models.judge, NegationJudge)
    assert len(models.judge.seen) == len(PAIRS) + 2


def test_the_screen_decides_what_is_looked_at_twice() -> None:
    models = relator()
    judged(models, ALL_TWICE)
    assert isinstance(models.judge, NegationJudge)
    assert len(models.judge.seen) == len(PAIRS) + 2  # the other order of the two that pass
    everything = relator()
    assert len(judged(everything, DecisionSettings(screen=0))) == len(PAIRS)


def test_a_settled_pair_is_not_read_again() -> None:
    models = relator()
    judged(models, DecisionSettings(settled=0))
    assert isinstance(models.judge, NegationJudge)
    assert len(models.judge.seen) == len(PAIRS)


def test_swapping_the_two_sides_changes_no_verdict_nor_what_the_judge_reads() -> None:
    forward, backward = relator(), relator()
    plain = judge(PAIRS, sentences(), ARTICLES, forward, SETTINGS)
    last = len(TEXTS) - 1
    turned = [replace(pair, left=last - pair.right, right=last - pair.left) for pair in PAIRS]
    mirrored = judge(turned, sentences()[::-1], ARTICLES, backward, SETTINGS)
    assert isinstance(forward.judge, NegationJudge)
    assert isinstance(backward.judge, NegationJudge)
    assert forward.judge.seen == backward.judge.seen
    for a, b in zip(plain, mirrored, strict=True):
        assert (a.relation, a.probabilities, a.nli, a.time_relation, a.conflict_kind) == (
            b.relation,
            b.probabilities,
            b.nli,
            b.time_relation,
            b.conflict_kind,
        )


def test_the_band_of_doubt_abstains() -> None:
    assert not any(item.abstained for item in judged())
    assert all(item.abstained for item in judged(settings=DecisionSettings(abstain=0.99)))


def test_progress_ends_at_the_announced_number_of_steps() -> None:
    for models in (relator(), relator(has_relation=False)):
        steps: list[int] = []
        judge(PAIRS, sentences(), ARTICLES, models, SETTINGS, steps.append)
        assert sum(steps) == READINGS * len(PAIRS)


def test_no_pairs_give_no_judgements() -> None:
    assert judge((), sentences(), ARTICLES, relator(), SETTINGS) == ()


def test_a_side_knows_the_sentence_before_it_in_its_own_article() -> None:
    contexts = [side.context for side in read_sides(sentences(), ARTICLES)]
    assert contexts == ["", TEXTS[0][1], "", TEXTS[2][1]]
    assert [side.published for side in read_sides(sentences(), ARTICLES)] == [DAYS[article] for article, _ in TEXTS]
