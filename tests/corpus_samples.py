"""Stores, articles and files for the tests of the corpus."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fakes import WordEmbedder

from claimcheck.corpus import embed, model_key, place
from claimcheck.encoders.base import Matrix, ModelInfo
from claimcheck.ingest.articles import article_id
from claimcheck.settings import TextSettings
from claimcheck.store import Outcome, Store
from claimcheck.text import read
from claimcheck.types import Article

BRIDGE = "Le pont de la Lune est fermé depuis lundi. Le maire Paul Remy promet une réouverture rapide."
SCHOOL = "The new school of Lorme opens its doors on Monday. Sixty pupils are expected in the morning."


class CountingEmbedder(WordEmbedder):
    """Notes every text it embeds; several of them are several models."""

    def __init__(self, revision: str = "0") -> None:
        self.info = ModelInfo("words", revision)
        self.seen: list[str] = []

    def embed(self, texts: Sequence[str]) -> Matrix:
        self.seen.extend(texts)
        return super().embed(texts)


def article(
    text: str = BRIDGE,
    *,
    outlet: str = "Nord",
    title: str = "Le pont",
    url: str | None = None,
    day: int | None = 10,
    path: str = "a.txt",
) -> Article:
    published = datetime(2031, 2, day, tzinfo=UTC) if day else None
    return Article(article_id(outlet, text), path, outlet, title, url, published, "fr", text, {"outlet": "option"})


def keep(store: Store, one: Article, embedder: WordEmbedder | None = None) -> Outcome:
    """Read an article and save it."""
    embedder = embedder or WordEmbedder()
    done = read(one, TextSettings())
    return store.save(done, embed(done.sentences, store, embedder), model_key(embedder), place(one))


def files(folder: Path, count: int) -> Path:
    """Write a table of tiny articles: every fifth one is a later version of the page before it."""
    folder.mkdir(exist_ok=True)
    rows = []
    for number in range(count):
        page = number - 1 if number % 5 == 4 else number
        rows.append(
            {
                "outlet": f"Outlet {page % 3}",
                "url": f"https://outlet{page % 3}.example/{page}",
                "published": f"2031-02-{1 + number % 27:02d}",
                "title": f"Report {page}",
                "text": f"The council of Lorme voted {number + 2} measures on Monday. Nobody opposed that vote.",
            }
        )
    (folder / "table.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder
