"""``make docs``: the command reference, written from the commands themselves."""

from __future__ import annotations

import sys

import typer.main

from claimcheck.cli import app


def reference() -> str:
    """Markdown of every command's help, in order."""
    group = typer.main.get_command(app)
    parts = ["# Commands\n\nWritten by `make docs` from the commands themselves.\n"]
    for name, command in sorted(getattr(group, "commands", {}).items()):
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
