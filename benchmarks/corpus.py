"""A check against a large corpus: ``python -m benchmarks.corpus --sentences 1000000``.

Makes the corpus (``benchmarks.generated`` says how) unless ``--corpus`` names one that is there, and prints how fast
articles are added, how exact search and faiss compare on the same vectors, and what one check costs in a process of its
own: time to load, time of the check after that, and the most memory it held.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.generated import Base, bases, copies, fill, new_article
from benchmarks.run import ROOT, say
from claimcheck.corpus import add, index_folder, model_key
from claimcheck.encoders import Embedder, load_embedder
from claimcheck.encoders.onnx import cores
from claimcheck.index.exact import ExactIndex
from claimcheck.index.faiss import FaissIndex
from claimcheck.store import Store, open_store

_ADDED = 1_000  # articles
_ENCODED = 50  # of them read and encoded too: a thousand take minutes
_NEIGHBOURS = 20
_SENTENCES = 40  # of the article that is checked
_CHECKS = 2


@contextmanager
def timed(line: str, count: int = 0, unit: str = "") -> Iterator[None]:
    """Print wall and processor time of what happens within, and how much of it went by a second."""
    begun, used = time.perf_counter(), time.process_time()
    yield
    seconds = time.perf_counter() - begun
    rate = f", {count / seconds:.0f} {unit}/s" if count else ""
    say(f"{line}: {seconds:.2f} s ({time.process_time() - used:.2f} s of processor time){rate}")


def adding(store: Store, found: list[Base], embedder: Embedder, folder: Path) -> None:
    """Add articles whose vectors are known, then files that must be read and encoded."""
    made = list(islice(copies(found, 10**9, seed=1), len(found), len(found) + _ADDED))
    with timed(f"save {_ADDED} articles with known vectors", _ADDED, "articles"):
        fill(store, iter(made), model_key(embedder))
    texts = [item.article.text.replace(" (", ", encore une fois (") for item, _ in made[:_ENCODED]]
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    with timed(f"corpus add of {len(texts)} files, read and encoded", len(texts), "articles"):
        add([folder], store, embedder)


def side_by_side(store: Store, embedder: Embedder) -> None:
    """Exact search and faiss over the same rows: seconds to make, seconds of a search, share of neighbours found."""
    live, model = store.live(), model_key(embedder)
    with timed(f"read {len(live)} vectors from the store", len(live), "vectors"):
        rows = store.vectors(live, model)
    asked = embedder.embed([one for one in new_article(_SENTENCES).text.split("\n") if one])
    exact, approximate = ExactIndex(), FaissIndex()
    with timed("exact: make"):
        exact.add(rows, live.numbers)
    with timed("faiss: make"):
        approximate.add(rows, live.numbers)
    del rows
    with timed(f"exact: search {len(asked)} sentences"):
        wanted, _ = exact.search(asked, _NEIGHBOURS)
    with timed(f"faiss: search {len(asked)} sentences"):
        found, _ = approximate.search(asked, _NEIGHBOURS)
    hits = sum(len(np.intersect1d(one, other)) for one, other in zip(found, wanted, strict=True))
    say(f"faiss: recall@{_NEIGHBOURS} against exact {hits / wanted.size:.3f}")


def one_check(corpus: Path) -> None:
    """Load the corpus and check an article against it, in this process and nothing else."""
    from claimcheck.desk import open_desk
    from claimcheck.models import load_relator
    from claimcheck.pipeline import check_read
    from claimcheck.progress import Silent
    from claimcheck.settings import Settings
    from claimcheck.text import read

    settings, new = Settings(), new_article(_SENTENCES)
    with timed("load the models"):
        relator = load_relator()
    with open_store(corpus) as store:
        with timed("load the corpus and its index"):
            desk = open_desk(corpus, store, relator.embedder)
        done = read(new, settings.text)
        for number in range(_CHECKS):
            with timed(f"check {number + 1} of {_CHECKS}, {len(done.sentences)} sentences"):
                found = check_read(done, desk, settings, relator, Silent())
    say(f"  {json.dumps(dict(found.comparison.coverage))}")
    say(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def measure(corpus: Path, sentences: int, stories: int) -> None:
    """Everything, in order."""
    embedder = load_embedder(None)
    with TemporaryDirectory() as scratch:
        with open_store(corpus, create=True) as store:
            if not len(store.live()):
                found = bases(embedder, stories)
                say(f"{sum(len(base.vectors) for base in found)} sentences encoded, the other vectors made from them")
                with timed("make the corpus", sentences, "sentences"):
                    fill(store, copies(found, sentences), model_key(embedder))
                adding(store, found, embedder, Path(scratch))
            side_by_side(store, embedder)
        child = [sys.executable, "-m", "benchmarks.corpus", "--corpus", str(corpus), "--check-only"]
        for what in ("index made and saved", "index saved before"):
            say(what)
            subprocess.run(child, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    size = sum(path.stat().st_size for path in index_folder(corpus).glob("*"))
    say(f"on disk: corpus {corpus.stat().st_size / 1e9:.2f} GB, index {size / 1e9:.2f} GB")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--stories", type=int, default=40, help="stories whose sentences are encoded for real")
    parser.add_argument("--corpus", type=Path, help="where the corpus is kept, or one made before")
    parser.add_argument("--check-only", action="store_true", help="only the check, against --corpus")
    options = parser.parse_args()
    if options.check_only:
        one_check(options.corpus)
        return
    say(f"{platform.processor() or platform.machine()}, {cores()} cores, Python {platform.python_version()}")
    with TemporaryDirectory() as scratch:
        measure(options.corpus or Path(scratch) / "desk.db", options.sentences, options.stories)


if __name__ == "__main__":
    main()
