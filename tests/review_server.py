"""A review server in a process of its own, as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[1]


class Server:
    """``claimcheck review`` on a free port; ``address`` is where."""

    def __init__(self, corpus: Path, *options: str) -> None:
        command = [sys.executable, "-c", "from claimcheck.cli import main; main()", "review", "--corpus", str(corpus)]
        self.process = subprocess.Popen(
            [*command, "--port", "0", "--no-browser", *options],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        assert line.startswith("review: http://"), line + self.process.stderr.read()
        self.address = line.split()[1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> None:
        """End it without a warning."""
        self.process.kill()
        self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()
