from __future__ import annotations

import hashlib
import json
import os
import shutil
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from claimcheck.encoders import load_embedder, load_nli
from claimcheck.encoders.base import softmax
from claimcheck.encoders.loading import MODELS_VARIABLE, folder_models, manifest, models_folder, shipped, verify
from claimcheck.encoders.transformer import label_columns, prefix_of
from claimcheck.errors import ModelError

LABELS = ("entailment", "neutral", "contradiction")
ONNX = "encoder/onnx/model_int8.onnx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A models folder as shipped, with stand-ins for the weights."""
    contents = {ONNX: b"not really onnx", "judge/onnx/model_int8.onnx": b"nor this", "decision.json": b"{}"}
    files = {}
    for name, content in contents.items():
        path = tmp_path / "models" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    (tmp_path / "models/manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    return tmp_path / "models"


# base


@given(arrays(np.float32, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=st.floats(-1e4, 1e4, width=32)))
def test_softmax_rows_are_probabilities_in_the_order_of_the_logits(logits: np.ndarray) -> None:
    rows = softmax(logits)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows.sum(axis=1), 1, atol=1e-5)
    assert (np.take_along_axis(rows, logits.argmax(axis=1)[:, None], axis=1) == rows.max(axis=1)[:, None]).all()


# the shipped models


def test_an_untouched_folder_is_whole(folder: Path) -> None:
    assert verify(folder) == []


@pytest.mark.parametrize("content", [b"not really onnX", b"version https://git-lfs.github.com/spec/v1\n", b""])
def test_a_tampered_file_is_named(folder: Path, content: bytes) -> None:
    (folder / ONNX).write_bytes(content)
    assert verify(folder) == [ONNX]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "decision.json").unlink()
    assert verify(folder) == ["decision.json"]


def test_a_model_says_its_name_and_the_hash_of_its_weights(folder: Path) -> None:
    with folder_models(folder):
        place, info = shipped("encoder")
    assert place == folder / "encoder"
    assert (info.name, info.revision) == ("claimcheck-encoder", hashlib.sha256(b"not really onnx").hexdigest()[:12])


@pytest.mark.parametrize("content", [None, b"version https://git-lfs.github.com/spec/v1\n"])
def test_a_missing_model_or_a_pointer_to_it_is_refused(folder: Path, content: bytes | None) -> None:
    (folder / ONNX).unlink()
    if content is not None:
        (folder / ONNX).write_bytes(content)
    with folder_models(folder), pytest.raises(ModelError, match=r"model_int8\.onnx: missing or damaged; reinstall"):
        load_embedder()


def test_a_damaged_model_of_the_right_size_is_a_model_error(folder: Path) -> None:
    for load in (load_embedder, load_nli):
        with folder_models(folder), pytest.raises(ModelError, match="cannot load the model"):
            load()


def test_a_folder_without_manifest_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    with pytest.raises(ModelError, match=f"no models found in .*; set {MODELS_VARIABLE}"):
        models_folder()


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"files": []}', '{"files": {"a": {"bytes": 3}}}'])
def test_a_damaged_manifest_is_a_model_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"manifest\.json: not readable"):
        manifest(tmp_path)


@pytest.mark.parametrize("before", [None, "/elsewhere"])
def test_the_chosen_folder_holds_within_the_block_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    if before is None:
        monkeypatch.delenv(MODELS_VARIABLE, raising=False)
    else:
        monkeypatch.setenv(MODELS_VARIABLE, before)
    with folder_models(folder):
        assert models_folder() == folder
    assert os.environ.get(MODELS_VARIABLE) == before


# other models


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("style", [str.lower, str.upper, str.title])
def test_label_columns_are_read_from_the_config(order: tuple[int, ...], style: object) -> None:
    assert callable(style)
    columns = label_columns({index: style(LABELS[meaning]) for index, meaning in enumerate(order)}, "model")
    assert [order[column] for column in columns] == [0, 1, 2]


def test_french_labels_and_text_keys_are_understood() -> None:
    assert label_columns({"0": "contradiction", "1": "neutre", "2": "implication"}, "model") == [2, 1, 0]


@pytest.mark.parametrize(
    "labels",
    [
        ["entailment", "not_entailment"],
        ["LABEL_0", "LABEL_1", "LABEL_2"],
        ["entailment", "entailment", "contradiction"],
        ["entailment", "neutral", "contradiction", "other"],
        [],
    ],
)
def test_other_labels_are_refused_rather_than_guessed(labels: list[str]) -> None:
    with pytest.raises(ModelError, match=r"not entailment, neutral and contradiction.*--nli"):
        label_columns(dict(enumerate(labels)), "model")


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("intfloat/multilingual-e5-small", "query: "),
        ("intfloat/e5-large-v2", "query: "),
        ("/models/Multilingual-E5-base", "query: "),
        ("e5-base", "query: "),
        ("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", ""),
        ("BAAI/bge-m3", ""),
        ("someone/note5-base", ""),
    ],
)
def test_families_that_expect_a_prefix_get_it(name: str, prefix: str) -> None:
    assert prefix_of(name) == prefix


@pytest.mark.parametrize("load", [load_embedder, load_nli])
def test_a_folder_with_pickled_weights_only_is_refused(tmp_path: Path, load: object) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    assert callable(load)
    with pytest.raises(ModelError, match="only safetensors weights are loaded"):
        load(str(tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("load", [load_embedder, load_nli])
def test_an_unknown_name_says_how_to_go_on(load: object) -> None:
    assert callable(load)
    with pytest.raises(ModelError, match="no such model on this machine; give a folder, or add --download"):
        load("nobody/no-such-model")


@pytest.mark.slow
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_another_nli_model_is_read_in_its_own_label_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    import torch
    from tiny_models import TEXTS, classifier
    from transformers import AutoTokenizer, BertForSequenceClassification

    place = classifier(tmp_path, {index: LABELS[meaning] for index, meaning in enumerate(order)})
    pairs = [(TEXTS[0], TEXTS[1]), (TEXTS[2], TEXTS[0]), (TEXTS[3], TEXTS[2])]
    scores = load_nli(str(place)).judge(pairs)
    assert scores.relation is None
    inputs = AutoTokenizer.from_pretrained(place)(
        *map(list, zip(*pairs, strict=True)), padding=True, return_tensors="pt"
    )
    with torch.inference_mode():
        logits = BertForSequenceClassification.from_pretrained(place)(**inputs).logits
    expected = logits.softmax(-1).numpy()
    for column, meaning in enumerate(order):
        np.testing.assert_allclose(scores.nli[:, meaning], expected[:, column], atol=1e-4)
    assert np.ptp(scores.nli, axis=1).min() > 0.01  # an even row would prove nothing


@pytest.mark.slow
def test_a_model_with_two_labels_is_refused(tmp_path: Path) -> None:
    from tiny_models import classifier

    place = classifier(tmp_path, {0: "entailment", 1: "not_entailment"})
    with pytest.raises(ModelError, match=r"its labels are \[entailment, not_entailment\]"):
        load_nli(str(place))


@pytest.mark.slow
def test_another_encoder_gives_unit_rows_and_an_identity(tmp_path: Path) -> None:
    from tiny_models import DIM, TEXTS, encoder

    found = load_embedder(str(encoder(tmp_path / "mine")))
    rows = found.embed(TEXTS)
    assert rows.shape == (len(TEXTS), DIM)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert found.embed([]).shape == (0, DIM)
    weights = hashlib.sha256((tmp_path / "mine/model.safetensors").read_bytes()).digest()
    assert (found.info.name, found.info.revision) == ("mine", hashlib.sha256(weights).hexdigest()[:12])


@pytest.mark.slow
def test_a_prefix_is_put_before_every_text(tmp_path: Path) -> None:
    from tiny_models import TEXTS, encoder

    plain = load_embedder(str(encoder(tmp_path / "plain")))
    prefixed = load_embedder(str(shutil.copytree(tmp_path / "plain", tmp_path / "multilingual-e5-tiny")))
    np.testing.assert_allclose(prefixed.embed(TEXTS), plain.embed([f"query: {text}" for text in TEXTS]), atol=1e-5)
    assert not np.allclose(prefixed.embed(TEXTS), plain.embed(TEXTS), atol=1e-3)


@pytest.mark.slow
def test_a_model_folder_runs_no_code(tmp_path: Path) -> None:
    from tiny_models import encoder

    place = encoder(tmp_path)
    (place / "evil.py").write_text("open('ran', 'w')\nclass Evil: ...\n", encoding="utf-8")
    modules = [{"idx": 0, "name": "0", "path": "", "type": "evil.Evil"}]
    (place / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot load this model"):
        load_embedder(str(place))
    assert not Path("ran").exists()
