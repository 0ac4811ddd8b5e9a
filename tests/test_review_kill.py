"""Killed at any moment, no acknowledged decision is lost; two writers at once lose nothing either."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from review_samples import desk
from review_server import Server

from claimcheck.progress import Silent
from claimcheck.review.desk import Desk
from claimcheck.review.reviewers import Reviewer
from claimcheck.store import open_store
from claimcheck.store.verify import verify

KILLS = int(os.environ.get("CLAIMCHECK_KILLS", "20"))
ROOT = Path(__file__).resolve().parents[1]
# Forks a child for every line, which decides and says so as fast as it can until it is killed.
SCRIPT = """
import os, sys
from pathlib import Path
from claimcheck.review.desk import Desk
from claimcheck.review.reviewers import Reviewer
from claimcheck.store import open_store

for line in iter(sys.stdin.readline, ""):
    pid = os.fork()
    if pid == 0:
        with open_store(Path(sys.argv[1])) as store:
            desk = Desk(store)
            ids = list(desk.items)
            for number in range(100_000):
                note = f"{line.strip()}-{number}"
                desk.act(Reviewer("anna"), ids[number % len(ids)], "agree", note)
                os.write(1, (note + "\\n").encode())
        os._exit(0)
    os.write(1, f"pid {pid}\\n".encode())
    os.waitpid(pid, 0)
    os.write(1, b"dead\\n")
"""


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_kills_between_decisions_lose_none_that_was_acknowledged(tmp_path: Path) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("needs a system that forks")
    path = tmp_path / "desk.db"
    desk(path)
    worker = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    moments, acknowledged = random.Random(20310308), set[str]()
    for kill in range(KILLS):
        worker.stdin.write(f"{kill}\n")
        worker.stdin.flush()
        lines: list[str] = []
        while len(lines) < 2:  # the child's id and its first decision, in either order
            lines.append(worker.stdout.readline().strip())
        time.sleep(moments.uniform(0, 0.04))
        child = next(line for line in lines if line.startswith("pid "))
        os.kill(int(child.removeprefix("pid ")), signal.SIGKILL)
        while lines[-1] != "dead":
            lines.append(worker.stdout.readline().strip())
        acknowledged |= {line for line in lines if "-" in line}
    worker.communicate()
    with open_store(path) as store:
        kept = [decision.note for decision in store.decisions()]
    assert acknowledged <= set(kept)
    assert len(kept) == len(set(kept)) <= len(acknowledged) + KILLS  # at most one a kill was not acknowledged yet
    assert len(acknowledged) > KILLS
    assert list(verify(path, Silent())) == []


@pytest.mark.slow
def test_a_killed_server_has_kept_what_it_answered(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    ids = desk(path)
    answered = []
    for kill in range(2):
        with Server(path, "--reviewer", "anna") as server:
            for number in range(10):
                body = {"finding": ids[number % len(ids)], "verdict": "diverge", "note": f"{kill}-{number}"}
                request = urllib.request.Request(  # noqa: S310 - our own server
                    f"{server.address}api/decide",
                    json.dumps(body).encode(),
                    {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"},
                )
                with urllib.request.urlopen(request) as answer:  # noqa: S310
                    assert answer.status == 200
                answered.append(body["note"])
            server.kill()
    with open_store(path) as store:
        assert [decision.note for decision in store.decisions()] == answered


@pytest.mark.slow
def test_two_writers_of_a_thousand_decisions_make_two_thousand_rows(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    ids = desk(path)
    failed: list[BaseException] = []

    def write(name: str) -> None:
        try:
            with open_store(path) as store:
                own = Desk(store)
                for number in range(1000):
                    own.act(Reviewer(name), ids[number % len(ids)], "agree", f"{number}")
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("anna", "bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with open_store(path) as store:
        kept = [(decision.reviewer, decision.note) for decision in store.decisions()]
    assert len(kept) == len(set(kept)) == 2000
    for name in ("anna", "bob"):
        assert [note for reviewer, note in kept if reviewer == name] == [str(number) for number in range(1000)]
    assert list(verify(path, Silent())) == []
