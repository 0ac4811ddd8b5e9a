"""The grammar of date expressions in French and English: which words, in which shape, read by which reader."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimcheck.text.lexicon import either

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan",
            "février fevrier févr fevr february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "août aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "décembre decembre december déc dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lundi monday mon",
            "mardi tuesday tue",
            "mercredi wednesday wed",
            "jeudi thursday thu",
            "vendredi friday fri",
            "samedi saturday sat",
            "dimanche sunday sun",
        )
    )
    for name in names.split()
}

_FR_MONTHS = either(
    "janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre "
    "janv. févr. fevr. avr. juil. sept. oct. nov. déc. janv févr juil"
)
_EN_MONTHS = either(
    "january february march april may june july august september october november december jan. feb. mar. apr. jun. "
    "jul. aug. sept. sep. oct. nov. dec. jan feb aug sept oct nov dec"
)
# "may" and "march" are verbs as well: alone they must be capitalised.
_EN_MONTH_ALONE = (
    r"(?-i:" + either("January February March April May June July August September October November December") + ")"
)
_FR_DAYS = either("lundi mardi mercredi jeudi vendredi samedi dimanche")
_EN_DAYS = either("monday tuesday wednesday thursday friday saturday sunday")
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|[.,]\d)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])"
_LAST_DAY = r"(?P<last_day>[12]\d|3[01]|0?[1-9])"
_FR_PART = r"(?: (?:matin|après-midi|soir|midi|en fin de journée|dans la soirée|dans la nuit|dans la matinée))?"
_EN_PART = r"(?: (?:morning|afternoon|evening|night))?"
_FR_CLOCK = r"(?:,? (?P<clock>(?:à|vers|dès|avant|jusqu'à) \d{1,2} ?(?:h(?:eures?)?)(?: ?[0-5]\d)?(?!\w)))?"
_EN_CLOCK = (
    r"(?:,? (?P<clock>(?:at|by|around) \d{1,2}(?:(?:[:.][0-5]\d)? ?(?:a\.m\.|p\.m\.|am\b|pm\b|gmt\b)|:[0-5]\d)))?"
)
_COUNT = (
    r"(?P<count>\d{1,3}|"
    + either(
        "un une deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente a one two three four "
        "five seven eight nine ten eleven twelve fifteen twenty thirty"
    )
    + ")"
)
_FR_EDGE = (
    r"(?:(?:à |depuis |depuis la |à la |d'ici |d'ici à )?(?:la |le |au )?"
    r"(?P<edge>début|mi|fin|courant)(?: de| du|-| d'|))"
)
_EN_EDGE = r"(?:(?:the )?(?P<edge>early|late|mid|start of|beginning of|end of)[ -])"


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of date expression. ``language`` is empty for both; ``reader`` names who resolves its groups."""

    reader: str
    kind: str
    language: str
    pattern: re.Pattern[str]


def _shape(reader: str, kind: str, language: str, pattern: str) -> Shape:
    return Shape(reader, kind, language, re.compile(rf"(?<!\w)(?:(?<=[dl]')|(?<!'))(?:{pattern})(?!\w)", re.IGNORECASE))


_FR = (
    (
        "day",
        "day",
        rf"(?:du |le |entre le |les )?{_DAY}(?:er)? (?P<first_month>{_FR_MONTHS}) (?:au|et le) "
        rf"{_LAST_DAY}(?:er)? (?P<month>{_FR_MONTHS})(?: {_YEAR})?",
    ),
    (
        "day",
        "day",
        rf"(?:du |le |entre le |les )?{_DAY}(?:er)? (?:au|et le|et) {_LAST_DAY}(?:er)? "
        rf"(?P<month>{_FR_MONTHS})(?: {_YEAR})?",
    ),
    (
        "day",
        "day",
        rf"(?:(?:{_FR_DAYS}),? )?(?:le )?{_DAY}(?:er)? (?P<month>{_FR_MONTHS})(?: "
        rf"{_YEAR})?{_FR_PART}{_FR_CLOCK}",
    ),
    (
        "weekday",
        "day",
        rf"(?:dans )?la nuit (?:de |du )(?P<weekday>{_FR_DAYS})(?: \d{{1,2}})? (?:à|au) "
        rf"(?P<other>{_FR_DAYS})(?: \d{{1,2}})?",
    ),
    (
        "weekday",
        "day",
        rf"(?:le )?(?P<weekday>{_FR_DAYS})(?: (?P<day>[12]\d|3[01]|[1-9])(?! ?(?:h\b|heures|%|"
        rf"euros)))?{_FR_PART}(?: (?:(?P<past>dernier|passé)|(?P<next>prochain|suivant)))?{_FR_PART}{_FR_CLOCK}",
    ),
    (
        "month",
        "month",
        rf"(?:{_FR_EDGE} ?)?(?:(?:le |au |du |ce )?mois (?:de |d'))?(?P<month>{_FR_MONTHS})(?: "
        rf"{_YEAR})",
    ),
    ("month", "fuzzy", rf"{_FR_EDGE} ?(?:(?:le |au |du )?mois (?:de |d'))?(?P<month>{_FR_MONTHS})"),
    (
        "month",
        "month",
        rf"(?:(?:en|depuis|dès|d'ici|avant|après|jusqu'en|jusqu'à|de) |"
        rf"d')(?P<month>{_FR_MONTHS})(?: (?:(?P<past>dernier)|(?P<next>prochain)))?",
    ),
    ("month", "month", rf"(?:le |au |du )?mois (?:de |d')(?P<month>{_FR_MONTHS})"),
    (
        "season",
        "fuzzy",
        rf"(?:(?:à|en|de|depuis|dès|cet|cette) |à l'|de l'|l'|d'|au |le |du "
        rf")?(?P<season>printemps|été|automne|hiver) {_YEAR}",
    ),
    (
        "season",
        "fuzzy",
        r"(?:à l'|de l'|dès l'|au |cet |ce |l')(?P<season>(?<=au )printemps|(?<=ce )printemps|"
        r"été(?= (?:dernier|prochain))|automne|hiver)(?: (?:(?P<past>dernier)|(?P<next>prochain)))?",
    ),
    ("relative day", "day", rf"(?P<relative>avant-hier|hier|aujourd'hui|après-demain|demain){_FR_PART}{_FR_CLOCK}"),
    ("relative day", "day", r"(?P<relative>(?P<this>ce matin|ce soir|cet après-midi|cette nuit|ce midi))"),
    (
        "relative period",
        "fuzzy",
        r"(?:en |au )?(?P<edge>début|milieu|fin) de (?:la |cette )?(?P<unit>semaine|"
        r"mois|année)(?: (?:(?P<past>dernière|passée)|(?P<next>prochaine)))?",
    ),
    (
        "relative period",
        "week",
        r"(?:cette|la) (?P<unit>semaine)(?: (?:(?P<past>dernière|passée)|"
        r"(?P<next>prochaine))|(?<=cette semaine))",
    ),
    (
        "relative period",
        "month",
        r"(?:ce|le) (?P<unit>mois)(?:-ci| (?:(?P<past>dernier|passé)|"
        r"(?P<next>prochain))|(?<=ce mois))",
    ),
    (
        "relative period",
        "year",
        r"(?:cette|l') ?(?P<unit>année|an)(?: (?:(?P<past>dernière|passée|dernier|passé)|"
        r"(?P<next>prochaine|prochain))|(?<=cette année))",
    ),
    (
        "distance",
        "day",
        rf"il y a (?:environ |près de |plus de |plus d'|moins de |moins d'|à peine )?{_COUNT} "
        rf"(?P<unit>jours?|semaines?|mois|ans?|années?)",
    ),
    ("distance", "day", rf"(?P<next>dans) {_COUNT} (?P<unit>jours?|semaines?|mois|ans?|années?)"),
    (
        "nothing",
        "day",
        r"(?:la veille|l'avant-veille|le lendemain|le surlendemain|le même jour|la semaine "
        r"suivante|la semaine précédente)",
    ),
    ("year", "year", r"(?:(?:les )?(?:années )(?P<decade>(?P<year>1[89]\d0|20\d0)))(?!\d)"),
    (
        "nothing",
        "instant",
        r"(?:de|entre) (?:[01]?\d|2[0-4]) ?(?:h|heures?) (?:à|et) (?:[01]?\d|2[0-4]) ?(?:h|"
        r"heures?)",
    ),
    (
        "nothing",
        "instant",
        r"(?<!pendant )(?<!durant )(?<!duré )(?<!d'environ )(?<!plus d')(?:(?:à|vers|dès|"
        r"avant|jusqu'à|de|entre|depuis) )?(?:[01]?\d|2[0-4]) ?h ?[0-5]\d",
    ),
    ("nothing", "instant", r"(?:à|vers|dès|jusqu'à|d'ici|avant) (?:[01]?\d|2[0-4]) ?(?:h|heures?)(?! (?:de|d'|par)\b)"),
    ("nothing", "instant", r"(?:à|vers|dès|avant|après|peu après|peu avant) (?:minuit|midi)"),
)
_EN = (
    ("day", "day", rf"(?:from )?(?P<month>{_EN_MONTHS}) {_DAY}(?: to |-|–){_LAST_DAY}(?:,? {_YEAR})?"),
    (
        "day",
        "day",
        rf"(?:(?:{_EN_DAYS}),? )?(?P<month>{_EN_MONTHS}) {_DAY}(?:st|nd|rd|th)?(?:,? "
        rf"{_YEAR})?{_EN_PART}{_EN_CLOCK}",
    ),
    (
        "day",
        "day",
        rf"(?:(?:{_EN_DAYS}),? )?(?:the )?{_DAY}(?:st|nd|rd|th)?(?: of)? (?P<month>{_EN_MONTHS})(?:,? "
        rf"{_YEAR})?{_EN_PART}{_EN_CLOCK}",
    ),
    ("weekday", "day", rf"(?:the )?night (?:of |from )(?P<weekday>{_EN_DAYS}) (?:to|into) (?P<other>{_EN_DAYS})"),
    (
        "weekday",
        "day",
        rf"(?:(?:on|by|from|since|until) )?(?:(?P<past>last)|(?P<next>next)|this)? ?(?:(?:early|"
        rf"late) (?:on )?)?(?P<weekday>{_EN_DAYS})(?!s){_EN_PART}{_EN_CLOCK}",
    ),
    ("month", "month", rf"(?:in |since |by |until |for )?(?:{_EN_EDGE})?(?P<month>{_EN_MONTHS})(?:,| of)? {_YEAR}"),
    ("month", "fuzzy", rf"(?:in |by |until |at |since )?{_EN_EDGE}(?P<month>{_EN_MONTH_ALONE})"),
    (
        "month",
        "month",
        rf"(?:in|since|by|until|during|of|from) (?:(?P<past>last) |(?P<next>next) "
        rf")?(?P<month>{_EN_MONTH_ALONE})",
    ),
    ("season", "fuzzy", rf"(?:in |of )?(?:the )?(?P<season>spring|summer|autumn|fall|winter)(?: of)? {_YEAR}"),
    ("relative day", "day", rf"(?P<relative>yesterday|today|tonight|tomorrow){_EN_PART}{_EN_CLOCK}"),
    ("relative day", "day", r"(?P<relative>(?P<this>this (?:morning|afternoon|evening)))"),
    (
        "relative period",
        "fuzzy",
        r"(?P<edge>early|late|end of|earlier|later) (?:(?P<past>last)|(?P<next>next)|"
        r"this|the) (?P<unit>week|month|year)",
    ),
    ("relative period", "fuzzy", r"(?:(?P<past>last)|(?P<next>next)|this) (?P<unit>week|month|year)"),
    ("distance", "day", rf"{_COUNT} (?P<unit>days?|weeks?|months?|years?) ago"),
    ("nothing", "day", r"the (?:day before|day after|next day|following day|previous day|same day)"),
    ("year", "year", r"(?:the )?(?P<decade>(?P<year>1[89]\d0|20\d0)s)"),
    ("nothing", "instant", r"(?:(?:at|by|around|until|from) )?\d{1,2}(?:[:.][0-5]\d)? ?(?:a\.m\.|p\.m\.|am|pm|gmt)"),
    ("nothing", "instant", r"(?:at|by|around|until|from) (?:midnight|noon|\d{1,2}:[0-5]\d)"),
)
# A year by itself: not behind an approximator, not before what it would count.
_BARE_YEAR = (
    r"(?<!plus de )(?<!près de )(?<!moins de )(?<!quelque )(?<!environ )(?<!than )(?<!over )(?<!about "
    r")(?<!nearly )(?<![$€£/])(?<!\d[.-])"
    r"(?P<year>(?:1[89]|20)\d\d)(?! ?[%€$£]| (?:euros|dollars|kilomètres|km|mètres|habitants|personnes|people|"
    r"tonnes|hectares|morts|"
    r"blessés|milli|metres|kilometres)|[.,:]\d|-\d|[ .]\d{3}(?!\d)| (?!(?:mais|plus|puis|sans|dans|alors|après|"
    r"depuis|jusque|vers|les|des|ses|leurs|ces|nous|vous|ils|elles|was|has|is|as|its|this|amid)\b)(?-i:[a-zà-ÿ]+s)\b)"
)
_CUED_YEAR = (
    r"(?:(?:en|depuis|jusqu'en|d'ici|dès|in|since|until|by) |d'avant |avant |d'après |après |before |after |"
    r"(?:l'|d')?année )"
    r"(?:(?:the )?(?:(?P<edge>début|mi|fin|courant|early|late|mid|end of)[ -]))?(?P<year>(?:1[5-9]|20)\d\d)(?! "
    r"?[%€$£]|[.,]\d)"
)
_EDGED_YEAR = r"(?:(?P<edge>début|mi|fin|courant|early|late|mid)[ -])(?P<year>(?:19|20)\d\d)(?![.,]\d)"

PATTERNS: tuple[Shape, ...] = (
    _shape("numeric", "day", "", r"(?P<year>\d{4})-(?P<two>0[1-9]|1[0-2])-(?P<one>0[1-9]|[12]\d|3[01])"),
    _shape("numeric", "day", "", r"(?P<one>\d{1,2})(?P<slash>[./])(?P<two>\d{1,2})(?P=slash)(?P<year>(?:19|20)\d\d)"),
    *(_shape(reader, kind, "fr", pattern) for reader, kind, pattern in _FR),
    *(_shape(reader, kind, "en", pattern) for reader, kind, pattern in _EN),
    _shape("year", "year", "", _CUED_YEAR),
    _shape("year", "year", "", _EDGED_YEAR),
    _shape("year", "year", "", _BARE_YEAR),
)
