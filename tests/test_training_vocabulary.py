from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.training.vocabulary import (
    SPECIAL,
    dice,
    dictionary,
    incidence,
    save_tokenizer,
    train_tokenizer,
    transfer,
    words,
)

ENGLISH = ["the bridge is closed", "the bridge opens", "a school opens", "the school is closed", "a bridge is long"]
FRENCH = ["le pont est fermé", "le pont ouvre", "une école ouvre", "l'école est fermée", "un pont est long"]
ALIGNED = list(zip(ENGLISH, FRENCH, strict=True)) * 3


class Words:
    """A tokenizer of whole words with the part of the real interface that is used."""

    def __init__(self, texts: Sequence[str]) -> None:
        known = dict.fromkeys(["[UNK]", *(word for text in texts for word in words(text))])
        self._ids = {word: index for index, word in enumerate(known)}

    def get_vocab(self) -> dict[str, int]:
        return dict(self._ids)

    def get_vocab_size(self) -> int:
        return len(self._ids)

    def encode(self, text: str, *, add_special_tokens: bool) -> Any:
        assert not add_special_tokens
        return type("Encoding", (), {"ids": [self._ids.get(word, 0) for word in words(text)]})

    def encode_batch_fast(self, texts: Sequence[str], *, add_special_tokens: bool) -> list[Any]:
        return [self.encode(text, add_special_tokens=add_special_tokens) for text in texts]


def test_words_are_lower_case_and_keep_an_elided_article() -> None:
    assert words("L’École de l'Est, 12 fois fermée !") == ["l'", "école", "de", "l'", "est", "fois", "fermée"]


UNITS = st.lists(st.lists(st.integers(0, 5), max_size=6), min_size=1, max_size=12)


@given(UNITS)
def test_incidence_says_which_unit_is_in_which_row(units: list[list[int]]) -> None:
    found = incidence(units, 6).toarray()
    expected = [[float(i in row) for i in range(6)] for row in units]
    np.testing.assert_array_equal(found, expected)


@given(st.lists(st.tuples(st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3))), min_size=1, max_size=12))
def test_dice_is_twice_the_common_rows_over_the_sum(rows: list[tuple[set[int], set[int]]]) -> None:
    left, right = [row[0] for row in rows], [row[1] for row in rows]
    found = dice(incidence(left, 4), incidence(right, 4), least=2).toarray()
    for i in range(4):
        for j in range(4):
            both = sum(i in a and j in b for a, b in rows)
            total = sum(i in a for a in left) + sum(j in b for b in right)
            assert found[i, j] == pytest.approx(2 * both / total if both >= 2 else 0)


def test_the_dictionary_pairs_words_that_go_together() -> None:
    found = dictionary(ALIGNED, 0.5)
    assert found["bridge"][0] == ("pont", 1.0)
    assert found["opens"][0] == ("ouvre", 1.0)
    assert all(score >= 0.5 for entries in found.values() for _, score in entries)
    assert all(scores == sorted(scores, reverse=True) for scores in ([s for _, s in e] for e in found.values()))
    assert "pont" not in found


def test_a_known_english_piece_keeps_its_row_and_a_french_one_takes_that_of_its_translation() -> None:
    old, new = Words(ENGLISH), Words([*ENGLISH, *FRENCH, "inconnu"])
    rows = np.random.default_rng(0).standard_normal((old.get_vocab_size(), 8)).astype(np.float32)
    found = transfer(rows, old, new, ALIGNED, best=1, french_ratio=3.0)
    assert found.shape == (new.get_vocab_size(), 8)
    assert found.dtype == np.float32
    ids, known = new.get_vocab(), old.get_vocab()
    np.testing.assert_array_equal(found[ids["bridge"]], rows[known["bridge"]])
    np.testing.assert_array_equal(found[ids["school"]], rows[known["school"]])
    np.testing.assert_allclose(found[ids["pont"]], rows[known["bridge"]], rtol=1e-6)
    np.testing.assert_allclose(found[ids["ouvre"]], rows[known["opens"]], rtol=1e-6)
    np.testing.assert_allclose(found[ids["inconnu"]], rows[known["[UNK]"]], rtol=1e-6)


def test_several_translations_are_averaged_by_the_square_of_dice() -> None:
    old, new = Words(ENGLISH), Words([*ENGLISH, *FRENCH])
    rows = np.eye(old.get_vocab_size(), dtype=np.float32)
    found = transfer(rows, old, new, ALIGNED, best=2, french_ratio=3.0)[new.get_vocab()["pont"]]
    assert found.sum() == pytest.approx(1)
    assert np.count_nonzero(found) == 2
    assert found.argmax() == old.get_vocab()["bridge"]


def test_a_shared_spelling_that_is_mainly_french_does_not_keep_its_row() -> None:
    aligned = [("a long school", "une école"), ("the bus", "le bus est long"), ("the bridge", "le pont est long")] * 4
    old, new = Words([a for a, _ in aligned]), Words([text for pair in aligned for text in pair])
    rows = np.random.default_rng(1).standard_normal((old.get_vocab_size(), 4)).astype(np.float32)
    kept, moved = (
        transfer(rows, old, new, aligned, best=1, french_ratio=ratio)[new.get_vocab()["long"]] for ratio in (3.0, 1.2)
    )
    np.testing.assert_array_equal(kept, rows[old.get_vocab()["long"]])
    assert not np.allclose(moved, kept)


def test_a_trained_tokenizer_folds_what_typists_vary_and_survives_its_file(tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    made = train_tokenizer([*ENGLISH, *FRENCH] * 5, 300)
    assert [made.token_to_id(name) for name in SPECIAL] == list(range(len(SPECIAL)))
    ids = made.encode("L’école est fermée").ids
    assert ids == made.encode("l'e\u0301cole\u00a0EST fermée").ids
    assert ids != made.encode("l'ecole est fermee").ids
    pair = made.encode("le pont", "une école")
    assert pair.tokens[0] == "[CLS]"
    assert pair.tokens[-1] == "[SEP]"
    assert (pair.type_ids[0], pair.type_ids[-1]) == (0, 1)
    save_tokenizer(made, tmp_path)
    assert (
        Tokenizer.from_file(str(tmp_path / "tokenizer.json")).encode("le pont fermé").ids
        == made.encode("le pont fermé").ids
    )
    written = json.loads((tmp_path / "tokenizer_config.json").read_text(encoding="utf-8"))
    assert {written[f"{name}_token"] for name in ("pad", "unk", "cls", "sep", "mask")} == set(SPECIAL)
