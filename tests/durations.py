"""Time against length: a hostile text must be read in linear time, on a fast machine and on a busy one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_TRIES = 3  # a busy machine slows some readings down, hardly all of them
_SHORTER = 8
_NOISE = 0.05  # seconds below which a time says nothing


def seconds(read: Callable[[_T], object], text: _T) -> float:
    """Processor seconds of one reading."""
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


def assert_linear(read: Callable[[str], object], text: str) -> None:
    """An eighth of the text takes about an eighth of the time, not a sixty-fourth: the least of three times each."""
    part, whole = (min(seconds(read, one) for _ in range(_TRIES)) for one in (text[: len(text) // _SHORTER], text))
    assert whole < 2 * _SHORTER * part + _NOISE, f"{part:.3f} s for an eighth, {whole:.3f} s for all of {text[:30]!r}"
