"""Characters a reader cannot see, written so that they can be seen.

A direction override or a zero-width space in an article can make a sentence read otherwise than it is compared.
Such characters are never sent to the browser: a mark such as ⟨U+202E⟩ stands in their place.
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

# Fillers and joiners that are letters or marks to Unicode and yet show nothing.
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2028\u2029\u3164\uffa0\ufffe\uffff"
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co"}
_SUSPECT = re.compile(r"[^\n\t\x20-\x7e\u00a1-\u00ac\u00ae-\u033f]")


def is_hidden(character: str) -> bool:
    """Whether a character shows nothing or steers the text around it; line feed and tab do not count."""
    if character in "\n\t":
        return False
    code = ord(character)
    nonchar = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return nonchar or character in _BLANKS or unicodedata.category(character) in _HIDDEN_CATEGORIES


def visible(text: str) -> str:
    """``text`` with each hidden character as ⟨U+XXXX⟩."""
    return _SUSPECT.sub(lambda match: mark(match[0]) if is_hidden(match[0]) else match[0], text)


def mark(character: str) -> str:
    """Return the mark of one character."""
    return f"⟨U+{ord(character):04X}⟩"


def marked(text: str) -> Markup:
    """Escaped HTML of ``text``, each hidden character as an element of class ``hidden-char``."""
    pieces: list[Markup] = []
    start = 0
    for match in _SUSPECT.finditer(text):
        if is_hidden(match[0]):
            pieces.append(escape(text[start : match.start()]))
            pieces.append(Markup('<span class="hidden-char">{}</span>').format(mark(match[0])))
            start = match.end()
    pieces.append(escape(text[start:]))
    return Markup("").join(pieces)
