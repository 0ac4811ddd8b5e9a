"""Publication dates as they are written in fields and date lines."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan",
            "fevrier fevr fev february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept september sep",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day),? {1,3}"
_MONTH = r"(?P<{}>[^\W\d_]{{3,9}})\.?"
_FORMS = (
    r"(?P<iso>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?Z|[+-]\d\d:?\d\d)?)?)",
    r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<y1>\d{4})",
    r"(?P<d2>\d{1,2})(?:er|st|nd|rd|th)? {1,3}" + _MONTH.format("m2") + r",? {1,3}(?P<y2>\d{4})",
    _MONTH.format("m3") + r" {1,3}(?P<d3>\d{1,2})(?:st|nd|rd|th)?, {0,3}(?P<y3>\d{4})",
)
_CLOCK = (
    r"(?:,? {0,3}(?:à|a|at|-|–|—|\|)? {0,3}(?P<hour>\d{1,2}) ?[h:](?: ?(?P<minute>\d\d))?(?!\d)"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?)?"
)
_DATE = re.compile(rf"(?:{_WEEKDAY})?(?:le {{1,3}})?(?:{_WEEKDAY})?(?:{'|'.join(_FORMS)})(?!\d){_CLOCK}", re.IGNORECASE)
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d\d", re.ASCII)
_CHARACTERS = 100


def parse_date(value: str) -> datetime | None:
    """Read the aware moment a field gives; a day without a time is its midnight, a time without a zone is UTC.

    Reads ISO 8601, RFC 2822, Unix seconds or milliseconds, and French and English dates, day before month.
    None when the value is nothing of these, or before 1990 or after 2100.
    """
    bare = " ".join(value.split())
    if not bare or len(bare) > _CHARACTERS:
        return None
    for read in (_iso, _unix, _written, _mail):
        found = read(bare)
        if found is not None:
            return _aware(found)
    return None


def leading_date(line: str, at: int = 0) -> tuple[datetime, int] | None:
    """Read the date that ``line`` holds at ``at``, and the offset behind it; None without one or if it is to come."""
    match = _DATE.match(line, at, at + _CHARACTERS)
    found = _matched(match) if match else None
    if match is None or found is None:
        return None
    moment = _aware(found)
    return None if moment is None or is_future(moment) else (moment, match.end())


def is_future(moment: datetime) -> bool:
    """Whether ``moment`` is more than a day ahead: a page found today was not published then."""
    return moment > datetime.now(UTC) + timedelta(days=1)


def _aware(moment: datetime) -> datetime | None:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d\d", text):  # fromisoformat also takes bare digits for dates
        return None
    try:
        return datetime.fromisoformat(text.replace(" Z", "Z"))
    except ValueError:
        return None


def _unix(text: str) -> datetime | None:
    match = re.fullmatch(r"(\d{9,10})(\d{3})?(?:\.\d{1,9})?", text, re.ASCII)
    return datetime.fromtimestamp(int(match.group(1)), UTC) if match else None


def _written(text: str) -> datetime | None:
    match = _DATE.fullmatch(text)
    return _matched(match) if match else None


def _mail(text: str) -> datetime | None:
    if not _MAIL.match(text):  # the reader of mail dates makes a date of nearly any three words
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _matched(match: re.Match[str]) -> datetime | None:
    part = match.groupdict()
    try:
        if part["iso"]:
            day = datetime.fromisoformat(part["iso"].replace(" Z", "Z"))
        else:
            day = datetime(*_year_month_day(part))
        if part["hour"] is None:
            return day
        hour, minute = _clock(part)
        return day.replace(hour=hour, minute=minute)
    except (ValueError, KeyError):
        return None


def _year_month_day(part: dict[str, str | None]) -> tuple[int, int, int]:
    """Year, month and day of a match; a month of more than 12 says that the other number is the month."""
    if part["y1"]:
        day, month = int(part["a"] or 0), int(part["b"] or 0)
        return (int(part["y1"]), day, month) if month > 12 else (int(part["y1"]), month, day)
    form = "2" if part["y2"] else "3"
    return int(part[f"y{form}"] or 0), _MONTHS[_plain(part[f"m{form}"] or "")], int(part[f"d{form}"] or 0)


def _clock(part: dict[str, str | None]) -> tuple[int, int]:
    hour = int(part["hour"] or 0)
    if part["half"]:
        hour = hour % 12 + (12 if part["half"].lower() == "p" else 0)
    return hour, int(part["minute"] or 0)


def _plain(word: str) -> str:
    """Lower case without accents: "Février" and "fevrier" are one."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
