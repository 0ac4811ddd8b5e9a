"""How well two articles of one story are told from others: ``python -m benchmarks.stories``.

Every pair of articles of ``data/stories`` is of one story or of two. Printed for several bounds of ``check.topic``: the
share of the first that passes, and of the second. Another encoder needs another bound: run this with it.
"""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks.run import ROOT, say
from claimcheck.encoders import load_embedder
from claimcheck.ingest import ingest
from claimcheck.settings import CheckSettings, IngestSettings, TextSettings
from claimcheck.story import NAMES, names_of, shared, unit
from claimcheck.text import read

_STEPS = np.arange(-4, 5) * 0.01


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--embedder", help="another sentence encoder, by path")
    embedder = load_embedder(parser.parse_args().embedder)
    reads, stories = [], []
    for folder in sorted(path for path in (ROOT / "data/stories").iterdir() if path.is_dir()):
        articles, _ = ingest([folder], IngestSettings())
        reads += [read(article, TextSettings()) for article in articles]
        stories += [folder.name] * len(articles)
    means = unit(np.stack([embedder.embed([s.text for s in one.sentences]).mean(axis=0) for one in reads]))
    names = [names_of(one) for one in reads]
    left, right = np.triu_indices(len(reads), 1)
    common = np.array([shared(names[i], names[j]) for i, j in zip(left, right, strict=True)])
    likeness = np.einsum("ij,ij->i", means[left], means[right]) + NAMES * common
    same = np.array(stories)[left] == np.array(stories)[right]
    say(f"{embedder.info.name} {embedder.info.revision}: {same.sum()} pairs of one story, {(~same).sum()} of two")
    for bound in CheckSettings().topic + _STEPS:
        passed = likeness >= bound
        say(f"check.topic={bound:.2f}  one story {passed[same].mean():.3f}  two stories {passed[~same].mean():.4f}")


if __name__ == "__main__":
    main()
