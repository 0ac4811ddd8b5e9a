"""What differs between two sentences, read off their annotations: signals with spans, never a verdict by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from claimcheck.judgement import opposites, quotation, slots, values
from claimcheck.judgement.speakers import mention, two_voices
from claimcheck.judgement.values import compatible_numbers
from claimcheck.judgement.wording import content, overlap, shared, words_of
from claimcheck.text.shadow import shadow
from claimcheck.types import Aspect, Evidence, Modality, Sentence, Span

__all__ = ["aspects", "compatible_numbers"]

_FIRM = Modality.FLAT
_UNSURE = frozenset({Modality.CONDITIONAL, Modality.HEDGED, Modality.FUTURE})
_ABOUT_THE_SAME = 0.25  # share of the shorter sentence's content that a negation must have in common
_REACH = 4  # words after a negation within which its verb stands
_NEGATION = re.compile(
    r"\b(?:ne |n')(?:[\w'-]+ ){0,4}?(?:pas|plus|jamais|rien|aucune?|guère|ni)\b|\bni (?:[\w-]+ ){1,3}ni\b|\bpas d[e']"
    r"|\b(?:dément(?:i|ie|is|ent)?|réfut\w{1,6}|refus\w{1,6}|exclu\w{0,4}|nient|denie[sd]|deny|declined|refuse[ds]?|"
    r"aucune?|jamais|sans|not|never|no longer|cannot|nobody|none|without|no)\b|\b\w{2,7}n't\b",
    re.IGNORECASE,
)
_UNSURE_WORDS = re.compile(
    r"\b(?:(?:au|se|dev|pour|sau|vou|fau|fe)rai(?:t|ent)|\w{2,20}(?:erai(?:t|ent)|irai(?:t|ent)|drai(?:t|ent)|era|eront|ira|"
    r"iront|dra|dront)|peut-être|probablement|sans doute|semblent?|selon (?:certaines|plusieurs|des) sources|"
    r"prévoi\w{1,4}|would|could|might|may|should|will|reportedly|allegedly|apparently|probably|likely|"
    r"expected to|set to|due to)\b",
    re.IGNORECASE,
)
_PHRASE = r"(?P<phrase>(?:[\w'-]+ ?){1,6})"
_CAUSES = re.compile(
    r"\b(?:en raison d(?:e la |e l'|es? |u |')|à cause d(?:e la |e l'|es? |u |')|du fait d(?:e la |e l'|es? |u |')|"
    r"(?:provoqué|causé)e?s? par |dus? (?:à |au )|dues? (?:à |au )|because of |due to |caused by |owing to )" + _PHRASE,
    re.IGNORECASE,
)
_INITIATORS = re.compile(
    r"\b(?:(?:à l'initiative|à la demande|sur l?'?ordre|sous la pression) d(?:e la |e l'|es? |u |')|"
    r"(?:at the (?:request|initiative|behest|urging)|on the orders?|under pressure) (?:of|from) )"
    + _PHRASE
    + r"|\b(?P<own>de sa propre initiative|de son propre chef|d'elle-même|"
    r"on (?:its|his|her|their) own(?: initiative)?)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:tous les|toutes les|la totalité|l'ensemble|all (?:of )?the|every|entire)\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:certaine?s|quelques|une partie|la plupart|seulement|uniquement|some|several|part of|only|most of)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # each pair is asked for up to three times in a run, within a second
def aspects(left: Sentence, right: Sentence) -> tuple[Evidence, ...]:
    """Return the differences between two sentences, each with its spans; in the order of ``Aspect``.

    Swapping the sentences swaps the spans and nothing else; the same words never differ.
    """
    if left.text == right.text:
        return ()
    swapped = right.text < left.text
    first, second = (right, left) if swapped else (left, right)
    found = {evidence: None for rule in _RULES for evidence in rule(first, second)}
    order = list(Aspect)
    listed = sorted(found, key=lambda evidence: order.index(evidence.aspect))
    return tuple(Evidence(item.aspect, item.right, item.left, item.note) if swapped else item for item in listed)


def _values(left: Sentence, right: Sentence) -> Iterator[Evidence]:
    for a, b in values.number_conflicts(left, right):
        yield Evidence(Aspect.NUMBER, a.span, b.span)
    for one, other in values.date_conflicts(left, right):
        yield Evidence(Aspect.DATE, one.span, other.span)


def _wordings(left: Sentence, right: Sentence) -> Iterator[Evidence]:
    for aspect, one, other in slots.name_conflicts(left, right):
        yield Evidence(aspect, one, other)
    if shared(left.text, right.text):
        for aspect, one, other in opposites.opposites(left.text, right.text):
            yield Evidence(aspect, one, other)
    for one, other in quotation.quote_drift(left, right):
        yield Evidence(Aspect.QUOTE, one, other)


def _attribution(left: Sentence, right: Sentence) -> Iterator[Evidence]:
    if two_voices(left, right):
        yield Evidence(Aspect.ATTRIBUTION, mention(left), mention(right))


def _negation(left: Sentence, right: Sentence) -> Iterator[Evidence]:
    if left.negated == right.negated or overlap(left.text, right.text) < _ABOUT_THE_SAME:
        return
    denied, plain = (left, right) if left.negated else (right, left)
    cue, answer = _negated_words(denied.text, plain.text)
    yield Evidence(Aspect.NEGATION, *((cue, answer) if left.negated else (answer, cue)))


def _negated_words(denied: str, plain: str) -> tuple[Span | None, Span | None]:
    """Find the negation with the word it turns round, and that word in the sentence without negation."""
    match = _NEGATION.search(shadow(denied))
    if match is None:
        return None, None
    near = [word for word in words_of(denied) if word.end > match.start() and word.content]
    inside = [word for word in near if word.start < match.end()]
    for word in near[: len(inside) + _REACH]:
        answer = next((other for other in words_of(plain) if other.stem == word.stem), None)
        if answer is not None:
            return Span(match.start(), max(match.end(), word.end)), Span(answer.start, answer.end)
    return Span(*match.span()), None


def _modality(left: Sentence, right: Sentence) -> Iterator[Evidence]:
    if {left.modality, right.modality} & _UNSURE and _FIRM in (left.modality, right.modality):
        yield Evidence(Aspect.MODALITY, _unsure_words(left), _unsure_words(right))


def _unsure_words(sentence: Sentence) -> Span | None:
    match = _UNSURE_WORDS.search(shadow(sentence.text)) if sentence.modality in _UNSURE else None
    return Span(*match.span()) if match else None


def _cues(left: Sentence, right: Sentence) -> Iterator[Evidence]:
    """Another cause or initiator: both sentences name one with the same turn of phrase, and share no word of it."""
    for aspect, cue in ((Aspect.CAUSE, _CAUSES), (Aspect.INITIATOR, _INITIATORS)):
        one, other = cue.search(shadow(left.text)), cue.search(shadow(right.text))
        if one and other and one.group().casefold() != other.group().casefold() and not _same_phrase(one, other):
            yield Evidence(aspect, _stripped(one), _stripped(other))


def _same_phrase(one: re.Match[str], other: re.Match[str]) -> bool:
    phrases = content(one["phrase"] or ""), content(other["phrase"] or "")
    return bool(phrases[0] & phrases[1]) or not (phrases[0] or phrases[1])


def _stripped(match: re.Match[str]) -> Span:
    return Span(match.start(), match.start() + len(match.group().rstrip(" ,")))


def _scope(left: Sentence, right: Sentence) -> Iterator[Evidence]:
    """Find an open number ("plus de") beside an exact one that it allows, or all beside some."""
    for a, b in values.number_matches(left, right):
        if (a.high >= values.OPEN) != (b.high >= values.OPEN):
            yield Evidence(Aspect.SCOPE, a.span, b.span)
    if overlap(left.text, right.text) < _ABOUT_THE_SAME:
        return
    for one, other in ((_WHOLE, _PART), (_PART, _WHOLE)):
        here, there = one.search(shadow(left.text)), other.search(shadow(right.text))
        if here and there and not other.search(shadow(left.text)) and not one.search(shadow(right.text)):
            yield Evidence(Aspect.SCOPE, Span(*here.span()), Span(*there.span()))


_RULES: tuple[Callable[[Sentence, Sentence], Iterator[Evidence]], ...] = (
    _values,
    _wordings,
    _attribution,
    _negation,
    _modality,
    _cues,
    _scope,
)
