"""The stages of the recipe by name, in order; each reads what the one before it wrote under the work folder."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from claimcheck.errors import InputError, UsageError

START = "adopt"  # in front, in place of distil
STAGES = ("vocabulary", "distil", "nli", "translations", "relation", "similarity", "export", "decision", "manifest")
# The folders of work that a stage goes on from, each left by the stage of its name.
_READS = {
    "distil": ("vocabulary",),
    "nli": ("vocabulary", "distil"),
    "translations": ("vocabulary", "distil", "nli"),
    "relation": ("vocabulary", "translations"),
    "similarity": ("vocabulary", "distil"),
}
_EXPORTED = ("similarity", "relation")  # either is enough
RECIPE = Path(__file__).with_name("recipe.toml")
Log = Callable[[str], None]


def load_recipe(path: Path = RECIPE) -> dict[str, Any]:
    """The recipe's settings.

    :raises InputError: if the file is missing or not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # not there, not UTF-8 or not TOML
        raise InputError(f"{path}: cannot read the recipe ({error})") from error


def run_stages(
    names: Sequence[str], *, data: Path, root: Path, work: Path, models: Path, recipe: dict[str, Any], log: Log
) -> None:
    """Run stages in the given order; ``data`` is the shared data, ``root`` our own, ``work`` keeps checkpoints.

    :raises UsageError: for an unknown stage.
    :raises InputError: for a stage whose predecessor left nothing.
    """
    unknown = [name for name in names if name not in (START, *STAGES)]
    if unknown:
        raise UsageError(f"unknown stage {unknown[0]!r}; stages: {', '.join(STAGES)}, {START} or all")
    for name in names:
        log(f"stage {name}")
        _check(name, work)
        _run(name, data, root, work, models, recipe, log)


def _check(name: str, work: Path) -> None:
    missing = next((stage for stage in _READS.get(name, ()) if not (work / stage).is_dir()), None)
    if missing:
        raise InputError(f"{work / missing}: missing; run `claimcheck train {missing}` first")
    if name == "export" and not any((work / stage).is_dir() for stage in _EXPORTED):
        raise InputError(f"{work}: nothing trained to export; run `claimcheck train {' '.join(_EXPORTED)}` first")


def _run(name: str, data: Path, root: Path, work: Path, models: Path, recipe: dict[str, Any], log: Log) -> None:
    from claimcheck.training import adopt, decision, distil, export, nli, relation, similarity, translations, vocabulary

    seed, settings = recipe["seed"], recipe.get(name, {})
    if name == START:
        adopt.run(data, models, work, recipe["vocabulary"], seed, log)
    elif name in ("vocabulary", "distil", "translations"):
        module = {"vocabulary": vocabulary, "distil": distil, "translations": translations}[name]
        module.run(data, work, settings, seed, log)
    elif name in ("nli", "relation", "similarity"):
        stage = {"nli": nli, "relation": relation, "similarity": similarity}[name]
        stage.run(data, root, work, settings, seed, log)
    elif name == "export":
        export.run(root, work, models, settings, log)
    elif name == "decision":
        decision.run(data, root, models, seed, log)
    else:
        export.write_manifest(models)
