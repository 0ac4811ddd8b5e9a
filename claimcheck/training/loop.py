"""The one training loop: seeded batches, bf16 where the hardware has it, warm-up and linear decay, checkpoints that
resume.

A stage brings its module, its batches and a loss; everything else is here, so every stage restarts the same way and
runs the same code on a CPU and on an accelerator.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

CHECKPOINT_SECONDS = 180
REPORT_SECONDS = 20
WARM_UP = 0.06

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast a stage learns; ``batches`` are lists of example indices in training order."""

    name: str
    batches: Sequence[Sequence[int]]
    learning_rate: float
    seed: int
    frozen: tuple[str, ...] = ()


def device() -> torch.device:
    """The accelerator when there is one, the CPU otherwise."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def fast_bf16() -> bool:
    """Whether bfloat16 pays: always on an accelerator; a processor without its instructions emulates it, far slower."""
    return device().type == "cuda" or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def bucketed(lengths: Sequence[int], tokens: int, epochs: int, seed: int) -> list[list[int]]:
    """Batches of similar length holding at most ``tokens`` padded tokens each, shuffled anew every epoch."""
    draw = random.Random(seed)
    batches: list[list[int]] = []
    for _ in range(epochs):
        noisy = sorted(range(len(lengths)), key=lambda i: lengths[i] * (1 + 0.1 * draw.random()))
        epoch: list[list[int]] = []
        current: list[int] = []
        longest = 0
        for index in noisy:
            longest = max(longest, lengths[index])
            if current and longest * (len(current) + 1) > tokens:
                epoch.append(current)
                current, longest = [], lengths[index]
            current.append(index)
        epoch.append(current)
        draw.shuffle(epoch)
        batches.extend(epoch)
    return batches


def token_counts(tokenizer: Any, texts: Sequence[Any], max_tokens: int) -> list[int]:
    """How many tokens each text or (a, b) pair is read in, with those that mark its ends."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens, strategy="longest_first")
    return [len(encoding.ids) for encoding in tokenizer.encode_batch_fast(list(texts))]


def set_dropout(module: nn.Module, share: float) -> None:
    """Use one dropout everywhere; 0 also lets attention take its fused path."""
    for layer in module.modules():
        if isinstance(layer, nn.Dropout):
            layer.p = share


def tensors(tokenizer: Any, texts: Sequence[Any], max_tokens: int) -> dict[str, Tensor]:
    """Padded ``input_ids``, ``token_type_ids`` and ``attention_mask`` of texts or (a, b) pairs."""
    tokenizer.enable_truncation(max_tokens, strategy="longest_first")
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id("[PAD]"))
    encodings = tokenizer.encode_batch(list(texts))
    fields = {"input_ids": "ids", "token_type_ids": "type_ids", "attention_mask": "attention_mask"}
    where = device()
    return {name: torch.tensor([getattr(e, field) for e in encodings], device=where) for name, field in fields.items()}


def mean_pool(hidden: Tensor, mask: Tensor) -> Tensor:
    """Mean of the unmasked positions: (n, tokens, dim) -> unit rows (n, dim), float32."""
    weights = mask.unsqueeze(-1).float()
    pooled = (hidden.float() * weights).sum(1) / weights.sum(1).clamp(min=1)
    return nn.functional.normalize(pooled, dim=-1)


def train(module: nn.Module, plan: Plan, loss: Callable[[Sequence[int]], Tensor], folder: Path, log: Log) -> None:
    """Run ``plan`` from the last checkpoint in ``folder``, or from the start; leaves the module in eval mode."""
    torch.manual_seed(plan.seed)
    module.to(device())
    named = [(name, p) for name, p in module.named_parameters() if not name.startswith(plan.frozen or ("\0",))]
    trained = {id(p) for _, p in named}
    for parameter in module.parameters():
        parameter.requires_grad_(id(parameter) in trained)
    optimizer = torch.optim.AdamW([p for _, p in named], lr=plan.learning_rate, weight_decay=0.01, fused=True)
    step = _resume(module, optimizer, named, folder / "checkpoint", log)
    total, begun, first = len(plan.batches), time.monotonic(), step
    saved = reported = begun
    running: list[float] = []
    half = fast_bf16()
    module.train()
    while step < total:
        for group in optimizer.param_groups:
            group["lr"] = plan.learning_rate * _schedule(step, total)
        torch.manual_seed(plan.seed + step)
        with torch.autocast(device().type, dtype=torch.bfloat16, enabled=half):
            value = loss(plan.batches[step])
        value.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([p for _, p in named], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        running.append(value.item())
        step += 1
        now = time.monotonic()
        if now - reported > REPORT_SECONDS or step == total:
            left = (now - begun) / (step - first) * (total - step)
            log(f"{plan.name} {step}/{total} loss {sum(running) / len(running):.4f}, {left / 60:.1f} min left")
            reported, running = now, []
        if now - saved > CHECKPOINT_SECONDS:
            _checkpoint(module, optimizer, named, step, folder / "checkpoint")
            saved = now
    module.eval()


def blend(module: nn.Module, before: nn.Module, share: float, keep: str = "\0") -> None:
    """Average the weights with those of ``before``, ``share`` of the module's own; names that start with ``keep`` stay.

    Fine-tuning forgets some of what was known; the average keeps most of both (WiSE-FT, Wortsman et al. 2022).
    """
    old = before.to(device()).state_dict()
    mixed = {
        name: value if name.startswith(keep) or not value.is_floating_point() else old[name].lerp(value, share)
        for name, value in module.state_dict().items()
    }
    module.load_state_dict(mixed)


def _schedule(step: int, total: int) -> float:
    warm = max(1, int(total * WARM_UP))
    return (step + 1) / warm if step < warm else max(0.0, (total - step) / max(1, total - warm))


def _checkpoint(
    module: nn.Module, optimizer: Any, named: Sequence[tuple[str, Tensor]], step: int, folder: Path
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    state = {f"model.{name}": value.detach().cpu().contiguous() for name, value in module.state_dict().items()}
    for name, parameter in named:
        for key, value in optimizer.state[parameter].items():
            state[f"optimizer.{name}#{key}"] = value.detach().cpu().contiguous()
    target = folder / "state.safetensors"
    save_file(state, target.with_suffix(".part"), metadata={"step": str(step)})
    os.replace(target.with_suffix(".part"), target)
    part = folder / "step.json.part"
    part.write_text(json.dumps({"step": step}), encoding="utf-8")
    os.replace(part, folder / "step.json")


def _resume(module: nn.Module, optimizer: Any, named: Sequence[tuple[str, Tensor]], folder: Path, log: Log) -> int:
    marker = folder / "step.json"
    if not marker.exists():
        return 0
    state = load_file(folder / "state.safetensors")
    module.load_state_dict({name[6:]: value for name, value in state.items() if name.startswith("model.")})
    parameters = dict(named)
    for name, value in state.items():
        if name.startswith("optimizer."):
            parameter, key = name[10:].split("#")
            optimizer.state[parameters[parameter]][key] = value.to(
                parameters[parameter].device if key != "step" else "cpu"
            )
    step = int(json.loads(marker.read_text(encoding="utf-8"))["step"])
    log(f"resuming at step {step}")
    return step
