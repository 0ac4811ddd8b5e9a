"""A folder watched: its files as they are dropped in."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from pathlib import Path

from claimcheck.ingest.files import walk

PAUSE = 1.0  # seconds between two looks

_Look = dict[Path, tuple[int, int]]


def dropped(
    folder: Path, pause: float = PAUSE, sleep: Callable[[float], None] = time.sleep
) -> Generator[Path, None, None]:
    """Yield each file that comes into ``folder`` or changes there, once it is the same in two looks: then it is whole.

    What lies there at the time of the call is left alone. Ends only when it is closed or interrupted.

    :raises InputError: if there is no such folder.
    """
    return _changes(folder, _look(folder), pause, sleep)


def _changes(folder: Path, there: _Look, pause: float, sleep: Callable[[float], None]) -> Generator[Path, None, None]:
    done = before = there
    while True:
        sleep(pause)
        now = _look(folder)
        whole = [path for path, state in now.items() if before.get(path) == state and done.get(path) != state]
        before = now
        done = {path: state for path, state in done.items() if path in now} | {path: now[path] for path in whole}
        yield from whole


def _look(folder: Path) -> _Look:
    """Size and time of change of every file that can be read as an article."""
    found: _Look = {}
    for path in walk([folder]).files:
        try:
            status = path.stat()
        except OSError:  # gone since it was listed
            continue
        found[path] = (status.st_size, status.st_mtime_ns)
    return found
