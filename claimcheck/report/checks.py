"""What the page of a check shows besides cards: what is missing, the story, what was set aside, and the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from claimcheck.report.appendix import SoloView, solos_of, texts_of
from claimcheck.report.cards import Card, Line, line_of
from claimcheck.report.sources import Corpus, chronological, source_of
from claimcheck.report.summary import Figure, Summary, expected, relation_figure, superseded_figure, top_of
from claimcheck.report.timeline import timeline_of
from claimcheck.report.words import Words
from claimcheck.types import Article, Aside, Check, Finding, Omission, Relation

SECTIONS = ("summary", "conflicts", "corroborated", "new", "missing", "story", "texts", "dropped", "limits")
_SHOWN = 40
_LINES = 3  # sentences of one point


@dataclass(frozen=True, slots=True)
class MissingView:
    """Sentences of several outlets that say what the article does not, and its own nearest sentence."""

    lines: tuple[Line, ...]
    origins: int
    near: Line
    score: str


def check_views(check: Check, cards: list[Card], corpus: Corpus, words: Words) -> dict[str, Any]:
    """All that only the page of a check shows, by name."""
    comparison = check.comparison
    article = corpus.articles[check.article]
    told = [corpus.articles[id_] for id_ in (check.article, *check.story)]
    solos, solos_left = solos_of(comparison, corpus, words)
    missing = tuple(_missing(item, corpus, words) for item in check.missing[:_SHOWN])
    own = [row for row, sentence in enumerate(comparison.sentences) if sentence.article == check.article]
    return {
        "title": words("check_title"),
        "sections": SECTIONS,
        "focus": "conflicts",
        "checked": check.article,
        "article": corpus.sources[check.article],
        "own": len(own),
        "summary": _summary(check, cards, told, words),
        "conflicts": _among(cards, check.conflicts),
        "corroborated": _among(cards, check.corroborated),
        "reprinted": _among(cards, check.reprinted),
        "solos": solos,
        "solos_left": solos_left,
        "missing": missing,
        "missing_left": len(check.missing) - len(missing),
        "least": check.outlets,
        "timeline": timeline_of(told, cards, corpus),
        "aside": [(source_of(item.article, words), _gap(item, words)) for item in check.aside],
        "texts": _texts(article, cards, own, solos, missing, corpus),
    }


def _among(cards: Sequence[Card], findings: Sequence[Finding]) -> list[Card]:
    ranks = {finding.rank for finding in findings}  # an id is of the pair: the same text twice has it twice
    return [card for card in cards if card.finding.rank in ranks]


def _missing(item: Omission, corpus: Corpus, words: Words) -> MissingView:
    lines = tuple(line_of(row, corpus) for row in item.rows[:_LINES])
    return MissingView(lines, item.origins, line_of(item.nearest, corpus), words.decimal(item.score))


def _gap(item: Aside, words: Words) -> str:
    days = max(1, round(abs(item.days)))
    return words.count("days_before" if item.days < 0 else "days_after", days)


def _texts(
    article: Article,
    cards: list[Card],
    own: Sequence[int],
    solos: Sequence[SoloView],
    missing: Sequence[MissingView],
    corpus: Corpus,
) -> Any:
    """The article whole, then of the others what the page leads to, if anything."""
    led_to = {*own, *(row for solo in solos for row in (solo.row, solo.near_row))}
    led_to.update(line.row for item in missing for line in item.lines)
    others = [other for other in chronological(corpus.articles.values()) if other.id != article.id]
    led_to.update(row for card in cards for row, _ in card.places)
    cited = {corpus.sentences[row].article for row in led_to if row is not None}
    shown = chain([article], (other for other in others if other.id in cited))
    return texts_of(shown, cards, led_to, corpus, whole=False)


def _summary(check: Check, cards: list[Card], told: Sequence[Article], words: Words) -> Summary:
    new = len(check.comparison.solos)
    corroborated = len(check.corroborated)
    figures = (
        relation_figure(check.conflicts, Relation.CONTRADICT, words),
        relation_figure(check.conflicts, Relation.DIVERGE, words),
        Figure(corroborated, words.count("n_corroborated", corroborated), "agree", "="),
        Figure(new, words.count("n_new", new)),
        Figure(len(check.missing), words.count("n_missing", len(check.missing))),
        superseded_figure(check.conflicts, words),
    )
    copied = words.count("one_origin", len(check.reprinted)) if check.reprinted else ""
    lines = (*_reach(check, told, words), copied, expected(check.conflicts, words))
    return Summary(figures, top_of(cards), tuple(line for line in lines if line))


def _reach(check: Check, told: Sequence[Article], words: Words) -> tuple[str, ...]:
    """What the article was held against, and what not."""
    article, *story = told
    held = words.count("article", check.held)
    outlets = words.count("outlet", len({one.outlet for one in story}))
    undated = sum(one.published is None for one in story) if article.published else 0
    aside = len(check.aside)
    return (
        words.count("story_of", len(story), outlets=outlets, held=held) if story else words("no_story", held=held),
        words.count("story_left", check.left_out) if check.left_out else "",
        words.count("story_aside", aside, days=check.days) if aside else "",
        "" if article.published else words("check_undated"),
        words.count("held_undated", undated) if undated else "",
    )
