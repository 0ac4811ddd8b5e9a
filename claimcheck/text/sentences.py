"""Sentence boundaries of French and English news text: own rules, linear time, exact offsets."""

from __future__ import annotations

import re

from claimcheck.text.lexicon import words
from claimcheck.text.shadow import shadow

_LINE = re.compile(r"[^\n]+")
# A stop with the marks that close what it ends; "]" of "[…]" is no closer, a footnote call such as "[3]" is.
_STOP = re.compile(r"(?P<stop>[.!?…]+)(?P<close>(?:[»\"')]| {1,2}»|\[\d{1,3}\])*)")
_OPENERS = " «\"'([—–-•►…."
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")

# Never the end of a sentence when something follows.
_TITLES = words(
    "m mm mme mmes mlle mlles me mgr dr drs pr prof st ste sts mr mrs ms messrs gen gén sen rep gov col cdt lt "
    "capt sgt adj cmdt rev hon pres sec cf vs approx env ca"
)
# Not the end when a number or a lower-case word follows.
_BEFORE_NUMBERS = words(
    "art p pp n no nos vol chap fig t al ch éd ed ex tél tel av bd boul rés janv févr fevr avr juil sept oct nov "
    "déc dec jan feb mar apr jun jul aug sep min max hab"
)
# The end only when an ordinary sentence follows: "the U.S. Congress", "lived in the U.S. The law".
_EITHER = words("inc ltd corp co jr sr bros a.m p.m i.e e.g")
_STARTERS = words(
    "le la les l'on un une des il elle ils elles on ce cet cette ces c'est mais et or car ainsi dans en pour "
    "selon après avant si puis enfin au aux à d'après leur son sa ses nous je vous depuis de par sur quant the a "
    "an he she they it we i you but and in on at for after before this that these those there his her its their "
    "as when while if according to by from"
)
_ASKED = re.compile(
    r"(?:(?:[A-ZÀ-Ý][\w.'-]{0,30}|de|van|von|du|la) ){1,5}"
    r"(?:asked|said|says|wrote|told|added|replied|wondered|demanded)\b"
)


def spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of ``text``, in order, without surrounding spaces.

    Every visible character is in exactly one span. A line end always ends a sentence.
    """
    plain = shadow(text)
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(plain):
        start = line.start()
        for end in _ends(plain, line.start(), line.end()):
            found.append((start, end))
            start = end
        found.append((start, line.end()))
    return [span for start, end in found if (span := _stripped(plain, start, end))[0] < span[1]]


def _ends(plain: str, start: int, stop: int) -> list[int]:
    """List the ends of the sentences inside one line, its own end left out."""
    ends: list[int] = []
    quotes, counted = 0, start  # straight quote marks since the sentence began
    for match in _STOP.finditer(plain, start, stop):
        quotes += plain.count('"', counted, match.end())
        counted = end = match.end()
        if quotes % 2 and (plain[end : end + 3] == ' " ' or (plain[end : end + 2] == ' "' and end + 2 == stop)):
            end += 2  # a mark that stands apart closes what the sentence opened
        if end < stop and _is_boundary(plain, start, match, end, stop):
            ends.append(end)
            quotes, counted, start = 0, end, end
    return ends


def _is_boundary(plain: str, start: int, match: re.Match[str], end: int, stop: int) -> bool:
    after = _opening(plain, end, stop)
    if after is None:
        return False
    if plain[end] != " ":
        return _is_glued(plain, match, end)
    if match["stop"] in ("…", "...") and plain[match.start() - 1 : match.start()] in ("[", "("):
        return False
    if match["close"].strip():
        return not (match["stop"][-1] in "!?" and _ASKED.match(plain, end + 1, min(stop, end + 121)))
    return match["stop"] != "." or not _is_abbreviation(plain, start, match.start(), after, stop)


def _opening(plain: str, end: int, stop: int) -> int | None:
    """Where the next sentence's first capital or digit stands, None where no sentence can begin."""
    for place in range(end, min(end + 12, stop)):
        character = plain[place]
        if character.isupper() or character.isdigit():
            return place
        if character.islower():
            return None
        if character not in _OPENERS and character.isascii():
            return None
    return None


def _is_glued(plain: str, match: re.Match[str], end: int) -> bool:
    """Whether a missing space, as in "la paix.Le", "…?»Outre" or "la paix.« Je", still separates two sentences."""
    following = plain[end + 1 : end + 2]
    if plain[end] not in "«•►" and not (plain[end].isupper() and (following == "'" or following.islower())):
        return False
    before = plain[max(match.start() - 3, 0) : match.start()]
    is_word = len(before) == 3 and before.isalpha() and before.islower()
    return is_word or match["close"] != "" or match["stop"] in ("!", "?") or before.endswith(("»", '"', ")"))


def _is_abbreviation(plain: str, start: int, dot: int, after: int, stop: int) -> bool:
    """Whether the single dot at ``dot`` belongs to the word before it. Looks back a dozen characters at most."""
    begin = max(start, dot - 12)
    token = plain[begin:dot].rsplit(" ", 1)[-1].lstrip("«\"'([-–—").rsplit("'", 1)[-1]
    key = token.casefold()
    if key.isdigit():
        return plain[start:dot].strip() == token and len(token) <= 3
    if key in _TITLES and (len(key) > 1 or token.isupper()):
        return True
    if key in _BEFORE_NUMBERS and plain[after].isdigit():
        return True
    if key in _EITHER or re.fullmatch(r"(?:\w{1,2}[.-]+)*[A-ZÀ-Ý]", token):
        return not _starts_ordinary_sentence(plain, after, stop)
    return False


def _starts_ordinary_sentence(plain: str, after: int, stop: int) -> bool:
    """Whether a grammatical word begins at ``after`` and an uncapitalised one follows: "Le pays", not "Le Goff"."""
    first = _WORD.match(plain, after, min(stop, after + 20))
    if first is None:
        return False
    word = first.group().casefold()
    if word not in _STARTERS and word.split("'")[0] not in ("l", "d", "c", "j", "n", "s", "qu"):
        return False
    following = plain[first.end() + 1 : first.end() + 2]
    return "'" in word or not following.isupper()


def _stripped(plain: str, start: int, end: int) -> tuple[int, int]:
    piece = plain[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
