"""Differences between two sentences: what counts as one, where it stands, and that order does not matter."""

from __future__ import annotations

from datetime import date

import pytest
from compare_samples import counted, dated, named, quoting, sentence
from durations import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.judgement.aspects import aspects, compatible_numbers
from claimcheck.types import Aspect, Evidence, Modality, Moment, Name, Quantity, Sentence, Span


def seen(left: Sentence, right: Sentence) -> set[Aspect]:
    return {item.aspect for item in aspects(left, right)}


def words(left: Sentence, right: Sentence, aspect: Aspect) -> tuple[str | None, str | None]:
    found = next(item for item in aspects(left, right) if item.aspect is aspect)

    def extract(side: Sentence, place: Span | None) -> str | None:
        return side.text[place.start : place.end] if place else None

    return extract(left, found.left), extract(right, found.right)


OPEN = 1e15
QUAKE = "Le séisme de Lorvane a fait {} dans la nuit."


@pytest.mark.parametrize(
    ("left", "right", "conflict"),
    [
        (("12 blessés", 12, "blessés"), ("14 blessés", 14, "blessés"), True),
        (("12 blessés", 12, "blessés"), ("12 blessés", 12, "blessés"), False),
        (("12 blessés", 12, "blessés"), ("14 morts", 14, "morts"), False),
        (("12 morts", 12, "killed"), ("14 tués", 14, "tués"), True),
        (("12 personnes", 12, "personnes"), ("14 habitants", 14, "habitants"), True),
        (("12 personnes", 12, "personnes"), ("14 morts", 14, "morts"), False),
        (("1 800 personnes", 1800, "personnes"), ("1 842 personnes", 1842, "personnes"), False),
        (("1 800 personnes", 1800, "personnes"), ("1 942 personnes", 1942, "personnes"), True),
        (("30 blessés", 30, "blessés"), ("34 blessés", 34, "blessés"), True),
    ],
)
def test_numbers_conflict_when_they_count_the_same_and_cannot_both_hold(
    left: tuple[str, float, str], right: tuple[str, float, str], conflict: bool
) -> None:
    one, other = (counted(QUAKE.format(text), text, value, head=head) for text, value, head in (left, right))
    assert (Aspect.NUMBER in seen(one, other)) is conflict
    assert compatible_numbers(one, other) is not conflict
    if conflict:
        assert words(one, other, Aspect.NUMBER) == (left[0], right[0])


def test_a_duration_inside_an_open_interval_differs_in_scope_only() -> None:
    open_ended = counted("L'entretien a duré plus d'une heure.", "plus d'une heure", 60, "minute", high=OPEN)
    exact = counted("L'entretien a duré 90 minutes.", "90 minutes", 90, "minute")
    assert compatible_numbers(open_ended, exact)
    assert seen(open_ended, exact) == {Aspect.SCOPE}


def test_a_number_that_the_other_side_repeats_is_not_held_against_a_second_one() -> None:
    rise, text = "Le bilan passe de 4 morts à 7 morts.", "La crue a fait 7 morts, selon le bilan."
    four, seven = rise.index("4 morts"), rise.index("7 morts")
    left = sentence(
        rise,
        quantities=(
            Quantity(Span(four, four + 7), 4, 4, "person", "morts", False),
            Quantity(Span(seven, seven + 7), 7, 7, "person", "morts", False),
        ),
    )
    assert compatible_numbers(left, counted(text, "7 morts", 7, head="morts"))


def test_numbers_without_a_noun_need_a_shared_subject() -> None:
    toll = counted("La facture du tunnel atteint 40 millions d'euros.", "40 millions d'euros", 4e7, "EUR")
    same = counted("Ce tunnel aura coûté 55 millions d'euros.", "55 millions d'euros", 5.5e7, "EUR")
    other = counted("Le joueur signe pour 55 millions d'euros.", "55 millions d'euros", 5.5e7, "EUR")
    assert Aspect.NUMBER in seen(toll, same)
    assert Aspect.NUMBER not in seen(toll, other)


def test_dates_conflict_when_they_are_apart_and_do_not_tell_when_something_was_said() -> None:
    june = dated("Le sommet s'ouvrira le 8 juin.", "le 8 juin", date(2031, 6, 8))
    july = dated("Le sommet s'ouvrira le 2 juillet.", "le 2 juillet", date(2031, 7, 2))
    said = dated("Le ministre a annoncé le 2 juillet ce sommet.", "le 2 juillet", date(2031, 7, 2))
    unresolved = sentence(june.text, moments=(Moment(june.moments[0].span, None, None, "day"),))
    assert words(june, july, Aspect.DATE) == ("le 8 juin", "le 2 juillet")
    assert Aspect.DATE not in seen(june, said)
    assert Aspect.DATE not in seen(unresolved, july)
    assert Aspect.DATE not in seen(june, june)


def test_names_conflict_in_the_same_slot_only() -> None:
    north = named("Le sommet à Norvik réunira dix pays.", {"Norvik": "norvik"})
    south = named("Le sommet à Sulmara réunira dix pays.", {"Sulmara": "sulmara"})
    origin = named("Dix pays préparent le sommet depuis Sulmara.", {"Sulmara": "sulmara"})
    assert words(north, south, Aspect.PLACE) == ("Norvik", "Sulmara")
    assert Aspect.PLACE not in seen(north, origin)
    one = named("Ardel a remporté la mairie.", {"Ardel": "ardel"})
    other = named("Brunet remporte la mairie.", {"Brunet": "brunet"})
    assert words(one, other, Aspect.ENTITY) == ("Ardel", "Brunet")


def test_a_negation_counts_when_the_rest_is_shared_and_shows_the_word_it_turns_round() -> None:
    plain = sentence("L'exploitant a signé l'accord sur le barrage.")
    denied = sentence("L'exploitant n'a pas signé l'accord sur le barrage.", negated=True)
    elsewhere = sentence("Le chanteur n'a jamais aimé la télévision.", negated=True)
    assert words(plain, denied, Aspect.NEGATION) == ("signé", "n'a pas signé")
    assert Aspect.NEGATION not in seen(plain, elsewhere)


@pytest.mark.parametrize("modality", [Modality.CONDITIONAL, Modality.HEDGED, Modality.FUTURE])
def test_a_flat_account_differs_from_an_unsure_one(modality: Modality) -> None:
    flat = sentence("Le pont a cédé vers midi.")
    unsure = sentence("Le pont aurait cédé vers midi.", modality=modality)
    assert words(flat, unsure, Aspect.MODALITY) == (None, "aurait")
    assert Aspect.MODALITY not in seen(unsure, unsure)


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        ("Le club accepte l'offre du conseil.", "Le club refuse l'offre du conseil.", {Aspect.ANTONYM}),
        ("Les ventes de blé augmentent.", "Les ventes de blé reculent.", {Aspect.ANTONYM}),
        ("The minister confirmed the deal.", "The minister denied the deal.", {Aspect.ANTONYM}),
        ("Le club n'a pas accepté l'offre.", "Le club refuse l'offre.", set()),
        ("Le club accepte puis refuse l'offre.", "Le club refuse l'offre.", set()),
        ("Le club accepte.", "La ville refuse.", set()),
        ("Cette réforme est un succès.", "Cette réforme est un échec.", {Aspect.EVALUATION}),
    ],
)
def test_opposite_words_count_unless_negated_or_both_said(left: str, right: str, found: set[Aspect]) -> None:
    assert seen(sentence(left), sentence(right)) == found


def test_a_quote_drifts_when_one_speaker_has_other_words() -> None:
    full = quoting("« Nous voulons des troupes européennes et non européennes », dit-il.", "Jorg Halden")
    short = quoting("« Nous voulons des troupes européennes », a dit M. Halden.", "M. Halden")
    dropped = quoting("« Nous voulons ici des troupes non européennes », a dit M. Halden.", "M. Halden")
    marks = quoting("« NOUS voulons des troupes européennes et non européennes », dit-il.", "Jorg Halden")
    other = quoting("« Nous voulons ici des troupes non européennes », dit-elle.", "Mira Sund")
    assert Aspect.QUOTE in seen(full, dropped)
    assert Aspect.QUOTE not in seen(full, short)
    assert Aspect.QUOTE not in seen(full, marks)
    assert Aspect.QUOTE not in seen(full, other)


def test_other_speakers_are_another_attribution_and_other_titles_are_not() -> None:
    one = sentence("Selon Irène Castan, la digue tiendra.", speaker="Irène Castan")
    same = sentence("La digue tiendra, dit la préfète Castan.", speaker="Mme Castan")
    other = sentence("La digue tiendra, assure Paul Meynard.", speaker="Paul Meynard")
    assert words(one, other, Aspect.ATTRIBUTION) == ("Irène Castan", "Paul Meynard")
    assert Aspect.ATTRIBUTION not in seen(one, same)


def test_causes_and_initiators_differ_when_both_are_named() -> None:
    rain = sentence("Le match est arrêté en raison de la pluie.")
    fire = sentence("Le match est arrêté à cause d'un incendie.")
    assert Aspect.CAUSE in seen(rain, fire)
    assert Aspect.CAUSE not in seen(rain, sentence("Le match est arrêté à cause de la pluie."))
    asked = sentence("Le lot est retiré à la demande de l'agence.")
    own = sentence("Le lot est retiré de sa propre initiative par l'enseigne.")
    assert words(asked, own, Aspect.INITIATOR)[1] == "de sa propre initiative"


def test_all_and_some_differ_in_scope() -> None:
    assert Aspect.SCOPE in seen(
        sentence("Tous les villages de la vallée sont évacués."),
        sentence("Certains villages de la vallée sont évacués."),
    )


TEXTS = st.sampled_from(
    [
        "Le sommet à Norvik n'a pas réuni 12 pays le 8 juin, selon Halden.",
        "Le sommet à Sulmara a réuni plus de 14 pays le 9 juin, à cause de la pluie.",
        "« Nous refusons tous ce sommet raté », a dit Halden à Norvik.",
        "« Nous acceptons certes tous ce sommet raté », dirait Sund.",
    ]
)


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    text = draw(TEXTS)
    places = st.integers(0, len(text) - 6).map(lambda start: Span(start, start + 5))
    lows = st.integers(1, 40)
    quantities = st.builds(
        lambda place, low, wide, head: Quantity(place, low, low + wide, "person", head, wide > 0),
        places, lows, st.sampled_from([0, 3, OPEN]), st.sampled_from(["", "morts", "pays", "personnes"]),
    )  # fmt: skip
    moments = st.builds(
        lambda place, day: Moment(place, date(2031, 6, day), date(2031, 6, day), "day"), places, st.integers(1, 9)
    )
    names = st.builds(Name, places, st.sampled_from(["norvik", "sulmara", "jorg halden", "halden"]))
    return sentence(
        text,
        speaker=draw(st.sampled_from([None, "Jorg Halden", "Halden", "Mira Sund"])),
        negated=draw(st.booleans()),
        modality=draw(st.sampled_from(list(Modality))),
        quotes=tuple(draw(st.lists(places.map(lambda place: Span(0, place.end)), max_size=2))),
        quantities=tuple(draw(st.lists(quantities, max_size=3))),
        moments=tuple(draw(st.lists(moments, max_size=3))),
        names=tuple(draw(st.lists(names, max_size=3))),
    )


@settings(max_examples=40, deadline=None)
@given(sentences(), sentences())
def test_swapping_the_sentences_swaps_the_spans_and_nothing_else(left: Sentence, right: Sentence) -> None:
    turned = tuple(Evidence(item.aspect, item.right, item.left, item.note) for item in aspects(right, left))
    assert aspects(left, right) == turned


@settings(max_examples=25, deadline=None)
@given(sentences())
def test_a_sentence_does_not_differ_from_itself(one: Sentence) -> None:
    assert aspects(one, one) == ()


@pytest.mark.parametrize("piece", ["ne a ", "«", "1 ", "n'", "en raison de ", "é", "a-", "ni a "])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    def read(text: str) -> None:
        aspects(sentence(f"{text}.", negated=True), sentence(f"{text}. oui", modality=Modality.HEDGED))

    assert_linear(read, (piece * 2_000)[:2_000])
