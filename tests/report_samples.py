"""Comparisons made by hand: the dam story, an empty one, a large one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lxml import html as lxml_html
from report_story import ARTICLES, DROPPED, SENTENCES, TOPICS, row_of, span_of

from claimcheck.report.html import render_html
from claimcheck.types import (
    Article,
    Aspect,
    Cell,
    Check,
    Comparison,
    ConflictKind,
    Evidence,
    Failure,
    Finding,
    Judgement,
    Pair,
    Relation,
    Reprint,
    Role,
    Sentence,
    Solo,
    Span,
    Stance,
    TimeRelation,
    Topic,
)


def judgement(
    left: int,
    right: int,
    relation: Relation,
    probability: float,
    evidence: Sequence[tuple[Aspect, str | None, str | None, str]] = (),
) -> Judgement:
    """A judgement of two rows; evidence is given by the words it covers."""
    order = list(Relation)
    rest = (1 - probability) / 3
    probabilities = [probability if relation is other else rest for other in order]
    spans = tuple(
        Evidence(
            aspect,
            span_of(SENTENCES[left], one) if one else None,
            span_of(SENTENCES[right], two) if two else None,
            note,
        )
        for aspect, one, two, note in evidence
    )
    a, b, c, d = probabilities
    return Judgement(Pair(left, right, 0.71234567, ("dense",)), relation, (a, b, c, d), (0.1, 0.2, 0.7), spans)


def _findings() -> tuple[Finding, ...]:
    crack_old, crack_new = row_of("« Aucune"), row_of("Hydravel a reconnu")
    return (
        Finding(
            "c41f09",
            1,
            Relation.CONTRADICT,
            0.9312,
            (Aspect.NEGATION, Aspect.POSITION),
            TimeRelation.SUPERSEDED,
            ConflictKind.SAME_SPEAKER,
            "t1",
            "Hydravel niait toute fissure le 4 mars et en reconnaît une de onze mètres le 7 mars.",
            (
                judgement(
                    crack_old,
                    crack_new,
                    Relation.CONTRADICT,
                    0.9312,
                    [(Aspect.NEGATION, "Aucune fissure", "une fissure de onze mètres", "niée, puis reconnue")],
                ),
                judgement(crack_old, row_of("Hydravel a reconnu") + 4, Relation.CONTRADICT, 0.91),
                judgement(row_of("L'exploitant"), crack_new, Relation.DIVERGE, 0.61),
            ),
            1,
            crack_new,
        ),
        Finding(
            "77ab10",
            2,
            Relation.CONTRADICT,
            0.8421,
            (Aspect.NUMBER,),
            TimeRelation.SAME,
            ConflictKind.SPEAKERS,
            "t2",
            "La préfète compte 240 habitants évacués, l'agence Cormoran 410.",
            (
                judgement(
                    row_of("Selon la préfète"),
                    row_of("Les trois hameaux"),
                    Relation.CONTRADICT,
                    0.8421,
                    [(Aspect.NUMBER, "240 habitants", "410 habitants", "les intervalles ne se recouvrent pas")],
                ),
            ),
            2,
        ),
        Finding(
            "0d93e2",
            3,
            Relation.CONTRADICT,
            0.774,
            (Aspect.DATE,),
            TimeRelation.UNDATED,
            ConflictKind.SAME_SPEAKER,
            "t1",
            "Paul Meynard dit avoir été prévenu le 2 mars, puis n'avoir rien su avant le 6 mars.",
            (
                judgement(
                    row_of("Son directeur"),
                    row_of("Paul Meynard assure"),
                    Relation.CONTRADICT,
                    0.774,
                    [(Aspect.DATE, "dès le 2 mars", "que le 6 mars au soir", "")],
                ),
            ),
            2,
        ),
        Finding(
            "5be8aa",
            4,
            Relation.DIVERGE,
            0.688,
            (Aspect.INITIATOR, Aspect.ATTRIBUTION),
            TimeRelation.SAME,
            ConflictKind.OUTLETS,
            "t3",
            "L'ouverture des vannes vient de l'État pour l'un, de l'exploitant pour l'autre.",
            (
                judgement(
                    row_of("Les vannes"),
                    row_of("Hydravel opened"),
                    Relation.DIVERGE,
                    0.688,
                    [(Aspect.INITIATOR, "à la demande de l'État", "on its own initiative", "qui a décidé")],
                ),
            ),
            2,
        ),
        Finding(
            "b2207c",
            5,
            Relation.AGREE,
            0.951,
            (),
            TimeRelation.SAME,
            ConflictKind.NONE,
            "t2",
            "Les deux récits ne comptent aucun blessé.",
            (judgement(row_of("Nobody"), row_of("L'évacuation n'a"), Relation.AGREE, 0.951),),
            2,
        ),
        Finding(
            "e6150f",
            6,
            Relation.AGREE,
            0.583,
            (Aspect.MODALITY,),
            TimeRelation.SAME,
            ConflictKind.NONE,
            "t4",
            "Les deux textes annoncent six mois de travaux ; ils ont la même origine.",
            (
                replace(
                    judgement(row_of("La réparation"), row_of("Les travaux"), Relation.AGREE, 0.583), abstained=True
                ),
            ),
            1,
        ),
    )


def _matrix() -> tuple[Cell, ...]:
    asserts, denies, hedges, quotes = Stance.ASSERTS, Stance.DENIES, Stance.HEDGES, Stance.QUOTES
    cells = {
        ("t1", "a1"): (hedges, "L'exploitant", 1),
        ("t1", "a2"): (denies, "« Aucune", 2),
        ("t1", "a3"): (asserts, "Hydravel a reconnu", 3),
        ("t1", "a4"): (asserts, "Hydravel a reconnu", 1),
        ("t1", "a6"): (quotes, "Paul Meynard assure", 1),
        ("t2", "a1"): (quotes, "Selon la préfète", 1),
        ("t2", "a2"): (asserts, "Environ 250", 0),
        ("t2", "a3"): (quotes, "Les trois hameaux", 1),
        ("t2", "a5"): (asserts, "Nobody", 0),
        ("t2", "a6"): (asserts, "L'évacuation n'a", 0),
        ("t3", "a2"): (asserts, "Les vannes", 1),
        ("t3", "a5"): (quotes, "Hydravel opened", 1),
        ("t4", "a3"): (hedges, "La réparation", 0),
        ("t4", "a4"): (asserts, "Les travaux", 0),
    }
    return tuple(
        Cell(article.id, topic.id, *_cell(cells.get((topic.id, article.id))))
        for topic in TOPICS
        for article in ARTICLES
    )


def _cell(known: tuple[Stance, str, int] | None) -> tuple[Stance, int | None, int]:
    return (Stance.SILENT, None, 0) if known is None else (known[0], row_of(known[1]), known[2])


def sample() -> Comparison:
    """The comparison in French."""
    return Comparison(
        articles=ARTICLES,
        sentences=SENTENCES,
        dropped=DROPPED,
        failures=(Failure("scan.pdf", "format non pris en charge : enregistrez la page en HTML ou en texte"),),
        topics=TOPICS,
        reprints=(Reprint(row_of("Hydravel a reconnu"), row_of("Hydravel a reconnu") + 4, 1.0),),
        findings=_findings(),
        matrix=_matrix(),
        solos=(
            Solo(row_of("A union"), row_of("L'exploitant"), 0.41237),
            Solo(row_of("La ministre"), row_of("L'exploitant"), 0.38),
            Solo(row_of("Le niveau"), None, 0.0),
        ),
        settings={"pairs": {"neighbours": 10, "share": 0.25}, "report": {"language": None, "findings": 200}},
        models={
            "embedder": {"name": "sample-encoder", "revision": "0a1b2c"},
            "nli": {"name": "sample-judge", "revision": "3d4e5f"},
            "measured": {"contradictions justes (sur 100)": 84, "ECE": 0.0412345},
        },
        coverage={"articles": 6, "sentences": 19, "dropped": 5, "judged": 61},
        language="fr",
    )


def empty() -> Comparison:
    """Nothing was read."""
    return Comparison((), (), (), (), (), (), (), (), (), {}, {}, {}, "fr")


_FILLER = "le conseil régional a voté hier soir une aide de douze millions pour les communes sinistrées"


def large(findings: int, length: int = 25) -> Comparison:
    """``findings`` findings with five pairs each over ten articles of sentences of ``length`` words."""
    count = max(60, findings)
    words = _FILLER.split()
    articles, sentences = [], []
    for number in range(10):
        text = ""
        for index in range(count // 10):
            body = " ".join(words[(number + index + k) % len(words)] for k in range(length)) + f" {index}."
            sentences.append(Sentence(f"x{number}", index, len(text), len(text) + len(body), body, Role.CLAIM))
            text += body + " "
        moment = datetime(2031, 1, 1 + number, 8, 30, tzinfo=UTC)
        name = f"Gazette {number}"
        articles.append(
            Article(
                f"x{number}",
                f"x{number}.txt",
                name,
                f"Titre {number}",
                f"https://g{number}.example/",
                moment,
                "fr",
                text,
            )
        )
    pairs = [(n % count, (n + count // 10) % count) for n in range(count)]
    made = []
    for n in range(findings):
        relation = list(Relation)[n % 3]
        judged = []
        for k in range(5):
            left, right = sorted(pairs[(n + k) % count])
            evidence = (Evidence(Aspect.NUMBER, Span(3, 20), Span(5, 25), "écart"),)
            judged.append(
                Judgement(Pair(left, right, 0.5), relation, (0.25, 0.25, 0.25, 0.25), (0.3, 0.3, 0.4), evidence)
            )
        made.append(
            Finding(f"id{n}", n + 1, relation, 0.8, (Aspect.NUMBER,), TimeRelation.SAME, ConflictKind.OUTLETS, "t",
                    "Les deux récits donnent des montants différents.", tuple(judged), 2)
        )  # fmt: skip
    return replace(
        sample(),
        articles=tuple(articles),
        sentences=tuple(sentences),
        dropped=(),
        reprints=(),
        topics=(Topic("t", "Aides aux communes", ()),),
        findings=tuple(made),
        matrix=(),
        solos=tuple(Solo(row, None, 0.1) for row in range(60)),
    )


def parsed(result: Comparison | Check) -> Any:
    """The page as a browser would read it."""
    return lxml_html.document_fromstring(render_html(result))


def text_of(element: Any) -> str:
    """The text of an element, blanks folded."""
    return re.sub(r"\s+", " ", element.text_content())
