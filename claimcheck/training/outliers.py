"""Taming outlier channels before int8: one channel ten times as large as the others costs them all their precision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

_PRODUCTS = ("Attention", "MatMul")  # nodes whose input is quantised with one scale for all channels
Inputs = Mapping[str, npt.NDArray[np.int64]]


def attenuate(model: Any, samples: Iterable[Inputs], times: float) -> None:
    """Scale channels down to ``times`` the median channel's peak, and their weights up: the function stays the same.

    ``model`` is an ONNX graph and changed in place; peaks are those seen on ``samples``. SmoothQuant (Xiao et al. 2023)
    with the migration restricted to outliers, which leaves channels alone that the samples hardly excite.
    """
    from onnx import helper, numpy_helper

    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    nodes = [node for node in model.graph.node if node.op_type in _PRODUCTS and node.input[1] in weights]
    peaks = _peaks(model, {node.input[0] for node in nodes}, samples)
    for node in nodes:
        source, weight = node.input[0], weights[node.input[1]]
        peak = peaks[source]
        scale = np.minimum(1.0, times * np.median(peak) / np.maximum(peak, 1e-9)).astype(np.float32)
        matrix = numpy_helper.to_array(weight) / scale[:, None]
        weight.CopyFrom(numpy_helper.from_array(matrix, weight.name))
        factor, scaled = f"{weight.name}_attenuation", f"{weight.name}_attenuated"
        model.graph.initializer.append(numpy_helper.from_array(scale, factor))
        place = next(i for i, other in enumerate(model.graph.node) if other.name == node.name)
        model.graph.node.insert(place, helper.make_node("Mul", [source, factor], [scaled], name=f"{factor}_node"))
        node.input[0] = scaled


def _peaks(model: Any, names: Iterable[str], samples: Iterable[Inputs]) -> dict[str, npt.NDArray[np.float32]]:
    """The largest magnitude of every channel of the named values."""
    import onnxruntime
    from onnx import TensorProto, helper

    wanted = sorted(names)
    probe = type(model)()
    probe.CopyFrom(model)
    probe.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in wanted)
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, npt.NDArray[np.float32]] = {}
    for inputs in samples:
        for name, value in zip(wanted, session.run(wanted, dict(inputs)), strict=True):
            peak = np.abs(value).max(axis=tuple(range(value.ndim - 1)))
            found[name] = np.maximum(found.get(name, peak), peak)
    return found
