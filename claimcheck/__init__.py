"""claimcheck: where the accounts of several news outlets agree, diverge or contradict each other.

from claimcheck import compare, render_html

comparison = compare(["articles/"])
page = render_html(comparison)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimcheck.encoders import load_embedder, load_nli
    from claimcheck.errors import ClaimcheckError
    from claimcheck.pipeline import check, compare
    from claimcheck.report import render_html, to_csv, to_json
    from claimcheck.settings import Settings, load_settings
    from claimcheck.types import Article, Check, Comparison, Finding, Judgement, Relation, Sentence

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Check",
    "ClaimcheckError",
    "Comparison",
    "Finding",
    "Judgement",
    "Relation",
    "Sentence",
    "Settings",
    "check",
    "compare",
    "load_embedder",
    "load_nli",
    "load_settings",
    "render_html",
    "to_csv",
    "to_json",
]

# Loaded on first use: the stages need libraries that take seconds to import.
_HOMES = {
    "check": "claimcheck.pipeline",
    "compare": "claimcheck.pipeline",
    "load_embedder": "claimcheck.encoders",
    "load_nli": "claimcheck.encoders",
    "load_settings": "claimcheck.settings",
    "Settings": "claimcheck.settings",
    "ClaimcheckError": "claimcheck.errors",
    "render_html": "claimcheck.report",
    "to_csv": "claimcheck.report",
    "to_json": "claimcheck.report",
    **dict.fromkeys(
        ("Article", "Check", "Comparison", "Finding", "Judgement", "Relation", "Sentence"), "claimcheck.types"
    ),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'claimcheck' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
