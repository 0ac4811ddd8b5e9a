"""What a long run tells the user: which stage, how far, about how long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Protocol, Self

from claimcheck.encoders.base import Progress


class Reporter(Protocol):
    """Told of every stage, its number of steps (0 when unknown) and each step done."""

    def stage(self, name: str, total: int = 0) -> Progress:
        """Begin a stage; the returned callable takes the number of steps just done."""
        ...

    def note(self, message: str) -> None:
        """One line for the user."""
        ...


class Silent:
    """Tells nothing: for the Python API and for tests."""

    def stage(self, name: str, total: int = 0) -> Progress:
        """Ignore the stage."""
        return lambda done: None

    def note(self, message: str) -> None:
        """Ignore the message."""


class Bar:
    """A progress bar on standard error; where that is no terminal, only the notes are written."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._console = Console(stderr=True, highlight=False)
        columns = (TextColumn("{task.description:<28}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self._bar = RichProgress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def stage(self, name: str, total: int = 0) -> Progress:
        """Show a new bar."""
        task = self._bar.add_task(name, total=total or None)

        def advance(done: int) -> None:
            self._bar.advance(task, done)

        return advance

    def note(self, message: str) -> None:
        """Write one line above the bars."""
        self._console.print(message, markup=False, emoji=False, soft_wrap=True)


@contextmanager
def bar(quiet: bool) -> Iterator[Reporter]:
    """A reporter for a command: silent when ``quiet``."""
    if quiet:
        yield Silent()
        return
    with Bar() as reporter:
        yield reporter
