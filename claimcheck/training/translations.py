"""The judge's French pulled to its own English: a translated pair must be judged as the English pair is.

No French inference set is needed: aligned sentences are paired with their neighbours, the judge as it was reads the
English pair, and the judge that learns must say the same of the French and the mixed pair. Nothing is labelled, so
little is forgotten either: the English pairs themselves are among what is asked.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from claimcheck.training import corpora, loop
from claimcheck.training.judge import Outputs, load_judge, save_judge
from claimcheck.training.vectors import sentence_vectors
from claimcheck.types import Vectors

_BLOCK = 10_000  # sentences among which neighbours are sought
_FRENCH, _ENGLISH = True, False
# Which sides are French, and how often: mixed pairs are the hardest, English ones only keep what is known.
_VERSIONS = ((_FRENCH, _FRENCH), (_FRENCH, _ENGLISH), (_ENGLISH, _FRENCH), (_ENGLISH, _ENGLISH))
_VERSION_WEIGHTS = (0.45, 0.2, 0.25, 0.1)

_PAIRS = "pairs.json"

Aligned = tuple[str, str]  # English, French


@dataclass(frozen=True, slots=True)
class Bilingual:
    """Two texts, each in both languages."""

    a: Aligned
    b: Aligned

    def version(self, french: tuple[bool, bool]) -> tuple[str, str]:
        """The pair with the chosen sides in French."""
        return self.a[french[0]], self.b[french[1]]


def pairs(data: Path, work: Path, settings: dict[str, Any], seed: int, log: loop.Log) -> list[Bilingual]:
    """Graded pairs that exist in both languages, and aligned sentences with a neighbour by the distilled encoder."""
    graded = corpora.similarity(data, "train")
    out = [
        Bilingual((en_a, fr_a), (en_b, fr_b))
        for (fr_a, fr_b, _), (en_a, en_b, _) in zip(graded["fr"], graded["en"], strict=True)
    ]
    aligned = corpora.parallel(
        data, europarl=settings["europarl"], short=settings["short"], max_words=settings["max_words"], seed=seed
    )
    draw = random.Random(seed)
    draw.shuffle(aligned)
    texts, cache = [english for english, _ in aligned], work / "translations/sentences.npy"
    vectors = sentence_vectors(work / "distil", texts, cache, settings["tokens"], log)
    for start in range(0, len(aligned), _BLOCK):
        part = slice(start, start + _BLOCK)
        out += paired(aligned[part], vectors[part].astype(np.float32), settings, draw)
    return out


def read_pairs(folder: Path) -> list[Bilingual]:
    """The pairs that this stage learnt, for the stages that must not forget them."""
    rows = json.loads((folder / _PAIRS).read_text(encoding="utf-8"))
    return [Bilingual(tuple(a), tuple(b)) for a, b in rows]


def _write_pairs(folder: Path, rows: Sequence[Bilingual]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps([(row.a, row.b) for row in rows], ensure_ascii=False)
    (folder / _PAIRS).write_text(text, encoding="utf-8")


def paired(rows: Sequence[Aligned], vectors: Vectors, settings: dict[str, Any], draw: random.Random) -> list[Bilingual]:
    """Each row with one of its nearest rows; a share of them (``joined``) with another neighbour put before or behind,
    so that the longer side says more than the shorter.
    """
    near = min(settings["neighbours"], len(rows) - 1)
    if near < 1:
        return []
    similar = vectors @ vectors.T
    np.fill_diagonal(similar, -1.0)
    nearest = np.argpartition(-similar, near - 1, axis=1)[:, :near]
    out: list[Bilingual] = []
    for row, others in zip(rows, nearest.tolist(), strict=True):
        other, extra = (rows[draw.choice(others)] for _ in range(2))
        first = row
        if draw.random() < settings["joined"]:
            first = _joined(row, extra) if draw.random() < 0.5 else _joined(extra, row)
        out.append(Bilingual(first, other))
    return out


def _joined(first: Aligned, second: Aligned) -> Aligned:
    return f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"


def agreement_loss(learner: Outputs, model: Outputs, pull: float) -> Tensor:
    """How far the learner's (pooled, three-way, four-way) outputs are from the model's: the divergence of both heads,
    and ``pull`` times the squared distance of the pooled vectors, per dimension.
    """
    value = pull * nn.functional.mse_loss(learner[0].float(), model[0].float())
    for mine, theirs in zip(learner[1:], model[1:], strict=True):
        log, target = (nn.functional.log_softmax(side.float(), dim=-1) for side in (mine, theirs))
        value = value + nn.functional.kl_div(log, target, reduction="batchmean", log_target=True)
    return value


def run(data: Path, work: Path, settings: dict[str, Any], seed: int, log: loop.Log) -> Path:
    """Pull the French of ``work/nli`` to its own English, average both; saves ``work/translations``."""
    folder, start = work / "translations", work / "nli"
    tokenizer = Tokenizer.from_file(str(work / "vocabulary/tokenizer.json"))
    rows = pairs(data, work, settings, seed, log)
    _write_pairs(folder, rows)
    model, learner = load_judge(start).to(loop.device()).eval(), load_judge(start)
    for judge in (model, learner):
        loop.set_dropout(judge, 0.0)
    lengths = loop.token_counts(tokenizer, [row.version((_FRENCH, _FRENCH)) for row in rows], settings["max_tokens"])
    batches = loop.bucketed(lengths, settings["tokens"], settings["epochs"], seed)
    batches = batches[: int(len(batches) * settings["share"])]
    plan = loop.Plan("translations", batches, settings["learning_rate"], seed)

    def loss(batch: Sequence[int]) -> Tensor:
        draw = random.Random(f"{seed}-{batch[0]}-{batch[-1]}")
        texts = list(versions([rows[i] for i in batch], draw))
        english, translated = (
            loop.tensors(tokenizer, side, settings["max_tokens"]) for side in zip(*texts, strict=True)
        )
        with torch.no_grad():
            wanted = model.outputs(**english)
        return agreement_loss(learner.outputs(**translated), wanted, settings["pull"])

    loop.train(learner, plan, loss, folder, log)
    loop.blend(learner, model, settings["blend"])
    save_judge(learner, folder)
    return folder


def versions(rows: Sequence[Bilingual], draw: random.Random) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The English pair and a version of it, both in the same order, which is drawn."""
    for row in rows:
        pair = row if draw.random() < 0.5 else Bilingual(row.b, row.a)
        (sides,) = draw.choices(_VERSIONS, _VERSION_WEIGHTS)
        yield pair.version((_ENGLISH, _ENGLISH)), pair.version(sides)
