"""Capitalised words that are no names, and words that go with names, in French and English."""

from __future__ import annotations

from claimcheck.text.lexicon import words

HONORIFICS = r"MM|M|Mmes?|Mlles?|Mgr|Mr|Mrs|Ms|Dr|Drs|Pr|Me|Sir|Lord|Lady|Dame"

# Dropped in front of a name, folded.
RANKS = words(
    "m mm mme mmes mlle mlles mgr mr mrs ms dr drs pr me sir lord lady dame president prime minister foreign "
    "defence defense interior secretary senator sen rep representative gov governor mayor king queen prince "
    "princess pope general gen colonel col captain capt lieutenant lt sergeant admiral judge justice chancellor "
    "chief chairman chairwoman professor prof premier premiere ministre vice-president former ex-president emperor "
    "sheikh imam father sister brother attorney ambassador spokesman spokeswoman congressman congresswoman "
    "commissioner director state treasury le la les l'"
)

# Whose "de", "du" or "of" belongs to the name, folded.
INSTITUTIONS = words(
    "quai conseil ministere assemblee banque cour universite parti union front bureau departement maison chambre "
    "stade organisation commission autorite agence federation ligue tribunal port institut centre ecole academie "
    "comite confederation direction societe association alliance mouvement rassemblement palais place rue avenue "
    "radio hotel haute haut service office garde armee caisse mairie ambassade elections observatoire cap pont mont "
    "ile iles cote surete bank university court department ministry house chamber council party institute office "
    "bureau centre center college federation association league church bay gulf isle port duke prince university "
    "republic board city state guardian surete saint sainte communaute collectif syndicat chambre grand grande"
)

# Never a name by itself, folded: months, days, nationalities, "I".
NEVER = words(
    "i i'm i've i'll i'd monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug "
    "sep sept oct nov dec russian russians ukrainian ukrainians american americans french british german germans "
    "european europeans italian italians spanish polish chinese english israeli israelis palestinian palestinians "
    "turkish iranian canadian australian m mm mme mmes mr mrs ms dr pr me st ste internet noel paques god dieu ok "
    "covid president prime minister premier ministre prime_minister foreign_minister photo video afp_photo "
    "etat_major"
)

# Ordinary words that open sentences, in lower case.
COMMON = words(
    "le la les l un une des du de d au aux à a ce cet cette ces c ça cela ceci il elle ils elles on je j tu nous "
    "vous y en mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs qui que qu quoi dont où quel quelle "
    "quels quelles et ou mais or ni car donc puis ainsi alors aussi après avant avec chez contre dans depuis "
    "derrière dès devant durant entre envers hors jusque jusqu lors lorsque malgré outre par parmi pendant plus "
    "pour pourtant près puisque quand sans sauf selon si sous sur tandis tout toute toutes tous très trop vers "
    "voici voilà comme comment pourquoi combien autant autre autres aucun aucune certains certaines chaque "
    "plusieurs quelques peu beaucoup bien bientôt encore enfin ensuite cependant néanmoins toutefois notamment seul "
    "seule seuls seules désormais aujourd'hui hier demain lundi mardi mercredi jeudi vendredi samedi dimanche "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre interrogé interrogée "
    "interrogés interrogées sollicité sollicitée contacté contactée joint jointe faute face grâce d'après d'ici "
    "côté quant loin deux trois quatre cinq six sept huit neuf dix onze douze cent mille c'est n'est s'est l'un "
    "qu'il qu'elle d'autres monsieur madame messieurs mesdames premier première deuxième troisième mi né née sitôt "
    "reste restent faut vraiment non oui pas rien personne ceux celles celui celle lui eux même mêmes moins mieux "
    "the a an and or but nor so yet he she it they we you his her its their our your my this that these those there "
    "here in on at by for from to of with without within under over after before during since until while when "
    "where who whom whose which what why how if as because although though unless than then thus also not no yes "
    "all any each every both some several many most more much few other others another such only even still just "
    "now today yesterday tomorrow one two three four five six seven eight nine ten hundreds dozens thousands nobody "
    "everyone someone nothing according asked speaking despite meanwhile however earlier later last next back about "
    "against among around behind below beside between beyond down inside near off onto out outside through toward "
    "towards up upon via let's it's he's she's that's don't didn't isn't wasn't we're they're you're i'm was were "
    "is are be been has have had do does did will would can could should may might must"
)
