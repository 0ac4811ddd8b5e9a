"""The patterns of what is no claim in a news page, French and English, in three tables.

All patterns read the shadow of a text and are bounded: none can take more than linear time.
"""

from __future__ import annotations

import re

from claimcheck.types import Role

Rule = tuple[Role, str, re.Pattern[str]]

NAME = r"[A-ZÀ-Ý][\w.'-]{0,30}"
_LEAD = r"[^\w(\"«|]{0,6}"
_SIGN = r"\(?(?:[a-z]{1,5}(?:-[a-z]{1,4})?|[A-Z]{2,5})(?:/[A-Za-z]{1,5}){1,4}\)?\.?"


def _rule(role: Role, reason: str, *alternatives: str, case: bool = False) -> Rule:
    return role, reason, re.compile("|".join(alternatives), re.MULTILINE | (0 if case else re.IGNORECASE))


# Matched at the start: they speak for a whole line as well as for a sentence.
ANCHORED = (
    _rule(Role.IMAGE, "image gallery caption", r"\d{1,3} ?/ ?\d{1,3} (?=\w)"),
    _rule(Role.IMAGE, "address of a page or image", r"\W{0,3}(?:https?://|www\.)\S+\W{0,3}$"),
    _rule(
        Role.CREDIT,
        "photo credit",
        rf"{_LEAD}\(?(?:©|crédits?(?: (?:photos?|images?|vidéos?))? ?[:©/]|credits? ?:|copyright\b)",
        rf"{_LEAD}\(?(?:photos?|images?|illustrations?|infographies?|vidéos?|videos?|pictures?|graphics?)"
        r"(?: d'(?:illustration|archives?)[^.:]{0,20}| by| credit)? ?[:/©)]",
    ),
    _rule(
        Role.CREDIT,
        "photo credit",
        rf"{_LEAD}\(?Photos? (?:d'archives )?{NAME}(?:(?: | ?/ ?)(?:d[eu] |la |le |l')?{NAME}){{0,8}}\)?$",
        rf"{_LEAD}Photos? (?:{NAME} (?:[\w'-]{{1,30}} ){{0,3}}:|DR\b)",
        case=True,
    ),
    _rule(
        Role.READ_ALSO,
        "link to another article",
        rf"{_LEAD}(?:à )?(?:re)?(?:lire|voir|écouter|réécouter|regarder|revoir|découvrir)"
        r"(?: (?:aussi|également|encore|notre \w{1,20}))? ?[:>→]",
        rf"{_LEAD}(?:à )?(?:re)?(?:lire|voir) (?:aussi|également)\b",
        rf"{_LEAD}(?:read|see|watch|listen)(?: (?:also|more|next|now))? ?[:>→]",
        rf"{_LEAD}(?:also read|read (?:also|more)|see also|more on this(?: story)?)\b",
        rf"{_LEAD}related(?: articles?| stories)? ?:",
        rf"{_LEAD}(?:sur le même (?:sujet|thème)|dans la même rubrique|pour aller plus loin|à (?:lire|suivre) sur)\b",
        rf"{_LEAD}(?:notre|le|nos) (?:dossiers?|sélection|articles?) ?:",
        rf"{_LEAD}(?:lire (?:notre|nos|la suite)\b|more on [^.]{{1,60}}$|photo gallery ?:)",
        rf"{_LEAD}retrouvez (?:l'(?:interview|entretien|invitée?|émission)|tou(?:s|tes) (?:nos|les))\b",
    ),
    _rule(
        Role.READ_ALSO,
        "audio or video link",
        rf"{_LEAD}(?:(?:ré)?écout(?:er|ez)|regard(?:er|ez)|listen to|watch|podcast ?:) (?:ici )?"
        r"(?:(?:le|la|notre|cet|cette|ce|our|the|this) |l')"
        r"(?:reportage|décryptage|podcast|épisode|entretien|émission|chronique|vidéo|interview|report|episode|full)\b",
    ),
    _rule(Role.READ_ALSO, "page reference", r"\(?(?:suite|lire|voir)(?: en)? (?:page|p\.) ?\d{1,3}\)?\.?$"),
    _rule(
        Role.BYLINE,
        "byline",
        rf"{_LEAD}(?i:par|by|de notre (?:envoyée?|correspondante?)(?: spéciale?)?|texte|text|reportage) ?:? "
        rf"{NAME}(?:,? (?:(?i:et|and|à|in|de|avec|with) )?{NAME}){{0,8}}(?:,? [\w ]{{1,40}})?$",
        case=True,
    ),
    _rule(
        Role.BYLINE,
        "byline",
        rf"{_LEAD}\(?(?:propos (?:et \w{{1,20}} )?)?recueillis? par\b",
        rf"{_LEAD}\(?(?:interview(?:ed)? (?:réalisée )?(?:par|by)|entretien réalisé par)\b",
        rf"{_LEAD}\(?avec (?:la (?:collaboration|contribution)|les informations|l'aide) d",
        rf"{_LEAD}\(?avec (?:(?:notre|nos) correspondante?s?\b|(?:l')?(?:afp|ap|reuters|agences?)\b.{{0,40}}$)",
        rf"{_LEAD}\(?(?:additional reporting|reporting by|editing by|edited by|written by|translated by)\b",
        rf"{_LEAD}\(?(?:traduit (?:de|par)\b|traduction ?:|collaboration ?:|(?:la )?rédaction(?: avec .{{1,40}})?$)",
    ),
    _rule(Role.BYLINE, "agency sign", rf"{_SIGN}$", case=True),
    _rule(
        Role.DATELINE,
        "date of publication",
        rf"{_LEAD}\(?(?:publiée?|mise? à jour|modifiée?|actualisée?|posted|published|(?:last )?updated)"
        r"(?: (?:le|à|on|at|avec|hier|aujourd'hui|ce|il y a|by)\b|[ :]{1,3}\d).{0,100}$",
        r"(?:le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)?,? ?"
        r"\d{1,2}(?:er|st|nd|rd|th)? \w{3,9},? (?:19|20)\d{2}(?:[ ,|à·•–-]{1,5}\d{1,2} ?[h:] ?\d{0,2}.{0,20})?$",
        r"(?:date )?\d{4}-\d{2}-\d{2}(?:[t ]\d{2}:\d{2}\S{0,12})?$",
    ),
    _rule(
        Role.DATELINE,
        "reading time",
        r"(?:temps de lecture|reading time|lecture) ?:?.{0,12}\d|\d{1,3} ?min(?:utes?)? (?:de lecture|read)\b",
    ),
    _rule(
        Role.AD,
        "advertisement",
        rf"{_LEAD}(?:publicité|annonces?|advertisement|advertising|sponsorisé|sponsored(?: content)?|"
        r"contenu (?:sponsorisé|partenaire)|la suite après (?:cette|la) publicité|article continues after.{0,20}|"
        r"code promo.{0,60})\W{0,3}$",
    ),
    _rule(
        Role.AD,
        "classified ad",
        r"(?:à partir de )?\d[\d ]{0,9}(?:[.,]\d{2})? ?(?:€|euros?|\$|£|CHF)"
        r"(?: ?(?:/|par|per|la) ?(?:jour|mois|nuit|semaine|an|day|month|night|week))?\W{0,3}$",
    ),
    _rule(Role.FRAGMENT, "table row", r"\|[^|\n]*\|[^|\n]*\|"),
    _rule(
        Role.FRAGMENT,
        "navigation",
        rf"{_LEAD}(?:accueil|home|menu) ?[>›/|»]|[^|›>\n]{{1,30}}(?: [|›>·] [^|›>·\n]{{1,30}}){{2,12}}$",
        rf"{_LEAD}(?:menu|accueil|home|rechercher?|search|se connecter|connexion|log ?in|s'inscrire|mon compte|tweeter|"
        r"tweet|imprimer|print|copier le lien|copy link|commenter|réagir|haut de page|back to top|plus d'articles|"
        r"tous droits réservés.{0,40}|all rights reserved.{0,40}|mentions légales.{0,80}|skip to .{0,30}|"
        r"(?:partager|share)(?: cet article| this article)?(?: (?:sur|par|on|via)\b.{0,60})?|"
        r"(?:(?:facebook|twitter|x|whatsapp|linkedin|messenger|telegram|instagram|e-?mail)[ ,|·/]{0,3}){1,8})\W{0,3}$",
    ),
    _rule(
        Role.FRAGMENT,
        "comment count",
        rf"{_LEAD}(?:\d{{1,6}}|aucun|no|voir les|lire les) "
        r"(?:commentaires?|réactions?|comments?|partages?|shares|vues|views)\W{0,3}$",
    ),
    _rule(
        Role.FRAGMENT,
        "note on the text",
        rf"{_LEAD}(?:cet (?:article|entretien)|cette (?:tribune|chronique)|(?:ce|le présent) texte) "
        r"(?:a été|est|reflète) (?:les |relue?|traduite?|modifiée?|corrigée?|mise? à jour|publiée?)",
        rf"{_LEAD}(?:seul le prononcé fait foi|this (?:article|story|piece) was (?:amended|updated|corrected))\b",
        rf"{_LEAD}l'auteure?,? .{{0,80}}\bà titre personnel\b",
        r".{0,80}\b(?:propos|opinions?|texte|tribune|chronique)\b.{0,40}\bn'engage(?:nt)? (?:que|pas)\b",
        r".{0,60}\bles commentaires sont (?:fermés|désactivés)\b|.{0,40}\bcomments are closed\b",
    ),
    _rule(
        Role.FRAGMENT,
        "contact line",
        rf"{_LEAD}(?:contacts?|contact us|e-?mail|courriel|tél(?:éphone)?|phone)\.? ?:",
        r"\S{1,60}@\S{1,60}\.\w{2,8}$",
    ),
)

# Found anywhere in a sentence, outside quote marks.
ANYWHERE = (
    _rule(
        Role.AD,
        "classified ad",
        r"\b\d{5}(?=[A-ZÀ-Ý][a-zà-ÿ])",
        r"\(\d{2,3}\), [A-ZÀ-Ý][^.]{0,40} \d{5}\b",
        r"[A-ZÀ-Ý][\w'-]{1,30} \d{5}(?:$| ?[–—-] ?\d[\d ]{0,9} ?(?:€|euros))",
        r"\b(?:[1-9] pièces?|[Ss]tudio|[TF][1-6])\b.{0,40}\b\d{1,4} ?m²",
        case=True,
    ),
    _rule(
        Role.APPEAL,
        "cookie notice",
        r"\b(?:nous utilisons|accept\w{0,4}|refuse\w{0,2}|gérer|paramétrer|we use|manage|site uses|site utilise)\b"
        r".{0,60}\bcookies\b",
    ),
    _rule(
        Role.BYLINE,
        "byline",
        r"\b(?:ont|a) contribué à (?:la rédaction de )?(?:cet|ce|l') ?(?:article|reportage|enquête)",
        r"\bcontributed to this (?:report|article|story)",
    ),
    _rule(
        Role.APPEAL,
        "appeal to readers",
        r"\b(?:abonnez|réabonnez|désabonnez|inscrivez|connectez)-vous\b|\ben vous (?:abonnant|inscrivant)\b",
        r"\bréservée? (?:à nos|aux) abonnés\b|\bil vous reste\b.{0,40}\b(?:lire|articles?)\b",
        r"\ben accès libre\b|\barticle vous est offert\b|\bessayez\b.{0,40}\b(?:mois|semaines?|gratuit\w*)\b",
        r"\b(?:notre|nos) (?:newsletters?|infolettres?|lettres? (?:gratuite|d'information|quotidienne))\b",
        r"(?:^|[,:;] )recevez (?:chaque|tou|l'essentiel|gratuit|les|nos|notre)|\bdans votre boîte\b",
        r"\bsur notre application\b|\btéléchargez (?:notre|l')|\bne rien (?:manquer|rater) de\b",
        r"\bactivez (?:les|nos) (?:notifications|alertes)\b",
    ),
    _rule(
        Role.APPEAL,
        "appeal to readers",
        r"\bsoutenez(?:-(?:nous|la|le))?\b|\b(?:comptons sur|besoin de|merci (?:de|pour)) votre soutien\b",
        r"\bfaites un don\b|\bpetit don\b|\bun don,? (?:même|défiscalisé)\b|\bpar un don\b|\bchaque don compte\b",
        r"\bvos dons\b|\bde vos abonnements\b|\bdons (?:de ses|de nos|des) lecteurs\b|\boffrir un café\b",
        r"\b(?:vit|gratuit|existe) sans pub|\bfinancée? par ses (?:seuls )?lecteurs|\bsans traceurs\b",
        r"\b(?:ni|aucune|sans) (?:publicité|subvention|aide publique)s? (?:ni|et sans|et n)",
        r"\b(?:vit|dépend|paraît) (?:que )?(?:de|par|grâce à) ses (?:seuls )?(?:lecteurs|abonnés|adhérents)\b",
        r"\bfinancée? par ses (?:seuls )?abonnés\b|\bcoopérative de lecteurs\b|\bhébergée? par des bénévoles\b",
        r"\b(?:reader|listener)-(?:funded|supported)\b|\bnot-for-profit newsroom\b",
        r"[:;,.!?] (?:adhérez|abonnez un|s'abonner|je m'abonne|téléchargez-l[ae])\b",
        r"\boffrez(?:-moi)? un (?:café|ticket)\b",
        r"\baidez-nous\b|\bmédia (?:libre et )?indépendant\b|\bjournalisme indépendant\b",
    ),
    _rule(
        Role.APPEAL,
        "appeal to readers",
        r"\b(?:retrouvez|découvrez|écoutez|regardez|consultez|suivez) "
        r"(?:notre|nos|cette chronique|l'intégralité|toute l|toutes l|l'actualité|ici|en direct)",
        r"\b(?:suivez|rejoignez)-nous\b|\bdonnez votre avis\b|\bécrivez(?:-nous| à (?:la rédaction|notre))",
        r"\b(?:cet|l')article vous a (?:plu|intéressé)\b|\brépondez à (?:notre|nos)\b",
        r"\blaissez-nous votre (?:adresse|avis)\b",
        r"\btous nos podcasts\b|\ben (?:kiosque ?:|vente (?:en kiosque|chez votre))|\bc'est aussi une application\b",
        r"\bsur (?:notre (?:site|appli)|l'application [A-ZÀ-Ý])|\brédaction\b.{0,40}\bvous (?:répond au|recommande)\b",
        r"\bcliquez (?:ici|sur)\b|\bpartagez cet article\b|\bfaites-le (?:circuler|savoir|lire)\b",
    ),
    _rule(
        Role.APPEAL,
        "appeal to readers",
        r"(?:^|[:;.!?,–-] )(?:sign (?:up|in to)|request a demo|consider a paid plan|try our .{0,30}\bfree|forward this|"
        r"subscribe|unsubscribe|donate|follow us|"
        r"support (?:our|independent|quality|local)|become a (?:member|subscriber|supporter)|"
        r"download our|click here|log in|join our|"
        r"get (?:our|the) .{0,40}(?:newsletter|briefing|e?mail|inbox))\b",
        r"^(?:follow (?:the|our) .{0,40}(?:blog|on)\b|support the .{0,30}\bfrom [€$£\d]|get .{0,30}\bpro for\b)",
        r"\balready a subscriber\b|\b(?:in|to) your inbox\b",
        r"\bour (?:(?:free|weekly|daily|morning) ){0,3}newsletters?\b",
        r"\bmake a donation\b|\bfor as little as\b|\b(?:subscribers only|for subscribers|exclusive to subscribers)\b",
    ),
)

# Pieces of a line that stand before, between or behind sentences.
PIECES = (
    _rule(Role.IMAGE, "image", r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,1000}\)|<img\b[^<>\n]{0,1000}>"),
    _rule(Role.DATELINE, "date of publication", r"^date \d{4}-\d{2}-\d{2}\b"),
    _rule(
        Role.DATELINE,
        "place and agency",
        r"^[A-ZÀ-Ý][A-ZÀ-Ý '-]{1,30}(?:, [^()\n]{1,30})? \((?:AFP|AP|ATS|Reuters|Belga|[A-Z]{2,6})\) ?[-–—]{1,2} ",
        case=True,
    ),
    _rule(Role.BYLINE, "agency sign", rf"(?<=[.!?»)] ){_SIGN} *$", case=True),
    _rule(Role.READ_ALSO, "page reference", r"\((?:suite|lire|voir)(?: en| aussi)? (?:page|p\.) ?\d{1,3}\)"),
    _rule(
        Role.CREDIT,
        "photo credit",
        r"\((?i:photos?|crédits?|image|illustration|credit|picture)\b(?: d'archives| d'illustration)?[^()\n]{0,80}\)",
        r"(?:(?i:crédit )?\bPhoto:? (?:[\w.'-]{1,30} ){0,6}[\w.'-]{1,30} ?/ ?(?:[A-Z]\.[ -]?){1,2}"
        rf"{NAME})(?= |$)",
        r"©[^.©\n]{1,80}(?:[A-Z]\. ?[^.©\n]{1,30})?$",
        r"(?<=[.!?»)] )(?i:(?:crédit )?photo ?: ?)[^.\n:]{1,60}$",
        case=True,
    ),
)
