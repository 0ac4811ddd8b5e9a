"""Whether a short line makes a claim: "Paris refuse de signer" does, "Les coulisses d'un accord" does not.

Without a tagger, a finite verb is recognised by closed lists, by endings and by the words that only stand beside one.
"""

from __future__ import annotations

import re

from claimcheck.text.lexicon import words
from claimcheck.text.shadow import shadow

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")

_VERBS = words(
    "est sont a ont fait font va vont peut peuvent doit doivent veut veulent dit disent sait savent faut vaut "
    "tient tiennent vient viennent devient deviennent prend prennent met mettent perd perdent rend rendent reste "
    "restent demeure semble paraît voit voient suit meurt meurent naît permet permettent promet promettent sort "
    "part partent accepte accuse adopte affirme alerte annonce annule appelle approuve arrête assure attaque "
    "attend attribue augmente autorise avertit baisse bloque bombarde cède cesse cherche choisit condamne "
    "confirme conteste convient crée craint critique cumule décide déclare défend demande dément dénonce déplore "
    "dépose désigne détient dévoile écarte échappe échoue efface élit embauche enquête envisage espère estime "
    "évacue évite évoque exclut exige explique ferme fuit gagne garantit ignore impose inquiète interdit invite "
    "juge lance licencie livre maintient manque menace mène montre négocie nie nomme obtient occupe offre oppose "
    "ordonne ouvre paie paye persiste plaide porte poursuit précise prévoit propose proteste prouve provoque "
    "publie quitte ramène rappelle rassure recommande reconnaît recule refuse rejette relance renonce renforce "
    "repart répond reporte reprend respire retire réclame révèle risque rompt salue sauve signe souhaite soutient "
    "subit succède suspend témoigne tombe touche traverse trouve tue valide vend vise vote accusent affirment "
    "annoncent appellent assurent attendent confirment contestent craignent demandent démentent dénoncent "
    "estiment exigent manifestent menacent négocient occupent protestent quittent réclament refusent rejettent "
    "reprennent risquent saluent signent soutiennent votent eut fut eurent furent soit aura auront is are was "
    "were has have had will would can could may might must should does do did says said tells told seeks sought "
    "denies denied rejects rejected refuses refused accepts accepted confirms confirmed backs backed warns warned "
    "calls called agrees agreed signs signed wins won loses lost kills killed dies died falls fell rises rose "
    "draws drew hits hit meets met faces faced makes made takes took gives gave gets got goes went comes came "
    "keeps kept holds held leaves left leads led loses claims claimed vows vowed urges urged wants wanted needs "
    "needed plans planned opens opened closes closed launches launched resigns resigned quits arrests arrested"
)
_ENDINGS = re.compile(r".{2,}(?:ait|aient|erait|irait|eraient|iraient|eront|iront|èrent|era|issent|issait)")
_NOT_VERBS = words(
    "caméra opéra choléra lait trait fait parfait extrait retrait portrait attrait souhait bienfait satisfait distrait"
)
_SUBJECTS = words("il elle ils elles on je j'ai c'est c'était he she it they we i there's it's he's")
_BESIDE_VERBS = ("n'", "s'", "qu'il", "qu'elle", "qu'on")
_NEGATION = words("pas sans aucun aucune jamais ni no not without never")
# "L'Ostrie troque des mines": a name, one word that looks like a verb, an article.
_NAME_VERB_ARTICLE = re.compile(
    r"(?:^|[ '])[A-ZÀ-Ý][\w-]{1,30} (?!(?:avant|devant|durant|pendant|entre|contre|comme|face|suite) )"
    r"[a-zà-ÿ]{2,20}(?:e|t|d) (?:l'|d'|(?:le|la|les|un|une|des|du|au|aux|son|sa|ses|"
    r"leur|leurs|the|a|an|its|his|her|their) )"
)


def asserts(line: str) -> bool:
    """Whether ``line`` holds a finite verb, or denies: "Pas d'accord en vue", "Un sommet sans l'Ukraine"."""
    plain = shadow(line)
    tokens = _WORD.findall(plain)
    if any(_is_finite(word) for word in tokens[1:]) or _NAME_VERB_ARTICLE.search(plain):
        return True
    denials = [place for place, word in enumerate(tokens) if word.casefold() in _NEGATION]
    named = any(_bare(word)[:1].isupper() for word in tokens[1:])
    return bool(denials) and (denials[0] == 0 or (named and len(tokens) > 4))


def _is_finite(word: str) -> bool:
    key = word.casefold()
    if key in _SUBJECTS or key in ("ne", "se") or key.startswith(_BESIDE_VERBS):
        return True
    if word[:1].isupper():
        return False
    bare = _bare(key)
    return bare in _VERBS or (bare not in _NOT_VERBS and _ENDINGS.fullmatch(bare) is not None)


def _bare(word: str) -> str:
    """``word`` without the elided one before it: "l'annonce" -> "annonce"."""
    return word.rsplit("'", 1)[-1] if "'" in word else word
