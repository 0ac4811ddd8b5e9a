"""What a chief editor reads in ten seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claimcheck.report.cards import SYMBOLS, Card
from claimcheck.report.sources import chronological
from claimcheck.report.words import Words
from claimcheck.types import Comparison, Finding, Relation, TimeRelation

_CONFLICTS = (Relation.CONTRADICT, Relation.DIVERGE)
_SHOWN = (*_CONFLICTS, Relation.AGREE)
_FEWEST = 4  # an expected number of false alarms among fewer conflicts means little


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with its label; ``tone`` is the relation whose colour it has, or empty."""

    n: int
    label: str
    tone: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over all findings, the card to read first, and lines of plain text."""

    figures: tuple[Figure, ...]
    top: Card | None
    lines: tuple[str, ...]


def summary_of(comparison: Comparison, cards: list[Card], words: Words) -> Summary:
    """Return the summary; ``top`` is the best-ranked contradiction, or divergence when there is none."""
    findings = comparison.findings
    outlets = len({article.outlet for article in comparison.articles})
    top = top_of(cards)
    lines = (
        words("one_outlet") if outlets < 2 else "",
        words("no_conflict") if outlets >= 2 and top is None else "",
        _agreement(findings, words) if outlets >= 2 else "",
        expected(findings, words),
        _period(comparison, words),
        words.count("incomplete", len(comparison.failures)) if comparison.failures else "",
    )
    figures = (*(relation_figure(findings, relation, words) for relation in _SHOWN), superseded_figure(findings, words))
    return Summary(figures, top, tuple(line for line in lines if line))


def top_of(cards: list[Card]) -> Card | None:
    """Return the card to read first: the first contradiction, or divergence when there is none."""
    return next((card for wanted in _CONFLICTS for card in cards if card.finding.relation is wanted), None)


def relation_figure(findings: Sequence[Finding], relation: Relation, words: Words) -> Figure:
    """Return how many findings are of a relation."""
    n = sum(finding.relation is relation for finding in findings)
    return Figure(n, words.count(f"n_{relation}", n), relation.value, SYMBOLS[relation])


def superseded_figure(findings: Sequence[Finding], words: Words) -> Figure:
    """Return in how many conflicts a later account overtook the other."""
    n = sum(f.time_relation is TimeRelation.SUPERSEDED for f in findings if f.relation in _CONFLICTS)
    return Figure(n, words.count("n_superseded", n))


def _agreement(findings: tuple[Finding, ...], words: Words) -> str:
    agreed = [finding for finding in findings if finding.relation is Relation.AGREE]
    if not agreed:
        return words("no_agreement")
    backed = sum(finding.origins >= 2 for finding in agreed)
    return words.count("agreement", len(agreed), k=words.integer(backed))


def expected(findings: Sequence[Finding], words: Words) -> str:
    """Return how many of the conflicts are likely wrong, by the program's own calibrated probabilities."""
    doubts = [1 - finding.confidence for finding in findings if finding.relation in _CONFLICTS]
    wrong = round(sum(doubts))
    if not wrong or len(doubts) < _FEWEST:
        return ""
    one, many = words("expected").split("|")
    singular = wrong < 2
    return (one if singular else many).format(k=words.integer(wrong), n=words.integer(len(doubts)))


def _period(comparison: Comparison, words: Words) -> str:
    dated = [article.published for article in chronological(comparison.articles) if article.published]
    if not dated:
        return ""
    first, last = words.day(dated[0]), words.day(dated[-1])
    return words("one_day", first=first) if first == last else words("period", first=first, last=last)
