"""Quote drift: one speaker's words, reported by two outlets in different words."""

from __future__ import annotations

from collections import Counter

from claimcheck.judgement.speakers import same_voice
from claimcheck.judgement.wording import words_of
from claimcheck.types import Sentence, Span

_FEWEST = 4  # words; a shorter quote is a catchword
_ALIKE = 0.6  # share of the shorter quote's words that the other has too


def quote_drift(left: Sentence, right: Sentence) -> list[tuple[Span, Span]]:
    """Spans of quotes of the same speaker that say nearly the same in other words.

    Quote marks, apostrophes, case and accents do not count; a quote that is cut short has not drifted.
    """
    if not same_voice(left, right):
        return []
    ours, theirs = _quotes(left), _quotes(right)
    options = [
        (-_alike(one, other), here, there)
        for here, one in ours
        for there, other in theirs
        if not any(_holds(one, each) for _, each in theirs) and not any(_holds(other, each) for _, each in ours)
    ]
    chosen: list[tuple[Span, Span]] = []
    for score, here, there in sorted(options):
        if -score >= _ALIKE and all(here != a and there != b for a, b in chosen):
            chosen.append((here, there))
    return chosen


def _quotes(sentence: Sentence) -> list[tuple[Span, list[str]]]:
    """Return the quotes of some length, with their folded words."""
    texts = [(span, sentence.text[span.start : span.end]) for span in sentence.quotes]
    folded = [(span, [word.folded for word in words_of(text)]) for span, text in texts]
    return [(span, words) for span, words in folded if len(words) >= _FEWEST]


def _holds(one: list[str], other: list[str]) -> bool:
    """Whether two quotes are the same words, or one is cut out of the other."""
    short, long = sorted((one, other), key=len)
    return f" {' '.join(short)} " in f" {' '.join(long)} "


def _alike(one: list[str], other: list[str]) -> float:
    return (Counter(one) & Counter(other)).total() / min(len(one), len(other))
