"""Whether a sentence denies its main claim: negations of grammar, verbs of denial, and the two together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimcheck.text.shadow import shadow

_WORD = r"[\w'à-ÿ-]{1,25}"
_GRAMMAR = {
    "fr": re.compile(
        rf"(?<![\w])(?:(?:ne |n')(?!importe)(?:{_WORD}[ ,]+){{0,7}}?(?P<second>pas|plus(?! qu)|jamais|aucune?|"
        rf"rien|personne|guère|nullement|ni|nulle part)(?!\w)"
        r"|(?P<fore>(?:ni |aucune? |nul |nulle |personne |rien |jamais )[^.;:«»]{0,60}?(?: ne |n'))"
        r"|(?P<bare>^(?:[«\" ]*)(?:pas (?:de|d'|un|question)|aucune?|ni|jamais|non,) ?))",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?<!\w)(?P<second>not(?! only\b)|(?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should|"
        r"must|might)n't|cannot|never|no longer|"
        r"neither|nor|none|nobody|no one|nothing|no(?= [a-z]))(?!\w)",
        re.IGNORECASE,
    ),
}
_LEXICAL = {
    "fr": re.compile(
        r"(?<![\w-])(?:dément(?:i|ie|is|ies|ent|ait|aient|ir)?|nie|nient|nié|niait|niaient|nier|réfut\w{1,6}|"
        r"récus\w{1,6}|refus(?:e|ent|é|ée|és|ait|aient|er)|"
        r"exclu(?:t|ent|e|s|es|ait|aient|re)?|rejet(?:te|tent|é|ée|és|ait|aient|er)|contest(?:e|ent|é|ée|ait|"
        r"aient|er)|infirm(?:e|ent|é|er)|"
        r"écart(?:e|ent|é|er) (?:toute?|l'|la|le|les|catégoriquement)|se défend(?:ent)? d'|s'est défendue? d')(?!\w)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?<![\w-])(?:den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|reject(?:s|ed|ing)?|rul(?:e|es|ed|ing) out|"
        r"refut(?:e|es|ed)|declin(?:e|es|ed) to|"
        r"exclud(?:e|es|ed)|disput(?:e|es|ed)|fail(?:s|ed) to)(?!\w)",
        re.IGNORECASE,
    ),
}
_NOUN_BEFORE = {
    "fr": re.compile(
        r"(?:^|[ '])(?:le|la|les|un|une|son|sa|ses|leur|ce|cet|cette|du|de|d|au|avec) "
        r"?'?$",
        re.IGNORECASE,
    ),
    "en": re.compile(r"(?:^| )(?:the|a|an|its|his|her|their) $", re.IGNORECASE),
}
_TURN = re.compile(
    r"[,;] ?(?:mais|or|tandis que|alors que|but|while|whereas|even though|bien que|although|"
    r"though)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r", ?(?:qui|dont|où|which|who|whose|where|lequel|laquelle)\b[^,;.]{0,160}(?:,|$)", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?:^|[,;] ?)(?:s'|(?:si|quand|lorsque|parce que|puisque|car|comme|avant que|à moins que|de peur que|"
    r"de crainte que|if|when|because|since|unless|before|as) )[^,;.]{0,160}(?:,|$)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:dont|où|where) [^,;:«»]{0,40}$|\b(?:qui|que|qu'[^\W\d_]{1,4}|who|which|that (?:do|"
    r"does|did|is|are|was|were|has|have|had)) ?$",
    re.IGNORECASE,
)
_NOT_DENIALS = re.compile(
    r"\bnon[ -]seulement\b|\bnot only\b|\bno doubt\b|\bsans doute\b|\bn'importe\b|\bpas seulement\b|\bnot just\b|"
    r"\bpas moins (?:de|d')|\bno fewer than\b|"
    r"\bno less than\b|\bpas plus (?:de|d')|\bno more than\b|\bau plus\b|\bne (?:fait|font) que\b|\brien que\b|"
    r"\bplus que jamais\b",
    re.IGNORECASE,
)
_OR_DENY = re.compile(r"\b(?:ni|ou|or|nor|et|and) (?:de |d'|ne |n'a |to )?$", re.IGNORECASE)
_CANCELS = 45  # characters within which "n'a pas démenti" is one verb
_POSITIVES = re.compile(
    r"\b(?:impossible|faux|fausse|false|impossible|sans fondement|untrue|"
    r"unfounded)\b",
    re.IGNORECASE,
)


def negated(text: str, language: str) -> bool:
    """Whether the main claim is denied. "n'a pas démenti" and "did not deny" are not; nor are "ne … que", "non
    seulement", and what is denied in an aside, a condition or a turn (", mais …").
    """
    plain = _main(shadow(text))
    tongues = (language,) if language in ("fr", "en") else ("fr", "en")
    return any(any(_denials(plain, tongue)) for tongue in tongues)


def _main(plain: str) -> str:
    """The sentence without asides, conditions and what follows a turn; blanks keep the words apart."""
    turn = _TURN.search(plain)
    if turn and len(plain[: turn.start()].split()) >= 4:
        plain = plain[: turn.start()]
    for part in (_NOT_DENIALS, _ASIDE, _CONDITION):
        plain = part.sub(lambda match: " , " if match.group().startswith((",", ";")) else " ", plain)
    return plain


def _denials(plain: str, tongue: str) -> Iterator[bool]:
    """For each negation of the main claim, whether it stands uncancelled."""
    lexical = [
        match
        for match in _LEXICAL[tongue].finditer(plain)
        if not _NOUN_BEFORE[tongue].search(plain, max(0, match.start() - 8), match.start())
    ]
    used: set[int] = set()
    for match in _GRAMMAR[tongue].finditer(plain):
        if _RELATIVE.search(plain, max(0, match.start() - 48), match.start()) and not _is_reported(
            plain, match.start()
        ):
            continue
        cancelled = [
            one
            for one in (*lexical, *_POSITIVES.finditer(plain))
            if match.start() < one.start() <= match.end() + _CANCELS
            and not re.search(r"[.;:«»,]|\b(?:que|qu'|that)\b", plain[match.end() : one.start()])
            and not _OR_DENY.search(plain, max(0, one.start() - 10), one.start())
        ]
        used.update(one.start() for one in cancelled)
        yield not cancelled
    denials = [one for one in lexical if one.start() not in used]
    yield bool(denials) and not all(_OR_DENY.search(plain, max(0, one.start() - 10), one.start()) for one in denials)


def _is_reported(plain: str, place: int) -> bool:
    """Whether "que" before ``place`` opens reported speech ("a dit que … ne"), not a relative clause."""
    return re.search(r"\b(?:que|qu'[^\W\d_]{1,4}|that [^\W\d_]{1,5}) ?$", plain[max(0, place - 12) : place]) is not None
