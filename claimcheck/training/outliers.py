"""Taming outlier channels before int8: one channel ten times as large as the others costs them all their precision.

Behind the activation of a feed-forward block the order of the channels is free, so the largest get a product of their
own in fp32; elsewhere they are scaled down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

_PRODUCTS = ("Attention", "MatMul")  # nodes whose input is quantised with one scale for all channels
Inputs = Mapping[str, npt.NDArray[np.integer[Any]]]


def set_apart(model: Any, samples: Iterable[Inputs], share: float) -> list[str]:
    """Split off this share of the channels behind each BiasGelu, those of the highest peaks: the function is the same.

    ``model`` is a fused ONNX graph and changed in place. Returns the names of the products to be left in fp32, as in
    LLM.int8() (Dettmers et al. 2022), where the channels are found anew at every run.
    """
    from onnx import numpy_helper

    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    producers = {name: node for node in model.graph.node for name in node.output}
    products = [
        node
        for node in model.graph.node
        if node.op_type == "MatMul" and node.input[0] in producers and producers[node.input[0]].op_type == "BiasGelu"
    ]
    peaks = _peaks(model, {node.input[0] for node in products}, samples)
    for node in products:
        gelu = producers[node.input[0]]
        order = np.argsort(peaks[node.input[0]], kind="stable")
        for name, axis in ((producers[gelu.input[0]].input[1], 1), (gelu.input[1], 0), (node.input[1], 0)):
            _rewrite(weights[name], numpy_helper.to_array(weights[name]).take(order, axis))
        _split(model.graph, node, weights[node.input[1]], len(order) - max(1, round(share * len(order))))
    return [f"{node.name}_apart" for node in products]


def _split(graph: Any, node: Any, weight: Any, rest: int) -> None:
    """Replace a product by the sum of two: of the first ``rest`` channels and of the others."""
    from onnx import helper, numpy_helper

    matrix = numpy_helper.to_array(weight)
    parts, sums = [f"{weight.name}_rest", f"{weight.name}_apart"], [f"{node.name}_rest", f"{node.name}_apart"]
    sizes = numpy_helper.from_array(np.array([rest, len(matrix) - rest]), f"{weight.name}_sizes")
    halves = [numpy_helper.from_array(half, name) for half, name in zip(np.split(matrix, [rest]), parts, strict=True)]
    inputs = [f"{name}_input" for name in sums]
    new = [
        helper.make_node("Split", [node.input[0], sizes.name], inputs, name=f"{node.name}_split", axis=-1),
        *(helper.make_node("MatMul", [inputs[i], parts[i]], [sums[i]], name=sums[i]) for i in range(2)),
        helper.make_node("Add", sums, list(node.output), name=f"{node.name}_sum"),
    ]
    place = next(i for i, other in enumerate(graph.node) if other.name == node.name)
    graph.node.remove(node)
    for added in reversed(new):
        graph.node.insert(place, added)
    graph.initializer.remove(weight)
    graph.initializer.extend([sizes, *halves])


def _rewrite(tensor: Any, values: npt.NDArray[np.float32]) -> None:
    from onnx import numpy_helper

    tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values), tensor.name))


def attenuate(model: Any, samples: Iterable[Inputs], times: float, spared: Sequence[str] = ()) -> None:
    """Scale channels down to ``times`` the median channel's peak, and their weights up: the function stays the same.

    ``model`` is an ONNX graph and changed in place, but for the nodes ``spared``; peaks are those seen on ``samples``.
    SmoothQuant (Xiao et al. 2023) with the migration restricted to outliers, which leaves channels alone that the
    samples hardly excite.
    """
    from onnx import helper, numpy_helper

    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    nodes = [
        node
        for node in model.graph.node
        if node.op_type in _PRODUCTS and node.input[1] in weights and node.name not in spared
    ]
    peaks = _peaks(model, {node.input[0] for node in nodes}, samples)
    for node in nodes:
        source, weight = node.input[0], weights[node.input[1]]
        peak = peaks[source]
        scale = np.minimum(1.0, times * np.median(peak) / np.maximum(peak, 1e-9)).astype(np.float32)
        _rewrite(weight, numpy_helper.to_array(weight) / scale[:, None])
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
