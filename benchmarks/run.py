"""``make bench``: speed of the shipped judge against the same weights in torch, and of a whole comparison.

Every figure is a ratio or a wall time of this run on this machine; the machine is printed first.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from claimcheck.encoders import load_nli
from claimcheck.encoders.loading import models_folder
from claimcheck.encoders.onnx import cores
from claimcheck.evaluation.datasets import read_pairs

ROOT = Path(__file__).resolve().parents[1]
_TOKENS = 40
_PAIRS = 256


def seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """Best wall time of several runs after one warm-up."""
    work()
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def short_pairs() -> list[tuple[str, str]]:
    """Pairs of our own events cut to about forty tokens each."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(models_folder() / "judge/tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_TOKENS // 2 - 1)
    rows = read_pairs(ROOT / "data/pairs")[:_PAIRS]

    def cut(text: str) -> str:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        return text[: encoding.offsets[-1][1]]

    return [(cut(row.a.text), cut(row.b.text)) for row in rows]


def judge_ratio() -> None:
    """int8 ONNX against torch fp32: pairs a second and the share of equal arg-max decisions."""
    import torch
    from sentence_transformers import CrossEncoder

    torch.set_num_threads(cores())
    pairs = short_pairs()
    judge = load_nli()
    reference = CrossEncoder(str(models_folder() / "judge"), local_files_only=True)
    reference.model.float()
    quick = seconds(lambda: judge.score(pairs))
    slow = seconds(lambda: reference.predict(pairs, batch_size=32, show_progress_bar=False), repeats=2)
    speeds = f"int8 {len(pairs) / quick:.0f}/s, torch fp32 {len(pairs) / slow:.0f}/s"
    say(f"NLI, {len(pairs)} pairs of {_TOKENS} tokens: {speeds}")
    say(f"  ratio {slow / quick:.1f}")
    full = [(row.a.text, row.b.text) for row in read_pairs(ROOT / "data/pairs")[:1000]]
    expected = np.asarray(reference.predict(full, batch_size=32, show_progress_bar=False)).argmax(1)
    same = float((judge.score(full).argmax(1) == expected).mean())
    say(f"  same arg-max on {len(full)} full-length pairs: {same:.1%}")


def cold_start(folder: Path) -> None:
    """Wall time of the whole command in a new process."""
    with TemporaryDirectory() as scratch:
        command = [sys.executable, "-c", "from claimcheck.cli import main; main()"]
        begun = time.perf_counter()
        subprocess.run(
            [*command, "compare", str(folder), "--out", f"{scratch}/report.html", "--quiet"], check=True, cwd=ROOT
        )
        say(f"compare {folder.name}, cold start: {time.perf_counter() - begun:.1f} s")
        begun = time.perf_counter()
        subprocess.run([*command, "--help"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        say(f"--help: {time.perf_counter() - begun:.2f} s")


def say(line: str) -> None:
    """One line of the result."""
    print(line, flush=True)


def main() -> None:
    """Run all benchmarks; ``--articles`` names a folder to compare besides the demo."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, action="append", default=[])
    options = parser.parse_args()
    say(f"{platform.processor() or platform.machine()}, {cores()} cores, Python {platform.python_version()}")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    judge_ratio()
    for folder in [ROOT / "data/demo", *options.articles]:
        cold_start(folder)


if __name__ == "__main__":
    main()
