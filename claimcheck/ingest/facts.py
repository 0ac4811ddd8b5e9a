"""What is known of an article besides its text, and where it was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from claimcheck.ingest.dates import parse_date
from claimcheck.ingest.normal import one_line

FIELDS = ("outlet", "title", "url", "published", "language")
ALIASES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "texte"),
    "title": ("title", "titre", "headline"),
    "outlet": ("outlet", "source", "publisher", "media", "site"),
    "url": ("url", "link", "lien"),
    "published": ("published", "date", "published_at", "datePublished"),
    "language": ("language", "lang", "langue"),
    "file": ("file", "fichier"),
}
_LANGUAGES = {
    "french": "fr",
    "français": "fr",
    "francais": "fr",
    "anglais": "en",
    "english": "en",
}
_NOT_WORD = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class Fact:
    """One field's value, clean and on one line, and its origin as shown to the reader."""

    value: str
    origin: str


Facts = Mapping[str, Fact]


def named(row: Mapping[str, str]) -> dict[str, str]:
    """``row`` under our field names, blank values left out; of several aliases the first listed wins."""
    plain = {_key(name): value for name, value in row.items() if value.strip()}
    found: dict[str, str] = {}
    for field, aliases in ALIASES.items():
        keys = [_key(alias) for alias in aliases if _key(alias) in plain]
        if keys:
            found[field] = plain[keys[0]]
    return found


def facts(fields: Mapping[str, str], origin: str) -> Facts:
    """Make facts of the usable fields: a URL must be http(s), a date readable, a language a code."""
    cleaned = ((name, _clean(name, fields[name])) for name in FIELDS if name in fields)
    return {name: Fact(value, origin) for name, value in cleaned if value}


def merged(*layers: Facts) -> Facts:
    """All facts; where two layers know the same field the earlier layer wins."""
    return {name: fact for layer in reversed(layers) for name, fact in layer.items()}


def host(url: str) -> str:
    """Return the lower-cased host of ``url`` without "www.", or ""."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _key(name: str) -> str:
    return _NOT_WORD.sub("", name.casefold())


def _clean(name: str, value: str) -> str:
    bare = one_line(value, 2_000 if name == "url" else 500)
    if name == "url":
        return bare if bare.lower().startswith(("http://", "https://")) and host(bare) else ""
    if name == "published":
        moment = parse_date(bare)
        return moment.isoformat() if moment else ""
    if name == "language":
        lower = bare.casefold()
        code = _LANGUAGES.get(lower, re.split(r"[-_]", lower)[0])
        return code if re.fullmatch(r"[a-z]{2,3}", code) else ""
    return bare
