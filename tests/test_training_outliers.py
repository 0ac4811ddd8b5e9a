"""Outlier channels are scaled down before int8 without changing what the network computes."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from claimcheck.training.outliers import attenuate

CHANNELS, OUT = 6, 3


@pytest.fixture
def model() -> onnx.ModelProto:
    """Embeds ids, then one matrix product; channel 2 is a hundred times as large as the others."""
    draw = np.random.default_rng(5)
    table = draw.normal(size=(10, CHANNELS)).astype(np.float32)
    table[:, 2] *= 100
    weight = draw.normal(size=(CHANNELS, OUT)).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "ids"], ["rows"], name="gather"),
            helper.make_node("MatMul", ["rows", "weight"], ["out"], name="product"),
        ],
        "g",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "n"])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, "n", OUT])],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(weight, "weight")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


IDS = {"ids": np.arange(10, dtype=np.int64)[None]}


def outputs(model: onnx.ModelProto, *names: str) -> list[np.ndarray]:
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    probe.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names if name != "out"
    )
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    return list(session.run(list(names), IDS))


def test_the_function_stays_the_same(model: onnx.ModelProto) -> None:
    (before,) = outputs(model, "out")
    attenuate(model, [IDS], times=2.5)
    onnx.checker.check_model(model)
    (after,) = outputs(model, "out")
    np.testing.assert_allclose(after, before, rtol=1e-4)


def test_no_channel_reaches_further_than_allowed_and_the_others_are_left_alone(model: onnx.ModelProto) -> None:
    (rows,) = outputs(model, "rows")
    attenuate(model, [IDS], times=2.5)
    (scaled,) = outputs(model, "weight_attenuated")
    peaks, before = (np.abs(value).max(axis=(0, 1)) for value in (scaled, rows))
    assert peaks.max() <= 2.5 * np.median(before) * (1 + 1e-5)
    assert before[2] > 10 * np.median(before)
    small = before <= 2.5 * np.median(before)
    np.testing.assert_array_equal(peaks[small], before[small])
