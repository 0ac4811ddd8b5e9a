from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from retrieval_samples import Run, numbered, runs, sentence, shuffled, units

from claimcheck.neighbours import in_context, nearest, shared, similarity, words
from claimcheck.pairs import WEIGHTS, WHOLE, candidates, cross_pairs, with_nearest
from claimcheck.settings import PairSettings
from claimcheck.types import Pair, Sentence

BLOCKS = [slice(0, 7), slice(7, 20), slice(20, 30)]


def big_run(each: int = 20) -> Run:
    outlets = [outlet for outlet in ("Nord", "Sud", "Est") for _ in range(each)]
    texts = [f"Le dossier {row % 9} de la commune {row % 11} avance." for row in range(len(outlets))]
    return numbered(texts, outlets), units(len(outlets), 1), outlets


def content(found: tuple[Pair, ...], sentences: list[Sentence]) -> list[tuple[object, ...]]:
    places = [(each.article, each.index) for each in sentences]
    return [(frozenset((places[p.left], places[p.right])), round(p.similarity, 5), p.sources) for p in found]


@settings(max_examples=40, deadline=None)
@given(runs())
def test_pairs_cross_outlets_ascend_and_are_unique(run: Run) -> None:
    sentences, vectors, outlets = run
    found = candidates(sentences, vectors, outlets, PairSettings())
    assert all(pair.left < pair.right and outlets[pair.left] != outlets[pair.right] for pair in found)
    assert len({(pair.left, pair.right) for pair in found}) == len(found)
    assert all(abs(pair.similarity - float(vectors[pair.left] @ vectors[pair.right])) < 1e-5 for pair in found)


@settings(max_examples=30, deadline=None)
@given(runs(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_neither_pairs_nor_ranks(run: Run, random: object) -> None:
    order = list(range(len(run[0])))
    random.shuffle(order)  # type: ignore[attr-defined]
    other = shuffled(run, order)
    first, second = candidates(*run, PairSettings()), candidates(*other, PairSettings())
    assert content(first, run[0]) == content(second, other[0])


@settings(max_examples=30, deadline=None)
@given(runs())
def test_a_small_run_is_taken_whole(run: Run) -> None:
    sentences, vectors, outlets = run
    total = cross_pairs(outlets)
    found = candidates(sentences, vectors, outlets, PairSettings(share=0.01))
    assert len(found) == total if total <= WHOLE else len(found) <= math.ceil(0.01 * total)


@settings(max_examples=30, deadline=None)
@given(runs())
def test_pairs_of_one_outlet_alone_have_it_on_one_side(run: Run) -> None:
    sentences, vectors, outlets = run
    found = candidates(sentences, vectors, outlets, PairSettings(share=0.01), only="Sud")
    assert all((outlets[pair.left] == "Sud") != (outlets[pair.right] == "Sud") for pair in found)
    total = cross_pairs(outlets, "Sud")
    assert total == outlets.count("Sud") * (len(outlets) - outlets.count("Sud"))
    assert len(found) == total if total <= WHOLE else len(found) <= math.ceil(0.01 * total)


def test_pairs_of_one_outlet_alone_are_proposed_as_among_all() -> None:
    sentences, vectors, outlets = big_run()
    everything = candidates(sentences, vectors, outlets, PairSettings(share=1.0))
    alone = candidates(sentences, vectors, outlets, PairSettings(share=1.0), only="Sud")
    assert {pair for pair in everything if "Sud" in (outlets[pair.left], outlets[pair.right])} == set(alone)
    assert candidates(sentences, vectors, outlets, PairSettings(share=1.0), only="Ouest") == ()


def test_the_nearest_sentence_of_each_is_a_pair_however_few_are_wanted() -> None:
    sentences, vectors, outlets = big_run()
    few = candidates(sentences, vectors, outlets, PairSettings(limit=3), only="Sud")
    found = with_nearest(few, vectors, outlets, "Sud")
    assert found[:3] == few
    for row in (row for row, outlet in enumerate(outlets) if outlet == "Sud"):
        cosines = {other: float(vectors[row] @ vectors[other]) for other in range(60) if outlets[other] != "Sud"}
        nearest = max(cosines, key=lambda other: cosines[other])
        (pair,) = [pair for pair in found if {pair.left, pair.right} == {row, nearest}]
        assert pair.similarity == pytest.approx(cosines[nearest], abs=1e-6)
    assert with_nearest(found, vectors, outlets, "Sud") == found
    assert with_nearest((), vectors[:20], outlets[:20], "Sud") == ()


@pytest.mark.parametrize(("share", "limit"), [(0.25, 20_000), (0.1, 20_000), (0.003, 20_000), (1.0, 7)])
def test_share_and_limit_cap_the_pairs_and_keep_the_best(share: float, limit: int) -> None:
    run = big_run()
    total = cross_pairs(run[2])
    found = candidates(*run, PairSettings(share=share, limit=limit))
    assert len(found) == min(limit, math.ceil(share * total))
    assert candidates(*run, PairSettings(share=1.0))[: len(found)] == found


def test_one_outlet_or_no_sentence_gives_no_pair() -> None:
    sentences = numbered(["Le pont est fermé.", "Le pont est ouvert."], ["Nord", "Nord"])
    assert candidates(sentences, units(2, 1), ["Nord", "Nord"], PairSettings()) == ()
    assert candidates([], units(0, 1), [], PairSettings()) == ()


def test_two_articles_of_one_outlet_never_pair() -> None:
    sentences, vectors, outlets = big_run()
    found = candidates(sentences, vectors, ["Nord"] * 40 + outlets[40:], PairSettings(share=1.0))
    assert found
    assert all(pair.left < 40 <= pair.right for pair in found)


def test_each_kind_of_likeness_proposes_its_pair() -> None:
    sentences, vectors, outlets = big_run()
    sentences[3] = replace(sentence("Hier, Vaugrenard parlait peu.", "article-Nord", 3, names="Vaugrenard"))
    sentences[27] = sentence("On attend Vaugrenard demain soir.", "article-Sud", 7, names="Vaugrenard")
    sentences[5] = sentence("Il y aurait 4817 foyers privés de courant.", "article-Nord", 5, number="4817")
    sentences[50] = sentence("Power failed in 4817 homes.", "article-Est", 10, number="4817")
    found = {(p.left, p.right): p.sources for p in candidates(sentences, vectors, outlets, PairSettings(share=1.0))}
    assert {"name", "words", "characters"} <= set(found[3, 27])
    assert {"number", "words"} <= set(found[5, 50])
    assert {source for sources in found.values() for source in sources} == set(WEIGHTS)


def test_the_same_sentence_elsewhere_ranks_first() -> None:
    sentences, vectors, outlets = big_run()
    text = "La ministre Odile Marchat quitte le gouvernement."
    sentences[4], sentences[33] = sentence(text, "article-Nord", 4), sentence(text, "article-Sud", 13)
    vectors[33] = vectors[4]
    best = candidates(sentences, vectors, outlets, PairSettings())[0]
    assert (best.left, best.right) == (4, 33)
    assert best.similarity == pytest.approx(1.0, abs=1e-5)


def test_nearest_rows_are_those_of_a_full_sort() -> None:
    rows = units(30, 4)
    left, right = nearest(rows, BLOCKS, 5)
    found = {(int(one), int(other)) for one, other in zip(left, right, strict=True)}
    products = rows @ rows.T
    expected = {
        (row, column)
        for block in BLOCKS
        for row in range(block.start, block.stop)
        for other in BLOCKS
        if other != block
        for column in (np.argsort(-products[row, other])[:5] + other.start).tolist()
        if products[row, column] > 0
    }
    assert found == expected


def test_nearest_rows_do_not_depend_on_the_size_of_the_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = words([f"le train {row} part de la gare {row % 4} à {row % 7} heures" for row in range(30)])
    whole = set(zip(*(side.tolist() for side in nearest(rows, BLOCKS, 13)), strict=True))
    monkeypatch.setattr("claimcheck.neighbours._CHUNK_CELLS", 60)
    assert set(zip(*(side.tolist() for side in nearest(rows, BLOCKS, 13)), strict=True)) == whole


def test_rare_shared_keys_count_more_and_common_ones_not_at_all() -> None:
    keys = [["everywhere", f"alone-{row}"] + ["rare"] * (row < 2) + ["known"] * (row < 6) for row in range(40)]
    values = similarity(shared(keys), np.array([0, 2, 7]), np.array([1, 3, 8]))
    assert values[0] > values[1] > values[2] == 0


def test_context_comes_from_the_same_article_only() -> None:
    sentences = numbered(["Un.", "Deux.", "Trois."], ["Nord", "Nord", "Sud"])
    vectors = units(3, 8)
    mixed = in_context(sentences, vectors)
    centred = vectors - vectors.mean(axis=0) * 3 / 8
    assert np.allclose(mixed[2], centred[2] / np.linalg.norm(centred[2]), atol=1e-5)
    assert not np.allclose(mixed[1], centred[1] / np.linalg.norm(centred[1]), atol=1e-2)
