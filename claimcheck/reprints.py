"""Near-identical sentences of two outlets, and the independent origins that remain once they count as one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claimcheck.types import Reprint, Sentence

SAME = 0.8  # least share of the word pairs of both sentences that they have in common
COPIED = 0.9  # least share of the shorter one's own word pairs, quotations left out, found in the longer one
OWN_WORDS = 9  # shorter texts are stock phrases: two newsrooms write them without copying
LEAST_WORDS = 6
_SHARED = 4  # word pairs in common before two sentences are compared
_COMMON = 200  # word pairs in more sentences than this point nowhere

_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")  # the Unicode blocks of combining marks
_Shingle = tuple[str, str]
_Places = dict[_Shingle, list[int]]


@dataclass(frozen=True, slots=True)
class _Print:
    """The word pairs of one text, with and without its quotations."""

    all: frozenset[_Shingle]
    own: frozenset[_Shingle]


def reprints(sentences: Sequence[Sentence], outlets: Sequence[str]) -> tuple[Reprint, ...]:
    """Pairs of rows of two outlets whose sentences are nearly the same, ascending; scores are in [0.8, 1].

    Two outlets that quote the same words within sentences of their own are no reprint of each other, unless most of
    both sentences is the same. Identical texts are tied to the first of them only (and that one to the first of
    another outlet), so ten thousand copies are ten thousand reprints, not fifty million.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for row, sentence in enumerate(sentences):
        groups.setdefault(fold(sentence.text), []).append(row)
    kept = [rows for text, rows in groups.items() if len(text) >= LEAST_WORDS]
    found = {pair: 1.0 for rows in kept for pair in _tied(rows, rows, outlets)}
    prints = [_print(sentences[rows[0]]) for rows in kept]
    for one, other, score in _alike(prints):
        for pair in _tied(kept[one], kept[other], outlets):
            found[pair] = max(score, found.get(pair, 0.0))
    return tuple(Reprint(left, right, score) for (left, right), score in sorted(found.items()))


def origins(sentences: Sequence[Sentence], reprints: Sequence[Reprint], outlets: Sequence[str]) -> tuple[int, ...]:
    """Give each row its origin: some rows have as many different ones as there are independent accounts.

    Sentences tied by reprints share one origin; all others have their outlet's. The number is the first such row.
    """
    parent = list(range(len(sentences)))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for reprint in reprints:
        first, second = sorted((root(reprint.left), root(reprint.right)))
        parent[second] = first
    tied = {row for reprint in reprints for row in (reprint.left, reprint.right)}
    first_of: dict[str, int] = {}
    return tuple(root(row) if row in tied else first_of.setdefault(outlet, row) for row, outlet in enumerate(outlets))


def independent(accounts: Iterable[tuple[int, str]]) -> int:
    """Independent origins among accounts, each an origin and an outlet: outlets that share an origin count once."""
    joined: dict[str, str] = {}

    def root(outlet: str) -> str:
        while joined.setdefault(outlet, outlet) != outlet:
            outlet = joined[outlet]
        return outlet

    first: dict[int, str] = {}
    for origin, name in accounts:
        outlet = root(name)
        joined[outlet] = root(first.setdefault(origin, outlet))
    return len({root(outlet) for outlet in list(joined)})


def fold(text: str) -> tuple[str, ...]:
    """Split a text into its words, without case and accents."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return tuple(_WORD.findall(bare.casefold()))


def _print(sentence: Sentence) -> _Print:
    text, own = sentence.text, sentence.text
    for quote in sentence.quotes:
        own = own[: quote.start] + "\n" * (quote.end - quote.start) + own[quote.end :]
    parts = [fold(part) for part in own.split("\n") if part]
    return _Print(frozenset(_shingles(fold(text))), frozenset(pair for part in parts for pair in _shingles(part)))


def _shingles(words: Sequence[str]) -> Iterator[_Shingle]:
    yield from pairwise(words)


def _alike(prints: Sequence[_Print]) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts that are nearly the same, found through the word pairs that few texts have."""
    places: _Places = defaultdict(list)
    for number, each in enumerate(prints):
        for shingle in each.all:
            places[shingle].append(number)
    for number, each in enumerate(prints):
        counts: Counter[int] = Counter()
        for shingle in each.all:
            if len(places[shingle]) <= _COMMON:
                counts.update(other for other in places[shingle] if other > number)
        for other in sorted(other for other, count in counts.items() if count >= _SHARED):
            score = _score(each, prints[other])
            if score:
                yield number, other, score


def _score(one: _Print, other: _Print) -> float:
    """Give the share of word pairs in common where that makes a reprint, else 0."""
    same = 2 * len(one.all & other.all) / (len(one.all) + len(other.all))
    least = min(len(one.own), len(other.own))
    copied = len(one.own & other.own) / least if least >= OWN_WORDS else 0.0
    return max(same if same >= SAME else 0.0, copied if copied >= COPIED else 0.0)


def _tied(ones: Sequence[int], others: Sequence[int], outlets: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Tie each row of both groups to the first row of another outlet in the other group, each pair ascending."""
    for rows, targets in ((ones, others), (others, ones)):
        first = targets[0]
        second = next((row for row in targets if outlets[row] != outlets[first]), first)
        for row in rows:
            target = first if outlets[row] != outlets[first] else second
            if outlets[row] != outlets[target]:
                yield min(row, target), max(row, target)
