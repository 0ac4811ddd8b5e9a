"""Stage 6: what ships. fp16 safetensors, int8 ONNX and a manifest with the sha256 of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from claimcheck.encoders.onnx import inputs
from claimcheck.training import loop, own
from claimcheck.training.first_token import keep_first_token
from claimcheck.training.judge import RELATION_HEAD, Judge, load_judge, save_judge
from claimcheck.training.outliers import attenuate, set_apart
from claimcheck.training.vocabulary import copy_tokenizer
from claimcheck.training.word_rows import quantise_words


@dataclass(frozen=True, slots=True)
class Quantisation:
    """Texts or pairs on which outlier channels are measured, and what is done about them.

    They may reach ``times`` the median channel's peak; behind an activation the share ``apart`` of them stays in fp32.
    """

    samples: Sequence[Any]
    tokenizer: Path
    times: float
    apart: float


class SentenceNetwork(nn.Module):
    """Trunk, mean pooling and unit norm in one graph."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Unit rows (n, dim)."""
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        return loop.mean_pool(hidden, attention_mask)


def to_onnx(
    network: nn.Module,
    outputs: list[str],
    target: Path,
    config: Any,
    quantisation: Quantisation,
    *,
    first_token: bool = False,
) -> None:
    """Export with free batch and length, fuse the transformer blocks, quantise to int8 (dynamic activations).

    ``first_token`` says that the outputs read the first token only; they themselves stay in fp32, as they cost nothing.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    target.parent.mkdir(parents=True, exist_ok=True)
    example = torch.ones((2, 8), dtype=torch.int64)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "tokens"} for name in names} | {name: {0: "batch"} for name in outputs}
    with TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        torch.onnx.export(
            network.eval(),
            (example, example, torch.zeros_like(example)),
            str(plain),
            input_names=names,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        options = FusionOptions("bert")
        model = optimizer.optimize_model(
            str(plain),
            "bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            optimization_options=options,
        )
        if first_token:
            keep_first_token(model.model)
        encodings = Tokenizer.from_file(str(quantisation.tokenizer)).encode_batch(list(quantisation.samples))
        samples = [inputs(encoding) for encoding in encodings]
        precise = set_apart(model.model, samples, quantisation.apart)
        attenuate(model.model, samples, quantisation.times, precise)
        precise += quantise_words(model.model)
        precise += [f"{node.name}_MatMul" for node in model.model.graph.node if node.op_type == "Gemm"]
        model.save_model_to_file(str(fused))
        quantize_dynamic(
            fused,
            target,
            per_channel=True,
            reduce_range=True,  # 8-bit weights overflow the sums of processors without VNNI
            weight_type=QuantType.QInt8,
            nodes_to_exclude=precise,
            extra_options={"DefaultTensorType": 1},
        )


def export_encoder(source: Path, folder: Path, quantisation: Quantisation) -> None:
    """The sentence encoder in sentence-transformers layout, with its ONNX file."""
    folder.mkdir(parents=True, exist_ok=True)
    bert = BertModel.from_pretrained(source, use_safetensors=True, attn_implementation="eager").float()
    to_onnx(
        SentenceNetwork(bert),
        ["embedding"],
        folder / "onnx/model_int8.onnx",
        bert.config,
        quantisation,
    )
    bert.half().save_pretrained(folder)
    copy_tokenizer(source, folder)
    dim = bert.config.hidden_size
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    _write(folder / "modules.json", modules)
    _write(folder / "1_Pooling/config.json", {"word_embedding_dimension": dim, "pooling_mode_mean_tokens": True})
    _write(folder / "sentence_bert_config.json", {"max_seq_length": 128, "do_lower_case": False})
    (folder / "2_Normalize").mkdir(exist_ok=True)
    _write(folder / "2_Normalize/config.json", {})


def export_judge(source: Path, folder: Path, tokenizer: Path, quantisation: Quantisation) -> None:
    """The cross-encoder in ``CrossEncoder`` layout with its relation head, and its ONNX file with both heads."""
    judge = load_judge(source)
    save_judge(judge.half(), folder)
    copy_tokenizer(tokenizer, folder)
    judge = load_judge(source).float()
    _eager(judge)
    to_onnx(
        judge,
        ["nli", "relation"],
        folder / "onnx/model_int8.onnx",
        judge.bert.config,
        quantisation,
        first_token=True,
    )


def _eager(judge: Judge) -> None:
    judge.bert.set_attn_implementation("eager")


def write_manifest(models: Path) -> None:
    """``manifest.json``: the sha256 and size of every shipped file."""
    files = sorted(path for path in models.rglob("*") if path.is_file() and path.name != "manifest.json")
    entries = {
        path.relative_to(models).as_posix(): {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
        }
        for path in files
    }
    _write(models / "manifest.json", {"files": entries})


def run(root: Path, work: Path, models: Path, settings: dict[str, Any], log: loop.Log) -> None:
    """Export what was trained in ``work`` into ``models``; outliers are measured on events under ``root``.

    A model whose stage did not run stays as it is.
    """
    events = own.sample(own.split_events(root, "training"), settings["samples"], "export")
    pairs = [(pair.a.text, pair.b.text) for pair in events]

    def quantisation(samples: Sequence[Any], tokenizer: Path) -> Quantisation:
        return Quantisation(samples, tokenizer / "tokenizer.json", settings["outliers"], settings["apart"])

    encoder, judge, tokenizer = work / "similarity", work / "relation", work / "vocabulary"
    if encoder.exists():
        log(f"exporting the encoder from {encoder}")
        export_encoder(encoder, models / "encoder", quantisation([a for a, _ in pairs], encoder))
    if judge.exists():
        log(f"exporting the judge from {judge}")
        export_judge(judge, models / "judge", tokenizer, quantisation(pairs, tokenizer))
    write_manifest(models)
    total = sum(path.stat().st_size for path in models.rglob("*") if path.is_file())
    log(f"{total / 1e6:.1f} MB in {models}")


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


__all__ = ["RELATION_HEAD", "export_encoder", "export_judge", "run", "write_manifest"]
