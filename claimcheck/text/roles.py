"""The role of a sentence that is not noise: claim, heading, question or fragment."""

from __future__ import annotations

import re

from claimcheck.text.headings import asserts

_QUESTION_END = re.compile(r"\?[!?. ]*[»\"')\] ]*$")
_QUOTED = re.compile(r"«[^«»]*(?:»|$)|^[^«»]*»|\"[^\"]*(?:\"|$)")
_WORD = re.compile(r"[^\W_]+")
_STOPPED = re.compile(r"[.!?…:;,][»\"')\] ]*$")
_ASKS = re.compile(
    r"\W*(?:(?:et|mais|or|alors|but|and|so) )?(?:qui|que|quoi|quel\w*|qu'\w+|où|quand|comment|combien|pourquoi|est-ce|"
    r"à (?:qui|quoi|quel\w*)|who\w*|what|where|when|why|how|which|is|are|was|were|will|does|did|do|can|could|should)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"[,;:–—] (?=(?:mais|et|or|but|and|yet)\b)")

HEADING_CHARACTERS = 140
TITLE_CHARACTERS = 250


def is_question(plain: str) -> bool:
    """Whether a sentence only asks: what it states outside quotes or before ", mais …?" makes it a claim."""
    if not _QUESTION_END.search(plain):
        return False
    outside = _QUOTED.sub(" ", plain)
    if not outside.rstrip(" .").endswith("?"):
        return word_count(outside) < 4
    first, *rest = _TURN.split(outside, maxsplit=1)
    return not (rest and word_count(first) >= 4 and asserts(first) and not _ASKS.match(first))


def is_heading(line: str) -> bool:
    """Whether a whole line has the form of a heading: short, no final stop, or nothing but one quoted phrase."""
    bare = line.strip()
    if len(bare) > HEADING_CHARACTERS:
        return False
    if bare.startswith("«") and bare.endswith("»"):
        return not any(mark in bare for mark in ".!?…")
    return not _STOPPED.search(bare)


def is_title(line: str, title: str) -> bool:
    """Whether the first line of an article is its title: it equals the known one or has no final full stop."""
    bare = line.strip()
    return bare == title.strip() or (len(bare) <= TITLE_CHARACTERS and not re.search(r"[.…:;,][»\"')\] ]*$", bare))


def word_count(plain: str) -> int:
    """Count the words: runs of letters and digits."""
    return len(_WORD.findall(plain))
