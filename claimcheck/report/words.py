"""Every string a reader sees, in French and English, and how numbers and dates are written in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from claimcheck.report.review_words import REVIEW

# key: (French, English); "one|many" holds both numbers; an ordinary space before : ; ? ! % » becomes unbreakable.
_TABLE: dict[str, tuple[str, str]] = {
    **REVIEW,
    # page
    "title": ("Ce que disent {outlets}", "What {outlets} say"),
    "skip": ("Aller aux constats", "Skip to the findings"),
    "contents": ("Sommaire", "Contents"),
    "summary": ("En bref", "In brief"),
    "matrix": ("Qui dit quoi", "Who says what"),
    "findings": ("Constats", "Findings"),
    "timeline": ("Chronologie", "Timeline"),
    "solos": ("Dit par un seul média", "Said by only one outlet"),
    "texts": ("Les articles, phrase par phrase", "The articles, sentence by sentence"),
    "dropped": ("Texte écarté", "Text left aside"),
    "limits": ("Méthode et limites", "Method and limits"),
    "check_title": ("Ce que d'autres médias disent de cet article", "What other outlets say of this article"),
    "conflicts": ("Contradictions et divergences", "Contradicted or diverging"),
    "corroborated": ("Corroboré", "Corroborated"),
    "new": ("Nouveau : aucun autre média ne le dit", "New here: no other outlet says it"),
    "missing": ("Absent d'ici : dit ailleurs", "Missing here: said elsewhere"),
    "story": ("Le sujet dans le fonds", "The story in the corpus"),
    "opens": ("ouvre la source", "opens the source"),
    # counts
    "outlet": ("{n} média|{n} médias", "{n} outlet|{n} outlets"),
    "article": ("{n} article|{n} articles", "{n} article|{n} articles"),
    "sentence": ("{n} phrase comparée|{n} phrases comparées", "{n} sentence compared|{n} sentences compared"),
    "n_contradict": ("contradiction|contradictions", "contradiction|contradictions"),
    "n_diverge": ("divergence|divergences", "divergence|divergences"),
    "n_agree": ("accord|accords", "agreement|agreements"),
    "n_unrelated": ("sans rapport|sans rapport", "unrelated|unrelated"),
    "n_superseded": ("récit dépassé|récits dépassés", "overtaken account|overtaken accounts"),
    "conflict_count": ("{n} conflit|{n} conflits", "{n} conflict|{n} conflicts"),
    "in_conflict": ("en conflit avec un autre média", "in conflict with another outlet"),
    "origins": (
        "{n} origine indépendante|{n} origines indépendantes",
        "{n} independent origin|{n} independent origins",
    ),
    "more_pairs": (
        "{n} autre paire dit la même chose|{n} autres paires disent la même chose",
        "{n} further pair says the same|{n} further pairs say the same",
    ),
    "pairs_left": (
        "{n} autre dans l'export JSON ou CSV|{n} autres dans l'export JSON ou CSV",
        "{n} more in the JSON or CSV export|{n} more in the JSON or CSV export",
    ),
    "spans": ("{n} passage|{n} passages", "{n} passage|{n} passages"),
    # summary
    "period": ("Publiés du {first} au {last}.", "Published from {first} to {last}."),
    "one_day": ("Publiés le {first}.", "Published on {first}."),
    "top": ("Contradiction principale", "Main contradiction"),
    "top_diverge": ("Divergence principale", "Main divergence"),
    "see": ("Voir le constat {n}", "See finding {n}"),
    "no_conflict": ("Aucun conflit n'a été trouvé entre ces récits.", "No conflict was found between these accounts."),
    "agreement": (
        "Accord sur {n} point ; {k} avec au moins deux origines indépendantes."
        "|Accord sur {n} points ; {k} avec au moins deux origines indépendantes.",
        "Agreement on {n} point; {k} with at least two independent origins."
        "|Agreement on {n} points; {k} with at least two independent origins.",
    ),
    "no_agreement": ("Aucun accord n'a été trouvé entre ces récits.", "No agreement was found between these accounts."),
    "expected": (
        "D'après les probabilités affichées, attendez-vous à environ {k} fausse alerte sur {n} conflits."
        "|D'après les probabilités affichées, attendez-vous à environ {k} fausses alertes sur {n} conflits.",
        "Going by the probabilities shown, expect about {k} false alarm among {n} conflicts."
        "|Going by the probabilities shown, expect about {k} false alarms among {n} conflicts.",
    ),
    "one_outlet": ("Il faut au moins deux médias pour une comparaison.", "A comparison needs at least two outlets."),
    "incomplete": (
        "{n} document n'a pas pu être lu : voir les limites.|{n} documents n'ont pas pu être lus : voir les limites.",
        "{n} document could not be read: see the limits.|{n} documents could not be read: see the limits.",
    ),
    # check
    "n_corroborated": ("point corroboré|points corroborés", "corroborated point|corroborated points"),
    "n_new": ("affirmation nouvelle|affirmations nouvelles", "new claim|new claims"),
    "n_missing": ("point absent|points absents", "missing point|missing points"),
    "this_article": ("article vérifié", "the article checked"),
    "story_of": (
        "Confronté à {n} article de {outlets} sur le même sujet, parmi {held} dans le fonds."
        "|Confronté à {n} articles de {outlets} sur le même sujet, parmi {held} dans le fonds.",
        "Held against {n} article of {outlets} on the same story, among {held} in the corpus."
        "|Held against {n} articles of {outlets} on the same story, among {held} in the corpus.",
    ),
    "no_story": (
        "Aucun article d'un autre média sur le même sujet, parmi {held} dans le fonds : rien à comparer.",
        "No article of another outlet on the same story, among {held} in the corpus: nothing to compare.",
    ),
    "story_left": (
        "{n} autre article du sujet n'a pas été comparé (réglage check.articles)."
        "|{n} autres articles du sujet n'ont pas été comparés (réglage check.articles).",
        "{n} further article of the story was not compared (setting check.articles)."
        "|{n} further articles of the story were not compared (setting check.articles).",
    ),
    "story_aside": (
        "{n} article aux mêmes acteurs, publié à plus de {days} jours d'écart, n'a pas été comparé : voir le sujet."
        "|{n} articles aux mêmes acteurs, publiés à plus de {days} jours d'écart, n'ont pas été comparés : voir le "
        "sujet.",
        "{n} article on the same actors, published more than {days} days apart, was not compared: see the story."
        "|{n} articles on the same actors, published more than {days} days apart, were not compared: see the story.",
    ),
    "check_undated": (
        "Cet article n'a pas de date : son sujet a été cherché sans tenir compte du temps.",
        "This article has no date: its story was searched for without regard to time.",
    ),
    "held_undated": (
        "{n} article du sujet n'a pas de date.|{n} articles du sujet n'ont pas de date.",
        "{n} article of the story has no date.|{n} articles of the story have no date.",
    ),
    "one_origin": (
        "{n} accord vient d'une seule et même origine.|{n} accords viennent d'une seule et même origine.",
        "{n} agreement is of one and the same origin.|{n} agreements are of one and the same origin.",
    ),
    "reprinted": (
        "Même texte, même origine : ce n'est pas une corroboration",
        "Same text, same origin: no corroboration",
    ),
    "missing_why": (
        "Des phrases proches d'au moins {n} origines indépendantes, rapprochées par leur ressemblance sans être "
        "jugées, et la phrase de cet article qui s'en approche le plus (de 0 à 1).",
        "Similar sentences of at least {n} independent origins, matched by their likeness and not judged, and the "
        "sentence of this article that comes nearest (0 to 1).",
    ),
    "nearest_here": ("Au plus près dans cet article", "Nearest in this article"),
    "no_missing": (
        "Rien de ce que disent plusieurs médias ne manque ici.",
        "Nothing that several outlets say is missing here.",
    ),
    "aside": ("Mêmes acteurs, autre moment", "Same actors, another time"),
    "aside_why": (
        "Ces articles traitent d'un sujet proche mais sont trop éloignés dans le temps : ils n'ont pas été comparés.",
        "These articles are near in topic but too far in time: they were not compared.",
    ),
    "days_before": ("{n} jour plus tôt|{n} jours plus tôt", "{n} day earlier|{n} days earlier"),
    "days_after": ("{n} jour plus tard|{n} jours plus tard", "{n} day later|{n} days later"),
    "texts_check": (
        "L'article vérifié en entier, puis les phrases des autres citées plus haut. Les numéros renvoient aux "
        "constats.",
        "The article checked, whole, then the sentences of others cited above. The numbers lead to the findings.",
    ),
    # relations and their properties
    "relation": ("Relation", "Relation"),
    "relation.agree": ("Accord", "Agreement"),
    "relation.diverge": ("Divergence", "Divergence"),
    "relation.contradict": ("Contradiction", "Contradiction"),
    "relation.unrelated": ("Sans rapport", "Unrelated"),
    "time.superseded": ("Dépassé par un récit ultérieur", "Overtaken by a later account"),
    "time.same": ("Même moment", "Same time"),
    "time.undated": ("Dates inconnues", "Dates unknown"),
    "kind.outlets": ("Les médias se contredisent", "The outlets disagree"),
    "kind.speakers": ("Les personnes citées se contredisent", "The people quoted disagree"),
    "kind.same_speaker": ("La même personne a changé de version", "The same speaker changed their account"),
    "side.later": ("Récit ultérieur", "Later account"),
    "side.earlier": ("Dépassé", "Overtaken"),
    "aspect": ("Aspect", "Aspect"),
    "aspect.number": ("nombre", "number"),
    "aspect.date": ("date", "date"),
    "aspect.entity": ("personne ou organisation", "person or body"),
    "aspect.place": ("lieu", "place"),
    "aspect.negation": ("négation", "negation"),
    "aspect.antonym": ("contraire", "opposite"),
    "aspect.modality": ("certitude", "certainty"),
    "aspect.attribution": ("attribution", "attribution"),
    "aspect.evaluation": ("appréciation", "evaluation"),
    "aspect.position": ("position", "position"),
    "aspect.initiator": ("initiative", "initiator"),
    "aspect.cause": ("cause", "cause"),
    "aspect.scope": ("portée", "scope"),
    "aspect.quote": ("citation", "quote"),
    "aspect.other": ("autre", "other"),
    "modality.conditional": ("au conditionnel", "reported as unconfirmed"),
    "modality.hedged": ("avec réserve", "hedged"),
    "modality.future": ("annoncé", "announced"),
    "modality.question": ("question", "question"),
    "heading": ("titre ou intertitre", "heading"),
    "confidence": ("Confiance", "Confidence"),
    "confidence.4": ("très probable", "very likely"),
    "confidence.3": ("probable", "likely"),
    "confidence.2": ("assez probable", "fairly likely"),
    "confidence.1": ("incertain", "uncertain"),
    "abstained": ("indécis, à vérifier", "undecided, to be checked"),
    # card
    "finding": ("Constat {n}", "Finding {n}"),
    "differs": ("Ce qui diffère", "What differs"),
    "according": ("selon {speaker}", "according to {speaker}"),
    "undated": ("sans date", "no date"),
    "untitled": ("Sans titre", "Untitled"),
    "ref": ("réf. {id}", "ref. {id}"),
    "legend": (
        "Surligné : ce qui oppose ou rapproche les deux phrases. Souligné : mots absents de l'autre phrase. "
        "En gris : la phrase d'avant et celle d'après.",
        "Highlighted: what sets the two sentences apart or brings them together. Underlined: words the other "
        "sentence lacks. Grey: the sentences before and after.",
    ),
    "no_findings": (
        "Aucun constat : les articles ne partagent aucune affirmation comparable.",
        "No finding: the articles share no comparable claim.",
    ),
    "beyond": (
        "{n} autre constat, moins bien classé, n'est pas affiché ; il figure dans les exports JSON et CSV :"
        "|{n} autres constats, moins bien classés, ne sont pas affichés ; ils figurent dans les exports "
        "JSON et CSV :",
        "{n} further finding, ranked lower, is not shown; it is in the JSON and CSV exports:"
        "|{n} further findings, ranked lower, are not shown; they are in the JSON and CSV exports:",
    ),
    # matrix
    "topic": ("Sujet", "Topic"),
    "stance.asserts": ("affirme", "asserts"),
    "stance.denies": ("dément", "denies"),
    "stance.hedges": ("avec réserve", "hedges"),
    "stance.quotes": ("cite", "quotes"),
    "stance.silent": ("muet", "silent"),
    "no_topics": ("Aucun sujet commun.", "No common topic."),
    "more_topics": (
        "{n} autre sujet figure dans l'export JSON.|{n} autres sujets figurent dans l'export JSON.",
        "{n} further topic is in the JSON export.|{n} further topics are in the JSON export.",
    ),
    # timeline
    "overtakes": ("dépasse le récit de {outlet}", "overtakes the account of {outlet}"),
    "reprints": ("Reprises", "Reprints"),
    "reprints_why": (
        "Textes quasi identiques, comptés comme une seule origine :",
        "Near-identical texts, counted as one origin:",
    ),
    # solos
    "solos_why": (
        "Pour chaque affirmation, la phrase la plus proche trouvée ailleurs et sa ressemblance (de 0 à 1).",
        "For each claim, the nearest sentence found elsewhere and its similarity (0 to 1).",
    ),
    "nearest": ("Au plus près", "Nearest"),
    "no_nearest": ("Rien de proche n'a été trouvé ailleurs.", "Nothing close was found elsewhere."),
    "no_solos": ("Aucune affirmation isolée.", "No isolated claim."),
    "more_solos": (
        "{n} autre figure dans l'export JSON.|{n} autres figurent dans l'export JSON.",
        "{n} more is in the JSON export.|{n} more are in the JSON export.",
    ),
    # texts and dropped
    "texts_why": ("Les numéros renvoient aux constats.", "The numbers lead to the findings."),
    "texts_part": (
        "Le corpus est long : seules les phrases citées plus haut sont reproduites.",
        "The corpus is long: only the sentences cited above are reproduced.",
    ),
    "no_dropped": ("Rien n'a été écarté.", "Nothing was left aside."),
    "role.claim": ("affirmation", "claim"),
    "role.heading": ("titre", "heading"),
    "role.question": ("question", "question"),
    "role.credit": ("crédit", "credit"),
    "role.ad": ("publicité", "advertisement"),
    "role.appeal": ("appel aux lecteurs", "appeal to readers"),
    "role.image": ("image", "image"),
    "role.byline": ("signature", "byline"),
    "role.read_also": ("lire aussi", "read also"),
    "role.dateline": ("date et lieu", "dateline"),
    "role.fragment": ("fragment", "fragment"),
    # limits
    "caution": (
        "Ce rapport rapproche des récits ; il ne dit pas qui a raison. Relisez les deux phrases dans leur "
        "source avant toute publication.",
        "This report sets accounts side by side; it does not say who is right. Read both sentences at their "
        "source before publishing anything.",
    ),
    "measured": ("Erreur mesurée", "Measured error"),
    "no_measured": (
        "Les modèles de cette analyse n'indiquent aucune erreur mesurée.",
        "The models of this run state no measured error.",
    ),
    "models": ("Modèles", "Models"),
    "coverage": ("Couverture", "Coverage"),
    "settings": ("Réglages", "Settings"),
    "fingerprint": ("Empreinte des réglages", "Settings fingerprint"),
    "failures": ("Documents non lus", "Documents that could not be read"),
    "default": ("par défaut", "default"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "coverage.articles": ("articles", "articles"),
    "coverage.sentences": ("phrases", "sentences"),
    "coverage.dropped": ("passages écartés", "passages left aside"),
    "coverage.outlets": ("médias", "outlets"),
    "coverage.story_articles": ("articles du même sujet", "articles of the story"),
    "coverage.story_sentences": ("phrases du même sujet", "sentences of the story"),
    "coverage.held_articles": ("articles dans le fonds", "articles in the corpus"),
    "coverage.held_sentences": ("phrases dans le fonds", "sentences in the corpus"),
    "coverage.pairs": ("paires", "pairs"),
    "coverage.candidates": ("paires candidates", "candidate pairs"),
    "coverage.cross_pairs": ("paires possibles", "possible pairs"),
    "coverage.judged": ("paires jugées", "pairs judged"),
    # controls
    "filters": ("Filtres", "Filters"),
    "search": ("Rechercher", "Search"),
    "all": ("tous", "all"),
    "outlet_label": ("Média", "Outlet"),
    "at_least": ("Confiance minimale", "Minimum confidence"),
    "reset": ("Tout afficher", "Show all"),
    "shown": ("{n} sur {total} affichés", "{n} of {total} shown"),
    "help": ("Raccourcis clavier", "Keyboard shortcuts"),
    "close": ("Fermer", "Close"),
    "key.jk": ("constat suivant, précédent", "next, previous finding"),
    "key.123": (
        "afficher ou masquer accords, divergences, contradictions",
        "show or hide agreements, divergences, contradictions",
    ),
    "key.slash": ("rechercher", "search"),
    "key.help": ("cette aide", "this help"),
    "keys_on": ("Raccourcis actifs", "Shortcuts on"),
}
_MONTHS = {
    "fr": "janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre",
    "en": "January, February, March, April, May, June, July, August, September, October, November, December",
}
_COLUMN = {"fr": 0, "en": 1}
_FRENCH_SPACE = re.compile(r" (?=[:;?!%»])|(?<=«) ")


@dataclass(frozen=True, slots=True)
class Words:
    """The strings of one language, ``fr`` or ``en``."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """Return the string for ``key`` with its places filled in."""
        text = _TABLE[key][_COLUMN[self.language]].replace("'", "’")
        if self.language == "fr":
            text = _FRENCH_SPACE.sub("\u00a0", text)
        return text.format(**values) if values else text

    def known(self, key: str, fallback: str) -> str:
        """Return the string for ``key``, or ``fallback`` for a key that only the caller knows."""
        return self(key) if key in _TABLE else fallback

    def count(self, key: str, n: int, **values: object) -> str:
        """Return the singular or plural for ``n``: French says "0 accord", English "0 agreements"."""
        one, many = self(key).split("|")
        singular = n < 2 if self.language == "fr" else n == 1
        return (one if singular else many).format(n=self.integer(n), **values)

    def confidence(self, value: float) -> str:
        """Return a probability in words."""
        step = 4 if value >= 0.9 else 3 if value >= 0.75 else 2 if value >= 0.6 else 1
        return self(f"confidence.{step}")

    def integer(self, value: int) -> str:
        """1234 as "1 234" or "1,234"."""
        return f"{value:,}".replace(",", "\u202f") if self.language == "fr" else f"{value:,}"

    def decimal(self, value: float, places: int = 2) -> str:
        """0.456 as "0,46" or "0.46"."""
        text = f"{value:.{places}f}"
        return text.replace(".", ",") if self.language == "fr" else text

    def percent(self, value: float) -> str:
        """0.87 as "87 %" or "87%"; never 100 % for what is not certain."""
        whole = min(99, round(value * 100)) if value < 1 else 100
        return f"{whole}\u00a0%" if self.language == "fr" else f"{whole}%"

    def day(self, moment: datetime) -> str:
        """Return a date: "1er mars 2024", "1 March 2024"."""
        number = "1er" if self.language == "fr" and moment.day == 1 else str(moment.day)
        month = _MONTHS[self.language].split(", ")[moment.month - 1]
        return f"{number} {month} {moment.year}"

    def moment(self, moment: datetime | None) -> str:
        """Return a date with its time of day where one is known (midnight means that none is)."""
        if moment is None:
            return self("undated")
        if (moment.hour, moment.minute) == (0, 0):
            return self.day(moment)
        return f"{self.day(moment)}, {moment:%H:%M}{_offset(moment)}"


def words_for(language: str) -> Words:
    """Return the words of ``language``; English for any language that has none."""
    return Words("fr" if language.casefold().startswith("fr") else "en")


def _offset(moment: datetime) -> str:
    shift = moment.utcoffset()
    if shift is None:
        return ""
    minutes = round(shift.total_seconds() / 60)
    if not minutes:
        return " UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return f" UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
