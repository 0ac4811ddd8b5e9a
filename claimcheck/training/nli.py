"""Stage 4: three-way natural-language inference from our own French examples and from English sets, half of them
code-switched into French.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from claimcheck.training import corpora, loop, own
from claimcheck.training.corpora import NliExample
from claimcheck.training.judge import load_judge, save_judge
from claimcheck.training.switching import Dictionary, switch_pair

_TRUE_PARAPHRASE = 4.5  # STS score from which two captions say the same
_TRANSLATIONS = 5000


def examples(data: Path, root: Path, seed: int) -> list[NliExample]:
    """Our examples and the English sets, plus true paraphrases and translations as entailments (near-copies are not
    contradictions).
    """
    found = corpora.nli(data, seed) + list(own.inference(root / "nli"))
    for rows in corpora.similarity(data, "train").values():
        found += [NliExample(a, b, 0, 0.7, switchable=False) for a, b, score in rows if score >= _TRUE_PARAPHRASE]
    pairs = corpora.parallel(data, europarl=_TRANSLATIONS // 2, short=_TRANSLATIONS // 2, max_words=30, seed=seed + 1)
    draw = random.Random(seed)
    return found + [
        NliExample(*(pair if draw.random() < 0.5 else pair[::-1]), 0, 0.5, switchable=False) for pair in pairs
    ]


def nli_loss(logits: Tensor, batch: Sequence[NliExample]) -> Tensor:
    """Weighted cross-entropy; a binary example only says "entailed" or "not entailed"."""
    log = nn.functional.log_softmax(logits.float(), dim=-1)
    where = logits.device
    labels = torch.tensor([example.label for example in batch], device=where)
    weights = torch.tensor([example.weight for example in batch], device=where)
    binary = torch.tensor([example.binary for example in batch], device=where)
    exact = log.gather(1, labels[:, None]).squeeze(1)
    not_entailed = torch.logsumexp(log[:, 1:], dim=1)
    value = torch.where(binary & (labels == 1), not_entailed, exact)
    return -(weights * value).sum() / weights.sum()


def load_dictionary(work: Path) -> Dictionary:
    """The code-switching dictionary written by the vocabulary stage."""
    entries: Dictionary = json.loads((work / "vocabulary/dictionary.json").read_text(encoding="utf-8"))
    return entries


def read_pair(
    row: NliExample, dictionary: Dictionary, settings: dict[str, Any], draw: random.Random
) -> tuple[str, str]:
    """The two texts as the judge sees them this time: an English pair may be code-switched."""
    pair = (row.premise, row.hypothesis)
    if not row.switchable:
        return pair
    return switch_pair(pair, dictionary, switched=settings["switched"], share=settings["switch_words"], draw=draw)


def run(data: Path, root: Path, work: Path, settings: dict[str, Any], seed: int, log: loop.Log) -> Path:
    """Train both directions of reading an English or code-switched pair; saves ``work/nli``.

    It goes on from an adopted judge where there is one, and from the distilled encoder otherwise.
    """
    folder = work / "nli"
    tokenizer = Tokenizer.from_file(str(work / "vocabulary/tokenizer.json"))
    dictionary = load_dictionary(work)
    rows = examples(data, root, seed)
    adopted = work / "judge"
    judge = load_judge(adopted if adopted.exists() else work / "distil")
    loop.set_dropout(judge, settings["dropout"])
    lengths = loop.token_counts(tokenizer, [(row.premise, row.hypothesis) for row in rows], settings["max_tokens"])
    batches = loop.bucketed(lengths, settings["tokens"], settings["epochs"], seed)
    batches = batches[: int(len(batches) * settings["share"])]
    plan = loop.Plan("nli", batches, settings["learning_rate"], seed)

    def loss(batch: Sequence[int]) -> Tensor:
        draw = random.Random(f"{seed}-{batch[0]}-{batch[-1]}-{torch.initial_seed()}")
        chosen = [rows[i] for i in batch]
        pairs = [read_pair(row, dictionary, settings, draw) for row in chosen]
        _, logits, _ = judge.outputs(**loop.tensors(tokenizer, pairs, settings["max_tokens"]))
        return nli_loss(logits, chosen)

    loop.train(judge, plan, loss, folder, log)
    save_judge(judge, folder)
    return folder
