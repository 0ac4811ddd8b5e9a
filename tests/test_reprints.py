from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from retrieval_samples import Run, numbered, runs, sentence

from claimcheck.reprints import fold, origins, reprints
from claimcheck.types import Reprint, Sentence

WIRE = (
    "Le conseil régional d'Armor a voté vendredi soir une aide de douze millions d'euros "
    "pour les pêcheurs touchés par la fermeture du port de Kerval."
)
QUOTE = "nous ne signerons rien avant la fin de l'enquête"


def pair_of(one: Sentence | str, other: Sentence | str) -> tuple[Reprint, ...]:
    made = [each if isinstance(each, Sentence) else sentence(each) for each in (one, other)]
    return reprints(made, ["Nord", "Sud"])


def test_a_copied_sentence_is_a_reprint_whatever_its_typography() -> None:
    copy = WIRE.replace("'", "’").replace(" soir", "\u00a0soir").upper()
    assert pair_of(WIRE, copy) == (Reprint(0, 1, 1.0),)


def test_a_lightly_edited_copy_is_a_reprint() -> None:
    (found,) = pair_of(WIRE, WIRE.replace("vendredi soir", "vendredi"))
    assert 0.8 <= found.score < 1


def test_a_shortened_copy_is_a_reprint() -> None:
    assert pair_of(WIRE, WIRE[: WIRE.index(" pour")] + ".")


def test_another_wording_of_the_same_fact_is_no_reprint() -> None:
    other = "Douze millions d'euros iront aux pêcheurs de Kerval, ont décidé vendredi les élus de la région Armor."
    assert pair_of(WIRE, other) == ()


def test_a_stock_phrase_is_no_reprint() -> None:
    assert pair_of("Le ministère n'a pas réagi.", "Le ministère n'a pas réagi.")  # six words, all of them the same
    assert pair_of("Une enquête est ouverte.", "Une enquête est ouverte.") == ()


def test_two_outlets_that_quote_the_same_words_are_no_reprint() -> None:
    one = sentence(f"« {QUOTE} », a lancé lundi devant la presse le patron du syndicat Solène Kerviel.", quote=QUOTE)
    other = sentence(f"Interrogée par nos soins, la dirigeante répond d'un mot : « {QUOTE} ».", quote=QUOTE)
    assert pair_of(one, other) == ()


def test_a_quotation_taken_with_its_clause_is_a_reprint() -> None:
    one = f"« {QUOTE} », a lancé lundi la patronne du syndicat."
    assert pair_of(sentence(one, quote=QUOTE), sentence(one.replace("lundi ", ""), quote=QUOTE))


def test_a_copy_within_one_outlet_is_no_reprint() -> None:
    assert reprints([sentence(WIRE), sentence(WIRE, "b")], ["Nord", "Nord"]) == ()


def test_a_reprint_and_its_origin_are_one_account() -> None:
    texts = [WIRE, "Le port de Kerval est fermé depuis mars.", WIRE, "Les élus sont partagés sur le montant."]
    outlets = ["Agence", "Agence", "Sud", "Sud"]
    found = reprints([sentence(text) for text in texts], outlets)
    agency, own, copy, other = origins([sentence(text) for text in texts], found, outlets)
    assert agency == copy
    assert len({agency, own, other}) == 3


def test_sentences_of_one_outlet_are_one_account() -> None:
    texts = ["Le pont est fermé ce soir.", "La digue tient.", "Le pont rouvre."]
    assert origins([sentence(text) for text in texts], (), ["Nord", "Nord", "Sud"]) == (0, 0, 2)


def test_origins_join_chains_of_reprints() -> None:
    sentences = [sentence(f"Phrase {row}.") for row in range(4)]
    chain = (Reprint(0, 1, 1.0), Reprint(1, 3, 0.9))
    assert origins(sentences, chain, ["A", "B", "C", "D"]) == (0, 0, 2, 0)


def test_thousands_of_copies_give_one_reprint_each() -> None:
    outlets = [f"outlet {row % 7}" for row in range(3_000)]
    sentences = [sentence(WIRE, str(row)) for row in range(3_000)]
    found = reprints(sentences, outlets)
    assert len(found) < 2 * len(sentences)
    assert set(origins(sentences, found, outlets)) == {0}


@settings(max_examples=60, deadline=None)
@given(runs(), st.randoms(use_true_random=False))
def test_reprints_cross_outlets_and_tie_the_same_rows_in_any_order(run: Run, random: object) -> None:
    sentences, _, outlets = run
    found = reprints(sentences, outlets)
    assert list(found) == sorted(found, key=lambda each: (each.left, each.right))
    assert all(each.left < each.right and outlets[each.left] != outlets[each.right] for each in found)
    assert all(0.8 <= each.score <= 1 for each in found)
    order = list(range(len(sentences)))
    random.shuffle(order)  # type: ignore[attr-defined]
    moved = [sentences[row] for row in order], [outlets[row] for row in order]
    one = origins(sentences, found, outlets)
    other = origins(moved[0], reprints(*moved), moved[1])
    assert len(set(zip((one[row] for row in order), other, strict=True))) == len(set(one)) == len(set(other))


@given(st.text())
def test_folding_keeps_words_only(text: str) -> None:
    assert all(word == word.casefold() for word in fold(text) if word.isascii())


def test_folding_ignores_case_accents_and_marks() -> None:
    assert fold("L’ÉTÉ, déjà… « Où ? »") == ("l", "ete", "deja", "ou")


def test_runs_without_words_have_no_reprint() -> None:
    assert reprints(numbered(["?!", "?!"], ["Nord", "Sud"]), ["Nord", "Sud"]) == ()
