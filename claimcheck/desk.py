"""A corpus opened to check articles against: the articles asked for, and the index of all sentences."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path

import numpy as np

from claimcheck.corpus import index, model_key
from claimcheck.encoders.base import Embedder
from claimcheck.errors import InputError
from claimcheck.index import Index
from claimcheck.store import Live, Store
from claimcheck.store.base import Integers
from claimcheck.types import ReadArticle, Sentence, Vectors

_NEEDED_LATER = ("claimcheck.neighbours", "sklearn.cluster")  # by every check; they take a second or two to import


@dataclass(frozen=True, slots=True)
class Desk:
    """The store, its live articles as asked for, and the index of all its sentences under the key of a model."""

    store: Store
    live: Live
    index: Index
    model: str

    def vectors(self, part: Live) -> Vectors:
        """The vectors of all sentences of ``part``, (len(part), dim)."""
        return self.store.vectors(part, self.model).astype(np.float32)

    def reads(self, part: Live) -> tuple[ReadArticle, ...]:
        """The articles of ``part`` whole, in their order; each must hold a sentence."""
        return tuple(self.store.load(sentence.article) for sentence in self.sentences(part.first))

    def sentences(self, numbers: Integers) -> tuple[Sentence, ...]:
        """The sentences with these numbers."""
        return self.store.sentences(numbers.tolist())

    def others(self, outlet: str) -> Live:
        """The articles of all outlets but one that hold a sentence at all."""
        kept = [other != outlet and count > 0 for other, count in zip(self.live.outlets, self.live.counts, strict=True)]
        return self.live.where(np.array(kept, dtype=bool))


def open_desk(
    corpus: Path, store: Store, embedder: Embedder, since: datetime | None = None, outlets: Sequence[str] = ()
) -> Desk:
    """Open a corpus for checks against its articles published from ``since`` on and of ``outlets``, or against all.

    :raises InputError: if it holds no such article, or vectors of another model.
    """
    live = store.live(since, outlets)
    if not len(live):
        asked = " published then or of these outlets" if since or outlets else ""
        raise InputError(f"{corpus}: holds no article{asked}; claimcheck corpus list shows what it holds")
    model = model_key(embedder)
    with ThreadPoolExecutor(1) as beside:  # the one waits for the disk, the other for the interpreter
        ready = [beside.submit(import_module, name) for name in _NEEDED_LATER]
        found = index(corpus, store, model)
    for each in ready:
        each.result()
    return Desk(store, live, found, model)
