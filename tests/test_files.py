from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import UsageError
from claimcheck.files import check_writable, write_atomic


def test_a_new_and_an_existing_file_can_be_written(tmp_path: Path) -> None:
    check_writable(tmp_path / "new.html")
    (tmp_path / "old.html").write_text("old", encoding="utf-8")
    check_writable(tmp_path / "old.html")
    assert (tmp_path / "old.html").read_text(encoding="utf-8") == "old"
    assert not (tmp_path / "new.html").exists()


def test_a_missing_folder_and_a_folder_in_the_place_of_the_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone/r\.html: the folder .*gone does not exist"):
        check_writable(tmp_path / "gone" / "r.html")
    with pytest.raises(UsageError, match="not a regular file"):
        check_writable(tmp_path)


def test_a_folder_without_the_right_to_write_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not (path == tmp_path and mode == os.W_OK))
    with pytest.raises(UsageError, match="not writable"):
        check_writable(tmp_path / "r.html")


def test_a_file_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="does not exist"):
        check_writable(tmp_path / "file" / "r.html")


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "round.txt"
    write_atomic(path, text)
    assert path.read_bytes() == text.encode()


def test_a_failed_write_keeps_the_old_file_and_leaves_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.html"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UsageError, match="No space left"):
        write_atomic(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
