"""Our own labelled data: single pairs (``data/pairs``) and whole stories (``data/stories``), with their splits.

A tenth of the events and three stories are the development split (``data/splits.json``); they never enter training.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimcheck.types import Relation, Statement


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two statements of two outlets with their relation; ``group`` is the event or story, never split."""

    a: Statement
    b: Statement
    relation: Relation
    aspect: str
    group: str
    language: str
    superseded: bool = False


def development_event(event: str) -> bool:
    """Whether an event belongs to the development tenth: decided by its hash, so it never moves."""
    return int(hashlib.sha256(event.encode()).hexdigest(), 16) % 10 == 0


def event_pairs(folder: Path) -> Iterator[LabelledPair]:
    """All pairs of ``data/pairs``: one event a line, six answers each."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip():
                continue
            row = json.loads(line)
            for answer in row["b"]:
                yield LabelledPair(
                    Statement(row["a"]),
                    Statement(answer["t"]),
                    Relation(answer["label"]),
                    answer["aspect"],
                    row["event"],
                    row["lang"] if row["lang"] == answer["lang"] else "mixed",
                    bool(answer.get("update")),
                )


@dataclass(frozen=True, slots=True)
class Story:
    """A story's labelled pairs, and every cross-outlet pair of its sentences that nobody listed."""

    name: str
    labelled: tuple[LabelledPair, ...]
    unlisted: tuple[LabelledPair, ...]


def read_story(folder: Path) -> Story:
    """A story folder: articles read by the text stage, labels matched by their exact substrings."""
    from claimcheck.ingest import ingest
    from claimcheck.settings import IngestSettings, TextSettings
    from claimcheck.text import read

    articles, _ = ingest([folder], IngestSettings())
    by_file = {Path(article.path).name: read(article, TextSettings()) for article in articles}
    names = sorted(by_file)
    before: dict[str, list[tuple[int, int, str]]] = {}
    for name in names:
        spans = [(s.start, s.end, s.text) for s in by_file[name].sentences]
        before[name] = spans

    def statement(file: str, text: str) -> Statement:
        article = by_file[file].article
        at = article.text.find(text)
        earlier = [span for span in before[file] if span[1] <= at + 1]
        speaker = next((s.speaker for s in by_file[file].sentences if s.start <= at < s.end), None)
        return Statement(text, earlier[-1][2] if earlier else "", article.published, speaker)

    labelled: list[LabelledPair] = []
    listed: set[tuple[str, str]] = set()
    for line in (folder / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        a, b = row["a"], row["b"]
        languages = {by_file[side["file"]].article.language for side in (a, b)}
        labelled.append(
            LabelledPair(
                statement(a["file"], a["text"]),
                statement(b["file"], b["text"]),
                Relation(row["label"]),
                row["aspect"],
                folder.name,
                languages.pop() or "fr" if len(languages) == 1 else "mixed",
                bool(row["superseded"]),
            )
        )
        listed |= {(a["text"], b["text"]), (b["text"], a["text"])}
    unlisted = [
        LabelledPair(statement(one, s.text), statement(other, t.text), Relation.UNRELATED, "none", folder.name, "fr")
        for i, one in enumerate(names)
        for other in names[i + 1 :]
        for s in by_file[one].sentences
        for t in by_file[other].sentences
        if not any(_overlaps(s.text, x) and _overlaps(t.text, y) for x, y in listed)
    ]
    return Story(folder.name, tuple(labelled), tuple(unlisted))


def _overlaps(one: str, other: str) -> bool:
    return one in other or other in one


def development_stories(root: Path) -> frozenset[str]:
    """Names of the stories kept for development."""
    splits = json.loads((root / "splits.json").read_text(encoding="utf-8"))
    return frozenset(splits["development_stories"])


def stories(root: Path, *, development: bool) -> list[Story]:
    """The training or the development stories under ``root/stories``."""
    held = development_stories(root)
    folders = sorted(path.parent for path in (root / "stories").glob("*/pairs.jsonl"))
    return [read_story(folder) for folder in folders if (folder.name in held) == development]


def sample(pairs: Sequence[LabelledPair], amount: int, seed: str) -> list[LabelledPair]:
    """A seeded sample without replacement."""
    return random.Random(seed).sample(list(pairs), min(amount, len(pairs)))
