"""Time against length: a hostile text must be read in linear time, on a fast machine and on a busy one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_TRIES = 3  # a busy machine slows some readings down, hardly all of them
_SHORTER = 4
_NOISE = 0.1  # seconds below which a time says nothing


def seconds(read: Callable[[_T], object], text: _T) -> float:
    """Processor seconds of one reading."""
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


def assert_linear(read: Callable[[str], object], text: str) -> None:
    """A quarter of the text takes about a quarter of the time, not a sixteenth, in the best of three tries."""
    tries = []
    for _ in range(_TRIES):
        part, whole = seconds(read, text[: len(text) // _SHORTER]), seconds(read, text)
        if whole < 2 * _SHORTER * part + _NOISE:
            return
        tries.append((part, whole))
    raise AssertionError(f"seconds for a quarter and for the whole of {text[:30]!r}...: {tries}")
