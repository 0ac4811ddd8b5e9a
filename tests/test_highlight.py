"""What is marked in the two sentences of a pair."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from claimcheck.report.highlight import Mark, highlight
from claimcheck.types import Aspect, Evidence, Quantity, Role, Sentence, Span


def claim(text: str, *quantities: Quantity) -> Sentence:
    return Sentence("a", 0, 0, len(text), text, Role.CLAIM, quantities=quantities)


def marks(segments: Any) -> list[tuple[str, Mark]]:
    return [(segment.text, segment.mark) for segment in segments if segment.mark]


spans = st.none() | st.builds(Span, st.integers(-3, 60), st.integers(-3, 60))


@example("000", "", [(Span(0, -1), None)])
@given(st.text(max_size=50), st.text(max_size=50), st.lists(st.tuples(spans, spans), max_size=4))
def test_segments_joined_are_the_sentence(left: str, right: str, found: list[tuple[Span | None, Span | None]]) -> None:
    evidence = [Evidence(Aspect.OTHER, one, other) for one, other in found]
    one, other = highlight(claim(left), claim(right), evidence)
    assert "".join(segment.text for segment in one) == left
    assert "".join(segment.text for segment in other) == right


def test_words_the_other_sentence_lacks_are_marked_whatever_their_ending() -> None:
    left, right = highlight(
        claim("Les premières victimes ont été soignées à Lestrade"),
        claim("La première victime a été soignée à Morne"),
        (),
    )
    assert marks(left) == [("Lestrade", Mark.WORD)]
    assert marks(right) == [("Morne", Mark.WORD)]


def test_a_negation_is_marked_only_where_the_other_sentence_has_none() -> None:
    left, right = highlight(claim("Le pont n'est pas fermé"), claim("Le pont est fermé"), ())
    assert marks(left) == [("pas", Mark.NEGATION)]
    assert marks(right) == []
    left, _ = highlight(claim("Le pont n'est pas fermé"), claim("Le pont n'est jamais fermé"), ())
    assert marks(left) == []
    left, _ = highlight(claim("The bridge isn't closed"), claim("The bridge is closed"), ())
    assert marks(left) == [("isn't", Mark.NEGATION)]


def test_numbers_are_marked_only_where_their_intervals_part() -> None:
    def hours(text: str, low: float, high: float) -> Sentence:
        return claim(text, Quantity(Span(0, len(text)), low, high, "minute", "", False))

    compatible, _ = highlight(hours("plus d'une heure", 60, 1e9), hours("90 minutes", 90, 90), ())
    apart, _ = highlight(hours("une heure", 60, 60), hours("90 minutes", 90, 90), ())
    assert Mark.NUMBER not in {mark for _, mark in marks(compatible)}
    assert marks(apart) == [("une heure", Mark.NUMBER)]


def test_sentences_too_far_apart_are_not_underlined_word_by_word() -> None:
    left, right = highlight(claim("Le préfet quitte son poste demain"), claim("Une usine rouvre après travaux"), ())
    assert marks(left) == marks(right) == []
