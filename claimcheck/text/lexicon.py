"""Word lists as sets and as patterns, and the folded form under which spellings meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def words(text: str) -> frozenset[str]:
    """The space-separated words of ``text``; "_" stands for a space inside one."""
    return frozenset(word.replace("_", " ") for word in text.split())


def either(listed: str | Iterable[str]) -> str:
    """A pattern that matches any of the listed words, the longest first, without groups."""
    chosen = words(listed) if isinstance(listed, str) else listed
    return "(?:" + "|".join(re.escape(word) for word in sorted(chosen, key=lambda word: (-len(word), word))) + ")"


def fold(text: str) -> str:
    """``text`` in lower case without accents: "Zelenský" and "zelensky" meet. The length may change."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_LIGATURES)
