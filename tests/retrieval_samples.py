"""Invented sentences and runs for the tests of topics, candidate pairs and reprints."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from claimcheck.types import Name, Quantity, Role, Sentence, Span, Vectors

Run = tuple[list[Sentence], Vectors, list[str]]

TEXTS = (
    "Le barrage de Lorme a cédé dans la nuit de mardi.",
    "La préfecture refuse de dire si le barrage de Lorme a cédé.",
    "Trois maires demandent une enquête sur l'entretien de l'ouvrage.",
    "The dam at Lorme gave way overnight, the prefect said.",
    "Aucune victime n'a été signalée à midi.",
    "Quatorze personnes sont portées disparues.",
    "?!",
)


def sentence(
    text: str, article: str = "a", index: int = 0, names: str = "", number: str = "", quote: str = ""
) -> Sentence:
    """A claim with at most one name, one number and one quote, each given as a part of ``text``."""
    return Sentence(
        article,
        index,
        0,
        len(text),
        text,
        Role.CLAIM,
        quotes=(_span(text, quote),) if quote else (),
        quantities=(Quantity(_span(text, number), float(number), float(number), "", "", False),) if number else (),
        names=(Name(_span(text, names), names.casefold()),) if names else (),
    )


def _span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def numbered(texts: list[str], outlets: list[str]) -> list[Sentence]:
    """One article per outlet, its sentences in the order given."""
    seen: dict[str, int] = {}
    made = []
    for text, outlet in zip(texts, outlets, strict=True):
        seen[outlet] = seen.get(outlet, -1) + 1
        made.append(sentence(text, f"article-{outlet}", seen[outlet]))
    return made


def units(count: int, seed: int, dimensions: int = 16) -> Vectors:
    """Random unit rows."""
    rows = np.random.default_rng(seed).normal(size=(count, dimensions))
    unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """Up to 14 sentences of up to four outlets, repeated texts included, with random vectors."""
    count = draw(st.integers(0, 14))
    texts = draw(st.lists(st.sampled_from(TEXTS), min_size=count, max_size=count))
    outlets = draw(st.lists(st.sampled_from(["Nord", "Sud", "Est", "Ouest"]), min_size=count, max_size=count))
    return numbered(texts, outlets), units(count, draw(st.integers(0, 999))), outlets


def shuffled(run: Run, order: list[int]) -> Run:
    """The same run with its rows in another order."""
    sentences, vectors, outlets = run
    return [sentences[row] for row in order], vectors[order], [outlets[row] for row in order]
