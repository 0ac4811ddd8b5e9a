from __future__ import annotations

import random
from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from retrieval_samples import Run, numbered, runs, sentence, shuffled, units

from claimcheck import topics as module
from claimcheck.labels import labels
from claimcheck.settings import TopicSettings
from claimcheck.topics import clusters, components, topics
from claimcheck.types import Vectors

SETTINGS = TopicSettings()


def crowds(groups: int, each: int, seed: int = 3) -> tuple[Vectors, list[int]]:
    """Rows around ``groups`` far-apart centres, shuffled, and the group of each row."""
    generator = np.random.default_rng(seed)
    owners = generator.permutation(np.repeat(np.arange(groups), each))
    rows = np.eye(groups, 64)[owners] + generator.normal(scale=0.03, size=(groups * each, 64))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), owners.tolist()


def same_partition(one: list[int], other: list[int]) -> bool:
    return len(set(zip(one, other, strict=True))) == len(set(one)) == len(set(other))


@settings(max_examples=40, deadline=None)
@given(runs())
def test_topics_are_a_partition_with_unique_ids_and_labels_that_say_something(run: Run) -> None:
    sentences, vectors, _ = run
    found = topics(sentences, vectors, SETTINGS)
    assert sorted(row for topic in found for row in topic.rows) == list(range(len(sentences)))
    assert len({topic.id for topic in found}) == len(found)
    assert all(topic.label for topic in found)
    assert [len(topic.rows) for topic in found] == sorted((len(topic.rows) for topic in found), reverse=True)


@settings(max_examples=30, deadline=None)
@given(runs(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_no_topic(run: Run, generator: random.Random) -> None:
    order = list(range(len(run[0])))
    generator.shuffle(order)
    other = shuffled(run, order)
    first, second = topics(*run[:2], SETTINGS), topics(*other[:2], SETTINGS)
    one = {(topic.id, topic.label, frozenset(topic.rows)) for topic in first}
    assert one == {(topic.id, topic.label, frozenset(order[row] for row in topic.rows)) for topic in second}


def test_the_same_text_is_always_in_one_topic() -> None:
    sentences = numbered(["Le tunnel rouvre lundi."] * 2, ["Nord", "Sud"])
    assert [topic.rows for topic in topics(sentences, np.eye(2, dtype=np.float32), SETTINGS)] == [(0, 1)]


@pytest.mark.parametrize("large", [10_000, 10])
def test_crowds_are_found_by_clustering_and_by_the_graph(large: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGE", large)
    vectors, owners = crowds(12, 8)
    assert same_partition(clusters(vectors, 0.5).tolist(), owners)


def test_rows_of_zeros_and_single_rows_are_clustered() -> None:
    assert clusters(np.zeros((1, 4), np.float32), 0.5).tolist() == [0]
    assert len(set(clusters(np.zeros((3, 4), np.float32), 0.5).tolist())) == 3
    assert topics([], np.zeros((0, 4), np.float32), SETTINGS) == ()


@pytest.mark.parametrize("seed", range(20))
def test_components_are_those_of_a_breadth_first_search(seed: int) -> None:
    generator = random.Random(seed)
    count = generator.randint(1, 60)
    edges = [(generator.randrange(count), generator.randrange(count)) for _ in range(generator.randint(0, count))]
    left, right = (np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    assert same_partition(components(count, left, right).tolist(), searched(count, edges))


def searched(count: int, edges: list[tuple[int, int]]) -> list[int]:
    found = [-1] * count
    for start in range(count):
        queue = deque([start] if found[start] < 0 else [])
        while queue:
            node = queue.popleft()
            found[node] = start
            queue.extend(
                there
                for edge in edges
                for here, there in (edge, edge[::-1])
                if here == node and found[there] < 0 and there not in queue
            )
    return found


def test_a_label_holds_the_typical_terms_as_written_without_repeats() -> None:
    dam = [
        sentence("L'ingénieur Brossat accuse le barrage de Lorme.", names="Brossat"),
        sentence("Selon Brossat, les barrages étaient fissurés.", names="Brossat"),
        sentence("Le barrage était fissuré, répète Brossat.", names="Brossat"),
    ]
    strike = [sentence("La grève des ferries continue."), sentence("Les ferries sont en grève jusqu'à jeudi.")]
    first, second = labels([dam, strike])
    terms = first.split(" · ")
    assert terms[0] == "Brossat"
    assert "barrage" in terms
    assert "barrages" not in terms
    assert set(second.split(" · ")) >= {"grève", "ferries"}
    assert len(terms) <= 3


def test_a_label_has_at_most_two_names() -> None:
    texts = [("Vasseur", "Lenoir"), ("Lenoir", "Kermadec"), ("Kermadec", "Vasseur")]
    group = [
        sentence(f"{one} rencontre {other} au sommet.", names=name) for one, other in texts for name in (one, other)
    ]
    (label,) = labels([group])
    assert sum(name in label.split(" · ") for name in ("Vasseur", "Lenoir", "Kermadec")) == 2


def test_a_topic_without_words_is_labelled_by_its_text() -> None:
    assert labels([[sentence("42 % ?!")]]) == ["42 % ?!"]


def test_random_rows_do_not_end_in_one_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGE", 10)
    assert len(set(clusters(units(300, 5, 64), 0.62).tolist())) > 250
