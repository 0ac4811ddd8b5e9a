"""Who says it: the speaker of each sentence that reports a statement, and the quoted spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimcheck.text.headings import asserts
from claimcheck.text.lexicon import either
from claimcheck.text.phrases import leading_phrase, phrase_from, subject_before, subject_behind
from claimcheck.text.quotes import Quoted, quoted
from claimcheck.text.shadow import shadow
from claimcheck.text.speakers import Cast
from claimcheck.text.verbs import ENGLISH, FRENCH, clitic_of, is_verb
from claimcheck.types import Name, Span

_REPORT = either(
    "information informations estimation estimations déclarations propos mots dires chiffres calculs décompte bilan "
    "communiqué rapport sondage éléments constatations témoignage figures estimate estimates"
)
_SOURCE = re.compile(
    r"(?<![\w-])(?:selon|d'après(?!-)|à en croire|(?:de l'avis|de l'aveu|aux yeux) (?:de|d')|according to"
    r"|in the (?:words|view) of)"
    r" ?(?!nos informations|laquelle|lequel|lesquel|nous\b|vous\b|moi\b|que\b|qu')"
    rf"(?:(?:les |l'|la |le |un |une )?(?:(?:premi|derni)[eè]re?s? )?{_REPORT}(?: [^\W\d_]+(?:é|i|u)e?s?)? "
    r"(?:de |d'|du |des |par |of ))?",
    re.IGNORECASE,
)
_VIEW = re.compile(r"(?:^|[»,;] )(?:(?:mais|et|or|but) )?(?:pour|côté) (?=[^,:]{3,160}[,:])", re.IGNORECASE)
_ON = re.compile(r"(?:^|[;:] )(?:à|au|aux|dans|chez|du côté d[eu]) (?=[^,:.;«»]{3,60}, on\b)", re.IGNORECASE)
_BY = re.compile(r"\b(?:par|by) (?=[^,:.;]{3,90}:? ?[:«])", re.IGNORECASE)
_TITLE_COLON = re.compile(r"^(?P<who>[^«»:,.]{3,60}) ?: ?«")
_LEARNT = re.compile(r"\b(?:appris|apprend|apprenait)\b[^.;:«»]{0,40}? auprès (?:de |d'|du |des )", re.IGNORECASE)
_AFTER_QUOTE = re.compile(
    r"» ?,? ?(?:(?:nous|vous|lui|leur|en|y) |s'|se |m')?(?:(?:a|ont|avait|est|sont) "
    r"(?:[a-zà-ÿ]{2,20} )?[a-zà-ÿ]{2,}[éiu]e?s?|[a-zà-ÿ]{2,}(?:e|t|d|nt|it))(?= )"
)
_QUOTE_CLITIC = re.compile(r"» ?,? ?[a-zà-ÿ' ]{0,24}[a-zà-ÿ]-(?:t-)?(?P<who>il|elle|ils|elles)(?!\w)")
_INTRODUCES = re.compile(
    r"[^.;:«»]{0,80}?(?:\bque\b|\bqu'|:|«|\bthat\b)| (?:ne pas |n'|avoir |être |[^\W\d_]{2,}(?:er|ir|oir|re)\b)"
)
_RELATIVE = re.compile(r",? (?:qui|who|which|that)(?: ne| n'| l'| les| le| la| lui| en| y)?$")
_LONG_QUOTE = 9  # characters; a shorter one is a word in inverted commas


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a sentence attributes its statement to (None: the outlet itself), and its quotes without their marks."""

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
        leading = None if one.is_whole else leading_phrase(one.masked)
        cast.heard(row, speaker, leading)
        speakers.append(speaker)
    return tuple(Attribution(speaker, one.spans) for speaker, one in zip(speakers, quotes, strict=True))


def _carried(
    cast: Cast,
    quotes: Sequence[Quoted],
    speakers: Sequence[str | None],
    row: int,
    language: str,
    starts: Sequence[bool],
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
    if row == 0:
        return None
    goes_on = quotes[row - 1].spans or not starts[row] or cast.plains[row - 1].endswith(":")
    return speakers[row - 1] if goes_on else None


def _speaker(cast: Cast, row: int, one: Quoted, language: str) -> str | None:
    """The speaker named by the first cue of the sentence that names one."""
    for cue in sorted(_cues(one, language), key=lambda cue: cue.rank):
        for group in cue.groups:
            speaker = cast.choose(row, group, lenient=cue.is_sure)
            if speaker is not None:
                return speaker
    if _quotes_at_length(one):
        return _by_subject(cast, row, one)
    return None


@dataclass(frozen=True, slots=True)
class _Cue:
    """A sign of reported speech: its rank (position in the text, later for weak ones), groups of phrases that may name
    the speaker, the likeliest first, and whether the grammar alone says that the phrase speaks.
    """

    rank: int
    groups: list[list[Span]]
    is_sure: bool = False


def _cues(one: Quoted, language: str) -> Iterator[_Cue]:
    masked = one.masked
    title = _TITLE_COLON.match(masked)
    if title and not asserts(title["who"]):
        yield _Cue(1, [[Span(title.start("who"), title.end("who"))]])
    yield from _prepositions(one)
    found = [match for match in (ENGLISH if language == "en" else FRENCH).finditer(masked) if is_verb(masked, match)]
    for match in found:
        yield _verb_cue(masked, match)
    for match in _QUOTE_CLITIC.finditer(masked):
        yield _Cue(match.start("who"), [[Span(match.start("who"), match.end("who"))]])
    if not found and _quotes_at_length(one):
        for match in _AFTER_QUOTE.finditer(masked):
            behind = subject_behind(masked, match.end())
            yield _Cue(match.start(), [[behind]] if behind else [], is_sure=True)


def _prepositions(one: Quoted) -> Iterator[_Cue]:
    """The phrases behind "selon X", "pour X, …", "à la mairie, on …"; "par X" counts last, and only beside a quote."""
    for pattern in (_SOURCE, _VIEW, _LEARNT, _ON, *((_BY,) if one.spans else ())):
        late = len(one.masked) if pattern is _BY else 0
        for match in pattern.finditer(one.masked):
            span = phrase_from(one.masked, match.end())
            if span is not None:
                yield _Cue(match.start() + late, [[span]])


def _quotes_at_length(one: Quoted) -> bool:
    return any(span.end - span.start >= _LONG_QUOTE for span in one.spans)


def _verb_cue(masked: str, match: re.Match[str]) -> _Cue:
    """The phrases around one verb of saying."""
    clitic = clitic_of(match)
    if clitic:
        place = masked.casefold().find("-" + clitic, match.start()) + 1
        return _Cue(match.start(), [[Span(place, place + len(clitic))]])
    before = masked[: match.start()].rstrip()
    ahead = subject_before(masked, match.start())
    relative = _RELATIVE.search(before)
    if relative:
        return _Cue(match.start() + 2 * len(masked), [subject_before(masked, relative.start())])
    behind = subject_behind(masked, match.end())
    after = [behind] if behind else []
    if before.endswith(("»", "» ,", "»,", "_", "qu'")):
        return _Cue(match.start(), [after], is_sure=True)
    weak = 0 if _INTRODUCES.match(masked, match.end()) else len(masked)
    if not before.endswith((",", "–", "—")):
        return _Cue(match.start() + weak, [ahead[:1]], is_sure=not weak)
    if _is_inverted(before):
        return _Cue(match.start(), [after, ahead])
    return _Cue(match.start() + weak, [ahead, after], is_sure=not weak)


def _is_inverted(before: str) -> bool:
    """Whether a whole clause stands before the comma, so that the subject follows the verb: "…, a annoncé X"."""
    last = re.split(r"[.;:«»]", before)[-1]
    pieces = [piece for piece in last.rstrip(", –—").split(",") if piece.strip()]
    return len(pieces) == 1 or any(asserts(", ".join(pieces[start:])) for start in range(len(pieces)))


def _by_subject(cast: Cast, row: int, one: Quoted) -> str | None:
    """The subject of a sentence that quotes without a verb of saying: "X met en garde : « … »"."""
    mark = one.masked.find("«")
    return cast.choose(row, subject_before(one.masked, mark if mark > 0 else len(one.masked)), lenient=False)
