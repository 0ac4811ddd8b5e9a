"""Noun phrases around a verb of saying, without a parser: the subject before it, the subject behind it, "selon X"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimcheck.text.lexicon import words
from claimcheck.types import Span

PRONOUNS = words("il elle ils elles lui eux he she they him her it")
BACKWARD = re.compile(
    r"(?:ce dernier|cette dernière|ces derniers|celui-ci|celle-ci|ceux-ci|l'intéressée?|cette source|ces sources|"
    r"la même source|les mêmes "
    r"sources|ces mêmes sources|cette même source|ce même \w+|cette même \w+|ce responsable|cet? élu|the latter|"
    r"the same source|ses déclarations|"
    r"his statements|lui|elle|eux|him|her)(?!\w)",
    re.IGNORECASE,
)
_PREPOSITIONS = words(
    "de du d des à au aux en dans sur sous par pour contre avec sans chez vers entre depuis pendant lors avant "
    "après selon malgré dès jusqu jusque durant devant derrière face outre parmi hors via auprès faute grâce suite "
    "of in on at to for from with by after before during since under over about as into against among near amid "
    "despite between without within through"
)
DETERMINERS = words(
    "le la les l un une des ce cet cette ces son sa ses leur leurs notre nos mon ma mes votre vos plusieurs "
    "certains certaines quelques chaque deux trois quatre cinq six sept huit neuf dix aucun aucune tous toutes the "
    "a an this these those his its their our my several some many two three four five six most one"
)
_STOPS = words("que qu qui dont où if that who which whose when whether because comme si quand puisque lorsque alors")
_TOKEN = re.compile(r"[^\W_]+(?:[-][^\W_]+)*'?|[,.;:!?«»()—–]")
_SKIPPED = words(
    "lundi mardi mercredi jeudi vendredi samedi dimanche matin soir midi après-midi hier aujourd'hui monday tuesday "
    "wednesday thursday friday saturday sunday yesterday today semaine également aussi aussitôt encore ensuite "
    "ainsi pourtant toutefois néanmoins notamment cependant enfin désormais récemment sobrement sèchement later "
    "also quant clairement m mm mme ouvertement"
)
_TITLES = ("M", "MM", "Mr", "Dr")
_TIMES = words("semaine matin soir nuit week month morning evening journée weekend week-end mois année")
_LONGEST = 160


def subject_before(masked: str, end: int) -> list[Span]:
    """Noun phrases that may be the subject of the verb at ``end``, the likeliest first.

    ``masked`` is a shadow text with its quotes masked; the clause ends at a stop, a quote mark or a conjunction.
    """
    floor = max(0, end - 320)
    left = masked[floor:end].rstrip(" :,")
    begin = max((match.end() for match in _CLAUSE_END.finditer(left)), default=0)
    pieces = [
        (floor + begin + part.start(), floor + begin + part.end()) for part in re.finditer(r"[^,()–—]+", left[begin:])
    ]
    pieces = [piece for piece in pieces if masked[slice(*piece)].strip()]
    found = [
        span for start, stop in reversed(pieces[-5:]) if (span := _leading_phrase(masked, start, stop)) is not None
    ]
    return found


def leading_phrase(masked: str) -> Span | None:
    """The first noun phrase of a sentence that no preposition governs: mostly its subject."""
    comma = re.compile(r"[,.;:«»]").search(masked, 1)
    first = _leading_phrase(masked, 0, comma.start() if comma else len(masked))
    if first is None and comma:
        following = re.compile(r"[,.;:«»]").search(masked, comma.end())
        first = _leading_phrase(masked, comma.end(), following.start() if following else len(masked))
    return first


_CLAUSE_END = re.compile(
    r"[.;:!?«»](?<!\bM\.)(?<!\bMM\.)(?<!\b(?:Mr|Dr|Me|Pr)\.)|, (?:mais|et|alors|tandis|but|and|while|puis|or)\b|"
    r"\b(?:que|qu'|that|tandis que|parce que|puisque|but|mais) ?",
)


def _leading_phrase(masked: str, start: int, stop: int) -> Span | None:
    """The first noun phrase of a piece that no preposition governs; it runs to the end of the piece."""
    place = _phrase_start(masked, start, stop, from_left=True)
    if place is None:
        return None
    end = place + len(masked[place:stop].rstrip())
    cut = PHRASE_END.search(masked[place:end])
    if cut:
        end = place + cut.start()
    return Span(place, end) if place < end else None


PHRASE_END = re.compile(
    r" (?:(?:qui|who|which|dont|où|a|ont|est|sont|avait|avaient|était|étaient|sera|fut|s'est|se sont|n'a|n'ont|"
    r"n'est|has|have|had|was|were|is|are|will)\b|(?:s'en|s'y|n'en) )"
)


@dataclass
class _Scan:
    """Where a scan for a phrase stands: behind a preposition or not, how many of its words it took, the last a noun."""

    governed: bool = False
    taken: int = 0
    noun_before: bool = False

    def free(self) -> None:
        self.governed = self.noun_before = False

    def govern(self) -> None:
        self.governed, self.taken, self.noun_before = True, 0, False


def _phrase_start(masked: str, start: int, stop: int, *, from_left: bool) -> int | None:
    """Where the first phrase without a preposition begins. A preposition takes the phrase behind it along."""
    scan = _Scan()
    for token in _TOKEN.finditer(masked, start, stop):
        word = token.group().rstrip("'").casefold()
        if word in ",()—–":
            scan.free()
        elif word in _PREPOSITIONS and not (word == "des" and not scan.governed and token.start() - start < 3):
            scan.govern()
        elif _ends_scan(masked, token, word, scan, from_left):
            return None
        elif _opens_phrase(masked, token, word, stop, scan):
            return token.start()
    return None


def _ends_scan(masked: str, token: re.Match[str], word: str, scan: _Scan, from_left: bool) -> bool:
    """Whether a stop, or a conjunction that opens another clause, ends the search."""
    if word in ".;:!?«»":
        return word != "." or masked[max(0, token.start() - 3) : token.start()].split(" ")[-1] not in _TITLES
    if word not in _STOPS or (from_left and scan.noun_before):
        return False
    return not (word == "dont" and from_left and not scan.taken and not scan.governed)


def _opens_phrase(masked: str, token: re.Match[str], word: str, stop: int, scan: _Scan) -> bool:
    """Whether a phrase of its own begins with this word; if not, the word is noted as part of what goes before."""
    if word in _STOPS or word in ".":
        return False
    if word in PRONOUNS and not scan.governed:
        return True
    if word in DETERMINERS or word == "des":
        is_time = _is_time(masked, token.end(), stop)
        opens = not is_time and not (scan.governed and not scan.taken)
        scan.governed, scan.taken, scan.noun_before = scan.governed or is_time, 1, False
        return opens
    if word in _SKIPPED:
        return False
    if token.group()[0].isupper():
        scan.taken += 1
        return not scan.governed or scan.noun_before
    scan.taken, scan.noun_before = scan.taken + 1, True
    return False


def _is_time(masked: str, place: int, stop: int) -> bool:
    following = _TOKEN.match(masked, place + 1, stop) or _TOKEN.match(masked, place, stop)
    return following is not None and following.group().casefold() in _TIMES


_BEHIND_END = re.compile(
    r"[.;:!?«»,()—–]|(?: (?:qui|que|dont|où|who|which|that|dans|lors|sur|devant|depuis|après|avant|à l'issue|à "
    r"l'occasion|à propos|au sujet|"
    r"auprès|pendant|durant|chez|face|mais|alors|tandis|pour|par|avec|en|contre|ajoutant|assurant|précisant|"
    r"évoquant|estimant|"
    r"invoquant|jugeant|avant de|à la presse|au micro|in|on|at|during|after|before|from|when|as|while|but|with|to|"
    + "|".join(
        sorted(
            words(
                "lundi mardi mercredi jeudi vendredi samedi dimanche hier monday tuesday wednesday thursday friday "
                "saturday sunday yesterday"
            )
        )
    )
    + r")\b)",
    re.IGNORECASE,
)


def subject_behind(masked: str, start: int) -> Span | None:
    """The noun phrase that follows an inverted verb, past complements such as "à la presse" or "mardi"."""
    stop = min(len(masked), start + _LONGEST)
    halt = re.search(r"(?<!\bM)(?<!\bMr)(?<!\bDr)[.;:!?«»]|\b(?:que|qu'|that)\b", masked[start:stop])
    place = _phrase_start(masked, start, start + halt.start() if halt else stop, from_left=False)
    return phrase_from(masked, place) if place is not None else None


def phrase_from(masked: str, place: int) -> Span | None:
    """The noun phrase that begins at ``place``."""
    stop = min(len(masked), place + _LONGEST)
    position = place
    end = stop
    while True:
        match = _BEHIND_END.search(masked, position + 1, stop)
        if match is None:
            break
        if match.group() == "." and re.search(r"(?:^|\W)(?:M|MM|Mr|Mrs|Ms|Dr|Me|Pr)$", masked[place : match.start()]):
            position = match.start()
            continue
        end = match.start()
        break
    end = place + len(masked[place:end].rstrip())
    return Span(place, end) if place < end else None


def apposition(masked: str, end: int) -> Span | None:
    """What stands between the comma at ``end`` and the next one: the name behind "le maire, " or nothing."""
    match = re.compile(r"(?:, | \()(?P<inner>[^,.;:«»()]{2,60}|(?:M|Mr|Dr|Me)\. [^,.;:«»()]{2,50})").match(masked, end)
    return Span(match.start("inner"), match.end("inner")) if match else None
