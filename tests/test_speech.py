"""Speakers and quotes."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from durations import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.text.lexicon import fold
from claimcheck.text.names import names
from claimcheck.text.sentences import spans
from claimcheck.text.speech import Attribution, attribute

STORIES = Path(__file__).resolve().parents[1] / "data" / "stories"
SEEDS_FLOOR = 0.87
STORIES_FLOOR = 0.58


def read(texts: Sequence[str], language: str = "fr", starts: Sequence[bool] | None = None) -> tuple[Attribution, ...]:
    openings = starts or [True, *[False] * (len(texts) - 1)]
    return attribute(texts, names(texts, language), language, openings[: len(texts)])


def speakers(*texts: str, language: str = "fr") -> list[str | None]:
    return [one.speaker for one in read(texts, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Le pont tiendra », a déclaré Anne Roux devant la presse.", "Anne Roux"),
        ("Anne Roux a déclaré mardi que le pont tiendrait.", "Anne Roux"),
        ("Selon Anne Roux, le pont tiendra.", "Anne Roux"),
        ("Le pont tiendra, d’après la préfecture.", "la préfecture"),
        ("Pour le général Paul Hardy, expert en défense, c'est une rupture.", "Paul Hardy"),
        ("Le maire de la ville, Paul Hardy, a indiqué que le pont tiendrait.", "Paul Hardy"),
        ("Paul Hardy, porte-parole du Palais, a déclaré ne rien savoir.", "Paul Hardy"),
        (
            "Le pont a cédé, a annoncé mercredi soir la présidente du port, Anne Roux, à l'issue de la visite.",
            "Anne Roux",
        ),
        ("« C'est faux », s'étrangle un ouvrier.", "un ouvrier"),
        ("Le pont a cédé, ont annoncé mardi les autorités portuaires.", "les autorités portuaires"),
        ("Hier, la CGT dénonçait une fermeture brutale.", "CGT"),
        ("“Le pont tiendra”, analyse Paul Hardy, spécialiste des ponts.", "Paul Hardy"),
        ("M. Hardy a, quant à lui, déclaré que le pont tiendrait.", "Hardy"),
        ("À la mairie, on assure que le pont tiendra.", "la mairie"),
        ("Le pont a été construit en 1990 par la ville.", None),
        ("L'annonce de la fermeture a surpris tout le monde.", None),
    ],
)
def test_french_sentences_name_their_speaker(text: str, expected: str | None) -> None:
    assert speakers(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The bridge will hold,” said Ann Rowe, the mayor.", "Ann Rowe"),
        ("Ann Rowe told reporters that the bridge would hold.", "Ann Rowe"),
        ("According to Ann Rowe, the bridge will hold.", "Ann Rowe"),
        ("The harbour minister, Ann Rowe, said the bridge would hold.", "Ann Rowe"),
        ("The ministry denied that the bridge had failed.", "The ministry"),
        ("The bridge was built in 1990.", None),
    ],
)
def test_english_sentences_name_their_speaker(text: str, expected: str | None) -> None:
    assert speakers(text, language="en") == [expected]


def test_pronouns_and_surnames_take_the_full_name() -> None:
    found = speakers(
        "Mme Anne Roux a déclaré mardi que le pont tiendrait.",
        "« Il est solide », a-t-elle ajouté.",
        "Elle a précisé que les travaux étaient finis.",
        "« Rien ne bouge », insiste Mme Roux.",
    )
    assert found == ["Anne Roux"] * 4


def test_an_office_stands_for_its_holder() -> None:
    found = speakers("La maire de Vorne, Anne Roux, a visité le port.", "« Le pont tiendra », a assuré la maire.")
    assert found[1] == "Anne Roux"


def test_a_floating_quote_keeps_the_speaker() -> None:
    found = speakers("« Le pont tiendra », a déclaré Anne Roux.", "« Il est solide. »", "Le port reste fermé.")
    assert found == ["Anne Roux", "Anne Roux", None]


def test_a_quote_over_several_sentences_has_the_speaker_named_at_its_end() -> None:
    texts = ["« Le pont est vieux.", "Il tiendra pourtant », analyse Paul Hardy."]
    found = read(texts)
    assert [one.speaker for one in found] == ["Paul Hardy", "Paul Hardy"]
    assert [[text[span.start : span.end] for span in one.quotes] for text, one in zip(texts, found, strict=True)] == [
        ["Le pont est vieux."],
        ["Il tiendra pourtant"],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il parle d'un « coup de pouce » et d'un “geste”.", ["coup de pouce", "geste"]),
        ("«Je pars», dit-il, «et vous?»", ["Je pars", "et vous?"]),
        ('He called it "a start", then left.', ["a start"]),
        ("« Il m'a dit « non » hier », raconte-t-il.", ["Il m'a dit « non » hier"]),
        ("Il n'y a rien ici.", []),
    ],
)
def test_quotes_are_spans_without_their_marks(text: str, expected: list[str]) -> None:
    (found,) = read([text])
    assert [text[span.start : span.end] for span in found.quotes] == expected


def test_an_opening_mark_that_is_never_closed_quotes_its_own_sentence_only() -> None:
    found = read(["« Le pont tiendra, dit la ville.", "Le port est fermé.", "Il pleut."])
    assert [len(one.quotes) for one in found] == [1, 0, 0]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def is_same(gold: str, found: str | None) -> bool:
    """Whether surname or head noun agree, accents and articles aside."""
    small = set(["le", "la", "les", "l", "de", "du", "des", "d", "un", "une", "the", "a", "an", "of", "et", "and"])
    left, right = ([word for word in re.findall(r"\w+", fold(one)) if word not in small] for one in (gold, found or ""))
    return bool(left and right) and (left[-1] == right[-1] or left[0] == right[0] or left[-1] in right)


def right_of(text: str, language: str, gold: Iterable[tuple[str, list[str]]]) -> tuple[int, int]:
    """How many gold speakers of an article are found, of how many."""
    cut = spans(text)
    texts = [text[start:end] for start, end in cut]
    found = attribute(
        texts, names(texts, language), language, [start == 0 or text[start - 1] == "\n" for start, _ in cut]
    )
    bare = [plain(one) for one in texts]
    right = total = 0
    for sentence, wanted in gold:
        target = plain(sentence)
        overlapping = [row for row, one in enumerate(bare) if one == target or one in target or target in one]
        row = max(overlapping, key=lambda row: (bare[row] == target, len(bare[row])))
        total += 1
        right += any(is_same(one, found[row].speaker) for one in wanted)
    return right, total


@pytest.mark.shared
def test_speakers_of_real_articles_stay_above_the_floor(shared: Path) -> None:
    gold: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for line in (shared / "gold" / "seeds_speakers.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        gold[entry["article"]].append((entry["text"], entry["speakers"]))
    scores = [
        right_of((shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8"), "fr", ours)
        for name, ours in gold.items()
    ]
    right, total = (sum(column) for column in zip(*scores, strict=True))
    assert total == 87
    assert right / total >= SEEDS_FLOOR, f"{right} of {total}"


def test_speakers_of_the_stories_stay_above_the_floor() -> None:
    right = total = 0
    for table in sorted(STORIES.glob("*/articles.csv")):
        gold: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        for line in (table.parent / "speakers.jsonl").read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            gold[entry["file"]].append((entry["text"], [entry["speaker"]]))
        with table.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                text = (table.parent / row["file"]).read_text(encoding="utf-8")
                some, all_of_them = right_of(text, row["language"], gold[row["file"]])
                right, total = right + some, total + all_of_them
    assert right / total >= STORIES_FLOOR, f"{right} of {total}"


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="«»\"“” aAdit,.:’'-éLe il que", max_size=50), max_size=6), st.sampled_from(["fr", "en"])
)
def test_any_text_gives_ordered_quotes_inside_it(texts: list[str], language: str) -> None:
    for text, one in zip(texts, read(texts, language), strict=True):
        assert all(0 <= span.start < span.end <= len(text) for span in one.quotes)
        assert all(first.end <= second.start for first, second in pairwise(one.quotes))


@pytest.mark.parametrize(
    "piece",
    ["«", '"', "« a » ", "a dit ", "selon ", "a déclaré que ", ", a dit Ab", "9", "le maire ", "dont ", "le 9 "],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_long_texts_are_read_in_linear_time(piece: str, language: str) -> None:
    text = piece * (20_000 // len(piece)) if piece == "9" else piece * (2_000 // len(piece))
    assert_linear(lambda text: attribute([text], names([text], language), language, [True]), text)
