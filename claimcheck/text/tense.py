"""Which way a date points: the verb or preposition nearest to it says whether it is to come."""

from __future__ import annotations

import re

_WINDOW = 70
_MARKS = ".;«»"
_AHEAD = re.compile(
    r"\b(?:[a-zà-ÿ]{2,}(?:era|eront|ira|iront|dra|dront|vra|vront|ttra|ttront)|sera|seront|aura|auront|fera|"
    r"feront|ira|iront|"
    r"doit|doivent|devrait|devraient|va|vont|prévue?s?|attendue?s?|programmée?s?|fixée?s?|d'ici|à partir (?:de|"
    r"du)|à compter d[eu]|"
    r"will|is due|are due|is to|are to|expected|scheduled|planned|by|until|starting|would|from)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:a|ont|est|sont|avait|avaient|était|étaient|fut|furent|eut|depuis|s'est|ayant|[a-zà-ÿ]{3,}(?:ait|aient)|"
    r"said|says|told|was|were|had|has|have|since|announced|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_NOT_BEHIND = frozenset({"devrait", "devraient", "pourrait", "pourraient", "expected", "scheduled", "planned"})


def looks_ahead(plain: str, start: int, end: int) -> bool:
    """Whether the nearest tense cue to ``start:end`` inside its clause points to the future; the past by default."""
    ahead = _distance(plain, start, end, _AHEAD, frozenset())
    return ahead is not None and ahead < (_distance(plain, start, end, _BEHIND, _NOT_BEHIND) or _WINDOW)


def _distance(plain: str, start: int, end: int, cue: re.Pattern[str], excluded: frozenset[str]) -> int | None:
    """Characters from ``start:end`` to the nearest cue, None where there is none; a full stop or quote mark ends it."""
    first, last = max(0, start - _WINDOW), min(end + _WINDOW, len(plain))
    first = max(first, *(plain.rfind(mark, first, start) + 1 for mark in _MARKS))
    last = min([last, *(place for mark in _MARKS if (place := plain.find(mark, end, last)) >= 0)])
    distances = [
        start - match.end() if match.end() <= start else match.start() - end
        for match in cue.finditer(plain, first, last)
        if match.group().casefold() not in excluded and not (match.start() < end and start < match.end())
    ]
    return min(distances, default=None)
