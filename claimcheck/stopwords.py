"""Words that name no subject, in French and English: grammar, reporting verbs and the calendar."""

from __future__ import annotations

_FRENCH = """
juste veux veut veulent bon bonne président présidente allons avance avancer chef pays
a ai ait alors après as assez au aucun aucune aujourd'hui auprès auquel aura aurait auraient auront aussi autant
autour autre autres aux avaient avait avant avec avoir avons ayant bien car ce ceci cela celle celles celui
cependant certain certaine certaines certains ces cet cette ceux chaque chez ci combien comme comment contre dans de
des depuis dernier dernière derniers dernières derrière desquels dessous dessus devant devrait devraient doit
doivent donc dont du dû elle elles en encore enfin ensuite entre envers environ es est et étaient était étant été
être eu eux fait faire faut font furent fut grâce hors ici il ils jamais je jusqu jusque la là laquelle le lequel
les lesquelles lesquels leur leurs lors lorsque lui ma mais malgré me même mêmes mes mieux moins mon ne ni non nos
notre nous nouveau nouvelle nouveaux nouvelles on ont ou où par parce parmi pas pendant peu peut peuvent plus
plusieurs plutôt point pour pourquoi pourrait pourraient pourtant près presque pris puis puisque qu quand quant que
quel quelle quelles quelque quelques quels qui quoi rien sa sans sauf se selon sera serait seraient seront ses seul
seule seulement si sien soit son sont sous sur ta tandis tant tel telle telles tels toujours tous tout toute toutes
très trop tu un une vers via voici voilà vos votre vous vraiment y jour jours mois an ans année années heure heures
minute minutes fois part partie deux trois quatre cinq six sept huit neuf dix mille million millions milliard
milliards premier première mis mettre aller va vont
"""
_FRENCH_REPORTING = """
affirme affirmé affirmer ajoute ajouté annonce annoncé annoncer assure assuré confie confié déclare déclaré dire dit
dite dits estime estimé explique expliqué indique indiqué précise précisé rappelle rappelé raconte raconté souligne
souligné source sources
"""
_CALENDAR = """
lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre
octobre novembre décembre monday tuesday wednesday thursday friday saturday sunday january february march april may
june july august september october november december matin soir hier demain morning evening yesterday today tomorrow
"""
_ENGLISH = """
want wants going still president
about above after again against all also although am among an and any are around as at be because been before being
below between both but by can could day days did do does doing down during each either even every few first five for
four from further had has have having he her here hers him his how however i if in into is it its just last less
made make many might more most much must my new no nor not now of off on once one only onto or other others our out
over own per said same say says she should since so some still such ten than that the their them then there these
they this those though three through to told too two under until up upon us very was we week weeks were what when
where which while who whom whose why will with within without would year years you your according added announced
asked called stated
"""
STOP_WORDS = frozenset(word for words in (_FRENCH, _FRENCH_REPORTING, _CALENDAR, _ENGLISH) for word in words.split())
