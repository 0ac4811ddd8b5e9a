"""Only our own page, on a host we know, with a reviewer's token where one is due, may read or write anything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from report_samples import sample
from review_samples import desk, some_items
from starlette.testclient import TestClient

from claimcheck.errors import InputError, UsageError
from claimcheck.report.words import words_for
from claimcheck.review import app as app_module
from claimcheck.review.app import make_app
from claimcheck.review.items import documents
from claimcheck.review.reviewers import Doors, Reviewer, read_tokens
from claimcheck.review.security import HEADERS, MOST_BYTES
from claimcheck.review.server import serve
from claimcheck.store import open_store

HOST = "127.0.0.1:8321"
OURS = {"host": HOST, "origin": f"http://{HOST}", "sec-fetch-site": "same-origin", "content-type": "application/json"}
ANNA = Reviewer("anna")
FIRST = some_items()[0].id
DECIDE = {"finding": FIRST, "verdict": "agree"}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    desk(tmp_path / "desk.db")
    return tmp_path / "desk.db"


def client_of(corpus: Path, doors: Doors, hosts: tuple[str, ...] = ()) -> TestClient:
    return TestClient(
        make_app(corpus, doors, words_for("fr"), hosts),
        base_url=f"http://{HOST}",
        raise_server_exceptions=False,
    )


@pytest.fixture
def client(corpus: Path) -> Iterator[TestClient]:
    with client_of(corpus, Doors(ANNA, {})) as made:
        yield made


def count(corpus: Path) -> int:
    with open_store(corpus) as store:
        return len(store.decisions())


def post(client: TestClient, path: str, body: Any, **headers: str | None) -> Any:
    chosen = {**OURS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return client.post(path, json=body, headers={name: value for name, value in chosen.items() if value is not None})


# S16: exposure


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.2", "", "localhost.evil.example:8321", "[::2]:8321"]
)
def test_an_unknown_host_is_refused(client: TestClient, host: str) -> None:
    """DNS rebinding: a foreign name that leads to this machine."""
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8321", "LOCALHOST", "[::1]:8321"])
def test_the_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_named_address_is_answered_as_well(corpus: Path) -> None:
    with client_of(corpus, Doors(ANNA, {}), ("desk.example",)) as client:
        assert client.get("/", headers={"host": "desk.example:8321"}).status_code == 200
        assert client.get("/", headers={"host": "other.example:8321"}).status_code == 400


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"listen": "192.0.2.7"}, "give each reviewer a token: --token-file"),
        ({"listen": "0.0.0.0"}, "give each reviewer a token"),  # noqa: S104
        ({"language": "de"}, "fr or en"),
    ],
)
def test_nothing_is_served_to_others_without_tokens(corpus: Path, options: dict[str, Any], said: str) -> None:
    usual: dict[str, Any] = {"reviewer": "anna", "blind": False, "listen": "127.0.0.1", "port": 0}
    usual |= {"token_file": None, "language": None, "browser": False}
    with pytest.raises(UsageError, match=said):
        serve(corpus, **{**usual, **options})


def test_a_corpus_without_findings_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.db", create=True):
        pass
    with pytest.raises(InputError, match=r"make some with: claimcheck compare ARTICLES --corpus .*empty\.db"):
        serve(
            tmp_path / "empty.db",
            reviewer="anna",
            blind=False,
            listen="127.0.0.1",
            port=0,
            token_file=None,
            language="fr",
            browser=False,
        )


def test_every_address_at_once_is_refused_even_with_tokens(corpus: Path, tmp_path: Path) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text(f"anna {'a' * 24}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="name the one address"):
        serve(
            corpus,
            reviewer=None,
            blind=False,
            listen="0.0.0.0",  # noqa: S104
            port=0,
            token_file=tokens,
            language="fr",
            browser=False,
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("anna\n", ":1: write NAME TOKEN"),
        ("# a comment\nanna short\n", ":2: a token needs 20 characters"),
        (f"anna {'a' * 24} deaf\n", ":1: write NAME TOKEN"),
        (f"anna {'a' * 24}\nbob {'a' * 24}\n", ":2: this name or token was given before"),
        (f"anna {'a' * 24}\nanna {'b' * 24}\n", ":2: this name or token was given before"),
        ("# nobody\n", "names no reviewer"),
    ],
)
def test_a_wrong_token_file_is_explained(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "tokens"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_tokens(path)
    with pytest.raises(InputError, match="no such token file"):
        read_tokens(tmp_path / "none")


def test_with_tokens_nobody_else_reads_or_writes(corpus: Path, tmp_path: Path) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text(f"anna {'a' * 24}\nbob {'b' * 24} blind\n", encoding="utf-8")
    with client_of(corpus, read_tokens(tokens)) as client:
        for path in ("/", "/agreement", "/api/next", f"/api/finding/{FIRST}"):
            answer = client.get(path)
            assert answer.status_code == 401
            assert "Hydravel" not in answer.text
        for path in ("/api/decide", "/api/undo"):
            assert post(client, path, DECIDE).status_code == 401
        assert post(client, "/login", {"token": "c" * 24}).status_code == 403
        assert post(client, "/login", {"token": 7}).status_code == 403
        answer = post(client, "/login", {"token": "b" * 24})
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "samesite=strict" in answer.headers["set-cookie"].lower()
        assert post(client, "/api/decide", {**DECIDE, "wanted": {"state": "conflict"}}).status_code == 200
    with open_store(corpus) as store:
        (decision,) = store.decisions()
    assert (decision.reviewer, decision.adjudicates) == ("bob", False)  # a blind reviewer rules on nothing


# S17: requests from elsewhere

SITES = ("same-origin", "same-site", "cross-site", "none", None)
ORIGINS = (f"http://{HOST}", "http://127.0.0.1:9999", "http://evil.example", "null", None)
MATRIX = list(product(SITES, ORIGINS))


@pytest.mark.parametrize(("site", "origin"), MATRIX)
def test_only_our_own_page_may_write(client: TestClient, corpus: Path, site: str | None, origin: str | None) -> None:
    ours = site in ("same-origin", None) and origin in (f"http://{HOST}", None) and (site, origin) != (None, None)
    for path, body in (("/api/decide", DECIDE), ("/api/undo", {}), ("/login", {"token": "x"})):
        answer = post(client, path, body, sec_fetch_site=site, origin=origin)
        assert (answer.status_code == 403) != ours, path
    assert count(corpus) == (2 if ours else 0)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None]
)
def test_a_form_cannot_write(client: TestClient, corpus: Path, kind: str | None) -> None:
    headers = {**OURS, "content-type": kind or ""}
    assert client.post("/api/decide", content=b'{"finding": "x"}', headers=headers).status_code == 415
    assert count(corpus) == 0


@pytest.mark.parametrize("path", ["/api/decide", "/api/undo", "/login"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_only_post_writes(client: TestClient, corpus: Path, method: str, path: str) -> None:
    answer = client.request(method, f"{path}?finding={FIRST}&verdict=agree", headers=OURS)
    assert answer.status_code in (404, 405, 413)
    assert count(corpus) == 0


def test_reading_never_writes(client: TestClient, corpus: Path) -> None:
    with open_store(corpus) as store:
        before = (store.findings(), store.decisions(), store.learned())
    for path in ("/", "/agreement", "/api/next?state=decided", f"/api/finding/{FIRST}", "/static/review.js", "/x"):
        client.get(path)
    with open_store(corpus) as store:
        assert (store.findings(), store.decisions(), store.learned()) == before


def test_headers_given_twice_and_large_bodies_are_refused(client: TestClient, corpus: Path) -> None:
    twice = [*OURS.items(), ("origin", "http://evil.example")]
    assert client.post("/api/decide", json=DECIDE, headers=twice).status_code == 400
    assert post(client, "/api/decide", {"note": "x" * MOST_BYTES}).status_code == 413
    streamed = client.post("/api/decide", content=iter([b"{}"]), headers=OURS)
    assert streamed.status_code == 413  # no length said
    assert count(corpus) == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"[" * 9999, b"\xff"])
def test_broken_json_is_refused(client: TestClient, corpus: Path, body: bytes) -> None:
    assert client.post("/api/decide", content=body, headers=OURS).status_code == 400
    assert count(corpus) == 0


@pytest.mark.parametrize(
    "body", [{}, {"finding": FIRST}, {"finding": FIRST, "verdict": "undo"}, {"finding": "x", "verdict": "agree"}]
)
def test_an_act_that_makes_no_sense_is_refused(client: TestClient, corpus: Path, body: dict[str, str]) -> None:
    assert post(client, "/api/decide", body).status_code == 409
    assert count(corpus) == 0


# S18: headers


def test_every_answer_carries_the_headers(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("broken on purpose")

    answers = [client.get("/"), client.get("/static/review.css"), client.get("/nope"), client.get("/api/next")]
    answers += [client.get("/", headers={"host": "evil.example"}), client.post("/api/undo", json={})]
    monkeypatch.setattr(app_module, "pair_html", broken)
    answers.append(client.get("/api/next"))
    assert [answer.status_code for answer in answers] == [200, 200, 404, 200, 400, 403, 500]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers.get_list(name) == [value]
        assert "server" not in answer.headers
        assert "broken on purpose" not in answer.text


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
    kept = documents(some_items(1))
    path = tmp_path / "desk.db"
    with open_store(path, create=True) as store:
        text = sample().sentences[0].text
        store.save_findings({id_: document.replace("Agence Cormoran", hostile) for id_, document in kept.items()})
    assert text
    with client_of(path, Doors(Reviewer(hostile), {})) as client:
        finding = client.get("/api/next").json()["finding"]
        post(client, "/api/decide", {"finding": finding, "verdict": "note", "note": hostile})
        answers = [client.get("/").text, client.get(f"/api/finding/{finding}").json()["html"]]
        post(client, "/api/decide", {"finding": finding, "verdict": "agree"})
        answers.append(client.get("/agreement").text)
    for text in answers:
        assert "<img" not in text
        assert "<script>alert" not in text


# S19: paths


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/cli.py",
        "/static//etc/passwd",
        "/static/report.css%00.js",
        "/static/",
        "/static/review.css/x",
        "/api/finding/../next",
        "/api/finding/%00",
        "/api/finding/..%2f..%2fetc%2fpasswd",
        "/api/finding/" + "a" * 5000,
    ],
)
def test_only_known_names_lead_anywhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 200)
    if answer.status_code == 200:  # the client itself folded ".." away
        assert answer.url.path == "/api/next"


def test_without_the_extra_the_remedy_is_named(corpus: Path) -> None:
    code = (
        "import sys; sys.modules['starlette'] = None; sys.modules['uvicorn'] = None\n"
        "from claimcheck.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "review", "--corpus", str(corpus), "--no-browser"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert done.returncode == 2
    assert "pip install 'claimcheck[review]'" in done.stderr
