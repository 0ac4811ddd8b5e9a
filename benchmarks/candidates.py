"""How many labelled pairs are among the candidate pairs: among all of them, and among those each signal proposes.

    python -m benchmarks.candidates --data data/stories --gold pairs.jsonl
    python -m benchmarks.candidates --data FOLDER_OF_TEXTS --gold PAIRS.jsonl

``--data`` is a folder of articles, or a folder of such folders that each hold a file named ``--gold``. A labelled
pair is found when any sentence overlapping its one text and any overlapping the other are a candidate pair.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claimcheck.encoders import Embedder, load_embedder
from claimcheck.ingest import ingest
from claimcheck.pairs import WEIGHTS, candidates, cross_pairs
from claimcheck.settings import IngestSettings, PairSettings, TextSettings, TopicSettings
from claimcheck.text import read
from claimcheck.topics import topics
from claimcheck.types import Article, Pair, Sentence, Vectors

SHARES = (0.05, 0.10, 0.15, 0.20, 0.25)
STATUSES = ("agreed", "either")


@dataclass(frozen=True, slots=True)
class Run:
    """The sentences of one folder and its labelled pairs, each as the rows of its two sides."""

    sentences: tuple[Sentence, ...]
    outlets: tuple[str, ...]
    vectors: Vectors
    gold: tuple[tuple[frozenset[int], frozenset[int]], ...]


def load(folder: Path, gold: Path, embedder: Embedder) -> Run:
    """Read the articles of ``folder`` and match the pairs of ``gold`` to their sentences."""
    articles, _ = ingest([folder], IngestSettings())
    texts = [read(article, TextSettings()) for article in articles]
    sentences = tuple(sentence for text in texts for sentence in text.sentences)
    outlet_of = {article.id: article.outlet for article in articles}
    by_name = {name: article for article in articles for name in (Path(article.path).name, Path(article.path).stem)}
    return Run(
        sentences,
        tuple(outlet_of[sentence.article] for sentence in sentences),
        embedder.embed([sentence.text for sentence in sentences]),
        tuple(_gold(gold, by_name, sentences)),
    )


def _gold(
    path: Path, articles: dict[str, Article], sentences: Sequence[Sentence]
) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        labels = row.get("labels") or [row["label"]]
        if labels == ["unrelated"] or row.get("status", "agreed") not in STATUSES:
            continue
        one, other = (
            _rows(articles[side.get("file") or side["article"]], side["text"], sentences)
            for side in (row["a"], row["b"])
        )
        yield one, other


def _rows(article: Article, text: str, sentences: Sequence[Sentence]) -> frozenset[int]:
    start = article.text.find(text)
    end = start + len(text)
    return frozenset(
        row
        for row, sentence in enumerate(sentences)
        if start >= 0 and sentence.article == article.id and sentence.start < end and start < sentence.end
    )


def ranks(run: Run, pairs: Sequence[Pair]) -> list[float]:
    """Find the best place of each labelled pair among ``pairs``, infinite where it is not proposed."""
    place = {(pair.left, pair.right): float(number) for number, pair in enumerate(pairs)}
    return [
        min(
            (place.get((min(i, j), max(i, j)), float("inf")) for i in one for j in other),
            default=float("inf"),
        )
        for one, other in run.gold
    ]


def recalls(run: Run) -> list[list[float]]:
    """Recall at each share of all cross-outlet pairs, best first: of all proposals, then of those of each signal."""
    pairs = candidates(run.sentences, run.vectors, run.outlets, PairSettings(share=SHARES[-1]))
    total = cross_pairs(run.outlets)
    table = []
    for source in (None, *WEIGHTS):
        found = np.array(ranks(run, [pair for pair in pairs if source is None or source in pair.sources]))
        table.append([float((found < share * total).mean()) for share in SHARES])
    return table


def together(run: Run) -> tuple[float, float, int]:
    """Labelled pairs within one topic, all cross-outlet pairs within one topic (shares), and the number of topics."""
    found = topics(run.sentences, run.vectors, TopicSettings())
    topic_of = {row: number for number, topic in enumerate(found) for row in topic.rows}
    labelled = [any(topic_of[i] == topic_of[j] for i in one for j in other) for one, other in run.gold]
    inside = sum(cross_pairs([run.outlets[row] for row in topic.rows]) for topic in found)
    return float(np.mean(labelled)), inside / cross_pairs(run.outlets), len(found)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of articles, or of folders of articles")
    parser.add_argument("--gold", type=Path, required=True, help="labelled pairs (JSONL), or their name in each folder")
    parser.add_argument("--embedder", help="another sentence encoder, by path")
    options = parser.parse_args()
    embedder = load_embedder(options.embedder)
    inside = sorted(options.data.glob(f"*/{options.gold.name}")) if not options.gold.is_file() else []
    places = [(gold.parent, gold) for gold in inside] or [(options.data, options.gold)]
    runs = [load(folder, gold, embedder) for folder, gold in places]
    print(f"{platform.machine()}, {os.cpu_count()} cores, {embedder.info.name} {embedder.info.revision}")
    sizes = [
        sum(sizes)
        for sizes in zip(*((len(r.sentences), cross_pairs(r.outlets), len(r.gold)) for r in runs), strict=True)
    ]
    print(f"{len(runs)} folders, {sizes[0]} sentences, {sizes[1]} cross-outlet pairs, {sizes[2]} labelled pairs")
    print(f"{'recall at share':16}" + "".join(f"{share:8.0%}" for share in SHARES))
    for source, means in zip(("all, ranked", *WEIGHTS), np.mean([recalls(run) for run in runs], axis=0), strict=True):
        print(f"{source:16}" + "".join(f"{value:8.3f}" for value in means))
    labelled, pairs, number = np.mean([together(run) for run in runs], axis=0)
    print(f"topics: {number:.1f} a folder; {labelled:.3f} of labelled and {pairs:.3f} of all pairs within one topic")


if __name__ == "__main__":
    main()
