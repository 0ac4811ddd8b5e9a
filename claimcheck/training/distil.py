"""Stage 2: the student reads French (and English) and is pulled to the teacher's vector of the English side."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from claimcheck.training import corpora, loop
from claimcheck.training.teacher import teacher_folder
from claimcheck.training.vectors import sentence_vectors
from claimcheck.training.vocabulary import copy_tokenizer

_MAX_TOKENS = 128


def run(data: Path, work: Path, settings: dict[str, Any], seed: int, log: loop.Log) -> Path:
    """Distil the teacher into the bilingual student; saves ``work/distil``."""
    folder = work / "distil"
    folder.mkdir(parents=True, exist_ok=True)
    start = work / "vocabulary"
    tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
    amounts = {key: settings[key] for key in ("europarl", "short", "max_words")}
    pairs = corpora.parallel(data, **amounts, seed=seed)
    english_side = [english for english, _ in pairs]
    vectors = sentence_vectors(teacher_folder(), english_side, folder / "teacher.npy", settings["tokens"], log)
    module = BertModel.from_pretrained(start, use_safetensors=True)
    lengths = loop.token_counts(tokenizer, [french for _, french in pairs], _MAX_TOKENS)
    batches = loop.bucketed(lengths, settings["tokens"], settings["epochs"], seed)
    batches = batches[: int(len(batches) * settings["share"])]
    plan = loop.Plan("distil", batches, settings["learning_rate"], seed)

    def loss(batch: Sequence[int]) -> Tensor:
        english = random.Random(f"{seed}-{batch[0]}-{len(batch)}").random() < settings["english_share"]
        inputs = loop.tensors(tokenizer, [pairs[i][0 if english else 1] for i in batch], _MAX_TOKENS)
        student = loop.mean_pool(module(**inputs).last_hidden_state, inputs["attention_mask"])
        target = torch.from_numpy(np.asarray(vectors[batch], dtype=np.float32)).to(student.device)
        return pull(student, target, settings["contrastive_weight"], settings["contrastive_scale"])

    loop.set_dropout(module, 0.0)
    loop.train(module, plan, loss, folder, log)
    module.save_pretrained(folder)
    copy_tokenizer(start, folder)
    return folder


def pull(student: Tensor, target: Tensor, weight: float, scale: float) -> Tensor:
    """Cosine distance to the target rows plus a small in-batch contrastive term, in float32."""
    with torch.autocast(student.device.type, enabled=False):
        cosine = 1 - (student * target).sum(-1).mean()
        logits = scale * student @ target.T
        return cosine + weight * nn.functional.cross_entropy(logits, torch.arange(len(logits), device=logits.device))
