"""Findings of a run into the corpus, and what reviewers said of them out of it."""

from __future__ import annotations

from dataclasses import replace

from claimcheck.review.items import documents, items_of
from claimcheck.review.verdicts import reviews
from claimcheck.store import Store
from claimcheck.types import Comparison, Decided


def keep(comparison: Comparison, store: Store) -> Comparison:
    """Keep the findings for review; the comparison with what reviewers have decided so far, by key of the pair."""
    store.save_findings(documents(items_of(comparison)))
    decided = {
        finding: Decided(
            review.settled,
            tuple(sorted({each.reviewer for each in review.deciders})),
            max(each.at for each in review.deciders),
            "; ".join(each.note for each in review.deciders if each.note),
        )
        for finding, review in reviews(store.decisions()).items()
        if review.deciders
    }
    return replace(comparison, decided=decided)
