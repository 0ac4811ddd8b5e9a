"""The decisions that a corpus has learned: which one holds, taking it up, and going back."""

from __future__ import annotations

from datetime import UTC, datetime

from claimcheck.errors import InputError
from claimcheck.judgement.decide import Decisions, read_decisions
from claimcheck.judgement.relate import Relator
from claimcheck.progress import Reporter
from claimcheck.store import Store


def models_key(relator: Relator) -> str:
    """The models a learned decision belongs to: it reads their scores and no others'."""
    infos = relator.embedder.info, relator.judge.info
    return " ".join(f"{info.name}@{info.revision}" for info in infos)


def current(store: Store) -> Decisions | None:
    """The learned decision that holds; None for the shipped one."""
    kept = store.learned()
    return read_decisions(kept[-1].document) if kept and kept[-1].document else None


def with_learned(relator: Relator, store: Store, reporter: Reporter) -> Relator:
    """The relator with what this corpus has learned, if that was learned with the same models."""
    found = current(store)
    if found is None or found.learned is None:
        return relator
    if found.learned["models"] != models_key(relator):
        reporter.note("the corpus has learned with other models: the shipped decision is used; run claimcheck learn")
        return relator
    return Relator(relator.judge, relator.embedder, found)


def next_version(store: Store) -> int:
    """The number that the next learned decision gets."""
    kept = store.learned()
    return kept[-1].version + 1 if kept else 1


def roll_back(store: Store) -> int:
    """Take up the decision learned before the one that holds; its version, 0 for the shipped one.

    :raises InputError: if the shipped one holds already.
    """
    now = current(store)
    if now is None or now.learned is None:
        raise InputError("nothing to roll back: the shipped decision is in use")
    held = int(now.learned["version"])
    before = [each for each in store.learned() if each.version < held and _is_original(each.document, each.version)]
    store.save_learned(before[-1].document if before else "", datetime.now(UTC))
    return before[-1].version if before else 0


def _is_original(document: str, version: int) -> bool:
    """Whether a version was learned, not taken up again by going back."""
    found = read_decisions(document).learned if document else None
    return found is not None and int(found["version"]) == version
