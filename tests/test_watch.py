from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from claimcheck.errors import InputError
from claimcheck.watch import dropped


class EndedError(Exception):
    """There is no further look."""


def seen(folder: Path, *looks: Callable[[], object]) -> list[str]:
    """The files yielded while one of ``looks`` happens before each look."""
    waiting = list(looks)

    def sleep(seconds: float) -> None:
        if not waiting:
            raise EndedError
        waiting.pop(0)()

    found: list[str] = []
    with pytest.raises(EndedError):
        found.extend(path.name for path in dropped(folder, 0, sleep))
    return found


def nothing() -> None:
    """A look at which nothing has happened."""


def test_a_file_is_seen_once_it_is_whole(tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    seen_early = seen(tmp_path, lambda: new.write_text("one"))
    assert seen_early == []
    new.unlink()
    assert seen(tmp_path, lambda: new.write_text("one"), lambda: new.write_text("one and more"), nothing) == ["new.txt"]


def test_a_file_is_seen_once_and_again_when_it_changes(tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    looks = [lambda: new.write_text("one"), nothing, nothing, lambda: new.write_text("another"), nothing, nothing]
    assert seen(tmp_path, *looks) == ["new.txt", "new.txt"]


def test_what_lies_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("old")
    assert seen(tmp_path, nothing, nothing) == []


def test_a_file_that_leaves_and_returns_is_seen_again(tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_text("old")
    state = old.stat()

    def returned() -> None:
        old.write_text("old")
        os.utime(old, ns=(state.st_atime_ns, state.st_mtime_ns))

    assert seen(tmp_path, old.unlink, returned, nothing) == ["old.txt"]


def test_files_of_other_kinds_and_hidden_ones_are_not_seen(tmp_path: Path) -> None:
    def drop() -> None:
        for name in ("photo.jpg", ".hidden.txt", "page.html"):
            (tmp_path / name).write_text("x")

    assert seen(tmp_path, drop, nothing) == ["page.html"]


def test_a_missing_folder_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        dropped(tmp_path / "none", 0, lambda seconds: None)


def test_what_comes_in_before_the_first_look_is_seen(tmp_path: Path) -> None:
    files = dropped(tmp_path, 0, lambda seconds: None)
    (tmp_path / "early.txt").write_text("early")
    assert next(files).name == "early.txt"
