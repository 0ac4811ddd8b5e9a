"""The reason why one input is left out."""

from __future__ import annotations


class Unusable(Exception):  # noqa: N818 - not an error of the run: it becomes a Failure and the rest goes on
    """One document, row or file can't be used; the message is the reason shown, with its remedy."""
