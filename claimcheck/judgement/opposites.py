"""Words of opposite meaning in two sentences, in French and English; a negated opposite is no opposite."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from claimcheck.judgement.wording import Word, words_of
from claimcheck.types import Aspect, Span

# One pair a line, word beginnings without accents on both sides; "=" marks whole words.
_ANTONYMS = """
accept approuv agree approve | refus rejet reject declin oppos
confirm reconn admet admis avou concede acknowledg admit admiss | dement dementi deni infirm refut recus conteste
augment hauss grimp bondi bond= rose= rises= rising= increas climb | baiss recul chut diminu fall= falls= fell= decreas
avant= before= | apres= after=
ouvert ouvr rouv open | ferm clos close
maintenu maintien maintient maintiendr uphold upheld | report annul suspend suspen postpon cancel delay scrap repouss
autoris permi allow authoris authoriz | interdi ban= bans= banned= prohibit forbid forbad
gagn remport victoire victory won= win= wins= | perd perdu defait defeat lost= lose= loses=
innocent acquitt | coupabl condamn guilty convict
vrai= vraie= authentiq veridiq true= genuine | faux= fausse falsifi fabricat fake= false= invent
liber released= freed= | detenu emprisonn incarcer retenu captur jailed= detained=
vivant survec surviv alive= | mort= morts= tue= tues= dece decede dead= died= killed=
present= presente= presents= | absent
depart demission quitt resign depart | reste= restera= rester= maintiendra= stays= remain
volontair deliber intention | accident fortuit
public= publique= publics= | secret secrete secret=
legal= legale= legaux= lawful | illegal unlawful
unanim | divis partag
supprim cut= cuts= axed= | cree creer creat ajout
"""
_EVALUATIONS = """
succes reussi reussit success | echec fiasco fail failure
satisf content ravi pleased satisfied happy= | decu deception deplor furieu disappoint angry
optimis | pessimis
realist realis | irrealis unrealistic
acceptabl | inacceptabl unacceptabl
equilibr juste= balanced= fair= | desequilibr injust unfair
efficac effective | ineffic ineffective
apais calme= calm= | tendu tension tense=
excellent bon= bonne= good= | mauvais mediocre bad= poor=
"""
_NOT = frozenset(
    ["pas", "plus", "jamais", "non", "aucun", "aucune", "ni", "not", "never", "no", "nor", "without", "sans", "t"]
)
_NEAR = 2  # words on either side in which a negation turns a word round
_ANYWHERE = 1_000  # judgements are negated from afar: "ne pensent pas que ce soit un succès"


@dataclass(frozen=True, slots=True)
class _Pair:
    aspect: Aspect
    one: re.Pattern[str]
    other: re.Pattern[str]


def _pairs(table: str, aspect: Aspect) -> tuple[_Pair, ...]:
    lines = (line.split("|") for line in table.strip().splitlines())
    return tuple(_Pair(aspect, _beginnings(one), _beginnings(other)) for one, other in lines)


def _beginnings(listed: str) -> re.Pattern[str]:
    return re.compile("|".join(f"{re.escape(word[:-1])}$" if word.endswith("=") else word for word in listed.split()))


_PAIRS = _pairs(_ANTONYMS, Aspect.ANTONYM) + _pairs(_EVALUATIONS, Aspect.EVALUATION)


def opposites(left: str, right: str) -> list[tuple[Aspect, Span, Span]]:
    """Opposite words with their spans; a pair of which one text holds both sides says nothing and is left out."""
    found: list[tuple[Aspect, Span, Span]] = []
    for pair, here, there in zip(_PAIRS, _hits(left), _hits(right), strict=True):
        if (here[0] and here[1]) or (there[0] and there[1]):
            continue
        a, b = here[0] or here[1], (there[1] if here[0] else there[0])
        reach = _NEAR if pair.aspect is Aspect.ANTONYM else _ANYWHERE
        if a and b and _turned(left, a, reach) == _turned(right, b, reach):
            found.append((pair.aspect, Span(a.start, a.end), Span(b.start, b.end)))
    return found


@lru_cache(maxsize=4096)  # a sentence is compared with many others
def _hits(text: str) -> tuple[tuple[Word | None, Word | None], ...]:
    """For each pair of opposites the first word of either side in a text."""
    return tuple((_hit(text, pair.one), _hit(text, pair.other)) for pair in _PAIRS)


def _hit(text: str, beginnings: re.Pattern[str]) -> Word | None:
    return next((word for word in words_of(text) if beginnings.match(word.folded)), None)


def _turned(text: str, word: Word, reach: int) -> bool:
    """Whether a negation stands within ``reach`` words of the word."""
    listed = words_of(text)
    place = listed.index(word)
    return any(near.folded in _NOT for near in listed[max(0, place - reach) : place + reach + 1])
