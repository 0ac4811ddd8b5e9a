"""Decisions outlive runs and versions, come to one standing per finding, and travel as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import relator
from hypothesis import given
from hypothesis import strategies as st
from newsroom import NORD, SUD, lay_down
from report_samples import sample
from review_samples import NOON, desk, said, some_items

from claimcheck.errors import InputError, UsageError
from claimcheck.keys import pair_key
from claimcheck.pipeline import compare
from claimcheck.review.agreement import ALL, agreement
from claimcheck.review.exchange import CSV_COLUMNS, Imported, import_file
from claimcheck.review.formats import export
from claimcheck.review.items import documents, items_of, read_items
from claimcheck.review.keep import keep
from claimcheck.review.listing import listing, summary, table
from claimcheck.review.verdicts import reviews
from claimcheck.store import Saved, SqliteStore, open_store
from claimcheck.types import Comparison, Relation


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def ids(path: Path) -> list[str]:
    return desk(path)


@pytest.fixture
def store(path: Path, ids: list[str]) -> Iterator[SqliteStore]:
    with open_store(path) as opened:
        yield opened


# keys


@given(st.text(), st.text(), st.text(), st.text())
def test_a_pair_has_one_key_in_both_orders(a: str, b: str, c: str, d: str) -> None:
    assert pair_key((a, b), (c, d)) == pair_key((c, d), (a, b))


def test_typesetting_does_not_change_a_key_and_words_do() -> None:
    one, other = ("Le Nord", "Le pont est fermé."), ("Le Sud", "« Le pont rouvre », dit-il")
    key = pair_key(one, other)
    assert key == pair_key(("LE NORD", "Le  pont est\u00a0fermé !"), ("Le Sud", '"le pont rouvre" dit-il.'))
    assert key != pair_key(("Le Nord", "Le pont est ferme."), other)
    assert key != pair_key(("L'Est", "Le pont est fermé."), other)
    assert key != pair_key(("Le Nord", other[1]), ("Le Sud", one[1]))


# items


def test_what_is_kept_of_a_finding_comes_back_whole() -> None:
    items = items_of(sample())
    found = read_items(Saved(n, id_, text) for n, (id_, text) in enumerate(documents(items).items()))
    for item in items:
        again = found[item.id]
        assert again.accounts == item.accounts
        assert again.judgement.evidence == item.judgement.evidence
        assert again.judgement.probabilities == pytest.approx(item.judgement.probabilities, abs=1e-6)
        assert (again.later, again.topic, again.model) == (item.later, item.topic, item.model)


def run(folder: Path) -> Comparison:
    return compare([folder], relator=relator())


def test_a_run_in_another_order_keeps_the_same_documents(tmp_path: Path, path: Path) -> None:
    straight = run(lay_down(tmp_path / "a", {"nord": NORD, "sud": SUD}))
    other = run(lay_down(tmp_path / "b", {"sud": SUD, "nord": NORD}))
    assert documents(items_of(straight)) == documents(items_of(other))


def test_a_decision_carries_over_to_new_runs_and_versions_of_an_article(tmp_path: Path, path: Path) -> None:
    with open_store(path, create=True) as store:
        first = keep(run(lay_down(tmp_path / "a")), store)
        assert first.decided == {}
        conflict = next(f for f in first.findings if f.relation is Relation.CONTRADICT)
        store.record(said(conflict.id, "diverge", note="deux jours"))
        longer = (
            SUD.replace("Vaure attend son pont", "Vaure attend encore son pont") + "Une réunion est prévue lundi.\n"
        )
        again = keep(run(lay_down(tmp_path / "b", {"nord": NORD, "sud": longer})), store)
    assert conflict.id in {finding.id for finding in again.findings}
    decided = again.decided[conflict.id]
    assert (decided.relation, decided.reviewers, decided.note) == (Relation.DIVERGE, ("anna",), "deux jours")


# standing


def test_undo_takes_back_the_last_act_of_the_same_reviewer_on_the_same_finding() -> None:
    log = [
        said("f1", "agree"),
        said("f1", "contradict", "bob"),
        said("f1", "flag"),
        said("f1", "undo"),
        said("f1", "diverge"),
        said("f1", "undo"),
    ]
    (review,) = reviews(log).values()
    assert review.verdicts == {"anna": Relation.AGREE, "bob": Relation.CONTRADICT}
    assert review.in_conflict
    assert review.settled is None
    assert [each.flagged for each in review.opinions] == [False, False]


def test_a_finding_whose_only_decision_was_undone_has_no_opinion() -> None:
    assert reviews([said("f1", "agree"), said("f1", "undo")])["f1"].opinions == ()


def test_a_ruling_settles_a_conflict_and_stays_out_of_the_verdicts() -> None:
    ruling = replace(said("f1", "diverge", "carla", 9), adjudicates=True)
    review = reviews([said("f1", "agree"), said("f1", "contradict", "bob"), ruling])["f1"]
    assert not review.in_conflict
    assert review.settled is Relation.DIVERGE
    assert set(review.verdicts) == {"anna", "bob"}
    assert [each.reviewer for each in review.deciders] == ["carla"]


def test_flags_notes_and_skips_are_part_of_an_opinion() -> None:
    log = [said("f1", "flag"), said("f1", "note", note="à revoir"), replace(said("f1", "skip"), number=3)]
    opinion = reviews(log)["f1"].of("anna")
    assert opinion is not None
    assert (opinion.flagged, opinion.note, opinion.skipped, opinion.verdict) == (True, "à revoir", 3, None)
    assert not reviews([said("f1", "flag"), said("f1", "flag")])["f1"].opinions[0].flagged


# agreement


def test_agreement_is_right_to_the_digit_on_a_hand_made_case() -> None:
    """Ten findings by two reviewers; the figures are worked out by hand in the comments."""
    anna = [
        "agree",
        "agree",
        "agree",
        "agree",
        "diverge",
        "diverge",
        "contradict",
        "contradict",
        "contradict",
        "unrelated",
    ]
    bob = ["agree", "agree", "agree", "diverge", "diverge", "agree", "contradict", "contradict", "diverge", "unrelated"]
    log = [said(f"f{n}", verdict) for n, verdict in enumerate(anna)]
    log += [said(f"f{n}", verdict, "bob") for n, verdict in enumerate(bob)]
    log.append(said("f99", "agree"))  # seen by one reviewer alone: counts for nobody's agreement
    measured = agreement(reviews(log).values())
    kappas = {kappa.label: kappa for kappa in measured.kappas}
    alphas = {alpha.label: alpha for alpha in measured.alphas}
    # observed 7/10; by chance (4·4 + 2·3 + 3·2 + 1·1)/100 = 29/100; kappa = (70 - 29)/(100 - 29) = 41/71
    assert kappas[ALL].value == pytest.approx(41 / 71, abs=1e-12)
    assert (kappas[ALL].findings, kappas[ALL].same) == (10, 7)
    # labels 8, 5, 5, 2 of 20: disagreement observed 2·3 = 6 of 20, expected 1 - (56 + 20 + 20 + 2)/380 = 282/380
    assert alphas[ALL].value == pytest.approx(1 - (6 / 20) / (282 / 380), abs=1e-12)
    assert (alphas[ALL].findings, alphas[ALL].verdicts) == (10, 20)
    # contradict against the rest: 3 and 2 of 10, both on 2; observed 9/10, by chance (3·2 + 7·8)/100 = 62/100
    assert kappas["contradict"].value == pytest.approx((90 - 62) / (100 - 62), abs=1e-12)
    # unrelated: 1 and 1, the same one
    assert kappas["unrelated"].value == 1.0
    assert (alphas["unrelated"].value, alphas["unrelated"].verdicts) == (1.0, 2)
    assert measured.counts["anna"] == {
        Relation.AGREE: 5,
        Relation.DIVERGE: 2,
        Relation.CONTRADICT: 3,
        Relation.UNRELATED: 1,
    }
    shown = "".join(table(measured))
    assert "0.577" in shown
    assert "0.596" in shown


def test_without_a_second_reviewer_no_agreement_is_claimed() -> None:
    measured = agreement(reviews([said("f1", "agree")]).values())
    assert measured.kappas == ()
    assert {alpha.value for alpha in measured.alphas} == {None}
    assert "n/a" in "".join(table(measured))


# files


def test_json_lines_travel_between_desks_and_add_nothing_twice(tmp_path: Path, store: SqliteStore) -> None:
    ids = list(read_items(store.findings()))
    log = [said(ids[0], "agree", note="=vu « à la radio »"), said(ids[0], "undo", minute=1)]
    log.append(replace(said(ids[1], "diverge", minute=2), adjudicates=True))
    store.record(*(replace(decision, model="judge@1", settings="0123") for decision in log))
    sent = tmp_path / "sent.jsonl"
    sent.write_text(export(store, "jsonl"), encoding="utf-8")
    desk(tmp_path / "other.db")
    with open_store(tmp_path / "other.db") as other:
        assert import_file(sent, other) == Imported(3, 0, 0)
        assert import_file(sent, other) == Imported(0, 3, 0)
        assert other.decisions() == store.decisions()


def test_a_spreadsheet_comes_back_filled_in(tmp_path: Path, store: SqliteStore, ids: list[str]) -> None:
    store.record(said(ids[0], "agree", note="=1+1"))
    rows = list(csv.DictReader(io.StringIO(export(store, "csv").removeprefix("\ufeff"))))
    assert list(rows[0]) == list(CSV_COLUMNS)
    assert len(rows) == len(ids)
    assert (rows[0]["verdict"], rows[0]["note"]) == ("agree", "'=1+1")
    rows[1].update(verdict="Contradiction", reviewer="bob", note="relu")
    rows[2].update(verdict="4", reviewer="bob")
    back = tmp_path / "back.csv"
    with back.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, CSV_COLUMNS, delimiter=";")  # as a French spreadsheet saves it
        writer.writeheader()
        writer.writerows(rows)
    assert import_file(back, store) == Imported(2, 1, 0)
    assert import_file(back, store) == Imported(0, 3, 0)
    standing = reviews(store.decisions())
    assert standing[ids[1]].settled is Relation.CONTRADICT
    assert standing[ids[2]].settled is Relation.UNRELATED
    assert store.decisions()[1].model == some_items()[1].model


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ({"verdict": "agree"}, "no finding and verdict"),
        ({"finding": "x", "verdict": "maybe", "reviewer": "a"}, "verdict 'maybe'; write one of agree, diverge"),
        ({"finding": "x", "verdict": "agree"}, "no reviewer; name one with --reviewer"),
        ({"finding": "x", "verdict": "agree", "reviewer": "a", "at": "hier"}, "at 'hier' is no time"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_added(
    tmp_path: Path, store: SqliteStore, ids: list[str], line: dict[str, str], parts: str
) -> None:
    file = tmp_path / "d.jsonl"
    good = {"finding": ids[0], "verdict": "agree", "reviewer": "anna"}
    file.write_text(f"{json.dumps(good)}\n{json.dumps(line)}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"d\.jsonl:2: ") as raised:
        import_file(file, store)
    assert parts in str(raised.value)
    assert store.decisions() == ()


def test_decisions_about_unknown_findings_are_counted(tmp_path: Path, store: SqliteStore, ids: list[str]) -> None:
    file = tmp_path / "d.jsonl"
    lines = [{"finding": finding, "verdict": "agree", "at": NOON.isoformat()} for finding in (ids[0], "0" * 16)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    imported = import_file(file, store, reviewer="anna")
    assert imported == Imported(1, 0, 1)
    assert "--corpus" in summary(imported)
    assert "--add" in summary(imported)


def test_the_list_shows_what_holds_and_who_said_what(store: SqliteStore, ids: list[str]) -> None:
    store.record(said(ids[0], "agree"), said(ids[0], "diverge", "bob", 1, "chiffres"), said(ids[1], "unrelated"))
    shown = "".join(listing(read_items(store.findings()), reviews(store.decisions())))
    assert f"{ids[0]}  in conflict" in shown
    assert "bob: diverge  chiffres" in shown
    assert f"{ids[1]}  unrelated" in shown


def test_an_unknown_format_is_a_usage_error(store: SqliteStore) -> None:
    with pytest.raises(UsageError, match="--format xml: give one of jsonl, csv"):
        export(store, "xml")
