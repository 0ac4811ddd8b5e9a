"""Every index through the same tests; the approximate one against the exact one; the saved one against damage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.index.base import NONE, Index, Rows
from claimcheck.index.exact import ExactIndex
from claimcheck.index.faiss import FaissIndex
from claimcheck.index.saved import open_index
from claimcheck.store.base import Live

Make = Callable[[], Index]
both = pytest.mark.parametrize("make", [ExactIndex, FaissIndex])


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Two threads that wait for a busy core take ten times as long as one."""
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    yield
    faiss.omp_set_num_threads(before)


def unit(rows: Rows) -> Rows:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def clustered(count: int, dim: int, clusters: int, seed: int = 0) -> Rows:
    random = np.random.default_rng(seed)
    centres = random.standard_normal((clusters, dim), np.float32)
    rows = centres[random.integers(clusters, size=count)] + random.standard_normal((count, dim), np.float32)
    return unit(rows).astype(np.float16)


def shares(found: Rows, wanted: Rows) -> float:
    return float(np.mean([len(set(one) & set(other)) / len(other) for one, other in zip(found, wanted, strict=True)]))


def test_the_approximate_index_finds_what_the_exact_one_finds() -> None:
    rows = clustered(20_000, 64, 500)
    noise = np.random.default_rng(1).standard_normal((200, 64), np.float32)
    asked = unit(rows[::100].astype(np.float32) + 0.1 * unit(noise))
    exact, approximate = ExactIndex(), FaissIndex()
    exact.add(rows)
    approximate.add(rows[:15_000])
    approximate.add(rows[15_000:])
    wanted, _ = exact.search(asked, 20)
    found, _ = approximate.search(asked, 20)
    assert shares(found, wanted) >= 0.95
    some = np.flatnonzero(np.random.default_rng(2).random(20_000) < 0.04)  # as the articles of one month among years
    wanted, _ = exact.search(asked, 20, within=some)
    found, _ = approximate.search(asked, 20, within=some)
    assert shares(found, wanted) >= 0.95


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.integers(1, 70), st.integers(0, 2**31), st.sampled_from([np.float16, np.float32]))
def test_exact_search_is_sorting_all_products(count: int, k: int, seed: int, kind: type) -> None:
    rows: Rows = clustered(count, 8, 3, seed).astype(kind)
    asked = clustered(5, 8, 3, seed + 1)
    index = ExactIndex()
    index.add(rows[: count // 2], np.arange(count // 2))
    index.add(rows[count // 2 :])
    ids, scores = index.search(asked, k)
    products = asked.astype(np.float32) @ rows.astype(np.float32).T
    held = min(k, count)
    np.testing.assert_allclose(scores[:, :held], -np.sort(-products, axis=1)[:, :held], atol=1e-5)
    np.testing.assert_allclose(np.take_along_axis(products, ids[:, :held], axis=1), scores[:, :held], atol=1e-5)
    assert (ids[:, held:] == NONE).all()
    assert np.isneginf(scores[:, held:]).all()


def test_exact_search_is_the_same_over_many_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, asked = clustered(300, 8, 5), clustered(7, 8, 5, 1)
    whole, parts = ExactIndex(), ExactIndex()
    whole.add(rows)
    expected = whole.search(asked, 12)
    monkeypatch.setattr("claimcheck.index.exact._CHUNK_ROWS", 11)
    parts.add(rows)
    np.testing.assert_array_equal(parts.search(asked, 12)[0], expected[0])


@both
def test_an_empty_index_finds_nothing(make: Make) -> None:
    index = make()
    index.add(np.empty((0, 4), np.float16))
    ids, scores = index.search(clustered(2, 4, 1), 3)
    assert len(index) == 0
    assert len(index.ids) == 0
    assert (ids == NONE).all()
    assert np.isneginf(scores).all()


@both
def test_rows_without_ids_take_the_next_numbers(make: Make) -> None:
    index = make()
    rows = clustered(30, 8, 3)
    index.add(rows[:10])
    index.add(rows[10:20], np.arange(100, 110))
    index.add(rows[20:])
    assert index.ids.tolist() == [*range(10), *range(100, 120)]
    assert index.search(rows[25:26], 1)[0].tolist() == [[115]]


@both
def test_removed_rows_are_not_found_again(make: Make) -> None:
    index = make()
    rows = clustered(50, 8, 3)
    index.add(rows)
    index.remove(np.array([3, 4, 999]))
    assert len(index) == 48
    assert 3 not in index.search(rows[3:4], 48)[0]


@both
def test_search_within_some_ids_finds_only_those(make: Make) -> None:
    index = make()
    rows = clustered(200, 8, 3)
    index.add(rows)
    within = np.arange(50, 55)
    ids, scores = index.search(rows[:4], 10, within)
    assert {int(i) for i in ids.ravel()} == {NONE, *within.tolist()}
    assert np.isneginf(scores[ids == NONE]).all()


class Shelf:
    """A store's live sentences, one article per ten; counts the rows that are asked for."""

    def __init__(self, count: int = 400) -> None:
        self.rows = clustered(count, 16, 20)
        self.loaded = 0

    def live(self, articles: range) -> Live:
        numbers = np.array(articles, np.int64)
        tens = np.full(len(numbers), 10, np.int64)
        return Live(numbers, numbers * 10, tens, ("x",) * len(numbers), np.zeros(len(numbers), "datetime64[s]"))

    def load(self, live: Live) -> Rows:
        self.loaded += len(live)
        return self.rows[live.numbers]


def test_a_small_corpus_is_searched_exactly_and_writes_nothing(tmp_path: Path) -> None:
    shelf = Shelf()
    index = open_index(tmp_path / "i", shelf.live(range(40)), "m", shelf.load)
    assert isinstance(index, ExactIndex)
    assert not (tmp_path / "i").exists()


def opened(folder: Path, shelf: Shelf, articles: range, model: str = "m") -> Index:
    index = open_index(folder, shelf.live(articles), model, shelf.load, exact_limit=50)
    assert index.ids.tolist() == shelf.live(articles).numbers.tolist()
    found, _ = index.search(shelf.rows[index.ids], 1)
    assert (found[:, 0] == index.ids).mean() > 0.9
    return index


def test_a_saved_index_is_opened_without_loading_any_vector(tmp_path: Path) -> None:
    shelf = Shelf()
    opened(tmp_path / "i", shelf, range(30))
    assert shelf.loaded == 300
    opened(tmp_path / "i", shelf, range(30))
    assert shelf.loaded == 300


def test_new_articles_are_added_and_old_ones_forgotten_without_making_it_anew(tmp_path: Path) -> None:
    shelf = Shelf()
    opened(tmp_path / "i", shelf, range(30))
    opened(tmp_path / "i", shelf, range(5, 40))
    assert shelf.loaded == 300 + 100
    opened(tmp_path / "i", shelf, range(5, 40))
    assert shelf.loaded == 400


@pytest.mark.parametrize("name", ["rows.faiss", "index.json"])
@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "gone"])
def test_a_damaged_index_is_made_anew(tmp_path: Path, name: str, damage: str) -> None:
    shelf, folder = Shelf(), tmp_path / "i"
    opened(folder, shelf, range(30))
    file = folder / name
    content = file.read_bytes()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :]
    file.write_bytes({"cut": content[:middle], "flip": flipped}.get(damage, b""))
    if damage == "gone":
        file.unlink()
    opened(folder, shelf, range(30))
    assert shelf.loaded == 600
    opened(folder, shelf, range(30))
    assert shelf.loaded == 600


def test_an_index_of_another_model_is_made_anew(tmp_path: Path) -> None:
    shelf = Shelf()
    opened(tmp_path / "i", shelf, range(30))
    opened(tmp_path / "i", shelf, range(30), model="other")
    assert shelf.loaded == 600


def test_an_outgrown_index_is_made_anew(tmp_path: Path) -> None:
    shelf = Shelf(3_000)
    opened(tmp_path / "i", shelf, range(10))
    shelf.loaded = 0
    opened(tmp_path / "i", shelf, range(300))
    assert shelf.loaded == 2_900 + 3_000


def test_where_nothing_can_be_written_the_index_still_answers(tmp_path: Path) -> None:
    shelf = Shelf()
    (tmp_path / "i").write_text("in the way")
    opened(tmp_path / "i", shelf, range(30))
    assert (tmp_path / "i").read_text() == "in the way"


def test_nothing_half_written_stays_in_the_folder(tmp_path: Path) -> None:
    shelf = Shelf()
    opened(tmp_path / "i", shelf, range(30))
    assert sorted(path.name for path in (tmp_path / "i").iterdir()) == ["index.json", "rows.faiss"]
