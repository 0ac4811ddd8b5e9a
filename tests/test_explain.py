"""The one sentence that explains a finding: right about who, what and when, short, in good typography."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from compare_samples import EARLY, counted, judged, sentence, span
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.explain import Account, explain
from claimcheck.types import Aspect, Evidence, Modality, Relation, TimeRelation

CONTRADICT = Relation.CONTRADICT
TWELVE = counted("L'accident du tunnel a fait 12 blessés lundi.", "12 blessés", 12, head="blessés")
FOURTEEN = counted("Le tunnel compte désormais 14 blessés.", "14 blessés", 14, head="blessés")
TOLL = Evidence(Aspect.NUMBER, TWELVE.quantities[0].span, FOURTEEN.quantities[0].span)
EARLIER = Account("Le Phare", EARLY, TWELVE)
LATER = Account("Agence Sud", EARLY + timedelta(hours=3), FOURTEEN)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("’", "'")


def test_two_numbers_stand_side_by_side_with_the_time_between() -> None:
    said = explain(EARLIER, LATER, judged(0, 1, CONTRADICT, evidence=[TOLL]), "fr")
    assert said == "Le Phare\u00a0: 12 blessés\u00a0; Agence Sud\u00a0: 14 blessés, trois heures plus tard."
    said = explain(EARLIER, LATER, judged(0, 1, CONTRADICT, evidence=[TOLL]), "en")
    assert said == "Le Phare: 12 blessés; Agence Sud: 14 blessés, three hours later."


def test_the_earlier_account_comes_first_whatever_the_side() -> None:
    turned = Evidence(TOLL.aspect, TOLL.right, TOLL.left)
    one = explain(EARLIER, LATER, judged(0, 1, CONTRADICT, evidence=[TOLL]), "fr")
    other = explain(LATER, EARLIER, judged(0, 1, CONTRADICT, evidence=[turned]), "fr")
    assert one == other


def test_an_overtaken_account_shows_both_dates_and_speakers() -> None:
    silent = sentence("Hier, le palais n'a ni confirmé ni démenti l'appel.", speaker="le palais", negated=True)
    told = sentence("Le porte-parole Arno Feld a décrit l'appel en détail.", speaker="Arno Feld")
    evidence = Evidence(Aspect.NEGATION, span(silent.text, "n'a ni confirmé ni démenti"), None)
    case = judged(0, 1, CONTRADICT, evidence=[evidence], time=TimeRelation.SUPERSEDED)
    said = explain(Account("L'Écho", EARLY, silent), Account("AP", EARLY + timedelta(days=3), told), case, "fr")
    assert plain(said) == (
        "L'Écho (2 mai, le palais) : « Hier, le palais n'a ni confirmé ni démenti l'appel » ; "
        "AP (5 mai, Arno Feld), plus tard : « Le porte-parole Arno Feld a décrit l'appel en détail »."
    )


@pytest.mark.parametrize(("hours", "gap"), [(1, "une heure"), (26, "26 heures"), (50, "deux jours"), (300, "12 jours")])
def test_the_gap_is_told_in_hours_or_days(hours: int, gap: str) -> None:
    later = replace(LATER, published=EARLY + timedelta(hours=hours))
    assert f", {gap} plus tard." in explain(EARLIER, later, judged(0, 1, CONTRADICT, evidence=[TOLL]), "fr")


def test_without_dates_no_gap_is_told() -> None:
    said = explain(replace(EARLIER, published=None), LATER, judged(0, 1, CONTRADICT, evidence=[TOLL]), "fr")
    assert "plus tard" not in said
    assert said.startswith("Agence Sud")


def test_certainty_and_agreement_have_their_own_words() -> None:
    sure, unsure = sentence("Le pont a cédé."), sentence("Le pont aurait cédé.", modality=Modality.CONDITIONAL)
    case = judged(0, 1, Relation.DIVERGE, evidence=[Evidence(Aspect.MODALITY, None, None)])
    said = explain(Account("A", None, sure), Account("B", None, unsure), case, "fr")
    assert plain(said) == "A l'affirme ; B l'écrit au conditionnel."
    one = sentence("Selon Castan, oui.", speaker="Castan")
    said = explain(Account("A", None, one), Account("B", None, one), judged(0, 1, Relation.AGREE), "fr")
    assert plain(said) == "A et B citent tous deux Castan : « Selon Castan, oui »."


def test_without_evidence_the_words_that_meet_are_quoted() -> None:
    one = sentence("Hier soir encore, après de longues heures d'attente devant la grille, la digue de Lorvane a tenu.")
    other = sentence("La digue de Lorvane a « cédé ».")
    said = explain(Account("A", None, one), Account("B", None, other), judged(0, 1, Relation.DIVERGE), "fr")
    assert plain(said) == (
        "A : « …longues heures d'attente devant la grille, la digue de Lorvane… » ; B : « La digue de Lorvane a cédé »."
    )


def test_a_difference_in_degree_that_is_not_seen_is_told_in_general() -> None:
    case = judged(0, 1, Relation.DIVERGE, evidence=[Evidence(Aspect.MODALITY, None, None)])
    one, other = sentence("La mer monte."), sentence("Le port gèle.")
    said = explain(Account("A", None, one), Account("B", None, other), case, "fr")
    assert plain(said) == "A et B divergent sur le degré de certitude."


TEXT = st.text(st.sampled_from("aé 1'’«».,…\u00a0xYZ-"), min_size=1, max_size=160)


@given(TEXT, TEXT, st.sampled_from(list(Relation)), st.sampled_from([None, *Aspect]), st.data())
def test_any_text_gives_one_bounded_sentence(
    left: str, right: str, relation: Relation, aspect: Aspect | None, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(left) - 1))
    place = span(left, left[start : data.draw(st.integers(start + 1, len(left)))])
    evidence = [Evidence(aspect, place, None)] if aspect else []
    one, other = Account("A", EARLY, sentence(left)), Account("B", EARLY + timedelta(hours=5), sentence(right))
    for language in ("fr", "en"):
        said = explain(one, other, judged(0, 1, relation, evidence=evidence), language)
        assert said.endswith(".")
        assert "{" not in said
        assert len(said.split()) <= 20 + 20
        assert len(said) <= 400
