"""A comparison as one HTML page that works offline, on paper, on a phone and without JavaScript."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from claimcheck.report.appendix import (
    dropped_of,
    fingerprint,
    is_short,
    limits_of,
    model_line,
    solos_of,
    texts_of,
)
from claimcheck.report.cards import SYMBOLS, Card, cards_of
from claimcheck.report.checks import check_views
from claimcheck.report.invisible import marked, visible
from claimcheck.report.matrix import STANCES, matrix_of
from claimcheck.report.sources import Corpus, chronological, corpus_of
from claimcheck.report.summary import summary_of
from claimcheck.report.timeline import reprints_of, timeline_of
from claimcheck.report.words import Words, words_for
from claimcheck.types import Check, Comparison, Finding

_HERE = Path(__file__).parent
TEMPLATES, STATIC = _HERE / "templates", _HERE / "static"
_DEFAULT_CARDS = 200
SECTIONS = ("summary", "matrix", "findings", "timeline", "solos", "texts", "dropped", "limits")


def render_html(result: Comparison | Check) -> str:
    """Return the report: the same result always gives the same bytes, and the page never makes a request."""
    comparison = result.comparison if isinstance(result, Check) else result
    style, script = _asset("report.css"), _asset("report.js") + _asset("decide.js")
    words = words_for(comparison.language)
    corpus = corpus_of(comparison, words)
    common = _common(comparison, corpus, words)
    if isinstance(result, Check):
        template, views = "check.html.j2", check_views(result, common["cards"], corpus, words)
    else:
        template, views = "report.html.j2", _report(comparison, common["cards"], corpus, words)
    page = {"csp": _policy(style, script), "style": _own(style), "script": _own(script)}
    return environment(TEMPLATES).get_template(template).render(w=words, **page, **common, **views)


def _common(comparison: Comparison, corpus: Corpus, words: Words) -> dict[str, Any]:
    """All that both pages show, by name."""
    topics = {topic.id: topic.label for topic in comparison.topics}
    ranked = tuple(sorted(comparison.findings, key=lambda finding: finding.rank))
    shown = _card_limit(comparison.settings)
    cards = cards_of(ranked[:shown], topics, corpus, words)
    return {
        "comparison": comparison,
        "cards": cards,
        "beyond": _beyond(ranked[shown:]),
        "reprints": reprints_of(comparison, corpus),
        "dropped": dropped_of(comparison, corpus, words),
        "limits": limits_of(comparison, words),
        "choices": _choices(cards, topics, corpus),
        "island": {
            "cards": [_facts(card) for card in cards],
            "shown": words("shown"),
            "mine": words("mine_count"),
            "about": {"model": model_line(comparison.models), "settings": fingerprint(comparison.settings)},
        },
        "symbols": SYMBOLS,
    }


def _report(comparison: Comparison, cards: list[Card], corpus: Corpus, words: Words) -> dict[str, Any]:
    """All that only the page of a comparison shows."""
    outlets = len({article.outlet for article in comparison.articles})
    matrix = matrix_of(comparison, cards, corpus)
    solos, solos_left = solos_of(comparison, corpus, words)
    cells = [cell.row for _, cells in matrix.lines for cell in cells]
    led_to = [*cells, *(row for solo in solos for row in (solo.row, solo.near_row))]
    ordered = chronological(comparison.articles)
    return {
        "title": words("title", outlets=words.count("outlet", outlets)),
        "sections": SECTIONS,
        "focus": "findings",
        "checked": None,
        "summary": summary_of(comparison, cards, words),
        "matrix": matrix,
        "stances": STANCES,
        "timeline": timeline_of(comparison.articles, cards, corpus),
        "solos": solos,
        "solos_left": solos_left,
        "texts": texts_of(ordered, cards, led_to, corpus, whole=is_short(corpus)),
    }


def _card_limit(settings: Mapping[str, object]) -> int:
    report = settings.get("report")
    limit = report.get("findings") if isinstance(report, Mapping) else None
    return limit if isinstance(limit, int) else _DEFAULT_CARDS


def _beyond(findings: tuple[Finding, ...]) -> list[tuple[str, int]]:
    """How many findings of each relation have no card."""
    return sorted(Counter(finding.relation.value for finding in findings).items())


def _choices(cards: list[Card], topics: Mapping[str, str], corpus: Corpus) -> dict[str, list[tuple[str, str]]]:
    """Return the (value, label) options of the filters, only such as match a card."""
    outlets = sorted({outlet for card in cards for outlet in _outlets(card)})
    used = {card.finding.topic for card in cards}
    aspects = sorted({aspect.value for card in cards for aspect in card.finding.aspects})
    return {
        "outlets": [(outlet, outlet) for outlet in outlets],
        "topics": [(topic, label) for topic, label in topics.items() if topic in used],
        "aspects": [(aspect, aspect) for aspect in aspects],
    }


def _outlets(card: Card) -> list[str]:
    return sorted({source.outlet for _, source in card.places})


def _facts(card: Card) -> dict[str, object]:
    """Return what the filters know of a card; all text they search is on the page already."""
    finding = card.finding
    return {
        "id": card.anchor,
        "relation": finding.relation.value,
        "confidence": round(finding.confidence, 4),
        "topic": finding.topic,
        "outlets": _outlets(card),
        "aspects": [aspect.value for aspect in finding.aspects],
    }


def _policy(style: str, script: str) -> str:
    """Return a policy that allows our own style and script, and no request, frame, form or foreign code."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _own(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - files of this package, never text of an article


@cache
def _asset(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


@cache
def environment(*folders: Path) -> Environment:
    """Templates of ``folders``: everything is escaped, and every string passes through ``visible`` before it is."""
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_seen,
    )
    made.filters["marked"] = marked
    return made


def _seen(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
