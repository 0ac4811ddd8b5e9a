"""How firmly a sentence states its claim, and whether it denies."""

from __future__ import annotations

import pytest
from durations import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.text.modality import modality, negated
from claimcheck.types import Modality

FLAT, CONDITIONAL, HEDGED, FUTURE, QUESTION = (
    Modality.FLAT,
    Modality.CONDITIONAL,
    Modality.HEDGED,
    Modality.FUTURE,
    Modality.QUESTION,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le plan aurait été rédigé à Genève.", CONDITIONAL),
        ("Les deux pays seraient convenus d’une trêve.", CONDITIONAL),
        ("Il a affirmé que le maire aurait été averti.", CONDITIONAL),
        ("L'accord supprimerait les droits de douane.", CONDITIONAL),
        ("Le maire pourrait rencontrer le préfet.", HEDGED),
        ("Le sommet devrait se tenir samedi.", HEDGED),
        ("Selon certaines sources, le tireur est en fuite.", HEDGED),
        ("La trêve semble tenir.", HEDGED),
        ("Il a déclaré qu'il rencontrerait son homologue.", FUTURE),
        ("Le vote aura lieu dimanche.", FUTURE),
        ("Le maire va signer le texte.", FUTURE),
        ("Viendra-t-il à la mairie ?", QUESTION),
        ("Il préparait la réunion et respirait la santé.", FLAT),
        ("L'entreprise espérait un accord et ouvrait ses portes.", FLAT),
        ("Les environs de l'opéra sont bloqués.", FLAT),
    ],
)
def test_french_modality(text: str, expected: Modality) -> None:
    assert modality(text, "fr") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan would have been drafted at sea.", CONDITIONAL),
        ("The deal would cut duties.", CONDITIONAL),
        ("The minister might resign.", HEDGED),
        ("The suspect reportedly fled.", HEDGED),
        ("He said he would resign.", FUTURE),
        ("The vote will take place on Sunday.", FUTURE),
        ("Did he sign?", QUESTION),
        ("The vote took place in May.", FLAT),
    ],
)
def test_english_modality(text: str, expected: Modality) -> None:
    assert modality(text, "en") is expected


@pytest.mark.parametrize(
    "text",
    [
        "La mairie n'a pas signé le texte.",
        "Le port ne rouvrira jamais.",
        "Le Palais dément tout appel.",
        "Le Palais a refusé de confirmer ou d'infirmer cet appel.",
        "Elle n'a ni confirmé ni démenti l'information.",
        "« Aucune rançon n’a été versée », a assuré la ministre.",
        "Le ministre a affirmé que la ville ne paie pas.",
        "Pas d'accord en vue entre les deux villes",
        "Personne n'a été blessé.",
    ],
)
def test_french_denials(text: str) -> None:
    assert negated(text, "fr")


@pytest.mark.parametrize(
    "text",
    [
        "La mairie a signé le texte.",
        "Le Palais n'a pas démenti l'appel.",
        "Le maire n'exclut pas de démissionner.",
        "Le ministre ne parle que de paix.",
        "La majorité ne tient plus qu'à deux voix.",
        "Non seulement il a signé, il a souri.",
        "Les régions, qui ne sont pas reconnues, restent occupées.",
        "Il a noté qu'il avait parlé avec lui, mais il n'a pas précisé la date.",
        "Le refus de la ville a surpris.",
        "S'il ne signe pas, le conseil se réunit.",
    ],
)
def test_french_sentences_that_deny_nothing(text: str) -> None:
    assert not negated(text, "fr")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The town denied the call.", True),
        ("He has never met her.", True),
        ("It didn't sign.", True),
        ("He refused to confirm or deny the report.", True),
        ("The minister neither confirmed nor denied it.", True),
        ("The town did not deny the call.", False),
        ("The town did not rule out a strike.", False),
        ("Not only did he sign, he smiled.", False),
        ("He met her at noon.", False),
    ],
)
def test_english_denials(text: str, expected: bool) -> None:
    assert negated(text, "en") is expected


def test_another_language_is_read_by_both_rules() -> None:
    assert negated("Il ne signe pas.", "de")
    assert negated("He did not sign.", "de")
    assert modality("The minister might resign.", "de") is HEDGED


@settings(deadline=None)
@given(st.text(alphabet="ne pas qui, d'aurait été not «»?.’n", max_size=80), st.sampled_from(["fr", "en", "xx"]))
def test_typography_changes_nothing(text: str, language: str) -> None:
    typographic = text.replace("'", "’").replace(" ", "\u00a0")
    assert (modality(text, language), negated(text, language)) == (
        modality(typographic, language),
        negated(typographic, language),
    )


@pytest.mark.parametrize("piece", ["a", "ne ", "n'", "aurait ", ", qui ", " ", "«", "9", "si ", "n'a pas que "])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_long_texts_are_read_in_linear_time(piece: str, language: str) -> None:
    text = piece * (20_000 // len(piece)) if piece == "9" else piece * (2_000 // len(piece))
    assert_linear(lambda text: (modality(text, language), negated(text, language)), text)
