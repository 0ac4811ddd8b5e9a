"""Verbs of saying, French and English, as patterns over text whose quotes are masked."""

from __future__ import annotations

import re

from claimcheck.text.lexicon import either, words

# Stems of regular verbs, with both spellings where the stem changes.
_STEMS = either(
    "accept accus affirm ajout alert analys annonc annonç appel appell approuv appréci argument assur attribu "
    "avanc balai balay calcul certifi chiffr cit clam comment communiqu complèt complét concèd concéd condamn "
    "confi confirm conseill considèr considér constat contest critiqu demand document dout déclar déclin défi "
    "dénonc déplor désapprouv détaill dévoil encourag enfonc espèr espér estim exclam exhort exig expliqu fulmin "
    "fustig félicit gliss grinc grommel gronc hasard imagin imput indiqu insinu insist interpell invit invoqu "
    "ironis jug jur lanc lâch martel martèl menac menaç mention murmur ni not nuanc object observ opin ordonn "
    "persist pest plaid plaisant proclam propos protest précis préconis prôn qualifi racont raill raisonn rappel "
    "rappell rapport rassur recommand redout refus regrett rejet rejett relat relev remarqu remerci reproch "
    "ressass revendiqu rigol réclam récus réfut réitèr réitér répliqu réprimand réprouv répèt répét résum rétorqu "
    "révèl révél salu signal souffl souhait soulign soupir soupçonn stipul suggèr suggér tempèr tempér tonn "
    "tranch tweet témoign vant écart évalu évoqu "
)
_FINITE_FR = (
    rf"(?:{_STEMS}(?:e|ent|ait|aient|a|ea|èrent|era|eront)"
    r"|dit|disent|disait|disaient|dira|écrit|écrivent|écrivait|répond|répondent|répondait|soutient|soutiennent|"
    r"soutenait|"
    r"maintient|maintiennent|prétend|prétendent|défend|défendent|admet|admettent|reconnaît|reconnaissent|promet|"
    r"promettent|"
    r"dément|démentent|démentait|exclut|excluent|conclut|concluent|avertit|avertissent|prévient|préviennent|"
    r"craint|craignent|"
    r"poursuit|poursuivent|reprend|renchérit|surenchérit|enchérit|réagit|réagissent|prévoit|convient|décrit|"
    r"décrivent|croit|"
    r"pense|pensent|lit|tient à|fait savoir|fait valoir|fait état|fait part|fait remarquer|font savoir|font "
    r"valoir|font état|"
    r"laisse entendre|laissent entendre|met en garde|mettent en garde|met en cause|se dit|se disent|se félicite|"
    r"se félicitent|se réjouit|se "
    r"réjouissent|se défend|se défendent|s'engage|s'engagent|s'inquiète|s'inquiètent|s'étonne|s'étonnent|s'alarme|"
    r"s'indigne|s'indignent|s'agace|s'emporte|s'interroge|s'insurge|s'insurgent|s'explique|s'excuse|parle|"
    r"parlent|rejette|rejettent|"
    r"veut croire|veulent croire|sourit|sourient|tempête|trouve|prévenait|promettait|estimait|confesse|parie)"
)
_PARTICIPLE = (
    rf"(?:{_STEMS}ée?s?|dit|redit|écrit|répondu|soutenu|maintenu|prétendu|défendu|admis|reconnu|"
    rf"promis|démenti|exclu|"
    r"conclu|averti|prévenu|craint|poursuivi|repris|renchéri|réagi|prévu|décrit|lu|tenu à|fait savoir|fait "
    r"valoir|fait état|"
    r"fait part|fait remarquer|laissé entendre|mis en garde|mis en cause|réjoui|réjouie|réjouis|engagé|engagée|"
    r"engagés|engagées|inquiété|inquiétée|étonné|étonnée|"
    r"alarmé|indigné|indignée|agacé|emporté|interrogé|insurgé|insurgée|parlé|rejeté|publié un communiqué|eu des "
    r"mots|convenu|"
    r"souri|trouvé|tonné|fait dire|posté|partagé|informé|opposé|voulu rassurer|donné rendez-vous|pris la parole)"
)
_BETWEEN = (
    r"(?:,? (?!que\b|qu'|été\b|pour\b|par\b|de\b|dans\b|le\b|la\b|les\b|un\b|une\b|des\b)[\w'à-ÿ-]{1,20}){0,4}?,?"
)
FRENCH = re.compile(
    r"(?<![\w-])(?:"
    rf"(?P<past>(?:n')?(?:a|ont|avait|avaient|aurait|auraient|aura|ait|eut)(?:-t)?(?P<clitic>-(?:il|elle|ils|"
    rf"elles|on))?{_BETWEEN} {_PARTICIPLE})"
    rf"|(?P<reflexive>(?:ne )?(?:s'est|se sont|s'était|s'étaient)(?P<reflexive_clitic>-(?:il|elle|ils|"
    rf"elles))?{_BETWEEN} {_PARTICIPLE})"
    rf"|(?P<present>(?:(?:ne|n'|l'|le|la|en|y|lui|leur|nous|vous|me|m') "
    rf"?)?{_FINITE_FR}(?P<present_clitic>(?:-t)?-(?:il|elle|ils|elles|on))?)"
    r")(?![\w-])",
    re.IGNORECASE,
)
# Forms that are nouns or adjectives as often as verbs: never right behind these words.
_NOUN_BEFORE = re.compile(
    r"(?:^|[ '(])(?:l'|d'|le|la|les|un|une|des|de|du|ce|cet|cette|ces|sa|son|ses|leur|leurs|aucun|aucune|toute|"
    r"sans|en|par|sous|nouvelle|"
    r"nouveau|première|premier|à|une|chaque|quelle|telle|pas|vive|forte|simple|même|grande|dernière|seule|pour|"
    r"sur|avec|au|aux|"
    r"double|triple|longue|brève|plus|moins) ?$",
    re.IGNORECASE,
)
_NOT_VERBS = words("note notes demande juge cite appel ni")
_ENGLISH_FORMS = either(
    "accused accuses acknowledged acknowledges added adds admits admitted agreed alleged alleges announced "
    "announces apologised apologized argued argues asked asks asserted asserts believes blamed blames boasted "
    "branded called calls cautioned claimed claims complained complains conceded concedes concluded concludes "
    "condemned condemns confirmed confirms contended contends continued countered counters criticised criticises "
    "criticized declared declares declined demanded demands denied denies denounced denounces described describes "
    "dismissed dismisses disputed disputes emphasised emphasized estimated estimates expects explained explains "
    "fears hailed hails hinted hopes informed insisted insists joked lamented maintained maintains mused noted "
    "notes pledged pledges posted praised praises predicted predicts promised promises put_it quipped recalled "
    "recalls refused refuses rejected rejects remarked replied replies reported reports responded responds "
    "retorted revealed reveals ruled_out said say says shot_back signaled signalled stated states stressed "
    "stresses suggested suggests tell tells testified thanked thinks told tweeted urged urges vowed vows warned "
    "warns welcomed welcomes went_on writes wrote "
)
ENGLISH = re.compile(
    rf"(?<![\w-])(?:(?:has|have|had|also|later|repeatedly|would|did not|does not) )?(?P<present>{_ENGLISH_FORMS})(?![\w-])",
    re.IGNORECASE,
)
_ENGLISH_NOUN_BEFORE = re.compile(
    r"(?:^| )(?:the|a|an|its|his|her|their|these|those|of|no|any|some|to|many|united|for|by|in|with|was|were|is|"
    r"are|been|be|being|so-|not) ?$",
    re.IGNORECASE,
)


def is_verb(plain: str, match: re.Match[str]) -> bool:
    """Whether a match of ``FRENCH`` or ``ENGLISH`` is used as a verb, judged by the word before it."""
    if match.re is ENGLISH:
        return not _ENGLISH_NOUN_BEFORE.search(plain, max(0, match.start() - 14), match.start())
    if match["past"] or match["reflexive"] or match["present_clitic"]:
        return True
    if match.group().casefold() in _NOT_VERBS and not plain[: match.start()].rstrip().endswith(("»", ",")):
        return False
    return not _NOUN_BEFORE.search(plain, max(0, match.start() - 14), match.start())


def clitic_of(match: re.Match[str]) -> str:
    """The pronoun inverted behind the verb ("a-t-il ajouté" -> "il"), or an empty string."""
    groups = match.groupdict()
    found = groups.get("clitic") or groups.get("reflexive_clitic") or groups.get("present_clitic") or ""
    return found.rsplit("-", 1)[-1].casefold()
