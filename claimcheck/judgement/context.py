"""What the judge reads of a statement: its text, with the sentence before it where the text leans on it."""

from __future__ import annotations

import re

from claimcheck.types import Statement

_MARK = " || "
_LEANS = re.compile(
    r"""^[«»“”"'\s—–-]*(?:
        (?:il|elle|ils|elles|on|lui|eux|celui|celle|ceux|celles|cela|ça|c['’]|ce|cet|cette|ces|l['’]un|ce\sdernier|cette\sdernière
        |son|sa|ses|leur|leurs|le\smême|la\smême|les\sdeux|tous\s(?:les\s)?deux
        |he|she|they|it|this|that|these|those|his|her|their|its|both|the\s(?:latter|former|two))\b
    )|\b(?:cet|cette|ces|ce\s(?:dernier|texte|plan|projet|chiffre|bilan|délai|document|rapport)|this|these|those)\s\w""",
    re.IGNORECASE | re.VERBOSE,
)


def leans(text: str) -> bool:
    """Whether a sentence points back (pronoun or demonstrative), so that it cannot be judged on its own."""
    return _LEANS.search(text[:200]) is not None


def judged_text(statement: Statement) -> str:
    """The text given to the judge; the context comes last, so truncation loses it first."""
    if statement.context and leans(statement.text):
        return statement.text + _MARK + statement.context
    return statement.text
