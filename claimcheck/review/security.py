"""The wall around the review app: which hosts are answered, who may change anything, and the headers of every answer.

Datasette's rule, not tokens in forms: a browser says where a request comes from, and only our own page may write.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_BYTES = 64_000  # of a request
_SAFE = ("GET", "HEAD")
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Wall:
    """An ASGI app around another one; only requests that may be answered reach it."""

    def __init__(self, app: App, hosts: Iterable[str] = LOOPBACK) -> None:
        self._app = app
        self._hosts = frozenset(host.casefold() for host in (*LOOPBACK, *hosts))

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _http(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                theirs = [pair for pair in message.get("headers", ()) if pair[0].decode().lower() not in HEADERS]
                message = {**message, "headers": [*theirs, *ours]}
            await send(message)

        headers = _single(scope["headers"])
        refusal = refuse(scope["method"], headers, self._hosts)
        if refusal is not None:
            await _say(*refusal, send_guarded)
            return
        await self._app(scope, receive, send_guarded)


def refuse(method: str, headers: dict[str, str] | None, hosts: frozenset[str]) -> tuple[int, str] | None:
    """Why a request is not answered: status and reason, or None."""
    if headers is None or _host(headers.get("host", "")) not in hosts:
        return 400, "unknown host"
    if method in _SAFE:
        return None
    if not _from_our_page(headers):
        return 403, "only the page of this server may change anything"
    if headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        return 415, "send application/json"
    length = headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return 413, f"send at most {MOST_BYTES} bytes, and say how many"
    return None


def _from_our_page(headers: dict[str, str]) -> bool:
    """Whether the browser says that our own page sent this; a client that says nothing is refused."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        return False
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc.casefold() == headers["host"].casefold()


def _host(value: str) -> str:
    """The name in a Host header, without its port."""
    if value.startswith("["):
        return value[1:].split("]")[0].casefold()
    return value.rsplit(":", 1)[0].casefold() if ":" in value else value.casefold()


def _single(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str] | None:
    """Headers by name; None if one that we rely on comes twice: proxies and servers read such requests differently."""
    found: dict[str, str] = {}
    for name, value in pairs:
        key = name.decode("latin-1").lower()
        if key in found and key in ("host", "origin", "sec-fetch-site", "content-type", "content-length"):
            return None
        found[key] = value.decode("latin-1")
    return found


async def _say(status: int, reason: str, send: Send) -> None:
    body = reason.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
