"""What must not, or must, change in the findings when the input changes in a known way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from fakes import relator
from newsroom import CLOSED, NORD, STORY, SUD, WILL_CONFIRM, WILL_NOT_CONFIRM, lay_down

from claimcheck.pipeline import compare
from claimcheck.types import Comparison, Relation

ADS = """Lire aussi : Notre dossier sur les ponts de la région
Abonnez-vous à notre newsletter pour ne rien manquer.
Photo : AFP
"""


def run(folder: Path, texts: Mapping[str, str], outlets: Mapping[str, str] | None = None) -> Comparison:
    return compare([lay_down(folder, texts, outlets)], relator=relator())


def relations(comparison: Comparison) -> list[tuple[Relation, frozenset[str]]]:
    texts = [sentence.text for sentence in comparison.sentences]
    return sorted(
        (
            (finding.relation, frozenset((texts[item.pair.left], texts[item.pair.right])))
            for finding in comparison.findings
            for item in finding.judgements
        ),
        key=lambda item: (item[0], sorted(item[1])),
    )


def test_the_same_sentence_in_two_outlets_agrees(tmp_path: Path) -> None:
    found = run(tmp_path, {"nord": f"Titre du nord\n{CLOSED}\n", "sud": f"Titre du sud\n{CLOSED}\n"})
    assert (Relation.AGREE, frozenset((CLOSED,))) in relations(found)


def test_an_inserted_negation_turns_agreement_into_contradiction(tmp_path: Path) -> None:
    before = run(tmp_path / "before", {"nord": NORD, "sud": SUD.replace(WILL_NOT_CONFIRM, WILL_CONFIRM)})
    after = run(tmp_path / "after", {"nord": NORD, "sud": SUD})
    assert (Relation.AGREE, frozenset((WILL_CONFIRM,))) in relations(before)
    assert (Relation.CONTRADICT, frozenset((WILL_CONFIRM, WILL_NOT_CONFIRM))) in relations(after)


def test_added_advertisements_change_no_finding(tmp_path: Path) -> None:
    plain = run(tmp_path / "plain", STORY)
    padded = run(tmp_path / "padded", {name: text + ADS for name, text in STORY.items()})
    assert len(padded.dropped) >= len(plain.dropped) + 3 * len(STORY)
    assert [(f.id, f.relation, f.rank) for f in padded.findings] == [(f.id, f.relation, f.rank) for f in plain.findings]


def test_renaming_an_outlet_changes_no_relation(tmp_path: Path) -> None:
    plain = run(tmp_path / "plain", STORY)
    renamed = run(tmp_path / "renamed", STORY, {"nord": "Zéphyr", "sud": "Aurore"})
    assert relations(renamed) == relations(plain)
    assert {article.outlet for article in renamed.articles} == {"Zéphyr", "Aurore", "Est"}


def test_an_unrelated_article_changes_no_relation(tmp_path: Path) -> None:
    without = run(tmp_path / "without", {"nord": NORD, "sud": SUD})
    assert relations(run(tmp_path / "with", STORY)) == relations(without)


@pytest.mark.parametrize("typed", ["Paul Rémy".replace("é", "e\u0301"), "Paul Rémy"])
def test_composed_and_decomposed_accents_are_the_same_text(tmp_path: Path, typed: str) -> None:
    texts = {name: text.replace("Paul Remy", typed) for name, text in STORY.items()}
    found = run(tmp_path, texts)
    assert len([f for f in found.findings if f.relation is Relation.CONTRADICT]) == 1
    assert all("e\u0301" not in sentence.text for sentence in found.sentences)
