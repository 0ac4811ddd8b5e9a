"""``claimcheck review``: bind, say where, serve until interrupted."""

from __future__ import annotations

import socket
import sys
import webbrowser
from collections import Counter
from getpass import getuser
from pathlib import Path

from claimcheck import options
from claimcheck.errors import InputError, UsageError
from claimcheck.report.words import words_for
from claimcheck.review.items import read_items
from claimcheck.review.reviewers import Doors, Reviewer, read_tokens
from claimcheck.review.security import LOOPBACK
from claimcheck.store import open_store

_EVERYWHERE = ("", "0.0.0.0", "::", "*")  # noqa: S104 - refused here


def serve(
    corpus: Path,
    *,
    reviewer: str | None,
    blind: bool,
    listen: str,
    port: int,
    token_file: Path | None,
    language: str | None,
    browser: bool,
) -> None:
    """Serve the review app.

    :raises UsageError: if the address needs tokens, is no address of this machine or is taken, or an extra is missing.
    :raises InputError: if there is no such corpus, or nothing to review in it.
    """
    doors = _doors(reviewer or _user(), blind, listen, token_file)
    asked, usual = options.language(language), _language(corpus)
    try:
        import uvicorn

        from claimcheck.review.app import make_app
    except ModuleNotFoundError as error:
        raise UsageError(f"review needs {error.name}. Install it with: pip install 'claimcheck[review]'") from error
    bound = _bind(listen, port)
    address = f"http://{f'[{listen}]' if ':' in listen else listen}:{bound.getsockname()[1]}/"
    app = make_app(corpus, doors, words_for(asked or usual), (listen,))
    config = uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False, timeout_keep_alive=60)
    sys.stderr.write(f"review: {address} (Ctrl-C ends it; every decision is kept as it is made)\n")
    sys.stderr.flush()
    if browser:
        webbrowser.open(address)
    uvicorn.Server(config).run(sockets=[bound])


def _doors(reviewer: str, blind: bool, listen: str, token_file: Path | None) -> Doors:
    if token_file is not None:
        return read_tokens(token_file)
    if listen not in LOOPBACK:
        raise UsageError(f"--listen {listen}: others can reach this address; give each reviewer a token: --token-file")
    return Doors(Reviewer(reviewer, blind=blind), {})


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "reviewer"


def _language(corpus: Path) -> str:
    """The language of most articles that findings are about; French in doubt.

    :raises InputError: if there are no findings.
    """
    with open_store(corpus) as store:
        items = read_items(store.findings()).values()
    if not items:
        raise InputError(
            f"{corpus}: holds no findings to review; make some with: claimcheck compare ARTICLES --corpus {corpus}"
        )
    counts = Counter(account.article.language for item in items for account in item.accounts)
    return "en" if counts["en"] > counts["fr"] else "fr"


def _bind(listen: str, port: int) -> socket.socket:
    if listen in _EVERYWHERE:
        raise UsageError(f"--listen {listen}: name the one address under which reviewers reach this machine")
    family = socket.AF_INET6 if ":" in listen else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((listen, port))
        bound.listen(128)  # from now on a browser waits for the server instead of being turned away
    except OSError as error:
        bound.close()
        raise UsageError(f"--listen {listen} --port {port}: {error.strerror}; choose another port or address") from None
    return bound
