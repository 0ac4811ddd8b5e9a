from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from claimcheck.training.switching import switch, switch_pair

WORDS = {"the": [("le", 0.6), ("la", 0.3)], "bridge": [("pont", 0.8)], "closed": [("fermé", 0.5)]}


def test_known_words_are_replaced_and_the_rest_stays_in_place() -> None:
    found = switch("The bridge, (closed)  since 1998!", {**WORDS, "the": [("le", 0.6)]}, 1.0, random.Random(0))
    assert found == "le pont, (fermé)  since 1998!"


@given(st.text(max_size=60), st.integers(0, 9))
def test_nothing_is_replaced_without_a_share_or_a_dictionary(text: str, seed: int) -> None:
    assert switch(text, WORDS, -1.0, random.Random(seed)) == text
    assert switch(text, {}, 1.0, random.Random(seed)) == text


def test_the_share_is_about_the_share_of_words_replaced() -> None:
    found = switch("bridge " * 2_000, WORDS, 0.3, random.Random(1)).split()
    assert 0.25 < found.count("pont") / len(found) < 0.35


def test_translations_are_drawn_by_the_square_of_their_score() -> None:
    found = Counter(switch("the " * 2_000, WORDS, 1.0, random.Random(1)).split())
    assert 0.75 < found["le"] / 2_000 < 0.85  # 0.36 against 0.09


def test_the_same_draw_gives_the_same_text() -> None:
    texts = {switch("the bridge is closed " * 20, WORDS, 0.5, random.Random(7)) for _ in range(3)}
    assert len(texts) == 1


def test_pairs_are_switched_on_both_sides_on_one_or_not_at_all() -> None:
    draw = random.Random(3)
    pairs = [switch_pair(("bridge", "closed"), WORDS, switched=0.5, share=1.0, draw=draw) for _ in range(4_000)]
    shares = {pair: count / len(pairs) for pair, count in Counter(pairs).items()}
    assert set(shares) == {("bridge", "closed"), ("pont", "fermé"), ("pont", "closed"), ("bridge", "fermé")}
    assert abs(shares["bridge", "closed"] - 0.5) < 0.05
    assert abs(shares["pont", "fermé"] - 0.3) < 0.05
    assert abs(shares["pont", "closed"] - 0.1) < 0.03


def test_untouched_pairs_are_the_pairs_themselves() -> None:
    pair = ("the bridge", "closed")
    assert switch_pair(pair, WORDS, switched=-1.0, share=1.0, draw=random.Random(0)) == pair
