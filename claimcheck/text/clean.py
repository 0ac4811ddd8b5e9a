"""What in an article is no claim: images, credits, ads, appeals, links, bylines, datelines, navigation.

A whole line, a piece of a line or a sentence can be noise; the patterns stand in ``noise_rules``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimcheck.text.headings import asserts
from claimcheck.text.noise_rules import ANCHORED, ANYWHERE, NAME, PIECES
from claimcheck.text.sentences import spans
from claimcheck.types import Role


@dataclass(frozen=True, slots=True)
class Noise:
    """A half-open span that is no claim, and why."""

    start: int
    end: int
    role: Role
    reason: str


# The last two are the ends of quotes that an earlier sentence opened.
_QUOTED = re.compile(r"«[^«»]*»|\"[^\"]*\"|^[^«»]*»|^[^\"]*\",")
_PERSON = re.compile(rf"\W{{0,3}}{NAME}(?: (?:(?:de|du|van|von|et|and|le|la) )?{NAME}){{1,3}}$")
_SELF = re.compile(r"\b(?:nous|notre|nos|we|our|vous|votre|vos|your)\b", re.IGNORECASE)
_CAPTION_CHARACTERS = 160
_LINE_CHARACTERS = 400
_NAME_CHARACTERS = 60


def noise_of(unit: str) -> tuple[Role, str] | None:
    """Role and reason when one line or sentence, given as its shadow, is noise; None when it may be a claim."""
    unit = unit.strip()
    found = _anchored(unit)
    if found is not None:
        return found
    open_words = _QUOTED.sub(lambda quote: " " * len(quote.group()), unit)
    return next(((role, reason) for role, reason, pattern in ANYWHERE if pattern.search(open_words)), None)


def clean(plain: str) -> tuple[Noise, ...]:
    """Find the noise in the shadow of a text, in order, without overlaps: whole lines and pieces of lines."""
    return tuple(
        Noise(line.start() + part.start, line.start() + part.end, part.role, part.reason)
        for line in re.finditer(r"[^\n]+", plain)
        for part in _line_noise(line.group())
    )


def blank(plain: str, noise: tuple[Noise, ...]) -> str:
    """``plain`` with line ends in place of all noise: the same length, and no sentence can reach across a gap."""
    pieces: list[str] = []
    last = 0
    for part in noise:
        pieces += [plain[last : part.start], "\n" * (part.end - part.start)]
        last = part.end
    return "".join([*pieces, plain[last:]])


def speaks_to_readers(unit: str) -> bool:
    """Whether a sentence beside an appeal belongs to it: it says "we" or "you" outside quotes."""
    return _SELF.search(_QUOTED.sub(" ", unit)) is not None


def _anchored(unit: str) -> tuple[Role, str] | None:
    return next(((role, reason) for role, reason, pattern in ANCHORED if pattern.match(unit)), None)


def _line_noise(line: str) -> list[Noise]:
    bare = line.strip()
    lead = len(line) - len(line.lstrip())
    whole = _whole_line(bare)
    return [Noise(lead, lead + len(bare), *whole)] if whole else _pieces(line)


def _whole_line(bare: str) -> tuple[Role, str] | None:
    """Role and reason when a line is noise from end to end."""
    if not bare or len(bare) > _LINE_CHARACTERS:
        return None
    is_name = len(bare) <= _NAME_CHARACTERS and _PERSON.match(bare)
    return _anchored(bare) or ((Role.BYLINE, "a name alone") if is_name else None)


def _pieces(line: str) -> list[Noise]:
    """Noise inside a line, in order; the caption before a photo credit goes with it."""
    matches = [(match.span(), role, reason) for role, reason, pattern in PIECES for match in pattern.finditer(line)]
    found: list[Noise] = []
    free = 0  # where the last piece ended
    for (start, end), role, reason in sorted(matches, key=lambda match: match[0]):
        if start < free:
            continue
        if role is Role.CREDIT and (caption := _caption(line, free, start, end)):
            found.append(caption)
        found.append(Noise(start, end, role, reason))
        free = end
    return found


def _caption(line: str, begin: int, start: int, end: int) -> Noise | None:
    """Find the caption that the photo credit at ``start`` ends: the line's only sentence, or one without a verb."""
    before = spans(line[begin:start])
    if not before:
        return None
    first, last = begin + before[-1][0], begin + before[-1][1]
    alone = len(before) == 1 and not line[end:].strip()
    if last - first > _CAPTION_CHARACTERS or not (alone or not asserts(line[first:last])):
        return None
    return Noise(first, last, Role.IMAGE, "caption")
