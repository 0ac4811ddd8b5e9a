"""The other way to start: from the shipped generation of weights instead of the English package's.

It stands in for the distil stage, and the vocabulary stage after it keeps the shipped pieces; the shipped judge learns
on from where it stood.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from transformers import BertModel

from claimcheck.training import corpora, loop
from claimcheck.training.judge import load_judge, save_judge
from claimcheck.training.vocabulary import copy_tokenizer, write_dictionary


def run(data: Path, models: Path, work: Path, settings: dict[str, Any], seed: int, log: loop.Log) -> Path:
    """Copy the models of ``models`` into ``work`` in single precision; ``settings`` are the vocabulary stage's."""
    log(f"starting from the models in {models}")
    for name in ("vocabulary", "distil"):
        copy_tokenizer(models / "encoder", work / name)
    BertModel.from_pretrained(models / "encoder", use_safetensors=True).float().save_pretrained(work / "distil")
    save_judge(load_judge(models / "judge").float(), work / "judge")
    aligned = corpora.parallel(data, europarl=10**9, short=10**9, max_words=100, seed=seed)
    write_dictionary(aligned, settings["switch_dice"], work / "vocabulary", log)
    return work
