"""One plain sentence that says what a finding is: the outlets, the speakers, what differs and the time between."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from claimcheck.judgement.speakers import same_voice
from claimcheck.judgement.timing import denial, hours_between
from claimcheck.judgement.values import number_matches
from claimcheck.judgement.wording import content, words_of
from claimcheck.types import Aspect, Evidence, Judgement, Relation, Sentence, Span, TimeRelation

_MOST_WORDS = 10  # copied around one place of a sentence
_AROUND = 3  # of them before the place that differs
_A_DAY = 24.0
_LONGEST_SPEAKER = 60
_LONGEST_PIECE = 140  # characters
# key: (French, English); an ordinary space before : ; » or after « becomes unbreakable
_TEXTS: Mapping[str, tuple[str, str]] = {
    "sides": ("{one} : {left} ; {other} : {right}", "{one}: {left}; {other}: {right}"),
    "pair": ("{left} ; {right}", "{left}; {right}"),
    "said": ("« {text} »", "“{text}”"),
    "later": ("{text}, {gap} plus tard", "{text}, {gap} later"),
    "just_later": ("{text}, plus tard", "{text}, later"),
    "agree": ("{one} et {other} rapportent le même fait : {text}", "{one} and {other} report the same fact: {text}"),
    "agree_said": (
        "{one} et {other} citent tous deux {speaker} : {text}",
        "{one} and {other} both quote {speaker}: {text}",
    ),
    "diverge": ("{one} et {other} divergent{what}", "{one} and {other} differ{what}"),
    "contradict": ("{one} et {other} se contredisent{what}", "{one} and {other} contradict each other{what}"),
    "unrelated": ("{one} et {other} parlent d'autre chose", "{one} and {other} speak of different things"),
    "flat": ("{outlet} l'affirme", "{outlet} states it as a fact"),
    "conditional": ("{outlet} l'écrit au conditionnel", "{outlet} reports it as unconfirmed"),
    "hedged": ("{outlet} le donne avec prudence", "{outlet} hedges it"),
    "future": ("{outlet} l'annonce pour plus tard", "{outlet} announces it for later"),
    "question": ("{outlet} pose la question", "{outlet} asks"),
    "on_number": (" sur les chiffres", " on the figures"),
    "on_date": (" sur la date", " on the date"),
    "on_modality": (" sur le degré de certitude", " on how certain it is"),
    "on_scope": (" sur l'ampleur", " on the extent"),
    "on_position": (" sur la position prise", " on the position taken"),
}
_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "January February March April May June July August September October November December",
)
_NUMBERS = (
    "zéro une deux trois quatre cinq six sept huit neuf dix",
    "zero one two three four five six seven eight nine ten",
)
_UNITS = (("heure", "heures", "jour", "jours"), ("hour", "hours", "day", "days"))
_VALUES = (Aspect.NUMBER, Aspect.DATE, Aspect.PLACE, Aspect.INITIATOR, Aspect.CAUSE)
_WORDED = (Aspect.NEGATION, Aspect.ANTONYM, Aspect.ENTITY, Aspect.QUOTE, Aspect.EVALUATION)
_TELLING = (*_VALUES, *_WORDED, Aspect.MODALITY, Aspect.SCOPE)
_TOKEN = re.compile(r"\S+")
_MARKS = re.compile(r"[«“„]\s?|\s?[»”]|\"")
_UNBROKEN = re.compile(r" (?=[:;?!»])|(?<=«) ")


@dataclass(frozen=True, slots=True)
class Account:
    """One side of a finding: a sentence, its outlet and when that was published."""

    outlet: str
    published: datetime | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class _Case:
    """A judged pair, the earlier account first; ``evidence`` is what tells most, its spans in the same order."""

    one: Account
    other: Account
    judgement: Judgement
    evidence: Evidence | None
    english: bool

    @property
    def hours(self) -> float:
        """Hours between the accounts, 0 when unknown."""
        return hours_between(self.one.published, self.other.published) or 0.0

    @property
    def overtaken(self) -> bool:
        """Whether the first account was overtaken by the second."""
        return self.judgement.time_relation is TimeRelation.SUPERSEDED

    def say(self, key: str, **values: str) -> str:
        """Return the text for ``key``, in the typography of its language; what is filled in stays as it is."""
        text = _TEXTS[key][self.english]
        if not self.english:
            text = _UNBROKEN.sub("\u00a0", text.replace("'", "’"))
        return text.format(**values)


def explain(left: Account, right: Account, judgement: Judgement, language: str) -> str:
    """One sentence in French ("fr") or English; at most 20 words of either sentence are copied.

    ``left`` is the account of the pair's left row. The earlier account comes first, whichever side it is.
    """
    case = _case(left, right, judgement, language.startswith("en"))
    return (_rule(case)(case) or _generic(case)) + "."


def _case(left: Account, right: Account, judgement: Judgement, english: bool) -> _Case:
    told = [item for item in judgement.evidence if item.aspect in _TELLING]
    evidence = min(told, key=lambda item: _TELLING.index(item.aspect), default=None)
    hours = hours_between(left.published, right.published) or 0.0
    if hours > 0 or (hours == 0 and _place(left) <= _place(right)):
        return _Case(left, right, judgement, evidence, english)
    if evidence:
        evidence = Evidence(evidence.aspect, evidence.right, evidence.left, evidence.note)
    return _Case(right, left, judgement, evidence, english)


def _place(account: Account) -> tuple[str, str]:
    return account.outlet, account.sentence.text


def _rule(case: _Case) -> Callable[[_Case], str]:
    """How to put it: as a common fact, two values, two degrees of certainty or two quotations."""
    if case.judgement.relation is Relation.AGREE:
        return _common_fact
    if case.judgement.relation is Relation.UNRELATED:
        return _generic
    aspect = case.evidence.aspect if case.evidence else Aspect.OTHER
    if aspect in (*_VALUES, Aspect.SCOPE):
        return _two_values
    if aspect is Aspect.MODALITY and not case.overtaken:
        return _two_degrees
    return _two_quotations


def _two_values(case: _Case) -> str:
    """Two values as written: "A : 12 blessés ; B : 14 blessés, trois heures plus tard"."""
    if case.evidence is None or case.evidence.left is None or case.evidence.right is None:
        return _two_quotations(case)
    left = _cut(case.one.sentence.text, case.evidence.left, around=0)
    right = _cut(case.other.sentence.text, case.evidence.right, around=0)
    return _two_quotations(case) if left.casefold() == right.casefold() else _sides(case, left, right)


def _two_quotations(case: _Case) -> str:
    """Quote the words that differ with a few around them, on both sides."""
    spans = (case.evidence.left, case.evidence.right) if case.evidence else (None, None)
    one, other = case.one.sentence, case.other.sentence
    left = _cut(one.text, spans[0] or denial(one), _AROUND, other.text)
    right = _cut(other.text, spans[1] or denial(other), _AROUND, one.text)
    return _sides(case, case.say("said", text=left), case.say("said", text=right))


def _two_degrees(case: _Case) -> str:
    degrees = case.one.sentence.modality.value, case.other.sentence.modality.value
    if degrees[0] == degrees[1]:
        return ""
    left, right = case.say(degrees[0], outlet=case.one.outlet), case.say(degrees[1], outlet=case.other.outlet)
    return _later(case, case.say("pair", left=left, right=right))


def _common_fact(case: _Case) -> str:
    one, other = case.one.sentence, case.other.sentence
    spans = [a.span for a, _ in number_matches(one, other)]
    text = case.say("said", text=_cut(one.text, spans[0] if spans else None, _AROUND, other.text))
    outlets = {"one": case.one.outlet, "other": case.other.outlet}
    if one.speaker is not None and same_voice(one, other):
        return case.say("agree_said", speaker=_short(one.speaker), text=text, **outlets)
    return case.say("agree", text=text, **outlets)


def _generic(case: _Case) -> str:
    key = f"on_{case.evidence.aspect}" if case.evidence else ""
    what = case.say(key) if key in _TEXTS else ""
    relation = case.judgement.relation.value
    return case.say(relation, one=case.one.outlet, other=case.other.outlet, what=what)


def _sides(case: _Case, left: str, right: str) -> str:
    """Both accounts under their outlets, with dates where one overtook the other days later, or else the gap."""
    dated = case.overtaken and case.hours >= _A_DAY
    one, other = _label(case, case.one, dated), _label(case, case.other, dated)
    if dated:
        other = case.say("just_later", text=other)
    text = case.say("sides", one=one, left=left, other=other, right=right)
    return text if dated else _later(case, text)


def _label(case: _Case, account: Account, dated: bool) -> str:
    """Name the outlet, with its date where that matters and its speaker."""
    day = _day(account.published, case.english) if dated and account.published else ""
    inside = ", ".join(part for part in (day, _short(account.sentence.speaker or "")) if part)
    return f"{account.outlet} ({inside})" if inside else account.outlet


def _later(case: _Case, text: str) -> str:
    """``text`` with the time between the accounts, where it is known and an hour at least."""
    if case.hours < 1:
        return text
    days = case.hours >= 2 * _A_DAY
    number = round(case.hours / _A_DAY) if days else int(case.hours)
    spelled = str(number) if number > 10 else _NUMBERS[case.english].split()[number]
    if number == 1 and days and not case.english:
        spelled = "un"
    unit = _UNITS[case.english][2 * days + (number > 1)]
    return case.say("later", text=text, gap=f"{spelled} {unit}")


def _day(moment: datetime, english: bool) -> str:
    number = "1er" if moment.day == 1 and not english else str(moment.day)
    return f"{number} {_MONTHS[english].split()[moment.month - 1]}"


def _cut(text: str, span: Span | None, around: int, other: str = "") -> str:
    """At most ten words of ``text``, with ellipses where it was cut: those from a few before ``span`` on, or else
    those that have most in common with ``other``.
    """
    listed = list(_TOKEN.finditer(text))
    if not listed:
        return "…"
    inside = [i for i, token in enumerate(listed) if span and token.end() > span.start and token.start() < span.end]
    if not around and inside:
        listed = listed[inside[0] : inside[-1] + 1][:_MOST_WORDS]
        return _bare(text[listed[0].start() : listed[-1].end()])
    first = max(0, inside[0] - around) if inside else _common_place(text, listed, other)
    last = min(len(listed), first + _MOST_WORDS)
    piece = _bare(text[listed[first].start() : listed[last - 1].end()])
    return ("…" if first else "") + piece + ("…" if last < len(listed) else "")


def _common_place(text: str, listed: Sequence[re.Match[str]], other: str) -> int:
    """Where the ten words begin that have most in common with ``other``."""
    wanted = content(other)
    places = [word.start for word in words_of(text) if word.content and word.stem in wanted]

    def weight(first: int) -> int:
        end = listed[min(len(listed), first + _MOST_WORDS) - 1].end()
        return sum(listed[first].start() <= place < end for place in places)

    return max(range(max(1, len(listed) - _MOST_WORDS + 1)), key=weight)


def _bare(piece: str) -> str:
    """A piece of a sentence without quotation marks, which it may have lost half of, and without loose ends."""
    piece = piece if len(piece) <= _LONGEST_PIECE else piece[:_LONGEST_PIECE] + "…"
    return _MARKS.sub("", piece).strip(" \u00a0\u202f\n\t,.;:")


def _short(speaker: str) -> str:
    return speaker if len(speaker) <= _LONGEST_SPEAKER else speaker[:_LONGEST_SPEAKER].rstrip() + "…"
