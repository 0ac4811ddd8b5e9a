"""Where a sentence comes from and what surrounds it, as the page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from claimcheck.keys import pair_key
from claimcheck.report.links import safe_href
from claimcheck.report.words import Words
from claimcheck.types import Article, Comparison, Decided, Sentence

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_CONTEXT = 160  # characters of a neighbouring sentence


@dataclass(frozen=True, slots=True)
class Source:
    """An article as shown: ``href`` is None unless its address is a plain web address; ``iso`` None when undated."""

    article: str
    outlet: str
    title: str
    href: str | None
    when: str
    day: str
    iso: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Look-ups over one comparison: sources by article id, and each row's neighbours."""

    sentences: tuple[Sentence, ...]
    articles: Mapping[str, Article]
    sources: Mapping[str, Source]
    before: Mapping[int, int]
    after: Mapping[int, int]
    decided: Mapping[str, Decided]

    def decision(self, left: int, right: int) -> Decided | None:
        """Return what reviewers decided of two sentences."""
        if not self.decided:
            return None
        sides = ((self.source(row).outlet, self.sentences[row].text) for row in (left, right))
        return self.decided.get(pair_key(*sides))

    def source(self, row: int) -> Source:
        """Return the source of a sentence."""
        return self.sources[self.sentences[row].article]

    def context(self, row: int) -> tuple[str, str]:
        """Return the sentences before and after, shortened; "[…]" stands where text between them was left aside."""
        return self._previous(row), self._next(row)

    def _previous(self, row: int) -> str:
        if row not in self.before:
            return ""
        near = self.sentences[self.before[row]]
        text = near.text if len(near.text) <= _CONTEXT else "…" + near.text[-_CONTEXT:]
        return f"{text} […] " if self._gap(near, self.sentences[row]) else f"{text} "

    def _next(self, row: int) -> str:
        if row not in self.after:
            return ""
        near = self.sentences[self.after[row]]
        text = shorten(near.text, _CONTEXT)
        return f" […] {text}" if self._gap(self.sentences[row], near) else f" {text}"

    def _gap(self, first: Sentence, second: Sentence) -> bool:
        return bool(self.articles[first.article].text[first.end : second.start].strip())


def corpus_of(comparison: Comparison, words: Words) -> Corpus:
    """Return the look-ups of ``comparison``."""
    sentences = comparison.sentences
    order = sorted(range(len(sentences)), key=lambda row: (sentences[row].article, sentences[row].start))
    steps = [(a, b) for a, b in pairwise(order) if sentences[a].article == sentences[b].article]
    return Corpus(
        sentences=sentences,
        articles={article.id: article for article in comparison.articles},
        sources={article.id: source_of(article, words) for article in comparison.articles},
        before={b: a for a, b in steps},
        after=dict(steps),
        decided=comparison.decided,
    )


def chronological(articles: Iterable[Article]) -> list[Article]:
    """Articles by publication time, undated ones last; a time without zone counts as UTC."""
    return sorted(articles, key=lambda article: (article.published is None, instant(article.published)))


def instant(published: datetime | None) -> float:
    """Seconds since 1970, infinite when undated: one order for times with and without a zone."""
    if published is None:
        return float("inf")
    return (published if published.tzinfo else published.replace(tzinfo=UTC)).timestamp()


def shorten(text: str, limit: int) -> str:
    """``text``, cut with an ellipsis after ``limit`` characters."""
    return text if len(text) <= limit else text[:limit].rstrip() + "…"


def source_of(article: Article, words: Words) -> Source:
    """Return an article as shown."""
    language = article.language or ""
    return Source(
        article=article.id,
        outlet=article.outlet,
        title=article.title or words("untitled"),
        href=safe_href(article.url),
        when=words.moment(article.published),
        day=words.day(article.published) if article.published else words("undated"),
        iso=article.published.isoformat() if article.published else None,
        language=language if _LANGUAGE.fullmatch(language) else None,
    )
