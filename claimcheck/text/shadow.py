"""A shadow of a text: the same length, one spelling for spaces, apostrophes, quote marks and hyphens.

Rules are written once, against the shadow; the spans they find point into the original.
"""

from __future__ import annotations

_SPELLINGS = {
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    # Invisible marks (zero width, direction, byte order) become spaces too: a character can't be left out.
    "\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
    "\n": "\r\v\f\u0085\u2028\u2029",
    "'": "\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4`\uff07",
    "«": "\u201c\u201e\u201f\u2039",
    "»": "\u201d\u203a",
    '"': "\u2033\uff02",
    "-": "\u00ad\u2010\u2011\u2212",
}
_TABLE = str.maketrans({spelling: canonical for canonical, spellings in _SPELLINGS.items() for spelling in spellings})


def shadow(text: str) -> str:
    """``text`` with canonical characters, ``len(shadow(text)) == len(text)``; idempotent.

    All spaces are " ", all line ends line feeds, apostrophes "'", directed double quotes "«" and "»", hyphens and
    minus signs "-"; straight double quotes, dashes and "…" stay.
    """
    return text.translate(_TABLE)
