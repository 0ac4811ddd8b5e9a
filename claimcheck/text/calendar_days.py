"""Arithmetic of days, weeks, months and years. Weeks run from Monday to Sunday."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

_AHEAD_SLACK = 3  # days: "le 12 février" in a text of the 13th that looks ahead is still this year's
_FEBRUARY_29 = (2, 29)


def shifted(day: date, count: int) -> date:
    """The day ``count`` days later."""
    return day + timedelta(days=count)


def month_of(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def nearest_year(published: date, month: int, day: int, ahead: bool, behind: bool = False) -> int:
    """The year that brings the day nearest to ``published``; the next to come when ``ahead``, the last one gone by
    when ``behind``.
    """
    years = [published.year - 1, published.year, published.year + 1]
    if (month, day) == _FEBRUARY_29:
        years = [year for year in range(published.year - 4, published.year + 5) if calendar.isleap(year)]
    if behind:
        return max(year for year in years if date(year, month, day) <= published)
    if ahead:
        years = [year for year in years if (date(year, month, day) - published).days >= -_AHEAD_SLACK] or years
        return min(years)
    return min(years, key=lambda year: abs((date(year, month, day) - published).days))


def weekday_before(day: date, weekday: int, *, strictly: bool) -> date:
    """The last ``weekday`` (Monday 0) up to ``day``, itself excluded when ``strictly``."""
    back = (day.weekday() - weekday) % 7
    return shifted(day, -(back or (7 if strictly else 0)))


def weekday_after(day: date, weekday: int, *, strictly: bool) -> date:
    """The first ``weekday`` from ``day`` on, itself excluded when ``strictly``."""
    forth = (weekday - day.weekday()) % 7
    return shifted(day, forth or (7 if strictly else 0))


def weekday_with_day(published: date, weekday: int, number: int) -> date | None:
    """The day nearest to ``published`` that is this weekday and this day of its month ("mercredi 12")."""
    for distance in range(46):
        for day in (shifted(published, -distance), shifted(published, distance)):
            if day.day == number and day.weekday() == weekday:
                return day
    return None


def period_of(day: date, unit: str, step: int) -> tuple[date, date]:
    """The week, month or year of ``day``, or the one ``step`` later."""
    if unit == "week":
        monday = shifted(day, 7 * step - day.weekday())
        return monday, shifted(monday, 6)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + step
        return month_of(months // 12, months % 12 + 1)
    return date(day.year + step, 1, 1), date(day.year + step, 12, 31)


def at_distance(day: date, unit: str, count: int) -> tuple[date, date]:
    """What is meant by ``count`` units from ``day``: exact for days, with half a week of slack for weeks."""
    if unit == "day":
        there = shifted(day, count)
        return there, there
    if unit == "week":
        there = shifted(day, 7 * count)
        return shifted(there, -3), shifted(there, 3)
    return period_of(day, unit, count)


def edge_of(first: date, last: date, edge: str) -> tuple[date, date]:
    """The beginning, middle or end of an interval: its first, middle or last third and a little more."""
    length = (last - first).days
    third = max(1, length * 2 // 5)
    if edge in (
        "début",
        "début de",
        "debut",
        "early",
        "au début de",
        "au début du",
        "en début de",
        "start of",
        "beginning of",
    ):
        return first, shifted(first, third)
    if edge.startswith("mi"):
        return shifted(first, (length - third) // 2), shifted(last, -((length - third) // 2))
    if edge:
        return shifted(last, -third), last
    return first, last
