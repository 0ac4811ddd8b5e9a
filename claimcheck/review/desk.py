"""The desk that reviewers work at: findings and decisions of a corpus in memory, every act on the disk first."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from claimcheck.errors import InputError
from claimcheck.review.items import Item, read_items
from claimcheck.review.queue import Progress, Wanted, progress, queue, ranked
from claimcheck.review.reviewers import Reviewer
from claimcheck.review.verdicts import ACTS, Act, Review, reviews
from claimcheck.store import Decision, Store
from claimcheck.types import Relation

_NOTE = 2_000


class Desk:
    """What the corpus holds, kept up to date by reading only what was added: nothing there ever changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last = (0, 0)  # the newest finding and decision read
        self.items: dict[str, Item] = {}
        self._ranked: list[Item] = []
        self.standing: dict[str, Review] = {}
        self._by_finding: defaultdict[str, list[Decision]] = defaultdict(list)
        self._by_reviewer: defaultdict[str, list[Decision]] = defaultdict(list)
        self.refresh()

    def refresh(self) -> None:
        """Read what this process, another one or a new run has added."""
        saved = self._store.findings(self._last[0])
        if saved:
            self.items.update(read_items(saved))
            self._ranked = ranked(self.items.values())
        fresh = self._store.decisions(self._last[1])
        for decision in fresh:
            self._by_finding[decision.finding].append(decision)
            self._by_reviewer[decision.reviewer].append(decision)
        for finding in {decision.finding for decision in fresh}:
            self.standing.update(reviews(self._by_finding[finding]))
        self._last = (
            saved[-1].number if saved else self._last[0],
            fresh[-1].number if fresh else self._last[1],
        )

    def waiting(self, wanted: Wanted, reviewer: Reviewer) -> list[Item]:
        """The findings a reviewer asked for, the next one first."""
        self.refresh()
        return queue(self._ranked, self.standing, wanted, reviewer.name, blind=reviewer.blind)

    def progress(self, reviewer: Reviewer) -> Progress:
        """How far the desk has come."""
        own = self._by_reviewer[reviewer.name]
        return progress(self.items, self.standing, own, reviewer.name, datetime.now(UTC), blind=reviewer.blind)

    def act(self, reviewer: Reviewer, finding: str, verdict: str, note: str = "", *, ruling: bool = False) -> None:
        """Keep one act; when this returns it is on the disk.

        :raises InputError: if there is no such finding or act.
        """
        self.refresh()
        item = self.items.get(finding)
        if item is None or verdict not in ACTS or verdict == Act.UNDO:
            raise InputError(f"no finding {finding!r} or no verdict {verdict!r}; reload the page")
        adjudicates = ruling and verdict in set(Relation) and not reviewer.blind
        self._record(reviewer, item, verdict, note, adjudicates=adjudicates)

    def undo(self, reviewer: Reviewer) -> str | None:
        """Take back the reviewer's last act; the finding it was about, None if there is nothing to take back."""
        self.refresh()
        left: list[Decision] = []
        for act in self._by_reviewer[reviewer.name]:
            if act.verdict != Act.UNDO:
                left.append(act)
                continue
            last = next((i for i in reversed(range(len(left))) if left[i].finding == act.finding), None)
            if last is not None:
                del left[last]
        if not left:
            return None
        self._record(reviewer, self.items[left[-1].finding], Act.UNDO, "", adjudicates=False)
        return left[-1].finding

    def _record(self, reviewer: Reviewer, item: Item, verdict: str, note: str, *, adjudicates: bool) -> None:
        self._store.record(
            Decision(
                item.id,
                verdict,
                reviewer.name,
                datetime.now(UTC),
                note.strip()[:_NOTE],
                item.model,
                item.settings,
                adjudicates,
            )
        )
        self.refresh()
