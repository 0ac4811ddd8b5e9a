"""Verbs of saying, French and English, as patterns over text whose quotes are masked."""

from __future__ import annotations

import re

from claimcheck.text.lexicon import either, words

# Stems of regular verbs, with both spellings where the stem changes.
_STEMS = either(
    "avanç dénonç lanç accept accus affirm ajout alert analys annonc annonç appel appell approuv appréci argument "
    "assur attribu avanc balai balay calcul certifi chiffr cit clam comment communiqu complèt complét concèd concéd "
    "condamn confi confirm conseill considèr considér constat contest critiqu demand document dout déclar déclin "
    "défi dénonc déplor désapprouv détaill dévoil encourag enfonc espèr espér estim exclam exhort exig expliqu "
    "fulmin fustig félicit gliss grinc grommel gronc hasard imagin imput indiqu insinu insist interpell invit "
    "invoqu ironis jug jur lanc lâch martel martèl menac menaç mention murmur ni not nuanc object observ opin "
    "ordonn persist pest plaid plaisant proclam propos protest précis préconis prôn qualifi racont raill raisonn "
    "rappel rappell rapport rassur recommand redout refus regrett rejet rejett relat relev remarqu remerci reproch "
    "ressass revendiqu rigol réclam récus réfut réitèr réitér répliqu réprimand réprouv répèt répét résum rétorqu "
    "révèl révél salu signal souffl souhait soulign soupir soupçonn stipul suggèr suggér tempèr tempér tonn tranch "
    "tweet témoign vant écart évalu évoqu"
)
_FINITE_FR = (
    rf"(?:{_STEMS}(?:e|ent|ait|aient|a|ea|èrent|era|eront)|"
    + either(
        "dit disent disait disaient dira écrit écrivent écrivait répond répondent répondait soutient soutiennent "
        "soutenait maintient maintiennent prétend prétendent défend défendent admet admettent reconnaît "
        "reconnaissent promet promettent promettait dément démentent démentait exclut excluent conclut concluent "
        "avertit avertissent prévient préviennent prévenait craint craignent poursuit poursuivent reprend renchérit "
        "surenchérit réagit réagissent prévoit convient décrit décrivent croit pense pensent lit tient_à "
        "fait_savoir fait_valoir fait_état fait_part fait_remarquer font_savoir font_valoir font_état "
        "laisse_entendre laissent_entendre met_en_garde mettent_en_garde met_en_cause mettent_en_cause se_dit "
        "se_disent se_félicite se_félicitent se_réjouit se_réjouissent se_défend se_défendent s'engage s'engagent "
        "s'inquiète s'inquiètent s'étonne s'étonnent s'alarme s'indigne s'indignent s'agace s'emporte s'interroge "
        "s'insurge s'insurgent s'explique s'excuse parle parlent veut_croire veulent_croire sourit sourient tempête "
        "trouve confesse parie"
    )
    + ")"
)
_PARTICIPLE = (
    rf"(?:{_STEMS}ée?s?|"
    + either(
        "dit redit écrit répondu soutenu maintenu prétendu défendu admis reconnu promis démenti exclu conclu averti "
        "prévenu craint poursuivi repris renchéri réagi prévu décrit lu tenu_à fait_savoir fait_valoir fait_état "
        "fait_part fait_remarquer laissé_entendre mis_en_garde mis_en_cause réjoui réjouie réjouis engagé engagée "
        "engagés engagées inquiété inquiétée étonné étonnée alarmé indigné indignée agacé emporté interrogé insurgé "
        "insurgée parlé publié_un_communiqué eu_des_mots convenu souri trouvé fait_dire posté partagé informé "
        "opposé voulu_rassurer donné_rendez-vous pris_la_parole"
    )
    + ")"
)
_BETWEEN = (
    r"(?:,? (?!(?:que|été|a|ont|avait|avaient|est|sont|pour|par|de|dans|le|la|les|un|une|des)\b|qu')"
    r"[\w'à-ÿ-]{1,20}){0,4}?,?"
)
_PRONOUN = r"-(?:il|elle|ils|elles|on)"
FRENCH = re.compile(
    r"(?<![\w-])(?:"
    rf"(?P<past>(?:n')?(?:a|ont|avait|avaient|aurait|auraient|aura|ait|eut)(?:-t)?(?P<clitic>{_PRONOUN})?"
    rf"{_BETWEEN} {_PARTICIPLE})"
    rf"|(?P<reflexive>(?:ne )?(?:s'est|se sont|s'était|s'étaient)(?P<reflexive_clitic>{_PRONOUN})?"
    rf"{_BETWEEN} {_PARTICIPLE})"
    r"|(?P<present>(?:(?:ne|n'|l'|le|la|en|y|lui|leur|nous|vous|me|m') ?)?"
    rf"{_FINITE_FR}(?P<present_clitic>(?:-t)?{_PRONOUN})?)"
    r")(?![\w-])",
    re.IGNORECASE,
)
# Forms that are nouns or adjectives as often as verbs: never right behind these words.
_NOUN_BEFORE = re.compile(
    r"(?:^|[ '(])"
    + either(
        "l' d' le la les un une des de du ce cet cette ces sa son ses leur leurs aucun aucune toute sans en par "
        "sous nouvelle nouveau première premier à chaque quelle telle pas vive forte simple même grande dernière "
        "seule pour sur avec au aux double triple longue brève plus moins"
    )
    + r" ?$",
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
    "recalls refused refuses rejected rejects remarked replied replies reported reports responded responds retorted "
    "revealed reveals ruled_out said say says shot_back signaled signalled stated states stressed stresses "
    "suggested suggests tell tells testified thanked thinks told tweeted urged urges vowed vows warned warns "
    "welcomed welcomes went_on writes wrote"
)
ENGLISH = re.compile(
    r"(?<![\w-])(?:(?:has|have|had|also|later|repeatedly|would|did not|does not) )?"
    rf"(?P<present>{_ENGLISH_FORMS})(?![\w-])",
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
