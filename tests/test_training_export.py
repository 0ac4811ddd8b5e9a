from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from claimcheck.encoders import load_embedder, load_nli
from claimcheck.encoders.base import softmax
from claimcheck.encoders.loading import folder_models, manifest, verify

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the exporter itself
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Exported:
    work: Path
    models: Path


def export(work: Path, models: Path, samples: int) -> None:
    import warnings

    from claimcheck.training.export import run

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch's tracer
        run(DATA, work, models, {"samples": samples, "outliers": 2.5, "apart": 0.1}, lambda _: None)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    """Tiny models in the folders that the stages leave, exported to what ships."""
    import torch
    from tiny_models import encoder

    from claimcheck.training.judge import load_judge, save_judge

    base = tmp_path_factory.mktemp("export")
    work, models = base / "work", base / "models"
    encoder(work / "similarity")
    copytree(work / "similarity", work / "vocabulary")
    torch.manual_seed(3)
    judge = load_judge(work / "similarity")
    for head in (judge.nli, judge.relation):
        assert isinstance(head, torch.nn.Linear)
        torch.nn.init.normal_(head.weight, std=0.5)
    save_judge(judge, work / "relation")
    export(work, models, samples=20)
    with folder_models(models):
        yield Exported(work, models)


def test_everything_that_ships_is_in_the_manifest(exported: Exported) -> None:
    files = {path.relative_to(exported.models).as_posix() for path in exported.models.rglob("*") if path.is_file()}
    assert set(manifest(exported.models)) == files - {"manifest.json"}
    assert verify(exported.models) == []
    assert {"encoder/onnx/model_int8.onnx", "judge/onnx/model_int8.onnx", "judge/relation_head.safetensors"} <= files


def test_shipped_weights_are_half_precision(exported: Exported) -> None:
    import torch
    from safetensors.torch import load_file

    files = sorted(exported.models.rglob("*.safetensors"))
    assert len(files) == 3
    for path in files:
        assert {value.dtype for value in load_file(path).values()} == {torch.float16}, path


def test_both_formats_of_the_encoder_agree(exported: Exported) -> None:
    from tiny_models import DIM, TEXTS

    small = load_embedder().embed(TEXTS)
    exact = load_embedder(str(exported.models / "encoder")).embed(TEXTS)
    assert small.shape == exact.shape == (len(TEXTS), DIM)
    np.testing.assert_allclose(np.linalg.norm(small, axis=1), 1, atol=1e-3)
    assert (small * exact).sum(axis=1).min() > 0.97
    assert (exact @ exact.T)[0, 1] < 0.97  # else any vector would pass


def test_a_row_does_not_depend_on_its_neighbours(exported: Exported) -> None:
    from tiny_models import TEXTS

    embedder = load_embedder()
    rows = embedder.embed([*TEXTS, "pont " * 80])
    np.testing.assert_array_equal(rows[: len(TEXTS)], embedder.embed(TEXTS))
    assert embedder.embed([]).shape == (0, rows.shape[1])


def test_both_formats_of_the_judge_agree_on_both_heads(exported: Exported) -> None:
    import torch
    from tiny_models import TEXTS
    from tokenizers import Tokenizer

    from claimcheck.training import loop
    from claimcheck.training.judge import load_judge

    pairs = [(a, b) for a in TEXTS for b in TEXTS]
    small = load_nli().judge(pairs)
    assert small.relation is not None
    judge = load_judge(exported.work / "relation").eval().to(loop.device())
    tokenizer = Tokenizer.from_file(str(exported.work / "vocabulary/tokenizer.json"))
    with torch.inference_mode():
        three, four = judge(**loop.tensors(tokenizer, pairs, 192))
    # seven-bit weights and words on 32 random dimensions: coarse; the shipped models have their own, tighter test
    np.testing.assert_allclose(small.nli, softmax(three.cpu().numpy()), atol=0.25)
    np.testing.assert_allclose(small.relation, softmax(four.cpu().numpy()), atol=0.25)
    assert np.ptp(small.nli, axis=1).max() > 0.3  # else even rows would pass
    outside = load_nli(str(exported.models / "judge"))
    np.testing.assert_allclose(outside.score(pairs), small.nli, atol=0.25)


def test_the_judge_says_its_labels_to_other_programs(exported: Exported) -> None:
    config = json.loads((exported.models / "judge/config.json").read_text(encoding="utf-8"))
    assert list(config["id2label"].values()) == ["entailment", "neutral", "contradiction"]
    modules = json.loads((exported.models / "encoder/modules.json").read_text(encoding="utf-8"))
    assert [module["type"].rsplit(".", 1)[1] for module in modules] == ["Transformer", "Pooling", "Normalize"]


def test_a_saved_judge_comes_back_with_both_heads(exported: Exported) -> None:
    import torch

    from claimcheck.training.judge import load_judge

    state, again = (load_judge(exported.work / "relation").state_dict() for _ in range(2))
    assert all(torch.equal(state[name], again[name]) for name in state)
    fresh = load_judge(exported.work / "similarity").state_dict()
    assert not torch.equal(fresh["relation.weight"], state["relation.weight"])


def test_a_model_whose_stage_did_not_run_stays_as_it_is(exported: Exported, tmp_path: Path) -> None:
    work, models = tmp_path / "work", tmp_path / "models"
    for name in ("vocabulary", "relation"):
        copytree(exported.work / name, work / name)
    copytree(exported.models / "encoder", models / "encoder")
    export(work, models, samples=2)
    before, after = (
        {name: entry for name, entry in manifest(folder).items() if name.startswith("encoder/")}
        for folder in (exported.models, models)
    )
    assert after == before
    assert (models / "judge/onnx/model_int8.onnx").exists()
    assert verify(models) == []
