"""Quantities: numbers as intervals with unit and head."""

from __future__ import annotations

import pytest
from durations import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.text.bounds import UNBOUNDED
from claimcheck.text.quantities import quantities
from claimcheck.types import Quantity


def only(text: str, language: str = "fr") -> Quantity:
    found = quantities(text, language)
    assert len(found) == 1, [text[one.span.start : one.span.end] for one in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "head"),
    [
        ("Le budget atteint 3 500 euros.", 3500, 3500, "EUR", ""),
        ("Le budget atteint 3\u202f500 €.", 3500, 3500, "EUR", ""),
        ("Le plan coûte 1,2 M€.", 1.2e6, 1.2e6, "EUR", ""),
        ("Le plan coûte 3,5 Md€.", 3.5e9, 3.5e9, "EUR", ""),
        ("Il réclame 500 milliards de dollars.", 5e11, 5e11, "USD", ""),
        ("Environ 510.000 assurés sont touchés.", 459_000, 561_000, "person", "assurés"),
        ("Une dizaine de tracteurs bloquent la route.", 8, 12, "", "tracteurs"),
        ("Une centaine de partisans attendaient.", 80, 120, "person", "partisans"),
        ("Il évoque des centaines de milliards de dollars.", 2e11, 9.99e11, "USD", ""),
        ("Les échanges ont duré une heure et demie.", 90, 90, "minute", ""),
        ("Il a parlé trois quarts d'heure.", 45, 45, "minute", ""),
        (["Le vol a duré 1h30", "pendant 2h15, rien."][1], 135, 135, "minute", ""),
        ("Elle a attendu soixante-douze heures.", 4320, 4320, "minute", ""),
        ("Il reste deux ans et demi.", 30, 30, "month", ""),
        ("Le club perd près de 300 adhérents.", 270, 300, "person", "adhérents"),
        ("Il faudra jusqu'à 40 km de câble.", 0, 40, "km", ""),
        ("Entre 2 et 3 millions d'euros manquent.", 2e6, 3e6, "EUR", ""),
        ("La hausse serait de 10 à 20 %.", 10, 20, "%", ""),
        ("La hausse serait de 5-10 %.", 5, 10, "%", ""),
        ("Les ventes reculent de 38 % des volumes.", 38, 38, "%", "volumes"),
        ("La moitié des salariés votent.", 50, 50, "%", "salariés"),
        ("Un million et demi de personnes défilent.", 1.5e6, 1.5e6, "person", "personnes"),
        ("Une personne au moins manque.", 1, UNBOUNDED, "person", "personnes"),
        ("Les 80 mètres sont interdits.", 0.08, 0.08, "km", ""),
        ("Yanis, 19 ans, travaille.", 228, 228, "month", "âge"),
    ],
)
def test_french_numbers_are_read_with_unit_and_head(text: str, low: float, high: float, unit: str, head: str) -> None:
    found = only(text)
    assert [found.low, found.high] == pytest.approx([low, high])
    assert (found.unit, found.head) == (unit, head)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "head"),
    [
        ("The $1.2 billion deal is signed.", 1.2e9, 1.2e9, "USD", ""),
        ("It cost €500m.", 5e8, 5e8, "EUR", ""),
        ("It creates 2,000 jobs.", 2000, 2000, "", "jobs"),
        ("It was a 90-minute call.", 90, 90, "minute", ""),
        ("It took two and a half hours.", 150, 150, "minute", ""),
        ("At least 58 people were injured.", 58, UNBOUNDED, "person", "blessés"),
        ("Dozens of tractors blocked the road.", 24, 119, "", "tractors"),
        ("The firm lost nearly 14% on paper.", 12.6, 14, "%", ""),
        ("Between 10 and 20 percent stayed away.", 10, 20, "%", ""),
        ("The trip is 10 miles long.", 16.09344, 16.09344, "km", ""),
        ("Twenty-five soldiers fled.", 25, 25, "person", "soldats"),
    ],
)
def test_english_numbers_are_read_with_unit_and_head(text: str, low: float, high: float, unit: str, head: str) -> None:
    found = only(text, "en")
    assert [found.low, found.high] == pytest.approx([low, high])
    assert (found.unit, found.head) == (unit, head)


@pytest.mark.parametrize(
    "text",
    [
        "Le 12 février 2025, à 20 h 30, le 47ᵉ président a parlé.",
        "En 2022, depuis 2014 et avant 1991.",
        "L'article 5 et le réacteur 3 sont cités.",
        "Ils ont gagné 2-1 hier.",
        "Appelez le 06 12 34 56 78 ou le +33 6 12 34 56 78.",
        "Le XXIe siècle et la 3e fois, le 1er mars.",
        "Le Covid-19 et le G7, la version 1.2.3.",
        "L'un des élus et une femme sont venus.",
        "Le couvre-feu court de 20 heures à 6 heures.",
        "59300Maison à vendre.",
    ],
)
def test_dates_labels_scores_and_articles_are_no_quantities(text: str) -> None:
    assert quantities(text, "fr") == ()


def test_more_than_an_hour_allows_ninety_minutes() -> None:
    open_end, exact = only("Ils ont parlé plus d'une heure."), only("L'appel a duré 90 minutes.")
    assert open_end.unit == exact.unit
    assert open_end.low <= exact.low <= open_end.high
    assert open_end.approximate
    assert not exact.approximate


def test_what_befell_the_people_is_the_head() -> None:
    dead, missing = quantities("Quatre personnes ont péri et onze autres étaient portées disparues.", "fr")
    assert (dead.head, missing.head) == ("morts", "disparus")
    assert only("Three people were killed.", "en").head == dead.head


def test_a_change_is_two_quantities_and_no_interval() -> None:
    first, second = quantities("Le taux est passé de 3 à 5 %.", "fr")
    assert (first.low, first.unit, second.low) == (3, "%", 5)


def test_spans_point_into_the_text() -> None:
    text = "Selon lui, plus de 35 % de la population et 12\u00a0000 soldats."
    assert [text[one.span.start : one.span.end] for one in quantities(text, "fr")] == [
        "plus de 35 % de la population",
        "12\u00a0000 soldats",
    ]


def grouped(value: int, decimals: str, separator: str, comma: str) -> str:
    whole = f"{value:,}".replace(",", separator)
    return whole + (comma + decimals if decimals else "")


@settings(deadline=None)
@given(
    st.integers(0, 10**12),
    st.sampled_from(["", "5", "25"]),
    st.sampled_from(
        [
            ("fr", " ", ","),
            ("fr", "\u00a0", ","),
            ("fr", "\u202f", ","),
            ("fr", ".", ","),
            ("fr", "’", "."),
            ("en", ",", "."),
        ]
    ),
)
def test_a_formatted_number_is_read_back(value: int, decimals: str, locale: tuple[str, str, str]) -> None:
    language, separator, comma = locale
    found = only(f"x : {grouped(value, decimals, separator, comma)} euros", language)
    assert found.low == found.high == pytest.approx(float(f"{value}.{decimals or 0}"))


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789 .,'-–%€hMkdàet plus de un cent mille\u00a0", max_size=80),
    st.sampled_from(["fr", "en", "xx"]),
)
def test_any_text_gives_ordered_intervals_inside_it(text: str, language: str) -> None:
    found = quantities(text, language)
    assert all(0 <= one.span.start < one.span.end <= len(text) and one.low <= one.high for one in found)
    assert [one.span for one in found] == sorted(one.span for one in found)


@pytest.mark.parametrize(
    "piece", ["9", "1 ", "1.", "deux ", "de 3 à ", "1h30 ", "une dizaine de ", "«", " M. ", "12 mai "]
)
def test_long_texts_are_read_in_linear_time(piece: str) -> None:
    text = piece * (20_000 // len(piece)) if piece == "9" else piece * (2_000 // len(piece))
    assert_linear(lambda text: quantities(text, "fr"), text)
