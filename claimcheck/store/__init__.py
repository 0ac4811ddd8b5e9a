"""The corpus file: articles, sentences, vectors, findings and decisions that outlive a run."""

from claimcheck.store.base import Decision, Entry, Hit, Learned, Live, Outcome, Saved, Stats, Store
from claimcheck.store.sqlite import SqliteStore, open_store

__all__ = [
    "Decision",
    "Entry",
    "Hit",
    "Learned",
    "Live",
    "Outcome",
    "Saved",
    "SqliteStore",
    "Stats",
    "Store",
    "open_store",
]
