"""Options that several commands share, read and checked before any work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.errors import UsageError

if TYPE_CHECKING:
    from claimcheck.settings import Settings

_FAIL_ON = ("contradict", "diverge", "agree")


def moment(since: str | None) -> datetime | None:
    """The beginning of the day that ``--since`` names.

    :raises UsageError: if it is no date.
    """
    from claimcheck.ingest.dates import parse_date

    when = parse_date(since) if since else None
    if since is not None and when is None:
        raise UsageError(f"--since {since}: not a date; write it as 2025-02-10")
    return when


def relation(fail_on: str | None) -> str | None:
    """The relation that ``--fail-on`` names.

    :raises UsageError: if it is none.
    """
    if fail_on is not None and fail_on not in _FAIL_ON:
        raise UsageError(f"--fail-on {fail_on}: give one of {', '.join(_FAIL_ON)}")
    return fail_on


def language(lang: str | None) -> str | None:
    """The language that ``--lang`` names.

    :raises UsageError: if no page is written in it.
    """
    if lang not in (None, "fr", "en"):
        raise UsageError(f"--lang {lang}: pages are written in fr or en")
    return lang


def report_settings(file: Path | None, overrides: Mapping[str, Any]) -> Settings:
    """The settings of a command that writes a report.

    :raises InputError: if the file cannot be read.
    :raises UsageError: if a setting is unknown or out of range.
    """
    from claimcheck.settings import load_settings

    settings = load_settings(file, overrides)
    language(settings.report.language)
    return settings
