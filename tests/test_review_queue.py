"""Who is asked what next: useful first, never what is decided, skipped ones last, blind ones about everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from review_samples import NOON, desk, said, some_items

from claimcheck.errors import InputError
from claimcheck.review.desk import Desk
from claimcheck.review.items import Item
from claimcheck.review.queue import Wanted, progress, queue, ranked, usefulness
from claimcheck.review.reviewers import Reviewer
from claimcheck.review.verdicts import reviews
from claimcheck.store import Decision, open_store
from claimcheck.types import Relation

ITEMS = some_items()
ANNA, BOB = Reviewer("anna"), Reviewer("bob", blind=True)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Desk]:
    desk(tmp_path / "desk.db")
    with open_store(tmp_path / "desk.db") as store:
        yield Desk(store)


def likely(item: Item, relation: Relation, probability: float) -> Item:
    rest = (1 - probability) / 3
    a, b, c, d = (probability if each is relation else rest for each in Relation)
    return replace(item, judgement=replace(item.judgement, relation=relation, probabilities=(a, b, c, d)))


def ids(items: list[Item]) -> list[str]:
    return [item.id for item in items]


def test_doubtful_and_important_findings_come_first() -> None:
    one = ITEMS[0]
    ordered = [
        likely(one, Relation.CONTRADICT, 0.5),
        likely(one, Relation.CONTRADICT, 0.9),
        likely(one, Relation.AGREE, 0.9),
    ]
    assert ranked(reversed(ordered)) == ordered
    assert usefulness(likely(one, Relation.CONTRADICT, 0.5)) > usefulness(likely(one, Relation.AGREE, 0.5))
    assert usefulness(replace(one, origins=5)) > usefulness(replace(one, origins=2))
    assert usefulness(likely(one, Relation.CONTRADICT, 1.0)) > 0


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(relation="agree"), {item.id for item in ITEMS if item.judgement.relation is Relation.AGREE}),
        (
            Wanted(outlet="Northern Courier"),
            {i.id for i in ITEMS if "Northern Courier" in {a.article.outlet for a in i.accounts}},
        ),
        (Wanted(topic=ITEMS[0].topic), {item.id for item in ITEMS if item.topic == ITEMS[0].topic}),
    ],
)
def test_filters_keep_what_matches(wanted: Wanted, expected: set[str]) -> None:
    assert set(ids(queue(ITEMS, {}, wanted, "anna", blind=False))) == expected
    assert expected


def test_states_and_reviewers_are_told_apart() -> None:
    first, second, third, fourth = (item.id for item in ITEMS[:4])
    log = [said(first, "agree"), said(first, "diverge", "bob"), said(second, "agree"), said(third, "flag", "bob")]
    log.append(replace(said(fourth, "skip"), number=9))
    standing = reviews(log)

    def shown(blind: bool = False, name: str = "anna", **filters: str) -> set[str]:
        return set(ids(queue(ITEMS, standing, Wanted(**filters), name, blind=blind)))

    everything = {item.id for item in ITEMS}
    assert shown() == everything - {first, second}
    assert shown(name="carla", blind=True) == everything
    assert shown(name="bob", blind=True) == everything - {first}
    assert shown(state="decided") == {first, second}
    assert shown(state="conflict") == {first}
    assert shown(state="conflict", blind=True) == set()
    assert shown(state="flagged") == {third}
    assert shown(state="flagged", blind=True) == set()
    assert shown(state="skipped") == {fourth}
    assert shown(state="decided", reviewer="bob") == {first}
    assert queue(ITEMS, standing, Wanted(), "anna", blind=False)[-1].id == fourth


def test_undo_goes_back_step_by_step_and_stops_at_the_beginning(table: Desk) -> None:
    first, second = ids(table.waiting(Wanted(), ANNA))[:2]
    table.act(ANNA, first, "agree")
    table.act(ANNA, second, "contradict")
    table.act(BOB, second, "agree")
    assert table.undo(ANNA) == second
    assert table.undo(ANNA) == first
    assert table.undo(ANNA) is None
    assert table.standing[second].verdicts == {"bob": Relation.AGREE}


def test_a_decision_records_the_models_and_settings_of_its_finding(table: Desk, tmp_path: Path) -> None:
    table.act(ANNA, ITEMS[0].id, "agree", " vu ")
    with open_store(tmp_path / "desk.db") as store:
        (decision,) = store.decisions()
    assert (decision.model, decision.settings) == (ITEMS[0].model, ITEMS[0].settings)
    assert "sample-judge@3d4e5f" in decision.model
    assert decision.note == "vu"


def test_what_another_process_adds_is_seen(table: Desk, tmp_path: Path) -> None:
    with open_store(tmp_path / "desk.db") as other:
        other.record(said(ITEMS[0].id, "agree", "bob"))
    assert ITEMS[0].id not in ids(table.waiting(Wanted(), ANNA))


@pytest.mark.parametrize(("finding", "verdict"), [("x", "agree"), (ITEMS[0].id, "undo"), (ITEMS[0].id, "maybe")])
def test_an_act_on_nothing_is_refused(table: Desk, finding: str, verdict: str) -> None:
    with pytest.raises(InputError, match="reload the page"):
        table.act(ANNA, finding, verdict)


def test_progress_counts_verdicts_and_the_pace_of_late() -> None:
    items = {item.id: item for item in ITEMS}
    own = [said(item.id, "agree", minute=5 * n) for n, item in enumerate(ITEMS[:3])]
    old = Decision(ITEMS[4].id, "agree", "anna", NOON - timedelta(days=1))
    now = NOON + timedelta(minutes=12)
    found = progress(items, reviews(own), [old, *own], "anna", now, blind=False)
    assert (found.decided, found.total, found.pace) == (3, 6, 15)
    assert progress(items, reviews(own), [], "bob", now, blind=True).decided == 0
