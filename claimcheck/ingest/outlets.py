"""Which outlet a text shows: by its own name in an appeal to readers, or by the host of its images."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qs, urlsplit

from claimcheck.ingest.facts import host

_WORD = r"[A-ZÀ-Ý][\w'’.-]{0,30}"
_NAME = rf"(?P<name>(?:(?:Le|La|Les|The) |L['’])?{_WORD}(?: (?:{_WORD}|(?:de|du|des|la|of|et|and)\b|&)){{0,4}})"
_KIND = (
    r"(?:média|medium|journal|quotidien|hebdomadaire|magazine|mensuel|site|revue|radio|webmédia|titre de presse|"
    r"news(?:paper|room| site| outlet| organi[sz]ation)?|publication|outlet|media)"
)
_NAMES_ITSELF = (
    re.compile(rf"{_NAME} (?:est|reste|is) (?:une?|an?) (?:[\w-]{{1,20}} ){{0,3}}{_KIND}\b"),
    re.compile(rf"\b(?:Soutenez|Aidez|Rejoignez|Faites un don à|Support|Donate to) {_NAME}"),
)
# The outlet speaks of itself only where it also asks its readers for something.
_ASKS = re.compile(
    r"\b(?:soute(?:nez|nir|nu)|soutien|dons?|abonn\w{1,8}|financ\w{1,8}|lecteurs|support\w{0,4}|donat\w{1,5}|"
    r"subscri\w{1,8}|contribut\w{1,6}|readers?)\b",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:nous|notre|nos|we|our|us|ses lecteurs|its readers)\b", re.IGNORECASE)
_PRESS = re.compile(
    r"\b(?:média|journalis\w{1,4}|rédaction|presse|information|news\w{0,6}|press|media)\b", re.IGNORECASE
)
_LAST_LINES = 15
_LINE_CHARACTERS = 2_000

_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\(\s{0,3}(https?://[^\s()<>]{1,1000})")
_IMAGES = 200
_PROXIES = re.compile(r"i\d\.wp\.com|.{1,60}\.cdn\.ampproject\.org|web\.archive\.org|images\.weserv\.nl|wsrv\.nl")
_INNER = re.compile(r"(?:^|/)(?:https?:/{1,2})?((?:[\w-]{1,63}\.){1,4}[a-z]{2,12})(?=/|$)", re.IGNORECASE)
_SERVING = re.compile(
    r"(?:www|m|amp|i|s|img|images?|medias?|static|statics|assets|cdn|photos?|pics|files|uploads|resize|thumbs?)\d{0,2}\."
)
# Hosts of many sites: they say nothing of the outlet.
_SHARED = re.compile(
    r"(?:.+\.)?(?:"
    r"(?:akamaihd|akamaized|azureedge|b-cdn|cloudfront|doubleclick|fastly|fbcdn|imgix|jsdelivr|threads)\.net|"
    r"(?:amazonaws|blogspot|cdninstagram|cloudflare|cloudinary|dailymotion|facebook|fbsbx|flickr|getty|gettyimages|"
    r"ggpht|giphy|githubusercontent|google|googleapis|googlesyndication|googleusercontent|gravatar|gstatic|imgur|"
    r"instagram|linkedin|medium|pexels|pinimg|pinterest|pixabay|reddit|rumble|shopify|shutterstock|squarespace-cdn|"
    r"staticflickr|substackcdn|tiktok|tiktokcdn|twimg|twitter|unsplash|vimeo|vimeocdn|vk|whatsapp|wixstatic|"
    r"wordpress|wp|x|youtube|ytimg)\.com|"
    r"(?:telegram|wikimedia|wikipedia)\.org|github\.io|bsky\.app|redd\.it|t\.(?:co|me))"
)
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,12}")
_SITES_OF = (".files.wordpress.com", ".wordpress.com", ".blogspot.com")  # one site per name in front


def self_named(text: str) -> str | None:
    """Find the name the outlet gives itself in an appeal near the end of the text; None without such an appeal."""
    lines = [line[:_LINE_CHARACTERS] for line in text.rsplit("\n", _LAST_LINES)[-_LAST_LINES:]]
    for line in lines:
        if not (_ASKS.search(line) and _SELF.search(line) and _PRESS.search(line)):
            continue
        for pattern in _NAMES_ITSELF:
            match = pattern.search(line)
            if match:
                return match["name"].rstrip(".'’-")
    return None


def image_host(text: str) -> str | None:
    """Find the host that serves most of the Markdown images, directly or by proxy; None without a majority."""
    addresses = (match.group(1) for match, _ in zip(_IMAGE.finditer(text), range(_IMAGES), strict=False))
    counts = Counter(site for site in map(_site, addresses) if site)
    if not counts:
        return None
    site, count = counts.most_common(1)[0]
    return site if count * 2 > counts.total() else None


def _site(address: str) -> str:
    """Return the site an image belongs to, or "" for a host shared by many."""
    found = host(address)
    if _PROXIES.fullmatch(found):
        found = _behind(address)
    for shared in _SITES_OF:
        if found.endswith(shared) and found.count(".") == shared.count("."):
            return found.removesuffix(shared) + (".wordpress.com" if "wordpress" in shared else shared)
    while _SERVING.match(found) and found.count(".") > 1:
        found = _SERVING.sub("", found, count=1)
    return found if _HOST.fullmatch(found) and not _SHARED.fullmatch(found) else ""


def _behind(address: str) -> str:
    """Find the host inside the path or query of a proxy's address."""
    parts = urlsplit(address)
    inner = parse_qs(parts.query).get("url", [""])[0] or parts.path
    match = _INNER.search(inner)
    return match.group(1).lower().removeprefix("www.") if match else ""
