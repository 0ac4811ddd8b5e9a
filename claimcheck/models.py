"""The models of a run: encoder, judge and decision, loaded once and named in every output."""

from __future__ import annotations

from collections.abc import Mapping

from claimcheck.encoders.loading import load_embedder, load_nli, models_folder
from claimcheck.judgement.decide import load_decisions
from claimcheck.judgement.relate import Relator


def load_relator(embedder: str | None = None, nli: str | None = None, *, download: bool = False) -> Relator:
    """Encoder, judge and decision; other models by name or path take the decision without a relation head.

    :raises ModelError: if one cannot be loaded.
    """
    decisions = load_decisions(models_folder() / "decision.json")
    return Relator(load_nli(nli, download=download), load_embedder(embedder, download=download), decisions)


def described(relator: Relator) -> Mapping[str, object]:
    """What an output says of its models: names, revisions and measured error."""
    return {
        "embedder": {"name": relator.embedder.info.name, "revision": relator.embedder.info.revision},
        "nli": {"name": relator.judge.info.name, "revision": relator.judge.info.revision},
        "decision": {"version": relator.decisions.version, **_learned(relator)},
        "measured": dict(relator.decisions.measured),
    }


def _learned(relator: Relator) -> Mapping[str, object]:
    """What the desk has taught the decision."""
    learned = relator.decisions.learned
    return {} if learned is None else {"learned": f"version {learned['version']}, {learned['decisions']} decisions"}
