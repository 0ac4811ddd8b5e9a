from __future__ import annotations

import pytest

from claimcheck.progress import Bar, Silent, bar


def test_quiet_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with bar(quiet=True) as reporter:
        assert isinstance(reporter, Silent)
        reporter.stage("Judging pairs", 3)(2)
        reporter.note("a note")
    assert capsys.readouterr() == ("", "")


def test_without_a_terminal_only_notes_are_written_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    with bar(quiet=False) as reporter:
        assert isinstance(reporter, Bar)
        advance = reporter.stage("Judging pairs", 3)
        advance(3)
        reporter.stage("Embedding sentences")(1)
        reporter.note("not read: articles/[bold]été[/bold].txt: empty :smile: " + "long " * 60)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "not read: articles/[bold]été[/bold].txt: empty :smile: " + "long " * 60 + "\n"


def test_an_error_passes_through_the_bar() -> None:
    def fail() -> None:
        with bar(quiet=False) as reporter:
            reporter.stage("Judging pairs", 3)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
