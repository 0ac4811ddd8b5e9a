"""Errors a user can cause or mend; each carries the exit code of the command that meets it.

ClaimcheckError            1..5
├── UsageError             2   an option or a setting is wrong
├── InputError             3   a file cannot be read or holds nothing usable
├── ModelError             4   a model is missing, damaged or refuses to load
└── InternalError          5   a bug in claimcheck
Exit code 0 is success; 1 says that findings passed ``--fail-on``.
"""

from __future__ import annotations


class ClaimcheckError(Exception):
    """Base of all errors shown to the user as one line, without a traceback."""

    exit_code = 5


class UsageError(ClaimcheckError):
    """An option, a setting or a combination of them is wrong."""

    exit_code = 2


class InputError(ClaimcheckError):
    """An input file is missing, unreadable or malformed; the message names file, line and remedy."""

    exit_code = 3


class ModelError(ClaimcheckError):
    """A model cannot be found, verified or loaded; the message says what to do."""

    exit_code = 4


class InternalError(ClaimcheckError):
    """An invariant of claimcheck itself is broken."""

    exit_code = 5
