"""Our own labelled data: inference examples (``data/nli``), single pairs (``data/pairs``), whole stories
(``data/stories``) and pairs of real articles (``data/articles``), with the splits of the last three.

A tenth of events and real stories and three of ours are for development, as many and fifteen of ours for fitting the
decisions (``data/splits.json``): neither enters the training of the networks.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from claimcheck.evaluation.articles import ARTICLES, EDITED, LISTED, read_articles
from claimcheck.evaluation.datasets import read_listing, read_pairs
from claimcheck.evaluation.records import read_records
from claimcheck.evaluation.rows import LabelledRow
from claimcheck.evaluation.splits import TRAINING, event_split, story_split
from claimcheck.evaluation.stories import listed_rows, unlisted
from claimcheck.training.corpora import NLI_LABELS, NliExample
from claimcheck.types import Relation, Statement

__all__ = [
    "LabelledPair",
    "Story",
    "event_pairs",
    "event_split",
    "held_articles",
    "inference",
    "read_story",
    "sample",
    "split_articles",
    "split_events",
    "stories",
    "story_split",
]


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two statements of two outlets with their relation; ``group`` is the event or story, never split.

    ``relation`` is the writer's label, ``votes`` are those of all its readers, the writer first;
    empty stands for the writer alone.
    """

    a: Statement
    b: Statement
    relation: Relation
    aspect: str
    group: str
    language: str
    superseded: bool = False
    votes: tuple[Relation, ...] = ()

    def settled(self) -> Relation:
        """What most of its readers gave; the writer's label where no other has more votes."""
        return Counter(self.votes or (self.relation,)).most_common(1)[0][0]

    def shares(self) -> dict[Relation, float]:
        """The share of its readers for each relation that one of them gave."""
        votes = self.votes or (self.relation,)
        return {relation: count / len(votes) for relation, count in Counter(votes).items()}


def inference(folder: Path) -> Iterator[NliExample]:
    """Every example of ``data/nli``: one premise a line, six hypotheses each, in French, English or both."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for hypothesis in row["h"]:
                english = row["lang"] == hypothesis["lang"] == "en"
                label = NLI_LABELS.index(hypothesis["label"])
                yield NliExample(row["premise"], hypothesis["t"], label, switchable=english)


def event_pairs(folder: Path) -> Iterator[LabelledPair]:
    """All pairs of ``data/pairs``: one event a line, six answers each."""
    for path in sorted(folder.glob("*.jsonl")):
        for row in read_pairs(path):
            yield _pair(row, row.language or "fr", bool(row.fields["b"].get("update")))


def split_events(root: Path, split: str) -> list[LabelledPair]:
    """The pairs of the events of one split under ``root/pairs``."""
    return [pair for pair in event_pairs(root / "pairs") if event_split(pair.group) == split]


def split_articles(data: Path, root: Path, split: str) -> list[LabelledPair]:
    """The pairs of real articles of one split, as they stand and edited: positions, changes and labels under ``root``,
    text under ``data``.
    """
    rows = read_articles(data / ARTICLES, root / LISTED, root / EDITED)
    return [_pair(row, "fr", superseded=False) for row in rows if event_split(row.group) == split]


def held_articles(root: Path) -> frozenset[int]:
    """The rows of the real articles whose pairs are for development or for fitting the decisions."""
    pairs = (record.fields for record in read_records(root / LISTED))
    held = (pair for pair in pairs if event_split(pair["group"]) != TRAINING)
    return frozenset(pair[side]["article"] for pair in held for side in ("a", "b"))


@dataclass(frozen=True, slots=True)
class Story:
    """A story's pairs: those its writer listed, proposed ones that a reader labelled, and all others (unrelated)."""

    name: str
    labelled: tuple[LabelledPair, ...]
    candidates: tuple[LabelledPair, ...]
    unlisted: tuple[LabelledPair, ...]


def read_story(folder: Path) -> Story:
    """Read a story folder: articles read by the text stage, labels matched by their exact substrings."""
    listed, coverage = read_listing(folder / "pairs.jsonl", folder)
    proposed: tuple[LabelledRow, ...] = ()
    path = folder / "candidates.jsonl"
    if path.exists():
        proposed = listed_rows(read_records(path), str(path), folder.name, coverage)
    labelled = tuple(_pair(row, row.language or "fr", bool(row.fields["superseded"])) for row in listed)
    candidates = tuple(_pair(row, row.language or "fr", superseded=False) for row in proposed)
    others = unlisted(coverage, (*listed, *proposed), covered=False)
    return Story(folder.name, labelled, candidates, tuple(_pair(row, "fr", superseded=False) for row in others))


def _pair(row: LabelledRow, language: str, superseded: bool) -> LabelledPair:
    (label,) = row.labels
    votes = tuple(Relation(vote) for vote in (label, *row.fields.get("votes", ())))
    return LabelledPair(row.a, row.b, votes[0], row.aspect or "none", row.group, language, superseded, votes)


def stories(root: Path, split: str) -> list[Story]:
    """Read the stories of one split under ``root/stories``."""
    folders = sorted(path.parent for path in (root / "stories").glob("*/pairs.jsonl"))
    return [read_story(folder) for folder in folders if story_split(root, folder.name) == split]


def sample(rows: Sequence[Row], amount: int, seed: str) -> list[Row]:
    """Draw a seeded sample without replacement, or all where there are fewer."""
    return random.Random(seed).sample(list(rows), min(amount, len(rows)))
