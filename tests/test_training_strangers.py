"""Which pairs of one article are taken for unrelated, and which for agreement."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from claimcheck.training.strangers import article_pairs, repeats, strangers
from claimcheck.types import Relation, Statement

BODY = (
    "Le préfet de la Marne a visité mardi la digue de Sermaize avec deux ingénieurs.",
    "Selon la mairie, quarante familles ont passé la nuit au gymnase Pasteur.",
    "La digue de Sermaize, construite en 1954, appartient à un syndicat de communes.",
    "Une cellule de soutien ouvrira jeudi dans les locaux de la Croix-Rouge.",
)
LEAD = "Quarante familles ont passé la nuit au gymnase. Un procès aura lieu un jour ou l'autre devant le tribunal."


def statements(*texts: str) -> list[Statement]:
    return [Statement(text) for text in texts]


def test_two_sentences_on_the_same_thing_further_apart_are_strangers() -> None:
    found = strangers(statements(*BODY))
    assert [(a.text, b.text) for a, b in found] == [(BODY[0], BODY[2])]


def test_neighbours_copies_and_short_sentences_are_no_strangers() -> None:
    assert not strangers(statements(BODY[0], BODY[2]))
    assert not strangers(statements(BODY[0], BODY[3], BODY[0].replace("mardi", "lundi")))
    assert not strangers(statements("La digue de Sermaize cède.", BODY[3], BODY[2]))


def test_a_heading_agrees_with_the_sentence_that_holds_its_words_but_not_with_its_copy() -> None:
    (lead,) = statements(LEAD.split(". ")[0] + ".")
    assert repeats([lead], statements(*BODY)) == [(lead, Statement(BODY[1]))]
    assert not repeats([lead], [lead])
    assert not repeats(statements(LEAD.split(". ")[1]), statements(*BODY))
    assert not repeats([lead], [])


def test_articles_give_the_same_pairs_for_the_same_seed_each_with_its_context(tmp_path: Path) -> None:
    folder = tmp_path / "text"
    folder.mkdir()
    row = {"title": "Digue", "heading": LEAD, "article": " ".join(BODY)}
    with lzma.open(folder / "orangesum.jsonl.xz", "wt", encoding="utf-8") as out:
        out.write(json.dumps(row) + "\n" + json.dumps({**row, "heading": "Rien."}) + "\n")
    found = article_pairs(tmp_path, 5, seed=1)
    assert found == article_pairs(tmp_path, 5, seed=1)
    assert sorted(pair.relation for pair in found) == [Relation.AGREE, Relation.UNRELATED, Relation.UNRELATED]
    assert len({pair.group for pair in found}) == 2
    unrelated = next(pair for pair in found if pair.relation is Relation.UNRELATED)
    assert (unrelated.a.context, unrelated.b.context) == ("", BODY[1])
    assert len(article_pairs(tmp_path, 1, seed=1)) < len(found)
    held = article_pairs(tmp_path, 5, seed=1, without={0})
    assert [pair.relation for pair in held] == [Relation.UNRELATED], "the second article alone is left"
