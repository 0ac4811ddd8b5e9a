"""What an HTML page says about itself in JSON-LD, Open Graph, <time> and its canonical link."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from claimcheck.ingest.dates import is_future, parse_date
from claimcheck.ingest.facts import Facts, facts, host, merged

_LD_CHARACTERS = 500_000
_LD_OBJECTS = 1_000
_KINDS = ("Article", "Posting", "Report", "NewsItem")
_META = {
    "title": ("og:title", "twitter:title"),
    "outlet": ("og:site_name", "application-name"),
    "url": ("og:url",),
    "published": ("article:published_time", "og:article:published_time", "date", "dc.date", "dc.date.issued"),
}


def page_facts(tree: Any) -> Facts:
    """Find the facts of a parsed page, the most deliberate source first; its host stands in for a missing name."""
    found = merged(
        _sound(_linked_data(tree), "JSON-LD"),
        _sound(_meta(tree), "OpenGraph"),
        _sound({"url": _first(tree, "//link[@rel='canonical']/@href")}, "canonical link"),
        _sound({"published": _time(tree)}, "time element"),
        _sound({"title": _heading(tree)}, "page heading"),
        _sound({"title": _first(tree, "//head/title/text()")}, "page title"),
    )
    site = host(found["url"].value) if "url" in found else ""
    return merged(found, _sound({"outlet": site}, "canonical host"))


def _sound(fields: Mapping[str, str], origin: str) -> Facts:
    """Facts without a date that is still to come: templates leave such dates behind."""
    moment = parse_date(fields.get("published", ""))
    if moment is not None and is_future(moment):
        fields = {name: value for name, value in fields.items() if name != "published"}
    return facts(fields, origin)


def _first(tree: Any, path: str) -> str:
    found = tree.xpath(path)
    return str(found[0]) if found else ""


def _meta(tree: Any) -> dict[str, str]:
    content: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or "").strip().lower()
        content.setdefault(key, element.get("content") or "")
    return {
        field: next((content[name] for name in names if content.get(name, "").strip()), "")
        for field, names in _META.items()
    }


def _time(tree: Any) -> str:
    """Return the first <time> of the first article, or the only one of the page."""
    times = tree.xpath("(//article)[1]//time[@datetime]/@datetime")
    if times:
        return str(times[0])
    times = set(tree.xpath("//time[@datetime]/@datetime"))
    return str(times.pop()) if len(times) == 1 else ""


def _heading(tree: Any) -> str:
    headings = tree.xpath("//h1")
    return str(headings[0].text_content()) if len(headings) == 1 else ""


def _linked_data(tree: Any) -> dict[str, str]:
    """Fields of the page's first JSON-LD object that describes an article."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        for thing in _objects(str(script)):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(str(name).endswith(_KINDS) for name in names):
                return {
                    "title": _text(thing.get("headline")),
                    "outlet": _text(thing.get("publisher")),
                    "url": _text(thing.get("url")) or _text(thing.get("mainEntityOfPage")),
                    "published": _text(thing.get("datePublished")),
                }
    return {}


def _objects(script: str) -> Iterator[dict[str, Any]]:
    """All objects of a JSON-LD script, outer ones first; nothing for broken JSON, which is common."""
    try:
        waiting = [json.loads(script, strict=False)] if len(script) <= _LD_CHARACTERS else []
    except (ValueError, RecursionError):
        return
    for _ in range(_LD_OBJECTS):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, dict):
            yield thing
            waiting.append(thing.get("@graph"))
        elif isinstance(thing, list):
            waiting.extend(thing)


def _text(value: Any) -> str:
    """Return the text of a JSON-LD value: itself, or the name or address of an object or of the first in a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or ""
    return value if isinstance(value, str) else ""
