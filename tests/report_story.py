"""Six invented articles of five invented outlets about an invented dam."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from claimcheck.types import Article, Dropped, Modality, Quantity, Role, Sentence, Span, Topic

PARIS = timezone(timedelta(hours=1))

# (id, outlet, title, url, published, language, sentences); a text that starts with "~" is left aside.
_ARTICLES: tuple[tuple[str, str, str, str | None, datetime | None, str, tuple[str, ...]], ...] = (
    (
        "a1",
        "Le Courrier de Valombre",
        "Barrage de Valombre : la préfecture ordonne l'évacuation",
        "https://courrier-valombre.example/2031/barrage?id=12&edition=soir",
        datetime(2031, 3, 4, 18, 30, tzinfo=PARIS),
        "fr",
        (
            "La préfecture a ordonné mardi l'évacuation de trois hameaux situés sous le barrage de Valombre.",
            "Selon la préfète Irène Castan, 240 habitants ont été mis à l'abri dans le gymnase de Lestrade.",
            "L'exploitant Hydravel n'a ni confirmé ni démenti l'existence d'une fissure dans la voûte.",
            "~![vue du barrage](https://images.example/barrage.jpg)",
            "Le niveau du lac aurait dépassé de quatre mètres la cote d'alerte dans la nuit.",
            "~Soutenez une presse libre : abonnez-vous dès 1 € par mois.",
        ),
    ),
    (
        "a2",
        "Radio Deux Vallées",
        "« Aucune fissure », assure Hydravel",
        "https://radio2vallees.example/fil/valombre",
        datetime(2031, 3, 4, 21, 5, tzinfo=PARIS),
        "fr",
        (
            "« Aucune fissure n'a été relevée », affirme le directeur d'Hydravel, Paul Meynard.",
            "Environ 250 personnes ont quitté leur domicile, d'après les secours.",
            "Les vannes ont été ouvertes à la demande de l'État.",
            "~Publicité : vérandas sur mesure, devis gratuit.",
        ),
    ),
    (
        "a3",
        "Agence Cormoran",
        "Valombre : une fissure de onze mètres confirmée par l'exploitant",
        "https://cormoran.example/depeche/7781",
        datetime(2031, 3, 7, 7, 40, tzinfo=UTC),
        "fr",
        (
            "Hydravel a reconnu vendredi qu'une fissure de onze mètres traverse la voûte du barrage.",
            "Son directeur, Paul Meynard, dit avoir été prévenu dès le 2 mars.",
            "Les trois hameaux évacués comptaient 410 habitants, selon la préfecture.",
            "La réparation devrait durer six mois et coûter 38 millions d'euros.",
        ),
    ),
    (
        "a4",
        "Le Grand Écho",
        "Barrage fissuré : Hydravel avoue",
        "https://grand-echo.example/valombre-aveu",
        datetime(2031, 3, 7, 9, 15, tzinfo=PARIS),
        "fr",
        (
            "Hydravel a reconnu vendredi qu'une fissure de onze mètres traverse la voûte du barrage.",
            "Les travaux dureront six mois, précise le groupe.",
            "La ministre de l'Énergie juge la communication de l'exploitant « gravement insuffisante ».",
            "~Lire aussi : dix barrages sous surveillance.",
        ),
    ),
    (
        "a5",
        "Northern Courier",
        "Dam operator opened the gates on its own, villagers say",
        "https://northern-courier.example/valombre",
        datetime(2031, 3, 8),
        "en",
        (
            "Hydravel opened the gates on its own initiative, hours before any request from the state, villagers say.",
            "Nobody was injured in the evacuation of the three hamlets.",
            "A union had warned about the state of the vault in 2029.",
        ),
    ),
    (
        "a6",
        "Radio Deux Vallées",
        "Valombre, retour sur trois jours de confusion",
        None,
        None,
        "fr",
        (
            "Paul Meynard assure n'avoir appris l'existence de la fissure que le 6 mars au soir.",
            "L'évacuation n'a fait aucun blessé.",
        ),
    ),
)


def _built() -> tuple[tuple[Article, ...], tuple[Sentence, ...], tuple[Dropped, ...]]:
    articles, sentences, dropped = [], [], []
    for identifier, outlet, title, url, published, language, parts in _ARTICLES:
        text, index = "", 0
        for part in parts:
            body = part.removeprefix("~")
            start = len(text)
            text += body + "\n"
            if part == body:
                sentences.append(Sentence(identifier, index, start, start + len(body), body, Role.CLAIM))
                index += 1
            else:
                role = Role.IMAGE if body.startswith("!") else Role.AD
                dropped.append(Dropped(identifier, start, start + len(body), body, role, "bloc hors article"))
        articles.append(Article(identifier, f"{identifier}.txt", outlet, title, url, published, language, text))
    return tuple(articles), tuple(sentences), tuple(dropped)


ARTICLES, _PLAIN, DROPPED = _built()


def row_of(start: str) -> int:
    """The row of the first sentence that begins with ``start``."""
    return next(row for row, sentence in enumerate(_PLAIN) if sentence.text.startswith(start))


def _annotated() -> tuple[Sentence, ...]:
    rows = list(_PLAIN)
    speakers = {
        "Selon la préfète": "Irène Castan",
        "« Aucune": "Paul Meynard",
        "Son directeur": "Paul Meynard",
        "Paul Meynard assure": "Paul Meynard",
        "Les trois hameaux": "la préfecture",
        "Hydravel opened": "villagers",
    }
    for start, speaker in speakers.items():
        rows[row_of(start)] = replace(rows[row_of(start)], speaker=speaker)
    conditional = row_of("Le niveau du lac")
    rows[conditional] = replace(rows[conditional], modality=Modality.CONDITIONAL)
    for start, extract, low, high in (
        ("Selon la préfète", "240 habitants", 240, 240),
        ("Environ 250", "Environ 250 personnes", 225, 275),
        ("Les trois hameaux", "410 habitants", 410, 410),
    ):
        row = row_of(start)
        quantity = Quantity(span_of(rows[row], extract), low, high, "person", "habitants", extract[0] == "E")
        rows[row] = replace(rows[row], quantities=(quantity,))
    return tuple(rows)


def span_of(sentence: Sentence, extract: str) -> Span:
    """The span of ``extract`` in a sentence."""
    start = sentence.text.index(extract)
    return Span(start, start + len(extract))


SENTENCES = _annotated()


TOPICS = (
    Topic("t4", "Durée et coût des travaux", ()),
    Topic("t1", "Existence de la fissure", ()),
    Topic("t2", "Habitants évacués et blessés", ()),
    Topic("t3", "Qui a fait ouvrir les vannes", ()),
)
