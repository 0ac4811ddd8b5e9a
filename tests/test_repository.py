"""Rules that every source file keeps: nothing is unpickled or evaluated, heavy libraries stay behind their seams."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "claimcheck").rglob("*.py"))
NAMES = [path.relative_to(ROOT / "claimcheck").as_posix() for path in SOURCES]
UNSAFE_MODULES = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "shelve", "marshal", "joblib"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}
UNSAFE_METHODS = {
    ("torch", "load"),
    ("yaml", "load"),
    ("joblib", "load"),
    ("pandas", "read_pickle"),
    ("pd", "read_pickle"),
    ("os", "system"),
}
MODEL_LIBRARIES = {"torch", "onnxruntime", "onnx", "transformers", "sentence_transformers", "tokenizers", "safetensors"}
MODEL_FOLDERS = ("encoders/", "training/")
FRONT = {
    "claimcheck.cli",
    "claimcheck.commands",
    "claimcheck.check_commands",
    "claimcheck.pipeline",
    "claimcheck.reference",
}
MAY_IMPORT_FRONT = {
    "__main__.py": {"claimcheck.cli"},
    "__init__.py": {"claimcheck.pipeline"},
    "cli.py": {"claimcheck.commands", "claimcheck.check_commands"},
    "commands.py": {"claimcheck.pipeline"},
    "check_commands.py": {"claimcheck.pipeline"},
    "reference.py": {"claimcheck.cli"},
    "training/__main__.py": {"claimcheck.cli"},
}


def tree_of(name: str) -> ast.Module:
    return ast.parse((ROOT / "claimcheck" / name).read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Full names of everything imported, inside functions as well."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(owner, name) of every call; the owner of a plain name is empty."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield "", node.func.id
            elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                yield node.func.value.id, node.func.attr


def flagged(tree: ast.Module) -> set[str]:
    """What a tree does that no source file may."""
    calls = set(called(tree))
    unsafe = {name for owner, name in calls if not owner and name in UNSAFE_CALLS}
    unsafe |= {f"{owner}.{name}" for owner, name in calls & UNSAFE_METHODS}
    allowing = [
        keyword
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in ("allow_pickle", "trust_remote_code", "shell")
        and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
    ]
    unsafe |= {f"{keyword.arg}=" for keyword in allowing}
    return unsafe | {name.split(".")[0] for name in imports(tree)} & UNSAFE_MODULES


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_unpickled_or_evaluated(name: str) -> None:
    assert flagged(tree_of(name)) == set()


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from joblib import load",
        "def f():\n    import cloudpickle.x",
        "torch.load(path)",
        "yaml.load(text)",
        "eval(text)",
        "np.load(path, allow_pickle=True)",
        "AutoModel.from_pretrained(name, trust_remote_code=flag)",
    ],
)
def test_the_rule_sees_what_it_forbids(code: str) -> None:
    assert flagged(ast.parse(code))


def test_the_rule_lets_lookalikes_pass() -> None:
    assert flagged(ast.parse("model.eval()\nre.compile(x)\nnp.load(p, allow_pickle=False)\njson.load(f)")) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_module_says_what_it_is(name: str) -> None:
    assert ast.get_docstring(tree_of(name)), f"claimcheck/{name} has no docstring"


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(MODEL_FOLDERS)])
def test_model_libraries_stay_behind_the_encoders(name: str) -> None:
    assert {found.split(".")[0] for found in imports(tree_of(name))} & MODEL_LIBRARIES == set()


@pytest.mark.parametrize("name", NAMES)
def test_no_stage_knows_the_pipeline_or_the_command_line(name: str) -> None:
    assert set(imports(tree_of(name))) & FRONT <= MAY_IMPORT_FRONT.get(name, set())


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("training/")])
def test_nothing_that_ships_needs_the_training(name: str) -> None:
    needed = {found for found in imports(tree_of(name)) if found.startswith("claimcheck.training")}
    allowed = {"claimcheck.training.stages", "claimcheck.training.prior"} if name == "commands.py" else set()
    assert {found for found in needed if not found.startswith(tuple(allowed) or ("\0",))} == set()


@pytest.mark.parametrize("name", NAMES)
def test_modules_and_functions_stay_small(name: str) -> None:
    tree = tree_of(name)
    assert len((ROOT / "claimcheck" / name).read_text(encoding="utf-8").splitlines()) <= 400
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno < 70, f"{name}: {node.name}"
