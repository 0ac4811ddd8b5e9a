"""The models in ``models/``: whole, deterministic, and the same decisions from both of their formats."""

from __future__ import annotations

import numpy as np
import pytest

from claimcheck import load_embedder, load_nli
from claimcheck.encoders.base import Embedder, NliModel
from claimcheck.encoders.loading import manifest, models_folder, verify
from claimcheck.models import described, load_relator
from claimcheck.types import Relation, Statement

TEXTS = [
    "Le pont de Vaure est fermé depuis lundi matin.",
    "The bridge has been closed since Monday morning.",
    "Les abeilles produisent moins de miel cette année, selon les apiculteurs.",
    "Le maire n'a pas confirmé la réouverture du pont.",
]
PAIRS = [(a, b) for a in TEXTS for b in TEXTS]
LONG = "Le pont de Vaure est fermé depuis lundi matin. " * 3_000


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="module")
def judge() -> NliModel:
    return load_nli()


def test_files_are_those_of_the_manifest_and_small_enough_to_ship() -> None:
    assert verify(models_folder()) == []
    assert sum(entry["bytes"] for entry in manifest(models_folder()).values()) <= 120e6


def test_rows_are_unit_vectors_that_do_not_depend_on_their_neighbours(embedder: Embedder) -> None:
    rows = embedder.embed(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    for i, text in enumerate(TEXTS):
        np.testing.assert_array_equal(embedder.embed([text])[0], rows[i])
    np.testing.assert_array_equal(embedder.embed(TEXTS[::-1])[::-1], rows)


def test_probabilities_of_both_heads_do_not_depend_on_other_pairs(judge: NliModel) -> None:
    scores = judge.judge(PAIRS)
    assert scores.relation is not None
    assert (scores.nli.shape, scores.relation.shape) == ((len(PAIRS), 3), (len(PAIRS), 4))
    np.testing.assert_allclose(scores.nli.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(scores.relation.sum(axis=1), 1, atol=1e-5)
    turned = judge.judge(PAIRS[::-1])
    assert turned.relation is not None
    np.testing.assert_array_equal(turned.nli[::-1], scores.nli)
    np.testing.assert_array_equal(turned.relation[::-1], scores.relation)


def test_empty_input_and_very_long_texts_are_accepted(embedder: Embedder, judge: NliModel) -> None:
    assert embedder.embed([]).shape == (0, embedder.embed(["x"]).shape[1])
    assert judge.score([]).shape == (0, 3)
    assert np.isfinite(embedder.embed([LONG, ""])).all()
    assert np.isfinite(judge.score([(LONG, LONG), ("", "")])).all()


def test_progress_counts_every_pair(judge: NliModel) -> None:
    steps: list[int] = []
    judge.judge(PAIRS, steps.append)
    assert sum(steps) == len(PAIRS)


def test_a_translation_is_nearer_than_another_subject(embedder: Embedder) -> None:
    french, english, bees, _ = embedder.embed(TEXTS)
    assert french @ english > french @ bees


def test_a_refusal_contradicts_more_than_a_translation(judge: NliModel) -> None:
    refusal, translation = judge.score([(TEXTS[0], "Le pont de Vaure n'est pas fermé."), (TEXTS[0], TEXTS[1])])
    assert refusal.argmax() == 2
    assert translation.argmax() == 0


def test_a_changed_number_lowers_agreement_and_any_order_scores_the_same() -> None:
    relator = load_relator()
    said = Statement("Le séisme a fait douze morts dans la ville, selon la préfecture.")
    other = Statement("Le séisme a fait quarante morts dans la ville, selon la préfecture.")
    same, changed, turned = relator.relate_statements([(said, said), (said, other), (other, said)]).relation
    agree = list(Relation).index(Relation.AGREE)
    assert changed[agree] < same[agree]
    np.testing.assert_array_equal(changed, turned)


def test_an_output_can_name_the_models_and_their_error() -> None:
    named = described(load_relator())
    assert named["embedder"] == {"name": "claimcheck-encoder", "revision": load_embedder().info.revision}
    assert named["measured"]


@pytest.mark.slow
def test_both_formats_of_the_encoder_give_near_vectors(embedder: Embedder) -> None:
    rows = load_embedder(str(models_folder() / "encoder")).embed(TEXTS)
    cosines = (rows * embedder.embed(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.95


@pytest.mark.slow
def test_both_formats_of_the_judge_give_near_probabilities(judge: NliModel) -> None:
    exact = load_nli(str(models_folder() / "judge")).score(PAIRS)
    small = judge.score(PAIRS)
    assert np.abs(exact - small).max() < 0.15
    clear = np.sort(exact, axis=1)[:, -1] - np.sort(exact, axis=1)[:, -2] > 0.2
    np.testing.assert_array_equal(exact[clear].argmax(axis=1), small[clear].argmax(axis=1))
