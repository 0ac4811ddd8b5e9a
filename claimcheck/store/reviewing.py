"""Findings and decisions in the tables; both are only ever added to."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from claimcheck.store.base import Decision, Saved

_DECISION = "finding, verdict, reviewer, at, note, model, settings, adjudicates"


def findings(db: sqlite3.Connection, after: int) -> tuple[Saved, ...]:
    """All documents numbered above ``after``."""
    rows = db.execute("SELECT number, id, document FROM finding WHERE number > ? ORDER BY number", (after,))
    return tuple(Saved(*row) for row in rows)


def decisions(db: sqlite3.Connection, after: int) -> tuple[Decision, ...]:
    """All decisions numbered above ``after``."""
    rows = db.execute(f"SELECT {_DECISION}, number FROM decision WHERE number > ? ORDER BY number", (after,))  # noqa: S608
    return tuple(
        Decision(finding, verdict, reviewer, datetime.fromisoformat(at), note, model, settings, bool(ruling), number)
        for finding, verdict, reviewer, at, note, model, settings, ruling, number in rows
    )


def insert(db: sqlite3.Connection, decision: Decision) -> bool:
    """Add a decision; False if its finding is not known."""
    if db.execute("SELECT 1 FROM finding WHERE id = ?", (decision.finding,)).fetchone() is None:
        return False
    values = (
        decision.finding,
        decision.verdict,
        decision.reviewer,
        decision.at.isoformat(),
        decision.note,
        decision.model,
        decision.settings,
        int(decision.adjudicates),
    )
    db.execute(f"INSERT INTO decision ({_DECISION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608
    return True
