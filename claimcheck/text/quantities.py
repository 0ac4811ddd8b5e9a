"""Quantities of a sentence as the intervals they allow, in canonical units, with the noun they count."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimcheck.text.bounds import bound_after, bound_before
from claimcheck.text.dates import moments
from claimcheck.text.lexicon import words
from claimcheck.text.numerals import Numeral, numerals
from claimcheck.text.shadow import shadow
from claimcheck.text.units import canonical_head, counts_fate, counts_people, prefix_unit, unit_at
from claimcheck.types import Quantity, Span

_NO_COUNT = re.compile(
    r"(?:\b(?:articles?|art\.|n°|numéros?|no\.|number|pages?|chapitres?|réacteurs?|reactor|urnes?|lots?|lignes?|"
    r"route|vol|"
    r"étapes?|bureau|salle|quai|tome|phases?|zone|niveau|unité|groupe|rn|rd|chaîne|channel|flight|room|phase|"
    r"group|line|"
    r"the other|les|ces|tous|tous les|l'|no) ?(?:\d{1,6}|un|une|one)(?!\w)(?: (?:et|à|and|to) \d{1,6}(?!\w))?)"
    r"|(?<!\w)\+?\d{1,3}(?:[ .-]\d{2}){4,6}(?!\d)|(?<!\w)\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}(?!\d)"
    r"|(?<!\w)(?:pour cent|un des|une des|one of|l'un|l'une|d'une part|no one|cent pour cent)(?!\w)",
    re.IGNORECASE,
)
_KEPT_LABELS = re.compile(r"(?:les|ces|tous|tous les|the other) ?(?!une?$|one$)", re.IGNORECASE)
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
_HALF = re.compile(r" (?:et (?P<half>demie?)|et (?P<quarter>quart)|and a (?P<and>half))(?!\w)", re.IGNORECASE)
_OF = re.compile(r" ?(?:des |de la |de l'|du |de |d'|of the |of all |of )", re.IGNORECASE)
_NOUN = re.compile(r"[ -]?(?P<noun>[^\W\d_]{2,30}(?:-[^\W\d_]{2,20}){0,2})")
_BEFORE_NOUNS = words(
    "jeunes jeune nouveaux nouvelles nouveau nouvelle grands grandes petits petites premiers premières derniers "
    "dernières "
    "anciens anciennes principaux principales vrais autres autre seuls seules seul seule other more new young "
    "different "
    "additional big small former main jolis simples simple"
)
_OTHERS = words("autres others autre other")
_NO_NOUNS = words(
    "et ou à a au aux de des du dans en sur par pour contre qui que dont a ont est sont avec sans soit le la les "
    "un une "
    "ce cette ces son sa ses leur leurs il elle ils elles on ne pas plus mais car or comme selon après avant "
    "depuis vers "
    "était étaient avait avaient sera seront aurait auraient serait seraient fois et/ou ans entre chez lors où si "
    "and or to in on at by for from with the an of that which who was were is are has have had be been as than but not "
    "will would after before since while their his her its this these those may might could times per"
)
_FATE = re.compile(
    r"(?:, (?:dont|including) [^,]{1,60},)?(?P<between>[^.;:«»,\d]{0,60}?)(?:"
    r"(?P<morts>\bmort(?:e?s?)\b|\btués?\b|\btuées?\b|\bpéri\b|décéd|perdu la vie|\bkilled\b|\bdied\b|\bdead\b|"
    r"lost their lives)"
    r"|(?P<blessés>\bbless|\binjured\b|\bwounded\b)|(?P<disparus>\bdisparu|\bmissing\b))",
    re.IGNORECASE,
)
_AGED = re.compile(r"(?:âgée?s? (?:de |d')|aged )$", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class _Measure:
    """A number with its unit and head, before bounds and ranges."""

    numeral: Numeral
    start: int
    end: int
    low: float
    high: float
    unit: str
    head: str


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence, in order; offsets point into ``text``.

    Durations up to weeks are in minutes, longer ones in months; money in ISO codes; people in "person" with ``head``
    telling whom. Open bounds ("plus de") end at ``UNBOUNDED``. Dates, clock times, labels and scores are left out.
    """
    plain = shadow(text)
    taken = [moment.span for moment in moments(text, language, None)] + list(_labels(plain))
    measures: list[_Measure] = []
    for numeral in numerals(plain, language):
        if any(span.start < numeral.end and numeral.start < span.end for span in taken):
            continue
        measure = _measure(plain, numeral, measures[-1] if measures else None)
        if measure is not None:
            measures.append(measure)
    fractions = [*_fractions(plain), *_clocked(plain, taken)]
    measures = [
        one for one in measures if not any(one.start < other.end and other.start < one.end for other in fractions)
    ]
    ordered = sorted([*measures, *fractions], key=lambda one: one.start)
    return tuple(quantity for one in _ranges(plain, ordered) if (quantity := _bounded(plain, one)) is not None)


def _labels(plain: str) -> Iterator[Span]:
    """Spans whose digits number or name something instead of counting it."""
    for match in _NO_COUNT.finditer(plain):
        if not _KEPT_LABELS.match(match.group()) or match.group().casefold().endswith((" un", " une", " one")):
            yield Span(match.start(), match.end())


def _fractions(plain: str) -> Iterator[_Measure]:
    for pattern, value, unit in _FRACTIONS:
        for match in pattern.finditer(plain):
            numeral = Numeral(match.start(), match.end(), value, value, 1.0, "words")
            head, end = _head(plain, match.end(), linked=True) if unit == "%" else ("", match.end())
            yield _Measure(numeral, match.start(), end, value, value, unit, head)


def _clocked(plain: str, taken: list[Span]) -> Iterator[_Measure]:
    """Durations such as "pendant 1h30"; the clock times were taken before."""
    for match in _HOURS.finditer(plain):
        if not any(span.start < match.end() and match.start() < span.end for span in taken):
            minutes = 60.0 * int(match["hours"]) + int(match["minutes"])
            numeral = Numeral(match.start(), match.end(), minutes, minutes, 1.0, "digits")
            yield _Measure(numeral, match.start(), match.end(), minutes, minutes, "minute", "")


def _measure(plain: str, numeral: Numeral, before: _Measure | None) -> _Measure | None:
    """The numeral with what it counts; None for an article that counts nothing."""
    prefix = prefix_unit(plain, numeral.start)
    unit = prefix or unit_at(plain, numeral.end)
    if unit is None:
        return _counted(plain, numeral, before)
    end, extra = (numeral.end, 0.0) if prefix else _with_half(plain, unit.end)
    head = ""
    if unit.name in ("%", "tonne"):
        head, end = _head(plain, end, linked=True)
    if (
        unit.name == "month"
        and unit.factor > 1
        and (_AGED.search(plain, max(0, numeral.start - 10), numeral.start) or _is_age(plain, numeral, end))
    ):
        head = "âge"
    start = unit.end if prefix else numeral.start
    low, high = (numeral.low + extra) * unit.factor, (numeral.high + extra) * unit.factor
    return _Measure(numeral, start, end, low, high, unit.name, head)


def _with_half(plain: str, end: int) -> tuple[int, float]:
    """Where "une heure et demie" ends, and what it adds in units."""
    match = _HALF.match(plain, end)
    return (match.end(), 0.25 if match["quarter"] else 0.5) if match else (end, 0.0)


def _is_age(plain: str, numeral: Numeral, end: int) -> bool:
    return plain.startswith("-old", end) or (
        plain[: numeral.start].endswith(", ") and plain[end : end + 1] in (",", ".", ")")
    )


def _counted(plain: str, numeral: Numeral, before: _Measure | None) -> _Measure | None:
    """A bare numeral with its head noun; None for one glued to letters ("47e") and for mere articles."""
    if plain[numeral.end : numeral.end + 1].isalpha():
        return None
    is_linked = numeral.kind == "rough" or numeral.scale >= 1e6
    noun, end = _head(plain, numeral.end, linked=is_linked, required=False)
    people = counts_people(noun)
    if noun in _OTHERS:
        noun, people = ("personnes", True) if before is not None and before.unit == "person" else ("", False)
    if numeral.kind == "article" and not counts_fate(noun):
        return None
    if not noun:
        end = numeral.end
    head = canonical_head(noun)
    if head in ("personnes", "victimes"):
        head = _fate(plain, end) or head
    return _Measure(numeral, numeral.start, end, numeral.low, numeral.high, "person" if people else "", head)


def _head(plain: str, end: int, *, linked: bool, required: bool = True) -> tuple[str, int]:
    """The noun counted, in lower case, and where it ends; ``("", end)`` when there is none.

    ``linked`` allows "de" before it, ``required`` asks for it: "38 % des ventes", but "300 blessés".
    """
    link = _OF.match(plain, end) if linked else None
    if link is None and required:
        return "", end
    place = link.end() if link else end
    if link is None and plain[end : end + 1] not in (" ", "-"):
        return "", end
    others = ("", end)
    for _ in range(3):
        match = _NOUN.match(plain, place)
        if match is None or match["noun"].casefold() in _NO_NOUNS or match["noun"][0].isupper():
            return others
        noun = match["noun"].casefold()
        if noun not in _BEFORE_NOUNS and noun not in _OTHERS:
            return noun, match.end()
        if noun in _OTHERS:
            others = (noun, match.end())
        place = match.end()
    return others


def _fate(plain: str, end: int) -> str:
    """What befell the people counted before ``end``: "personnes ont péri" are "morts"; empty when not said."""
    match = _FATE.match(plain, end, end + 150)
    if match is None or re.search(r"\b(?:et|and|ou|or|sans|not|pas)\b", match["between"]):
        return ""
    return str(match.lastgroup)


def _ranges(plain: str, measures: list[_Measure]) -> Iterator[_Measure]:
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


def _joint(plain: str, first: _Measure, second: _Measure) -> str | None:
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


def _joined(plain: str, first: _Measure, second: _Measure) -> _Measure:
    low = first.low
    if not first.unit and second.numeral.low:
        low *= second.low / second.numeral.low
    if first.numeral.scale == 1 and low * second.numeral.scale <= second.high:
        low *= second.numeral.scale
    opener = _BETWEEN.search(plain, max(0, first.start - 14), first.start)
    start = opener.start() if opener else first.start
    return dataclasses.replace(second, start=start, low=min(low, second.high), high=second.high)


def _bounded(plain: str, measure: _Measure) -> Quantity | None:
    """The measure under its approximator; None for a bare number of which nothing is known."""
    low, high, start = bound_before(plain, measure.start, measure.low, measure.high)
    end = measure.end
    if start == measure.start:
        low, high, end = bound_after(plain, measure.end, measure.low, measure.high)
    approximate = (start, end) != (measure.start, measure.end) or measure.low != measure.high
    if not (measure.unit or measure.head or approximate or _stands_alone(plain, measure)):
        return None
    return Quantity(Span(start, end), low, high, measure.unit, measure.head, approximate)


def _stands_alone(plain: str, measure: _Measure) -> bool:
    """Whether a number without unit and noun still counts: "ils étaient 300", "3 500", "2,5 millions"."""
    if measure.numeral.scale > 1 or not measure.low.is_integer() or measure.low >= 1_000:
        return True
    before = plain[max(0, measure.start - 12) : measure.start]
    return measure.numeral.kind == "digits" and _COUNTED_BEFORE.search(before) is not None
