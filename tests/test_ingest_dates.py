from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.ingest.dates import leading_date, parse_date

DAY = datetime(2025, 2, 12, tzinfo=UTC)
MOMENT = datetime(2025, 2, 12, 14, 5, tzinfo=UTC)
MONTHS = [
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


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2025-02-12", DAY),
        ("12/02/2025", DAY),
        ("02/13/2025", DAY + timedelta(days=1)),
        ("12.2.2025", DAY),
        ("12 février 2025", DAY),
        ("12 FEVRIER 2025", DAY),
        ("le mercredi 12 février 2025 à 14h05", MOMENT),
        ("12 févr. 2025, 14:05", MOMENT),
        ("1er mars 2025", datetime(2025, 3, 1, tzinfo=UTC)),
        ("February 12, 2025 at 2:05 pm", MOMENT),
        ("Feb. 12, 2025", DAY),
        ("2025-02-12T14:05:00Z", MOMENT),
        ("2025-02-12 14:05", MOMENT),
        ("Wed, 12 Feb 2025 14:05:00 +0000", MOMENT),
        ("1739369100", MOMENT),
        ("1739369100000", MOMENT),
    ],
)
def test_usual_forms_are_read(value: str, moment: datetime) -> None:
    assert parse_date(value) == moment


@pytest.mark.parametrize(
    "value",
    ["", "hier", "mars 2025", "31/02/2025", "2025-13-40", "1850-01-01", "2101-01-01", "30 floréal 2025", "9" * 500],
)
def test_what_is_no_date_of_our_time_is_unknown(value: str) -> None:
    assert parse_date(value) is None


def test_time_zone_is_kept() -> None:
    moment = parse_date("2025-02-12T14:05:00+01:00")
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=1)


@given(st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30)), st.integers(-12, 12))
def test_iso_round_trip(naive: datetime, hours: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert parse_date(moment.isoformat()) == moment


@given(st.dates(datetime(1990, 1, 2).date(), datetime(2100, 12, 30).date()))
def test_french_day_round_trip(day: datetime) -> None:
    moment = parse_date(f"{day.day} {MONTHS[day.month - 1]} {day.year}")
    assert moment is not None
    assert (moment.year, moment.month, moment.day) == (day.year, day.month, day.day)


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(value: str) -> None:
    moment = parse_date(value)
    assert moment is None or moment.tzinfo is not None


def test_date_to_come_dates_no_page() -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=3)
    assert parse_date(tomorrow.isoformat()) is not None
    assert leading_date(tomorrow.date().isoformat()) is None
    assert leading_date("2025-02-12 suite") == (DAY, 10)
