"""Numbers and dates of two sentences that cannot both hold. Intervals that overlap are compatible."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from claimcheck.judgement.wording import shared, stem
from claimcheck.text.lexicon import fold, words
from claimcheck.text.shadow import shadow
from claimcheck.text.units import canonical_head
from claimcheck.types import Moment, Quantity, Sentence

Value = TypeVar("Value", Quantity, Moment)

OPEN = 1e14
"""From here on an upper bound means "or more"."""

_FATES = frozenset({"morts", "blessés", "disparus", "otages", "malades"})
_ANYBODY = frozenset({"", "personnes"})
_ALIASES = {
    spelling: names.split()[0]
    for names in (
        "voix votes vote suffrages suffrage",
        "emplois emploi postes poste jobs job",
        "sièges siège seats seat",
        "maisons maison houses house homes",
        "véhicules véhicule voitures voiture vehicles vehicle cars",
        "pays countries country",
        "jours days",
        "articles article",
        "bulletins bulletin ballots ballot",
        "malades malade ill sick cas cases",
        "magasins magasin stores shops",
    )
    for spelling in names.split()
}
_ROUND = 1_000.0  # from here on "1 800" may be how one outlet writes 1 842
_FAR = 100.0  # quantities without a noun this many times apart measure different things
_DAYS = words("instant day")
_REPORTING = re.compile(
    r"(?:annonc|déclar|indiqu|affirm|précis|expliqu|assur|ajout|estim|confirm|soulign|rapport|révél|reconn|dit |"
    r"said|told|announced|declared|added|confirmed|reported)[^.;:,]{0,20}$",
    re.IGNORECASE,
)


def number_conflicts(left: Sentence, right: Sentence) -> list[tuple[Quantity, Quantity]]:
    """Quantities that count the same thing and are disjoint; those that meet one of the other side are left out."""
    in_context = shared(_around(left), _around(right)) > 0

    def comparable(a: Quantity, b: Quantity) -> bool:
        return _same_measure(a, b) and (in_context or (a.head != "" and b.head != ""))

    return _apart(left.quantities, right.quantities, comparable, numbers_meet, _ratio)


def compatible_numbers(left: Sentence, right: Sentence) -> bool:
    """Whether no number of one sentence rules out a number of the other."""
    return not number_conflicts(left, right)


def numbers_meet(a: Quantity, b: Quantity) -> bool:
    """Whether both intervals can hold at once, rounding of large numbers included."""
    return (a.low <= b.high and b.low <= a.high) or _rounded(a, b) or _rounded(b, a)


def number_matches(left: Sentence, right: Sentence) -> list[tuple[Quantity, Quantity]]:
    """Quantities of both sentences that count the same thing and can both hold."""
    return [(a, b) for a in left.quantities for b in right.quantities if _same_measure(a, b) and numbers_meet(a, b)]


def date_conflicts(left: Sentence, right: Sentence) -> list[tuple[Moment, Moment]]:
    """Pair resolved dates of comparable kinds that are disjoint; the day on which something was said does not count."""
    return _apart(_event_days(left), _event_days(right), _same_scale, _dates_meet, _days_between)


def _apart(
    left: Sequence[Value],
    right: Sequence[Value],
    comparable: Callable[[Value, Value], bool],
    meet: Callable[[Value, Value], bool],
    distance: Callable[[Value, Value], float],
) -> list[tuple[Value, Value]]:
    """Pair comparable values that have no partner on the other side, one to one, the nearest first."""

    def partnered(value: Value, others: Sequence[Value]) -> bool:
        return any(comparable(value, other) and meet(value, other) for other in others)

    rest = [a for a in left if not partnered(a, right)], [b for b in right if not partnered(b, left)]
    options = [(a, b) for a in rest[0] for b in rest[1] if comparable(a, b)]
    options.sort(key=lambda pair: (distance(*pair), pair[0].span, pair[1].span))
    chosen: list[tuple[Value, Value]] = []
    for a, b in options:
        if not any(a is one or b is other for one, other in chosen):
            chosen.append((a, b))
    return chosen


def _around(sentence: Sentence) -> str:
    """What a sentence says besides its numbers: sharing "millions d'euros" is no common subject."""
    text = sentence.text
    for quantity in sentence.quantities:
        place = quantity.span
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text


def _same_measure(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities can count the same thing: one unit, and nouns that do not tell them apart."""
    if a.unit != b.unit:
        return False
    one, other = _head(a), _head(b)
    if one == other:
        return bool(one) or (a.unit not in ("", "person") and _ratio(a, b) <= math.log(_FAR))
    if a.unit == "person":
        return bool({one, other} & _ANYBODY) and not {one, other} & _FATES
    return bool(a.unit) and "" in (one, other) and "âge" not in (one, other) and _ratio(a, b) <= math.log(_FAR)


def _head(quantity: Quantity) -> str:
    """Return the noun counted under one spelling; a fate or an alias is kept whole, other nouns are stemmed."""
    head = canonical_head(quantity.head)
    head = _ALIASES.get(head, head)
    return head if head in _FATES or head in _ANYBODY or head == "âge" else stem(fold(head))


def _rounded(rough: Quantity, fine: Quantity) -> bool:
    """Whether ``rough`` is ``fine`` written with fewer digits, two at least: 1 800 for 1 842, never 30 for 34."""
    if rough.low != rough.high or fine.low != fine.high or rough.low < _ROUND or rough.low != int(rough.low):
        return False
    digits = len(str(int(rough.low)).rstrip("0"))
    step = 10 ** (len(str(int(rough.low))) - digits)
    return digits >= 2 and step > 1 and abs(rough.low - fine.low) <= step / 2


def _ratio(a: Quantity, b: Quantity) -> float:
    """How far two quantities are apart: the logarithm of their ratio."""
    one, other = (max(_middle(quantity), 1e-9) for quantity in (a, b))
    return abs(math.log(one / other))


def _middle(quantity: Quantity) -> float:
    return quantity.low if quantity.high >= OPEN else (quantity.low + quantity.high) / 2


def _event_days(sentence: Sentence) -> list[Moment]:
    plain = shadow(sentence.text)

    def tells_when_said(moment: Moment) -> bool:
        return _REPORTING.search(plain[max(0, moment.span.start - 40) : moment.span.start]) is not None

    return [moment for moment in sentence.moments if moment.first and moment.last and not tells_when_said(moment)]


def _same_scale(a: Moment, b: Moment) -> bool:
    return a.kind == b.kind or (a.kind in _DAYS and b.kind in _DAYS)


def _dates_meet(a: Moment, b: Moment) -> bool:
    return bool(a.first and a.last and b.first and b.last and a.first <= b.last and b.first <= a.last)


def _days_between(a: Moment, b: Moment) -> float:
    return float(abs((a.first - b.first).days)) if a.first and b.first else math.inf
