"""How pairs in two languages are made of aligned sentences, and what the learner loses by judging them otherwise."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.slow  # torch alone takes seconds to import

SETTINGS = {"neighbours": 1, "joined": 0.0}


def rows(count: int) -> list[tuple[str, str]]:
    return [(f"english {i}", f"french {i}") for i in range(count)]


def twins(count: int) -> np.ndarray:
    """Unit rows of which 0 and 1, 2 and 3, ... are nearest to each other."""
    angles = np.array([i // 2 * 0.5 + i % 2 * 0.01 for i in range(count)])
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_a_sentence_is_paired_with_its_nearest_in_both_languages() -> None:
    from claimcheck.training.translations import Bilingual, paired

    aligned = rows(6)
    found = paired(aligned, twins(6), SETTINGS, random.Random(1))
    assert found == [Bilingual(aligned[i], aligned[i ^ 1]) for i in range(6)]


def test_a_joined_side_says_what_its_sentence_says_and_more_in_both_languages() -> None:
    from claimcheck.training.translations import paired

    found = paired(rows(40), twins(40), {"neighbours": 3, "joined": 1.0}, random.Random(1))
    for i, pair in enumerate(found):
        english, french = pair.a
        assert f"english {i}" in english
        assert english.count("english") == 2
        assert french == english.replace("english", "french")
        assert pair.b[1] == pair.b[0].replace("english", "french")


def test_a_single_sentence_has_no_partner() -> None:
    from claimcheck.training.translations import paired

    assert paired(rows(1), twins(1), SETTINGS, random.Random(1)) == []


def test_a_version_has_the_chosen_sides_in_french() -> None:
    from claimcheck.training.translations import Bilingual

    pair = Bilingual(("yes", "oui"), ("no", "non"))
    assert pair.version((True, True)) == ("oui", "non")
    assert pair.version((False, True)) == ("yes", "non")
    assert pair.version((False, False)) == ("yes", "no")


def test_the_learner_is_asked_for_versions_of_the_very_pair_that_the_model_reads() -> None:
    from claimcheck.training.translations import Bilingual, versions

    given = [Bilingual(a, b) for a, b in zip(rows(200), rows(400)[200:], strict=True)]
    found = list(versions(given, random.Random(3)))
    assert all([text.replace("french", "english") for text in asked] == list(read) for read, asked in found)
    languages = {tuple(text.split()[0] for text in asked) for _, asked in found}
    assert languages == {(a, b) for a in ("french", "english") for b in ("french", "english")}
    assert {int(read[0].split()[1]) < 200 for read, _ in found} == {True, False}, "both orders are asked"


def test_the_loss_is_nought_only_where_pooled_vectors_and_answers_are_the_same() -> None:
    from claimcheck.training.translations import agreement_loss

    model = outputs([[0.5, -0.5]], [[2.0, 0.0, -1.0]], [[0.0, 1.0, 2.0, 3.0]])
    assert float(agreement_loss(model, model, pull=4.0)) == pytest.approx(0.0, abs=1e-6)
    moved = outputs([[0.5, 0.5]], [[2.0, 0.0, -1.0]], [[0.0, 1.0, 2.0, 3.0]])
    assert float(agreement_loss(moved, model, pull=4.0)) == pytest.approx(4.0 * 0.5)
    other = outputs([[0.5, -0.5]], [[0.0, 2.0, -1.0]], [[0.0, 1.0, 2.0, 3.0]])
    p, q = (np.exp(x) / np.exp(x).sum() for x in (np.array([2.0, 0.0, -1.0]), np.array([0.0, 2.0, -1.0])))
    assert float(agreement_loss(other, model, pull=4.0)) == pytest.approx(float((p * np.log(p / q)).sum()), rel=1e-4)


def outputs(*values: Any) -> tuple[Any, ...]:
    import torch

    return tuple(torch.tensor(value) for value in values)
