"""Whether two attributions name the same speaker, whatever titles and spellings they use."""

from __future__ import annotations

import re

from claimcheck.judgement.wording import words_of
from claimcheck.text.aliases import canonical
from claimcheck.text.lexicon import fold, words
from claimcheck.text.shadow import shadow
from claimcheck.types import Sentence, Span

_TITLES = words(
    "m mm mme mlle mr mrs ms dr me maitre monsieur madame sir lord le la les l un une des du de d the a an of and et "
    "son sa ses leur leurs his her their president presidente presidence ministre minister premier chef porte parole "
    "spokesman spokeswoman spokesperson general professeur professor"
)
_SPEAKS_FOR = re.compile(
    r"\b(?:porte-parole|spokes(?:man|woman|person)) (?:du |de la |de l'|des |de |for |of )(?:the )?"
    r"(?P<house>[^\W\d_]+(?:[ -][A-ZÀ-Þ][^\W\d_]*){0,3})"
)


def same_speaker(left: str, right: str) -> bool:
    """Whether two speaker strings name one person or body: "M. Ardelan" is "Tomas Ardelan", "Putin" is "Poutine"."""
    one, other = _key(left), _key(right)
    return bool(one) and bool(other) and (one <= other or other <= one)


def same_voice(left: Sentence, right: Sentence) -> bool:
    """Whether both sentences give the same speaker, or one gives a body and the other its spokesperson."""
    if left.speaker is None or right.speaker is None:
        return False
    if same_speaker(left.speaker, right.speaker):
        return True
    return _speaks_for(left, right.speaker) or _speaks_for(right, left.speaker)


def two_voices(left: Sentence, right: Sentence) -> bool:
    """Whether both sentences give a speaker, and not the same."""
    return left.speaker is not None and right.speaker is not None and not same_voice(left, right)


def mention(sentence: Sentence) -> Span | None:
    """Where the sentence names its speaker; None where it does not (a quote that runs on, a pronoun)."""
    wanted = _key(sentence.speaker or "")
    hits = [word for word in words_of(sentence.text) if word.folded in wanted]
    if not hits:
        return None
    first = last = hits[0]
    for word in hits[1:]:
        if word.start - last.end > 1:
            break
        last = word
    return Span(first.start, last.end)


def _key(speaker: str) -> frozenset[str]:
    """Return the words that identify a speaker; titles count only where there is nothing else."""
    spoken = [word.folded for word in words_of(canonical(shadow(speaker))) if len(word.folded) > 1]
    return frozenset(word for word in spoken if word not in _TITLES) or frozenset(spoken)


def _speaks_for(sentence: Sentence, house: str) -> bool:
    match = _SPEAKS_FOR.search(shadow(sentence.text))
    return match is not None and same_speaker(fold(match["house"]), house)
