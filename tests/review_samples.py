"""Findings to review, made of those of the dam story, and a desk that holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from report_samples import sample

from claimcheck.review.items import Item, documents, items_of
from claimcheck.store import Decision, open_store

NOON = datetime(2031, 3, 8, 12, tzinfo=UTC)


def some_items(count: int = 6) -> list[Item]:
    """``count`` findings; from the seventh on the same stories again under other ids."""
    six = items_of(sample())
    return [replace(six[n % 6], id=sha256(str(n).encode()).hexdigest()[:16]) for n in range(count)]


def desk(path: Path, count: int = 6) -> list[str]:
    """Make a corpus with ``count`` findings to review; their ids."""
    kept = documents(some_items(count))
    with open_store(path, create=True) as store:
        store.save_findings(kept)
    return list(kept)


def said(finding: str, verdict: str, reviewer: str = "anna", minute: int = 0, note: str = "") -> Decision:
    return Decision(finding, verdict, reviewer, NOON + timedelta(minutes=minute), note)
