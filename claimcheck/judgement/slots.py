"""Different names in the same place of two sentences: after the same words, or before the same verb."""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck.judgement.wording import words_of
from claimcheck.text.aliases import is_place
from claimcheck.text.lexicon import words
from claimcheck.types import Aspect, Name, Sentence, Span

Slot = tuple[str, ...]

_LOCATIVE = words("a au aux en dans vers pres in at near to from depuis")
_LINKS = _LOCATIVE | words("de du des d of par by avec with contre against pour for chez entre between le la les l the")
_AUXILIARIES = words("a ont est sont avait avaient etait etaient va vont s se has have had is are was were will n ne")
_SAYING = words(
    "dit declar affirm annonc assur precis expliq indiq ajout estim juge soulig rappel confie repond said says told "
    "adds added announ declar"
)


def name_conflicts(left: Sentence, right: Sentence) -> list[tuple[Aspect, Span, Span]]:
    """Names that only one side has and that fill the same slot, with PLACE or ENTITY; one pair per slot."""
    keys = {name.key for name in left.names}, {name.key for name in right.names}
    slots = _filled(left, keys[1]), _filled(right, keys[0])
    found: dict[tuple[Span, Span], Aspect] = {}
    for slot in sorted(set(slots[0]) & set(slots[1])):
        one, other = slots[0][slot], slots[1][slot]
        kind = None if _nested(one, other) else _kind(slot, left, one, right, other)
        if kind:
            found.setdefault((one.span, other.span), kind)
    return [(aspect, *spans) for spans, aspect in found.items()]


def _filled(sentence: Sentence, others: set[str]) -> dict[Slot, Name]:
    """Return the slots that names unknown to the other side fill; the first name of each slot."""
    filled: dict[Slot, Name] = {}
    for name in sentence.names:
        if name.key not in others:
            for slot in _slots(sentence, name):
                filled.setdefault(slot, name)
    return filled


def _slots(sentence: Sentence, name: Name) -> Iterator[Slot]:
    listed = words_of(sentence.text)
    before = [word for word in listed if word.end <= name.span.start][-4:]
    after = [word for word in listed if word.start >= name.span.end][:3]
    links: list[str] = []
    while before and before[-1].folded in _LINKS:
        links.insert(0, before.pop().folded)
    if links and before and before[-1].content:
        yield ("after", before[-1].stem, *[link for link in links if link not in ("le", "la", "les", "l", "the")])
    while after and after[0].folded in _AUXILIARIES:
        after.pop(0)
    if not links and after and after[0].content and after[0].stem not in _SAYING:
        yield ("before", after[0].stem)


def _nested(one: Name, other: Name) -> bool:
    """Whether one key is part of the other ("bruxelles" in "region de bruxelles")."""
    a, b = set(one.key.split()), set(other.key.split())
    return a <= b or b <= a


def _kind(slot: Slot, left: Sentence, one: Name, right: Sentence, other: Name) -> Aspect | None:
    """PLACE or ENTITY; None for two places after "de", where a capital may stand for its country."""
    known = all(is_place(side.text[name.span.start : name.span.end]) for side, name in ((left, one), (right, other)))
    if slot[0] == "after" and slot[-1] in _LOCATIVE:
        return Aspect.PLACE
    return None if known else Aspect.ENTITY
