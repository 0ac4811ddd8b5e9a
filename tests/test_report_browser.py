"""The page in a real browser: filters, keys, no error, no request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM, Page
from check_samples import checked
from report_samples import empty, sample

from claimcheck.report.html import render_html

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]
SHOWN = "[...document.querySelectorAll('article.card')].filter(card => card.checkVisibility()).map(card => card.id)"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_html(sample()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with Page(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def page(browser: Page, report: Path) -> Page:
    browser.events.clear()
    browser.open(report)
    return browser


def choose(page: Page, control: str, value: str) -> None:
    page.evaluate(f"(e => {{ e.value = {value!r}; e.dispatchEvent(new Event('input')); }})({control})")


def test_page_loads_without_error_and_without_any_request(page: Page) -> None:
    bad = [e for e in page.events if e["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")]
    assert bad == []
    urls = [e["params"]["request"]["url"] for e in page.events if e["method"] == "Network.requestWillBeSent"]
    assert [url for url in urls if not url.startswith("file:")] == []
    assert page.evaluate("document.getElementById('filters').checkVisibility()") is True
    assert page.evaluate("document.getElementById('shown').textContent") == "6 sur 6 affichés"


def test_number_keys_toggle_relations(page: Page) -> None:
    page.press("1")
    assert page.evaluate(SHOWN) == ["f1", "f2", "f3", "f4"]
    page.press("3")
    assert page.evaluate(SHOWN) == ["f4"]
    page.press("3")
    page.press("1")
    page.press("2")
    assert page.evaluate(SHOWN) == ["f1", "f2", "f3", "f5", "f6"]


def test_j_and_k_walk_through_the_visible_cards(page: Page) -> None:
    page.press("2")
    walked = []
    for key in "jjjjkk":
        page.press(key)
        walked.append(page.evaluate("document.activeElement.id"))
    assert walked == ["f1", "f2", "f3", "f5", "f3", "f2"]


def test_filters_narrow_together_and_reset(page: Page) -> None:
    choose(page, "document.getElementById('by-outlet')", "Northern Courier")
    assert page.evaluate(SHOWN) == ["f4", "f5"]
    choose(page, "document.getElementById('by-aspect')", "initiator")
    assert page.evaluate(SHOWN) == ["f4"]
    page.evaluate("document.getElementById('reset').click()")
    choose(page, "document.getElementById('by-topic')", "t1")
    assert page.evaluate(SHOWN) == ["f1", "f3"]
    choose(page, "document.getElementById('by-confidence')", "90")
    assert page.evaluate(SHOWN) == ["f1"]
    assert page.evaluate("document.getElementById('shown').textContent") == "1 sur 6 affichés"


def test_search_ignores_case_and_accents(page: Page) -> None:
    choose(page, "document.getElementById('by-text')", "PREFETE habitants")
    assert page.evaluate(SHOWN) == ["f2"]


def test_keys_do_nothing_while_typing_and_when_switched_off(page: Page) -> None:
    page.press("/")
    assert page.evaluate("document.activeElement.id") == "by-text"
    page.press("3")
    assert page.evaluate("document.querySelector('[data-relation=contradict]').ariaPressed") == "true"
    page.evaluate("document.activeElement.blur(); document.getElementById('keys').checked = false")
    page.press("3")
    assert page.evaluate("document.querySelector('[data-relation=contradict]').ariaPressed") == "true"


def test_question_mark_opens_the_help(page: Page) -> None:
    page.press("?")
    assert page.evaluate("document.getElementById('help').open") is True
    page.evaluate("document.getElementById('help-close').click()")
    assert page.evaluate("document.getElementById('help').open") is False


def test_link_to_a_filtered_card_shows_it(page: Page) -> None:
    page.press("3")
    page.evaluate("document.querySelector('td a.conflict[href=\"#f1\"]').click()")
    page.call("Runtime.evaluate", expression="new Promise(done => setTimeout(done, 200))", awaitPromise=True)
    assert "f1" in page.evaluate(SHOWN)


@pytest.mark.parametrize("width", [320, 390, 800, 1400])
def test_page_never_scrolls_sideways(page: Page, width: int) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.call("Emulation.setDeviceMetricsOverride", width=1200, height=900, deviceScaleFactor=1, mobile=False)


def test_printing_unfolds_everything(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('details')].every(details => details.open)") is True


def test_empty_report_runs_without_error(browser: Page, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text(render_html(empty()), encoding="utf-8")
    browser.events.clear()
    browser.open(path)
    assert [e for e in browser.events if e["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")] == []


def test_the_page_of_a_check_filters_both_of_its_lists(browser: Page, tmp_path: Path) -> None:
    path = tmp_path / "check.html"
    path.write_text(render_html(checked()), encoding="utf-8")
    browser.events.clear()
    browser.open(path)
    assert [e for e in browser.events if e["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")] == []
    browser.press("3")
    assert browser.evaluate(SHOWN) == ["f4", "f5", "f6"]
    browser.call("Emulation.setDeviceMetricsOverride", width=320, height=900, deviceScaleFactor=1, mobile=False)
    assert browser.evaluate("document.documentElement.scrollWidth") <= 320
    browser.call("Emulation.setDeviceMetricsOverride", width=1200, height=900, deviceScaleFactor=1, mobile=False)


def test_without_scripts_all_cards_show_and_filters_do_not(
    report: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Page(tmp_path_factory.mktemp("profile"), scripts=False) as page:
        page.open(report)
        assert page.evaluate(SHOWN) == ["f1", "f2", "f3", "f4", "f5", "f6"]
        assert page.evaluate("document.getElementById('filters').checkVisibility()") is False
