"""Readers of the data folder: one function per kind of file, plain tuples out.

The folder's layout is described in ``data/SOURCES.md``; files are xz-compressed JSON Lines or TSV.
"""

from __future__ import annotations

import itertools
import json
import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimcheck.errors import InputError
from claimcheck.evaluation.articles import ARTICLES, article_parts

NLI_LABELS = ("entailment", "neutral", "contradiction")


@dataclass(frozen=True, slots=True)
class NliExample:
    """A premise, a hypothesis and the index of the label in ``NLI_LABELS``.

    ``weight`` scales the loss; ``binary`` says that label 1 only means "not entailed"; ``switchable`` that both sides
    are English, so that their words may be switched into French.
    """

    premise: str
    hypothesis: str
    label: int
    weight: float = 1.0
    binary: bool = False
    switchable: bool = True


def read_lines(path: Path) -> Iterator[str]:
    """Lines of an xz-compressed text file, without their newline.

    :raises InputError: if the file is missing.
    """
    if not path.exists():
        raise InputError(f"{path}: no such data file; give the data folder with --data")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of an xz-compressed JSON Lines file."""
    return (json.loads(line) for line in read_lines(path))


def parallel(data: Path, *, europarl: int, short: int, max_words: int, seed: int) -> list[tuple[str, str]]:
    """Sampled (English, French) pairs: parliament prose, then short sentences, captions and medical news first.

    Pairs with a side of more than ``max_words`` words are left out.
    """
    formal = [line.split("\t") for line in read_lines(data / "parallel/europarl.en-fr.tsv.xz")]
    community = [line.split("\t") for line in read_lines(data / "parallel/small.en-fr.tsv.xz")]
    rare = [row[1:] for row in community if row[0] in ("stsb_mt", "tico19")]
    common = [row[1:] for row in community if row[0] == "tatoeba"]
    draw = random.Random(seed)
    for rows in (formal, common):
        draw.shuffle(rows)
    kept: list[tuple[str, str]] = []
    for rows, limit in ((formal, europarl), (rare + common, short)):
        usable = ((row[0], row[1]) for row in rows if len(row) > 1 and row[0] and row[1])
        fitting = (pair for pair in usable if max(len(side.split()) for side in pair) <= max_words)
        kept.extend(itertools.islice(fitting, limit))
    return kept


def news(data: Path) -> Iterator[tuple[str, str, str]]:
    """(title, lead, body) of the French news articles."""
    return map(article_parts, read_rows(data / ARTICLES))


def similarity(data: Path, split: str) -> dict[str, list[tuple[str, str, float]]]:
    """STS-B pairs by language with scores from 0 to 5; rows of the two languages are aligned."""
    out: dict[str, list[tuple[str, str, float]]] = {}
    for language in ("fr", "en"):
        rows = (line.split("\t") for line in read_lines(data / f"sts/stsb-{language}-{split}.tsv.xz"))
        out[language] = [(row[0], row[1], float(row[2])) for row in rows]
    return out


# (file, weight of the loss, share kept): light sets are diagnostic or near-synthetic.
_NLI_SETS = (
    ("lingnli.train", 1.0, 1.0),
    ("mnli20k.train", 1.0, 1.0),
    ("cad.train", 1.0, 1.0),
    ("fm2.dev", 1.0, 1.0),
    ("fever_dev.binary", 0.7, 0.3),
    ("covidfact", 0.5, 0.2),
    ("scone.train", 0.3, 0.3),
    ("curriculum", 0.3, 0.1),
    ("wikifactcheck.contradiction", 0.7, 0.4),
)
_SPLIT_NEGATION = re.compile(r"(?<=\w) (?=n't\b)")  # one of the sets is tokenised: "do n't"
_BINARY_LABEL = {"not_entailment": 1, "not-entailment": 1}


def nli(data: Path, seed: int) -> list[NliExample]:
    """The English three-way training sets, sampled and weighted."""
    draw = random.Random(seed)
    examples: list[NliExample] = []
    for name, weight, share in _NLI_SETS:
        for row in read_rows(data / f"nli/{name}.jsonl.xz"):
            label = row["label"]
            binary = label in _BINARY_LABEL
            if draw.random() > share or not (binary or label in NLI_LABELS):
                continue
            index = _BINARY_LABEL[label] if binary else NLI_LABELS.index(label)
            premise, hypothesis = (_SPLIT_NEGATION.sub("", row[side]) for side in ("premise", "hypothesis"))
            examples.append(NliExample(premise, hypothesis, index, weight, binary))
    return examples
