"""The end of the page: lone claims, the articles sentence by sentence, text left aside, methods and limits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimcheck.report.cards import Card
from claimcheck.report.sources import Corpus, Source, chronological, shorten
from claimcheck.report.words import Words
from claimcheck.types import Article, Comparison, Dropped

_SOLOS = 60
_TEXT = 100_000  # characters of sentences beyond which only those the page leads to are shown
_CITES = 6  # links from one sentence to its findings
_DROPPED = 240  # characters of one dropped span
_DROPPED_SPANS = 60  # of one article

Entries = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SoloView:
    """A claim of one outlet and the nearest sentence of the others."""

    row: int
    source: Source
    text: str
    near: Source | None
    near_row: int | None
    near_text: str
    score: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an article and the first cards it appears on; ``more`` tells that there are others."""

    row: int
    text: str
    cards: tuple[tuple[str, int], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """Articles with their sentences; ``whole`` tells whether all sentences are there."""

    articles: tuple[tuple[Source, tuple[Line, ...]], ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader must know to judge the report."""

    measured: Entries
    models: Entries
    coverage: Entries
    settings: Entries
    fingerprint: str


def solos_of(comparison: Comparison, corpus: Corpus, words: Words) -> tuple[tuple[SoloView, ...], int]:
    """Return the first lone claims and how many are left out."""
    views = []
    for solo in comparison.solos[:_SOLOS]:
        near = solo.nearest
        views.append(
            SoloView(
                row=solo.row,
                source=corpus.source(solo.row),
                text=corpus.sentences[solo.row].text,
                near=None if near is None else corpus.source(near),
                near_row=near,
                near_text="" if near is None else corpus.sentences[near].text,
                score=words.decimal(solo.score),
            )
        )
    return tuple(views), max(0, len(comparison.solos) - _SOLOS)


def texts_of(
    articles: Iterable[Article], cards: list[Card], led_to: Iterable[int | None], corpus: Corpus, *, whole: bool
) -> Texts:
    """All sentences in reading order, or those that the page leads to: rows on ``cards`` and ``led_to``."""
    cited = _citations(cards)
    wanted = {*cited, *led_to}
    rows: dict[str, list[int]] = {}
    for row, sentence in enumerate(corpus.sentences):
        if whole or row in wanted:
            rows.setdefault(sentence.article, []).append(row)
    shown = []
    for article in articles:
        ordered = sorted(rows.get(article.id, ()), key=lambda row: corpus.sentences[row].start)
        lines = tuple(_line(row, corpus.sentences[row].text, cited.get(row, [])) for row in ordered)
        shown.append((corpus.sources[article.id], lines))
    return Texts(tuple(shown), whole)


def is_short(corpus: Corpus) -> bool:
    """Whether all sentences can be shown."""
    return sum(len(sentence.text) for sentence in corpus.sentences) <= _TEXT


def dropped_of(
    comparison: Comparison, corpus: Corpus, words: Words
) -> tuple[tuple[Source, tuple[tuple[str, str, str], ...], int], ...]:
    """Per article: (role, reason, text) of each span left aside, shortened, and how many more there are."""
    spans: dict[str, list[Dropped]] = {}
    for item in comparison.dropped:
        spans.setdefault(item.article, []).append(item)
    return tuple(
        (
            corpus.sources[article.id],
            tuple((words(f"role.{d.role}"), d.reason, shorten(d.text, _DROPPED)) for d in items[:_DROPPED_SPANS]),
            len(items),
        )
        for article in chronological(comparison.articles)
        if (items := spans.get(article.id))
    )


def limits_of(comparison: Comparison, words: Words) -> Limits:
    """Models, measured error, coverage and settings, flattened to name and value."""
    models = {key: value for key, value in comparison.models.items() if key != "measured"}
    return Limits(
        measured=_entries(comparison.models.get("measured", {}), words),
        models=_entries(models, words),
        coverage=tuple(
            (words.known(f"coverage.{key}", key.replace("_", " ")), words.integer(value))
            for key, value in comparison.coverage.items()
        ),
        settings=_entries(comparison.settings, words),
        fingerprint=fingerprint(comparison.settings),
    )


def fingerprint(settings: Mapping[str, object]) -> str:
    """Return the fingerprint that ``Settings.fingerprint`` gives to the same values."""
    stated = settings.get("fingerprint")
    if isinstance(stated, str):
        return stated
    canonical = json.dumps(dict(settings), sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def model_line(models: Mapping[str, object]) -> str:
    """The models of a run on one line, as a decision records them."""
    parts = []
    for name, facts in models.items():
        if name != "measured" and isinstance(facts, Mapping):
            parts.append(f"{name} {'@'.join(str(value) for value in facts.values() if value not in (None, ''))}")
    return ", ".join(parts)


def _line(row: int, text: str, cards: list[tuple[str, int]]) -> Line:
    return Line(row, text, tuple(cards[:_CITES]), len(cards) > _CITES)


def _citations(cards: list[Card]) -> dict[int, list[tuple[str, int]]]:
    cited: dict[int, list[tuple[str, int]]] = {}
    for card in cards:
        for row in dict.fromkeys(row for row, _ in card.places):
            cited.setdefault(row, []).append((card.anchor, card.finding.rank))
    return cited


def _entries(value: object, words: Words, name: str = "") -> Entries:
    """Nested values as ("encoder › name", "…") lines."""
    if isinstance(value, Mapping):
        return tuple(
            entry
            for key, inner in value.items()
            for entry in _entries(inner, words, f"{name} › {key}" if name else str(key))
        )
    return ((name, _shown(value, words)),)


def _shown(value: object, words: Words) -> str:
    if value is None:
        return words("default")
    if isinstance(value, bool):
        return words("yes" if value else "no")
    if isinstance(value, float):
        text = f"{value:.4g}"
        return text.replace(".", ",") if words.language == "fr" else text
    if isinstance(value, int):
        return words.integer(value)
    return ", ".join(_shown(item, words) for item in value) if isinstance(value, list | tuple) else str(value)
