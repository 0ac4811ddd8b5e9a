"""Names that go by several spellings: one key for each, in both languages. Keys are folded and French where known."""

from __future__ import annotations

from claimcheck.text.lexicon import fold

# Spellings of single words, as they occur inside longer names as well.
_SPELLINGS = """
zelensky: zelenskyy zelenskiy zelenski zelenskyi selenskyj
volodymyr: wolodymyr volodimir
poutine: putin
medvedev: medvedyev
peskov: peskow
lavrov: lawrow
dmitri: dmitry dimitri dmitrij dmitriy
sergueï: sergei sergey serguei sergej
netanyahou: netanyahu nétanyahou
xi: xi
kiev: kyiv kyïv
moscou: moscow moskva
kharkiv: kharkov
odessa: odesa
marioupol: mariupol
londres: london
bruxelles: brussels
genève: geneva
pékin: beijing
athènes: athens
rome: roma
lisbonne: lisbon
varsovie: warsaw
vienne: vienna
le_caire: cairo
téhéran: tehran
jérusalem: jerusalem
ukraine: ukraina
russie: russia
france: france
allemagne: germany
italie: italy
espagne: spain
pologne: poland
belgique: belgium
suisse: switzerland
autriche: austria
grèce: greece
turquie: turkey türkiye turkiye
chine: china
japon: japan
inde: india
brésil: brazil
mexique: mexico
algérie: algeria
maroc: morocco
tunisie: tunisia
égypte: egypt
libye: libya
israël: israel
syrie: syria
liban: lebanon
irak: iraq
arabie_saoudite: saudi_arabia
jordanie: jordan
hongrie: hungary
roumanie: romania
bulgarie: bulgaria
serbie: serbia
croatie: croatia
slovaquie: slovakia
tchéquie: czechia czech_republic république_tchèque
suède: sweden
norvège: norway
finlande: finland
danemark: denmark
pays-bas: netherlands
irlande: ireland
écosse: scotland
angleterre: england
europe: europe
afrique: africa
asie: asia
bélarus: biélorussie belarus
géorgie: georgia
arménie: armenia
moldavie: moldova
guinée: guinea
sénégal: senegal
cameroun: cameroon
corée_du_nord: north_korea
corée_du_sud: south_korea
nouvelle-zélande: new_zealand
afrique_du_sud: south_africa
malte: malta
crimée: crimea
koursk: kursk
paris: paris
berlin: berlin
madrid: madrid
ankara: ankara
oslo: oslo
riyad: riyadh
strasbourg: strasbourg
"""
# Whole names.
_WHOLE = """
etats-unis: usa us u.s. u.s.a. united_states united_states_of_america etats_unis états-unis_d'amérique
royaume-uni: uk u.k. united_kingdom grande-bretagne great_britain britain
otan: nato o.t.a.n. alliance_atlantique
onu: un u.n. united_nations nations_unies
union_europeenne: ue eu e.u. european_union union_européenne union
commission_europeenne: european_commission
parlement_europeen: european_parliament
maison-blanche: white_house maison_blanche
kremlin: kremlin
pentagone: pentagon
bureau_ovale: oval_office
conseil_de_securite: security_council
cour_penale_internationale: cpi icc international_criminal_court
croix-rouge: red_cross
cicr: icrc
oms: who world_health_organization organisation_mondiale_de_la_santé
fmi: imf international_monetary_fund
bce: ecb european_central_bank
donald_trump: trump donald_j._trump
vladimir_poutine: poutine
volodymyr_zelensky: zelensky
joe_biden: biden joseph_biden
emmanuel_macron: macron
dmitri_peskov: peskov
sergueï_lavrov: lavrov
pete_hegseth: hegseth
marco_rubio: rubio
jd_vance: vance j.d._vance j._d._vance
ursula_von_der_leyen: von_der_leyen
benyamin_netanyahou: netanyahou benjamin_netanyahou
manche: english_channel
washington: washington_d.c.
"""


def _table(text: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in text.strip().splitlines():
        key, spellings = (part.strip() for part in line.split(":"))
        canonical = fold(key.replace("_", " "))
        table[canonical] = canonical
        table.update({fold(spelling.replace("_", " ")): canonical for spelling in spellings.split()})
    return table


_WORDS = _table(_SPELLINGS)
_NAMES = _table(_WHOLE)
_PEOPLE = frozenset(
    ["zelensky", "volodymyr", "poutine", "medvedev", "peskov", "lavrov", "dmitri", "serguei", "netanyahou", "xi"]
)


def canonical(name: str) -> str:
    """The key of a name by its spelling alone: "Vladimir Putin" and "Poutine" are both "vladimir poutine"."""
    folded = fold(name)
    if folded in _WORDS:
        folded = _WORDS[folded]
    elif folded not in _NAMES:
        folded = " ".join(_WORDS.get(word, word) for word in folded.split(" "))
    return _NAMES.get(folded, folded)


def is_known(name: str) -> bool:
    """Whether the table knows this name."""
    folded = fold(name)
    return folded in _WORDS or folded in _NAMES


def is_place(name: str) -> bool:
    """Whether the table knows this name as a country, a town or a continent."""
    key = _WORDS.get(fold(name), "")
    return bool(key) and key not in _PEOPLE
