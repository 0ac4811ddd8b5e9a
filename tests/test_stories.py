"""Statements take context and speaker from their article; unlisted pairs are all the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.evaluation.datasets import read_listing, read_pairs, with_random_pairs
from claimcheck.evaluation.rows import LabelledRow
from claimcheck.evaluation.stories import Coverage, unlisted
from claimcheck.types import Article, ReadArticle, Role, Sentence, Statement

SHARED = Path(__file__).resolve().parents[2] / "shared"


def sentence(article: str, text: str, whole: str, index: int) -> Sentence:
    start = whole.index(text)
    return Sentence(article, index, start, start + len(text), text, Role.CLAIM, speaker=f"S{index}")


def coverage(articles: dict[str, list[str]]) -> Coverage:
    read = {}
    for file, texts in articles.items():
        whole = " ".join(texts)
        article = Article(file, f"/x/{file}", file, "", None, None, "en" if file == "e.txt" else "fr", whole)
        read[file] = ReadArticle(article, tuple(sentence(file, text, whole, i) for i, text in enumerate(texts)), ())
    return Coverage(Path("/x"), read)


def test_statement_takes_the_sentence_before_and_the_speaker_of_its_own() -> None:
    found = coverage({"a.txt": ["Premier fait.", "Deuxième fait.", "Troisième fait."]})
    assert found.statement("a.txt", "Deuxième fait.") == Statement("Deuxième fait.", "Premier fait.", None, "S1")
    assert found.statement("a.txt", "Premier fait.").context == ""
    assert found.statement("a.txt", "Ailleurs.") == Statement("Ailleurs.")


def test_language_of_two_articles_is_mixed_where_they_differ() -> None:
    found = coverage({"a.txt": ["Un."], "b.txt": ["Deux."], "e.txt": ["Three."]})
    assert [found.language("a.txt", "b.txt"), found.language("a.txt", "e.txt")] == ["fr", "mixed"]


words = st.sampled_from(["un", "deux", "trois", "quatre"])
texts = st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4, unique=True)


@settings(deadline=None)
@given(texts, texts, st.data())
def test_unlisted_pairs_are_all_pairs_that_overlap_no_row(one: list[str], two: list[str], data: st.DataObject) -> None:
    found = coverage({"a.txt": one, "b.txt": two})
    x, y = data.draw(st.sampled_from(one)), data.draw(st.sampled_from(two))
    row = LabelledRow(
        Statement(x),
        Statement(y),
        frozenset({"agree"}),
        None,
        "g",
        "fr",
        None,
        1,
        "s",
        {"a": {"file": "b"}, "b": {"file": "a"}},
    )
    expected = [
        (s, t)
        for s in one
        for t in two
        if not any((s in p or p in s) and (t in q or q in t) for p, q in ((x, y), (y, x)))
    ]
    for covered in (True, False):
        assert [(r.a.text, r.b.text) for r in unlisted(found, [row], covered=covered)] == expected


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the data folder is not here")
def test_gold_texts_are_found_in_their_articles() -> None:
    rows, found = read_listing(SHARED / "gold/seeds_dev_pairs.jsonl", SHARED / "seeds")
    located = [
        row.fields[side]["text"] in found.articles[found.find(row.fields[side]["article"], row.where)].article.text
        for row in rows
        for side in ("a", "b")
    ]
    assert sum(located) / len(located) > 0.98
    drawn = with_random_pairs(SHARED / "gold/seeds_dev_pairs.jsonl", SHARED / "seeds")
    kept = read_pairs(SHARED / "gold/seeds_dev_pairs.jsonl")
    assert len(drawn) == 2 * len(kept)
