"""Topics: clusters of sentences about the same question, each with a label made of its most typical words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from claimcheck.labels import labels
from claimcheck.settings import TopicSettings
from claimcheck.types import Sentence, Topic, Vectors

LARGE = 5_000  # from here on a graph replaces agglomerative clustering, whose cost is quadratic
_NEIGHBOURS = 8  # edges per sentence in the graph
_STRICT = 0.45  # graph edges need a far shorter distance than averages do, or chains swallow everything
_CHUNK = 1_024

Labels = npt.NDArray[np.int64]


def topics(sentences: Sequence[Sentence], vectors: Vectors, settings: TopicSettings) -> tuple[Topic, ...]:
    """Partition the rows into topics, largest first; the same for every order of the input.

    ``vectors`` are unit rows (n, dim). Distances are between sentences in their context, less what the whole run has
    in common: 1 means "no more alike than any two sentences of the run", whatever the encoder. Sentences with the
    same text are always in the same topic, whose id is a hash of its texts.
    """
    rows_of: dict[str, list[int]] = {}
    for row, sentence in enumerate(sentences):
        rows_of.setdefault(sentence.text, []).append(row)
    texts = sorted(rows_of, key=_digest)
    if not texts:
        return ()
    from claimcheck.neighbours import in_context

    placed = in_context(sentences, vectors)
    firsts = [min(rows_of[text], key=lambda row: (sentences[row].article, sentences[row].index)) for text in texts]
    members: dict[int, list[str]] = {}
    for text, cluster in zip(texts, clusters(placed[firsts], settings.distance).tolist(), strict=True):
        members.setdefault(cluster, []).append(text)
    groups = [tuple(sorted(row for text in found for row in rows_of[text])) for found in members.values()]
    ids = [_digest("\n".join(found))[:12] for found in members.values()]
    named = labels([[sentences[row] for row in rows] for rows in groups])
    made = [Topic(*parts) for parts in zip(ids, named, groups, strict=True)]
    return tuple(sorted(made, key=lambda topic: (-len(topic.rows), topic.rows)))


def clusters(vectors: Vectors, distance: float) -> Labels:
    """Give each row a cluster number: average linkage under ``distance`` (cosine), or graph components when large."""
    count = len(vectors)
    if count < 2:
        return np.zeros(count, dtype=np.int64)
    if count >= LARGE:
        return components(count, *_edges(vectors, 1 - distance * _STRICT))
    from sklearn.cluster import AgglomerativeClustering

    # 1 - cosine by hand: scikit-learn's cosine metric divides by lengths and refuses zero rows.
    distances = np.clip(1 - vectors.astype(np.float64) @ vectors.T.astype(np.float64), 0, 2)
    np.fill_diagonal(distances, 0)
    model = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=distance
    )
    return np.asarray(model.fit_predict(distances), dtype=np.int64)


def components(count: int, left: Labels, right: Labels) -> Labels:
    """Give the connected component of each of ``count`` nodes, given the two ends of each edge."""
    from scipy import sparse

    graph = sparse.coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(count, count))
    _, found = sparse.csgraph.connected_components(graph, directed=False)
    return np.asarray(found, dtype=np.int64)


def _edges(vectors: Vectors, least: float) -> tuple[Labels, Labels]:
    """Mutual nearest neighbours with a cosine of at least ``least``, without an n x n matrix."""
    count = len(vectors)
    keys: list[Labels] = []
    for start in range(0, count, _CHUNK):
        similar = vectors[start : start + _CHUNK] @ vectors.T
        lines = np.arange(len(similar))
        similar[lines, lines + start] = -1
        columns = np.argpartition(-similar, _NEIGHBOURS, axis=1)[:, :_NEIGHBOURS]
        near = np.take_along_axis(similar, columns, axis=1) >= least
        keys.append((((lines + start) * count)[:, None] + columns)[near])
    one_sided = np.concatenate(keys)
    flipped = one_sided % count * count + one_sided // count
    mutual = np.intersect1d(one_sided, flipped)
    return mutual // count, mutual % count


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
