"""Findings as cards: both sentences in their context, what differs, and how sure the program is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claimcheck.report.highlight import Segment, highlight
from claimcheck.report.sources import Corpus, Source, instant, shorten
from claimcheck.report.words import Words
from claimcheck.types import (
    ConflictKind,
    Decided,
    Evidence,
    Finding,
    Judgement,
    Modality,
    Relation,
    Role,
    Sentence,
    Span,
    TimeRelation,
)

SYMBOLS: Mapping[Relation, str] = {
    Relation.AGREE: "=",
    Relation.DIVERGE: "≈",
    Relation.CONTRADICT: "≠",
    Relation.UNRELATED: "·",
}
_SUPPORTING = 2  # further pairs shown on one card; the exports hold them all
_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class Side:
    """One sentence of a pair as shown; ``status`` is "later" or "earlier" where one account overtook the other."""

    row: int
    source: Source
    speaker: str | None
    notes: tuple[str, ...]
    status: str | None
    before: str
    segments: tuple[Segment, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with its source."""

    row: int
    source: Source
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One piece of evidence in words."""

    aspect: str
    left: str
    right: str
    note: str


@dataclass(frozen=True, slots=True)
class Main:
    """The pair shown first: two sides, the earlier one first where both are dated."""

    sides: tuple[Side, Side]
    differences: tuple[Difference, ...]
    abstained: bool


@dataclass(frozen=True, slots=True)
class Supporting:
    """A further pair that says the same."""

    sides: tuple[Line, Line]
    relation: Relation
    probability: float
    decided: Decided | None


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as shown. ``anchor`` is its id on the page."""

    anchor: str
    finding: Finding
    symbol: str
    topic: str
    tags: tuple[str, ...]
    main: Main
    supporting: tuple[Supporting, ...]
    left_out: int
    decided: Decided | None

    @property
    def places(self) -> tuple[tuple[int, Source], ...]:
        """Return row and source of every sentence on the card."""
        sides: list[Side | Line] = [*self.main.sides]
        sides += [line for pair in self.supporting for line in pair.sides]
        return tuple((side.row, side.source) for side in sides)


def cards_of(findings: tuple[Finding, ...], topics: Mapping[str, str], corpus: Corpus, words: Words) -> list[Card]:
    """One card per finding, in the order given."""
    return [_card(finding, f"f{n}", topics, corpus, words) for n, finding in enumerate(findings, start=1)]


def _card(finding: Finding, anchor: str, topics: Mapping[str, str], corpus: Corpus, words: Words) -> Card:
    first, *others = finding.judgements
    return Card(
        anchor=anchor,
        finding=finding,
        symbol=SYMBOLS[finding.relation],
        topic=topics.get(finding.topic, finding.topic),
        tags=_tags(finding, words),
        main=_main(first, finding, corpus, words),
        supporting=tuple(_supporting(judgement, corpus) for judgement in others[:_SUPPORTING]),
        left_out=max(0, len(others) - _SUPPORTING),
        decided=corpus.decision(first.pair.left, first.pair.right),
    )


def _tags(finding: Finding, words: Words) -> tuple[str, ...]:
    """Conflict kind and aspects in words; the time relation has a place of its own."""
    kind = () if finding.conflict_kind is ConflictKind.NONE else (words(f"kind.{finding.conflict_kind}"),)
    return (*kind, *(words(f"aspect.{aspect}") for aspect in finding.aspects))


def _main(judgement: Judgement, finding: Finding, corpus: Corpus, words: Words) -> Main:
    rows, swapped = _ordered(judgement, corpus)
    evidence = judgement.evidence
    if swapped:
        evidence = tuple(Evidence(item.aspect, item.right, item.left, item.note) for item in evidence)
    left, right = corpus.sentences[rows[0]], corpus.sentences[rows[1]]
    segments = highlight(left, right, evidence)
    return Main(
        sides=(
            _side(rows[0], segments[0], finding, corpus, words),
            _side(rows[1], segments[1], finding, corpus, words),
        ),
        differences=differences(evidence, left, right, words),
        abstained=judgement.abstained,
    )


def _supporting(judgement: Judgement, corpus: Corpus) -> Supporting:
    (one, other), _ = _ordered(judgement, corpus)
    return Supporting(
        sides=(line_of(one, corpus), line_of(other, corpus)),
        relation=judgement.relation,
        probability=judgement.probabilities[list(Relation).index(judgement.relation)],
        decided=corpus.decision(one, other),
    )


def line_of(row: int, corpus: Corpus) -> Line:
    """Return a sentence with its source."""
    return Line(row, corpus.source(row), corpus.sentences[row].text)


def _ordered(judgement: Judgement, corpus: Corpus) -> tuple[tuple[int, int], bool]:
    """Return the rows of a pair, the earlier account first, and whether that swapped them."""
    left, right = judgement.pair.left, judgement.pair.right
    swapped = _published(right, corpus) < _published(left, corpus)
    return ((right, left) if swapped else (left, right)), swapped


def _published(row: int, corpus: Corpus) -> float:
    return instant(corpus.articles[corpus.sentences[row].article].published)


def _side(row: int, segments: tuple[Segment, ...], finding: Finding, corpus: Corpus, words: Words) -> Side:
    sentence = corpus.sentences[row]
    status = _status(sentence, finding, corpus)
    return side_of(row, sentence, corpus.source(row), segments, status, corpus.context(row), words)


def side_of(
    row: int,
    sentence: Sentence,
    source: Source,
    segments: tuple[Segment, ...],
    status: str | None,
    context: tuple[str, str],
    words: Words,
) -> Side:
    """One side of a pair, with the text before and after it."""
    before, after = context
    return Side(
        row=row,
        source=source,
        speaker=words("according", speaker=sentence.speaker) if sentence.speaker else None,
        notes=_notes(sentence, words),
        status=status,
        before=before,
        segments=segments,
        after=after,
    )


def _notes(sentence: Sentence, words: Words) -> tuple[str, ...]:
    notes = []
    if sentence.role is Role.HEADING:
        notes.append(words("heading"))
    if sentence.modality is not Modality.FLAT:
        notes.append(words(f"modality.{sentence.modality}"))
    return tuple(notes)


def _status(sentence: Sentence, finding: Finding, corpus: Corpus) -> str | None:
    if finding.time_relation is not TimeRelation.SUPERSEDED or finding.later is None:
        return None
    return "later" if sentence.article == corpus.sentences[finding.later].article else "earlier"


def differences(
    evidence: tuple[Evidence, ...], left: Sentence, right: Sentence, words: Words
) -> tuple[Difference, ...]:
    """The evidence of a pair in words."""
    return tuple(
        Difference(words(f"aspect.{each.aspect}"), _excerpt(left, each.left), _excerpt(right, each.right), each.note)
        for each in evidence
    )


def _excerpt(sentence: Sentence, span: Span | None) -> str:
    return shorten(sentence.text[span.start : span.end], _EXCERPT) if span else ""
