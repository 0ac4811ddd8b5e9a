"""One transformer block as onnxruntime fuses it, small and random."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

VOCABULARY, TOKENS, DIM, WIDE, OUT = 12, 5, 8, 40, 3
_FUSED = {"domain": "com.microsoft"}
IDS = {
    "ids": np.array([[3, 1, 11, 0, 7], [2, 2, 5, 9, 4]], dtype=np.int32),
    "segments": np.zeros((2, TOKENS), dtype=np.int32),
    "mask": np.ones((2, TOKENS), dtype=np.int32),
}


def block() -> onnx.ModelProto:
    """Word ids to the scores read off the first token; some wide channels are far larger than the others."""
    draw = np.random.default_rng(11)
    shapes = {
        "word": (VOCABULARY, DIM), "place": (TOKENS, DIM), "segment": (2, DIM), "gamma": (DIM,), "beta": (DIM,),
        "qkv": (DIM, 3 * DIM), "qkv_bias": (3 * DIM,), "out": (DIM, DIM), "out_bias": (DIM,),
        "wide": (DIM, WIDE), "wide_bias": (WIDE,), "narrow": (WIDE, DIM), "narrow_bias": (DIM,), "head": (DIM, OUT),
    }  # fmt: skip
    values = {name: draw.normal(scale=0.5, size=shape).astype(np.float32) for name, shape in shapes.items()}
    values["word"][4] *= 50  # a rare word whose vector would take the precision of all others
    values["wide"][:, [3, 17]] *= 30
    rows, norm = ["gamma", "beta"], {"epsilon": 1e-5, **_FUSED}
    nodes = [
        _node("EmbedLayerNormalization", ["ids", "segments", "word", "place", "segment", *rows, "mask"], "x", **norm),
        _node("Attention", ["x", "qkv", "qkv_bias", "x_mask"], "attended", num_heads=2, **_FUSED),
        _node("MatMul", ["attended", "out"], "mixed"),
        _node("SkipLayerNormalization", ["mixed", "x", *rows, "out_bias"], "between", **norm),
        _node("MatMul", ["between", "wide"], "widened"),
        _node("BiasGelu", ["widened", "wide_bias"], "active", **_FUSED),
        _node("MatMul", ["active", "narrow"], "narrowed"),
        _node("SkipLayerNormalization", ["narrowed", "between", *rows, "narrow_bias"], "last", **norm),
        _node("Gather", ["last", "first"], "token", axis=1),
        _node("MatMul", ["token", "head"], "scores"),
    ]
    nodes[0].output.append("x_mask")
    values["first"] = np.array(0)
    graph = helper.make_graph(
        nodes,
        "block",
        [helper.make_tensor_value_info(name, TensorProto.INT32, ["batch", "tokens"]) for name in IDS],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", OUT])],
        [numpy_helper.from_array(value, name) for name, value in values.items()],
    )
    sets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=sets, ir_version=8)


def _node(kind: str, inputs: list[str], output: str, **attributes: object) -> onnx.NodeProto:
    return helper.make_node(kind, inputs, [output], name=f"{output}_node", **attributes)


def values(model: onnx.ModelProto, *names: str) -> list[np.ndarray]:
    """What the graph computes under these names for ``IDS``."""
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    known = {output.name for output in probe.graph.output}
    probe.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names if name not in known
    )
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    return list(session.run(list(names), IDS))
