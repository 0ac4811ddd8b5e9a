"""Quantities of a sentence as the intervals they allow, in canonical units, with the noun they count."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from claimcheck.text.bounds import bound_after, bound_before
from claimcheck.text.dates import moments
from claimcheck.text.measures import Measure, head_noun, measure
from claimcheck.text.numerals import Numeral, numerals
from claimcheck.text.shadow import shadow
from claimcheck.types import Quantity, Span

_NO_COUNT = re.compile(
    r"\b(?:articles?|art\.|n°|numéros?|no\.|number|pages?|chapitres?|réacteurs?|reactor|urnes?|lots?|lignes?|route|vol|"
    r"étapes?|bureau|salle|quai|tome|phases?|zone|niveau|unité|groupe|chaîne|channel|flight|room|group|line|no) ?"
    r"\d{1,6}(?!\w)(?: (?:et|à|and|to) \d{1,6}(?!\w))?"
    r"|(?<!\w)\+?\d{1,3}(?:[ .-]\d{2}){4,6}(?!\d)|(?<!\w)\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}(?!\d)"
    r"|(?<!\w)(?:pour cent|un des|une des|one of|l'un|l'une|d'une part|no one)(?!\w)",
    re.IGNORECASE,
)
_FRACTIONS = (
    (re.compile(r"\b(?:trois quarts d'heure|three quarters of an hour)\b", re.IGNORECASE), 45.0, "minute"),
    (re.compile(r"\b(?:un quart d'heure|(?:a )?quarter of an hour)\b", re.IGNORECASE), 15.0, "minute"),
    (re.compile(r"\b(?:une demi-heure|half an hour|(?:a )?half[- ]hour)\b", re.IGNORECASE), 30.0, "minute"),
    (
        re.compile(
            r"\b(?:les )?(?:trois quarts|three[- ]quarters)(?= (?:des?|du|of)\b| "
            r"d'(?!heure))",
            re.IGNORECASE,
        ),
        75.0,
        "%",
    ),
    (re.compile(r"\b(?:les )?(?:deux tiers|two[- ]thirds)(?= (?:des?|du|of)\b| d')", re.IGNORECASE), 200 / 3, "%"),
    (re.compile(r"\b(?:la moitié|half)(?= (?:des?|du|of)\b| d')", re.IGNORECASE), 50.0, "%"),
    (re.compile(r"\b(?:un|le|a|one)[- ](?:tiers|third)(?= (?:des?|du|of)\b| d')", re.IGNORECASE), 100 / 3, "%"),
    (re.compile(r"\b(?:un|le|a|one)[- ]quart(?:er)?(?= (?:des?|du|of)\b| d'(?!heure))", re.IGNORECASE), 25.0, "%"),
)
_HOURS = re.compile(r"(?<![\w.,])(?P<hours>\d{1,2}) ?h ?(?P<minutes>[0-5]\d)(?!\w)")
_COUNTED_BEFORE = re.compile(
    r"(?:étaient|sont|seraient|were|are|passe à|passé à|porté à|total de|bilan de) "
    r"$",
    re.IGNORECASE,
)
_RANGE = re.compile(r" ?(?P<joint>à|to|ou|or|et|and|-|–|—) ?(?:de |d')?", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:entre|between) (?:les |the )?$", re.IGNORECASE)
_CHANGE = re.compile(
    r"(?:pass|grimp|augment|bond|chut|baiss|tomb|recul|progress|rédui|ramen|port|relev|abaiss|rose|fell|ris|drop|"
    r"increas|"
    r"climb|jump|cut|rais)[^\W\d_]{0,6}(?: [^\W\d_]+){0,3} (?:de|d'|from) ?$",
    re.IGNORECASE,
)
_SMALL = 20  # below, a bare "3-2" is a score


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence, in order; offsets point into ``text``.

    Durations up to weeks are in minutes, longer ones in months; money in ISO codes; people in "person" with ``head``
    telling whom. Open bounds ("plus de") end at ``UNBOUNDED``. Dates, clock times, labels and scores are left out.
    """
    plain = shadow(text)
    taken = [moment.span for moment in moments(text, language, None)] + list(_labels(plain))
    measures: list[Measure] = []
    for numeral in numerals(plain, language):
        if any(span.start < numeral.end and numeral.start < span.end for span in taken):
            continue
        one = measure(plain, numeral, measures[-1] if measures else None)
        if one is not None:
            measures.append(one)
    fractions = [*_fractions(plain), *_clocked(plain, taken)]
    measures = [
        one for one in measures if not any(one.start < other.end and other.start < one.end for other in fractions)
    ]
    ordered = sorted([*measures, *fractions], key=lambda one: one.start)
    return tuple(quantity for one in _ranges(plain, ordered) if (quantity := _bounded(plain, one)) is not None)


def _labels(plain: str) -> Iterator[Span]:
    """Spans whose digits number or name something instead of counting it."""
    for match in _NO_COUNT.finditer(plain):
        yield Span(match.start(), match.end())


def _fractions(plain: str) -> Iterator[Measure]:
    for pattern, value, unit in _FRACTIONS:
        for match in pattern.finditer(plain):
            numeral = Numeral(match.start(), match.end(), value, value, 1.0, "words")
            head, end = head_noun(plain, match.end(), linked=True) if unit == "%" else ("", match.end())
            yield Measure(numeral, match.start(), end, value, value, unit, head)


def _clocked(plain: str, taken: list[Span]) -> Iterator[Measure]:
    """Durations such as "pendant 1h30"; the clock times were taken before."""
    for match in _HOURS.finditer(plain):
        if not any(span.start < match.end() and match.start() < span.end for span in taken):
            minutes = 60.0 * int(match["hours"]) + int(match["minutes"])
            numeral = Numeral(match.start(), match.end(), minutes, minutes, 1.0, "digits")
            yield Measure(numeral, match.start(), match.end(), minutes, minutes, "minute", "")


def _ranges(plain: str, measures: list[Measure]) -> Iterator[Measure]:
    """The measures with "entre X et Y", "X à Y", "X-Y %" joined; scores such as "2-1" are dropped."""
    place = 0
    while place < len(measures):
        first = measures[place]
        second = measures[place + 1] if place + 1 < len(measures) else None
        joint = _joint(plain, first, second) if second else None
        if second is None or joint is None:
            yield first
            place += 1
            continue
        place += 2
        if joint == "score":
            continue
        joined = _joined(plain, first, second)
        if joint == "change":
            yield dataclasses.replace(first, low=joined.low, high=joined.low, unit=second.unit, head=second.head)
            yield second
        else:
            yield joined


def _joint(plain: str, first: Measure, second: Measure) -> str | None:
    """How two measures belong together: "interval", "change" (from the first to the second), "score" or not at all."""
    match = _RANGE.fullmatch(plain, first.end, second.start)
    if match is None or first.head or (first.unit and first.unit != second.unit):
        return None
    joint = match["joint"].casefold()
    if joint in "-–—" and (first.low >= second.high or (not second.unit and second.high < _SMALL)):
        return "score"
    if joint in ("et", "and"):
        return "interval" if _BETWEEN.search(plain, max(0, first.start - 14), first.start) else None
    if joint in ("à", "to") and _CHANGE.search(plain, max(0, first.start - 50), first.start):
        return "change"
    return "interval" if first.low <= second.high * second.numeral.scale else None


def _joined(plain: str, first: Measure, second: Measure) -> Measure:
    low = first.low
    if not first.unit and second.numeral.low:
        low *= second.low / second.numeral.low
    if first.numeral.scale == 1 and low * second.numeral.scale <= second.high:
        low *= second.numeral.scale
    opener = _BETWEEN.search(plain, max(0, first.start - 14), first.start)
    start = opener.start() if opener else first.start
    return dataclasses.replace(second, start=start, low=min(low, second.high), high=second.high)


def _bounded(plain: str, measure: Measure) -> Quantity | None:
    """The measure under its approximator; None for a bare number of which nothing is known."""
    low, high, start = bound_before(plain, measure.start, measure.low, measure.high)
    end = measure.end
    if start == measure.start:
        low, high, end = bound_after(plain, measure.end, measure.low, measure.high)
    approximate = (start, end) != (measure.start, measure.end) or measure.low != measure.high
    if not (measure.unit or measure.head or approximate or _stands_alone(plain, measure)):
        return None
    return Quantity(Span(start, end), low, high, measure.unit, measure.head, approximate)


def _stands_alone(plain: str, measure: Measure) -> bool:
    """Whether a number without unit and noun still counts: "ils étaient 300", "3 500", "2,5 millions"."""
    if measure.numeral.scale > 1 or not measure.low.is_integer() or measure.low >= 1_000:
        return True
    before = plain[max(0, measure.start - 12) : measure.start]
    return measure.numeral.kind == "digits" and _COUNTED_BEFORE.search(before) is not None
