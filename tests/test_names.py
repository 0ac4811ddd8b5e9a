"""Proper names and their keys."""

from __future__ import annotations

import pytest
from durations import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.text.names import names


def keys(*texts: str, language: str = "fr") -> list[list[str]]:
    return [[name.key for name in row] for row in names(texts, language)]


def written(text: str, language: str = "fr") -> list[str]:
    return [text[name.span.start : name.span.end] for name in names([text], language)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selon Roger Housen, le plan est prêt.", ["Roger Housen"]),
        ("Le ministre a vu M. Duval et Mme Anne-Lise Courtade.", ["Duval", "Anne-Lise Courtade"]),
        ("Hier, l'Ukraine a parlé à Ursula von der Leyen.", ["Ukraine", "Ursula von der Leyen"]),
        ("Il cite Dominique de Villepin et le Quai d'Orsay.", ["Dominique de Villepin", "Quai d'Orsay"]),
        ("La Russie de Poutine et l’OTAN.", ["Russie", "Poutine", "OTAN"]),
        ("Pourtant, un film de Jean Le Goff sort mercredi.", ["Jean Le Goff"]),
        ("La porte-parole de la Maison-Blanche Karine Odd a parlé.", ["Maison-Blanche", "Karine Odd"]),
        ("À Merova, on attend.", ["Merova"]),
        ("Deux hommes sont venus. Rien de plus.", []),
        ("Interrogé mardi, le préfet se tait.", []),
    ],
)
def test_names_are_runs_of_capitals_without_titles_and_opening_words(text: str, expected: list[str]) -> None:
    assert written(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prime Minister Keir Dunn met Mr Hale on Wednesday.", ["Keir Dunn", "Hale"]),
        ("However, France's Laurent Maye left.", ["France", "Laurent Maye"]),
        ("The Russian army left in February.", []),
        ("I think the U.S. Senate will vote.", ["U.S. Senate"]),
    ],
)
def test_english_titles_months_and_nationalities_are_no_names(text: str, expected: list[str]) -> None:
    assert written(text, "en") == expected


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Vladimir Poutine", "Vladimir Putin"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("les États-Unis", "the United States"),
        ("les Etats-Unis", "the USA"),
        ("l'OTAN", "NATO"),
        ("Kiev", "Kyiv"),
        ("l'Union européenne", "the European Union"),
        ("la Maison-Blanche", "the White House"),
        ("l'Arabie saoudite", "Saudi Arabia"),
    ],
)
def test_both_languages_give_one_key(french: str, english: str) -> None:
    left = names([f"Il a visité {french} hier."], "fr")[0]
    right = names([f"He visited {english} again."], "en")[0]
    assert [name.key for name in left] == [name.key for name in right]
    assert len(left) == 1


def test_a_surname_joins_the_full_name_of_its_article() -> None:
    assert keys("Ici, Farid Ziani a parlé.", "Puis M. Ziani est parti.", "« Non », dit Ziani.") == [["farid ziani"]] * 3


def test_a_shared_surname_means_the_person_named_last() -> None:
    found = keys("Ici, Idriss Belka a joué.", "Son frère Sofiane Belka parle.", "Le club soutient Belka.")
    assert found[2] == ["sofiane belka"]


def test_spellings_meet_inside_an_article() -> None:
    assert keys("Hier, Vladimir Poutine a parlé.", "Ici, Putin est parti.") == [["vladimir poutine"]] * 2


def test_an_office_gets_the_key_of_its_holder() -> None:
    first, second = names(["La porte-parole du parquet, Anne Roux, a parlé.", "Puis la porte-parole est partie."], "fr")
    assert [name.key for name in first] == ["anne roux"]
    assert [name.key for name in second] == ["anne roux"]
    assert second[0].span.end - second[0].span.start == len("porte-parole")


def test_a_line_in_capitals_tells_no_names() -> None:
    assert written("LE PRÉSIDENT DE LA RÉGION DÉMISSIONNE") == []


@settings(deadline=None)
@given(st.lists(st.text(alphabet="AbcÉé dDuMm.'’ -«»L", max_size=60), max_size=5), st.sampled_from(["fr", "en"]))
def test_any_text_gives_ordered_names_inside_it(texts: list[str], language: str) -> None:
    for text, row in zip(texts, names(texts, language), strict=True):
        assert [name.span for name in row] == sorted(name.span for name in row)
        assert all(0 <= name.span.start < name.span.end <= len(text) and name.key for name in row)


@pytest.mark.parametrize("piece", ["A", "A.", "Ab de ", "M. ", "« ", "d'", "Ab-", "9", "le ministre ", "É "])
def test_long_texts_are_read_in_linear_time(piece: str) -> None:
    text = piece * (20_000 // len(piece)) if piece == "9" else piece * (2_000 // len(piece))
    assert_linear(lambda text: names([text], "fr"), text)
