"""Who a noun phrase means in its article: a person by full name, a body as written, or the one spoken of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from claimcheck.text.lexicon import either, fold, words
from claimcheck.text.offices import TITLES, Holder, holder_of, holders
from claimcheck.text.phrases import BACKWARD, PRONOUNS, apposition
from claimcheck.types import Name, Span

_FEMININE = words("elle elles she her")
_LINK = re.compile(r"(?:^|[ '(])(?:de|d'|du|des|de la|de l'|à|au|aux|en|of|of the|in|at|for|from|by|to|sur|dans|pour|chez)(?: (?:la|le|l'|les|the))? ?$", re.IGNORECASE)
_HONORIFIC = re.compile(r"(?:M|MM|Mme|Mmes|Mlle|Mr|Mrs|Ms|Dr|Me|Pr)\.? $")
_ARTICLE = re.compile(r"^(?:le|la|les|l'|the) ?", re.IGNORECASE)
_WORDS_KEPT = 9
_FEMALE_TITLE = re.compile(r"(?:Mme|Mlle|Mrs|Ms|Mme\.)$|(?:la|une|présidente|ministre belge|she|her) [^,.;]{0,40}$")
_SPEAKING = re.compile(
    rf"(?<![\w-])(?:{TITLES}|"
    + either(
        "source sources expert experts experte fonctionnaire responsable responsables gouvernement ministère parquet préfecture police "
        "présidence direction syndicat parti opposition armée porte-parole autorités agence association avocats avocat avocate proche "
        "proches entourage habitants habitant témoin témoins famille chercheurs organisateurs militaires officials official government "
        "ministry police spokesman company analysts experts critics opposition prosecutors army authorities residents diplomats "
        "diplomates négociateurs négociateur observateurs spécialistes pompiers gendarmes enquêteurs services élus collectif fédération "
        "mairie commission ambassade institut entreprise groupe club société exploitant camp cabinet union médias journal quotidien "
        "hebdomadaire portail chaîne site riverains salariés agriculteurs ong onu député députée médecins hôpital"
    )
    + r")(?!\w)",
    re.IGNORECASE,
)


@dataclass
class Cast:
    """The people and bodies of one article, and who was last spoken of; it changes while the article is read."""

    plains: Sequence[str]
    named: Sequence[Sequence[Name]]
    full: dict[str, str] = field(default_factory=dict)
    female: dict[str, bool] = field(default_factory=dict)
    known: list[Holder] = field(default_factory=list)
    last: str | None = None
    subject: str | None = None

    def __post_init__(self) -> None:
        for plain, row in zip(self.plains, self.named, strict=True):
            for name in row:
                written = plain[name.span.start : name.span.end]
                if written[:1].isupper() and len(written) > len(self.full.get(name.key, "")):
                    self.full[name.key] = written
                self._learn_gender(plain, name)
        self.known = holders(self.plains, self.named)

    def _learn_gender(self, plain: str, name: Name) -> None:
        before = plain[max(0, name.span.start - 60) : name.span.start].rstrip(" .")
        if re.search(r"(?:^|\W)(?:Mme|Mlle|Mrs|Ms)$", before):
            self.female[name.key] = True
        elif re.search(r"(?:^|\W)(?:M|Mr)$", before):
            self.female[name.key] = False
        elif " " in name.key and (match := re.search(r"(?:^|\W)(la|une|le|un) ([^,.;:«»]{3,45}),?$", before, re.IGNORECASE)):
            self.female.setdefault(name.key, match[1].casefold() in ("la", "une"))

    def write(self, key: str) -> str:
        """The fullest form in which the article writes the name."""
        return self.full.get(key, key)

    def resolve(self, row: int, span: Span) -> str | None:
        """Who the phrase at ``span`` of sentence ``row`` is, None where it means nobody who can speak."""
        phrase = self.plains[row][span.start : span.end].strip()
        if phrase.casefold() in PRONOUNS:
            return self._pronoun(phrase.casefold(), row, span.start)
        if BACKWARD.fullmatch(phrase) or BACKWARD.match(phrase):
            gender = True if re.match(r"(?:cette dernière|celle-ci|elle|her)\b", phrase, re.IGNORECASE) else None
            return self._behind(row, span.start, gender) if "dernier" in phrase or "-ci" in phrase or "latter" in phrase else self.last
        return self._named(row, span) or self._described(row, span, phrase)

    def _named(self, row: int, span: Span) -> str | None:
        """The name that heads the phrase, or stands in apposition to it."""
        direct = [name for name in self._inside(row, span) if self._is_direct(row, name, span)]
        if direct:
            return self._whole(row, span, direct[-1])
        phrase = self.plains[row][span.start : span.end]
        if _SPEAKING.search(phrase):
            more = apposition(self.plains[row], span.end)
            beside = [name for name in self._inside(row, more) if name.span.start - more.start < 5] if more else []
            if beside and (" " in beside[0].key or _HONORIFIC.search(self.plains[row][: beside[0].span.start])):
                return self.write(beside[0].key)
        return None

    def _inside(self, row: int, span: Span) -> list[Name]:
        return [
            name
            for name in self.named[row]
            if span.start <= name.span.start < name.span.end <= span.end and self.plains[row][name.span.start].isupper()
        ]

    def _is_direct(self, row: int, name: Name, span: Span) -> bool:
        before = self.plains[row][span.start : name.span.start]
        return not _LINK.search(_HONORIFIC.sub("", before))

    def _whole(self, row: int, span: Span, name: Name) -> str:
        """The name, with what follows it where it is only the first word of a body: "Commission européenne"."""
        plain = self.plains[row]
        rest = plain[name.span.end : span.end]
        written = plain[name.span.start : name.span.end]
        if " " in name.key or not re.match(r" (?!et\b|and\b|a\b|avait\b)[a-zà-ÿ]", rest) or self.full.get(name.key, written) != written:
            return self.write(name.key)
        if name.key in {holder.key for holder in self.known}:
            return self.write(name.key)
        return " ".join((written + rest).split()[:_WORDS_KEPT])

    def _described(self, row: int, span: Span, phrase: str) -> str | None:
        """A person known by office, or a body as written; only what can speak."""
        if not _SPEAKING.search(phrase) and not self._inside(row, span):
            return None
        key = holder_of(phrase, self.known) if re.match(r"(?:le|la|l'|the|ce|cette|cet|this)\b", phrase, re.IGNORECASE) else None
        if key is not None:
            return self.write(key)
        acronym = re.compile(r" \((?P<short>[A-Z][A-Za-z]{1,7})\)").match(self.plains[row], span.end)
        if acronym:
            return acronym["short"]
        short = " ".join(phrase.split()[:_WORDS_KEPT])
        return short if len(short) > 2 else None

    def _pronoun(self, word: str, row: int, place: int) -> str | None:
        """The last speaker, if of the right gender; else the last person named before who is."""
        female = word in _FEMININE
        if self.last is not None and self._fits(self.last, female):
            return self.last
        return self._behind(row, place, female)

    def _fits(self, speaker: str, female: bool) -> bool:
        key = next((key for key, written in self.full.items() if written == speaker), None)
        if key is None:
            article = re.match(r"(le|la|un|une)\b", speaker, re.IGNORECASE)
            return article is None or (article[1].casefold() in ("la", "une")) == female
        return self.female.get(key, female) == female

    def _behind(self, row: int, place: int, female: bool | None) -> str | None:
        """The last person named before ``place``, in this sentence or the two before it."""
        for back in range(row, max(-1, row - 3), -1):
            for name in reversed(self.named[back]):
                if back == row and name.span.end > place:
                    continue
                if " " in name.key and (female is None or self.female.get(name.key, female) == female):
                    return self.write(name.key)
        return None


def same_speaker(one: str, two: str) -> bool:
    """Whether two speaker strings share their surname or head noun, accents and articles aside."""
    left, right = (_ARTICLE.sub("", fold(speaker)) for speaker in (one, two))
    first, second = re.findall(r"\w+", left), re.findall(r"\w+", right)
    return bool(first and second) and (first[-1] == second[-1] or first[0] == second[0])
