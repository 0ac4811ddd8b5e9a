"""The words by which a phrase is known to mean somebody who can speak, in French and English."""

from __future__ import annotations

import re

from claimcheck.text.lexicon import either, words
from claimcheck.text.offices import TITLES
from claimcheck.text.phrases import DETERMINERS

FEMININE = words("elle elles she her")
LINK = re.compile(
    r"(?:^|[ '(])(?:de|d'|du|des|de la|de l'|à|au|aux|en|of|of the|in|at|for|from|by|to|sur|dans|"
    r"pour|chez)(?: (?:la|le|l'|les|the))? ?$",
    re.IGNORECASE,
)
GOVERNED = re.compile(r"\b(?:of|in|at|for|from|by|to|with)(?: [a-z-]+){1,5} $")
HONORIFIC = re.compile(r"(?:M|MM|Mme|Mmes|Mlle|Mr|Mrs|Ms|Dr|Me|Pr)\.? $")
WORDS_KEPT = 9
PLURAL = words("ils elles eux they them")
HEAD = re.compile(
    r"(?:(?:l'un des|l'une des|un des|une des|one of the|le|la|les|l'|un|une|des|ce|cet|cette|ces|son|sa|ses|"
    r"leur|leurs|notre|nos|the|a|an|its|his|her|"
    r"their|deux|trois|plusieurs|certains|certaines|quelques|two|three|several|some|many)(?: |(?<='))){0,3}"
    r"(?:(?:haut|haute|hauts|ancien|ancienne|nouveau|nouvelle|premier|première|jeune|autre|autres|même|mêmes|"
    r"principal|principale|\d+[eᵉ]|"
    r"senior|top|former|local|other|new) ){0,2}(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)*)(?!')",
    re.IGNORECASE,
)
DEFINITE = re.compile(r"(?:le|la|l'|les|the|ce|cette|cet|ces|this)(?: |(?<='))", re.IGNORECASE)
DETERMINED = re.compile(rf"(?:{either(DETERMINERS)}|des)(?: |(?<='))|[ldLD]'", re.IGNORECASE)
# What stands before a verb of saying without ever speaking, folded.
MUTE = words(
    "bilan accord texte appel conflit image images video videos guerre situation chose fois jour annee heure nuit "
    "matin soir idee raison cause question reponse crise tension trait bruit debut fin suite mesure loi projet plan "
    "budget chiffre chiffres cours prix bourse marche taux hausse baisse deal war shares price prices vote scrutin "
    "tir frappe attaque explosion pluie eau crue monde tout rien cela ca ceci ce c'est tous ici on it there this "
    "that what which decision proposition demande offre negociation negociations discussion discussions visite "
    "rencontre reunion sommet"
)
PERSON_NOUNS = words(
    "magistrat magistrate interesse interessee syndicaliste ministre elu elue president presidente maire "
    "responsable dirigeant dirigeante avocat avocate depute deputee chercheur chercheuse politologue economiste "
    "historien historienne sociologue expert experte specialiste diplomate general colonel officier medecin "
    "procureur procureure prefet prefete directeur directrice candidat candidate entraineur joueur attaquant "
    "agriculteur militant militante opposant opposante senateur senatrice ambassadeur ambassadrice professeur "
    "professeure porte-parole minister president mayor lawyer professor expert spokesman spokeswoman official "
    "leader"
)
BODY_NOUNS = words(
    "entreprise groupe agence compagnie caisse societe constructeur exploitant etablissement organisation "
    "association syndicat collectif federation autorite institution enseigne distributeur club ong regulateur "
    "company group agency firm insurer operator union watchdog regulator club charity"
)
SPEAKING = re.compile(
    rf"(?:{TITLES}|"
    + either(
        "source sources expert experts experte fonctionnaire responsable responsables gouvernement ministère "
        "parquet préfecture police présidence direction syndicat parti opposition armée porte-parole autorités "
        "agence association avocats avocat avocate proche proches entourage habitants habitant témoin témoins "
        "famille chercheurs organisateurs militaires officials official government ministry police spokesman "
        "company analysts experts critics opposition prosecutors army authorities residents diplomats diplomates "
        "négociateurs négociateur observateurs spécialistes pompiers gendarmes enquêteurs service services élus "
        "collectif fédération mairie commission ambassade institut entreprise groupe club société exploitant camp "
        "cabinet union médias journal quotidien hebdomadaire portail chaîne site riverains salariés agriculteurs "
        "ong onu armée rebelles correspondant correspondante spokespeople relatives aides lawmakers lawyers "
        "villageois employés infirmière officier officière collègue collègues allié alliés partisan partisans "
        "concurrent rival rivaux investisseur courtier cabinet équipe équipes gérant gérante patronat mission "
        "délégation rédaction chaine organisation confédération centrale hôtelier adjoint pêcheur pêcheurs "
        "mouvement régulateur gestionnaire opérateur distributeur primature laboratoire député députée médecins "
        "hôpital"
    )
    + r")s?",
    re.IGNORECASE,
)
