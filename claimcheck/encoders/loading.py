"""Which model a name means: the shipped ones by default, a folder, or a hub name; safetensors only, no remote code."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from claimcheck.encoders.base import Embedder, ModelInfo, NliModel
from claimcheck.errors import ModelError

Model = TypeVar("Model")
MODELS_VARIABLE = "CLAIMCHECK_MODELS"
ENCODER, JUDGE = "encoder", "judge"


def models_folder() -> Path:
    """The folder of the shipped models: ``$CLAIMCHECK_MODELS``, inside the package, or beside it in a checkout.

    :raises ModelError: if there is none.
    """
    package = Path(__file__).resolve().parent.parent
    chosen = os.environ.get(MODELS_VARIABLE)
    places = [Path(chosen)] if chosen else [package / "models", package.parent / "models"]
    for place in places:
        if (place / "manifest.json").is_file():
            return place
    looked = ", ".join(str(place) for place in places)
    raise ModelError(f"no models found in {looked}; set {MODELS_VARIABLE} to the folder that holds manifest.json")


@contextmanager
def folder_models(folder: Path) -> Iterator[None]:
    """Within it, ``folder`` is where the shipped models are looked for."""
    before = os.environ.get(MODELS_VARIABLE)
    os.environ[MODELS_VARIABLE] = str(folder)
    manifest.cache_clear()
    try:
        yield
    finally:
        if before is None:
            del os.environ[MODELS_VARIABLE]
        else:
            os.environ[MODELS_VARIABLE] = before


@cache
def manifest(folder: Path) -> dict[str, Any]:
    """The ``files`` table of ``folder/manifest.json``: name -> sha256 and bytes.

    :raises ModelError: if it is not readable.
    """
    try:
        files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
        return {name: {"sha256": str(entry["sha256"]), "bytes": int(entry["bytes"])} for name, entry in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{folder / 'manifest.json'}: not readable ({error}); reinstall the models") from error


def verify(folder: Path) -> list[str]:
    """Names of shipped files that are missing or differ from the manifest."""
    wrong = []
    for name, entry in manifest(folder).items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            wrong.append(name)
    return wrong


def shipped(kind: str) -> tuple[Path, ModelInfo]:
    """Folder and identity of a shipped model; its ONNX file is checked by size here and by hash in ``verify``.

    :raises ModelError: if the file is missing or not the one of the manifest.
    """
    folder = models_folder()
    name = f"{kind}/onnx/model_int8.onnx"
    entry = manifest(folder).get(name)
    path = folder / name
    if entry is None or not path.is_file() or path.stat().st_size != entry["bytes"]:
        raise ModelError(f"{path}: missing or damaged; reinstall the models (a git-lfs pointer is not enough)")
    return folder / kind, ModelInfo(f"claimcheck-{kind}", entry["sha256"][:12])


def load_embedder(name_or_path: str | None = None, *, download: bool = False) -> Embedder:
    """The shipped sentence encoder, or another one by name or path.

    :raises ModelError: if it cannot be found or loaded.
    """
    if name_or_path is None:
        from claimcheck.encoders.onnx import OnnxEmbedder

        return OnnxEmbedder(*shipped(ENCODER))
    from claimcheck.encoders.transformer import TransformerEmbedder

    info = _identify(name_or_path)
    return _guarded(name_or_path, download, lambda: TransformerEmbedder(name_or_path, info, download=download))


def load_nli(name_or_path: str | None = None, *, download: bool = False) -> NliModel:
    """The shipped cross-encoder, or another NLI cross-encoder by name or path.

    :raises ModelError: if it cannot be found or loaded, or if its labels are not the three of NLI.
    """
    if name_or_path is None:
        from claimcheck.encoders.onnx import OnnxJudge

        return OnnxJudge(*shipped(JUDGE))
    from claimcheck.encoders.transformer import TransformerNli

    info = _identify(name_or_path)
    return _guarded(name_or_path, download, lambda: TransformerNli(name_or_path, info, download=download))


def _identify(name: str) -> ModelInfo:
    """Name and revision of a model folder: the sha256 of its weights; a hub name has no weights to hash yet."""
    folder = Path(name)
    if not folder.is_dir():
        return ModelInfo(name, "hub")
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        raise ModelError(f"{name}: no *.safetensors in this folder; only safetensors weights are loaded")
    digest = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in weights))
    return ModelInfo(folder.name, digest.hexdigest()[:12])


def _guarded(name: str, download: bool, make: Callable[[], Model]) -> Model:
    try:
        return make()
    except ModelError:
        raise
    except Exception as error:  # hub, safetensors and transformers each raise types of their own
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        if Path(name).exists():
            raise ModelError(f"{name}: cannot load this model: {reason}") from error
        remedy = "check the name and the network" if download else "give a folder, or add --download to fetch it"
        raise ModelError(f"{name}: no such model on this machine; {remedy}") from error
