"""Killed at any moment, a corpus is whole; run again, it ends up as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_samples import files

from claimcheck.corpus import export
from claimcheck.progress import Silent
from claimcheck.store import open_store
from claimcheck.store.verify import verify

KILLS = int(os.environ.get("CLAIMCHECK_KILLS", "100"))
ARTICLES = 30
ROOT = Path(__file__).resolve().parents[1]
# Forks a child for every corpus named to it, so that the kills hit the work and not seconds of imports.
SCRIPT = """
import os, sys, time
from pathlib import Path
from claimcheck import corpus
from claimcheck.ingest import ingest
from claimcheck.settings import Settings
from claimcheck.store import open_store
from corpus_samples import CountingEmbedder

class Slow(CountingEmbedder):
    def embed(self, texts):
        time.sleep(0.003)
        return super().embed(texts)

folder = Path(sys.argv[1])
articles, _ = ingest([folder], Settings().ingest)
corpus.read(articles[0], Settings().text)
print("ready", flush=True)
for line in iter(sys.stdin.readline, ""):
    pid = os.fork()
    if pid == 0:
        try:
            with open_store(Path(line.strip()), create=True) as store:
                corpus.add([folder], store, Slow())
        except BaseException as error:
            print(error, file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    print(pid, flush=True)
    sys.stdin.readline()  # until then even a child that has ended keeps its id
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


class Desk:
    """A process whose children each add the same articles to a corpus."""

    def __init__(self, folder: Path) -> None:
        paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        self._process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(folder)],
            env={**os.environ, "PYTHONPATH": paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def _say(self, line: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def begin(self, path: Path) -> int:
        """Start adding to ``path``; the child's process id."""
        self._say(path)
        return int(self._line())

    def end(self) -> int:
        """Wait for the child; its exit code, negative for a signal."""
        self._say("end")
        return int(self._line())

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    if not hasattr(os, "fork"):
        pytest.skip("needs a system that forks")
    folder = files(tmp_path / "many", ARTICLES)
    both = Desk(folder), Desk(folder)
    yield both
    for each in both:
        each.close()


def content(path: Path) -> str:
    with open_store(path) as store:
        return "".join(export(store, every_version=True))


def held(path: Path) -> int:
    """The number of articles in a corpus that must be whole, as far as it exists."""
    if not path.exists() or path.stat().st_size == 0:
        return 0
    assert list(verify(path, Silent())) == []
    with open_store(path) as store:
        return len(list(store.entries()))


def undisturbed(desk: Desk, path: Path) -> tuple[str, float]:
    """The content of a corpus made in one go, and the seconds that took."""
    begun = time.monotonic()
    desk.begin(path)
    assert desk.end() == 0
    return content(path), time.monotonic() - begun


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_kills_leave_whole_articles_and_no_duplicates(tmp_path: Path, desks: tuple[Desk, Desk]) -> None:
    desk = desks[0]
    expected, seconds = undisturbed(desk, tmp_path / "whole.db")
    moments = random.Random(20310210)
    killed, rounds, counts = 0, 0, list[int]()
    while killed < KILLS:
        path = tmp_path / f"{rounds}.db"
        child = desk.begin(path)
        time.sleep(moments.uniform(0, seconds * 0.5))
        os.kill(child, signal.SIGKILL)
        code = desk.end()
        assert code in (0, -signal.SIGKILL)
        killed += code != 0
        counts.append(held(path))
        if counts[-1] == ARTICLES:
            assert content(path) == expected
            rounds += 1
    desk.begin(tmp_path / f"{rounds}.db")
    assert desk.end() == 0
    assert content(tmp_path / f"{rounds}.db") == expected
    assert len(set(counts)) > 3, f"the kills all came at the same moment: {counts}"


@pytest.mark.slow
def test_two_processes_at_once_keep_every_article_once(tmp_path: Path, desks: tuple[Desk, Desk]) -> None:
    expected, _ = undisturbed(desks[0], tmp_path / "whole.db")
    for desk in desks:
        desk.begin(tmp_path / "both.db")
    assert [desk.end() for desk in desks] == [0, 0]
    assert content(tmp_path / "both.db") == expected
    assert list(verify(tmp_path / "both.db", Silent())) == []
