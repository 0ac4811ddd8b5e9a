"""Unit vectors of many texts by an encoder on disk, computed once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertModel

from claimcheck.training import loop

_MAX_TOKENS = 128
_REPORT = 200  # batches between two lines of progress


def sentence_vectors(source: Path, texts: Sequence[str], cache: Path, tokens: int, log: loop.Log) -> np.ndarray:
    """Mean-pooled unit vectors of the encoder in ``source``, float16 (n, dim), computed once and kept in ``cache``."""
    if cache.exists():
        return np.asarray(np.load(cache, mmap_mode="r"))
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    model = BertModel.from_pretrained(source, use_safetensors=True).to(loop.device()).eval()
    out = np.zeros((len(texts), model.config.hidden_size), dtype=np.float16)
    lengths = loop.token_counts(tokenizer, texts, _MAX_TOKENS)
    batches = loop.bucketed(lengths, tokens * 2, 1, 0)
    for number, batch in enumerate(batches):
        inputs = loop.tensors(tokenizer, [texts[i] for i in batch], _MAX_TOKENS)
        with torch.inference_mode(), torch.autocast(loop.device().type, dtype=torch.bfloat16, enabled=loop.fast_bf16()):
            hidden = model(**inputs).last_hidden_state
        out[batch] = loop.mean_pool(hidden, inputs["attention_mask"]).cpu().numpy()
        if number % _REPORT == 0:
            log(f"sentence vectors {number}/{len(batches)}")
    cache.parent.mkdir(parents=True, exist_ok=True)
    np.save(cache, out)
    return out
