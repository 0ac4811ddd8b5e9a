"""``make docs``: the command reference, written from the commands themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import typer.main

from claimcheck.cli import app


def _commands(group: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    """Every command with its full name, those of groups after the group's."""
    for name, command in sorted(getattr(group, "commands", {}).items()):
        if hasattr(command, "commands"):
            yield from _commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command


def reference() -> str:
    """Markdown of every command's help, in order."""
    parts = ["# Commands\n\nWritten by `make docs` from the commands themselves.\n"]
    for name, command in _commands(typer.main.get_command(app), ""):
        lines = [f"## claimcheck {name}\n", f"{command.help.strip()}\n", "| option | meaning |", "|---|---|"]
        for parameter in command.params:
            spelled = " ".join(f"`{option}`" for option in parameter.opts) or parameter.name
            if parameter.param_type_name == "argument":
                spelled = f"`{parameter.name.upper()}`"
            lines.append(f"| {spelled} | {getattr(parameter, 'help', '') or ''} |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(reference())
