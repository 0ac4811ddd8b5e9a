"""Date expressions as intervals of days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from durations import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.text.dates import moments

THURSDAY = date(2025, 2, 13)


def read(text: str, language: str = "fr", published: date | None = THURSDAY) -> list[tuple[str, str, str, str]]:
    return [
        (text[one.span.start : one.span.end], str(one.first), str(one.last), one.kind)
        for one in moments(text, language, published)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last", "kind"),
    [
        ("Il a parlé mardi 11 février.", "2025-02-11", "2025-02-11", "day"),
        ("Il a parlé le 12 février.", "2025-02-12", "2025-02-12", "day"),
        ("Le 14 février, elle partait.", "2025-02-14", "2025-02-14", "day"),
        ("Le 30 décembre, il neigeait.", "2024-12-30", "2024-12-30", "day"),
        ("Il l'a signé le 12 févr. 2024.", "2024-02-12", "2024-02-12", "day"),
        ("Il l'a signé le 1er mars 2024.", "2024-03-01", "2024-03-01", "day"),
        ("Reçu le 12.02.2025 par fax.", "2025-02-12", "2025-02-12", "day"),
        ("Reçu le 2025-02-12 par fax.", "2025-02-12", "2025-02-12", "day"),
        ("Du 3 au 5 mars 2024, il pleuvait.", "2024-03-03", "2024-03-05", "day"),
        ("Il est parti hier.", "2025-02-12", "2025-02-12", "day"),
        ("Il est venu mercredi.", "2025-02-12", "2025-02-12", "day"),
        ("Il est venu jeudi.", "2025-02-13", "2025-02-13", "day"),
        ("Il est venu jeudi dernier.", "2025-02-06", "2025-02-06", "day"),
        ("Le vote aura lieu samedi.", "2025-02-15", "2025-02-15", "day"),
        ("Rendez-vous mercredi prochain.", "2025-02-19", "2025-02-19", "day"),
        ("La trêve commence samedi à 6 heures.", "2025-02-08", "2025-02-08", "instant"),
        ("Le canot a coulé dans la nuit de lundi à mardi.", "2025-02-10", "2025-02-11", "day"),
        ("Il a écrit la semaine dernière.", "2025-02-03", "2025-02-09", "week"),
        ("Il a écrit le mois dernier.", "2025-01-01", "2025-01-31", "month"),
        ("Il est parti il y a trois jours.", "2025-02-10", "2025-02-10", "day"),
        ("Il est parti il y a deux ans.", "2023-01-01", "2023-12-31", "year"),
        ("Il a écrit en novembre 2024.", "2024-11-01", "2024-11-30", "month"),
        ("Il a écrit en novembre.", "2024-11-01", "2024-11-30", "month"),
        ("Il gouverne depuis 2014.", "2014-01-01", "2014-12-31", "year"),
        ("Les frontières de 2014 comptent.", "2014-01-01", "2014-12-31", "year"),
        ("Les frontières d'avant 2014 comptent.", "2014-01-01", "2014-12-31", "year"),
        ("Il est arrivé fin octobre.", "2024-10-19", "2024-10-31", "fuzzy"),
        ("Il est venu début mars 2024.", "2024-03-01", "2024-03-13", "fuzzy"),
        ("Les installés des années 1960 partent.", "1960-01-01", "1969-12-31", "year"),
    ],
)
def test_french_dates_are_resolved_to_days(text: str, first: str, last: str, kind: str) -> None:
    ((_, *found),) = read(text)
    assert found == [first, last, kind]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("He spoke on Wednesday.", "2025-02-12", "2025-02-12"),
        ("He spoke last Monday.", "2025-02-10", "2025-02-10"),
        ("The vote will be held on Saturday.", "2025-02-15", "2025-02-15"),
        ("He spoke three days ago.", "2025-02-10", "2025-02-10"),
        ("He spoke on Feb. 12 at 8 p.m.", "2025-02-12", "2025-02-12"),
        ("He spoke on February 12, 2024.", "2024-02-12", "2024-02-12"),
        ("He spoke on 12 February 2024.", "2024-02-12", "2024-02-12"),
        ("It ends next week.", "2025-02-17", "2025-02-23"),
        ("It began in November 2024.", "2024-11-01", "2024-11-30"),
        ("Held since early February, they wait.", "2025-02-01", "2025-02-11"),
        ("It was signed on 02/12/2025.", "2025-02-12", "2025-02-12"),
    ],
)
def test_english_dates_are_resolved_to_days(text: str, first: str, last: str) -> None:
    ((_, *found, _kind),) = read(text, "en")
    assert found == [first, last]


@pytest.mark.parametrize(
    "text",
    [
        "Il a tenu 24 heures, six mois et 90 minutes.",
        "Sa campagne a du mal.",
        "Il a vendu 2000 tonnes et 2 000 maillots.",
        "Le 31 février n'existe pas, ni 40/13/2025.",
    ],
)
def test_durations_counts_and_impossible_days_are_no_dates(text: str) -> None:
    assert not [one for one in moments(text, "fr", THURSDAY) if one.first is not None]


@pytest.mark.parametrize(
    "text", ["Il est parti hier.", "Il est venu mercredi.", "Il part le 12 février.", "Le lendemain, il pleut."]
)
def test_without_a_publication_date_relative_dates_stay_unresolved(text: str) -> None:
    (found,) = moments(text, "fr", None)
    assert (found.first, found.last) == (None, None)


def test_the_spans_hold_the_whole_expression() -> None:
    assert [one[0] for one in read("Mardi 11 février à 20 h 30, puis en 2022.")] == [
        "Mardi 11 février à 20 h 30",
        "en 2022",
    ]


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(["fr", "en"]))
def test_a_full_date_is_read_back_whatever_the_publication_date(day: date, language: str) -> None:
    months = {
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "en": "January February March April May June July August September October November December",
    }
    written = f"{day.day} {months[language].split()[day.month - 1]} {day.year}"
    (found,) = moments(f"x {written}.", language, THURSDAY)
    assert (found.first, found.last) == (day, day)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 10), date(2080, 1, 1)), st.integers(-150, 150))
def test_a_date_without_year_is_the_nearest_one(published: date, distance: int) -> None:
    day = date.fromordinal(published.toordinal() + distance)
    if (day.month, day.day) == (2, 29):
        return
    months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    (found,) = moments(f"({day.day} {months[day.month - 1]})", "fr", published)
    assert found.first == day


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789 ./-hàdu le mai lundi fin en il y a an 2025", max_size=60),
    st.sampled_from(["fr", "en"]),
    st.dates(),
)
def test_any_text_gives_ordered_moments_inside_it(text: str, language: str, published: date) -> None:
    found = moments(text, language, published)
    assert all(one.first is None or one.last is None or one.first <= one.last for one in found)
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))


@pytest.mark.parametrize("piece", ["9", "1.", "12 ", "lundi ", "le 3 au ", "de ", "en début de ", " ", "dans "])
def test_long_texts_are_read_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: moments(text, "fr", THURSDAY), piece * (20_000 // len(piece)))
