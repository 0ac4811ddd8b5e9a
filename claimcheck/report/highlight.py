"""What differs between the two sentences of a pair, as runs of text ready to be marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from claimcheck.types import Evidence, Quantity, Sentence, Span

# Beyond this share of differing words, underlining them says no more than the two sentences themselves.
_TOO_DIFFERENT = 0.6
_TOKEN = re.compile(r"\w+n['’]t\b|\w+")
_NEGATION_WORDS = (
    "ne pas jamais aucun aucune ni rien sans non not no never nor neither none nobody nothing without cannot"
)
_NEGATIONS = frozenset(_NEGATION_WORDS.split())
# As `_key` writes them: without accents.
_SMALL_WORDS = """
a au aux avec c ce ces cet cette d dans de des du elle elles en entre est et etait ete etre eu il ils j l la le les leur
leurs lui m mais meme n on ont ou par pour qu que qui s sa se sera ses si son sont sur t un une y
an and are as at be been but by for from had has have he her his in into is it its of or she that the their them they
this to was were which who will with would
"""
_FUNCTION_WORDS = frozenset(_SMALL_WORDS.split())


class Mark(StrEnum):
    """Why a run of text is marked; the value is its CSS class."""

    NONE = ""
    WORD = "word"
    NEGATION = "negation"
    NUMBER = "number"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a sentence with one mark; the segments of a sentence joined are its text."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class _Token:
    span: Span
    key: str

    @property
    def negates(self) -> bool:
        return self.key in _NEGATIONS or self.key.endswith(("n't", "n’t"))

    @property
    def content(self) -> bool:
        return self.key not in _FUNCTION_WORDS and not self.negates


def highlight(
    left: Sentence, right: Sentence, evidence: Iterable[Evidence]
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Segments of both sentences: evidence first, then numbers, lone negations and differing words."""
    listed = tuple(evidence)
    tokens = _tokens(left.text), _tokens(right.text)
    words = _differing(*tokens), _differing(*reversed(tokens))
    if max(_share(words[0], tokens[0]), _share(words[1], tokens[1])) > _TOO_DIFFERENT:
        words = ([], [])
    return (
        _segments(left.text, words[0], *_alone(left, right, *tokens), [item.left for item in listed]),
        _segments(right.text, words[1], *_alone(right, left, *reversed(tokens)), [item.right for item in listed]),
    )


def _tokens(text: str) -> list[_Token]:
    return [_Token(Span(*match.span()), _key(match[0])) for match in _TOKEN.finditer(text)]


def _key(word: str) -> str:
    """Return a word without case, accents and the endings of number and gender."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    if len(plain) < 4 or plain in _NEGATIONS or plain in _FUNCTION_WORDS:
        return plain
    return plain.rstrip("sx").rstrip("e")


def _differing(tokens: list[_Token], others: list[_Token]) -> list[Span]:
    known = {token.key for token in others}
    return [token.span for token in tokens if token.content and token.key not in known]


def _share(spans: list[Span], tokens: list[_Token]) -> float:
    return len(spans) / max(1, sum(token.content for token in tokens))


def _alone(
    sentence: Sentence, other: Sentence, tokens: list[_Token], others: list[_Token]
) -> tuple[list[Span], list[Span]]:
    """Return the negations of a sentence if the other has none, and its numbers that the other does not allow."""
    negations = [] if any(t.negates for t in others) else [t.span for t in tokens if t.negates]
    numbers = [q.span for q in sentence.quantities if not any(_compatible(q, o) for o in other.quantities)]
    return negations, numbers


def _compatible(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and one.low <= other.high and other.low <= one.high


def _segments(
    text: str, words: list[Span], negations: list[Span], numbers: list[Span], evidence: list[Span | None]
) -> tuple[Segment, ...]:
    painted = [Mark.NONE] * len(text)
    layers = ((Mark.WORD, words), (Mark.NEGATION, negations), (Mark.NUMBER, numbers), (Mark.EVIDENCE, evidence))
    for mark, spans in layers:
        for span in spans:
            if span is not None:
                for position in range(max(0, span.start), min(len(text), span.end)):
                    painted[position] = mark
    _bridge(text, painted)
    characters = iter(text)
    return tuple(Segment("".join(next(characters) for _ in run), mark) for mark, run in groupby(painted))


def _bridge(text: str, painted: list[Mark]) -> None:
    """Join two runs of the same mark that only a space or an apostrophe parts: "trois hommes" is one run."""
    for i in range(1, len(text) - 1):
        if not painted[i] and text[i] in " \u00a0\u202f'’" and painted[i - 1] is painted[i + 1]:
            painted[i] = painted[i - 1]
