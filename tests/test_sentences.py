"""Sentence boundaries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from durations import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.text.sentences import spans

STORIES = Path(__file__).resolve().parents[1] / "data" / "stories"


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Selon M. Lacombe et MM. Petit et Roy, Mme. Duval et le Dr. Noir ont signé.",
        "Le décret de J.-P. Morin et de J.D. Vallon entre en vigueur.",
        "Photo de Y. Le Goff prise dimanche.",
        "Voir l'art. 5 et la p. 3 du rapport, cf. Duval, vol. 2.",
        "The U.S. Senate met Mr. Hale and Gen. Ruiz on Jan. 6 at 8 p.m. Eastern time.",
        "Il coûte 3.500 euros, soit 2.5 fois plus, depuis le 12 févr. 2024.",
        "« Qui paiera ? », a demandé Jeanne Roux.",
        "« C'est fini ! » lance-t-elle.",
        '"Who pays for it?" Mr Hale asked.',
        "“Who pays?” Hale asked on Monday.",
        "Toute aide […] sera retirée (...) selon le texte… dit-on.",
        "1. Le plan prévoit un retrait.",
        "La chaîne Canal+ diffuse yahoo.com et 20minutes.fr chaque soir.",
        "Le MV Aurora a coulé à 20 h 30.",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il part. Elle reste.", ["Il part.", "Elle reste."]),
        ("Il part… Elle reste !? Oui.", ["Il part…", "Elle reste !?", "Oui."]),
        ("« Je reste. » Outre la paix, il veut du temps.", ["« Je reste. »", "Outre la paix, il veut du temps."]),
        ("Il dit : «Pourquoi?» Outre cela, rien.", ["Il dit : «Pourquoi?»", "Outre cela, rien."]),
        ("Il dit : «Pourquoi?»Outre cela, rien.", ["Il dit : «Pourquoi?»", "Outre cela, rien."]),
        ("“Not now.” “When?” She left.", ["“Not now.”", "“When?”", "She left."]),
        ('Il répond. "Je pars." Elle reste.', ["Il répond.", '"Je pars."', "Elle reste."]),
        ('Elle crie : " Assez ! " Il part.', ['Elle crie : " Assez ! "', "Il part."]),
        ("« Un. Deux “trois.” » Quatre.", ["« Un.", "Deux “trois.” »", "Quatre."]),
        ("Il vit aux U.S. Le pays change.", ["Il vit aux U.S.", "Le pays change."]),
        ("C'est le plan B. Le conseil vote.", ["C'est le plan B.", "Le conseil vote."]),
        ("En 2024. En 2025, rien.", ["En 2024.", "En 2025, rien."]),
        ("Des prix, des dates, etc. Le reste suit.", ["Des prix, des dates, etc.", "Le reste suit."]),
        ("Il veut la paix.Le vote suit.« Oui », dit-il.", ["Il veut la paix.", "Le vote suit.", "« Oui », dit-il."]),
        ("Fin (voir plus loin).L'autre camp nie.", ["Fin (voir plus loin).", "L'autre camp nie."]),
        ("Un accord.[3] Puis rien.", ["Un accord.[3]", "Puis rien."]),
        ("— Non. — Si, dit-elle.", ["— Non.", "— Si, dit-elle."]),
        ("Un titre sans point\nUne phrase.", ["Un titre sans point", "Une phrase."]),
        ("À l'est. À l'ouest. École fermée.", ["À l'est.", "À l'ouest.", "École fermée."]),
    ],
)
def test_boundaries_are_found(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_no_break_spaces_change_nothing() -> None:
    text = "M. Petit nie. « Rien ne va ! » Il signe 3 000 lettres."
    narrow = text.replace("M. ", "M.\u00a0").replace("« ", "«\u202f").replace(" !", "\u202f!")
    assert spans(narrow) == spans(text)
    assert len(cut(text)) == 3


def test_a_period_after_a_closed_quote_stays_with_its_sentence() -> None:
    assert cut("Il a dit : «Ils ne voudront pas.» .") == ["Il a dit : «Ils ne voudront pas.» ."]


def check_lossless(text: str) -> None:
    found = spans(text)
    last = 0
    for start, end in found:
        assert last <= start < end <= len(text)
        assert not text[last:start].strip(_INVISIBLE)
        last = end
    assert not text[last:].strip(_INVISIBLE)


_INVISIBLE = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\u2060" + "".join(
    chr(code) for code in [*range(0x2000, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_TOKENS = (
    "M.", "Le", "la", "paix", "U.S.", "3", "2024", ".", "?", "!", "…", "«", "»", '"', "“", "”", "(", ")", " ",
    "\u202f", "\n", "J.", "A", "dit", "Petit", ",", "[3]", "—", "art.", "l’", ".»", "?»", "Il", "etc.",
)  # fmt: skip
_NEWS = st.lists(st.sampled_from(_TOKENS), max_size=60).map("".join)


@given(st.one_of(_NEWS, st.text(max_size=200)))
@settings(max_examples=400, deadline=None)
def test_sentences_are_ordered_and_lose_nothing_visible(text: str) -> None:
    check_lossless(text)


@given(_NEWS)
@settings(max_examples=200, deadline=None)
def test_a_text_without_stops_is_its_lines(text: str) -> None:
    bare = "".join(character for character in text if character not in ".!?…")
    assert cut(bare) == [line.strip(_INVISIBLE) for line in bare.split("\n") if line.strip(_INVISIBLE)]


@pytest.mark.skipif(not STORIES.is_dir(), reason="no stories")
def test_a_sentence_of_a_story_cut_again_stays_whole() -> None:
    for path in sorted(STORIES.glob("*/*.txt")):
        for sentence in cut(path.read_text(encoding="utf-8")):
            assert cut(sentence) == [sentence]


@pytest.mark.skipif(not STORIES.is_dir(), reason="no stories")
def test_the_labelled_sentences_of_the_stories_are_found() -> None:
    labelled = found = 0
    for path in sorted(STORIES.glob("*/speakers.jsonl")):
        cuts: dict[str, set[str]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["file"] not in cuts:
                cuts[row["file"]] = set(cut((path.parent / row["file"]).read_text(encoding="utf-8")))
            labelled += 1
            found += row["text"].strip() in cuts[row["file"]]
    assert found / labelled >= 0.97  # some labels join a question of the reporter with its answer


@pytest.mark.parametrize(
    "text",
    [
        "«" + " M. M." * 12_000,
        "« M. M. " * 9_000,
        ". " * 40_000,
        "." * 100_000,
        "1. " * 30_000,
        " " * 100_000,
        "mot " * 25_000,
        'a " x ! " ' * 10_000,
        "A\u202f. " * 25_000,
        '"a?" A ' * 12_000,
        "A." * 40_000,
    ],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    assert_linear(spans, text)
