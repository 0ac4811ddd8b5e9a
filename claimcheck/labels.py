"""Labels of topics: the three words or names that set a topic apart, as the articles write them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from claimcheck.reprints import fold
from claimcheck.stopwords import STOP_WORDS
from claimcheck.types import Sentence

TERMS = 3
_NAMES = 2  # a label of names alone does not say what they did
_NAME_WEIGHT = 1.5
_STEM = 5  # words that begin alike are one word: "négociation", "négocier"
_FALLBACK_CHARACTERS = 40

_WORD = re.compile(r"[^\W\d_]{3,40}(?:-[^\W\d_]{1,40}){0,3}")
_STOPS = frozenset(" ".join(fold(word)) for word in STOP_WORDS)


def labels(topics: Sequence[Sequence[Sentence]]) -> list[str]:
    """Label each group of sentences, such as "Peskov · appel · Trump"; never empty."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names: set[str] = set()
    counts = [_terms(sentences, spellings, names) for sentences in topics]
    spread: Counter[str] = Counter()
    for found in counts:
        spread.update(found)
    average = spread.total() / max(1, len(topics))
    return [
        _label(found, spread, average, names, spellings) or _fallback(sentences)
        for found, sentences in zip(counts, topics, strict=True)
    ]


def _terms(sentences: Sequence[Sentence], spellings: dict[str, Counter[str]], names: set[str]) -> Counter[str]:
    """How many of the sentences hold each term; notes how each is written and which are names."""
    found: Counter[str] = Counter()
    for sentence in sentences:
        text = sentence.text
        written = {}
        for name in sentence.names:
            spelling = " ".join(text[name.span.start : name.span.end].split())
            term = " ".join(fold(spelling))
            if term and term not in _STOPS:
                written[term] = spelling
                names.add(term)
            text = text[: name.span.start] + " " * (name.span.end - name.span.start) + text[name.span.end :]
        for match in _WORD.finditer(text):
            term = " ".join(fold(match.group()))
            if term not in _STOPS:
                written.setdefault(term, match.group().lower())
        for term, spelling in written.items():
            spellings[term][spelling] += 1
        found.update(written.keys())
    return found


def _label(
    found: Counter[str],
    spread: Counter[str],
    average: float,
    names: set[str],
    spellings: dict[str, Counter[str]],
) -> str:
    """Join the best terms by class-based TF-IDF (Grootendorst 2022): frequent here, rare in the other topics."""
    weights = {
        term: count * math.log(1 + average / spread[term]) * (_NAME_WEIGHT if term in names else 1)
        for term, count in found.items()
    }
    chosen: list[str] = []
    for term in sorted(weights, key=lambda term: (-weights[term], term)):
        full = term in names and sum(other in names for other in chosen) >= _NAMES
        if not full and not any(_alike(term, other) for other in chosen):
            chosen.append(term)
        if len(chosen) == TERMS:
            break
    return " · ".join(min(spellings[term].items(), key=lambda item: (-item[1], item[0]))[0] for term in chosen)


def _alike(one: str, other: str) -> bool:
    return one in other or other in one or one[:_STEM] == other[:_STEM]


def _fallback(sentences: Sequence[Sentence]) -> str:
    """Take the beginning of the shortest sentence, for topics without a single word."""
    shortest = min((" ".join(sentence.text.split()) for sentence in sentences), key=lambda text: (len(text), text))
    return shortest[:_FALLBACK_CHARACTERS] or "…"
