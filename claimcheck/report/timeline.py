"""The accounts in the order of their publication, with what they overtake, and who reprints whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from claimcheck.report.cards import Card
from claimcheck.report.sources import Corpus, Source, chronological
from claimcheck.types import Article, Comparison


@dataclass(frozen=True, slots=True)
class Overtaking:
    """A finding in which the account of ``outlet`` was overtaken."""

    outlet: str
    card: str
    rank: int


@dataclass(frozen=True, slots=True)
class Moment:
    """One article on the timeline and the accounts that it overtakes."""

    source: Source
    overtakes: tuple[Overtaking, ...]


@dataclass(frozen=True, slots=True)
class ReprintView:
    """Two articles that share near-identical spans, the earlier one first."""

    first: Source
    second: Source
    spans: int


def timeline_of(articles: Iterable[Article], cards: list[Card], corpus: Corpus) -> tuple[Moment, ...]:
    """These articles, the earliest first and the undated last."""
    overtakes: dict[str, list[Overtaking]] = {}
    for card in cards:
        status = {side.status: side.source for side in card.main.sides}
        if "later" in status and "earlier" in status:
            item = Overtaking(status["earlier"].outlet, card.anchor, card.finding.rank)
            overtakes.setdefault(status["later"].article, []).append(item)
    return tuple(
        Moment(corpus.sources[article.id], tuple(overtakes.get(article.id, ()))) for article in chronological(articles)
    )


def reprints_of(comparison: Comparison, corpus: Corpus) -> tuple[ReprintView, ...]:
    """Reprinted spans counted by pair of articles, most first."""
    position = {article.id: n for n, article in enumerate(chronological(comparison.articles))}
    counts: Counter[tuple[int, int]] = Counter()
    for reprint in comparison.reprints:
        one, other = sorted(position[corpus.sentences[row].article] for row in (reprint.left, reprint.right))
        counts[one, other] += 1
    sources = [corpus.sources[article] for article in position]
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ReprintView(sources[one], sources[other], n) for (one, other), n in ranked)
