"""What is done to a graph before int8 leaves alone what it computes."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import numpy_helper
from onnx_samples import IDS, OUT, TOKENS, WIDE, block, values

from claimcheck.training.first_token import keep_first_token
from claimcheck.training.outliers import attenuate, set_apart
from claimcheck.training.word_rows import quantise_words


@pytest.fixture
def model() -> onnx.ModelProto:
    return block()


def tensor(model: onnx.ModelProto, name: str) -> np.ndarray:
    return np.asarray(numpy_helper.to_array(next(each for each in model.graph.initializer if each.name == name)))


def test_only_the_first_token_goes_on_behind_the_last_attention(model: onnx.ModelProto) -> None:
    scores, attended, wide = values(model, "scores", "attended", "active")
    assert (attended.shape[1], wide.shape[1], scores.shape) == (TOKENS, TOKENS, (2, OUT))
    keep_first_token(model)
    after, attended_after, wide_after = values(model, "scores", "attended", "active")
    assert wide_after.shape[1] == 1
    np.testing.assert_array_equal(attended_after, attended)
    np.testing.assert_allclose(wide_after, wide[:, :1], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(after, scores, rtol=1e-4, atol=1e-5)


def test_the_largest_channels_get_a_product_of_their_own(model: onnx.ModelProto) -> None:
    scores, wide = values(model, "scores", "active")
    assert set_apart(model, [IDS], share=0.05) == ["narrowed_node_apart"]
    after, rest, apart = values(model, "scores", "narrowed_node_rest_input", "narrowed_node_apart_input")
    np.testing.assert_allclose(after, scores, rtol=1e-4, atol=1e-5)
    assert (rest.shape[-1], apart.shape[-1]) == (WIDE - 2, 2)
    peaks = np.sort(np.abs(wide).max(axis=(0, 1)))
    np.testing.assert_allclose(np.sort(np.abs(apart).max(axis=(0, 1))), peaks[-2:], rtol=1e-5)
    assert np.abs(rest).max() < np.abs(apart).max()


def test_products_that_stay_in_fp32_are_not_attenuated(model: onnx.ModelProto) -> None:
    (scores,) = values(model, "scores")
    spared = set_apart(model, [IDS], share=0.05)
    attenuate(model, [IDS], 1.0, spared)
    (after,) = values(model, "scores")
    np.testing.assert_allclose(after, scores, rtol=1e-3, atol=1e-4)
    inputs = {node.name: node.input[0] for node in model.graph.node}
    assert inputs["narrowed_node_apart"] == "narrowed_node_apart_input"
    assert inputs["narrowed_node_rest"].endswith("_attenuated")


def test_every_word_vector_keeps_its_own_precision(model: onnx.ModelProto) -> None:
    words = tensor(model, "word")
    (before,) = values(model, "scores")
    assert "x_node" in quantise_words(model)
    (after,) = values(model, "scores")
    restored = tensor(model, "word_rows") * tensor(model, "word_scales")
    assert tensor(model, "word_rows").dtype == np.int8
    steps = np.abs(words).max(axis=1, keepdims=True) / 127
    assert (np.abs(restored - words) <= 0.5 * steps * (1 + 1e-4)).all()
    assert "word" not in {each.name for each in model.graph.initializer}
    np.testing.assert_allclose(after, before, atol=0.2)
    assert not np.array_equal(after, before)
