"""Which finding a reviewer is asked about next, and how far the desk has come."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from claimcheck.review.items import Item
from claimcheck.review.verdicts import Review
from claimcheck.store import Decision
from claimcheck.types import Relation

STATES = ("open", "skipped", "flagged", "decided", "conflict")
BLIND_STATES = ("open", "skipped", "flagged")
_IMPORTANCE = {Relation.CONTRADICT: 1.0, Relation.DIVERGE: 0.7, Relation.AGREE: 0.4, Relation.UNRELATED: 0.2}
_CERTAIN = 0.25  # what is left of a certain finding's use: a sure contradiction still comes before a doubtful accord
_LATELY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reviewer asked to see; empty strings ask for everything."""

    state: str = "open"
    relation: str = ""
    outlet: str = ""
    topic: str = ""
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Findings that have a verdict (in blind mode: the reviewer's own), all of them, and verdicts an hour lately."""

    decided: int
    total: int
    pace: int


def usefulness(item: Item) -> float:
    """How much a decision helps: the doubt about the pair (entropy in four-way bits), times what it is about."""
    doubt = -sum(p * math.log(p, 4) for p in item.judgement.probabilities if p > 0)
    spread = 1 + 0.1 * min(4, max(0, item.origins - 2))
    return _IMPORTANCE[item.judgement.relation] * spread * (_CERTAIN + doubt)


def ranked(items: Iterable[Item]) -> list[Item]:
    """The most useful first."""
    return sorted(items, key=lambda item: (-usefulness(item), item.id))


def queue(
    items: Iterable[Item], standing: Mapping[str, Review], wanted: Wanted, reviewer: str, *, blind: bool
) -> list[Item]:
    """The findings asked for, in their order; those that the reviewer skipped come last, oldest skip first."""
    chosen = [item for item in items if _matches(item, standing.get(item.id), wanted, reviewer, blind)]

    def skipped(item: Item) -> int:
        review = standing.get(item.id)
        own = review.of(reviewer) if review else None
        return own.skipped if own else 0

    return sorted(chosen, key=skipped)


def _matches(item: Item, review: Review | None, wanted: Wanted, reviewer: str, blind: bool) -> bool:
    return (
        _in_state(review, wanted.state, reviewer, blind)
        and (not wanted.relation or blind or item.judgement.relation == wanted.relation)
        and (not wanted.outlet or any(wanted.outlet == account.article.outlet for account in item.accounts))
        and (not wanted.topic or item.topic == wanted.topic)
        and (not wanted.reviewer or blind or (review is not None and review.of(wanted.reviewer) is not None))
    )


def _in_state(review: Review | None, state: str, reviewer: str, blind: bool) -> bool:
    own = review.of(reviewer) if review else None
    if state == "flagged":
        return own.flagged if blind and own else not blind and bool(review and any(o.flagged for o in review.opinions))
    if state == "skipped":
        return bool(own and own.skipped) and not _is_decided(review, reviewer, blind)
    if state == "decided":
        return _is_decided(review, reviewer, blind)
    if state == "conflict":
        return bool(review and review.in_conflict) and not blind
    return not _is_decided(review, reviewer, blind)


def _is_decided(review: Review | None, reviewer: str, blind: bool) -> bool:
    """A blind reviewer is asked what others decided already; nobody else is."""
    if review is None:
        return False
    return reviewer in review.verdicts if blind else bool(review.deciders)


def progress(
    items: Mapping[str, Item],
    standing: Mapping[str, Review],
    own: Sequence[Decision],
    reviewer: str,
    now: datetime,
    *,
    blind: bool,
) -> Progress:
    """How far the desk, or a blind reviewer, has come; ``own`` are the reviewer's acts."""
    decided = sum(_is_decided(standing.get(id_), reviewer, blind) for id_ in items)
    recent = [act.at for act in own if act.verdict in set(Relation) and now - act.at < _LATELY]
    minutes = max(1.0, (now - min(recent)).total_seconds() / 60) if recent else 1.0
    return Progress(decided, len(items), round(60 * len(recent) / minutes) if len(recent) > 1 else 0)
