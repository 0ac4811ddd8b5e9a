"""Dates of a sentence as the intervals of days they allow. Durations are no dates; lone clock times have no day."""

from __future__ import annotations

import re
from datetime import date

from claimcheck.text import calendar_days as days
from claimcheck.text.calendar_words import MONTHS, PATTERNS, WEEKDAYS, Shape
from claimcheck.text.shadow import shadow
from claimcheck.text.tense import looks_ahead
from claimcheck.types import Moment, Span

_RELATIVE_DAYS = {
    "hier": -1,
    "avant-hier": -2,
    "aujourd'hui": 0,
    "demain": 1,
    "après-demain": 2,
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
}
_NUMBERS = {
    word: value
    for value, pair in enumerate(
        [
            "un une a one",
            "deux two",
            "trois three",
            "quatre four",
            "cinq five",
            "six",
            "sept seven",
            "huit eight",
            "neuf nine",
            "dix ten",
            "onze eleven",
            "douze twelve",
        ],
        start=1,
    )
    for word in pair.split()
} | {"quinze": 15, "fifteen": 15, "vingt": 20, "twenty": 20, "trente": 30, "thirty": 30}


Interval = tuple[date, date] | None
Fields = dict[str, str]


def moments(text: str, language: str, published: date | None) -> tuple[Moment, ...]:
    """The date expressions of a sentence, in order, without overlap; offsets point into ``text``.

    Relative expressions and dates without a year are resolved against ``published`` and stay ``None`` without it.
    "avant 2014" and "depuis 2014" give the interval of 2014: the preposition is the reader's to weigh.
    """
    plain = shadow(text)
    found: list[Moment] = []
    taken = bytearray(len(plain))
    for shape in PATTERNS:
        if shape.language not in ("", "en" if language == "en" else "fr"):
            continue
        for match in shape.pattern.finditer(plain):
            if any(taken[match.start() : match.end()]):
                continue
            moment = _moment(plain, shape, match, language, published)
            if moment is not None:
                found.append(moment)
                taken[match.start() : match.end()] = b"\1" * len(match.group())
    return tuple(sorted(found, key=lambda one: one.span))


def _moment(plain: str, shape: Shape, match: re.Match[str], language: str, published: date | None) -> Moment | None:
    fields = {name: value.casefold() for name, value in match.groupdict().items() if value}
    ahead = _looks_ahead(plain, match, fields)
    try:
        interval = _READERS[shape.reader](fields, language, published, ahead)
    except (ValueError, OverflowError):  # the 31st of February, a year before the calendar
        return None
    first, last = interval or (None, None)
    return Moment(Span(match.start(), match.end()), first, last, _kind(shape, fields))


_SINCE = ("depuis", "since")
_UNTIL = ("d'ici", "jusqu", "by ", "until", "à partir")


def _looks_ahead(plain: str, match: re.Match[str], fields: Fields) -> bool:
    """Whether the date is to come: its own words say so, or the nearest verb."""
    if fields.get("past") or match.group().casefold().startswith(_SINCE):
        return False
    if fields.get("next") or match.group().casefold().startswith(_UNTIL):
        return True
    return looks_ahead(plain, match.start(), match.end())


def _kind(shape: Shape, fields: Fields) -> str:
    if fields.get("clock"):
        return "instant"
    if fields.get("edge") or fields.get("season"):
        return "fuzzy"
    return _unit(fields["unit"]) if fields.get("unit") else shape.kind


def _day(fields: Fields, _language: str, published: date | None, ahead: bool) -> Interval:
    """A day of a month, "du 3 au 5 mars" included."""
    month = _month_number(fields["month"])
    year = _year(fields)
    last_day = int(fields.get("last_day", fields["day"]))
    if year is None:
        if published is None:
            date(2000, month, last_day)  # a day that exists, or no moment at all
            return None
        year = days.nearest_year(published, month, last_day, ahead)
    first_month = _month_number(fields.get("first_month", fields["month"]))
    first_year = year - 1 if first_month > month else year
    return date(first_year, first_month, int(fields["day"])), date(year, month, last_day)


def _numeric(fields: Fields, language: str, _published: date | None, _ahead: bool) -> Interval:
    """12.02.2025, 12/02/2025 (month first in English where it can be), 2025-02-12."""
    one, two, year = int(fields["one"]), int(fields["two"]), int(fields["year"])
    month_first = language == "en" and fields.get("slash") == "/" and one <= 12
    day = date(year, one, two) if month_first else date(year, two, one)
    return day, day


def _month(fields: Fields, _language: str, published: date | None, ahead: bool) -> Interval:
    """A month, or its edge: "novembre 2024", "fin octobre", "mid-May"."""
    month, year = _month_number(fields["month"]), _year(fields)
    if year is None:
        if published is None:
            return None
        year = days.nearest_year(published, month, 15, ahead, bool(fields.get("past")))
    return days.edge_of(*days.month_of(year, month), fields.get("edge", ""))


def _bare_year(fields: Fields, _language: str, _published: date | None, _ahead: bool) -> Interval:
    year = int(fields["year"])
    if fields.get("decade"):
        return date(year, 1, 1), date(year + 9, 12, 31)
    return days.edge_of(date(year, 1, 1), date(year, 12, 31), fields.get("edge", ""))


def _season(fields: Fields, _language: str, published: date | None, ahead: bool) -> Interval:
    """A season, "l'été 2024", "à l'automne": three months and the one after; winter begins in its year."""
    start = {"printemps": 3, "spring": 3, "été": 6, "summer": 6, "automne": 9, "autumn": 9}.get(fields["season"], 12)
    year = _year(fields)
    if year is None:
        if published is None:
            return None
        year = days.nearest_year(published, start, 15, ahead, bool(fields.get("past")))
    end_year, end = (year, start + 3) if start < 12 else (year + 1, 3)
    return date(year, start, 1), days.month_of(end_year, end)[1]


def _weekday(fields: Fields, _language: str, published: date | None, ahead: bool) -> Interval:
    """A weekday: the nearest one before ``published`` unless the sentence looks ahead; a night covers two days."""
    if published is None:
        return None
    wanted = WEEKDAYS[fields["weekday"]]
    if fields.get("day"):
        day = days.weekday_with_day(published, wanted, int(fields["day"]))
        return (day, day) if day else None
    if fields.get("past"):
        day = days.weekday_before(published, wanted, strictly=True)
    elif fields.get("next"):
        day = days.weekday_after(published, wanted, strictly=True)
    elif ahead:
        day = days.weekday_after(published, wanted, strictly=False)
    else:
        day = days.weekday_before(published, wanted, strictly=False)
    if fields.get("other"):
        return day, days.weekday_after(day, WEEKDAYS[fields["other"]], strictly=True)
    return day, day


def _relative_day(fields: Fields, _language: str, published: date | None, _ahead: bool) -> Interval:
    if published is None or fields["relative"] not in _RELATIVE_DAYS:
        return (published, published) if published and fields.get("this") else None
    day = days.shifted(published, _RELATIVE_DAYS[fields["relative"]])
    return day, day


def _relative_period(fields: Fields, _language: str, published: date | None, _ahead: bool) -> Interval:
    """A calendar period: "la semaine dernière", "next month", "cette année", "en début de semaine"."""
    if published is None:
        return None
    step = -1 if fields.get("past") else 1 if fields.get("next") else 0
    return days.edge_of(*days.period_of(published, _unit(fields["unit"]), step), fields.get("edge", ""))


def _distance(fields: Fields, _language: str, published: date | None, _ahead: bool) -> Interval:
    """A day counted from the publication: "il y a trois jours", "two weeks ago", "dans dix jours"."""
    count = _NUMBERS.get(fields["count"]) or (int(fields["count"]) if fields["count"].isdigit() else 0)
    if published is None or not count:
        return None
    return days.at_distance(published, _unit(fields["unit"]), count if fields.get("next") else -count)


def _nothing(_fields: Fields, _language: str, _published: date | None, _ahead: bool) -> Interval:
    """A clock time, or a day named after another one ("la veille"): no day of its own."""
    return None


_READERS = {
    "day": _day,
    "numeric": _numeric,
    "month": _month,
    "year": _bare_year,
    "season": _season,
    "weekday": _weekday,
    "relative day": _relative_day,
    "relative period": _relative_period,
    "distance": _distance,
    "nothing": _nothing,
}


def _year(fields: Fields) -> int | None:
    return int(fields["year"]) if fields.get("year") else None


def _month_number(word: str) -> int:
    return MONTHS[word.rstrip(".")]


def _unit(word: str) -> str:
    """day, week, month or year, for the French and English words."""
    stems = {"jour": "day", "day": "day", "sema": "week", "week": "week", "mois": "month", "mont": "month"}
    return stems.get(word[:4].rstrip("s") if word.startswith("day") else word[:4], "year")
