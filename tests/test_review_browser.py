"""Reviewing in a real browser: thirty pairs by keyboard, undo, resume, blind, notes, and no request to elsewhere."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM, Page
from review_samples import desk, said
from review_server import Server

from claimcheck.review.agreement import ALL, agreement
from claimcheck.review.verdicts import reviews
from claimcheck.store import open_store
from claimcheck.types import Relation

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]
PAIRS = 30
READY = "document.readyState === 'complete' && !busy"
VERDICTS = {"1": "agree", "2": "diverge", "3": "contradict", "4": "unrelated"}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    desk(tmp_path / "desk.db", PAIRS)
    return tmp_path / "desk.db"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with Page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def visit(page: Page, server: Server, path: str = "") -> None:
    page.events.clear()
    page.open(server.address + path)
    if not path:
        page.wait("typeof current !== 'undefined' && !busy && (current !== null || !$('done').hidden)")


def shown(page: Page) -> str | None:
    found: str | None = page.evaluate("current")
    return found


def decide(page: Page, key: str) -> float:
    """Press a key and wait for the next pair; the seconds until it is there."""
    before = shown(page)
    page.press(key)
    return page.wait(f"current !== {before!r} && !busy" if before else "!busy")


def problems(page: Page, server: Server) -> list[str]:
    bad = [str(e) for e in page.events if e["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")]
    urls = [e["params"]["request"]["url"] for e in page.events if e["method"] == "Network.requestWillBeSent"]
    return bad + [url for url in urls if not url.startswith(server.address)]


def test_thirty_pairs_by_keyboard_with_undo_and_resume(page: Page, corpus: Path) -> None:
    pressed: dict[str, str] = {}
    times: list[float] = []
    with Server(corpus, "--reviewer", "anna") as server:
        visit(page, server)
        for n in range(12):
            finding = shown(page)
            assert finding
            times.append(decide(page, "1234"[n % 4]))
            pressed[finding] = VERDICTS["1234"[n % 4]]
            last = finding
        page.press("Backspace")
        page.wait(f"current === {last!r} && !busy")
        decide(page, "3")
        pressed[last] = "contradict"
        assert page.evaluate("$('progress').textContent") == "12 sur 30 décidées"
        assert problems(page, server) == []
    with Server(corpus, "--reviewer", "anna") as server:  # closed and opened again
        visit(page, server)
        assert page.evaluate("$('progress').textContent") == "12 sur 30 décidées"
        while (open_one := shown(page)) is not None:
            assert open_one not in pressed, "asked twice"
            times.append(decide(page, "2"))
            pressed[open_one] = "diverge"
        assert page.evaluate("$('done').hidden") is False
        assert page.evaluate("$('progress').textContent") == "30 sur 30 décidées"
    assert statistics.median(times) < 0.1
    with open_store(corpus) as store:
        standing = reviews(store.decisions())
        assert {id_: str(review.settled) for id_, review in standing.items()} == pressed
        assert len(store.decisions()) == PAIRS + 2  # the undone one and the undoing are kept


def test_a_second_reviewer_is_blind_and_their_agreement_is_measured(page: Page, corpus: Path) -> None:
    with open_store(corpus) as store:
        ids = [saved.id for saved in store.findings()]
        store.record(*(said(id_, "contradict", note="vu par anna") for id_ in ids[:10]))
    with Server(corpus, "--reviewer", "bob", "--blind") as server:
        visit(page, server)
        assert page.evaluate("$('progress').textContent") == "0 sur 30 décidées"
        for _ in range(PAIRS):
            html = page.evaluate("$('shown').innerHTML")
            assert "program" not in html
            assert "anna" not in html
            assert "differences" not in html
            decide(page, "3" if shown(page) in ids[:5] else "2")
        assert page.evaluate("[...document.querySelectorAll('select')].map((select) => select.name).join()") == (
            "state,topic,outlet"
        )
        visit(page, server, "agreement")
        assert "Kappa de Cohen" in page.evaluate("document.body.innerText")
        assert problems(page, server) == []
    with open_store(corpus) as store:
        measured = agreement(reviews(store.decisions()).values())
    (kappa,) = (each for each in measured.kappas if each.label == ALL)
    assert (kappa.findings, kappa.same, kappa.value) == (10, 5, 0.0)
    with Server(corpus, "--reviewer", "carla") as server:
        visit(page, server)
        page.evaluate("form.elements.state.value = 'conflict'; form.dispatchEvent(new Event('change'))")
        page.wait("!busy && $('waiting').textContent.startsWith('5 ')")
        assert "vu par anna" in page.evaluate("$('shown').textContent")
        ruled = shown(page)
        decide(page, "2")
    with open_store(corpus) as store:
        review = reviews(store.decisions())[ruled or ""]
    assert review.settled is Relation.DIVERGE
    assert not review.in_conflict


def test_skip_flag_note_and_help(page: Page, corpus: Path) -> None:
    with Server(corpus, "--reviewer", "anna") as server:
        visit(page, server)
        first = shown(page)
        decide(page, " ")
        assert shown(page) != first
        second = shown(page)
        page.press("f")
        page.wait("!busy && $('shown').textContent.includes('signalée')")
        page.press("n")
        assert page.evaluate("$('note').open") is True
        page.evaluate("$('note-text').value = 'chiffres <b>à vérifier</b> 1'")
        page.press("1")  # typed, not decided
        page.evaluate("document.querySelector('#note [value=save]').click()")
        page.wait("!busy && $('shown').textContent.includes('<b>à vérifier</b>')")
        assert shown(page) == second
        page.press("?")
        assert page.evaluate("$('help').open") is True
        page.evaluate("$('help').close()")
        page.press("Backspace")
        page.wait("!busy && !$('shown').textContent.includes('à vérifier')")
        assert problems(page, server) == []
    with open_store(corpus) as store:
        assert [each.verdict for each in store.decisions()] == ["skip", "flag", "note", "undo"]


def test_a_server_that_is_gone_is_said_and_the_pair_stays(page: Page, corpus: Path) -> None:
    with Server(corpus, "--reviewer", "anna") as server:
        visit(page, server)
        first = shown(page)
    page.press("1")
    page.wait("!busy && $('status').textContent.includes('Non enregistré')")
    assert shown(page) == first


def test_a_token_lets_in_and_hides_from_scripts(page: Page, corpus: Path, tmp_path: Path) -> None:
    tokens = tmp_path / "tokens"
    tokens.write_text(f"bob {'b' * 24} blind\n", encoding="utf-8")
    with Server(corpus, "--token-file", str(tokens)) as server:
        visit(page, server, "?")
        for token, expected in (("wrong" * 5, "Ce jeton"), ("b" * 24, None)):
            page.evaluate(f"$('token').value = {token!r}; $('login').requestSubmit()")
            if expected:
                page.wait(f"$('status').textContent.includes({expected!r})")
        page.wait("typeof current === 'string'")
        assert "bob" in page.evaluate("document.querySelector('.bar').textContent")
        assert "claimcheck=" not in page.evaluate("document.cookie")


@pytest.mark.parametrize("width", [320, 390, 820, 1400])
def test_page_never_scrolls_sideways_and_buttons_can_be_hit(page: Page, corpus: Path, width: int) -> None:
    with Server(corpus, "--reviewer", "anna") as server:
        page.resize(width)
        visit(page, server)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        heights = page.evaluate("[...document.querySelectorAll('[data-act]')].map((b) => b.offsetHeight)")
        assert min(heights) >= 44
        page.resize(1200)


def test_a_screen_reader_hears_what_it_needs(page: Page, corpus: Path) -> None:
    with Server(corpus, "--reviewer", "anna") as server:
        visit(page, server)
        assert page.evaluate("document.documentElement.lang") == "fr"
        assert page.evaluate("document.activeElement.id") == "pair"
        unnamed = "[...document.querySelectorAll('button, select, textarea')].filter((e) => !e.labels?.length && "
        assert page.evaluate(unnamed + "!e.textContent.trim() && !e.ariaLabel).length") == 0
        decide(page, "3")
        assert page.evaluate("$('status').getAttribute('role')") == "status"
        assert page.evaluate("$('status').textContent") == "Enregistré : Contradiction.".replace(" :", "\u00a0:")
