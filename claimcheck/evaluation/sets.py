"""The named sets of the gate: where they lie, what is measured on them, and how many of their rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimcheck.errors import InputError
from claimcheck.evaluation import articles
from claimcheck.evaluation.datasets import SEED, read_pairs, with_random_pairs
from claimcheck.evaluation.evaluate import Task
from claimcheck.evaluation.rows import LabelledRow, draw
from claimcheck.evaluation.splits import DEVELOPMENT, event_split

Rows = tuple[LabelledRow, ...]

XNLI = "data/dev/xnli_dev.fr-en.jsonl.xz"
GOLD, SEEDS = "gold/seeds_dev_pairs.jsonl", "seeds"
REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class NamedSet:
    """A set the gate measures.

    ``paths`` and ``load`` are given the repository root where ``is_ours``, else the data folder; all files under the
    paths enter the hash. ``sample`` rows are drawn by hash, all where it is None; ``metrics`` are the ones with floors.
    """

    name: str
    task: Task
    metrics: tuple[str, ...]
    paths: Callable[[Path], Sequence[Path]]
    load: Callable[[Path], Rows]
    is_ours: bool = False
    sample: int | None = None

    def is_present(self, home: Path) -> bool:
        """Whether its files are there."""
        return all(path.exists() for path in self.paths(home))

    def sha256(self, home: Path) -> str:
        """Hash of the names and bytes of its files."""
        digest = hashlib.sha256()
        for path in self.paths(home):
            files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
            for file in files:
                base = home if file.is_relative_to(home) else REPOSITORY
                digest.update(f"{file.relative_to(base).as_posix()}\n".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()

    def rows(self, home: Path, *, full: bool = False) -> tuple[Rows, int]:
        """Give the rows measured, and how many there are to draw from."""
        everything = self.load(home)
        rows = everything if full or self.sample is None else draw(everything, self.sample, SEED)
        return rows, len(everything)


def in_language(rows: Iterable[LabelledRow], language: str) -> Rows:
    """Give the rows of one language."""
    return tuple(row for row in rows if row.language == language)


def crossed(rows: Sequence[LabelledRow], premise: str, hypothesis: str) -> Rows:
    """Cross-lingual pairs of aligned rows: the first text in one language, the second in the other.

    :raises InputError: if an id comes twice in one language, so that its partner is in doubt.
    """
    left, right = _by_id(rows, premise), _by_id(rows, hypothesis)
    return tuple(_with_second(left[key], right[key]) for key in left if key in right)


def development_events(rows: Iterable[LabelledRow]) -> Rows:
    """Give the rows of our events that neither training nor fitting has seen."""
    return tuple(row for row in rows if event_split(row.group) == DEVELOPMENT)


def development_stories(root: Path) -> tuple[Path, ...]:
    """Give the story folders that neither training nor fitting has seen."""
    splits = json.loads((root / "data/splits.json").read_text(encoding="utf-8"))
    return tuple(root / "data/stories" / name for name in sorted(splits[DEVELOPMENT]))


def _by_id(rows: Iterable[LabelledRow], language: str) -> dict[str, LabelledRow]:
    found: dict[str, LabelledRow] = {}
    for row in in_language(rows, language):
        if found.setdefault(row.group, row) is not row:
            raise InputError(f"{row.where}: id {row.group!r} comes twice in {language!r}; ids must be unique")
    return found


def _with_second(row: LabelledRow, other: LabelledRow) -> LabelledRow:
    if row.labels != other.labels:
        raise InputError(f"{other.where}: label differs from the aligned row at line {row.line}; mend one of them")
    return LabelledRow(
        row.a, other.b, row.labels, row.score, row.group, "mixed", row.aspect, row.line, row.source, row.fields
    )


def _flat(name: str, task: Task, metrics: tuple[str, ...], path: str) -> NamedSet:
    return NamedSet(name, task, metrics, lambda home: (home / path,), lambda home: read_pairs(home / path))


def _xnli(name: str, premise: str, hypothesis: str) -> NamedSet:
    return NamedSet(
        name,
        Task.NLI,
        ("accuracy",),
        lambda home: (home / XNLI,),
        lambda home: crossed(read_pairs(home / XNLI), premise, hypothesis),
        sample=1200,
    )


def _real(name: str, listed: str) -> NamedSet:
    ours = REPOSITORY / "data" / listed  # positions and labels; the text is in the data folder
    return NamedSet(
        name,
        Task.RELATION,
        ("accuracy", "macro_f1"),
        lambda data: (ours, data / "data" / articles.ARTICLES),
        lambda data: development_events(articles.read_articles(data / "data" / articles.ARTICLES, ours)),
        sample=600,
    )


SETS: tuple[NamedSet, ...] = (
    NamedSet(
        "pairs-development",
        Task.RELATION,
        ("accuracy", "macro_f1"),
        lambda root: (root / "data/pairs",),
        lambda root: development_events(read_pairs(root / "data/pairs")),
        is_ours=True,
    ),
    NamedSet(
        "stories-development",
        Task.RELATION,
        ("accuracy", "macro_f1"),
        development_stories,
        lambda root: tuple(row for story in development_stories(root) for row in with_random_pairs(story)),
        is_ours=True,
    ),
    NamedSet(
        "factchecks",
        Task.CONTRADICTION,
        ("accuracy",),
        lambda root: (root / "data/factchecks",),
        lambda root: read_pairs(root / "data/factchecks"),
        is_ours=True,
    ),
    NamedSet(
        "seeds-gold",
        Task.RELATION,
        ("accuracy", "macro_f1"),
        lambda data: (data / GOLD, data / SEEDS),
        lambda data: with_random_pairs(data / GOLD, data / SEEDS),
    ),
    _real("articles-development", articles.LISTED),
    _real("edits-development", articles.EDITED),
    _flat("daccord", Task.CONTRADICTION, ("accuracy",), "data/dev/daccord_dev.jsonl.xz"),
    _flat("rte3-fr", Task.NLI, ("accuracy", "macro_f1"), "data/dev/rte3_fr_dev.jsonl.xz"),
    _xnli("xnli-fr", "fr", "fr"),
    _xnli("xnli-en", "en", "en"),
    _xnli("xnli-fr-en", "fr", "en"),
    _xnli("xnli-en-fr", "en", "fr"),
    _flat("stsb-fr", Task.STS, ("spearman",), "data/sts/stsb-fr-dev.tsv.xz"),
    _flat("stsb-en", Task.STS, ("spearman",), "data/sts/stsb-en-dev.tsv.xz"),
)
