"""The text stage: an article becomes its claims, with what was read in each, and the record of what was dropped."""

from __future__ import annotations

from claimcheck.text.stage import read

__all__ = ["read"]
