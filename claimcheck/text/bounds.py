"""Approximators: what "environ", "près de", "plus de" or "at least" make of a number."""

from __future__ import annotations

import re

UNBOUNDED = 1e15
"""The upper end of an open interval: larger than anything reported, finite so that it survives JSON."""

_BEFORE = re.compile(
    r"(?<!\w)(?:"
    r"(?P<at_most>pas plus de|pas plus d'|no more than|au plus|au maximum|at most|up to|jusqu'à|un maximum de|a "
    r"maximum of)"
    r"|(?P<just_over>(?:un )?peu plus de|(?:un )?peu plus d'|just over|slightly more than|a little over|a little "
    r"more than)"
    r"|(?P<just_under>(?:un )?peu moins de|(?:un )?peu moins d'|just under|slightly less than|près de|près d'|"
    r"presque|nearly|almost|close to|pas loin de|proche de|pas moins loin de)"
    r"|(?P<at_least>pas moins de|no fewer than|no less than|au moins|at least|au minimum|un minimum de|a minimum "
    r"of|plus de|plus d'|"
    r"plus des|more than|over|above|exceeding|upwards of|au-delà de|dépassant|dépasse|supérieure? à|dépassé)"
    r"|(?P<under>moins de|moins d'|moins des|less than|fewer than|under|below|inférieure? à)"
    r"|(?P<about>environ|quelque|autour de|aux alentours de|à peu près|de l'ordre de|around|about|some|roughly|"
    r"approximately|peut-être|quasiment|une moyenne de|en moyenne)"
    r") ?(?:les |l'|the )?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r" (?:(?P<at_least>au moins|ou plus|at least|or more|au minimum|et plus)|(?P<at_most>au plus|au maximum|at "
    r"most|or less|ou moins)"
    r"|(?P<about>environ|or so|à peu près))(?!\w)",
    re.IGNORECASE,
)
_ROUGHLY = 0.1


def bound_before(plain: str, start: int, low: float, high: float) -> tuple[float, float, int]:
    """The interval under the approximator that ends at ``start``, and where that approximator begins."""
    match = _BEFORE.search(plain, max(0, start - 28), start)
    return (*_bounds(match.lastgroup, low, high), match.start()) if match else (low, high, start)


def bound_after(plain: str, end: int, low: float, high: float) -> tuple[float, float, int]:
    """The interval under the approximator that follows ``end``, and where that approximator ends."""
    match = _AFTER.match(plain, end)
    return (*_bounds(match.lastgroup, low, high), match.end()) if match else (low, high, end)


def _bounds(kind: str | None, low: float, high: float) -> tuple[float, float]:
    if kind == "at_least":
        return low, UNBOUNDED
    if kind in ("at_most", "under"):
        return 0.0, high
    if kind == "just_over":
        return low, high * (1 + _ROUGHLY)
    if kind == "just_under":
        return low * (1 - _ROUGHLY), high
    return low * (1 - _ROUGHLY), high * (1 + _ROUGHLY)
