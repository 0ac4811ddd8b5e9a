"""Which addresses of an article may become links."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Printable ASCII and letters of other scripts; no space, quote, bracket, backslash or control character.
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&()*+,;=%\[\]\u00a1-\u024f]{1,2000}")


def safe_href(url: str | None) -> str | None:
    """``url`` if it is a plain http or https address without a user name, else None."""
    if not url or not _PLAIN.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    allowed = parts.scheme.lower() in ("http", "https") and bool(host) and "@" not in parts.netloc
    return url if allowed else None
