"""A large corpus made by a seeded generator from our own stories: ``python -m benchmarks.generated --help``.

The texts are the sentences of ``data/stories``, each copy with a number of its own behind it. The first copy of every
sentence has the vector that the real encoder gives it; the vectors of all further copies are that one with random noise
(cosine about 0.9), since encoding a million sentences takes hours. Dates are spread over three years, outlets over
fifty.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.run import ROOT, say
from claimcheck.corpus import model_key
from claimcheck.encoders import Embedder, load_embedder
from claimcheck.ingest import ingest
from claimcheck.ingest.articles import article_id
from claimcheck.settings import IngestSettings, TextSettings
from claimcheck.store import Store, open_store
from claimcheck.store.base import Half, half
from claimcheck.text import read
from claimcheck.types import Article, ReadArticle, Vectors

HELD_OUT = "C-crue-vaure"  # three accounts of this story are no part of the corpus: they make the article to check
CHECKED = 3
SEED = 20310210
_NOISE = 0.48  # length of the noise beside a unit vector: a cosine of 0.9
_FIRST_DAY, _DAYS = datetime(2029, 1, 1, tzinfo=UTC), 3 * 365
_OUTLETS = 50


@dataclass(frozen=True, slots=True)
class Base:
    """An article of a story, and the real vectors of its sentences."""

    read: ReadArticle
    vectors: Vectors


def bases(embedder: Embedder, stories: int) -> list[Base]:
    """The articles of the first stories, read and encoded; the held-out story is always among them."""
    folders = sorted(path for path in (ROOT / "data/stories").iterdir() if path.is_dir())
    others = [folder for folder in folders if folder.name != HELD_OUT][: stories - 1]
    reads = []
    for folder in (*others, ROOT / "data/stories" / HELD_OUT):
        articles, _ = ingest([folder], IngestSettings())
        kept = articles[CHECKED:] if folder.name == HELD_OUT else articles
        reads += [read(article, TextSettings()) for article in kept]
    return [Base(each, embedder.embed([s.text for s in each.sentences])) for each in reads if each.sentences]


def new_article(sentences: int) -> Article:
    """The article to check: accounts of the held-out story one after the other, cut after so many sentences."""
    articles, _ = ingest([ROOT / "data/stories" / HELD_OUT], IngestSettings())
    claims = [s.text for one in articles[:CHECKED] for s in read(one, TextSettings()).sentences][:sentences]
    text = "\n".join(claims)
    day = _FIRST_DAY + timedelta(days=_DAYS // 2)
    return Article(article_id("Le Neuf", text), "new.txt", "Le Neuf", articles[0].title, None, day, "fr", text)


def copies(found: Sequence[Base], sentences: int, seed: int = SEED) -> Iterator[tuple[ReadArticle, Half]]:
    """Articles with their vectors until so many sentences are made; the same for the same seed."""
    random = np.random.default_rng(seed)
    made = number = 0
    while made < sentences:
        base = found[number % len(found)]
        vectors = base.vectors if number < len(found) else _noisy(base.vectors, random)
        yield _copy(base.read, number, int(random.integers(_DAYS)), int(random.integers(_OUTLETS))), half(vectors)
        made += len(base.read.sentences)
        number += 1


def fill(store: Store, made: Iterator[tuple[ReadArticle, Half]], model: str) -> int:
    """Save articles into a store; how many."""
    count = 0
    for article, vectors in made:
        store.save(article, vectors, model, f"generated-{article.article.id}")
        count += 1
    return count


def _noisy(vectors: Vectors, random: np.random.Generator) -> Vectors:
    noise = random.standard_normal(vectors.shape, dtype=np.float32)
    moved = vectors + _NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)


def _copy(base: ReadArticle, number: int, day: int, outlet: int) -> ReadArticle:
    """The article under another outlet and date; a number behind each sentence makes its text its own."""
    texts = [f"{sentence.text} ({number})" for sentence in base.sentences]
    text, name = "\n".join(texts), f"Outlet {outlet}"
    article = replace(
        base.article,
        id=article_id(name, text),
        path=f"generated/{number}.txt",
        outlet=name,
        url=None,
        published=_FIRST_DAY + timedelta(days=day),
        text=text,
    )
    sentences, start = [], 0
    for index, (sentence, own) in enumerate(zip(base.sentences, texts, strict=True)):
        end = start + len(own)
        sentences.append(replace(sentence, article=article.id, index=index, start=start, end=end, text=own))
        start = end + 1
    return ReadArticle(article, tuple(sentences), ())


def main() -> None:
    """Make a corpus file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="the corpus file to make")
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--stories", type=int, default=40, help="stories whose sentences are encoded for real")
    options = parser.parse_args()
    embedder = load_embedder(None)
    found = bases(embedder, options.stories)
    with open_store(options.corpus, create=True) as store:
        count = fill(store, copies(found, options.sentences), model_key(embedder))
    say(f"{count} articles: {options.corpus}")


if __name__ == "__main__":
    main()
