"""Numbers as written in French and English: digits with grouping, number words, scale words, "une dizaine"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimcheck.text.lexicon import either

_DIGITS = {
    "fr": r"(?:(?!0)\d{1,3}(?P<sep>[ .'])\d{3}(?:(?P=sep)\d{3}){0,4}(?:[.,]\d+)?|\d+(?:[.,]\d+)?)",
    "en": r"(?:(?!0)\d{1,3}(?P<sep>[ ,'])\d{3}(?:(?P=sep)\d{3}){0,4}(?:\.\d+)?|\d+(?:[.,]\d+)?)",
}
_BEFORE = r"(?<!\w)(?<!\d[.,':/])(?<![^\W\d_][-/])"
_AFTER = r"(?![.,:/']?\d)"

_WORDS = {
    "fr": either(
        "zéro un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt "
        "vingts trente quarante cinquante soixante septante huitante octante nonante cent cents mille million "
        "millions milliard milliards"
    ),
    "en": either(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
        "billion"
    ),
}
_JOINTS = {"fr": r"(?:-et-| et (?=une?\b|onze\b)|[- ])", "en": r"(?:-| and | )"}
_SCALES = {
    "mille": 1e3,
    "millier": 1e3,
    "milliers": 1e3,
    "thousand": 1e3,
    "hundred": 1e2,
    "million": 1e6,
    "millions": 1e6,
    "milliard": 1e9,
    "milliards": 1e9,
    "trillion": 1e12,
    "trillions": 1e12,
    "bn": 1e9,
    "mds": 1e9,
}
_SYMBOLS = {"k": 1e3, "m": 1e6, "md": 1e9, "mds": 1e9, "mrd": 1e9, "bn": 1e9, "b": 1e9, "tn": 1e12}
_COLLECTIVES = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1e3,
    "million": 1e6,
    "milliard": 1e9,
    "dozen": 12,
    "score": 20,
    "ten": 10,
    "hundred": 100,
    "thousand": 1e3,
    "billion": 1e9,
}
_COUNTS = {"une": 1, "un": 1, "a": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4}
_MANY = r"des|plusieurs|quelques|several|some|a few|few|many"
_COLLECTIVE = re.compile(
    rf"(?<!\w)(?:(?P<count>{either(_COUNTS)}|{_MANY}|les|ces|de|d'|the) ?)?(?P<half>demi-|half-|half a )?"
    rf"(?P<noun>{either(_COLLECTIVES)})(?P<plural>s?)"
    r"(?: (?:de |d'|of )?(?P<scale>milliers?|millions?|milliards?|thousands?|billions?))?(?!\w)",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"(?:\d|\b(?:{_WORDS['fr']}|{_WORDS['en']})) $", re.IGNORECASE)
_EXACT = re.compile(
    r"(?:une?|deux|trois|quatre|one|two|three|four) (?:millions?|milliards?|billions?|thousand|hundred)"
)
_ROUGHLY = 0.2  # "une dizaine" is 8 to 12
_LONGEST = 30  # characters of digits; more is no number anybody counts


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written at ``start:end``. ``scale`` is the scale word's factor; ``kind`` is digits, words, article
    ("un", "une", "one", "a": a number only before some nouns) or rough ("une dizaine", "des centaines").
    """

    start: int
    end: int
    low: float
    high: float
    scale: float
    kind: str


def numerals(plain: str, language: str) -> list[Numeral]:
    """All numbers of ``plain`` (a shadow text), in order, without overlap. Dates and labels are not sorted out."""
    tongue = "en" if language == "en" else "fr"
    found: list[Numeral] = []
    for candidates in (_collectives(plain), _digits(plain, tongue), _word_runs(plain, tongue)):
        taken = found[:]
        found += [one for one in candidates if not any(one.start < old.end and old.start < one.end for old in taken)]
    return sorted(found, key=lambda one: one.start)


def _collectives(plain: str) -> Iterator[Numeral]:
    """Round numbers: "une dizaine" (±20 %), "des centaines", "dizaines de milliers", "a dozen", "hundreds"."""
    for match in _COLLECTIVE.finditer(plain):
        if _EXACT.fullmatch(match.group().casefold()):
            continue  # an exact number, left to the word runs
        noun, count = match["noun"].casefold(), (match["count"] or "").casefold()
        base = _COLLECTIVES[noun] * (0.5 if match["half"] else 1)
        scale = _scale(match["scale"].casefold(), "en") if match["scale"] else 1.0
        many = bool(re.fullmatch(_MANY, count)) or (bool(match["plural"]) and count not in _COUNTS)
        if not many and count not in _COUNTS and not match["half"]:
            continue  # "cette quarantaine", "2 millions"
        if noun in ("ten", "score") and not match["plural"]:
            continue
        if not count and _COUNTED.search(plain, max(0, match.start() - 14), match.start()):
            continue  # "500 milliards", "deux milliers"
        start = match.start() if count in _COUNTS or re.fullmatch(_MANY, count) else _noun_start(match)
        if many:
            low, high = 2 * base, 10 * base - 1
        else:
            times = _COUNTS.get(count, 1)
            low, high = times * base * (1 - _ROUGHLY), times * base * (1 + _ROUGHLY)
        yield Numeral(start, match.end(), low * scale, high * scale, 1.0, "rough")


def _noun_start(match: re.Match[str]) -> int:
    return match.start("half") if match["half"] else match.start("noun")


_DIGITS_AND_SCALE = {
    tongue: re.compile(
        rf"{_BEFORE}(?P<number>{digits}){_AFTER}"
        rf"(?:[ -]?(?:(?P<scale>{either(_SCALES)}|billions?)(?!\w)"
        r"|(?P<symbol>k|M|Md|Mrd)(?= ?[€$£]| (?:d'euros|euros))))?"
        r"(?P<half> et demie?(?!\w)| and a half(?!\w))?",
        re.IGNORECASE,
    )
    for tongue, digits in _DIGITS.items()
}
_PREFIXED = re.compile(r"(?:k|m|bn|b|tn)(?![\w'])", re.IGNORECASE)


def _digits(plain: str, tongue: str) -> Iterator[Numeral]:
    for match in _DIGITS_AND_SCALE[tongue].finditer(plain):
        if len(match["number"]) > _LONGEST:
            continue
        value, end = _value(match["number"], match["sep"], tongue), match.end()
        if match["scale"]:
            scale = _scale(match["scale"].casefold(), tongue)
        elif match["symbol"]:
            scale = _SYMBOLS[match["symbol"].casefold()]
        else:
            scale, end = _prefixed_scale(plain, match.start(), end)
        if match["half"]:
            value += 0.5
        yield Numeral(match.start(), end, value * scale, value * scale, scale, "digits")


def _prefixed_scale(plain: str, start: int, end: int) -> tuple[float, int]:
    """The scale of "$3bn" and "€500m": one letter behind the number when a currency sign stands before it."""
    match = _PREFIXED.match(plain, end) if plain[max(start - 1, 0) : start] in ("$", "€", "£") else None
    return (_SYMBOLS[match.group().casefold()], match.end()) if match else (1.0, end)


def _scale(word: str, tongue: str) -> float:
    if word.startswith("billion"):
        return 1e9 if tongue == "en" else 1e12
    return _SCALES.get(word) or _SCALES[word.rstrip("s")]


def _value(number: str, separator: str | None, tongue: str) -> float:
    if separator:
        number = number.replace(separator, "")
    elif tongue == "en" and re.fullmatch(r"\d+,\d+", number):
        number = number.replace(",", ".")
    return float(number.replace(",", "."))


_RUNS = {
    tongue: re.compile(
        rf"(?<![\w-])(?:(?<=[ld]')|(?<!'))(?P<run>{word}(?:{_JOINTS[tongue]}{word}){{0,11}})"
        r"(?P<half> et demie?(?!\w)| and a half(?!\w))?(?![\w'])(?!-(?-i:[A-ZÀ-Ý]))",
        re.IGNORECASE,
    )
    for tongue, word in _WORDS.items()
}


def _word_runs(plain: str, tongue: str) -> Iterator[Numeral]:
    for match in _RUNS[tongue].finditer(plain):
        for start, end, value in _pieces(match["run"], tongue):
            run = match["run"][start:end]
            has_half = bool(match["half"]) and end == len(match["run"])
            value += 0.5 * _last_scale(run) if has_half else 0
            kind = "article" if run.casefold() in ("un", "une", "one") and not has_half else "words"
            last = match.end() if has_half else match.start() + end
            yield Numeral(match.start() + start, last, value, value, _last_scale(run), kind)


def _pieces(run: str, tongue: str) -> Iterator[tuple[int, int, float]]:
    """The numbers of a run of number words, each as long as possible: "two and three" are two."""
    found = list(re.finditer(r"[^\W_]+", run))
    first = 0
    while first < len(found):
        for last in range(len(found), first, -1):
            start, end = found[first].start(), found[last - 1].end()
            value = _spoken(run[start:end], tongue)
            if value is not None:
                yield start, end, value
                break
        first = max(first + 1, last)


def _last_scale(run: str) -> float:
    last = re.split(r"[ -]", run.casefold())[-1]
    return 1e9 if last == "billion" else _SCALES.get(last, 1.0)


def _spoken(run: str, tongue: str) -> float | None:
    """The value of number words, None where they are no number: "deux trois"."""
    from text_to_num import text2num  # native code, loaded on first use

    try:
        return float(text2num(run.casefold(), tongue))
    except ValueError:
        return None
