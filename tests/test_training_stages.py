from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.errors import InputError, UsageError
from claimcheck.training import stages
from claimcheck.training.stages import STAGES, START, load_recipe, run_stages


def run(names: list[str], tmp_path: Path) -> list[str]:
    logged: list[str] = []
    run_stages(
        names,
        data=tmp_path / "data",
        root=tmp_path,
        work=tmp_path / "work",
        models=tmp_path / "models",
        recipe={"seed": 1, "vocabulary": {}, "nli": {"epochs": 2}},
        log=logged.append,
    )
    return logged


def test_the_recipe_has_a_seed_and_sections_of_known_stages_only() -> None:
    recipe = load_recipe()
    assert isinstance(recipe["seed"], int)
    sections = {name for name, value in recipe.items() if isinstance(value, dict)}
    assert sections <= set(STAGES)
    assert sections >= {"vocabulary", "distil", "nli", "relation", "similarity"}


@pytest.mark.parametrize("text", [None, "[nli\n", "seed = = 3\n"])
def test_a_missing_or_broken_recipe_is_an_input_error(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "recipe.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"recipe\.toml: cannot read the recipe"):
        load_recipe(path)


def test_a_recipe_that_is_not_text_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_bytes(b"seed = 1 # \xff\xfe\n")
    with pytest.raises(InputError, match="cannot read the recipe"):
        load_recipe(path)


def test_an_unknown_stage_is_refused_before_any_stage_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "_run", lambda *_: pytest.fail("a stage ran"))
    with pytest.raises(UsageError, match="unknown stage 'distill'; stages: vocabulary, distil"):
        run(["vocabulary", "distill"], tmp_path)


def test_stages_run_in_the_order_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(stages, "_run", lambda name, *_: ran.append(name))
    assert run(["vocabulary", "manifest"], tmp_path) == ["stage vocabulary", "stage manifest"]
    assert ran == ["vocabulary", "manifest"]


@pytest.mark.parametrize(
    ("stage", "left", "remedy"),
    [
        ("distil", (), "vocabulary: missing; run `claimcheck train vocabulary` first"),
        ("nli", ("vocabulary",), "distil: missing; run `claimcheck train distil` first"),
        ("relation", ("vocabulary",), "translations: missing; run `claimcheck train translations` first"),
        ("export", ("vocabulary", "distil"), "nothing trained to export; run `claimcheck train similarity relation`"),
    ],
)
def test_a_stage_whose_predecessor_left_nothing_says_what_to_run(
    tmp_path: Path, stage: str, left: tuple[str, ...], remedy: str
) -> None:
    for name in left:
        (tmp_path / "work" / name).mkdir(parents=True)
    with pytest.raises(InputError, match=remedy):
        run([stage], tmp_path)


@pytest.mark.slow
def test_every_stage_name_leads_to_its_module_with_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from claimcheck.training import (
        adopt,
        decision,
        distil,
        export,
        nli,
        relation,
        similarity,
        translations,
        vocabulary,
    )

    called: list[tuple[str, tuple[object, ...]]] = []
    for module in (adopt, vocabulary, distil, nli, translations, relation, similarity, export, decision):
        name = module.__name__.rsplit(".", 1)[1]
        monkeypatch.setattr(module, "run", lambda *given, name=name: called.append((name, given)))
    monkeypatch.setattr(export, "write_manifest", lambda *given: called.append(("manifest", given)))
    for name in STAGES:
        (tmp_path / "work" / name).mkdir(parents=True)
    run([START, *STAGES], tmp_path)
    assert [name for name, _ in called] == [START, *STAGES]
    assert {"epochs": 2} in dict(called)["nli"]
