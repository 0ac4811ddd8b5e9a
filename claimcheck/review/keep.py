"""Findings of a run into the corpus, and what reviewers said of them out of it."""

from __future__ import annotations

from dataclasses import replace

from claimcheck.review.items import documents, items_of
from claimcheck.review.verdicts import decided
from claimcheck.store import Store
from claimcheck.types import Comparison


def keep(comparison: Comparison, store: Store) -> Comparison:
    """Keep the findings for review; the comparison with what reviewers have decided so far, by key of the pair."""
    save(comparison, store)
    return replace(comparison, decided=decided(store.decisions()))


def save(comparison: Comparison, store: Store) -> None:
    """Keep the findings for review."""
    store.save_findings(documents(items_of(comparison)))
