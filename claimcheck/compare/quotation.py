"""Quote drift: one speaker's words, reported by two outlets in different words."""

from __future__ import annotations

from collections import Counter

from claimcheck.compare.speakers import same_voice
from claimcheck.compare.wording import Word, words_of
from claimcheck.types import Sentence, Span

_FEWEST = 4  # words; a shorter quote is a catchword
_ALIKE = 0.6  # share of the shorter quote's words that the other has too


def quote_drift(left: Sentence, right: Sentence) -> list[tuple[Span, Span]]:
    """Spans of quotes of the same speaker that say nearly the same in other words.

    Quote marks, apostrophes, case and accents do not count; a quote that is cut short has not drifted.
    """
    if not same_voice(left, right):
        return []
    options = [
        (-likeness, one, other)
        for one in left.quotes
        for other in right.quotes
        if (likeness := _drift(left.text[one.start : one.end], right.text[other.start : other.end])) > 0
    ]
    chosen: list[tuple[Span, Span]] = []
    for _, one, other in sorted(options):
        if all(one != a and other != b for a, b in chosen):
            chosen.append((one, other))
    return chosen


def _drift(left: str, right: str) -> float:
    """How alike two quotes are, 0 when they are the same words, one inside the other, or different quotes."""
    short, long = sorted((_folded(words_of(left)), _folded(words_of(right))), key=len)
    if len(short) < _FEWEST or f" {' '.join(short)} " in f" {' '.join(long)} ":
        return 0.0
    common = (Counter(short) & Counter(long)).total()
    likeness = common / len(short)
    return likeness if likeness >= _ALIKE else 0.0


def _folded(words: tuple[Word, ...]) -> list[str]:
    return [word.folded for word in words]
