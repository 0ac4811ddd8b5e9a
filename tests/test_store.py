"""What goes into a corpus comes out, every change is whole, and no other file is touched."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from corpus_samples import BRIDGE, SCHOOL, article, keep
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import InputError, UsageError
from claimcheck.progress import Silent
from claimcheck.store import Decision, Outcome, SqliteStore, Store, open_store
from claimcheck.store import connection as connecting
from claimcheck.store.migrations import MIGRATIONS, migrate
from claimcheck.store.reading import query
from claimcheck.store.verify import verify
from claimcheck.types import (
    Article,
    Dropped,
    Modality,
    Moment,
    Name,
    Quantity,
    ReadArticle,
    Role,
    Sentence,
    Span,
)

MODEL = "words@0"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with open_store(path, create=True) as opened:
        yield opened


def problems(path: Path) -> list[str]:
    return list(verify(path, Silent()))


texts = st.text(max_size=40)
spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(*pair))
numbers = st.floats(allow_nan=False)
days = st.none() | st.dates()
zones = st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))
sentences = st.builds(
    Sentence,
    article=st.just("?"),
    index=st.just(0),
    start=st.just(0),
    end=st.just(0),
    text=texts,
    role=st.sampled_from(Role),
    speaker=st.none() | texts,
    quotes=st.tuples(spans),
    negated=st.booleans(),
    modality=st.sampled_from(Modality),
    quantities=st.lists(st.builds(Quantity, spans, numbers, numbers, texts, texts, st.booleans())).map(tuple),
    moments=st.lists(st.builds(Moment, spans, days, days, texts)).map(tuple),
    names=st.lists(st.builds(Name, spans, texts)).map(tuple),
)


@st.composite
def whole_articles(draw: st.DrawFn) -> ReadArticle:
    """An article made of its sentences, so that every sentence lies where it says."""
    id_ = draw(st.text("0123456789abcdef", min_size=16, max_size=16))
    text, placed = "", []
    for index, one in enumerate(draw(st.lists(sentences, max_size=4))):
        fields = {name: getattr(one, name) for name in Sentence.__slots__}
        placed.append(
            Sentence(**{**fields, "article": id_, "index": index, "start": len(text), "end": len(text + one.text)})
        )
        text += one.text
    whole = Article(
        id=id_,
        path=draw(texts),
        outlet=draw(texts),
        title=draw(texts),
        url=draw(st.none() | texts),
        published=draw(st.none() | st.datetimes(timezones=zones, min_value=datetime(1990, 1, 2))),
        language=draw(st.none() | st.just("fr")),
        text=text,
        origins=draw(st.dictionaries(texts, texts, max_size=2)),
    )
    dropped = (Dropped(id_, 0, len(text), text, draw(st.sampled_from(Role)), draw(texts)),)
    return ReadArticle(whole, tuple(placed), dropped)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with open_store(tmp_path_factory.mktemp("shelf") / "desk.db", create=True) as opened:
        yield opened


@settings(max_examples=40, deadline=None)
@given(one=whole_articles())
def test_every_article_comes_back_as_it_went_in(shelf: SqliteStore, one: ReadArticle) -> None:
    vectors = np.eye(len(one.sentences), 16, dtype=np.float16)
    shelf.save(one, vectors, MODEL, "place")
    assert shelf.load(one.article.id) == one
    live = shelf.live()
    at = live.numbers[live.articles[live.owners] == live.articles[-1]] if len(live) else np.empty(0, np.int64)
    if one.sentences:
        assert shelf.sentences(at.tolist()) == one.sentences
    shelf.remove(one.article.id)
    assert len(shelf.live()) == 0


def test_a_file_name_that_is_no_unicode_is_kept_readable(store: Store) -> None:
    odd = article(path=os.fsdecode(b"caf\xe9.txt"))
    keep(store, odd)
    assert store.load(odd.id).article.path == "caf\\udce9.txt"


def test_text_that_is_no_unicode_is_refused_and_nothing_kept(store: Store, path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.txt: .*UTF-8"):
        keep(store, article(title="\ud800"))
    assert list(store.entries()) == []
    assert problems(path) == []


def test_the_same_article_again_changes_nothing(store: Store) -> None:
    assert keep(store, article()) is Outcome.ADDED
    before = list(store.entries())
    assert not store.needs(article())
    assert keep(store, article()) is Outcome.UNCHANGED
    assert list(store.entries()) == before


def versions(store: Store) -> list[tuple[int, str | None]]:
    return [(entry.version, entry.superseded_by) for entry in store.entries()]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (article(url="https://n.example/1"), article(SCHOOL, url="https://n.example/1", title="New", path="b.txt")),
        (article(), article(SCHOOL)),
        (article(), article(SCHOOL, url="https://n.example/1")),
    ],
)
def test_a_changed_page_is_a_new_version_and_the_old_one_superseded(
    store: Store, first: Article, second: Article
) -> None:
    keep(store, first)
    assert keep(store, second) is Outcome.NEW_VERSION
    assert versions(store) == [(1, second.id), (2, None)]
    live = store.live()
    assert {sentence.article for sentence in store.sentences(live.numbers.tolist())} == {second.id}
    assert keep(store, first) is Outcome.UNCHANGED
    assert versions(store) == [(1, second.id), (2, None)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (article(url="https://n.example/1"), article(SCHOOL, url="https://n.example/2")),
        (article(url="https://n.example/1"), article(SCHOOL, url="https://n.example/1", outlet="Sud", path="b.txt")),
        (article(url="https://n.example/"), article(SCHOOL, url="https://n.example/", path="b.txt")),
        (article(), article(SCHOOL, title="Another")),
        (article(), article(SCHOOL, path="b.txt")),
    ],
)
def test_two_pages_are_no_versions_of_each_other(store: Store, first: Article, second: Article) -> None:
    keep(store, first)
    assert keep(store, second) is Outcome.ADDED
    assert versions(store) == [(1, None), (1, None)]


def test_a_date_that_is_known_now_completes_the_article_and_is_never_lost_again(store: Store, path: Path) -> None:
    keep(store, article(day=None))
    assert store.needs(article(day=12))
    assert keep(store, article(day=12)) is Outcome.COMPLETED
    assert keep(store, article(day=None, url="https://n.example/1")) is Outcome.COMPLETED
    (entry,) = store.entries()
    assert (entry.published, entry.url) == (article(day=12).published, "https://n.example/1")
    assert store.live(since=datetime(2031, 2, 12, tzinfo=UTC)).published.astype(str).tolist() == ["2031-02-12T00:00:00"]
    assert len(store.search("pont", 5)) == 1
    assert problems(path) == []


def test_removing_a_version_brings_the_one_before_it_back(store: Store, path: Path) -> None:
    one, two, three = article(), article(SCHOOL), article(BRIDGE + "\n" + SCHOOL)
    for each in (one, two, three):
        keep(store, each)
    store.remove(two.id)
    assert versions(store) == [(1, three.id), (3, None)]
    store.remove(three.id)
    assert versions(store) == [(1, None)]
    assert len(store.search("school", 5)) == 0
    assert problems(path) == []


def test_sentence_numbers_are_never_used_again(store: Store) -> None:
    keep(store, article())
    last = int(store.live().numbers.max())
    store.remove(article().id)
    keep(store, article(SCHOOL))
    assert int(store.live().numbers.min()) > last


def test_live_sentences_and_their_vectors_are_in_the_same_order(store: Store) -> None:
    from fakes import WordEmbedder

    for outlet, day, text in (("Nord", 10, BRIDGE), ("Sud", 12, SCHOOL), ("Est", None, BRIDGE)):
        keep(store, article(text, outlet=outlet, day=day, path=f"{outlet}.txt"))
    live = store.live()
    held = store.sentences(live.numbers.tolist())
    expected = WordEmbedder().embed([sentence.text for sentence in held])
    np.testing.assert_allclose(store.vectors(live, MODEL), expected, atol=1e-3)
    assert [live.outlets[owner] for owner in live.owners] == ["Nord"] * 2 + ["Sud"] * 2 + ["Est"] * 2
    part = store.live(since=datetime(2031, 2, 11), outlets=("Sud", "Est"))
    assert part.outlets == ("Sud",)
    np.testing.assert_array_equal(store.vectors(part, MODEL), store.vectors(live, MODEL)[2:4])
    np.testing.assert_array_equal(live.where(np.array([False, True, False])).numbers, part.numbers)
    assert store.live(outlets=("nobody",)).numbers.tolist() == []
    assert store.vectors(store.live(outlets=("nobody",)), MODEL).shape == (0, 16)


def test_vectors_of_another_model_are_never_mixed_in(store: Store) -> None:
    keep(store, article())
    assert store.without_vectors("words@1") == (article().id,)
    assert store.known_vectors([BRIDGE], "words@1") == {}
    with pytest.raises(InputError, match=r"1 articles have no vectors of the model words@1"):
        store.vectors(store.live(), "words@1")


def test_vectors_of_another_size_are_refused_and_nothing_kept(store: Store) -> None:
    keep(store, article())
    other = article(SCHOOL, path="b.txt")
    read = ReadArticle(other, (Sentence(other.id, 0, 0, 7, SCHOOL[:7], Role.CLAIM),), ())
    with pytest.raises(InputError, match="of 16 numbers before and of 8 now"):
        store.save(read, np.ones((1, 8), np.float16), MODEL, "place")
    assert len(list(store.entries())) == 1


def test_an_article_is_found_by_enough_of_its_id(store: Store) -> None:
    one, two = article(), article(SCHOOL, path="b.txt")
    keep(store, one)
    keep(store, two)
    assert store.find(one.id[:8]).id == one.id
    for wrong in ("", "zz", one.id + "0"):
        with pytest.raises(InputError, match="corpus list"):
            store.find(wrong)


def test_several_articles_under_one_beginning_are_told_apart_by_more_of_it(store: Store) -> None:
    for number in range(17):  # 16 digits: two ids must begin alike
        keep(store, article(f"{BRIDGE} Épisode {number} de la série.", path=f"{number}.txt"))
    first = [entry.id[0] for entry in store.entries()]
    common = next(digit for digit in first if first.count(digit) > 1)
    with pytest.raises(InputError, match="give more of the id"):
        store.find(common)


def test_search_finds_words_without_their_accents_in_live_articles_only(store: Store) -> None:
    keep(store, article())
    assert [hit.text for hit in store.search("REOUVERTURE maire", 9)] == [BRIDGE.split(". ")[1]]
    assert [hit.entry.id for hit in store.search("réouv*", 9)] == [article().id]
    assert store.search('"la Lune"', 9)
    assert not store.search('"Lune la"', 9)
    assert not store.search("pont rapide", 9)
    keep(store, article(SCHOOL))
    assert not store.search("pont", 9)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_nothing_a_user_types_is_search_syntax(shelf: SqliteStore, words: str) -> None:
    try:
        query(words)
    except UsageError:
        assert not any(character.isalnum() for character in words)
        return
    assert shelf.search(words, 5) == ()


@pytest.mark.parametrize("words", ["", "  ", '"', "* -", "(", "^", "\0"])
def test_a_search_without_words_is_a_usage_error(store: Store, words: str) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        store.search(words, 5)


@pytest.mark.parametrize("words", ["NEAR(pont", "text:pont", "pont AND", "pont OR maire", "pont'--", 'pont"', "^pont*"])
def test_search_syntax_is_taken_as_words(store: Store, words: str) -> None:
    keep(store, article())
    store.search(words, 5)


def decision(finding: str = "f1", note: str = "") -> Decision:
    return Decision(finding, "contradict", "anna", datetime(2031, 2, 14, 9, 30, tzinfo=UTC), note)


def test_findings_and_decisions_are_kept_in_order_and_the_last_document_counts(store: Store) -> None:
    store.save_findings({"f1": '{"v":1}'})
    store.save_findings({"f1": '{"v":1}'})
    store.save_findings({"f1": '{"v":2}'})
    store.record(decision())
    store.record(decision(note="vu à la radio ☎"))
    assert [(saved.id, saved.document) for saved in store.findings()] == [("f1", '{"v":1}'), ("f1", '{"v":2}')]
    assert [saved.document for saved in store.findings(after=1)] == ['{"v":2}']
    assert store.decisions() == (decision(), decision(note="vu à la radio ☎"))
    assert [each.number for each in store.decisions(after=1)] == [2]
    assert (store.stats().findings, store.stats().decisions) == (1, 2)


def test_a_decision_says_what_it_was_about(store: Store) -> None:
    store.save_findings({"f1": "{}"})
    full = replace(decision(), model="judge@1", settings="0123", adjudicates=True)
    store.record(full)
    assert store.decisions() == (full,)


def test_decisions_recorded_together_are_kept_together_or_not_at_all(store: Store) -> None:
    store.save_findings({"f1": "{}"})
    with pytest.raises(InputError, match="no finding 'f9'"):
        store.record(decision(), decision("f9"))
    assert store.decisions() == ()


def test_fitted_decisions_are_numbered_and_kept(store: Store) -> None:
    when = datetime(2031, 2, 14, tzinfo=UTC)
    assert [store.save_learned("{}", when), store.save_learned("", when)] == [1, 2]
    assert [(each.version, each.document, each.at) for each in store.learned()] == [(1, "{}", when), (2, "", when)]


def test_a_decision_needs_its_finding(store: Store) -> None:
    with pytest.raises(InputError, match="no finding 'f9'"):
        store.record(decision("f9"))


@pytest.mark.parametrize("table", ["decision", "finding"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = 'x'", "UPDATE {} SET number = 9"])
def test_decisions_and_findings_cannot_be_changed(store: Store, path: Path, table: str, change: str) -> None:
    store.save_findings({"f1": "{}"})
    store.record(decision())
    change = change.replace("id =", "verdict =") if table == "decision" else change
    db = sqlite3.connect(path)
    try:
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            db.execute(change.format(table))
    finally:
        db.close()


def test_decisions_reach_the_disk_before_they_are_acknowledged(store: SqliteStore) -> None:
    seen: list[str] = []
    store.save_findings({"f1": "{}"})
    store._db.set_trace_callback(seen.append)
    store.record(decision())
    keep(store, article())
    statements = [line for line in seen if line.startswith(("PRAGMA synchronous", "COMMIT"))]
    assert statements == ["PRAGMA synchronous = FULL", "COMMIT", "PRAGMA synchronous = NORMAL", "COMMIT"]


@pytest.mark.parametrize("taken", range(1, len(MIGRATIONS)))
def test_every_older_schema_is_upgraded_with_what_it_holds(
    path: Path, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "MIGRATIONS", MIGRATIONS[:taken])
    monkeypatch.setattr(connecting, "migrate", lambda db, where: migrate(db, where, MIGRATIONS[:taken]))
    with open_store(path, create=True) as old:
        keep(old, article())
    monkeypatch.undo()
    with open_store(path) as new:
        assert new.stats().schema == len(MIGRATIONS)
        assert len(new.search("pont", 5)) == 1
        new.save_findings({"f1": "{}"})
    assert problems(path) == []


def test_a_newer_schema_is_refused(path: Path, store: SqliteStore) -> None:
    store._db.execute("INSERT INTO migration VALUES (?, 'of tomorrow')", (len(MIGRATIONS) + 1,))
    with pytest.raises(InputError, match=rf"desk\.db: made by a newer claimcheck \(schema {len(MIGRATIONS) + 1}"):
        open_store(path)


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE theirs (x)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(InputError, match="of another program"):
        open_store(path, create=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"Le pont est ferm\xe9.\n" * 99, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(InputError, match="is not a corpus"):
        open_store(path, create=True)
    assert path.read_bytes() == content


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.write_bytes(b"")])
def test_a_corpus_that_is_not_there_is_not_made_by_reading_it(path: Path, make: Callable[[Path], object]) -> None:
    make(path)
    with pytest.raises(InputError, match="no such corpus; make one with: claimcheck corpus add"):
        open_store(path)
    assert not path.exists() or path.stat().st_size == 0


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        open_store(tmp_path, create=True)
    with pytest.raises(InputError, match="check that the folder exists"):
        open_store(tmp_path / "none" / "desk.db", create=True)


def test_a_file_locked_for_too_long_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    with open_store(path, create=True) as one, open_store(path) as other:
        one._db.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputError, match=r"desk\.db: is in use by another process"):
            keep(other, article())
        one._db.execute("ROLLBACK")


def test_where_nothing_can_be_written_a_corpus_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path, create=True) as made:
        keep(made, article())
    before = sorted(each.name for each in path.parent.iterdir())
    monkeypatch.setattr(connecting, "is_writable", lambda path: False)  # root may write anything
    with open_store(path) as store:
        assert len(list(store.entries())) == 1
        with pytest.raises(InputError, match=r"desk\.db: is read-only"):
            store.remove(article().id)
    assert sorted(each.name for each in path.parent.iterdir()) == before


def test_the_permissions_of_the_file_stay(path: Path) -> None:
    with open_store(path, create=True):
        path.chmod(0o640)
    with open_store(path) as store:
        keep(store, article())
    assert path.stat().st_mode & 0o777 == 0o640


def test_two_writers_lose_nothing(path: Path) -> None:
    """Each makes the file, adds its own articles and one that both have, and decides."""
    failed: list[BaseException] = []

    def write(name: str) -> None:
        try:
            with open_store(path, create=True) as store:
                store.save_findings({"f1": "{}"})
                for number in range(25):
                    keep(store, article(f"{BRIDGE} Numéro {name} {number} du jour.", path=f"{name}{number}.txt"))
                    keep(store, article(f"{SCHOOL} Number {number} of the day.", path=f"{number}.txt"))
                    store.record(decision(note=f"{name}{number}"))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with open_store(path) as store:
        assert len(list(store.entries())) == 75
        assert len({each.note for each in store.decisions()}) == len(store.decisions()) == 50
    assert problems(path) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE article SET text = text || '!'", "not what its id says"),
        ("UPDATE sentence SET text = 'Autre chose.'", "is not the text at"),
        ("UPDATE sentence SET hash = x'00'", "not what its hash says"),
        ("UPDATE sentence SET position = position + 7", "sentences, or their numbers"),
        ("UPDATE article SET count = 9", "where 9 from 1 on are due"),
        ("UPDATE vectors SET value = x'0000'", "vectors of 2 bytes"),
        ("UPDATE vectors SET value = CAST(zeroblob(length(value) - 2) || x'0040' AS BLOB)", "not of length one"),
        ("DELETE FROM vectors", "has no vectors"),
        ("INSERT INTO dropped VALUES (1, 9, 0, 4, 'xxxx', 'ad', '')", "dropped span 9"),
        ("INSERT INTO words (words) VALUES ('delete-all')", "full-text search"),
        ("UPDATE article SET superseded_by = 99", "refers to a row of article"),
        ("UPDATE article SET page = 'p'", "2 live versions"),
    ],
)
def test_verify_names_each_kind_of_damage(path: Path, damage: str, said: str) -> None:
    with open_store(path, create=True) as store:
        keep(store, article())
        keep(store, article(SCHOOL, path="b.txt", title="School"))
        assert problems(path) == []
        store._db.execute("PRAGMA foreign_keys = OFF")
        store._db.execute(damage)
    assert any(said in line for line in problems(path)), problems(path)


def test_verify_names_a_damaged_page(path: Path) -> None:
    with open_store(path, create=True) as store:
        for number in range(40):
            keep(store, article(f"{BRIDGE} Épisode {number} de la série.", path=f"{number}.txt"))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    assert any("damaged" in line for line in problems(path))


def test_dates_before_1970_and_days_of_sentences_survive(store: Store) -> None:
    old = Article("0" * 16, "o", "Nord", "t", None, datetime(1961, 4, 12, tzinfo=UTC), "fr", "Hier.", {})
    said = Sentence(old.id, 0, 0, 5, "Hier.", Role.CLAIM, moments=(Moment(Span(0, 4), date(1961, 4, 11), None, "day"),))
    store.save(ReadArticle(old, (said,), ()), np.ones((1, 1), np.float16), MODEL, "place")
    assert store.load(old.id).sentences == (said,)
    assert store.live().published.astype(str).tolist() == ["1961-04-12T00:00:00"]
