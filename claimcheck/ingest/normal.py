"""The one normal form of all text: NFC, LF line ends, no control characters but line end and tab."""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Soft hyphens and byte order marks are layout: inside a word they would hide it from every later stage.
_LAYOUT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def normal(text: str) -> str:
    """``text`` in the normal form; applying it twice changes nothing. Lone surrogates become U+FFFD."""
    text = _LINE_END.sub("\n", text)
    text = _SURROGATE.sub("\ufffd", _LAYOUT.sub("", text))
    return unicodedata.normalize("NFC", text)


def one_line(text: str, limit: int = 500) -> str:
    """``text`` in the normal form on one line, cut after ``limit`` characters."""
    bare = _SPACES.sub(" ", normal(text)).strip()
    return bare if len(bare) <= limit else bare[: limit - 1].rstrip() + "…"
