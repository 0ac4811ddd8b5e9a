"""Nearest sentences of other outlets, whatever the sentences are described by; never an n x n matrix.

A description is a matrix with one row per sentence: the similarity of two sentences is the product of their rows.
Rows of one outlet are neighbours in the matrix, one block of rows per outlet.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from claimcheck.types import Sentence, Vectors

Rows = Any  # a dense float32 array or a sparse CSR array, (n, features)
Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_CHUNK_CELLS = 8_000_000  # similarities held at once: 32 MB
_MOST = 200  # neighbours kept per sentence when there are many outlets
_LETTERS = r"\w\w+"
# Pieces in a larger share of the sentences tell least and cost most; in a few sentences nothing can be frequent.
_FREQUENT = ((50, 1.0), (2_000, 0.3), (float("inf"), 0.1))
_PRIOR = 5  # sentences after which half of the mean is trusted
_COMMON = 0.1  # names and numbers in a larger share of the sentences are no sign of anything


def nearest(rows: Rows, blocks: Sequence[slice], count: int, focus: slice | None = None) -> tuple[Integers, Integers]:
    """For each row its ``count`` most similar rows in each other block, similarities above zero only.

    With ``focus``, only between that block and the others. The two arrays are rows and their neighbours, one-sided:
    (i, j) does not imply (j, i).
    """
    found: list[tuple[Integers, Integers]] = []
    if count < 1 or rows.shape[1] == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    transposed = rows.T.tocsc() if sparse.issparse(rows) else rows.T
    for block in blocks:
        others = [other for other in blocks if other != block and focus in (None, block, other)]
        for part in _parts(block, rows.shape[0]) if others else ():
            similar = rows[part] @ transposed
            dense = similar.toarray() if sparse.issparse(similar) else similar
            found.extend(_best(dense, part.start, others, count))
    left, right = (np.concatenate(side) for side in zip(*found, strict=True)) if found else ((), ())
    return np.asarray(left, np.int64), np.asarray(right, np.int64)


def _parts(block: slice, width: int) -> Iterator[slice]:
    size = max(1, _CHUNK_CELLS // width)
    for start in range(block.start, block.stop, size):
        yield slice(start, min(start + size, block.stop))


def _best(
    similar: npt.NDArray[np.float32], first: int, others: Sequence[slice], count: int
) -> Iterator[tuple[Integers, Integers]]:
    """Neighbours of the rows ``first``, ``first + 1``... in each of ``others``."""
    each = max(1, min(count, _MOST // max(1, len(others))))
    for other in others:
        inside = similar[:, other]
        kept = min(each, inside.shape[1])
        columns = np.argpartition(-inside, kept - 1, axis=1)[:, :kept]
        positive = np.take_along_axis(inside, columns, axis=1) > 0
        lines = np.broadcast_to(np.arange(len(inside))[:, None], columns.shape)
        yield lines[positive] + first, columns[positive] + other.start


def similarity(rows: Rows, left: Integers, right: Integers) -> Floats:
    """Multiply the rows of each pair (``left[i]``, ``right[i]``)."""
    values = np.zeros(len(left))
    for start in range(0, len(left), 50_000):
        part = slice(start, start + 50_000)
        one, other = rows[left[part]], rows[right[part]]
        product = one.multiply(other).sum(axis=1) if sparse.issparse(rows) else np.einsum("ij,ij->i", one, other)
        values[part] = np.asarray(product).ravel()
    return values


def in_context(sentences: Sequence[Sentence], vectors: Vectors) -> Vectors:
    """Mix into each sentence a part of those around it, less what the whole run has in common; unit rows.

    "Cet appel" means little without the sentence before; and all sentences of one story are alike. A run of a few
    sentences tells little of what is common, so less of its mean is taken off.
    """
    count = len(sentences)
    centred = _unit(vectors - vectors.mean(axis=0) * np.float32(count / (count + _PRIOR)))
    mixed = centred.copy()
    order = sorted(range(count), key=lambda row: (sentences[row].article, sentences[row].index))
    for before, after in pairwise(order):
        if sentences[before].article == sentences[after].article:
            mixed[after] += 0.4 * centred[before]
            mixed[before] += 0.2 * centred[after]
    return _unit(mixed)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-6)
    return rows


def words(texts: Sequence[str]) -> Rows:
    """Weights of the words and word pairs of each text, accents folded."""
    return _weights(texts, analyzer="word", ngram_range=(1, 2), token_pattern=_LETTERS)


def characters(texts: Sequence[str]) -> Rows:
    """Weights of the four and five letter pieces of the words of each text: inflection and spelling matter less."""
    return _weights(texts, analyzer="char_wb", ngram_range=(4, 5))


def _weights(texts: Sequence[str], **options: Any) -> Rows:
    """Rarity of each piece a text holds, lengths left as they are.

    Two long sentences that share much are more often about the same thing than two short ones that share all.
    """
    common = next(share for most, share in _FREQUENT if len(texts) < most)
    vectorizer = TfidfVectorizer(
        strip_accents="unicode", binary=True, norm=None, dtype=np.float32, max_df=common, **options
    )
    try:
        return sparse.csr_array(vectorizer.fit_transform(texts))
    except ValueError:  # no text has a single word, or all texts are the same
        return sparse.csr_array((len(texts), 0), dtype=np.float32)


def shared(keys: Sequence[Iterable[Hashable]]) -> Rows:
    """Rows whose product grows with the number and the rarity of the keys two sentences share."""
    rows_of: dict[Hashable, list[int]] = {}
    for row, found in enumerate(keys):
        for key in dict.fromkeys(found):
            rows_of.setdefault(key, []).append(row)
    few = max(6, int(_COMMON * len(keys)))
    lists = [rows for rows in rows_of.values() if 2 <= len(rows) <= few]
    data = [np.sqrt(np.log(len(keys) / len(rows))) for rows in lists for _ in rows]
    columns = [column for column, rows in enumerate(lists) for _ in rows]
    lines = [row for rows in lists for row in rows]
    return sparse.csr_array((data, (lines, columns)), shape=(len(keys), len(lists)), dtype=np.float32)
