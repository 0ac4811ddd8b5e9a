"""The language of a text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.text.language import LANGUAGES, language

FRENCH = "Le conseil régional a voté hier soir la fermeture de trois lycées agricoles, malgré les protestations."
ENGLISH = "The regional council voted last night to close three farming schools in spite of the protests."


def test_french_and_english_are_told_apart() -> None:
    assert language(FRENCH) == "fr"
    assert language(ENGLISH) == "en"


def test_another_language_is_neither_french_nor_english() -> None:
    assert language("Der Landtag hat gestern Abend beschlossen, drei landwirtschaftliche Schulen zu schließen.") == "de"


@pytest.mark.parametrize("text", ["", "   ", "12 345", "?!", "Photo: AFP", "Kyiv proteste"])
def test_too_little_text_has_no_language(text: str) -> None:
    assert language(text) is None


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_text_gets_a_known_language_or_none(text: str) -> None:
    assert language(text) in {*LANGUAGES, None}
