"""The language of a text, at document level, with abstention."""

from __future__ import annotations

from functools import cache
from typing import Any

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "ro")
_SURE = 0.8  # below it the answers of short lines such as "Photo: AFP" are guesses
_CHARACTERS = 5_000  # enough for certainty, and a bound on the time


def language(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text``, one of ``LANGUAGES``; None where that is in doubt."""
    if not any(character.isalpha() for character in text[:_CHARACTERS]):
        return None
    code, probability = _identifier().classify(text[:_CHARACTERS])
    return str(code) if probability >= _SURE else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
