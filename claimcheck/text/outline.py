"""The outline of an article: every visible span with its role, kept or dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimcheck.text.clean import blank, clean, noise_of, speaks_to_readers
from claimcheck.text.headings import asserts
from claimcheck.text.roles import is_heading, is_question, is_title, word_count
from claimcheck.text.sentences import spans
from claimcheck.text.shadow import shadow
from claimcheck.types import Role

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a heading or a piece of noise. ``reason`` says why it is dropped, empty for what is kept;
    ``paragraph`` is where its line starts.
    """

    start: int
    end: int
    role: Role
    reason: str
    paragraph: int


def outline(text: str, title: str, min_words: int) -> list[Unit]:
    """List all units of ``text`` in order, without overlaps; the first line may be the title."""
    plain = shadow(text)
    noise = clean(plain)
    units = [*_units(plain, blank(plain, noise), shadow(title), min_words)]
    units += (Unit(part.start, part.end, part.role, part.reason, -1) for part in noise)
    return sorted(units, key=lambda unit: unit.start)


def _units(plain: str, blanked: str, title: str, min_words: int) -> Iterator[Unit]:
    """Give all sentences and headings outside the noise."""
    is_first = True
    for line in _LINE.finditer(plain):
        found = [(line.start() + start, line.start() + end) for start, end in spans(blanked[line.start() : line.end()])]
        if not found:
            continue
        start, end = found[0][0], found[-1][1]
        bare = blanked[start:end]
        is_whole = bare == line.group().strip()
        if (is_first and "\n" not in bare and is_title(bare, title)) or (is_whole and is_heading(bare)):
            yield Unit(start, end, *_heading(bare, min_words, is_first), paragraph=line.start())
        else:
            yield from _sentences(plain, found, min_words, line.start())
        is_first = False


def _heading(bare: str, min_words: int, is_first: bool) -> tuple[Role, str]:
    role, reason = noise_of(bare) or _sentence(bare, min_words)
    if role is not Role.CLAIM:
        return role, reason
    is_kept = is_first or (bare[0] != "«" and asserts(bare))
    return Role.HEADING, "" if is_kept else "heading without a claim"


def _sentences(plain: str, found: list[tuple[int, int]], min_words: int, paragraph: int) -> Iterator[Unit]:
    """Give the sentences of one line; a line in which the outlet speaks to its readers throughout is one appeal."""
    texts = [plain[start:end] for start, end in found]
    noises = [noise_of(text) for text in texts]
    appeal = next((noise for noise in noises if noise is not None and noise[0] is Role.APPEAL), None)
    is_appeal = all(noise or speaks_to_readers(text) for noise, text in zip(noises, texts, strict=True))
    for (start, end), noise, text in zip(found, noises, texts, strict=True):
        role, reason = noise or (appeal if is_appeal else None) or _sentence(text, min_words)
        yield Unit(start, end, role, reason, paragraph)


def _sentence(bare: str, min_words: int) -> tuple[Role, str]:
    if is_question(bare):
        return Role.QUESTION, "question"
    if word_count(bare) < min_words:
        return Role.FRAGMENT, f"fewer than {min_words} words"
    return Role.CLAIM, ""
