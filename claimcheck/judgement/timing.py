"""How two accounts stand in time, and who is in conflict.

An account is overtaken when the later one, two hours or more after it, tells of a development: the same speaker
speaks otherwise, something is admitted or confirmed, a toll changes, a call nobody would confirm is described.
Softer signs ("désormais", "reporté", half a day gone by) count only where the later account is not itself a denial
or another person's version: two people who disagree go on disagreeing whatever the clock says. A divergence is
overtaken by a new toll only: on our stories, a plan that is told as a fact a day later was right three times in ten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from claimcheck.judgement.speakers import same_voice, two_voices
from claimcheck.text.shadow import shadow
from claimcheck.types import Aspect, ConflictKind, Evidence, Relation, Sentence, Span, TimeRelation

_SOON = 2.0  # hours; below, two newsrooms write at the same time
_HALF_A_DAY = 12.0

_UNCONFIRMED = re.compile(
    r"\bni (?:confirm|infirm|dément)|refus\w{1,4} de (?:confirmer|commenter)|"
    r"(?:pas|ne) (?:\w+ )?(?:confirm|comment|infirm)|\b(?:neither|nor|not|n't) (?:\w+ )?(?:confirm|comment)|"
    r"declin\w{1,3} to (?:confirm|comment)|pas souhaité commenter|no comment|"
    r"\b(?:pas|aucune) (?:être |été |eu )?(?:informée?s?|au courant|connaissance)\b|"
    r"\b(?:not |un)aware\b|\bno knowledge\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\bdément\w{0,4}\b|\b(?:denie[sd]|deny|denial)|\bni confirm|\bfaux\b|\bfausse|pure invention|"
    r"réfut|récus|infond|\bnie(?:nt)?\b",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"\b(?:conteste|dispute|assure|affirme|soutien|selon |jure|ironis|accus|insist|claim)", re.IGNORECASE
)
_ADMITS = re.compile(
    r"reconn[ua]|\badm(?:et|is)|\bavou|\baveu|conc[éè]d|confirm|\badmit|conced|acknowledg|révisé|corrig|rectifi|"
    r"changé de ton|rétract|se dédi|excuses",
    re.IGNORECASE,
)
_DEVELOPS = re.compile(
    r"finalement|désormais|\bnow\b|a fini par|no longer|définiti|in the end|eventually|à présent|maintenant|"
    r"entre-temps|lendemain|cette fois|ne (?:sont|seront) plus|n'(?:est|était|a|ont) plus|depuis|officiel|"
    r"annul|report[ée]|repouss|renonc|suspend|suspens|retir|abandonn|postpon|cancel|scrapp|delay|withdr|dropp|pushed|"
    r"rejet|échou|caduc|levée?s?\b|romp|enterr|rétabl|rouv|repris|signé|libér|nomm|revien|revenu|démissi|"
    r"bilan|\btoll\b|porté à|passée? à|alourdi|ramen|grimp|maigri|décompte",
    re.IGNORECASE,
)
_FATE = re.compile(
    r"\b(?:morts?|mortes?|bless|disparu|malades?|tués?|dead|killed|injured|missing|victimes?|corps)", re.IGNORECASE
)

_COMMENTS = re.compile(
    r"\W*(?:(?:c'est|voilà) (?:\w+ )?ce qu|(?:cela|ceci|ça)\b|(?:that|this)(?:'s| is| was) (?:\w+ )?what\b)",
    re.IGNORECASE,
)


def time_relation(
    left: Sentence,
    right: Sentence,
    left_published: datetime | None,
    right_published: datetime | None,
    relation: Relation,
    aspects: Sequence[Evidence] = (),
) -> TimeRelation:
    """Whether the earlier account was overtaken by the later one; UNDATED when a publication date is unknown.

    Only a contradiction, or a divergence in a toll, can be overtaken.
    """
    hours = hours_between(left_published, right_published)
    if hours is None:
        return TimeRelation.UNDATED
    earlier, later = (left, right) if hours >= 0 else (right, left)
    return TimeRelation.SUPERSEDED if overtaken(earlier, later, abs(hours), relation, aspects) else TimeRelation.SAME


def overtaken(
    earlier: Sentence, later: Sentence, hours: float, relation: Relation, aspects: Sequence[Evidence] = ()
) -> bool:
    """Whether ``later``, published ``hours`` after ``earlier``, tells of a development that overtakes it."""
    if hours < _SOON:
        return False
    if relation is Relation.CONTRADICT:
        return _developed(earlier, later) or (_undisputed(earlier, later) and not later.quotes and hours >= _HALF_A_DAY)
    if relation is not Relation.DIVERGE:
        return False
    return any(item.aspect is Aspect.NUMBER for item in aspects) and _says(_FATE, earlier) and _says(_FATE, later)


def answers_denial(earlier: Sentence, later: Sentence) -> bool:
    """Whether ``earlier`` denies or will not confirm something and ``later`` neither denies nor leaves it open.

    A bare denial must be answered by an admission, or by the same voice: another's claim is no answer, and
    a comment on the sentence before ("C'est exactement ce que…") is no account of anything.
    """
    if denial(later) or _COMMENTS.match(shadow(later.text)):
        return False
    if _says(_UNCONFIRMED, earlier):
        return True
    return _says(_DENIES, earlier) and (_admits(later) or same_voice(earlier, later))


def denial(sentence: Sentence) -> Span | None:
    """Where a sentence reports a refusal to confirm or a denial; None where it does neither."""
    plain = shadow(sentence.text)
    match = _UNCONFIRMED.search(plain) or _DENIES.search(plain)
    return Span(*match.span()) if match else None


def conflict_kind(left: Sentence, right: Sentence, relation: Relation) -> ConflictKind:
    """Who is in conflict: one speaker with himself, two speakers, or the outlets; NONE where nobody is."""
    if relation not in (Relation.DIVERGE, Relation.CONTRADICT):
        return ConflictKind.NONE
    if same_voice(left, right):
        return ConflictKind.SAME_SPEAKER
    return ConflictKind.SPEAKERS if two_voices(left, right) else ConflictKind.OUTLETS


def hours_between(left: datetime | None, right: datetime | None) -> float | None:
    """Hours from ``left`` to ``right``, None when one is unknown; times without a zone are UTC.

    Midnight means that only the day is known: then whole days count.
    """
    if left is None or right is None:
        return None
    if _day_only(left) or _day_only(right):
        return 24.0 * (right.date() - left.date()).days
    return (_aware(right) - _aware(left)) / timedelta(hours=1)


def _developed(earlier: Sentence, later: Sentence) -> bool:
    if same_voice(earlier, later) or _admits(later) or answers_denial(earlier, later):
        return True
    if _says(_FATE, earlier) and _says(_FATE, later):
        return True
    return _undisputed(earlier, later) and _says(_DEVELOPS, later)


def _admits(sentence: Sentence) -> bool:
    return _says(_ADMITS, sentence) and not _says(_UNCONFIRMED, sentence)


def _undisputed(earlier: Sentence, later: Sentence) -> bool:
    """Whether the later account is neither a denial or a claim of somebody, nor another speaker's version."""
    return not (_says(_DENIES, later) or _says(_CLAIMS, later) or two_voices(earlier, later))


def _says(pattern: re.Pattern[str], sentence: Sentence) -> bool:
    return pattern.search(shadow(sentence.text)) is not None


def _day_only(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
