"""The text stage: from an article to its claims."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from durations import seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.settings import TextSettings
from claimcheck.text import read
from claimcheck.text.outline import Unit, outline
from claimcheck.types import Article, Dropped, Modality, Moment, Name, Quantity, ReadArticle, Role, Sentence

ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT / "data" / "stories"
SHARED = ROOT.parent / "shared"

PAGE = """Lormont refuse l'accord avec Bègles
Publié le 4 mars 2025 à 10h12
![](https://img.example/digue.jpg)
« Nous ne signerons pas », a déclaré Jeanne Roux, maire de Lormont, mardi 4 mars. La ville perdrait 3\u00a0000 emplois.
Un calendrier
Qui paiera la digue ? Le préfet aurait promis 12 millions d'euros.
Bègles votera sans Lormont
Le conseil est divisé. Non.
La Gazette est un média indépendant. Nous avons besoin de votre soutien ce mois-ci.
Lire aussi : La digue en cinq dates
lau/mdp"""


def article(text: str, title: str = "", language: str | None = "fr") -> Article:
    return Article("a1", "a1.txt", "La Gazette", title, None, datetime(2025, 3, 5, tzinfo=UTC), language, text)


def texts(result: ReadArticle, role: Role) -> list[str]:
    return [sentence.text for sentence in result.sentences if sentence.role is role]


def reasons(result: ReadArticle) -> dict[str, tuple[Role, str]]:
    return {dropped.text: (dropped.role, dropped.reason) for dropped in result.dropped}


@pytest.fixture(scope="module")
def page() -> ReadArticle:
    return read(article(PAGE, "Lormont refuse l'accord avec Bègles"), TextSettings())


def test_only_claims_and_assertive_headings_are_kept(page: ReadArticle) -> None:
    assert texts(page, Role.HEADING) == ["Lormont refuse l'accord avec Bègles", "Bègles votera sans Lormont"]
    assert texts(page, Role.CLAIM) == [
        "« Nous ne signerons pas », a déclaré Jeanne Roux, maire de Lormont, mardi 4 mars.",
        "La ville perdrait 3\u00a0000 emplois.",
        "Le préfet aurait promis 12 millions d'euros.",
        "Le conseil est divisé.",
    ]
    assert {sentence.role for sentence in page.sentences} == {Role.HEADING, Role.CLAIM}


def test_everything_else_is_dropped_with_its_reason(page: ReadArticle) -> None:
    found = reasons(page)
    assert found["Publié le 4 mars 2025 à 10h12"] == (Role.DATELINE, "date of publication")
    assert found["![](https://img.example/digue.jpg)"] == (Role.IMAGE, "image")
    assert found["Un calendrier"] == (Role.FRAGMENT, "fewer than 4 words")
    assert found["Qui paiera la digue ?"] == (Role.QUESTION, "question")
    assert found["Non."] == (Role.FRAGMENT, "fewer than 4 words")
    assert found["Nous avons besoin de votre soutien ce mois-ci."][0] is Role.APPEAL
    assert found["Lire aussi : La digue en cinq dates"][0] is Role.READ_ALSO
    assert found["lau/mdp"] == (Role.BYLINE, "agency sign")


def test_a_heading_without_a_claim_is_dropped() -> None:
    text = "Le maire a signé l'accord.\nLes longues coulisses d'un accord\nLe préfet a dit non."
    result = read(article(text), TextSettings())
    assert reasons(result) == {"Les longues coulisses d'un accord": (Role.HEADING, "heading without a claim")}


def test_each_sentence_carries_what_was_read_in_it(page: ReadArticle) -> None:
    by_text = {sentence.text: sentence for sentence in page.sentences}
    quote = by_text["« Nous ne signerons pas », a déclaré Jeanne Roux, maire de Lormont, mardi 4 mars."]
    assert quote.speaker is not None
    assert "Roux" in quote.speaker
    assert quote.negated
    assert [quote.text[span.start : span.end].strip() for span in quote.quotes] == ["Nous ne signerons pas"]
    assert [(moment.first, moment.last) for moment in quote.moments] == [(datetime(2025, 3, 4).date(),) * 2]
    assert any("Roux" in quote.text[name.span.start : name.span.end] for name in quote.names)
    money = by_text["Le préfet aurait promis 12 millions d'euros."]
    assert [(quantity.low, quantity.high, quantity.unit) for quantity in money.quantities] == [(12e6, 12e6, "EUR")]
    assert money.modality is Modality.CONDITIONAL


def test_the_title_is_kept_even_without_a_verb_and_as_one_piece() -> None:
    result = read(article("EXCLUSIF. Le plan caché de Lormont\nLe maire a signé l'accord."), TextSettings())
    assert texts(result, Role.HEADING) == ["EXCLUSIF. Le plan caché de Lormont"]


def test_a_neighbour_of_an_appeal_is_no_appeal_when_it_reports() -> None:
    text = "Le maire a signé l'accord. Abonnez-vous à notre lettre."
    result = read(article(f"Titre de la page du jour\n{text}"), TextSettings())
    assert texts(result, Role.CLAIM) == ["Le maire a signé l'accord."]


def test_the_language_is_found_when_unknown_and_kept_when_given() -> None:
    english = "The mayor of Lormont refused to sign the agreement on Tuesday. The council has not voted."
    assert read(article(english, language=None), TextSettings()).article.language == "en"
    assert read(article(english, language="fr"), TextSettings()).article.language == "fr"


def test_the_word_limit_is_a_setting() -> None:
    text = "Titre de la page du jour\nLe conseil vote. Le maire a signé l'accord."
    assert len(read(article(text), TextSettings(min_words=3)).sentences) == 3
    assert len(read(article(text), TextSettings(min_words=4)).sentences) == 2


def test_an_empty_article_reads_as_empty() -> None:
    assert read(article("", language=None), TextSettings()).sentences == ()
    assert read(article(" \n\u00a0\n", language=None), TextSettings()).sentences == ()


def check_spans(result: ReadArticle) -> None:
    text = result.article.text
    items: list[Sentence | Dropped] = [*result.sentences, *result.dropped]
    spans = [(item.start, item.end, item.text) for item in items]
    assert all(text[start:end] == shown and shown for start, end, shown in spans)
    ordered = sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(ordered))
    assert [sentence.index for sentence in result.sentences] == list(range(len(result.sentences)))
    starts = [dropped.start for dropped in result.dropped]
    assert starts == sorted(starts)
    for sentence in result.sentences:
        read_in_it: list[Quantity | Moment | Name] = [*sentence.quantities, *sentence.moments, *sentence.names]
        marks = [*sentence.quotes, *(item.span for item in read_in_it)]
        assert all(0 <= span.start <= span.end <= len(sentence.text) for span in marks)


_PARTS = st.sampled_from(
    [*PAGE.split("\n"), "\n", " ", "\u202f", "«", "»", '"', "(Photo : AFP)", "M. Petit nie. ", "1 000,5 €", "hier"]
)


@given(st.one_of(st.lists(_PARTS, max_size=12).map("".join), st.text(max_size=150)))
@settings(max_examples=120, deadline=None)
def test_every_span_points_into_the_article_and_none_overlap(text: str) -> None:
    check_spans(read(article(text), TextSettings()))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _story_articles() -> Iterator[tuple[Path, Article]]:
    for table in sorted(STORIES.glob("*/articles.csv")):
        with table.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                path = table.parent / row["file"]
                yield path, article(path.read_text(encoding="utf-8"), row["title"], row["language"])


def _kept_share(text: str, kept: list[Unit], gold: str) -> float:
    """Share of the characters of a gold text that the kept units cover."""
    start = f"\n{text}\n".find(f"\n{gold}\n")
    start = start if start >= 0 else text.find(gold)
    assert start >= 0, gold
    end = start + len(gold)
    return sum(max(0, min(end, unit.end) - max(start, unit.start)) for unit in kept) / len(gold)


def _lost_and_let_through(
    read_from: Article, claims: set[str], noise: list[dict[str, Any]]
) -> tuple[set[str], set[str]]:
    text = read_from.text
    kept = [unit for unit in outline(text, read_from.title, min_words=4) if not unit.reason]
    judged = [row for row in noise if row["kind"] not in ("segmentation_error", "title") and not row.get("assertive")]
    let_through = {row["text"] for row in judged if _kept_share(text, kept, row["text"]) >= 0.5}
    return {claim for claim in claims if _kept_share(text, kept, claim) < 0.5}, let_through


@pytest.mark.skipif(not STORIES.is_dir(), reason="no stories")
def test_on_the_stories_noise_is_dropped_and_claims_survive() -> None:
    lost = kept_noise = claims_total = noise_total = 0
    for path, story_article in _story_articles():
        pairs = _rows(path.parent / "pairs.jsonl")
        claims = {row[side]["text"] for row in pairs for side in "ab" if row[side]["file"] == path.name}
        claims |= {row["text"] for row in _rows(path.parent / "speakers.jsonl") if row["file"] == path.name}
        noise = [row for row in _rows(path.parent / "noise.jsonl") if row["file"] == path.name]
        missed, let_through = _lost_and_let_through(story_article, claims, noise)
        lost, kept_noise = lost + len(missed), kept_noise + len(let_through)
        claims_total, noise_total = claims_total + len(claims), noise_total + len(noise)
    assert lost / claims_total <= 0.01
    assert kept_noise / noise_total <= 0.04


def _seed_articles() -> list[Article]:
    paths = sorted((SHARED / "seeds").glob("*.txt"))
    if not paths:
        pytest.skip("the shared seeds are absent")
    return [article(path.read_text(encoding="utf-8"), language=None) for path in paths]


@pytest.mark.shared
def test_on_the_seeds_noise_is_dropped_and_claims_survive() -> None:
    seeds = _seed_articles()
    names = [path.stem for path in sorted((SHARED / "seeds").glob("*.txt"))]
    pairs = _rows(SHARED / "gold" / "seeds_dev_pairs.jsonl")
    lost = kept_noise = claims_total = noise_total = 0
    for name, seed in zip(names, seeds, strict=True):
        claims = {row[side]["text"] for row in pairs for side in "ab" if row[side]["article"] == name}
        noise = [row for row in _rows(SHARED / "gold" / "seeds_noise.jsonl") if row["article"] == name]
        result = read(seed, TextSettings())
        check_spans(result)
        assert result.article.language == "fr"
        missed, let_through = _lost_and_let_through(seed, claims, noise)
        lost, kept_noise = lost + len(missed), kept_noise + len(let_through)
        claims_total, noise_total = claims_total + len(claims), noise_total + len(noise)
    assert lost / claims_total <= 0.01
    assert kept_noise / noise_total <= 0.05


@pytest.mark.shared
def test_a_seed_article_reads_in_a_second() -> None:
    seeds = _seed_articles()
    read(seeds[0], TextSettings())  # loads the language model and the word lists once
    for seed in seeds:
        assert min(seconds(lambda one: read(one, TextSettings()), seed) for _ in range(3)) < 1
