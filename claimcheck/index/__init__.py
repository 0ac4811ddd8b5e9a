"""Nearest sentences of a corpus, by exact or approximate search."""

from claimcheck.index.base import Index
from claimcheck.index.saved import EXACT_LIMIT, open_index

__all__ = ["EXACT_LIMIT", "Index", "open_index"]
