"""The formats in which a desk's decisions leave it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from claimcheck.errors import UsageError
from claimcheck.review.claimreview import to_claimreview
from claimcheck.review.exchange import to_csv, to_jsonl
from claimcheck.review.items import Item, read_items
from claimcheck.review.labelstudio import to_labelstudio
from claimcheck.review.verdicts import reviews
from claimcheck.store import Decision, Store

_FORMATS: Mapping[str, Callable[[Mapping[str, Item], Sequence[Decision]], str]] = {
    "jsonl": to_jsonl,
    "csv": lambda items, decisions: to_csv(items, reviews(decisions)),
    "claimreview": lambda items, decisions: to_claimreview(items, reviews(decisions)),
    "labelstudio": lambda items, decisions: to_labelstudio(items, reviews(decisions)),
}


def export(store: Store, form: str) -> str:
    """The text of an export.

    :raises UsageError: if there is no such format.
    """
    if form not in _FORMATS:
        raise UsageError(f"--format {form}: give one of {', '.join(_FORMATS)}")
    return _FORMATS[form](read_items(store.findings()), store.decisions())
