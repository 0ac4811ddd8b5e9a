"""Quoted spans of consecutive sentences, quotes that run over sentence ends included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimcheck.types import Span

_MARK = re.compile(r"[«»\"]")
_LONGEST = 12  # sentences; an opening mark that is not closed by then was a slip
_FILLER = "_"
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quotes of one sentence. ``masked`` is the sentence with "_" for what is quoted and "«", "»" for all marks;
    ``opened_before`` and ``closes_later`` tell whether a quote runs in from the sentence before or out to the next.
    """

    spans: tuple[Span, ...]
    masked: str
    opened_before: bool
    closes_later: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing is said outside the quotes."""
        return bool(self.spans) and not _LETTER.search(self.masked)


def quoted(plains: Sequence[str], paragraph_starts: Sequence[bool]) -> tuple[Quoted, ...]:
    """The quotes of each sentence (shadow texts). Offsets point into each sentence, without the marks."""
    result: list[Quoted] = []
    is_open = False
    for row, plain in enumerate(plains):
        if is_open and not _is_closed(plains[row : row + _LONGEST], paragraph_starts[row : row + _LONGEST]):
            is_open = False
        one = _read(plain, is_open)
        result.append(one)
        is_open = one.closes_later
    return tuple(result)


def _is_closed(plains: Sequence[str], paragraph_starts: Sequence[bool]) -> bool:
    """Whether a quote left open is closed further on, before another one opens outside a new paragraph."""
    for plain, starts in zip(plains, paragraph_starts, strict=True):
        mark = _MARK.search(plain)
        if mark is None:
            continue
        if mark.group() == "«":
            return starts and mark.start() == 0 and "»" in plain
        return True
    return False


def _read(plain: str, is_open: bool) -> Quoted:
    spans: list[Span] = []
    masked = list(plain)
    depth = 1 if is_open else 0
    start = 0
    straight = False
    for mark in _MARK.finditer(plain):
        place = mark.start()
        if _is_measure(plain, place):
            continue
        opens = mark.group() == "«" or (mark.group() == '"' and not straight and (depth == 0 or not is_open))
        if opens and depth == 0:
            start, straight = place + 1, mark.group() == '"'
            masked[place] = "«"
        if opens:
            depth += 1
            continue
        depth = max(0, depth - 1) if mark.group() == "»" and not straight else 0
        if depth == 0:
            _close(plain, masked, spans, start, place)
            masked[place], straight, is_open, start = "»", False, False, place + 1
    if depth > 0:
        _close(plain, masked, spans, start, len(plain))
    return Quoted(
        tuple(spans), "".join(masked), opened_before=bool(spans) and spans[0].start == 0, closes_later=depth > 0
    )


def _is_measure(plain: str, place: int) -> bool:
    """Whether a straight mark is an inch or second sign: 3'12"."""
    return plain[place] == '"' and place > 0 and plain[place - 1].isdigit() and plain.count('"') % 2 == 1


def _close(plain: str, masked: list[str], spans: list[Span], start: int, end: int) -> None:
    """Record the quote ``start:end`` without the spaces inside its marks, and mask it."""
    inner = plain[start:end]
    first = start + len(inner) - len(inner.lstrip())
    last = start + len(inner.rstrip())
    if first < last:
        spans.append(Span(first, last))
    masked[start:end] = _FILLER * (end - start)
