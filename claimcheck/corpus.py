"""A corpus that grows: add articles, bring vectors and index up to date, hand articles out again."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claimcheck.encoders.base import Embedder
from claimcheck.index import EXACT_LIMIT, Index, open_index
from claimcheck.ingest import ingest_some
from claimcheck.progress import Reporter, Silent
from claimcheck.settings import Settings
from claimcheck.store import Entry, Outcome, Store
from claimcheck.store.base import Half, half
from claimcheck.store.codec import notes
from claimcheck.text import read
from claimcheck.types import Article, Failure, ReadArticle, Sentence


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the articles given, and the inputs that could not be read."""

    outcomes: Mapping[Outcome, int]
    failures: tuple[Failure, ...]


def model_key(embedder: Embedder) -> str:
    """The name under which a corpus keeps the vectors of an embedder."""
    return f"{embedder.info.name}@{embedder.info.revision}"


def add(
    paths: Sequence[Path],
    store: Store,
    embedder: Embedder,
    settings: Settings | None = None,
    *,
    manifest: Path | None = None,
    outlet: str | None = None,
    reporter: Reporter | None = None,
) -> Added:
    """Read the articles in ``paths`` and keep them, each in one transaction; those held already cost nothing.

    Stopped at any moment it has kept whole articles only, and goes on from there when it is run again.

    :raises InputError: if nothing can be read, or the corpus cannot be written.
    """
    settings, reporter = settings or Settings(), reporter or Silent()
    articles, failures = ingest_some(paths, settings.ingest, manifest=manifest, outlet=outlet)
    embed_missing(store, embedder, reporter)
    advance = reporter.stage("Adding articles", len(articles))
    outcomes: Counter[Outcome] = Counter()
    for article in articles:
        outcomes[_add_one(article, store, embedder, settings)] += 1
        advance(1)
    return Added(outcomes, failures)


def _add_one(article: Article, store: Store, embedder: Embedder, settings: Settings) -> Outcome:
    if not store.needs(article):
        return Outcome.UNCHANGED
    return keep(read(article, settings.text), store, embedder)


def keep(done: ReadArticle, store: Store, embedder: Embedder) -> Outcome:
    """Keep one article that was read, with the vectors of its sentences."""
    return store.save(done, embed(done.sentences, store, embedder), model_key(embedder), place(done.article))


def keep_all(reads: Sequence[ReadArticle], store: Store, embedder: Embedder) -> Added:
    """Keep articles that were read, each in one transaction."""
    return Added(Counter(keep(each, store, embedder) for each in reads), ())


def embed(sentences: Sequence[Sentence], store: Store, embedder: Embedder) -> Half:
    """The vectors of sentences, (n, dim); a text of which the store holds a vector is not embedded again."""
    texts = [sentence.text for sentence in sentences]
    known = dict(store.known_vectors(texts, model_key(embedder)))
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if new:
        known.update(zip(new, half(embedder.embed(new)), strict=True))
    return np.stack([known[text] for text in texts]) if texts else np.empty((0, 0), np.float16)


def embed_missing(store: Store, embedder: Embedder, reporter: Reporter) -> int:
    """Recompute the vectors that another model made, article by article; how many articles that were."""
    model = model_key(embedder)
    behind = store.without_vectors(model)
    if not behind:
        return 0
    others = ", ".join(sorted(set(store.stats().models) - {model}))
    reporter.note(f"the corpus holds vectors of {others}: those of {len(behind)} articles are recomputed with {model}")
    advance = reporter.stage("Embedding again", len(behind))
    for id_ in behind:
        store.replace_vectors(id_, embed(store.load(id_).sentences, store, embedder), model)
        advance(1)
    return len(behind)


def place(article: Article) -> str:
    """Where an article was read and under which title: the same again is a new version of it."""
    origin = os.path.realpath(article.path) + "\n" + article.title
    return hashlib.sha256(origin.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def index_folder(corpus: Path) -> Path:
    """The folder beside a corpus file that holds its index."""
    return corpus.with_name(f"{corpus.name}.index")


def index(corpus: Path, store: Store, model: str, *, exact_limit: int = EXACT_LIMIT) -> Index:
    """The index of all live sentences, under their numbers; brought up to date and saved where it is large.

    :raises InputError: if vectors of ``model`` are missing; ``embed_missing`` makes them.
    """
    folder = index_folder(corpus)
    return open_index(folder, store.live(), model, lambda part: store.vectors(part, model), exact_limit=exact_limit)


def export(store: Store, *, every_version: bool = False) -> Iterator[str]:
    """Yield one line of JSON per live article, with its sentences; ``add`` reads such a file again."""
    for entry in store.entries():
        if every_version or entry.superseded_by is None:
            yield json.dumps(_document(entry, store.load(entry.id)), ensure_ascii=False, allow_nan=False) + "\n"


def _document(entry: Entry, held: ReadArticle) -> dict[str, Any]:
    article = held.article
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "version": entry.version,
        "superseded_by": entry.superseded_by,
        "text": article.text,
        "sentences": [
            {"index": one.index, "start": one.start, "end": one.end, "text": one.text, **notes(one)}
            for one in held.sentences
        ],
        "dropped": [
            {"start": one.start, "end": one.end, "role": one.role.value, "reason": one.reason} for one in held.dropped
        ],
    }
