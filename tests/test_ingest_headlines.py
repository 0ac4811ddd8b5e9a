from datetime import UTC, datetime

import pytest
from durations import assert_linear

from claimcheck.ingest.headlines import front_matter, shown_address, shown_date, shown_title

DAY = datetime(2025, 2, 12, tzinfo=UTC)
TITLE = "Le pont de Rivecourt rouvre lundi"


@pytest.mark.parametrize(
    "line",
    [
        " date 2025-02-12 La mairie annonce la fin des travaux.",
        "Date: 12/02/2025",
        "12/02/2025",
        "Publié le 12 février 2025",
        "Publiée le mercredi 12 février 2025 – Mis à jour le 13 février 2025",
        "Par Jeanne Morel, publié le 12 février 2025",
        "Published on February 12, 2025",
        "**Publié le 12 février 2025**",
        "Le 12 février 2025",
    ],
)
def test_date_line_dates_the_page(line: str) -> None:
    assert shown_date(f"{TITLE}\n{line}\nLa mairie l'a dit.") == DAY


def test_date_line_with_a_time() -> None:
    assert shown_date("Publié le 12 février 2025 à 14h05") == datetime(2025, 2, 12, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "Le 12 février 2025, la mairie a promis la fin des travaux.",
        "Publié le 12 février 2025, le rapport conclut à une faute.",
        "Dans un rapport publié le 12 février 2025, la Cour accuse la mairie.",
        "La mairie l'a annoncé le 12 février 2025",
        "Publié le 12 février 2085",
        "Publié le 12 février 1925",
    ],
)
def test_sentence_with_a_date_and_impossible_dates_date_nothing(line: str) -> None:
    assert shown_date(f"{TITLE}\n{line}\n") is None


@pytest.mark.parametrize(
    "text",
    [
        TITLE,
        f"\n\n  {TITLE}  \n\nLa mairie l'a dit.",
        f"![vue du pont](https://a.example/pont.jpg)\n{TITLE}\n",
        f"12/02/2025\n{TITLE}\n",
        f"https://a.example/pont\n{TITLE}\n",
        f"date 2025-02-12 {TITLE}\nLa mairie l'a dit.",
        f"La mairie annonce la fin des travaux. Les riverains en doutent.\n\n{TITLE}\n",
        f"# {TITLE}\nLa mairie l'a dit.",
        f"**{TITLE}**\nLa mairie l'a dit.",
    ],
)
def test_title_is_the_first_line_that_can_be_one(text: str) -> None:
    assert shown_title(text) == TITLE


def test_title_of_several_sentences_stays_without_a_full_stop() -> None:
    title = "EXCLUSIF. Le pont rouvre lundi, les riverains s'inquiètent !"
    assert shown_title(f"{title}\nUne passante sur le pont\n") == title


def test_long_first_paragraph_is_cut_at_a_word() -> None:
    title = shown_title("La mairie annonce " * 60)
    assert len(title) <= 250
    assert title.endswith(" La…") or title.endswith(" mairie…") or title.endswith(" annonce…")


def test_address_line_is_the_address_of_the_page() -> None:
    assert shown_address(f"{TITLE}\nURL : https://a.example/pont\nTexte.") == "https://a.example/pont"
    assert shown_address(f"{TITLE}\nLire https://a.example/pont pour en savoir plus\n") is None


def test_front_matter_is_split_off() -> None:
    fields, rest = front_matter('---\n# note\ntitle: "Un : deux"\nurl: https://a.example\nempty:\n---\nTexte\n')
    assert fields == {"title": "Un : deux", "url": "https://a.example", "empty": ""}
    assert rest == "Texte\n"


@pytest.mark.parametrize("text", ["---\nUne phrase sans clé.\n---\nTexte", "---\ntitle: x\nTexte", "--- x", "---\n---"])
def test_rule_at_the_top_is_no_front_matter(text: str) -> None:
    assert front_matter(text) == ({}, text)


@pytest.mark.parametrize("piece", ["![", "![a](", "---\na: b\n", "12/02/2025 ", "Par x", "- ", " ", "\n", "*", "1"])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    def read(text: str) -> None:
        shown_title(text), shown_date(text), shown_address(text), front_matter(text)

    assert_linear(read, piece * 50_000)
