from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import claimcheck

PACKAGE = Path(claimcheck.__file__).parent


def test_exported_members_are_sorted_and_all_there() -> None:
    assert sorted(claimcheck.__all__) == claimcheck.__all__
    assert all(getattr(claimcheck, name) is not None for name in claimcheck.__all__)


def test_exported_members_are_those_that_type_checkers_see() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    imported = {alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert imported == set(claimcheck.__all__)


def test_no_exported_member_has_the_name_of_a_module() -> None:
    """Importing a module sets the package's attribute of that name: it would hide the member."""
    modules = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert modules.isdisjoint(claimcheck.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'compere'"):
        _ = claimcheck.compere


def test_importing_the_package_is_light() -> None:
    code = (
        "import sys, claimcheck, claimcheck.types, claimcheck.errors\n"
        "heavy = ('torch', 'onnxruntime', 'sklearn', 'scipy', 'pandas', 'transformers', 'typer', 'rich', 'pydantic')\n"
        "print([name for name in heavy if name in sys.modules], end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PACKAGE.parent, timeout=120, check=True
    )
    assert done.stdout == "[]"


def test_the_version_is_the_one_of_the_project() -> None:
    project = (PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{claimcheck.__version__}"' in project
