"""Proper names of an article, by capital letters and the company they keep, under one key for all their spellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimcheck.text.aliases import canonical, is_known, is_place
from claimcheck.text.headings import asserts
from claimcheck.text.lexicon import either, fold, words
from claimcheck.text.name_words import COMMON, HONORIFICS, INSTITUTIONS, NEVER, RANKS
from claimcheck.text.offices import offices
from claimcheck.text.shadow import shadow
from claimcheck.types import Name, Span

_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_TOKEN = (
    rf"(?:(?!M\. )(?:{_CAPITAL}\.[ -]?){{1,4}}{_CAPITAL}[^\W\d_][^\W_]*(?:-{_CAPITAL}[^\W_]+)?|(?:{_CAPITAL}\.){{2,5}}"
    rf"|{_CAPITAL}[^\W_]*(?:['-](?:{_CAPITAL}|d'|l')?[^\W_]+){{0,5}})"
)
_PARTICLE = either(
    "von van der den ter bin ben ibn al el le la di da dos y van_der van_den von_der de_la de del du des d' of the for"
)
_RUN = re.compile(
    rf"(?<![\w])(?:(?<=[^\W_]')|(?<!'))(?:(?:{HONORIFICS})\.? )?"
    rf"(?P<name>{_TOKEN}(?: (?:(?:{_PARTICLE}) ?){{0,2}}{_TOKEN}){{0,7}})"
)
_PART = re.compile(rf"(?P<cap>{_TOKEN})|(?P<particle>{_PARTICLE})(?= |$|(?<='))")
_ALWAYS_JOIN = words("von van der den ter bin ben ibn al el di da dos del y von_der van_der van_den")
_SEATS = words("maison-blanche white_house kremlin pentagone pentagon elysee otan nato onu ue eu quai_d'orsay matignon")
_OPENING = " «»\"'([—–-•►…\n"


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate: where it stands, its words, and whether it opens its sentence."""

    sentence: int
    start: int
    end: int
    text: str
    opens: bool


def names(texts: Sequence[str], language: str) -> tuple[tuple[Name, ...], ...]:
    """The proper names of each sentence of one article, in order; offsets point into each text.

    A surname alone gets the key of the full name in the same article; an office ("le porte-parole") gets the key of
    the person whom the article names as its holder. Titles are not part of a name.
    """
    plains = [shadow(text) for text in texts]
    found = [one for row, plain in enumerate(plains) for one in _candidates(row, plain)]
    kept = _kept(found, plains)
    keyed = _keyed(kept)
    rows: list[list[Name]] = [[] for _ in texts]
    for one, key in keyed:
        rows[one.sentence].append(Name(Span(one.start, one.end), key))
    for row, extra in enumerate(offices(plains, rows)):
        rows[row] += extra
    return tuple(tuple(sorted(row, key=lambda name: name.span)) for row in rows)


def _candidates(row: int, plain: str) -> Iterator[_Found]:
    """Runs of capitalised words, cut where their particles do not join."""
    if _is_shouted(plain):
        return
    for match in _RUN.finditer(plain):
        before = plain[: match.start()]
        opens = not before.strip(_OPENING) or before.rstrip(" «\"'(").endswith((":", ".", "!", "?", "…"))
        for start, end in _cut(match["name"], match.start("name"), opens):
            begin, end = _without_titles(plain, start, _known_end(plain, start, end))
            if begin < end:
                yield _Found(row, begin, end, plain[begin:end], opens and begin == match.start("name"))


_SMALL_WORDS = re.compile(r" [a-zà-ÿ]{2,15}(?: [a-zà-ÿ]{2,15})?")


def _known_end(plain: str, start: int, end: int) -> int:
    """Where the name ends with the lower-case words that a known one goes on with: "Arabie saoudite"."""
    more = _SMALL_WORDS.match(plain, end)
    if more is None:
        return end
    one = plain.find(" ", end + 1, more.end())
    ends = (more.end(), one if one > 0 else more.end())
    return next((longer for longer in ends if is_known(plain[start:longer])), end)


def _is_shouted(plain: str) -> bool:
    """Whether a text is in capitals throughout, so that they tell nothing."""
    letters = [letter for letter in plain if letter.isalpha()]
    return len(letters) > 15 and sum(letter.isupper() for letter in letters) > 0.6 * len(letters)


def _cut(run: str, offset: int, opens: bool) -> Iterator[tuple[int, int]]:
    """The names inside one run: "Ursula von der Leyen" is one, "Russie de Poutine" two, "Quai d'Orsay" one."""
    start: int | None = None
    end = 0
    link = ""
    for part in _PART.finditer(run):
        if part["particle"]:
            link += " " + part["particle"].casefold()
            continue
        if start is None:
            start = part.start()
        elif not _joins(run[start:end], link.strip(), opens and start == 0):
            yield offset + start, offset + end
            start = part.start()
        end, link = part.end(), ""
    if start is not None:
        yield offset + start, offset + end


def _joins(left: str, link: str, opens: bool) -> bool:
    """Whether ``left`` and the next capitalised word, with a particle or nothing between, are one name.

    ``opens`` says that ``left`` opens a sentence.
    """
    if not link:
        return not left.endswith("'s") and fold(left) not in _SEATS
    if link in _ALWAYS_JOIN or link.split()[0] in _ALWAYS_JOIN:
        return True
    first = fold(left.split(" ")[0])
    if first in INSTITUTIONS:
        return True
    if opens or " " in left or is_known(left) or first in NEVER or left.isupper():
        return False
    return link in ("de", "d'", "de la", "du", "le", "la")


def _without_titles(plain: str, start: int, end: int) -> tuple[int, int]:
    """The span without leading titles and ranks ("President", "Mme") and without a possessive "'s"."""
    if plain[end - 2 : end] == "'s" or plain[end - 2 : end] == "s'":
        end -= 2 if plain[end - 1] == "s" else 1
    for _ in range(5):
        head = plain[start:end].split(" ", 1)
        if len(head) < 2 or fold(head[0].rstrip(".")) not in RANKS:
            break
        start = end - len(head[1])
    return start, end


def _kept(found: list[_Found], plains: Sequence[str]) -> list[_Found]:
    """The candidates that are names: capitals that open a sentence prove nothing by themselves."""
    inside = Counter(word for one in found if not one.opens for word in one.text.split(" "))
    lower = {word for plain in plains for word in re.findall(r"(?<![\w])[a-zà-ÿ]{2,}", plain)}
    kept: list[_Found] = []
    for one in found:
        trimmed = _trimmed(one, plains[one.sentence], inside, lower) if one.opens else one
        if trimmed is not None and fold(trimmed.text) not in NEVER and not _is_common(trimmed.text):
            kept.append(trimmed)
    return kept


def _trimmed(one: _Found, plain: str, inside: Counter[str], lower: set[str]) -> _Found | None:
    """A sentence-opening candidate without the ordinary word in front, or None where it is only that word."""
    while True:
        first, _, rest = one.text.partition(" ")
        is_ordinary = fold(first) in NEVER or first.casefold() in COMMON
        if not is_ordinary and not (one.opens and first.casefold() in lower and first not in inside):
            break
        if not rest or rest[0].islower():
            return None
        one = _Found(one.sentence, one.end - len(rest), one.end, rest, opens=False)
    if not one.opens or rest or first in inside or is_known(first) or (first.isupper() and len(first) > 1):
        return one
    return one if _looks_named(first) or _is_subject(first, plain[one.end :]) else None


def _looks_named(word: str) -> bool:
    """Whether a lone sentence-opening word, never seen elsewhere, is likelier a name: inner capitals or a hyphen."""
    return any(letter.isupper() for letter in word[1:]) or ("-" in word and word.split("-")[1][:1].isupper())


def _is_subject(word: str, rest: str) -> bool:
    """Whether a lone opening word is a subject without a determiner: "Maxival promet", but "Officials said"."""
    following = re.match(r" (?:n'|ne |s'|se )?[a-zà-ÿ]+\b(?!-)", rest)
    if following is None or word.endswith(("s", "é", "ée", "ant", "ment")):
        return False
    return asserts(word + following.group())


def _is_common(text: str) -> bool:
    return " " not in text and (text.casefold() in COMMON or len(text) < 2)


def _keyed(kept: list[_Found]) -> list[tuple[_Found, str]]:
    """Each name with its key: short forms join the last full name before them, or the first one of the article."""
    keys = [canonical(one.text) for one in kept]
    full = [(place, key) for place, key in enumerate(keys) if " " in key and not is_place(kept[place].text)]
    result: list[tuple[_Found, str]] = []
    for place, (one, key) in enumerate(zip(kept, keys, strict=True)):
        short = fold(one.text)
        spelled = " ".join(canonical_word(word) for word in short.split(" "))
        matches = [(where, long) for where, long in full if long != key and long.endswith((" " + short, " " + spelled))]
        before = [long for where, long in matches if where < place]
        result.append((one, before[-1] if before else matches[0][1] if matches else key))
    return result


def canonical_word(word: str) -> str:
    """One word of a name in its known spelling, without completing it: "putin" -> "poutine"."""
    return canonical("· " + word).removeprefix("· ")
