"""What a pair of sentences is known by: its content, so that a decision about it outlives runs, models and versions."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_DIGITS = 16
_WORD = re.compile(r"\w+")


def pair_key(one: tuple[str, str], other: tuple[str, str]) -> str:
    """16 hexadecimal digits for two (outlet, sentence) sides, whatever their order.

    Case, spacing and punctuation do not count: a page that is typeset again asks nobody the same question again.
    Accents, digits and words do.
    """
    sides = sorted(f"{_normal(outlet)}\n{_normal(text)}" for outlet, text in (one, other))
    return hashlib.sha256("\n\n".join(sides).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _normal(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
