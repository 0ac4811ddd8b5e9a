"""Adding to a corpus, and the commands on it, from the outside."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from corpus_samples import CountingEmbedder, files
from newsroom import STORY, lay_down
from typer.testing import CliRunner, Result

from claimcheck import corpus
from claimcheck.corpus_cli import corpus_app
from claimcheck.errors import InputError, UsageError
from claimcheck.index.faiss import FaissIndex
from claimcheck.progress import Silent
from claimcheck.store import Outcome, open_store
from claimcheck.store.verify import verify


class Notes(Silent):
    """Keeps what the user is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def note(self, message: str) -> None:
        self.lines.append(message)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A corpus of three articles."""
    path = tmp_path / "desk.db"
    with open_store(path, create=True) as store:
        corpus.add([lay_down(tmp_path / "articles")], store, CountingEmbedder())
    return path


def added(path: Path, inputs: Path, embedder: CountingEmbedder | None = None) -> dict[Outcome, int]:
    with open_store(path, create=True) as store:
        return dict(corpus.add([inputs], store, embedder or CountingEmbedder()).outcomes)


def exported(path: Path, *, every_version: bool = True) -> str:
    with open_store(path) as store:
        return "".join(corpus.export(store, every_version=every_version))


def test_adding_again_changes_nothing_and_embeds_nothing(tmp_path: Path, desk: Path) -> None:
    before, embedder = exported(desk), CountingEmbedder()
    assert added(desk, tmp_path / "articles", embedder) == {Outcome.UNCHANGED: 3}
    assert embedder.seen == []
    assert exported(desk) == before


def test_a_sentence_that_is_held_is_not_embedded_again(tmp_path: Path, desk: Path) -> None:
    embedder = CountingEmbedder()
    text = STORY["nord"] + "La circulation passe par le viaduc de Mirebeau ce soir.\n"
    added(desk, lay_down(tmp_path / "more", {"ouest": text}), embedder)
    assert embedder.seen == ["La circulation passe par le viaduc de Mirebeau ce soir."]


def test_a_file_that_changed_is_a_new_version(tmp_path: Path, desk: Path) -> None:
    changed = {"nord": STORY["nord"].replace("douze", "quinze")}
    (tmp_path / "articles" / "nord.txt").write_text(changed["nord"], encoding="utf-8")
    assert added(desk, tmp_path / "articles") == {Outcome.UNCHANGED: 2, Outcome.NEW_VERSION: 1}
    with open_store(desk) as store:
        assert [hit.entry.version for hit in store.search("maisons endommagé", 5)] == [2]


def test_a_manifest_that_comes_later_dates_the_articles(tmp_path: Path) -> None:
    folder, path = lay_down(tmp_path / "articles"), tmp_path / "desk.db"
    manifest = folder / "articles.csv"
    rows = list(csv.DictReader(manifest.read_text().splitlines()))
    manifest.write_text("file,outlet\n" + "".join(f"{row['file']},{row['outlet']}\n" for row in rows))
    added(path, folder)
    lay_down(folder)
    assert added(path, folder) == {Outcome.COMPLETED: 3}
    assert list(verify(path, Silent())) == []


def test_an_input_that_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    folder = lay_down(tmp_path / "articles")
    (folder / "empty.txt").write_text("")
    with open_store(tmp_path / "desk.db", create=True) as store:
        result = corpus.add([folder], store, CountingEmbedder())
        assert result.outcomes == {Outcome.ADDED: 3}
        assert [Path(failure.path).name for failure in result.failures] == ["empty.txt"]
        with pytest.raises(InputError, match=r"no article could be read \(.*empty\.txt: is empty"):
            corpus.add([folder / "empty.txt"], store, CountingEmbedder())


def test_another_model_recomputes_all_vectors_once_and_says_so(tmp_path: Path, desk: Path) -> None:
    notes, embedder = Notes(), CountingEmbedder("1")
    with open_store(desk) as store:
        corpus.add([tmp_path / "articles"], store, embedder, reporter=notes)
        live = store.live()
        held = [sentence.text for sentence in store.sentences(live.numbers.tolist())]
        assert sorted(embedder.seen) == sorted(set(held))
        assert store.vectors(live, "words@1").shape[0] == len(held)
        corpus.add([tmp_path / "articles"], store, embedder, reporter=notes)
    assert len(embedder.seen) == len(set(held))
    assert notes.lines == ["the corpus holds vectors of words@0: those of 3 articles are recomputed with words@1"]
    assert list(verify(desk, Silent())) == []


def test_an_export_makes_the_same_corpus(tmp_path: Path) -> None:
    one, two, out = tmp_path / "one.db", tmp_path / "two.db", tmp_path / "corpus.jsonl"
    added(one, files(tmp_path / "many", 10))
    out.write_text(exported(one, every_version=False), encoding="utf-8")
    assert added(two, out) == {Outcome.ADDED: 8}
    assert added(one, out) == {Outcome.UNCHANGED: 8}
    fresh = {"version": 1}
    wanted = [{**json.loads(line), **fresh} for line in out.read_text(encoding="utf-8").splitlines()]
    got = [json.loads(line) for line in exported(two).splitlines()]
    assert sorted(got, key=lambda each: each["id"]) == sorted(wanted, key=lambda each: each["id"])


def test_every_exported_sentence_lies_where_it_says(desk: Path) -> None:
    documents = [json.loads(line) for line in exported(desk).splitlines()]
    assert all(len(document["sentences"]) >= 2 for document in documents)
    for document in documents:
        for sentence in document["sentences"]:
            assert document["text"][sentence["start"] : sentence["end"]] == sentence["text"]


def test_the_same_articles_make_the_same_corpus(tmp_path: Path) -> None:
    folder = files(tmp_path / "many", 10)
    added(tmp_path / "one.db", folder)
    added(tmp_path / "two.db", folder)
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()


def test_the_index_follows_the_corpus(tmp_path: Path) -> None:
    path, embedder = tmp_path / "desk.db", CountingEmbedder()
    folder = files(tmp_path / "many", 60)
    with open_store(path, create=True) as store:
        for inputs in (folder, lay_down(tmp_path / "articles")):
            corpus.add([inputs], store, embedder)
            index = corpus.index(path, store, "words@0", exact_limit=50)
            live = store.live()
            assert isinstance(index, FaissIndex)
            np.testing.assert_array_equal(index.ids, live.numbers)
            ids, scores = index.search(store.vectors(live, "words@0"), 1)
            texts = [sentence.text for sentence in store.sentences(live.numbers.tolist())]
            found = [sentence.text for sentence in store.sentences(ids[:, 0].tolist())]
            assert found == texts
            assert scores.min() > 0.99
    assert sorted(each.name for each in corpus.index_folder(path).iterdir()) == ["index.json", "rows.faiss"]


Run = Callable[..., Result]


@pytest.fixture
def run(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The commands on that corpus."""
    monkeypatch.setattr("claimcheck.encoders.load_embedder", lambda name, download: CountingEmbedder())

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(corpus_app, [*words, "--corpus", str(desk)])

    return invoke


def first_id(run: Run) -> str:
    return run("list").stdout.splitlines()[1].split()[0]


def test_add_sums_up_in_one_line(run: Run, tmp_path: Path, desk: Path) -> None:
    (tmp_path / "articles" / "empty.txt").write_text("")
    result = run("add", str(tmp_path / "articles"))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"not read: {tmp_path}/articles/empty.txt: is empty",
        f"{desk}: 0 added, 3 unchanged, 0 new versions, 1 not read",
    ]


def test_add_keeps_quiet_when_asked_and_never_prints_article_text(run: Run, tmp_path: Path) -> None:
    folder = files(tmp_path / "many", 6)
    assert "council" not in run("add", str(folder)).output
    assert run("add", str(folder), "--quiet").output == ""


def test_list_shows_one_line_per_article(run: Run) -> None:
    lines = run("list").stdout.splitlines()
    assert lines[0].split() == ["id", "date", "version", "outlet", "title"]
    assert [line.split()[1:4] for line in lines[1:]] == [
        ["2031-02-10", "1", "Nord"],
        ["2031-02-11", "1", "Est"],
        ["2031-02-12", "1", "Sud"],
    ]


def test_list_is_filtered_by_day_and_outlet(run: Run) -> None:
    assert len(run("list", "--since", "2031-02-11").stdout.splitlines()) == 3
    assert len(run("list", "--outlet", "Sud", "--outlet", "Nord").stdout.splitlines()) == 3
    assert isinstance(run("list", "--since", "soon").exception, UsageError)


def test_show_tells_all_of_one_article(run: Run) -> None:
    shown = run("show", first_id(run)[:6]).stdout
    assert "outlet     Nord" in shown
    assert "published  2031-02-10" in shown
    assert "douze maisons" in shown
    assert isinstance(run("show", "nothing").exception, InputError)


def test_remove_forgets_one_article(run: Run) -> None:
    id_ = first_id(run)
    assert run("remove", id_).exit_code == 0
    assert id_ not in run("list").stdout
    assert isinstance(run("remove", id_).exception, InputError)


def test_stats_count_what_is_there(run: Run) -> None:
    shown = run("stats").stdout
    assert "articles   3 live, 0 superseded versions" in shown
    assert "period     2031-02-10 to 2031-02-12, 0 undated" in shown
    assert "vectors    3 articles, words@0" in shown


def test_search_shows_the_sentence_and_its_article(run: Run) -> None:
    where, sentence = run("search", "maisons", "endommage*").stdout.splitlines()
    assert "Nord" in where
    assert "2031-02-10" in where
    assert "douze maisons" in sentence
    assert run("search", "maisons douze").stdout == ""
    assert len(run("search", "pont", "--limit", "1").stdout.splitlines()) == 2


def test_verify_is_silent_about_a_whole_corpus_and_fails_on_a_damaged_one(run: Run, desk: Path) -> None:
    assert (run("verify").exit_code, run("verify").stdout) == (0, "")
    with open_store(desk) as store:
        store._db.execute("DELETE FROM vectors")
    result = run("verify")
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 3
    assert all(line.endswith("has no vectors") for line in result.stdout.splitlines())


def test_export_writes_one_line_per_article(run: Run, tmp_path: Path, desk: Path) -> None:
    out = tmp_path / "corpus.jsonl"
    assert run("export", "--out", str(out)).exit_code == 0
    assert out.read_text(encoding="utf-8") == exported(desk)
    assert isinstance(run("export", "--out", str(tmp_path / "none" / "x.jsonl")).exception, UsageError)


def test_a_missing_corpus_is_an_input_error_for_every_command_but_add(tmp_path: Path) -> None:
    absent = ["--corpus", str(tmp_path / "none.db")]
    for words in (["list"], ["show", "a"], ["remove", "a"], ["stats"], ["search", "a"], ["verify"]):
        result = CliRunner().invoke(corpus_app, [*words, *absent])
        assert isinstance(result.exception, InputError), words
    assert not (tmp_path / "none.db").exists()


def test_an_interrupted_add_says_what_is_kept(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("claimcheck.corpus.add", interrupted)
    result = run("add", str(tmp_path))
    assert result.exit_code == 130
    assert "are kept: run it again to go on" in result.stderr


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_articles(tmp_path: Path) -> None:
    """The store's own memory: the inputs are read in small batches, as from many days."""

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1])

    if not Path("/proc/self/statm").exists():
        pytest.skip("only Linux tells the memory of a process this way")
    table = (files(tmp_path / "many", 1_000) / "table.jsonl").read_text().splitlines(keepends=True)
    with open_store(tmp_path / "desk.db", create=True) as store:
        for start in range(0, 1_000, 100):
            batch = tmp_path / f"{start}.jsonl"
            batch.write_text("".join(table[start : start + 100]))
            corpus.add([batch], store, CountingEmbedder())
            if start == 0:
                early = resident()
        assert len(list(store.entries())) == 1_000
    assert resident() < 1.1 * early
