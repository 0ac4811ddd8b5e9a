"""The outlet × topic matrix as shown: topics down, articles across, one typed cell each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claimcheck.report.cards import Card
from claimcheck.report.sources import Corpus, Source, chronological
from claimcheck.types import Cell, Comparison, Relation, Stance

STANCES: Mapping[Stance, str] = {
    Stance.ASSERTS: "●",
    Stance.DENIES: "✕",
    Stance.HEDGES: "◐",
    Stance.QUOTES: "❝",
    Stance.SILENT: "–",
}
_TOPICS = 40


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: its stance, the sentence it leads to, and the first finding in conflict, if any."""

    stance: Stance
    symbol: str
    row: int | None
    conflicts: int
    card: str | None


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Columns are articles in time order; each line is a topic's label and its cells."""

    columns: tuple[Source, ...]
    lines: tuple[tuple[str, tuple[CellView, ...]], ...]
    left_out: int


def matrix_of(comparison: Comparison, cards: list[Card], corpus: Corpus) -> MatrixView:
    """Return the matrix, the topics with most conflicts first."""
    articles = chronological(comparison.articles)
    cells = {(cell.topic, cell.article): cell for cell in comparison.matrix}
    present = {cell.topic for cell in comparison.matrix}
    conflicts = {
        topic.id: sum(cells[topic.id, a.id].conflicts for a in articles if (topic.id, a.id) in cells)
        for topic in comparison.topics
        if topic.id in present
    }
    topics = sorted((t for t in comparison.topics if t.id in present), key=lambda topic: -conflicts[topic.id])
    first = _first_conflicts(cards, corpus)
    lines = tuple(
        (topic.label, tuple(_cell(cells.get((topic.id, article.id)), first) for article in articles))
        for topic in topics[:_TOPICS]
    )
    columns = tuple(corpus.sources[article.id] for article in articles)
    return MatrixView(columns, lines, max(0, len(topics) - _TOPICS))


def _cell(cell: Cell | None, first: Mapping[tuple[str, str], str]) -> CellView:
    if cell is None:
        return CellView(Stance.SILENT, STANCES[Stance.SILENT], None, 0, None)
    return CellView(cell.stance, STANCES[cell.stance], cell.row, cell.conflicts, first.get((cell.topic, cell.article)))


def _first_conflicts(cards: list[Card], corpus: Corpus) -> dict[tuple[str, str], str]:
    """(topic, article) → anchor of the best-ranked conflict it takes part in."""
    first: dict[tuple[str, str], str] = {}
    for card in cards:
        if card.finding.relation in (Relation.CONTRADICT, Relation.DIVERGE):
            for judgement in card.finding.judgements:
                for row in (judgement.pair.left, judgement.pair.right):
                    first.setdefault((card.finding.topic, corpus.sentences[row].article), card.anchor)
    return first
