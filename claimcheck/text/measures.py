"""A number with what it measures or counts: its unit, its head noun, what befell the people it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimcheck.text.lexicon import words
from claimcheck.text.numerals import Numeral
from claimcheck.text.units import canonical_head, counts_fate, counts_people, prefix_unit, unit_at

_HALF = re.compile(r" (?:et (?P<half>demie?)|et (?P<quarter>quart)|and a (?P<and>half))(?!\w)", re.IGNORECASE)
_OF = re.compile(r" ?(?:des |de la |de l'|du |de |d'|of the |of all |of )", re.IGNORECASE)
_NOUN = re.compile(r"[ -]?(?P<noun>[^\W\d_]{2,30}(?:-[^\W\d_]{2,20}){0,2})")
_BEFORE_NOUNS = words(
    "jeunes jeune nouveaux nouvelles nouveau nouvelle grands grandes petits petites premiers premières derniers "
    "dernières anciens anciennes principaux principales vrais autres autre seuls seules seul seule other more new "
    "young different additional big small former main jolis simples simple"
)
_OTHERS = words("autres others autre other")
_NO_NOUNS = words(
    "et ou à a au aux de des du dans en sur par pour contre qui que dont a ont est sont avec sans soit le la les un "
    "une ce cette ces son sa ses leur leurs il elle ils elles on ne pas plus mais car or comme selon après avant "
    "depuis vers était étaient avait avaient sera seront aurait auraient serait seraient fois et/ou ans entre chez "
    "lors où si and or to in on at by for from with the an of that which who was were is are has have had be been "
    "as than but not will would after before since while their his her its this these those may might could times "
    "per"
)
_FATE = re.compile(
    r"(?:, (?:dont|including) [^,]{1,60},)?(?P<between>[^.;:«»,\d]{0,60}?)(?:"
    r"(?P<morts>\bmort(?:e?s?)\b|\btués?\b|\btuées?\b|\bpéri\b|décéd|perdu la vie|\bkilled\b|\bdied\b|\bdead\b|"
    r"lost their lives)"
    r"|(?P<blessés>\bbless|\binjured\b|\bwounded\b)|(?P<disparus>\bdisparu|\bmissing\b))",
    re.IGNORECASE,
)
_AGED = re.compile(r"(?:âgée?s? (?:de |d')|aged )$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit and head, before bounds and ranges."""

    numeral: Numeral
    start: int
    end: int
    low: float
    high: float
    unit: str
    head: str


def measure(plain: str, numeral: Numeral, before: Measure | None) -> Measure | None:
    """The numeral with what it counts; None for an article that counts nothing."""
    prefix = prefix_unit(plain, numeral.start)
    unit = prefix or unit_at(plain, numeral.end)
    if unit is None:
        return _counted(plain, numeral, before)
    end, extra = (numeral.end, 0.0) if prefix else _with_half(plain, unit.end)
    head = ""
    if unit.name in ("%", "tonne"):
        head, end = head_noun(plain, end, linked=True)
    if (
        unit.name == "month"
        and unit.factor > 1
        and (_AGED.search(plain, max(0, numeral.start - 10), numeral.start) or _is_age(plain, numeral, end))
    ):
        head = "âge"
    start = unit.end if prefix else numeral.start
    low, high = (numeral.low + extra) * unit.factor, (numeral.high + extra) * unit.factor
    return Measure(numeral, start, end, low, high, unit.name, head)


def _with_half(plain: str, end: int) -> tuple[int, float]:
    """Where "une heure et demie" ends, and what it adds in units."""
    match = _HALF.match(plain, end)
    return (match.end(), 0.25 if match["quarter"] else 0.5) if match else (end, 0.0)


def _is_age(plain: str, numeral: Numeral, end: int) -> bool:
    return plain.startswith("-old", end) or (
        plain[: numeral.start].endswith(", ") and plain[end : end + 1] in (",", ".", ")")
    )


def _counted(plain: str, numeral: Numeral, before: Measure | None) -> Measure | None:
    """A bare numeral with its head noun; None for one glued to letters ("47e") and for mere articles."""
    if plain[numeral.end : numeral.end + 1].isalpha():
        return None
    is_linked = numeral.kind == "rough" or numeral.scale >= 1e6
    noun, end = head_noun(plain, numeral.end, linked=is_linked, required=False)
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
    return Measure(numeral, numeral.start, end, numeral.low, numeral.high, "person" if people else "", head)


def head_noun(plain: str, end: int, *, linked: bool, required: bool = True) -> tuple[str, int]:
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
