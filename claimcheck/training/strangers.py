"""Pairs of real sentences that need no reader: of one news article, whose author hardly says a thing twice.

Two sentences of a body that share many words are about the same people and another question: ``unrelated`` where it is
hardest to see. A sentence of the heading that the body holds almost in the same words agrees with it. Both are true
more often than not, which is why they weigh less than what somebody labelled.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from claimcheck.judgement.features import jaccard, stems
from claimcheck.text.sentences import spans
from claimcheck.training import corpora
from claimcheck.training.own import LabelledPair
from claimcheck.types import Relation, Statement

_CHARACTERS = range(40, 320)  # length of a sentence
_APART = 2  # nearer sentences explain each other
_REPEATED = 0.2  # share of words in common from which a body may say a thing twice
_HELD = 0.5  # share of a heading's words that the body's sentence must have
_COPIED = 0.8  # share of words in common from which nothing is left to learn
_EACH = 2  # hardest unrelated pairs of an article, and as many agreeing at most


def article_pairs(data: Path, articles: int, seed: int, without: Container[int] = ()) -> list[LabelledPair]:
    """The pairs of so many French news articles; ``without`` are rows of articles that are held out."""
    news = [article for row, article in enumerate(corpora.news(data)) if row not in without]
    drawn = random.Random(seed).sample(news, min(articles, len(news)))
    return [pair for i, (_, lead, body) in enumerate(drawn) for pair in _of_article(f"article-{i}", lead, body)]


def _of_article(group: str, lead: str, body: str) -> Iterator[LabelledPair]:
    told = _sentences(body)
    for a, b in strangers(told):
        yield LabelledPair(a, b, Relation.UNRELATED, "none", group, "fr")
    for a, b in repeats(_sentences(lead), told):
        yield LabelledPair(a, b, Relation.AGREE, "none", group, "fr")


def strangers(body: Sequence[Statement]) -> list[tuple[Statement, Statement]]:
    """The pairs of a body's sentences that share most words without saying the same."""
    words = [stems(statement.text) for statement in body]
    likeness = {
        (i, j): jaccard(words[i], words[j])
        for i, j in itertools.combinations(range(len(body)), 2)
        if j - i >= _APART and _usable(body[i]) and _usable(body[j])
    }
    hard = sorted((pair for pair, value in likeness.items() if 0 < value < _REPEATED), key=lambda pair: -likeness[pair])
    return [(body[i], body[j]) for i, j in hard[:_EACH]]


def repeats(lead: Sequence[Statement], body: Sequence[Statement]) -> list[tuple[Statement, Statement]]:
    """A heading's sentences with the sentence of the body that holds most of their words, where one does."""
    out: list[tuple[Statement, Statement]] = []
    words = [(stems(statement.text), statement) for statement in body if _usable(statement)]
    for statement in filter(_usable, lead):
        own = stems(statement.text)
        held, other = max(((len(own & theirs), i) for i, (theirs, _) in enumerate(words)), default=(0, 0))
        if held >= _HELD * max(1, len(own)) and jaccard(own, words[other][0]) < _COPIED:
            out.append((statement, words[other][1]))
    return out[:_EACH]


def _sentences(text: str) -> list[Statement]:
    """Sentences, each with the one before it."""
    texts = [text[start:end] for start, end in spans(text)]
    return [Statement(now, before) for before, now in itertools.pairwise(["", *texts])]


def _usable(statement: Statement) -> bool:
    return len(statement.text) in _CHARACTERS
