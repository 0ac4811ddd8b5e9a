from __future__ import annotations

import pytest
from durations import assert_linear


def test_a_quadratic_reading_is_noticed_and_a_linear_one_is_not() -> None:
    with pytest.raises(AssertionError, match="for an eighth"):
        assert_linear(lambda text: sum(a == b for a in text for b in text), "a" * 4_000)
    assert_linear(lambda text: sum(letter == "a" for letter in text), "a" * 1_000_000)
