"""Who says it: the speaker of each sentence that reports a statement, and the quoted spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimcheck.text.headings import asserts
from claimcheck.text.phrases import phrase_from, subject_before, subject_behind
from claimcheck.text.quotes import Quoted, quoted
from claimcheck.text.shadow import shadow
from claimcheck.text.speakers import Cast
from claimcheck.text.verbs import ENGLISH, FRENCH, clitic_of, is_verb
from claimcheck.types import Name, Span

_SOURCE = re.compile(
    r"(?<![\w-])(?:selon|d'après|à en croire|de l'avis de|de l'aveu de|aux yeux de|de l'avis d'|de l'aveu d'|according to|in the words of|in the view of)"
    r" ?(?:les (?:informations|déclarations|propos|mots|dires|chiffres|calculs) (?:de |d'|du |des ))?",
    re.IGNORECASE,
)
_VIEW = re.compile(r"(?:^|[»,;] )(?:(?:mais|et|or|but) )?(?:pour|côté|for) (?=[^,:]{3,160}[,:])", re.IGNORECASE)
_BY = re.compile(r"\b(?:par|by) (?=[^,:.;]{3,90}:? ?[:«])", re.IGNORECASE)
_TITLE_COLON = re.compile(r"^(?P<who>[^«»:,.]{3,60}) ?: ?«")
_LONG_QUOTE = 12  # characters; a shorter one is a word in inverted commas


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a sentence attributes its statement to (None: the outlet itself), and its quoted spans without their marks."""

    speaker: str | None
    quotes: tuple[Span, ...]


def attribute(
    texts: Sequence[str], names: Sequence[tuple[Name, ...]], language: str, paragraph_starts: Sequence[bool]
) -> tuple[Attribution, ...]:
    """The attribution of each sentence of one article.

    :param names: the names of each sentence, from ``names()``. :param paragraph_starts: whether it opens a paragraph.
    A speaker is the fullest name the article writes ("Dmitri Peskov"), or the body as written ("la préfecture").
    """
    plains = [shadow(text) for text in texts]
    quotes = quoted(plains, paragraph_starts)
    cast = Cast(plains, names)
    speakers: list[str | None] = []
    for row, one in enumerate(quotes):
        speaker = None if one.is_whole else _speaker(cast, row, one, language)
        if speaker is None and one.spans:
            speaker = _carried(cast, quotes, speakers, row, language, paragraph_starts)
        if speaker is not None:
            cast.last = speaker
        speakers.append(speaker)
    return tuple(Attribution(speaker, one.spans) for speaker, one in zip(speakers, quotes, strict=True))


def _carried(
    cast: Cast, quotes: Sequence[Quoted], speakers: Sequence[str | None], row: int, language: str, starts: Sequence[bool]
) -> str | None:
    """The speaker of a floating quote: who closes the same quote later, or who spoke in the sentence before."""
    one = quotes[row]
    if not (one.is_whole or one.opened_before or one.closes_later):
        return None
    for later in range(row + 1, min(row + 12, len(quotes))):
        if not quotes[later - 1].closes_later:
            break
        if not quotes[later].is_whole:
            return _speaker(cast, later, quotes[later], language)
    if row and speakers[row - 1] is not None and (quotes[row - 1].spans or not starts[row] or cast.plains[row - 1].endswith(":")):
        return speakers[row - 1]
    return None


def _speaker(cast: Cast, row: int, one: Quoted, language: str) -> str | None:
    """The speaker named by the first cue of the sentence that names one."""
    for _, spans in sorted(_cues(cast, row, one, language), key=lambda cue: cue[0]):
        for span in spans:
            speaker = cast.resolve(row, span)
            if speaker is not None:
                return speaker
    if any(span.end - span.start >= _LONG_QUOTE for span in one.spans):
        return _by_subject(cast, row, one)
    return None


def _cues(cast: Cast, row: int, one: Quoted, language: str) -> Iterator[tuple[int, list[Span]]]:
    """All cues of a sentence: where they stand, and the phrases that may name the speaker, the likeliest first."""
    masked = one.masked
    for match in _SOURCE.finditer(masked):
        span = phrase_from(masked, match.end())
        if span is not None:
            yield match.start(), [span]
    for match in _VIEW.finditer(masked):
        span = phrase_from(masked, match.end())
        if span is not None and (masked[span.end : span.end + 1] in (",", ":", " ")):
            yield match.start(), [span]
    title = _TITLE_COLON.match(masked)
    if title and not asserts(title["who"]):
        yield 1, [Span(title.start("who"), title.end("who"))]
    if one.spans:
        for match in _BY.finditer(masked):
            span = phrase_from(masked, match.end())
            if span is not None:
                yield match.start() + len(masked), [span]
    for match in (ENGLISH if language == "en" else FRENCH).finditer(masked):
        if is_verb(masked, match):
            yield _verb_cue(masked, match, language)


def _verb_cue(masked: str, match: re.Match[str], language: str) -> tuple[int, list[Span]]:
    """The phrases around one verb of saying."""
    clitic = clitic_of(match)
    if clitic:
        place = masked.casefold().find("-" + clitic, match.start()) + 1
        return match.start(), [Span(place, place + len(clitic))]
    before = masked[: match.start()].rstrip()
    position = match.start()
    if re.search(r"\b(?:qui|who|which|that)(?: l'| les| le| la| lui| en| y)?$", before):
        cut = re.compile(r",? (?:qui|who|which|that)\b").search(masked, max(0, match.start() - 12))
        return position + 2 * len(masked), subject_before(masked, cut.start() if cut else match.start())
    behind = subject_behind(masked, match.end())
    if before.endswith(("»", "» ,", "»,")) or (before.endswith("_")):
        return position, [behind] if behind else []
    if before.endswith(",") and _is_clause(before):
        return position, [*([behind] if behind else []), *subject_before(masked, match.start())]
    ahead = subject_before(masked, match.start())
    return position, ahead if ahead or not before.endswith(",") else [behind] if behind else []


def _is_clause(before: str) -> bool:
    """Whether a finite verb stands before, so that what follows the comma is an inversion: "…, a annoncé X"."""
    last = re.split(r"[.;:«»]", before)[-1]
    pieces = last.rstrip(",").split(",")
    return any(asserts(", ".join(pieces[start:])) for start in range(len(pieces)))


def _by_subject(cast: Cast, row: int, one: Quoted) -> str | None:
    """The subject of a sentence that quotes without a verb of saying: "X met en garde : « … »"."""
    for span in subject_before(one.masked, _first_verb(one.masked)):
        speaker = cast.resolve(row, span)
        if speaker is not None:
            return speaker
    return None


def _first_verb(masked: str) -> int:
    """Where the first quote begins, or the sentence ends: its subject stands before."""
    mark = masked.find("«")
    return mark if mark > 0 else len(masked)
