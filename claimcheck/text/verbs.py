"""Verbs of saying, French and English, as patterns over text whose quotes are masked."""

from __future__ import annotations

import re

from claimcheck.text.lexicon import either, words

_STEMS = (
    "affirm déclar assur expliqu ajout précis soulign indiqu rappel not estim confi racont rapport dénonc accus critiqu martel "
    "insist répliqu rétorqu lanc témoign résum tranch plaid déplor regrett salu observ signal avanc confirm réclam "
    "demand propos protest pest ironis plaisant gliss souffl murmur invoqu révél révèl dévoil argument balay récus "
    "réfut contest ni accept refus analys comment détaill jur enfonc nuanc tempér tempèr clam proclam recommand revendiqu "
    "suggér suggèr considér considèr constat dout exig félicit fustig hasard imput imagin insinu interpell jug juge juge "
    "annonc annonç mention menac menaç object opin persist préconis prévu promettr prôn qualifi raill raisonn rassur redout réagi "
    "réitér réitèr relat relev remarqu remerci reproch réprouv rejett rejet rigol sembl_dire souhait soupir stipul calcul évalu chiffr rappell appell "
    "tonn tweet vant critiqu écart certifi complèt complét concèd concéd alert appell appel crain prédi évoqu attribu "
    "espèr espér document déclin balai encourag défi brandi conseill exhort invit ordonn répèt répét cit juge bala "
    "décri décriv fulmin grinc grommel gronc s'exclam exclam réprimand ressass appréci approuv désapprouv condamn communiqu"
)
_ER_STEMS = [stem for stem in words(_STEMS) if stem not in ("promettr", "prévu", "réagi", "crain", "prédi", "sembl dire", "décri")]
_FINITE_FR = (
    rf"(?:{either(_ER_STEMS)}(?:e|ent|ait|aient|a|ea|èrent|era|eront)"
    r"|dit|disent|disait|disaient|dira|écrit|écrivent|écrivait|répond|répondent|répondait|soutient|soutiennent|soutenait|"
    r"maintient|maintiennent|prétend|prétendent|défend|défendent|admet|admettent|reconnaît|reconnaissent|promet|promettent|"
    r"dément|démentent|démentait|exclut|excluent|conclut|concluent|avertit|avertissent|prévient|préviennent|craint|craignent|"
    r"poursuit|poursuivent|reprend|renchérit|surenchérit|enchérit|réagit|réagissent|prévoit|convient|décrit|décrivent|croit|"
    r"pense|pensent|lit|tient à|fait savoir|fait valoir|fait état|fait part|fait remarquer|font savoir|font valoir|font état|"
    r"laisse entendre|laissent entendre|met en garde|mettent en garde|met en cause|se dit|se disent|se félicite|se félicitent|se réjouit|se "
    r"réjouissent|se défend|se défendent|s'engage|s'engagent|s'inquiète|s'inquiètent|s'étonne|s'étonnent|s'alarme|"
    r"s'indigne|s'indignent|s'agace|s'emporte|s'interroge|s'insurge|s'insurgent|s'explique|s'excuse|parle|parlent|rejette|rejettent|"
    r"veut croire|veulent croire|sourit|sourient|tempête|trouve|prévenait|promettait|estimait|confesse|parie)"
)
_PARTICIPLE = (
    rf"(?:{either(_ER_STEMS)}ée?s?|dit|redit|écrit|répondu|soutenu|maintenu|prétendu|défendu|admis|reconnu|promis|démenti|exclu|"
    r"conclu|averti|prévenu|craint|poursuivi|repris|renchéri|réagi|prévu|décrit|lu|tenu à|fait savoir|fait valoir|fait état|"
    r"fait part|fait remarquer|laissé entendre|mis en garde|mis en cause|réjoui|réjouie|réjouis|engagé|engagée|engagés|engagées|inquiété|inquiétée|étonné|étonnée|"
    r"alarmé|indigné|indignée|agacé|emporté|interrogé|insurgé|insurgée|parlé|rejeté|publié un communiqué|eu des mots|convenu|"
    r"souri|trouvé|tonné|fait dire|posté|partagé|informé|opposé|voulu rassurer|donné rendez-vous|pris la parole)"
)
_BETWEEN = r"(?:,? (?!que\b|qu'|été\b|pour\b|par\b|de\b|dans\b|le\b|la\b|les\b|un\b|une\b|des\b)[\w'à-ÿ-]{1,20}){0,4}?,?"
FRENCH = re.compile(
    r"(?<![\w-])(?:"
    rf"(?P<past>(?:n')?(?:a|ont|avait|avaient|aurait|auraient|aura|ait|eut)(?:-t)?(?P<clitic>-(?:il|elle|ils|elles|on))?{_BETWEEN} {_PARTICIPLE})"
    rf"|(?P<reflexive>(?:ne )?(?:s'est|se sont|s'était|s'étaient)(?P<reflexive_clitic>-(?:il|elle|ils|elles))?{_BETWEEN} {_PARTICIPLE})"
    rf"|(?P<present>(?:(?:ne|n'|l'|le|la|en|y|lui|leur|nous|vous|me|m') ?)?{_FINITE_FR}(?P<present_clitic>(?:-t)?-(?:il|elle|ils|elles|on))?)"
    r")(?![\w-])",
    re.IGNORECASE,
)
# Forms that are nouns or adjectives as often as verbs: never right behind these words.
_NOUN_BEFORE = re.compile(
    r"(?:^|[ '(])(?:l'|d'|le|la|les|un|une|des|de|du|ce|cet|cette|ces|sa|son|ses|leur|leurs|aucun|aucune|toute|sans|en|par|sous|nouvelle|"
    r"nouveau|première|premier|à|une|chaque|quelle|telle|pas|vive|forte|simple|même|grande|dernière|seule|pour|sur|avec|au|aux|"
    r"double|triple|longue|brève|plus|moins) ?$",
    re.IGNORECASE,
)
_NOT_VERBS = words("note notes demande juge cite appel ni salue_")
_ENGLISH_FORMS = (
    "said says say saying_ told tells tell added adds announced announces insisted insists warned warns claimed claims denied denies "
    "confirmed confirms argued argues acknowledged acknowledges admitted admits stressed stresses noted notes explained "
    "explains declared declares suggested suggests replied replies responded responds wrote writes tweeted posted "
    "accused accuses alleged alleges asserted asserts maintained maintains contended contends conceded concedes complained complains "
    "pledged pledges vowed vows promised promises predicted predicts urged urges demanded demands described describes "
    "dismissed dismisses rejected rejects reported reports revealed reveals recalled recalls remarked joked quipped "
    "cautioned boasted blamed blames criticised criticized criticises denounced denounces condemned condemns hailed hails "
    "praised praises welcomed welcomes thanked apologised apologized stated states concluded concludes emphasised emphasized "
    "called calls asked asks ruled_out declined refused refuses disputed disputes testified informed lamented mused "
    "believes thinks hopes fears expects estimates estimated put_it went_on continued signalled signaled hinted branded "
    "tells shot_back countered counters retorted agreed"
)
ENGLISH = re.compile(
    rf"(?<![\w-])(?:(?:has|have|had|also|later|repeatedly|would|did not|does not) )?(?P<present>{either(word for word in words(_ENGLISH_FORMS) if not word.endswith(' '))})(?![\w-])",
    re.IGNORECASE,
)
_ENGLISH_NOUNS = words("claims reports calls demands states estimates fears hopes notes blames reveals asks")
_ENGLISH_NOUN_BEFORE = re.compile(
    r"(?:^| )(?:the|a|an|its|his|her|their|these|those|of|no|any|some|to|many|united|for|by|in|with|was|were|is|are|been|be|being|so-|not) ?$",
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
