"""What the log of decisions comes to: who says what of a finding now, and what holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claimcheck.store import Decision
from claimcheck.types import Decided, Relation


class Act(StrEnum):
    """What a reviewer can do besides naming one of the four relations; all of it is kept."""

    SKIP = "skip"
    FLAG = "flag"  # a second one takes the flag away
    NOTE = "note"
    UNDO = "undo"  # takes back the last act of this reviewer on this finding


ACTS = (*(relation.value for relation in Relation), *(act.value for act in Act))


@dataclass(frozen=True, slots=True)
class Opinion:
    """Where one reviewer stands on a finding. ``ruling`` settles what others disagree on; ``skipped`` is when."""

    reviewer: str
    verdict: Relation | None
    ruling: Relation | None
    at: datetime
    note: str
    flagged: bool
    skipped: int


@dataclass(frozen=True, slots=True)
class Review:
    """All opinions on one finding, in the order in which the reviewers first spoke."""

    finding: str
    opinions: tuple[Opinion, ...]

    @property
    def verdicts(self) -> Mapping[str, Relation]:
        """What each reviewer says, rulings apart."""
        return {each.reviewer: each.verdict for each in self.opinions if each.verdict is not None}

    @property
    def in_conflict(self) -> bool:
        """Whether reviewers disagree and nobody has ruled."""
        return self._ruling is None and len(set(self.verdicts.values())) > 1

    @property
    def settled(self) -> Relation | None:
        """The relation that holds: the last ruling, or what all say."""
        if self._ruling is not None:
            return self._ruling.ruling
        said = set(self.verdicts.values())
        return said.pop() if len(said) == 1 else None

    @property
    def deciders(self) -> tuple[Opinion, ...]:
        """The opinions behind ``settled``."""
        if self._ruling is not None:
            return (self._ruling,)
        return tuple(each for each in self.opinions if each.verdict is not None)

    @property
    def _ruling(self) -> Opinion | None:
        ruled = [each for each in self.opinions if each.ruling is not None]
        return max(ruled, key=lambda each: each.at) if ruled else None

    def of(self, reviewer: str) -> Opinion | None:
        """The opinion of one reviewer."""
        return next((each for each in self.opinions if each.reviewer == reviewer), None)


def reviews(decisions: Iterable[Decision]) -> dict[str, Review]:
    """The standing of every finding that somebody has looked at."""
    log: defaultdict[str, dict[str, list[Decision]]] = defaultdict(dict)
    for decision in decisions:
        own = log[decision.finding].setdefault(decision.reviewer, [])
        if decision.verdict != Act.UNDO:
            own.append(decision)
        elif own:
            own.pop()
    return {
        finding: Review(finding, tuple(_opinion(reviewer, acts) for reviewer, acts in by.items() if acts))
        for finding, by in log.items()
    }


def decided(decisions: Iterable[Decision]) -> dict[str, Decided]:
    """What reviewers have decided so far, by key of the pair."""
    return {
        finding: Decided(
            review.settled,
            tuple(sorted({each.reviewer for each in review.deciders})),
            max(each.at for each in review.deciders),
            "; ".join(each.note for each in review.deciders if each.note),
        )
        for finding, review in reviews(decisions).items()
        if review.deciders
    }


def _opinion(reviewer: str, acts: list[Decision]) -> Opinion:
    verdict: Relation | None = None
    ruling: Relation | None = None
    skipped, flags, note = 0, 0, ""
    for act in acts:
        note = act.note or note
        if act.verdict in set(Relation):
            skipped = 0
            if act.adjudicates:
                ruling = Relation(act.verdict)
            else:
                verdict = Relation(act.verdict)
        elif act.verdict == Act.SKIP:
            skipped = act.number
        elif act.verdict == Act.FLAG:
            flags += 1
    return Opinion(reviewer, verdict, ruling, acts[-1].at, note, flags % 2 == 1, skipped)
