"""The page of a check: the sections of its own, made of the parts of the report."""

from __future__ import annotations

from dataclasses import replace

import pytest
from check_samples import CHECKED, checked
from report_samples import parsed, sample, text_of
from report_story import ARTICLES, row_of
from test_report_safety import OUR_ATTRIBUTES, OUR_TAGS, PAYLOADS, poisoned
from test_review_report import decided

from claimcheck.report import render_html, to_csv
from claimcheck.report.checks import SECTIONS


def section(name: str, language: str = "fr") -> str:
    found = checked()
    page = parsed(replace(found, comparison=replace(found.comparison, language=language)))
    return text_of(page.get_element_by_id(name))


def test_same_check_gives_same_bytes() -> None:
    assert render_html(checked()) == render_html(checked())


def test_the_page_has_its_sections_in_order_and_links_to_them() -> None:
    page = parsed(checked())
    assert tuple(page.xpath("//main/section/@id")) == SECTIONS
    assert page.xpath("//nav//a/@href") == [f"#{name}" for name in SECTIONS]


def test_every_link_within_the_page_leads_somewhere_once() -> None:
    page = parsed(checked())
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_the_heading_names_the_article() -> None:
    header = text_of(parsed(checked()).xpath("//header[@class='page']")[0])
    assert "Ce que d’autres médias disent de cet article" in header
    assert "Agence Cormoran" in header
    assert "4 phrases comparées" in header


def test_the_summary_counts_the_lists_and_says_what_was_compared() -> None:
    figures = parsed(checked()).xpath("//ul[@class='figures']/li")
    assert [text_of(item).strip() for item in figures] == [
        "3 ≠ contradictions", "1 ≈ divergence", "1 = point corroboré",
        "3 affirmations nouvelles", "1 point absent", "1 récit dépassé",
    ]  # fmt: skip
    lines = section("summary", "en")
    assert "Held against 3 articles of 3 outlets on the same story, among 40 articles in the corpus." in lines
    assert "1 agreement is of one and the same origin." in lines
    assert "2 further articles of the story were not compared" in lines
    assert "2 articles on the same actors, published more than 30 days apart, were not compared" in lines


def test_each_card_stands_in_its_list() -> None:
    page = parsed(checked())
    relations = {name: page.xpath(f"//section[@id='{name}']/article/@class") for name in ("conflicts", "corroborated")}
    assert set(relations["conflicts"]) == {"card contradict", "card diverge"}
    assert set(relations["corroborated"]) == {"card agree"}
    assert len(page.xpath("//article[starts-with(@class, 'card')]")) == len(sample().findings)


def test_findings_about_the_same_texts_stand_once_each() -> None:
    plain = sample()
    same = replace(plain, findings=tuple(replace(finding, id="0" * 16) for finding in plain.findings))
    assert len(parsed(checked(same)).xpath("//article[starts-with(@class, 'card')]")) == len(plain.findings)


def test_the_article_checked_is_marked_on_its_side_of_a_card() -> None:
    page = parsed(checked())
    marked = page.xpath("//figcaption[span[@class='note'] = 'article vérifié']/bdi/text()")
    assert set(marked) == {"Agence Cormoran"}
    assert "article vérifié" not in render_html(sample())


def test_cards_show_what_was_decided_and_take_verdicts() -> None:
    plain = sample()
    first, second = plain.findings[:2]
    page = parsed(checked(decided()))
    shown = [text_of(each) for each in page.xpath("//*[@class='decided']")]
    assert len(shown) == 2
    assert "Divergence, anna, bob" in shown[0]
    assert len(page.xpath("//*[@id='mine']")) == 1
    assert {first.id, second.id} <= set(page.xpath("//article/div/p/@data-finding"))


def test_a_missing_point_shows_who_says_it_and_the_nearest_sentence_here() -> None:
    shown = section("missing")
    assert "240 habitants ont été mis à l'abri" in shown
    assert "Environ 250 personnes ont quitté leur domicile" in shown
    assert "2 origines indépendantes. Au plus près dans cet article (0,41) Les trois hameaux" in shown


def test_what_was_set_aside_is_named_with_the_time_between() -> None:
    shown = section("story", "en")
    assert "Northern Courier" in shown
    assert "92 days earlier" in shown
    assert "1 day later" in shown


def test_a_new_claim_shows_when_the_nearest_sentence_was_published() -> None:
    assert "(0,41) Agence Cormoran" not in section("new")
    assert "(0,41) Le Courrier de Valombre 4 mars 2031" in section("new")


def test_the_texts_show_the_article_whole_and_of_others_what_is_cited() -> None:
    articles = parsed(checked()).xpath("//section[@id='texts']/article")
    first = next(article for article in ARTICLES if article.id == CHECKED)
    assert first.title in text_of(articles[0])
    assert len(articles[0].xpath("./p")) == 4
    assert parsed(checked()).xpath(f"//p[@id='s{row_of('Selon la préfète')}']")


def test_empty_lists_say_so() -> None:
    nothing = replace(checked(), conflicts=(), corroborated=(), reprinted=(), missing=(), aside=(), story=())
    whole = replace(nothing, comparison=replace(nothing.comparison, findings=(), solos=()))
    text = text_of(parsed(whole))
    for words in (
        "Aucun conflit",
        "Aucun accord",
        "Aucune affirmation isolée",
        "Rien de ce que disent",
        "rien à comparer",
    ):
        assert words in text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_markup(payload: str) -> None:
    page = parsed(checked(poisoned(payload)))
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    assert {element.tag for element in elements} <= OUR_TAGS
    assert {name for element in elements for name in element.attrib} <= OUR_ATTRIBUTES
    assert [script.get("type") for script in page.iter("script")] == ["application/json", None]
    assert all(href.startswith(("#", "http://", "https://")) for href in page.xpath("//a/@href"))


def test_the_table_is_that_of_the_comparison() -> None:
    assert to_csv(checked()) == to_csv(sample())
