"""Code-switching: an English text with its known words replaced by French ones, read off a dictionary.

There is no French NLI set to train on; English examples with half of their sides switched teach the judge to read
French words in a known frame.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

Dictionary = Mapping[str, Sequence[tuple[str, float]]]
_WORD = re.compile(r"[^\W\d_]+(?:['’](?=\s|$))?")
_SIDES = ((True, True), (True, False), (False, True))
_SIDE_WEIGHTS = (0.6, 0.2, 0.2)


def switch(text: str, dictionary: Dictionary, share: float, draw: random.Random) -> str:
    """``text`` with about ``share`` of its known words in French, drawn by squared Dice score."""

    def replace(match: re.Match[str]) -> str:
        entries = dictionary.get(match.group().lower())
        if not entries or draw.random() > share:
            return match.group()
        words, scores = zip(*entries, strict=True)
        return str(draw.choices(words, [score**2 for score in scores])[0])

    return _WORD.sub(replace, text)


def switch_pair(
    pair: tuple[str, str], dictionary: Dictionary, *, switched: float, share: float, draw: random.Random
) -> tuple[str, str]:
    """The pair with both sides, the first or the second switched, or (``1 - switched``) untouched."""
    if draw.random() > switched:
        return pair
    first, second = draw.choices(_SIDES, _SIDE_WEIGHTS)[0]
    a, b = pair
    return (switch(a, dictionary, share, draw) if first else a, switch(b, dictionary, share, draw) if second else b)
