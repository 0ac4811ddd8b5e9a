"""What in an article is no claim."""

from __future__ import annotations

from itertools import pairwise

import pytest
from durations import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.text.clean import blank, clean, noise_of
from claimcheck.text.headings import asserts
from claimcheck.text.roles import is_heading, is_question, is_title
from claimcheck.text.shadow import shadow
from claimcheck.types import Role

CLAIM = "Le maire a signé l'accord mardi devant deux cents habitants réunis sur la place."


def role(line: str) -> Role | None:
    """The role of a line that is noise from end to end, or of the sentence it is."""
    plain = shadow(line)
    found = clean(plain)
    if found and not blank(plain, found).strip():
        return found[-1].role
    noise = noise_of(plain)
    return noise[0] if noise else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("![Carte du front](https://img.example/a.png?x=1%20&y=2)", Role.IMAGE),
        ("2/7 Des habitants devant la mairie.", Role.IMAGE),
        ("https://journal.example/2025/article.html", Role.IMAGE),
        ("Photo : archives La Gazette", Role.CREDIT),
        ("Photo La Gazette / P. Martel", Role.CREDIT),
        ("© Agence Nord / C. Weiss", Role.CREDIT),
        ("(Crédit : Ville de Lormont)", Role.CREDIT),
        ("Image: Reuters", Role.CREDIT),
        ("La digue, mardi matin. (Photo : DR)", Role.CREDIT),
        ("Lire aussi : Qui a payé la digue ?", Role.READ_ALSO),
        ("► À lire également > Les digues en chiffres", Role.READ_ALSO),
        ("À voir : la digue vue du ciel", Role.READ_ALSO),
        ("Read also: Who paid for the dyke?", Role.READ_ALSO),
        ("► Écouter le reportage de Lise Aubin (3'12)", Role.READ_ALSO),
        ("(suite page 3)", Role.READ_ALSO),
        ("Par Lise Aubin", Role.BYLINE),
        ("By Tom Hale and Ann Reed", Role.BYLINE),
        ("Par Lise Aubin, envoyée spéciale à Lormont", Role.BYLINE),
        ("Lise Aubin", Role.BYLINE),
        ("lau/mdp/ks", Role.BYLINE),
        ("Propos recueillis par Lise Aubin", Role.BYLINE),
        ("Lise Aubin et l'agence Nord ont contribué à la rédaction de cet article.", Role.BYLINE),
        ("Additional reporting by Tom Hale in Lormont", Role.BYLINE),
        ("date 2025-03-04", Role.DATELINE),
        ("Publié le 4 mars 2025 à 10h12", Role.DATELINE),
        ("Mis à jour le 04/03/2025", Role.DATELINE),
        ("Mardi 4 mars 2025", Role.DATELINE),
        ("3 min read", Role.DATELINE),
        ("Publicité", Role.AD),
        ("72 € par jour", Role.AD),
        ("Gironde (33), Lormont 33310Studio meublé Bègles 33130", Role.AD),
        ("Vélo de ville Bègles 33130 – 40 €", Role.AD),
        ("Appartement T3 lumineux de 64 m² avec balcon", Role.AD),
        ("Abonnez-vous à notre lettre du matin.", Role.APPEAL),
        ("Soutenez une presse libre : faites un don.", Role.APPEAL),
        ("Recevez chaque soir nos titres.", Role.APPEAL),
        ("Sign up for the evening briefing.", Role.APPEAL),
        ("Support our reporting for as little as £3.", Role.APPEAL),
        ("Nous utilisons des cookies pour mesurer l'audience.", Role.APPEAL),
        ("Accueil > Région > Lormont", Role.FRAGMENT),
        ("Partager sur Facebook", Role.FRAGMENT),
        ("Facebook Twitter WhatsApp", Role.FRAGMENT),
        ("14 commentaires", Role.FRAGMENT),
        ("| Ville | Voix | % |", Role.FRAGMENT),
        ("Contact : redaction@gazette.example", Role.FRAGMENT),
    ],
)
def test_noise_is_recognised(line: str, expected: Role) -> None:
    assert role(line) is expected


@pytest.mark.parametrize(
    "line",
    [
        CLAIM,
        "Le Crédit maritime supprime deux cents postes.",
        "Par ailleurs, le préfet a suspendu le maire.",
        "« Abonnez-vous, soutenez-nous ! », a lancé le directeur du théâtre à la foule.",
        "Le photographe a été relâché lundi.",
        "Publié lundi, le rapport accuse trois ministres d'avoir menti.",
        "Les dons ont atteint 40 000 euros, selon la Croix bleue.",
        "She asked members to subscribe to the new pension scheme.",
        "La ville compte 33310 habitants.",
        "Sur les 12 soldats, 3/4 sont rentrés.",
        "La gare (33) a rouvert.",
        "Le ministre a contribué à la baisse du prix.",
    ],
)
def test_claims_are_left_alone(line: str) -> None:
    assert clean(shadow(line)) == ()
    assert noise_of(shadow(line)) is None


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (f"date 2025-03-04 {CLAIM}", CLAIM),
        (f"LORMONT, 4 mars (AFP) - {CLAIM}", CLAIM),
        (f"{CLAIM} lau/mdp/ks", CLAIM),
        (f"{CLAIM} (Photo: AFP)", None),
        (f"{CLAIM} Photo La Gazette / P. Martel {CLAIM}", f"{CLAIM} {CLAIM}"),
        (f"La digue, mardi. Photo La Gazette / P. Martel {CLAIM}", CLAIM),
        (f"{CLAIM} ![](https://img.example/b.jpg) {CLAIM}", f"{CLAIM} {CLAIM}"),
        (f"{CLAIM} (suite page 3)", CLAIM),
    ],
)
def test_noise_inside_a_line_is_cut_out(line: str, left: str | None) -> None:
    plain = shadow(line)
    assert " ".join(blank(plain, clean(plain)).split()) == (left or "")


@pytest.mark.parametrize(
    "line",
    [
        "Lormont refuse de signer l'accord",
        "L'Ostrie troque des mines contre des armes",
        "Les frontières ne bougeront pas",
        "Pas de sommet en vue",
        "Un accord direct avec Lormont, sans le Conseil de Bègles",
        "Council rejects the plan",
        "Deux villages auraient été évacués",
    ],
)
def test_headings_with_a_verb_or_a_denial_assert(line: str) -> None:
    assert asserts(line)


@pytest.mark.parametrize(
    "line",
    [
        "Les coulisses d'un accord",
        "Un marché malade, mais pas mourant",
        "Le port comme seul horizon",
        "Échanges anciens des Ostriens avec la Velmie et le Nord",
        "Deux rues plus loin",
        "Mesures de précaution",
    ],
)
def test_headings_without_a_claim_do_not_assert(line: str) -> None:
    assert not asserts(line)


@pytest.mark.parametrize(
    "sentence",
    ["Qui paiera ?", "Mais que veut Lormont?", "« Que fait-il ? »", "Qu'en sera-t-il de l'accord ?»", "Who pays?"],
)
def test_bare_questions_are_questions(sentence: str) -> None:
    assert is_question(shadow(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "« Qui paiera ? », a demandé Jeanne Roux.",
        "La ministre a demandé au conseil : « Qui paiera ? »",
        "Le maire veut signer l'accord, mais Bègles le suivra-t-il ?",
        "Personne ne sait qui paiera.",
    ],
)
def test_a_question_inside_a_statement_leaves_a_claim(sentence: str) -> None:
    assert not is_question(shadow(sentence))


def test_headings_have_no_final_stop() -> None:
    assert is_heading("Le plan secret de Lormont")
    assert is_heading("« On dort mal »")
    assert not is_heading("Le maire a signé.")
    assert not is_heading("Le maire a déclaré :")
    assert not is_heading("« On dort mal. On ne mange pas. »")
    assert not is_heading("mot " * 60)


def test_the_first_line_is_a_title_when_known_or_without_a_full_stop() -> None:
    assert is_title("EXCLUSIF. Le plan secret", "")
    assert is_title("Le maire signe.", "Le maire signe.")
    assert not is_title("Le maire signe.", "Un autre titre")


_LINES = st.lists(
    st.sampled_from(
        ["Photo : AFP", "(Photo : AFP)", "![](x)", "Le maire dit oui. ", "abc/de", "© Nord", "date 2025-01-02 ", "\n"]
    ),
    max_size=20,
).map("".join)


@given(st.one_of(_LINES, st.text(max_size=120)))
@settings(max_examples=300, deadline=None)
def test_cleaning_keeps_length_and_order(text: str) -> None:
    plain = shadow(text)
    assert len(plain) == len(text)
    assert shadow(plain) == plain
    found = clean(plain)
    assert all(part.start < part.end <= len(text) and part.reason for part in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    blanked = blank(plain, found)
    assert len(blanked) == len(text)
    assert all(blanked[part.start : part.end] == "\n" * (part.end - part.start) for part in found)


_HOSTILE = (
    "![", "![](", "<img ", "© ", "(photo ", "x (photo) ", '"', "« ", "a | ", "| ", "A ", "A.", "abc/", "Photo A/",
    " ", "\t", "À lire ", "(12), A ", "12345A", "nous utilisons ", "Par A ", "\n", "ab\n", "1", "a@", "https://",
    "pièces 3 ", "-", "l'",
)  # fmt: skip


@pytest.mark.parametrize("piece", _HOSTILE)
def test_hostile_texts_are_cleaned_in_linear_time(piece: str) -> None:
    def read(text: str) -> None:
        clean(text)
        noise_of(text)
        is_question(text + "?")
        asserts(text)

    assert_linear(read, piece * (50_000 // len(piece)))
