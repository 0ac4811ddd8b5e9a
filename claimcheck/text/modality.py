"""How firmly a sentence states its claim, by cues of French and English grammar; ``negated`` stands beside it."""

from __future__ import annotations

import re

from claimcheck.text.lexicon import either
from claimcheck.text.negation import negated
from claimcheck.text.shadow import shadow
from claimcheck.types import Modality

__all__ = ["modality", "negated"]

_ASKS = re.compile(r"\?[!?. ]*[»\"')\] ]*$")
_HEDGES = {
    "fr": re.compile(
        r"\b(?:devrai(?:t|ent|s)|pourrai(?:t|ent|s)|probablement|peut-être|sans doute|vraisemblablement|"
        r"apparemment|éventuellement|"
        r"semble(?:nt)?|semblait|semblerait|paraît|paraissent|il se pourrait|il est possible|il n'est pas exclu|"
        r"n'est pas à exclure|"
        r"potentiellement|présumée?s?|supposée?s?|soupçonnée?s?|(?:selon|d'après) (?:certaine?s|plusieurs|des|"
        r"une|deux|trois) (?:autres )?(?:sources?|rumeurs?|"
        r"témoignages?|médias)|de sources? (?:anonymes?|proches?)|à confirmer|non confirmée?s?|risque(?:nt)? de|"
        r"reste(?:nt)? à (?:confirmer|vérifier))",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:might|(?-i:may)|could|should|probably|perhaps|possibly|likely|unlikely|reportedly|allegedly|"
        r"apparently|purportedly|supposedly|"
        r"presumably|potentially|seems?|seemed|appears? to|appeared to|is believed to|are believed to|is thought "
        r"to|are thought to|"
        r"according to (?:some|several|unnamed|anonymous|two|three) (?:\w+ )?(?:sources?|reports?|officials?)|"
        r"unconfirmed|suspected)\b",
        re.IGNORECASE,
    ),
}
# Verbs whose imperfect looks like a conditional.
_IMPERFECTS = either(
    "tirait retirait attirait admirait respirait inspirait aspirait virait déchirait empirait conspirait expirait "
    "désirait étirait soupirait transpirait encadrait cadrait engendrait effondrait livrait délivrait ouvrait "
    "couvrait découvrait recouvrait offrait souffrait tiraient retiraient attiraient admiraient respiraient "
    "inspiraient aspiraient viraient désiraient livraient délivraient ouvraient couvraient découvraient offraient "
    "souffraient effondraient encadraient souhaiterait voudrait faudrait"
)
_CONDITIONAL_FR = re.compile(
    rf"\b(?!{_IMPERFECTS}\b)(?P<verb>(?:[^\W\d_]*(?:[^\W\d_]e|i|d|v|tt|ît|au|se|fe|ve|ou|u))rai(?:t|"
    rf"ent))\b",
    re.IGNORECASE,
)
_PERFECT_FR = re.compile(
    r"\b(?:aurai(?:t|ent)|serai(?:t|ent))(?:[ -](?!que\b)[\w'-]{1,20}){0,3}? (?:été|eu|fait|dit|pris|mis|mort|"
    r"morts|[^\W\d_]{2,}(?:é|i|u|is|it|ert)e?s?)\b",
    re.IGNORECASE,
)
_WOULD = re.compile(r"\b(?:would|'d)(?: not|n't)?(?P<perfect> have)?\b", re.IGNORECASE)
_TOLD_FR = re.compile(
    r"\b(?:a|ont|avait|avaient|s'est|est)\b[^.;:«»]{0,60}\b(?:que|qu')|\b[^\W\d_]{3,}(?:ait|aient) (?:[\w'-]+ "
    r")?(?:que|qu')|ant (?:que|qu')",
    re.IGNORECASE,
)
_TOLD_EN = re.compile(
    r"\b(?:said|saying|told|adding|announced|warned|insisted|added|promised|claimed|pledged|"
    r"vowed|confirmed|suggested|thought|knew)\b",
    re.IGNORECASE,
)
# Simple pasts and nouns that look like futures.
_NOT_FUTURE = either(
    "opéra caméra choléra para sierra tira retira attira admira respira inspira désira expira vira livra délivra "
    "demeura jura environs éperons girons front affront tirons livrons"
)
_FUTURE = {
    "fr": re.compile(
        rf"(?<![\w-])(?!{_NOT_FUTURE}\b)(?:[a-zà-ÿ]*(?:er|ir|dr|vr|ttr|aur|ser|fer|ourr|err|îtr)(?:a|ont)|"
        rf"[a-zà-ÿ]*(?:er|ir|dr|aur|ser|fer|ourr)ons|"
        r"(?:va|vont|s'apprêtent? à|doit|doivent) (?:être |se |s'|la |le |les |l'|y |en |bientôt |prochainement "
        r")?[a-zà-ÿ]+(?:er|ir|re|oir))(?!\w)"
    ),
    "en": re.compile(
        r"\b(?:will|won't|shall|'ll|(?:is|are) (?:set|due|expected|scheduled|about|going) to|plans? "
        r"to)\b",
        re.IGNORECASE,
    ),
}


def modality(text: str, language: str) -> Modality:
    """How firmly the sentence states its claim; a hedge in a quote counts, for the claim is the quote's.

    "aurait été tué" is CONDITIONAL; "il a dit qu'il viendrait" only reports a FUTURE. A language other than French or
    English is read by the rules of both.
    """
    plain = shadow(text)
    tongues = (language,) if language in ("fr", "en") else ("fr", "en")
    if _ASKS.search(plain):
        return Modality.QUESTION
    readings = [_reading(plain, tongue) for tongue in tongues]
    return next((reading for reading in readings if reading is not Modality.FLAT), Modality.FLAT)


def _reading(plain: str, tongue: str) -> Modality:
    is_reported = False
    if tongue == "fr":
        if _PERFECT_FR.search(plain):
            return Modality.CONDITIONAL
        simple = [match for match in _CONDITIONAL_FR.finditer(plain) if not _HEDGES["fr"].fullmatch(match.group())]
        told = _TOLD_FR.search(plain)
        is_reported = bool(simple) and told is not None and told.end() <= simple[0].start() + 1
    else:
        simple = list(_WOULD.finditer(plain))
        told = _TOLD_EN.search(plain)
        is_reported = bool(simple) and told is not None and not any(match["perfect"] for match in simple)
    if simple and not is_reported:
        return Modality.CONDITIONAL
    if _HEDGES[tongue].search(plain):
        return Modality.HEDGED
    return Modality.FUTURE if is_reported or _FUTURE[tongue].search(plain) else Modality.FLAT
