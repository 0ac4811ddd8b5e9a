"""A report shows what reviewers decided, and takes decisions itself where no server runs."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browser import CHROMIUM, Page
from report_samples import parsed, sample, text_of
from review_samples import NOON, desk, some_items

from claimcheck.keys import pair_key
from claimcheck.report.exports import to_csv, to_json
from claimcheck.report.html import render_html
from claimcheck.review.exchange import Imported, import_file
from claimcheck.review.verdicts import reviews
from claimcheck.store import open_store
from claimcheck.types import Comparison, Decided, Relation

HOSTILE = "<script>alert(1)</script> chiffres différents"
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


def key_of(comparison: Comparison, finding: int, pair: int = 0) -> str:
    outlets = {article.id: article.outlet for article in comparison.articles}
    rows = comparison.findings[finding].judgements[pair].pair
    left, right = (comparison.sentences[row] for row in (rows.left, rows.right))
    return pair_key((outlets[left.article], left.text), (outlets[right.article], right.text))


def decided() -> Comparison:
    plain = sample()
    return replace(
        plain,
        decided={
            key_of(plain, 0): Decided(Relation.DIVERGE, ("anna", "bob"), NOON, HOSTILE),
            key_of(plain, 1): Decided(None, ("anna", "bob"), NOON),
            "0" * 16: Decided(Relation.AGREE, ("anna",), NOON),
        },
    )


def test_cards_show_what_was_decided_and_by_whom() -> None:
    page = parsed(decided())
    shown = [text_of(each) for each in page.xpath("//*[@class='decided']")]
    assert len(shown) == 2
    assert "≈ Divergence, anna, bob, 8 mars 2031" in shown[0]
    assert HOSTILE in shown[0]
    assert "les relecteurs ne sont pas d’accord" in shown[1]
    assert parsed(sample()).xpath("//*[@class='decided']") == []


def test_exports_carry_the_decisions() -> None:
    pairs = [finding["pairs"][0]["decision"] for finding in json.loads(to_json(decided()))["findings"]]
    assert pairs[0]["relation"] == "diverge"
    assert pairs[0]["reviewers"] == ["anna", "bob"]
    assert pairs[1]["relation"] is None
    assert pairs[2] is None
    rows = list(csv.DictReader(io.StringIO(to_csv(decided()).removeprefix("\ufeff"))))
    assert (rows[0]["decided"], rows[0]["decided_by"], rows[0]["decided_note"]) == ("diverge", "anna, bob", HOSTILE)
    assert {row["decided"] for row in rows} == {"diverge", "disputed", ""}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with Page(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.mark.browser
@needs_browser
def test_verdicts_given_in_the_report_are_kept_downloaded_and_imported(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    ids = desk(tmp_path / "desk.db")
    plain = sample()
    keyed = tuple(replace(finding, id=id_) for finding, id_ in zip(plain.findings, ids, strict=True))
    path.write_text(render_html(replace(plain, findings=keyed)), encoding="utf-8")
    page.events.clear()
    page.open(path)
    assert page.evaluate("$('mine-save').disabled") is True
    press = "document.querySelector('[data-finding=\"{}\"] [data-verdict={}]').click()"
    for id_, verdict in ((ids[0], "diverge"), (ids[1], "agree"), (ids[2], "unrelated"), (ids[1], "agree")):
        page.evaluate(press.format(id_, verdict))  # the second press of the same takes it back
    page.events.clear()
    page.open(path)  # closed and opened again
    assert page.evaluate("document.querySelectorAll('[data-verdict][aria-pressed=true]').length") == 2
    assert page.evaluate("$('mine-count').textContent").endswith("2")
    page.evaluate("$('mine-name').value = 'Zoé'; $('mine-name').dispatchEvent(new Event('input'))")
    page.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    page.evaluate("$('mine-save').click()")
    file = tmp_path / "decisions.jsonl"
    for _ in range(200):
        if file.exists():
            break
        time.sleep(0.05)
    with open_store(tmp_path / "desk.db") as store:
        assert import_file(file, store) == Imported(2, 0, 0)
        assert import_file(file, store) == Imported(0, 2, 0)
        standing = reviews(store.decisions())
        first = store.decisions()[0]
    assert standing[ids[0]].verdicts == {"Zoé": Relation.DIVERGE}
    assert standing[ids[2]].verdicts == {"Zoé": Relation.UNRELATED}
    assert (first.model, first.settings) == (some_items()[0].model, some_items()[0].settings)
    assert [e for e in page.events if e["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")] == []


@pytest.mark.browser
@needs_browser
def test_without_scripts_nothing_asks_for_a_verdict(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_html(decided()), encoding="utf-8")
    with Page(tmp_path / "profile", scripts=False) as page:
        page.open(path)
        hidden = "[...document.querySelectorAll('.decide, #mine')].some((each) => each.checkVisibility())"
        assert page.evaluate(hidden) is False
