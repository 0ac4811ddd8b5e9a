"""The part of schema.org's vocabulary that we write: which properties a type has and what they may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from claimcheck.errors import InternalError

_THING = {"name": ("Text",), "alternateName": ("Text",), "identifier": ("Text",), "url": ("URL",)}
_CREATIVE_WORK = {
    **_THING,
    "author": ("Person", "Organization"),
    "publisher": ("Person", "Organization"),
    "datePublished": ("Date", "DateTime"),
    "headline": ("Text",),
    "inLanguage": ("Text",),
    "citation": ("CreativeWork", "NewsArticle"),
    "text": ("Text",),
}
_TYPES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Person": _THING,
    "Organization": _THING,
    "Rating": {**_THING, "ratingExplanation": ("Text",)},
    "NewsArticle": _CREATIVE_WORK,
    "Claim": {**_CREATIVE_WORK, "appearance": ("CreativeWork", "NewsArticle")},
    "ClaimReview": {
        **_CREATIVE_WORK,
        "claimReviewed": ("Text",),
        "itemReviewed": ("Claim",),
        "reviewBody": ("Text",),
        "reviewRating": ("Rating",),
    },
}
_NEEDED = {"ClaimReview": ("claimReviewed", "itemReviewed", "reviewRating", "author", "datePublished")}


def validate(entry: Mapping[str, Any]) -> None:
    """Check an entry and all within it.

    :raises InternalError: naming the first property that is unknown, missing or of another type.
    """
    kind = str(entry.get("@type"))
    if kind not in _TYPES:
        raise InternalError(f"schema.org: no type {kind!r} is written here")
    for name in _NEEDED.get(kind, ()):
        if not entry.get(name):
            raise InternalError(f"schema.org: {kind} lacks {name}")
    for name, value in entry.items():
        if name != "@type":
            _check(kind, name, value)


def _check(kind: str, name: str, value: Any) -> None:
    allowed = _TYPES[kind].get(name)
    if allowed is None:
        raise InternalError(f"schema.org: {kind} has no property {name}")
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            if each.get("@type") not in allowed:
                raise InternalError(f"schema.org: {kind}.{name} may not hold a {each.get('@type')}")
            validate(each)
        elif not any(_fits(each, one) for one in allowed):
            raise InternalError(f"schema.org: {kind}.{name} may not hold {each!r}")


def _fits(value: Any, kind: str) -> bool:
    if not isinstance(value, str):
        return False
    if kind == "URL":
        return urlsplit(value).scheme in ("http", "https")
    try:
        if kind == "Date":
            date.fromisoformat(value)
        elif kind == "DateTime":
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return kind in ("Text", "Date", "DateTime")
