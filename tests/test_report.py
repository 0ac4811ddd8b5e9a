"""The HTML page: what it shows, in which order, for whom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from report_samples import empty, large, parsed, sample, text_of
from report_story import PARIS

from claimcheck.report import words as words_module
from claimcheck.report.html import render_html
from claimcheck.settings import Settings
from claimcheck.types import Relation

# Content


def test_same_comparison_gives_same_bytes() -> None:
    assert render_html(sample()) == render_html(sample())


def test_summary_counts_and_names_the_top_contradiction() -> None:
    summary = parsed(sample()).get_element_by_id("summary")
    figures = [text_of(item).strip() for item in summary.xpath(".//ul[@class='figures']/li")]
    assert figures == ["3 ≠ contradictions", "1 ≈ divergence", "2 = accords", "1 récit dépassé"]
    lead = text_of(summary.xpath(".//div[@class='lead contradict']")[0])
    assert "Hydravel niait toute fissure" in lead
    assert "Radio Deux Vallées ≠ Agence Cormoran" in lead
    assert "Dépassé par un récit ultérieur" in lead
    lines = [line.text for line in summary.xpath(".//ul[@class='lines']/li")]
    assert "Accord sur 2 points\u00a0; 1 avec au moins deux origines indépendantes." in lines
    assert "Publiés du 4 mars 2031 au 8 mars 2031." in lines


def test_expected_false_alarms_follow_the_confidences() -> None:
    sure = replace(sample(), findings=tuple(replace(f, confidence=0.99) for f in sample().findings))
    doubtful = replace(sample(), findings=tuple(replace(f, confidence=0.5) for f in sample().findings))
    assert "fausse" not in text_of(parsed(sure).get_element_by_id("summary"))
    assert "environ 2 fausses alertes sur 4 conflits" in text_of(parsed(doubtful).get_element_by_id("summary"))


def test_divergence_leads_when_nothing_contradicts() -> None:
    findings = tuple(f for f in sample().findings if f.relation is not Relation.CONTRADICT)
    summary = text_of(parsed(replace(sample(), findings=findings)).get_element_by_id("summary"))
    assert "Divergence principale" in summary


def test_cards_come_in_rank_order_whatever_the_input_order() -> None:
    shuffled = replace(sample(), findings=sample().findings[::-1])
    ranks = parsed(shuffled).xpath("//article//p[@class='rank']/text()")
    assert ranks == ["1", "2", "3", "4", "5", "6"]


def test_card_shows_both_sentences_their_context_and_what_differs() -> None:
    card = parsed(sample()).get_element_by_id("f2")
    said = [element.text_content() for element in card.xpath(".//bdi[@class='said']")]
    assert said == [
        "Selon la préfète Irène Castan, 240 habitants ont été mis à l'abri dans le gymnase de Lestrade.",
        "Les trois hameaux évacués comptaient 410 habitants, selon la préfecture.",
    ]
    assert card.xpath(".//mark[@class='evidence']/text()") == ["240 habitants", "410 habitants"]
    context = [element.text_content() for element in card.xpath(".//bdi[@class='context']")]
    assert context[0].startswith("La préfecture a ordonné mardi")
    assert context[1].startswith(" L'exploitant Hydravel")
    shown = text_of(card)
    for words in ("selon Irène Castan", "84 %", "probable", "Les personnes citées se contredisent", "2 origines"):
        assert words in shown.replace("\u00a0", " ")
    differences = text_of(card.xpath(".//ul[@class='differences']")[0])
    assert "nombre 240 habitants ↔ 410 habitants les intervalles ne se recouvrent pas" in differences


def test_context_says_where_text_was_left_aside() -> None:
    base = sample()
    finding = base.findings[0]
    moved = replace(finding, judgements=finding.judgements[2:])
    card = parsed(replace(base, findings=(moved,))).get_element_by_id("f1")
    assert " […] Le niveau du lac" in card.text_content()
    assert "images.example" not in card.text_content()


def test_superseded_card_tells_which_account_came_later() -> None:
    card = parsed(sample()).get_element_by_id("f1")
    captions = [text_of(caption) for caption in card.xpath(".//figcaption")]
    assert "Radio Deux Vallées" in captions[0]
    assert "Dépassé" in captions[0]
    assert "Récit ultérieur" in captions[1]
    timeline = text_of(parsed(sample()).get_element_by_id("timeline"))
    assert "dépasse le récit de Radio Deux Vallées (Constat 1)" in timeline


def test_earlier_account_stands_left_and_keeps_its_evidence() -> None:
    base = sample()
    late_first = tuple(
        replace(a, published=datetime(2032, 1, 1, tzinfo=UTC)) if a.id == "a1" else a for a in base.articles
    )
    card = parsed(replace(base, articles=late_first)).get_element_by_id("f2")
    assert [outlet.text for outlet in card.xpath(".//figcaption/bdi")] == ["Agence Cormoran", "Le Courrier de Valombre"]
    assert card.xpath(".//mark[@class='evidence']/text()") == ["410 habitants", "240 habitants"]


def test_supporting_pairs_are_folded_and_counted() -> None:
    details = parsed(sample()).get_element_by_id("f1").xpath(".//details")[0]
    assert details.get("open") is None
    assert details.xpath("./summary/text()") == ["2 autres paires disent la même chose"]
    assert len(details.xpath(".//p[@class='twin']")) == 2
    many = parsed(large(3)).get_element_by_id("f1").xpath(".//details")[0]
    assert "2 autres dans l’export" in text_of(many)


def test_undecided_finding_says_so() -> None:
    assert "indécis, à vérifier" in text_of(parsed(sample()).get_element_by_id("f6"))


def test_matrix_cells_are_typed_in_words_and_lead_to_their_sentence() -> None:
    page = parsed(sample())
    rows = page.get_element_by_id("matrix").xpath(".//tbody/tr")
    assert text_of(rows[0].xpath("./th")[0]) == "Existence de la fissure"  # most conflicts first
    denial = rows[0].xpath("./td[@class='denies']")[0]
    assert "dément" in denial.text_content()
    target = page.get_element_by_id(denial.xpath("./a/@href")[0][1:])
    assert target.text_content().startswith("« Aucune fissure n'a été relevée »")
    assert denial.xpath("./a[@class='conflict']/@href") == ["#f1"]
    assert rows[0].xpath("./td[@class='silent']")[0].xpath(".//a") == []


def test_every_inner_link_has_a_target_and_ids_are_unique() -> None:
    for comparison in (sample(), large(30, length=120)):
        page = parsed(comparison)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_timeline_is_in_time_order_with_undated_accounts_last() -> None:
    early = datetime(2031, 3, 7, 8, 15, tzinfo=PARIS)  # 7:15 UTC, before the agency's 7:40 UTC
    articles = tuple(replace(a, published=early) if a.id == "a4" else a for a in sample().articles)
    page = parsed(replace(sample(), articles=articles))
    assert [outlet.text for outlet in page.xpath("//ol[@class='timeline']//bdi[@class='outlet']")] == [
        "Le Courrier de Valombre",
        "Radio Deux Vallées",
        "Le Grand Écho",
        "Agence Cormoran",
        "Northern Courier",
        "Radio Deux Vallées",
    ]


def test_reprints_are_named() -> None:
    assert "Agence Cormoran = Le Grand Écho, 1 passage" in text_of(parsed(sample()).get_element_by_id("timeline"))


def test_lone_claims_show_the_nearest_sentence_and_its_score() -> None:
    items = [text_of(item) for item in parsed(sample()).xpath("//ul[@class='solos']/li")]
    assert "A union had warned" in items[0]
    assert "Au plus près (0,41) Le Courrier de Valombre 4 mars 2031, 18:30 UTC+1 L'exploitant Hydravel" in items[0]
    assert "Rien de proche" in items[2]


def test_limits_name_models_settings_coverage_errors_and_failures() -> None:
    limits = text_of(parsed(sample()).get_element_by_id("limits"))
    for words in ("sample-encoder", "nli › revision", "3d4e5f", "0,04123", "scan.pdf", "paires jugées", "share"):
        assert words in limits
    assert "n’indiquent aucune erreur mesurée" in text_of(parsed(empty()).get_element_by_id("limits"))


def test_fingerprint_is_that_of_the_settings() -> None:
    run = Settings()
    page = parsed(replace(sample(), settings=run.model_dump()))
    assert page.xpath("//code/text()") == [run.fingerprint()]


def test_dropped_text_comes_with_its_reason() -> None:
    dropped = text_of(parsed(sample()).get_element_by_id("dropped"))
    assert "publicité bloc hors article Publicité : vérandas" in dropped


def test_findings_beyond_the_limit_are_summarised() -> None:
    page = parsed(replace(sample(), settings={"report": {"findings": 4}}))
    assert len(page.xpath("//article[contains(@class, 'card')]")) == 4
    assert "2 autres constats" in text_of(page.get_element_by_id("findings"))
    assert "2 accords." in text_of(page.get_element_by_id("findings"))


def test_two_hundred_findings_stay_under_one_megabyte() -> None:
    assert len(render_html(large(200)).encode()) < 1_000_000


def test_empty_comparison_still_gives_a_page() -> None:
    page = parsed(empty())
    assert "Il faut au moins deux médias" in text_of(page)
    assert page.xpath("//article") == []


def test_agreement_only_says_that_there_is_no_conflict() -> None:
    findings = tuple(f for f in sample().findings if f.relation is Relation.AGREE)
    assert "Aucun conflit n’a été trouvé" in text_of(parsed(replace(sample(), findings=findings)))


def test_times_with_and_without_zone_are_compared() -> None:
    articles = sample().articles
    mixed = tuple(replace(a, published=datetime(2031, 3, 4 + n)) if n % 2 else a for n, a in enumerate(articles))
    assert "2031" in render_html(replace(sample(), articles=mixed))


# Accessibility


def test_headings_never_skip_a_level_and_sections_are_named() -> None:
    page = parsed(sample())
    levels = [int(heading.tag[1]) for heading in page.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = set(page.xpath("//@id"))
    assert set(page.xpath("//@aria-labelledby")) <= ids
    for tag in ("main", "nav", "header"):
        assert page.xpath(f"//{tag}")
    assert page.xpath("//body/a[1]/@class") == ["skip"]


def test_controls_are_labelled_and_hidden_until_the_script_runs() -> None:
    page = parsed(sample())
    filters = page.get_element_by_id("filters")
    assert filters.get("hidden") is not None
    for control in filters.xpath(".//select | .//input"):
        assert control.xpath("ancestor::label"), control.get("id")
    assert page.xpath("//article[@hidden]") == []


def test_sentences_in_another_language_are_declared() -> None:
    card = parsed(sample()).get_element_by_id("f4")
    assert card.xpath(".//blockquote/@lang") == ["en"]


def _luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_contrast_meets_aa(scheme: int) -> None:
    style = (Path(words_module.__file__).parent / "static" / "report.css").read_text(encoding="utf-8")
    colors = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", re.findall(r":root {(.*?)}", style, re.DOTALL)[scheme]))
    relations = ("contradict", "diverge", "agree", "unrelated")
    pairs = [(ink, paper) for ink in ("ink", "soft", "link", *relations) for paper in ("paper", "card")]
    pairs += [("ink", f"{name}-tint") for name in relations] + [(name, f"{name}-tint") for name in relations]
    for ink, paper in pairs:
        light, dark = sorted((_luminance(colors[ink]), _luminance(colors[paper])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)
