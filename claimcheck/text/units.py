"""Units of measure and the nouns that count people, in French and English, under one canonical name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimcheck.text.lexicon import words

_TABLE = """
% 1: pour_cent pourcent percent per_cent
point 1: points_de_pourcentage point_de_pourcentage percentage_points percentage_point
EUR 1: euro euros eur
USD 1: dollar dollars usd dollars_américains us_dollars
CAD 1: dollars_canadiens canadian_dollars
GBP 1: livres_sterling livre_sterling pounds pound pounds_sterling gbp
CHF 1: francs_suisses franc_suisse swiss_francs chf
XOF 1: francs_cfa franc_cfa fcfa
RUB 1: rouble roubles ruble rubles
UAH 1: hryvnia hryvnias
JPY 1: yen yens
CNY 1: yuan yuans
minute 0.0166666666666666667: seconde secondes second seconds
minute 1: minute minutes min mn mins
minute 60: heure heures hour hours h hrs
minute 1440: jour jours day days journée journées
minute 10080: semaine semaines week weeks
month 1: mois month months
month 12: an ans année années year years
km 1: km kilomètre kilomètres kilometre kilometres kilometer kilometers
km 0.001: m mètre mètres metre metres meter meters
km 0.00001: cm centimètre centimètres centimetre centimetres
km 1.609344: mile miles
km² 1: kilomètres_carrés kilomètre_carré square_kilometres square_kilometers
km² 0.01: hectare hectares ha
tonne 1: tonne tonnes
tonne 0.001: kg kilo kilos kilogramme kilogrammes kilogram kilograms
litre 1: litre litres liter liters
m³ 1: mètres_cubes mètre_cube cubic_metres cubic_meters
MW 1: mw mégawatt mégawatts megawatt megawatts
MW 1000: gw gigawatt gigawatts
°C 1: degré degrés degree degrees
"""
_SYMBOL = re.compile(r" ?(?P<symbol>%|€|\$|£|°C|km²|km2|m³|m3|km/h|mph)(?!\w)")
_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "km2": "km²", "m3": "m³"}
_PREFIX = re.compile(r"(?:(?<![^\W\d_])(?:US)?\$|€|£|(?<!\w)CHF|(?<!\w)Fr\.) ?$")
_PREFIXES = {"$": "USD", "€": "EUR", "£": "GBP", "CHF": "CHF", "Fr.": "CHF"}
_WORD = re.compile(
    r"(?:[ -]|(?<=\d))(?:de |d'|of )?(?P<first>[^\W\d_]+)(?: (?P<second>[^\W\d_]+)(?: (?P<third>[^\W\d_]+))?)?"
)
_LINKED = re.compile(r"[ -](?:de |d'|of )")
_LETTERS = frozenset({"h", "m", "min", "mn", "km", "kg", "cm", "ha", "mw", "gw"})

# Words for people, under one head for all spellings where both languages count the same fate.
_FATES = {
    "morts": words(
        "mort morts morte mortes tué tués tuée tuées décès victimes_mortelles dead deaths killed fatalities"
    ),
    "blessés": words("blessé blessés blessée blessées injured wounded injuries"),
    "disparus": words("disparu disparus disparue disparues missing"),
    "personnes": words("personne personnes people person persons"),
    "manifestants": words("manifestant manifestants protesters demonstrators protester"),
    "soldats": words("soldat soldats soldier soldiers troops"),
    "otages": words("otage otages hostage hostages"),
    "enfants": words("enfant enfants child children"),
    "salariés": words("salarié salariés employee employees"),
    "habitants": words("habitant habitants inhabitant inhabitants residents"),
    "policiers": words("policier policiers officers"),
    "victimes": words("victime victimes victim victims casualties"),
    "civils": words("civil civils civilian civilians"),
}
_PEOPLE = words(
    "homme hommes femme femmes militaire militaires gendarme gendarmes pompier pompiers migrant migrants migrants "
    "réfugié réfugiés passager passagers passagère passagères voyageur voyageurs élève élèves étudiant étudiants "
    "député députés élu élus électeur électeurs adhérent adhérents partisan partisans prisonnier prisonniers détenu "
    "détenus assuré assurés client clients patient patients malade malades ouvrier ouvriers agriculteur "
    "agriculteurs sauveteur sauveteurs riverain riverains supporteur supporteurs spectateur spectateurs participant "
    "participants garçon garçons fille filles fillette fillettes français étrangers étranger secouristes dirigeants "
    "ministres men women man woman prisoners migrants refugees passengers students workers voters supporters "
    "patients deputies lawmakers firefighters rescuers ressortissants ressortissant citizens citizen militants "
    "militant suspects suspect"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit with the factor that leads to it, and where its written form ends."""

    name: str
    factor: float
    end: int


def _surfaces() -> dict[str, tuple[str, float]]:
    table: dict[str, tuple[str, float]] = {}
    for line in _TABLE.strip().splitlines():
        canonical, spellings = line.split(":")
        name, factor = canonical.split()
        table.update({spelling: (name, float(factor)) for spelling in words(spellings)})
    return table


_SURFACES = _surfaces()
_COUNTED_SINGLY = ("morts", "blessés", "disparus", "personnes", "otages", "victimes")
_HEADS = {spelling: head for head, spellings in _FATES.items() for spelling in spellings}


def unit_at(plain: str, place: int) -> Unit | None:
    """The unit written right after a number that ends at ``place``: " %", " d'euros", "-minute", "km"."""
    symbol = _SYMBOL.match(plain, place)
    if symbol:
        name = symbol["symbol"]
        return Unit(_SYMBOLS.get(name, name), 1.0, symbol.end())
    match = _WORD.match(plain, place)
    if match is None or (plain[place] not in " -" and match["first"].casefold() not in _LETTERS):
        return None
    for last in ("third", "second", "first"):
        if match[last] is None:
            continue
        known = _SURFACES.get(plain[match.start("first") : match.end(last)].casefold())
        if known and not (last == "first" and len(match["first"]) == 1 and _LINKED.match(plain, place)):
            return Unit(*known, match.end(last))
    return None


def prefix_unit(plain: str, start: int) -> Unit | None:
    """The currency sign right before a number that begins at ``start``; ``end`` is where the sign begins."""
    match = _PREFIX.search(plain, max(start - 5, 0), start)
    return Unit(_PREFIXES[match.group().strip().removeprefix("US")], 1.0, match.start()) if match else None


def counts_people(noun: str) -> bool:
    """Whether ``noun`` (lower case) counts people."""
    return noun in _HEADS or noun in _PEOPLE


def counts_fate(noun: str) -> bool:
    """Whether "un" or "one" before ``noun`` (lower case) is a count: "un mort", "une personne", "one hostage"."""
    return _HEADS.get(noun) in _COUNTED_SINGLY


def canonical_head(noun: str) -> str:
    """One head for all spellings of a fate ("killed", "tués" -> "morts"); other nouns as they are."""
    return _HEADS.get(noun, noun)
