"""Sentence encoders and pair judges behind two small protocols."""

from claimcheck.encoders.base import Embedder, ModelInfo, NliModel, Scores
from claimcheck.encoders.loading import load_embedder, load_nli

__all__ = ["Embedder", "ModelInfo", "NliModel", "Scores", "load_embedder", "load_nli"]
