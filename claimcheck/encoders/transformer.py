"""Any other sentence encoder or NLI cross-encoder, by name or path, through sentence-transformers (torch)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from claimcheck.encoders.base import Matrix, ModelInfo, Progress, Scores, softmax
from claimcheck.errors import ModelError

# Families trained with a prefix lose several points without it: (part of the name, prefix).
_PREFIXES = (("multilingual-e5", "query: "), ("/e5-", "query: "))
_MEANINGS = {
    "entailment": 0,
    "entail": 0,
    "implication": 0,
    "neutral": 1,
    "neutre": 1,
    "not_entailment": 1,
    "contradiction": 2,
    "contradict": 2,
    "contradictory": 2,
}


def prefix_of(name: str) -> str:
    """The text some families expect before every sentence, empty for the others."""
    return next((prefix for part, prefix in _PREFIXES if part in f"/{name.lower()}"), "")


def label_columns(id2label: Mapping[Any, str], name: str) -> list[int]:
    """Columns of entailment, neutral and contradiction in a model's output, read from its config.

    :raises ModelError: if the labels are not those three (then any order would be a guess).
    """
    found = {_MEANINGS.get(str(label).lower().strip()): int(index) for index, label in id2label.items()}
    if len(id2label) != 3 or set(found) != {0, 1, 2}:
        labels = ", ".join(str(label) for label in id2label.values())
        raise ModelError(
            f"{name}: its labels are [{labels}], not entailment, neutral and contradiction; "
            "name another model with --nli, or set id2label in its config.json"
        )
    return [found[0], found[1], found[2]]


def _options(download: bool) -> dict[str, Any]:
    return {"local_files_only": not download, "trust_remote_code": False, "model_kwargs": {"use_safetensors": True}}


class TransformerEmbedder:
    """A sentence-transformers bi-encoder."""

    def __init__(self, name: str, info: ModelInfo, *, download: bool) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(name, **_options(download))
        self._prefix = prefix_of(name)
        self.info = info

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Unit rows, float32 (n, dim)."""
        dim = int(self._model.get_embedding_dimension() or 0)
        if not texts:
            return np.zeros((0, dim), dtype=np.float32)
        rows = self._model.encode(
            [self._prefix + text for text in texts], normalize_embeddings=True, show_progress_bar=False, batch_size=32
        )
        return np.asarray(rows, dtype=np.float32)


class TransformerNli:
    """A three-way NLI cross-encoder; it has no relation head."""

    def __init__(self, name: str, info: ModelInfo, *, download: bool) -> None:
        from sentence_transformers import CrossEncoder

        self._model = CrossEncoder(name, **_options(download))
        self._columns = label_columns(self._model.config.id2label, name)
        self.info = info

    def score(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Probabilities, float32 (n, 3): entailment, neutral, contradiction."""
        return self.judge(pairs).nli

    def judge(self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None) -> Scores:
        """Three-way probabilities; the relation is None."""
        if not pairs:
            return Scores(np.zeros((0, 3), np.float32), None)
        import torch

        logits = self._model.predict(
            list(pairs), activation_fn=torch.nn.Identity(), show_progress_bar=False, convert_to_numpy=True
        )
        if progress is not None:
            progress(len(pairs))
        return Scores(softmax(np.asarray(logits, dtype=np.float32)[:, self._columns]), None)
