"""The frozen objects that pass between stages, and the words of the product.

Nothing here computes: stages are functions from these objects to these objects. All offsets are half-open
character spans; spans inside a sentence are relative to that sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Relation(StrEnum):
    """What two sentences of two outlets are to each other; the order is the column order of probabilities."""

    AGREE = "agree"
    DIVERGE = "diverge"
    CONTRADICT = "contradict"
    UNRELATED = "unrelated"


class Role(StrEnum):
    """What a span of an article is; only claims and assertive headings are compared."""

    CLAIM = "claim"
    HEADING = "heading"
    QUESTION = "question"
    CREDIT = "credit"
    AD = "ad"
    APPEAL = "appeal"
    IMAGE = "image"
    BYLINE = "byline"
    READ_ALSO = "read_also"
    DATELINE = "dateline"
    FRAGMENT = "fragment"


class Modality(StrEnum):
    """How firmly a sentence states its claim."""

    FLAT = "flat"
    CONDITIONAL = "conditional"  # conditionnel de presse: "aurait été tué", "would have"
    HEDGED = "hedged"  # "devrait", "pourrait", "probablement", "might", "selon certaines sources"
    FUTURE = "future"  # announced, not yet happened
    QUESTION = "question"


class Aspect(StrEnum):
    """What differs between two accounts."""

    NUMBER = "number"
    DATE = "date"
    ENTITY = "entity"
    PLACE = "place"
    NEGATION = "negation"
    ANTONYM = "antonym"
    MODALITY = "modality"
    ATTRIBUTION = "attribution"
    EVALUATION = "evaluation"
    POSITION = "position"
    INITIATOR = "initiator"
    CAUSE = "cause"
    SCOPE = "scope"
    QUOTE = "quote"
    OTHER = "other"


class TimeRelation(StrEnum):
    """How two accounts stand in time."""

    SAME = "same"
    SUPERSEDED = "superseded"  # the earlier account was overtaken by the later one
    UNDATED = "undated"


class ConflictKind(StrEnum):
    """Who is in conflict."""

    OUTLETS = "outlets"
    SPEAKERS = "speakers"
    SAME_SPEAKER = "same_speaker"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as found, before extraction. ``origin`` is the path shown to the user (``table.csv#3`` for rows)."""

    origin: str
    content: str
    media_type: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """One page of one outlet. ``text`` is NFC with LF line ends; ``origins`` says where each known field was found."""

    id: str
    path: str
    outlet: str
    title: str
    url: str | None
    published: datetime | None
    language: str | None
    text: str
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be used, and why, with the remedy."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open character span."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the interval it allows. ``unit`` is canonical ("person", "minute", "EUR", "%", "" when bare);
    ``head`` is the lower-cased noun counted ("blessés"), empty when unknown; ``approximate`` marks "environ".
    """

    span: Span
    low: float
    high: float
    unit: str
    head: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A date expression as the interval of days it allows; ``first`` and ``last`` are None while unresolved."""

    span: Span
    first: date | None
    last: date | None
    kind: str  # instant, day, week, month, year, fuzzy


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name; ``key`` is its canonical form, the same for all spellings and aliases."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of an article with what was read in it. ``article.text[start:end] == text``, always.

    ``speaker`` is who the sentence attributes its statement to, None for the outlet itself;
    ``quotes`` are the quoted spans, without their marks.
    """

    article: str
    index: int
    start: int
    end: int
    text: str
    role: Role
    speaker: str | None = None
    quotes: tuple[Span, ...] = ()
    negated: bool = False
    modality: Modality = Modality.FLAT
    quantities: tuple[Quantity, ...] = ()
    moments: tuple[Moment, ...] = ()
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as the judge sees it: its text, the sentence before it, and what is known of where it stands."""

    text: str
    context: str = ""
    published: datetime | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A span that was not compared, with its role and the reason shown to the reader."""

    article: str
    start: int
    end: int
    text: str
    role: Role
    reason: str


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article after the text stage: its claims in order, and what was dropped."""

    article: Article
    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A cluster of sentences about the same question; ``rows`` index the run's sentences."""

    id: str
    label: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences of two outlets worth judging. ``left < right`` are rows; ``sources`` say who proposed the pair."""

    left: int
    right: int
    similarity: float
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One difference between the two sentences of a pair, with its spans (None where only one side has it)."""

    aspect: Aspect
    left: Span | None
    right: Span | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The decision about a pair. ``probabilities`` follow the order of ``Relation`` and sum to 1; ``nli`` is
    entailment, neutral, contradiction, both directions averaged; ``abstained`` marks the stated band of doubt.
    """

    pair: Pair
    relation: Relation
    probabilities: tuple[float, float, float, float]
    nli: tuple[float, float, float]
    evidence: tuple[Evidence, ...] = ()
    time_relation: TimeRelation = TimeRelation.UNDATED
    conflict_kind: ConflictKind = ConflictKind.NONE
    abstained: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Judged pairs that say the same thing, ranked for a reader; the first judgement is the one shown first.

    ``origins`` counts independent origins (a wire text and its reprints are one); ``later`` is the row of the account
    that overtook the other where ``time_relation`` is superseded.
    """

    id: str
    rank: int
    relation: Relation
    confidence: float
    aspects: tuple[Aspect, ...]
    time_relation: TimeRelation
    conflict_kind: ConflictKind
    topic: str
    explanation: str
    judgements: tuple[Judgement, ...]
    origins: int
    later: int | None = None


@dataclass(frozen=True, slots=True)
class Reprint:
    """Two near-identical spans of two articles: they count as one origin. Rows index the run's sentences."""

    left: int
    right: int
    score: float


class Stance(StrEnum):
    """What an outlet does with a topic: one typed cell of the matrix."""

    ASSERTS = "asserts"
    DENIES = "denies"
    HEDGES = "hedges"
    QUOTES = "quotes"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the outlet × topic matrix; ``row`` is its typical sentence, None when the outlet is silent."""

    article: str
    topic: str
    stance: Stance
    row: int | None
    conflicts: int


@dataclass(frozen=True, slots=True)
class Solo:
    """A claim that only one outlet makes; ``nearest`` is the best match searched and ``score`` its similarity."""

    row: int
    nearest: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Omission:
    """A claim of several outlets that an article lacks: its rows, the most typical first, and their independent
    origins. ``nearest`` is the row of the article that comes nearest to the first of them, ``score`` its similarity.
    """

    rows: tuple[int, ...]
    origins: int
    nearest: int
    score: float


@dataclass(frozen=True, slots=True)
class Aside:
    """An article on the same topic that was not held against the new one: published too many ``days`` later (or, where
    negative, earlier). ``likeness`` is what ``check.topic`` bounds.
    """

    article: Article
    days: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Decided:
    """What reviewers decided of a pair; ``relation`` is None where they disagree and nobody has ruled."""

    relation: Relation | None
    reviewers: tuple[str, ...]
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a report shows. Rows everywhere index ``sentences``; ``decided`` is by ``keys.pair_key`` of a pair."""

    articles: tuple[Article, ...]
    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]
    failures: tuple[Failure, ...]
    topics: tuple[Topic, ...]
    reprints: tuple[Reprint, ...]
    findings: tuple[Finding, ...]
    matrix: tuple[Cell, ...]
    solos: tuple[Solo, ...]
    settings: Mapping[str, object]
    models: Mapping[str, object]
    coverage: Mapping[str, int]
    language: str
    decided: Mapping[str, Decided] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """An article held against the stored articles of its story.

    ``comparison`` has the findings between them; its solos are what is new here, its articles the new one, those of
    the story and those of the nearest sentences. ``reprinted`` are agreements of one origin: no corroboration.
    ``held`` counts the stored articles searched, ``story`` holds the ids of those compared, ``left_out`` counts those
    of the story beyond the limit; ``days`` and ``outlets`` are the bounds of a story and of what is missing.
    """

    comparison: Comparison
    article: str
    held: int
    story: tuple[str, ...]
    left_out: int
    aside: tuple[Aside, ...]
    conflicts: tuple[Finding, ...]
    corroborated: tuple[Finding, ...]
    reprinted: tuple[Finding, ...]
    missing: tuple[Omission, ...]
    days: int
    outlets: int
