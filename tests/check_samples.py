"""The report sample as the check of one of its articles."""

from __future__ import annotations

from report_samples import sample
from report_story import ARTICLES, row_of

from claimcheck.lists import agreements, conflicts
from claimcheck.types import Aside, Check, Comparison, Omission

CHECKED = "a3"


def checked(comparison: Comparison | None = None) -> Check:
    """The third article held against three others; the one in English is set aside."""
    whole = comparison or sample()
    corroborated, reprinted = agreements(whole.findings)
    lines = (row_of("Selon la préfète"), row_of("Environ 250"))
    return Check(
        comparison=whole,
        article=CHECKED,
        held=40,
        story=("a1", "a2", "a4"),
        left_out=2,
        aside=(
            Aside(next(one for one in whole.articles if one.id == "a5"), -92.3, 0.97),
            Aside(ARTICLES[0], 1.2, 0.94),
        ),
        conflicts=conflicts(whole.findings),
        corroborated=corroborated,
        reprinted=reprinted,
        missing=(Omission(lines, 2, row_of("Les trois hameaux"), 0.4128),),
        days=30,
        outlets=2,
    )
