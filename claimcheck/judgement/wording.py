"""Words of a sentence with their spans and stems, so that inflections and accents do not hide a shared word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from claimcheck.text.lexicon import fold, words
from claimcheck.text.shadow import shadow

_WORD = re.compile(r"\w+")
_LONGEST = 2_000  # characters read of a sentence
_STEM = 6  # letters: long enough to tell words apart, short enough to meet across inflections and languages
_SHORTEST = 4
_EMPTY = words(
    "avec avait avaient ayant aura auront aurait auraient cela ceci celle celui ceux cette ces comme contre dans "
    "depuis dont deux elle elles encore entre etait etaient etre etant fait font leur leurs lors mais meme moins "
    "notre nous parce pendant plus pour quand quel quelle sans selon sera seront serait seraient ses soit sont sous "
    "sur tous tout toute toutes tres une vers vous votre ainsi alors apres aussi autre autres avant bien chez about "
    "after also been before being between both from have having here into just more most much only other over said "
    "same some such than that their them then there these they this those under very were what when where which "
    "while will with would your dit dire declare declarer affirme affirmer annonce annoncer"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: its half-open span, its folded form (lower case, no accents) and its stem."""

    start: int
    end: int
    folded: str
    stem: str

    @property
    def content(self) -> bool:
        """Whether the word says what the sentence is about."""
        return len(self.folded) >= _SHORTEST and self.folded not in _EMPTY and not self.folded.isdigit()


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of ``text`` in order; an elided article ("l'") is a word of its own."""
    found = _WORD.finditer(shadow(text[:_LONGEST]))
    return tuple(Word(m.start(), m.end(), folded, stem(folded)) for m in found for folded in (fold(m.group()),))


def stem(folded: str) -> str:
    """Return a folded word without the endings of number and gender, cut to its first letters."""
    if len(folded) > _SHORTEST:
        folded = folded.rstrip("sx").rstrip("e") or folded
    return folded[:_STEM]


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """Stems of the content words of ``text``."""
    return frozenset(word.stem for word in words_of(text) if word.content)


def shared(left: str, right: str) -> int:
    """How many content stems two texts share."""
    return len(content(left) & content(right))


def overlap(left: str, right: str) -> float:
    """Share of the shorter text's content stems that the other has too, 0 to 1."""
    fewer = min(len(content(left)), len(content(right)))
    return shared(left, right) / fewer if fewer else 0.0
