"""What the corpus commands print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from claimcheck.corpus import Added
from claimcheck.ingest.normal import one_line
from claimcheck.store import Entry, Hit, Outcome, Stats
from claimcheck.types import ReadArticle

_OUTLET, _TITLE = 24, 70  # columns of a list, in characters


def summary(added: Added) -> str:
    """One line: how many articles were added, unchanged, new versions, completed, not read."""
    counts = added.outcomes
    versions = counts.get(Outcome.NEW_VERSION, 0)
    parts = [
        f"{counts.get(Outcome.ADDED, 0)} added",
        f"{counts.get(Outcome.UNCHANGED, 0)} unchanged",
        f"{versions} new version{'' if versions == 1 else 's'}",
    ]
    if counts.get(Outcome.COMPLETED, 0):
        parts.append(f"{counts[Outcome.COMPLETED]} completed with a date or an address")
    return ", ".join([*parts, f"{len(added.failures)} not read"])


def listing(entries: Iterable[Entry]) -> Iterator[str]:
    """A table: id, date, version, outlet, title; a star marks a version that is superseded."""
    yield f"{'id':<16}  {'date':<10}  {'version':<7}  {'outlet':<{_OUTLET}}  title\n"
    for entry in entries:
        version = f"{entry.version}{'*' if entry.superseded_by else ''}"
        outlet, title = one_line(entry.outlet, _OUTLET), one_line(entry.title, _TITLE)
        yield f"{entry.id:<16}  {_day(entry.published):<10}  {version:<7}  {outlet:<{_OUTLET}}  {title}\n"


def details(entry: Entry, held: ReadArticle) -> Iterator[str]:
    """One article: what is known of it, its sentences with what was read in them, what was dropped and why."""
    article = held.article
    state = f"superseded by {entry.superseded_by}" if entry.superseded_by else "live"
    yield f"{one_line(article.title)}\n"
    for name, value in (
        ("id", article.id),
        ("outlet", one_line(article.outlet)),
        ("published", article.published.isoformat() if article.published else "unknown"),
        ("url", article.url or "unknown"),
        ("language", article.language or "unknown"),
        ("version", f"{entry.version}, {state}"),
        ("read from", one_line(article.path, 2_000)),
    ):
        yield f"  {name:<10} {value}\n"
    yield f"{len(held.sentences)} sentences\n"
    for one in held.sentences:
        speaker = f"  [{one_line(one.speaker)}]" if one.speaker else ""
        yield f"  {one.index:>4}  {one.role.value:<8} {one_line(one.text, 2_000)}{speaker}\n"
    yield f"{len(held.dropped)} spans not compared\n"
    for drop in held.dropped:
        yield f"        {drop.role.value:<8} {one_line(drop.text, 120)} ({drop.reason})\n"


def hits(found: Iterable[Hit]) -> Iterator[str]:
    """Two lines per sentence found: the article, the sentence."""
    for hit in found:
        entry = hit.entry
        where = f"{entry.id}  {_day(entry.published):<10}  {one_line(entry.outlet)}: {one_line(entry.title, _TITLE)}"
        yield f"{where}\n    {one_line(hit.text, 2_000)}\n"


def totals(stats: Stats) -> Iterator[str]:
    """What a corpus holds, one figure per line."""
    period = f"{_day(stats.earliest)} to {_day(stats.latest)}" if stats.earliest else "none dated"
    rows = [
        ("articles", f"{stats.articles} live, {stats.superseded} superseded versions"),
        ("outlets", str(stats.outlets)),
        ("period", f"{period}, {stats.undated} undated"),
        ("sentences", f"{stats.sentences}, and {stats.dropped} spans not compared"),
        *(("vectors", f"{count} articles, {model}") for model, count in stats.models.items()),
        ("findings", f"{stats.findings}, {stats.decisions} decisions"),
        ("file", f"{stats.bytes / 1e6:.1f} MB, schema {stats.schema}"),
    ]
    yield from (f"{name:<10} {value}\n" for name, value in rows)


def _day(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d}" if when else "undated"
