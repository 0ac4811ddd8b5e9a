"""The shipped models on a CPU: int8 ONNX through onnxruntime and ``tokenizers``, without torch.

One text a run, several runs at once: dynamic int8 scales depend on everything in a batch, so batches of one make a
score independent of its neighbours (byte-identical outputs in any order), need no padding, and keep all cores busy.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from claimcheck.encoders.base import Matrix, ModelInfo, Progress, Scores, softmax
from claimcheck.errors import ModelError

MAX_CHARACTERS = 20_000  # longer texts are cut before tokenizing; the models read at most a few hundred tokens


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def inputs(encoding: Any) -> dict[str, npt.NDArray[np.int64]]:
    """One encoded text or pair as a session takes it: a batch of one."""
    fields = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
    return {name: np.array([getattr(encoding, field)], dtype=np.int64) for name, field in fields.items()}


class OnnxNetwork:
    """A tokenizer and a session; maps one encoded text or pair to the session's outputs."""

    def __init__(self, folder: Path, file: str, max_tokens: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = onnxruntime.InferenceSession(
                str(folder / file), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare Exception types of their own
            raise ModelError(f"{folder}: cannot load the model ({error}); reinstall it or name another one") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens, strategy="longest_first")

    def run(self, texts: Sequence[Any], progress: Progress | None = None) -> list[list[Matrix]]:
        """The outputs of every text or pair, in order."""
        encodings = self._tokenizer.encode_batch(list(texts))

        def one(encoding: Any) -> list[Matrix]:
            outputs: list[Matrix] = self._session.run(None, inputs(encoding))
            if progress is not None:
                progress(1)
            return outputs

        pool = ThreadPoolExecutor(cores())
        try:
            return list(pool.map(one, encodings))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class OnnxEmbedder:
    """The shipped sentence encoder."""

    def __init__(self, folder: Path, info: ModelInfo) -> None:
        self._network = OnnxNetwork(folder, "onnx/model_int8.onnx", max_tokens=128)
        self.info = info
        self._dim = int(self._network.run(["."])[0][0].shape[1])

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Unit rows, float32 (n, dim)."""
        if not texts:
            return np.zeros((0, self._dim), dtype=np.float32)
        outputs = self._network.run([text[:MAX_CHARACTERS] for text in texts])
        return np.concatenate([output[0] for output in outputs]).astype(np.float32)


class OnnxJudge:
    """The shipped cross-encoder with both heads."""

    def __init__(self, folder: Path, info: ModelInfo) -> None:
        self._network = OnnxNetwork(folder, "onnx/model_int8.onnx", max_tokens=192)
        self.info = info

    def score(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Probabilities, float32 (n, 3): entailment, neutral, contradiction."""
        return self.judge(pairs).nli

    def judge(self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None) -> Scores:
        """Both heads in one pass."""
        if not pairs:
            return Scores(np.zeros((0, 3), np.float32), np.zeros((0, 4), np.float32))
        cut = [(a[:MAX_CHARACTERS], b[:MAX_CHARACTERS]) for a, b in pairs]
        outputs = self._network.run(cut, progress)
        nli = np.concatenate([output[0] for output in outputs])
        relation = np.concatenate([output[1] for output in outputs])
        return Scores(softmax(nli), softmax(relation))
