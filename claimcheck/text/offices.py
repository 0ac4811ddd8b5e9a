"""Who holds which office, where the article says it: "le porte-parole du Kremlin, Dmitri Peskov"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimcheck.text.lexicon import either, fold
from claimcheck.text.phrases import PHRASE_END
from claimcheck.types import Name, Span

TITLES = either(
    "président présidente vice-président vice-présidente premier_ministre première_ministre ministre secrétaire "
    "chef cheffe porte-parole procureur procureure préfet préfète maire directeur directrice général colonel "
    "capitaine commandant gouverneur gouverneure sénateur sénatrice député députée ambassadeur ambassadrice "
    "émissaire envoyé envoyée conseiller conseillère chancelier chancelière roi reine pape juge avocat avocate "
    "patron patronne pdg dirigeant dirigeante expert experte spécialiste professeur professeure chercheur "
    "chercheuse politologue politiste historien historienne économiste sociologue hydrologue microbiologiste "
    "médecin entraîneur entraîneuse attaquant capitaine commissaire délégué déléguée responsable fondateur "
    "fondatrice rapporteur rapporteure adjoint adjointe élu élue candidat candidate opposant opposante leader "
    "négociateur négociatrice diplomate analyste voisin voisine agriculteur agricultrice ouvrier ouvrière "
    "syndicaliste militant militante coordinateur coordinatrice coordonnateur coordonnatrice secrétaire_général "
    "secrétaire_générale magistrat magistrate greffier lieutenant lieutenante inspecteur inspectrice ingénieur "
    "ingénieure président_directeur_général numéro_deux numéro_un homme_d'affaires chef_d'état chef_de_l'état "
    "chef_du_gouvernement president vice-president prime_minister minister secretary chief spokesman spokeswoman "
    "spokesperson prosecutor mayor director general governor senator ambassador envoy adviser advisor chancellor "
    "king queen pope judge lawyer boss leader professor analyst economist candidate commissioner chairman "
    "chairwoman chair head coach captain colonel ceo chief_executive returning_officer foreign_minister owner "
    "founder negotiator diplomat widow mother father brother sister mère père frère sœur veuve fils fille"
)
_TITLE = re.compile(
    rf"(?<![\w-])(?P<det>le|la|l'|un|une|son|sa|the|a|an|its|his|her|leur)? ?(?P<before>(?:nouveau|nouvelle|"
    rf"ancien|ancienne|ex-|actuel|actuelle|jeune|ministre|former|new|current) ?)?(?P<title>{TITLES})(?!\w)",
    re.IGNORECASE,
)
_LOOKED_AT = 110  # characters from the title to the name
_BREAK = re.compile(
    r"[.;:«»!?\"()]| (?:qui|que|a|ont|est|avait|said|has|had|was|et|and|who|à|dans|pour|avec|par|"
    r"contre|chez|with|to)\b"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person with the words of an office: ``title`` is folded ("president"), ``rest`` narrows it ("americ")."""

    title: str
    rest: frozenset[str]
    key: str


def holders(plains: Sequence[str], named: Sequence[Sequence[Name]]) -> list[Holder]:
    """Every office that the article gives to a person by name, in order of appearance.

    :param plains: shadow texts of the sentences. :param named: their names; only those of two words or more count.
    """
    return [holder for plain, row in zip(plains, named, strict=True) for holder in _holders(plain, row)]


def _holders(plain: str, row: Sequence[Name]) -> Iterator[Holder]:
    people = [name for name in row if " " in name.key]
    for match in _TITLE.finditer(plain):
        after = next((name for name in people if 0 <= name.span.start - match.end() <= _LOOKED_AT), None)
        if after is not None and _belongs(plain, match.end(), after.span.start):
            yield Holder(fold(match["title"]), _rest(plain[match.end() : after.span.start]), after.key)
            continue
        before = next(
            (name for name in people if plain[name.span.end : match.start()] in (", ", " (", ", the ", ", a ")), None
        )
        if before is not None:
            end = re.compile(r"[,.;:()«»]|$").search(plain, match.end())
            yield Holder(fold(match["title"]), _rest(plain[match.end() : end.start() if end else None]), before.key)


def _belongs(plain: str, start: int, end: int) -> bool:
    """Whether only the rest of the office stands between title and name: "du Kremlin, ", " américain "."""
    between = plain[start:end]
    if between.count(",") > 1 or _BREAK.search(between.replace(" à la ", " ")):
        return False
    ends_with_link = re.search(r"(?:\b(?:de|du|des|of|the|la|le|les|en|in)|'|M\.) ?$", between)
    return not ends_with_link or (between.endswith("M. ") and "," in between)


_WORD = re.compile(r"[^\W\d_]{3,}")


def _rest(between: str) -> frozenset[str]:
    return frozenset(fold(word)[:6] for word in _WORD.findall(between)) - {"les", "des", "the"}


def holders_of(phrase: str, known: Sequence[Holder]) -> set[str]:
    """The keys of those who may be meant by a phrase such as "le président américain" in an article."""
    match = _TITLE.search(phrase)
    if match is None:
        return set()
    narrowing = phrase[match.end() : match.end() + 60]
    verb = PHRASE_END.search(narrowing)
    title, rest = fold(match["title"]), _rest(narrowing[: verb.start()] if verb else narrowing)
    fitting = [holder for holder in known if _same_title(holder.title, title)]
    if rest:
        return {holder.key for holder in fitting if rest & holder.rest}
    return {holder.key for holder in fitting}


def _same_title(one: str, two: str) -> bool:
    return one == two or (one[:5] == two[:5] and len(one) > 5 and abs(len(one) - len(two)) <= 4)


def offices(plains: Sequence[str], named: Sequence[Sequence[Name]]) -> list[list[Name]]:
    """Mentions of an office without its holder's name ("le porte-parole"), under the holder's key."""
    known = holders(plains, named)
    rows: list[list[Name]] = []
    for plain, row in zip(plains, named, strict=True):
        own = {holder.key for holder in _holders(plain, row)}
        extra: list[Name] = []
        for match in _TITLE.finditer(plain) if known else ():
            if (match["det"] or "").casefold() not in ("le", "la", "l'", "the"):
                continue
            fitting = holders_of(plain[match.start() : match.end() + 40], known)
            key = fitting.pop() if len(fitting) == 1 else None
            span = Span(match.start("title"), match.end("title"))
            if (
                key
                and key not in own
                and not any(name.span.start < span.end and span.start < name.span.end for name in row)
            ):
                extra.append(Name(span, key))
        rows.append(extra)
    return rows
