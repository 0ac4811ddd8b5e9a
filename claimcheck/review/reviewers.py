"""Who may review: one person on this machine, or those named in a file, each with a token of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from claimcheck.errors import InputError

_SHORTEST = 20  # characters of a token: out of reach of guessing
_HINT = "write NAME TOKEN or NAME TOKEN blind, one reviewer a line"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A reviewer; one who is blind sees neither the program's verdict nor what others said."""

    name: str
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Doors:
    """Who comes in: everybody as ``local``, or the holders of tokens, which are kept as hashes."""

    local: Reviewer | None
    tokens: Mapping[str, Reviewer]

    def who(self, token: str | None) -> Reviewer | None:
        """The reviewer behind a token."""
        return self.local or (self.tokens.get(_hash(token)) if token else None)


def read_tokens(path: Path) -> Doors:
    """Read a token file: one ``NAME TOKEN`` or ``NAME TOKEN blind`` a line, ``#`` for comments.

    :raises InputError: naming the line and what is wrong with it.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(f"{path}: no such token file; {_HINT}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; {_HINT}") from None
    tokens: dict[str, Reviewer] = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            token, reviewer = _entry(line, f"{path}:{number}")
            if token in tokens or reviewer.name in {known.name for known in tokens.values()}:
                raise InputError(f"{path}:{number}: this name or token was given before; each reviewer has their own")
            tokens[token] = reviewer
    if not tokens:
        raise InputError(f"{path}: names no reviewer; {_HINT}")
    return Doors(None, tokens)


def _entry(line: str, where: str) -> tuple[str, Reviewer]:
    parts = line.split()
    if len(parts) not in (2, 3) or parts[2:] not in ([], ["blind"]):
        raise InputError(f"{where}: {_HINT}")
    if len(parts[1]) < _SHORTEST:
        raise InputError(
            f"{where}: a token needs {_SHORTEST} characters; "
            'make one with: python3 -c "import secrets; print(secrets.token_urlsafe(24))"'
        )
    return _hash(parts[1]), Reviewer(parts[0], blind=len(parts) == 3)


def _hash(token: str) -> str:
    """Looked up by hash, a token cannot be guessed letter by letter from the time the answer takes."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
