"""The word vectors in int8 with a scale each: onnxruntime's own way gives the whole table one scale."""

from __future__ import annotations

from typing import Any

import numpy as np

_LARGEST = 127


def quantise_words(model: Any) -> list[str]:
    """Quantise the table of word vectors of a fused BERT graph row by row, in place.

    The rows of the words asked for are gathered and scaled back, and stand in for the table of the embedding node.
    Returns the names of the nodes that must be left in fp32.
    """
    from onnx import TensorProto, helper, numpy_helper

    node = next(node for node in model.graph.node if node.op_type == "EmbedLayerNormalization")
    ids, table = node.input[0], next(tensor for tensor in model.graph.initializer if tensor.name == node.input[2])
    rows = numpy_helper.to_array(table)
    scales = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9) / _LARGEST
    constants = {
        "word_rows": np.round(rows / scales).astype(np.int8),
        "word_scales": scales.astype(np.float32),
        "word_flat": np.array([-1]),
        "word_first": np.array(0),
        "word_step": np.array(1),
    }
    steps = [
        ("Reshape", [ids, "word_flat"], "words_asked", {}),
        ("Gather", ["word_rows", "words_asked"], "words_int8", {}),
        ("Cast", ["words_int8"], "words_float", {"to": TensorProto.FLOAT}),
        ("Gather", ["word_scales", "words_asked"], "words_scale", {}),
        ("Mul", ["words_float", "words_scale"], "words", {}),
        ("Size", ["words_asked"], "words_count", {}),
        ("Range", ["word_first", "words_count", "word_step"], "words_numbers", {}),
        ("Cast", ["words_numbers"], "words_int32", {"to": TensorProto.INT32}),
        ("Shape", [ids], "words_shape", {}),
        ("Reshape", ["words_int32", "words_shape"], "words_numbered", {}),
    ]
    place = list(model.graph.node).index(node)
    for name, inputs, output, attributes in reversed(steps):
        model.graph.node.insert(place, helper.make_node(name, inputs, [output], name=f"{output}_node", **attributes))
    node.input[0], node.input[2] = "words_numbered", "words"
    model.graph.initializer.remove(table)
    model.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())
    return [node.name, "words_scale_node"]
