"""From an article to its sentences: outline, then annotate what is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from claimcheck.settings import TextSettings
from claimcheck.text.dates import moments
from claimcheck.text.language import language
from claimcheck.text.modality import modality, negated
from claimcheck.text.names import names
from claimcheck.text.outline import Unit, outline
from claimcheck.text.quantities import quantities
from claimcheck.text.speech import attribute
from claimcheck.types import Article, Dropped, ReadArticle, Sentence

_DEFAULT_LANGUAGE = "fr"
_SENTENCE_CHARACTERS = 80  # a shorter sentence says too little about its own language


def read(article: Article, settings: TextSettings) -> ReadArticle:
    """Read the claims and assertive headings of ``article``, in order, and say why everything else was dropped.

    ``article.text[start:end] == text`` for each; the article returned has its language filled in where it was found.
    """
    if article.language is None:
        article = dataclasses.replace(article, language=language(article.text))
    units = outline(article.text, article.title, settings.min_words)
    dropped = tuple(
        Dropped(article.id, unit.start, unit.end, article.text[unit.start : unit.end], unit.role, unit.reason)
        for unit in units
        if unit.reason
    )
    return ReadArticle(article, _annotated(article, [unit for unit in units if not unit.reason], settings), dropped)


def _annotated(article: Article, units: Sequence[Unit], settings: TextSettings) -> tuple[Sentence, ...]:
    """Make sentences of the kept units, with speaker, quotes, quantities, moments, names, modality and negation."""
    tongue = article.language or _DEFAULT_LANGUAGE
    published = article.published.date() if article.published else None
    texts = [article.text[unit.start : unit.end][: settings.max_characters] for unit in units]
    starts = [not row or unit.paragraph != units[row - 1].paragraph for row, unit in enumerate(units)]
    named = names(texts, tongue)
    attributions = attribute(texts, named, tongue, starts)
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
