import pytest
from durations import assert_linear

from claimcheck.ingest.outlets import image_host, self_named


@pytest.mark.parametrize(
    ("appeal", "name"),
    [
        ("Le Passeur est un média libre. Nous comptons sur vos dons pour vivre.", "Le Passeur"),
        (
            "Rives Libres est un journal indépendant : notre rédaction vit de ses abonnés.",
            "Rives Libres",
        ),
        ("Soutenez La Gazette des Rives : notre journalisme ne vit que de ses lecteurs.", "La Gazette des Rives"),
        ("The River Post is an independent newsroom. Support our journalism.", "The River Post"),
    ],
)
def test_outlet_names_itself_in_an_appeal(appeal: str, name: str) -> None:
    assert self_named(f"Titre\nLa mairie l'a dit.\n{appeal}\n") == name


@pytest.mark.parametrize(
    "line",
    [
        "Axelle est un média américain cité par la mairie.",
        "Soutenez Rivecourt, ont crié les manifestants.",
        "Nous comptons sur notre maire pour soutenir la presse.",
        "",
    ],
)
def test_other_names_are_no_outlet(line: str) -> None:
    assert self_named(f"Titre\nLa mairie l'a dit.\n{line}\n") is None


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.rive.example/a.jpg", "rive.example"),
        ("http://img2.rive.example:8080/a.jpg", "rive.example"),
        ("https://i0.wp.com/rive.example/up/a.png?fit=6%2C3&ssl=1", "rive.example"),
        ("https://images.weserv.nl/?url=https://www.rive.example/a.png", "rive.example"),
        ("https://www-rive-example.cdn.ampproject.org/i/s/www.rive.example/a.png", "rive.example"),
        ("https://web.archive.org/web/2025/https://rive.example/a.png", "rive.example"),
        ("https://larive.files.wordpress.com/a.png", "larive.wordpress.com"),
        ("https://pbs.twimg.com/media/a.jpg", None),
        ("https://d1x.cloudfront.net/a.jpg", None),
        ("https://scontent.xx.fbcdn.net/a.jpg", None),
        ("https://192.0.2.7/a.jpg", None),
        ("https://[broken/a.jpg", None),
    ],
)
def test_image_host_is_the_site_behind_it(address: str, site: str | None) -> None:
    assert image_host(f"Titre\n![vue]({address})\nTexte.") == site


def test_hosts_without_a_majority_name_nobody() -> None:
    first, second = "![](https://rive.example/a.jpg)", "![](https://aval.example/a.jpg)"
    assert image_host(f"{first}\n{second}") is None
    assert image_host(f"{first}\n{second}\n{first}") == "rive.example"
    assert image_host(f"{first}\n![](https://i.imgur.com/a.png)\n![](https://i.imgur.com/b.png)") == "rive.example"


@pytest.mark.parametrize("piece", ["Soutenez Aa Bb ", "Aa de ", "![a](https://a.", "![](https://i0.wp.com/a.a."])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    def read(text: str) -> None:
        self_named(f"{text}notre presse soutien"), image_host(text)

    assert_linear(read, piece * 20_000)
