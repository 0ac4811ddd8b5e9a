"""Both languages say everything, and write numbers and dates their own way."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from report_samples import parsed, sample, text_of

from claimcheck.report import words as words_module
from claimcheck.report.cards import SYMBOLS
from claimcheck.report.matrix import STANCES
from claimcheck.report.words import Words, words_for
from claimcheck.types import Aspect, ConflictKind, Modality, Relation, Role, Stance, TimeRelation


def test_both_languages_say_everything_and_keep_the_same_places() -> None:
    for key, (french, english) in words_module._TABLE.items():
        assert french, key
        assert english, key
        assert set(re.findall(r"{\w+}", french)) == set(re.findall(r"{\w+}", english)), key
        assert french.count("|") == english.count("|"), key


def test_every_value_has_a_word_and_a_symbol() -> None:
    keys = {
        *(f"relation.{value}" for value in Relation),
        *(f"aspect.{value}" for value in Aspect),
        *(f"time.{value}" for value in TimeRelation),
        *(f"kind.{value}" for value in ConflictKind if value is not ConflictKind.NONE),
        *(f"stance.{value}" for value in Stance),
        *(f"role.{value}" for value in Role),
        *(f"modality.{value}" for value in Modality if value is not Modality.FLAT),
    }
    assert keys <= set(words_module._TABLE)
    assert set(SYMBOLS) == set(Relation)
    assert set(STANCES) == set(Stance)


def test_english_page_speaks_english() -> None:
    page = parsed(replace(sample(), language="en"))
    assert page.get("lang") == "en"
    assert page.xpath("//h1")[0].text == "What 5 outlets say"
    assert "Overtaken by a later account" in text_of(page)
    headings = " ".join(text_of(heading) for heading in page.xpath("//h2"))
    assert "Constats" not in headings


def test_numbers_and_dates_follow_the_language() -> None:
    french, english = words_for("fr-CA"), words_for("xx")
    moment = datetime(2031, 8, 1, 9, 5, tzinfo=UTC)
    assert french.moment(moment) == "1er août 2031, 09:05 UTC"
    assert english.moment(moment) == "1 August 2031, 09:05 UTC"
    assert french.percent(0.999) == "99\u00a0%"
    assert english.percent(1.0) == "100%"
    assert french.count("outlet", 0) == "0 média"
    assert english.count("outlet", 0) == "0 outlets"
    assert Words("fr").integer(12345) == "12\u202f345"
