"""From an article to its sentences: clean, cut, give roles, annotate."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimcheck.settings import TextSettings
from claimcheck.text.clean import Noise, blank, clean, noise_of, speaks_to_readers
from claimcheck.text.dates import moments
from claimcheck.text.headings import asserts
from claimcheck.text.language import language
from claimcheck.text.modality import modality, negated
from claimcheck.text.names import names
from claimcheck.text.quantities import quantities
from claimcheck.text.roles import is_heading, is_question, is_title, word_count
from claimcheck.text.sentences import spans
from claimcheck.text.shadow import shadow
from claimcheck.text.speech import attribute
from claimcheck.types import Article, Dropped, ReadArticle, Role, Sentence

_DEFAULT_LANGUAGE = "fr"
_SENTENCE_CHARACTERS = 80  # a shorter sentence says too little about its own language


_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence or heading before annotation; ``reason`` is empty for what is kept."""

    start: int
    end: int
    role: Role
    reason: str
    opens_paragraph: bool


def read(article: Article, settings: TextSettings) -> ReadArticle:
    """Read the claims and assertive headings of ``article``, in order, and say why everything else was dropped.

    ``article.text[start:end] == text`` for each; the article returned has its language filled in where it was found.
    """
    if article.language is None:
        article = dataclasses.replace(article, language=language(article.text))
    plain = shadow(article.text)
    noise = clean(plain)
    units = list(_units(plain, blank(plain, noise), article.title, settings))
    gone = [Noise(unit.start, unit.end, unit.role, unit.reason) for unit in units if unit.reason]
    dropped = tuple(
        Dropped(article.id, part.start, part.end, article.text[part.start : part.end], part.role, part.reason)
        for part in sorted([*noise, *gone], key=lambda part: part.start)
    )
    return ReadArticle(article, _annotated(article, [unit for unit in units if not unit.reason], settings), dropped)


def _units(plain: str, blanked: str, title: str, settings: TextSettings) -> Iterator[_Unit]:
    """All sentences and headings outside the noise, in order; the first line may be the title."""
    shown_title: str | None = shadow(title)
    for line in _LINE.finditer(plain):
        found = [(line.start() + start, line.start() + end) for start, end in spans(blanked[line.start() : line.end()])]
        if not found:
            continue
        start, end = found[0][0], found[-1][1]
        bare = blanked[start:end]
        if shown_title is not None and "\n" not in bare and is_title(bare, shown_title):
            yield _Unit(start, end, *_heading(bare, settings, is_first=True), opens_paragraph=True)
        elif bare == line.group().strip() and is_heading(bare):
            yield _Unit(start, end, *_heading(bare, settings, is_first=False), opens_paragraph=True)
        else:
            yield from _sentences(plain, found, settings)
        shown_title = None


def _heading(bare: str, settings: TextSettings, is_first: bool) -> tuple[Role, str]:
    found = noise_of(bare)
    if found is not None:
        return found
    if is_question(bare):
        return Role.QUESTION, "question"
    if word_count(bare) < settings.min_words:
        return Role.FRAGMENT, f"fewer than {settings.min_words} words"
    return Role.HEADING, "" if is_first or (bare[0] != "«" and asserts(bare)) else "heading without a claim"


def _sentences(plain: str, found: list[tuple[int, int]], settings: TextSettings) -> Iterator[_Unit]:
    """Give the sentences of one line; a line in which the outlet speaks to its readers throughout is one appeal."""
    noises = [noise_of(plain[start:end]) for start, end in found]
    appeal = next((noise for noise in noises if noise is not None and noise[0] is Role.APPEAL), None)
    if appeal and not all(
        noise or speaks_to_readers(plain[start:end]) for noise, (start, end) in zip(noises, found, strict=True)
    ):
        appeal = None
    for noise, (start, end) in zip(noises, found, strict=True):
        role, reason = noise or appeal or _sentence(plain[start:end], settings)
        yield _Unit(start, end, role, reason, opens_paragraph=start == found[0][0])


def _sentence(bare: str, settings: TextSettings) -> tuple[Role, str]:
    if is_question(bare):
        return Role.QUESTION, "question"
    if word_count(bare) < settings.min_words:
        return Role.FRAGMENT, f"fewer than {settings.min_words} words"
    return Role.CLAIM, ""


def _annotated(article: Article, units: list[_Unit], settings: TextSettings) -> tuple[Sentence, ...]:
    """Make sentences of the kept units, with speaker, quotes, quantities, moments, names, modality and negation."""
    tongue = article.language or _DEFAULT_LANGUAGE
    published = article.published.date() if article.published else None
    texts = [article.text[unit.start : unit.end][: settings.max_characters] for unit in units]
    named = names(texts, tongue)
    attributions = attribute(texts, named, tongue, [unit.opens_paragraph for unit in units])
    sentences: list[Sentence] = []
    for index, (unit, text) in enumerate(zip(units, texts, strict=True)):
        own = _own_language(text, tongue)
        sentences.append(
            Sentence(
                article=article.id,
                index=index,
                start=unit.start,
                end=unit.end,
                text=article.text[unit.start : unit.end],
                role=unit.role,
                speaker=attributions[index].speaker,
                quotes=attributions[index].quotes,
                negated=negated(text, own),
                modality=modality(text, own),
                quantities=quantities(text, own),
                moments=moments(text, own, published),
                names=named[index],
            )
        )
    return tuple(sentences)


def _own_language(text: str, article_language: str) -> str:
    """Tell the language of one sentence: the article's, unless the sentence is long and clearly in another."""
    return (language(text) if len(text) >= _SENTENCE_CHARACTERS else None) or article_language
