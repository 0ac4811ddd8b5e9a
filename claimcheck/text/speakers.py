"""Who a noun phrase means in its article: a person by full name, a body as written, or the one spoken of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from claimcheck.text.lexicon import fold
from claimcheck.text.name_words import INSTITUTIONS
from claimcheck.text.offices import Holder, holders, holders_of
from claimcheck.text.phrases import BACKWARD, DETERMINERS, PRONOUNS, apposition
from claimcheck.text.speaker_words import (
    BODY_NOUNS,
    DEFINITE,
    DETERMINED,
    FEMININE,
    GOVERNED,
    HEAD,
    HONORIFIC,
    LINK,
    MUTE,
    PERSON_NOUNS,
    PLURAL,
    SPEAKING,
    WORDS_KEPT,
)
from claimcheck.types import Name, Span


@dataclass
class Cast:
    """The people and bodies of one article, and who was last spoken of; it changes while the article is read."""

    plains: Sequence[str]
    named: Sequence[Sequence[Name]]
    full: dict[str, str] = field(default_factory=dict)
    female: dict[str, bool] = field(default_factory=dict)
    known: list[Holder] = field(default_factory=list)
    last: str | None = None
    last_row: int = -9
    subject: str | None = None
    subject_row: int = -9

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
        elif " " in name.key and (
            match := re.search(
                r"(?:^|\W)(la|une|le|un) "
                r"([^,.;:«»]{3,45}),?$",
                before,
                re.IGNORECASE,
            )
        ):
            self.female.setdefault(name.key, match[1].casefold() in ("la", "une"))

    def write(self, key: str) -> str:
        """The fullest form in which the article writes the name."""
        return self.full.get(key, key)

    def heard(self, row: int, speaker: str | None, subject: Span | None) -> None:
        """Remember who spoke in sentence ``row``, and the person who is its subject."""
        if speaker is not None:
            self.last, self.last_row = speaker, row
        named = self._named(row, subject) if subject else None
        if named is not None and self.is_person(named):
            self.subject, self.subject_row = named, row

    def is_person(self, speaker: str) -> bool:
        """Whether a speaker is known to be a person: a title, an office or a Mr before the name."""
        key = self._key(speaker)
        if key is None:
            return False
        return key in self.female or any(holder.key == key for holder in self.known) or _is_full_name(key)

    def _key(self, speaker: str) -> str | None:
        return next((key for key, written in self.full.items() if written == speaker), None)

    def choose(self, row: int, spans: Sequence[Span], *, lenient: bool) -> str | None:
        """The speaker named by one of the phrases; else the first that any of them describes."""
        for span in spans:
            phrase = self.plains[row][span.start : span.end].strip()
            if phrase.casefold() in PRONOUNS or BACKWARD.match(phrase):
                return self.resolve(row, span)
            named = self._named(row, span)
            if named is not None:
                return named
        found = (self.resolve(row, span, lenient=lenient) for span in spans)
        return next((speaker for speaker in found if speaker is not None), None)

    def resolve(self, row: int, span: Span, *, lenient: bool = False) -> str | None:
        """Who the phrase at ``span`` of sentence ``row`` is, None where it means nobody who can speak.

        ``lenient`` takes any noun for a speaker, where the grammar leaves no doubt that it speaks.
        """
        phrase = self.plains[row][span.start : span.end].strip()
        if phrase.casefold() in PRONOUNS:
            return self._pronoun(phrase.casefold(), row, span.start)
        if BACKWARD.match(phrase):
            return self._pointed(row, span.start, phrase.casefold())
        return self._named(row, span) or self._described(row, span, phrase, lenient)

    def _pointed(self, row: int, place: int, phrase: str) -> str | None:
        """Who "ce dernier", "l'intéressée" or "cette source" points back to."""
        if re.match(r"(?:ce|cette) dern|c[e']l|ceux|l'int|the latter", phrase):
            female = phrase.startswith(("cette", "celle")) or phrase.startswith("l'intéressée")
            return self._behind(row, place, female, but=self.last if phrase.startswith("l'int") else None)
        if phrase in ("lui", "elle", "eux", "him", "her"):
            return self._pronoun(phrase, row, place)
        return self.last

    def _named(self, row: int, span: Span) -> str | None:
        """The name that heads the phrase, or stands in apposition to it."""
        direct = [name for name in self._inside(row, span) if self._is_direct(row, name, span)]
        if direct and not self._is_followed(row, direct[-1], span):
            return self.write(direct[-1].key)
        phrase = self.plains[row][span.start : span.end]
        head = HEAD.match(phrase)
        if head is not None and SPEAKING.search(phrase):
            more = apposition(self.plains[row], span.end)
            beside = [name for name in self._inside(row, more) if name.span.start - more.start < 5] if more else []
            if beside and more is not None and (" " in beside[0].key or beside[0].span.end == more.end):
                return self.write(beside[0].key)
        return self._whole(row, span, direct[-1]) if direct else None

    def _is_followed(self, row: int, name: Name, span: Span) -> bool:
        """Whether lower-case words go on behind a one-word name: "Commission européenne", "Russian minister"."""
        return " " not in name.key and re.match(r" [a-zà-ÿ]", self.plains[row][name.span.end : span.end]) is not None

    def _inside(self, row: int, span: Span) -> list[Name]:
        return [
            name
            for name in self.named[row]
            if span.start <= name.span.start < name.span.end <= span.end and self.plains[row][name.span.start].isupper()
        ]

    def _is_direct(self, row: int, name: Name, span: Span) -> bool:
        before = self.plains[row][span.start : name.span.start]
        return not LINK.search(HONORIFIC.sub("", before)) and not GOVERNED.search(before)

    def _whole(self, row: int, span: Span, name: Name) -> str:
        """The name, with what follows it where it is only the first word of a body: "Commission européenne"."""
        plain = self.plains[row]
        rest = plain[name.span.end : span.end]
        written = plain[name.span.start : name.span.end]
        if (
            " " in name.key
            or not re.match(
                r" (?!et\b|and\b|a\b|"
                r"avait\b)[a-zà-ÿ]",
                rest,
            )
            or self.full.get(name.key, written) != written
        ):
            return self.write(name.key)
        if name.key in {holder.key for holder in self.known}:
            return self.write(name.key)
        return " ".join((written + rest).split()[:WORDS_KEPT])

    def _described(self, row: int, span: Span, phrase: str, lenient: bool) -> str | None:
        """A person known by office, the body spoken of before, or a body as written."""
        head = HEAD.match(phrase)
        speaks = head is not None and SPEAKING.fullmatch(head["noun"]) is not None
        if not (
            speaks
            or (lenient and DETERMINED.match(phrase))
            or any(name.span.start == span.start for name in self.named[row])
        ):
            return None
        if head is None or fold(head["noun"]) in MUTE or head["noun"].casefold() in DETERMINERS:
            return None
        definite = DEFINITE.match(phrase) is not None
        key = self._holder(phrase) if definite else None
        if key is not None:
            return self.write(key)
        if definite and len(phrase.split()) <= 2 and self.last is not None:
            noun = fold(head["noun"])
            if noun in PERSON_NOUNS and self.is_person(self.last):
                return self.last
            if noun in BODY_NOUNS and not self.is_person(self.last) and _is_name(self.last):
                return self.last
        acronym = re.compile(r" \((?P<short>[A-Z][A-Za-z]{1,7})\)").match(self.plains[row], span.end)
        if acronym:
            return acronym["short"]
        short = " ".join(phrase.split()[:WORDS_KEPT])
        return short if len(short) > 2 else None

    def _holder(self, phrase: str) -> str | None:
        """The holder of an office; of several, the one who spoke last, if of the right gender."""
        found = holders_of(phrase, self.known)
        if len(found) > 1:
            female = re.match(r"(?:la|cette) ", phrase, re.IGNORECASE) is not None
            found = {key for key in found if self.female.get(key, female) == female} or found
        if len(found) == 1:
            return next(iter(found))
        recent = (self._key(speaker) for speaker in (self.last, self.subject) if speaker is not None)
        return next((key for key in recent if key in found), None)

    def _pronoun(self, word: str, row: int, place: int) -> str | None:
        """The last speaker or subject who fits in gender and number; else the last person named."""
        female, plural = word in FEMININE, word in PLURAL
        recent = [(self.last_row + 0.5, self.last), (self.subject_row, self.subject)]
        for place_of, candidate in sorted(recent, key=lambda one: -one[0]):
            if candidate is not None and place_of >= row - 4 and self._fits(candidate, female, plural):
                return candidate
        return None if plural else self._behind(row, place, female)

    def _fits(self, speaker: str, female: bool, plural: bool) -> bool:
        key = self._key(speaker)
        if key is not None and key in self.female:
            return not plural and self.female[key] == female
        if re.match(r"(?:les|des|deux|trois|plusieurs|certains|two|three|several) ", speaker, re.IGNORECASE):
            return plural
        article = re.match(r"(le|la|un|une)\b", speaker, re.IGNORECASE)
        return not plural and (article is None or (article[1].casefold() in ("la", "une")) == female)

    def _behind(self, row: int, place: int, female: bool | None, but: str | None = None) -> str | None:
        """The last person named before ``place``, in this sentence or the two before it; else the last body."""
        others: str | None = None
        for back in range(row, max(-1, row - 3), -1):
            for name in reversed(self.named[back]):
                written = self.write(name.key)
                if (back == row and name.span.end > place) or written == but:
                    continue
                if name.key in self.female and (female is None or self.female[name.key] == female):
                    return written
                if name.key not in self.female and others is None:
                    others = written
        return others


def _is_full_name(key: str) -> bool:
    first, _, rest = key.partition(" ")
    return bool(rest) and first not in INSTITUTIONS and len(rest) > 1


def _is_name(speaker: str) -> bool:
    return speaker[:1].isupper() or speaker[2:3].isupper()
