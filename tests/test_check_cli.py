"""The check command from the outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from fakes import relator
from newsroom import NORD, STORY, lay_down
from review_samples import NOON, said
from test_check import article, desk
from test_cli import Claimcheck, Outcome, claimcheck, refused

from claimcheck.review.learned import models_key
from claimcheck.store import open_store

__all__ = ["claimcheck"]  # the fixture

NEAR = ("--set", "check.topic=0.5")


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A corpus of one article of the story and one of another."""
    return desk(tmp_path, {"nord": STORY["nord"], "est": STORY["est"]})


def count(path: Path) -> int:
    with open_store(path) as store:
        return len(list(store.entries()))


def test_check_writes_the_report_and_the_exports_and_sums_up(
    claimcheck: Claimcheck, tmp_path: Path, held: Path
) -> None:
    page, data, table = tmp_path / "r.html", tmp_path / "r.json", tmp_path / "r.csv"
    new = article(tmp_path)
    done = claimcheck("check", new, "--corpus", held, "-o", page, "--json", data, "--csv", table, *NEAR)
    assert (done.code, done.out) == (0, "")
    assert f"{new}: 1 contradicted or diverging, 0 corroborated, " in done.err
    assert "held against 1 of 2 articles" in done.err
    assert "agreements of one and the same origin, no corroboration: 1" in done.err
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert len(json.loads(data.read_text(encoding="utf-8"))["conflicts"]) == 1
    assert "contradict" in table.read_text(encoding="utf-8-sig")


def test_quiet_says_nothing(claimcheck: Claimcheck, tmp_path: Path, held: Path) -> None:
    done = claimcheck("check", article(tmp_path), "--corpus", held, "-o", tmp_path / "r.html", "--quiet")
    assert done == Outcome(0, "", "")


@pytest.mark.parametrize(("relation", "code"), [("contradict", 1), ("diverge", 0)])
def test_fail_on_sets_the_exit_code(
    claimcheck: Claimcheck, tmp_path: Path, held: Path, relation: str, code: int
) -> None:
    out = ["-o", tmp_path / "r.html", "--fail-on", relation]
    assert claimcheck("check", article(tmp_path), "--corpus", held, *out, *NEAR).code == code
    assert (tmp_path / "r.html").exists()


def test_add_puts_the_article_into_the_corpus_once(claimcheck: Claimcheck, tmp_path: Path, held: Path) -> None:
    data = tmp_path / "r.json"
    call = ["check", article(tmp_path), "--corpus", held, "-o", tmp_path / "r.html", "--json", data, *NEAR]
    claimcheck(*call)
    assert count(held) == 2
    assert "1 added, 0 unchanged" in claimcheck(*call, "--add").err
    first = json.loads(data.read_text(encoding="utf-8"))
    again = claimcheck(*call, "--add")
    assert (again.code, count(held)) == (0, 3)
    assert "0 added, 1 unchanged" in again.err
    second = json.loads(data.read_text(encoding="utf-8"))
    assert (first["held"], second["held"]) == (2, 3)
    assert second["findings"] == first["findings"]  # an article that is there already is not held against itself


def test_add_keeps_the_findings_for_review_and_the_next_check_shows_what_was_decided(
    claimcheck: Claimcheck, tmp_path: Path, held: Path
) -> None:
    data = tmp_path / "r.json"
    call = ["check", article(tmp_path), "--corpus", held, "-o", tmp_path / "r.html", "--json", data, *NEAR]
    claimcheck(*call)
    with open_store(held) as store:
        assert store.findings() == ()
    claimcheck(*call, "--add")
    (conflict,) = json.loads(data.read_text(encoding="utf-8"))["conflicts"]
    with open_store(held) as store:
        assert conflict in {saved.id for saved in store.findings()}
        store.record(said(conflict, "diverge"))
    claimcheck(*call)
    findings = {finding["id"]: finding for finding in json.loads(data.read_text(encoding="utf-8"))["findings"]}
    assert findings[conflict]["pairs"][0]["decision"]["relation"] == "diverge"


def test_a_check_uses_what_the_corpus_has_learned(claimcheck: Claimcheck, tmp_path: Path, held: Path) -> None:
    models = relator()
    taught = replace(models.decisions, learned={"version": 1, "decisions": 40, "models": models_key(models)})
    with open_store(held) as store:
        store.save_learned(json.dumps(asdict(taught)), NOON)
    data = tmp_path / "r.json"
    claimcheck("check", article(tmp_path), "--corpus", held, "-o", tmp_path / "r.html", "--json", data)
    used = json.loads(data.read_text(encoding="utf-8"))["models"]["decision"]
    assert used["learned"] == "version 1, 40 decisions"


def test_several_articles_have_a_report_each_and_are_not_held_against_each_other(
    claimcheck: Claimcheck, tmp_path: Path, held: Path
) -> None:
    folder = lay_down(tmp_path / "new", {"sud": STORY["sud"], "ouest": STORY["nord"]})
    out = ["--corpus", held, "-o", tmp_path / "r.html", "--json", tmp_path / "r.json", "--add", *NEAR]
    done = claimcheck("check", folder, *out)
    assert done.code == 0
    reports = sorted(path.name for path in tmp_path.glob("r-*"))
    assert reports == ["r-ouest.txt.html", "r-ouest.txt.json", "r-sud.txt.html", "r-sud.txt.json"]
    assert all(json.loads(path.read_text())["held"] == 2 for path in tmp_path.glob("r-*.json"))
    assert count(held) == 4


def test_one_article_that_cannot_be_checked_stops_nothing(claimcheck: Claimcheck, tmp_path: Path, held: Path) -> None:
    folder = lay_down(tmp_path / "new", {"sud": STORY["sud"], "vide": "Photo : AFP\n"})
    (folder / "empty.txt").write_bytes(b"")
    done = claimcheck("check", folder, "--corpus", held, "-o", tmp_path / "r.html")
    assert done.code == 0
    assert "empty.txt: is empty" in done.err
    assert "vide.txt: holds no sentence that can be checked" in done.err


@pytest.mark.parametrize("day", ["2031-02-01", "01/02/2031", "1 février 2031", "February 1, 2031", "2031-02-01T10:00Z"])
def test_since_reads_dates_as_they_are_written(claimcheck: Claimcheck, tmp_path: Path, held: Path, day: str) -> None:
    done = claimcheck("check", article(tmp_path), "--corpus", held, "-o", tmp_path / "r.html", "--since", day, *NEAR)
    assert "held against 1 of 2 articles" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "parts"),
    [
        (["{new}", "--corpus", "{none}"], 3, ["none.db: no such corpus", "claimcheck corpus add"]),
        (["{new}", "--corpus", "{new}"], 3, ["is not a corpus"]),
        (["{none}", "--corpus", "{held}"], 3, ["no such file or folder"]),
        (["{empty}", "--corpus", "{held}"], 3, ["no article could be read", "is empty"]),
        (["{credit}", "--corpus", "{held}"], 3, ["holds no sentence that can be checked"]),
        (["--corpus", "{held}"], 2, ["no article to check", "--watch"]),
        (["{new}", "--corpus", "{held}", "--since", "soon"], 2, ["--since soon: not a date"]),
        (["{new}", "--corpus", "{held}", "--since", ""], 2, ["--since : not a date"]),
        (["{new}", "--corpus", "{held}", "--since", "2090-01-01"], 3, ["holds no article", "corpus list"]),
        (["{new}", "--corpus", "{held}", "--outlet", "Noord"], 3, ["holds no article", "corpus list"]),
        (["{new}", "--corpus", "{held}", "--fail-on", "all"], 2, ["--fail-on all"]),
        (["{new}", "--corpus", "{held}", "--lang", "de"], 2, ["fr or en"]),
        (["{new}", "--corpus", "{held}", "--set", "check.day=3"], 2, ["did you mean 'check.days'"]),
        (["{new}", "--corpus", "{held}", "--watch", "{none}"], 3, ["no such folder to watch"]),
        (["{new}", "--corpus", "{held}", "--json", "{out}"], 2, ["same name"]),
        (["{new}", "--corpus", "{held}", "--json", "{held}"], 2, ["desk.db: lies among the inputs"]),
    ],
)
def test_check_refuses_in_one_line_and_writes_nothing(
    claimcheck: Claimcheck, tmp_path: Path, held: Path, arguments: list[str], code: int, parts: list[str]
) -> None:
    places = {"new": article(tmp_path), "held": held, "none": tmp_path / "none.db", "out": tmp_path / "r.html"}
    places |= {"empty": tmp_path / "empty.txt", "credit": tmp_path / "credit.txt"}
    places["empty"].write_bytes(b"")
    places["credit"].write_text("Photo : AFP\n", encoding="utf-8")
    before = sorted(path for path in tmp_path.rglob("*") if not path.name.startswith("desk.db-"))
    done = claimcheck("check", *[part.format(**places) for part in arguments], "--out", places["out"])
    refused(done, code, *parts)
    assert sorted(path for path in tmp_path.rglob("*") if not path.name.startswith("desk.db-")) == before


def test_a_report_into_the_watched_folder_is_refused(claimcheck: Claimcheck, tmp_path: Path, held: Path) -> None:
    done = claimcheck("check", "--corpus", held, "--watch", tmp_path, "-o", tmp_path / "r.html")
    refused(done, 2, "lies among the inputs")


def test_watch_checks_what_is_dropped_in_and_goes_on_after_a_bad_file(
    claimcheck: Claimcheck, tmp_path: Path, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = lay_down(tmp_path / "inbox", {"sud": STORY["sud"]})
    (inbox / "broken.txt").write_bytes(b"")

    def drops(folder: Path) -> Iterator[Path]:
        assert folder == inbox
        yield inbox / "broken.txt"
        yield inbox / "sud.txt"
        yield inbox / "sud.txt"
        raise KeyboardInterrupt

    monkeypatch.setattr("claimcheck.watch.dropped", drops)
    out = ["--corpus", held, "-o", tmp_path / "r.html", "--manifest", inbox / "articles.csv"]
    done = claimcheck("check", "--watch", inbox, *out, "--add", "--fail-on", "contradict", *NEAR)
    assert (done.code, count(held)) == (1, 3)
    assert "broken.txt: is empty" in done.err
    assert "held against 1 of 2 articles" in done.err
    assert "held against 1 of 3 articles" in done.err
    assert done.err.rstrip().endswith("stopped watching")
    assert (tmp_path / "r-sud.txt.html").exists()


def test_the_outlet_of_the_article_is_named_by_an_option(claimcheck: Claimcheck, tmp_path: Path, held: Path) -> None:
    new = tmp_path / "x.txt"
    new.write_text(NORD, encoding="utf-8")
    call = ["check", new, "--corpus", held, "-o", tmp_path / "r.html", *NEAR]
    assert "held against 1 of 2" in claimcheck(*call).err
    assert "held against 0 of 2" in claimcheck(*call, "--from", "Nord").err


def test_the_models_are_those_of_the_corpus(
    claimcheck: Claimcheck, tmp_path: Path, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = relator()
    object.__setattr__(other.embedder, "info", type(other.embedder.info)("other", "1"))
    monkeypatch.setattr("claimcheck.models.load_relator", lambda *_, **__: other)
    done = claimcheck("check", article(tmp_path), "--corpus", held, "-o", tmp_path / "r.html")
    refused(done, 3, "have no vectors of the model other@1", "corpus add with this model recomputes them")
