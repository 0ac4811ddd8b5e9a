"""Files written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from claimcheck.errors import UsageError


def write_atomic(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 so that a reader, or a crash, meets the old file or the new one, never half of it.

    A symbolic link is followed. Line ends are written as they are.

    :raises UsageError: if the folder is missing or not writable, or ``path`` is not a regular file.
    """
    target = path.resolve()
    check_writable(path)
    temporary = target.parent / f".claimcheck-{secrets.token_hex(8)}.tmp"
    try:
        _write_synced(temporary, text.encode("utf-8", errors="replace"))
        os.replace(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); choose another folder") from error
    finally:
        temporary.unlink(missing_ok=True)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows cannot open a folder and needs no such step."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_writable(path: Path) -> None:
    """Refuse early, before long work, what ``write_atomic`` would refuse at the end.

    :raises UsageError: if the folder is missing or not writable, or ``path`` is not a regular file.
    """
    target = path.resolve()
    if not target.parent.is_dir():
        raise UsageError(f"{path}: the folder {target.parent} does not exist; create it or write elsewhere")
    if not os.access(target.parent, os.W_OK):
        raise UsageError(f"{path}: the folder {target.parent} is not writable; write elsewhere")
    if target.exists() and not target.is_file():
        raise UsageError(f"{path}: is not a regular file; give the name of a file to write")


def check_targets(targets: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Refuse early what could not be written, would overwrite an input, or would be read as one by the next run.

    :raises UsageError: as ``check_writable`` does, or if an output lies among the inputs or has another's name.
    """
    read = [path.resolve() for path in inputs]
    for target in targets:
        check_writable(target)
        place = target.resolve()
        if any(place == path or path in place.parents for path in read):
            raise UsageError(f"{target}: lies among the inputs and would be read as one; write it elsewhere")
    if len({target.resolve() for target in targets}) < len(targets):
        raise UsageError("two outputs have the same name; give each its own")
