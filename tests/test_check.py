"""A new article against a corpus: its story, and the four lists."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes import relator
from newsroom import CLOSED, DAYS, NORD, STORY, WILL_CONFIRM, WILL_NOT_CONFIRM, lay_down
from report_samples import parsed

from claimcheck import corpus
from claimcheck.errors import InputError
from claimcheck.models import load_relator
from claimcheck.pipeline import check, compare
from claimcheck.report import render_html, to_csv, to_json
from claimcheck.settings import Settings, load_settings
from claimcheck.store import open_store
from claimcheck.types import Check, Comparison, Finding, Omission, Relation, TimeRelation

# The random vectors of the fake encoder put two articles of one story at about 0.7.
NEAR = {"check.topic": 0.5}
SCHOOL = STORY["est"]
REWRITTEN = "La préfecture a fermé lundi matin le pont de Vaure, après la crue."
SUD = STORY["sud"].replace(CLOSED, REWRITTEN)
ALIKE = {**NEAR, "check.alike": 0.7}
MINISTER = "La ministre des Transports viendra voir le pont de Vaure vendredi matin.\n"
WIRE = "La ministre des Transports viendra voir le pont de Vaure vendredi avec douze ingénieurs.\n"


def desk(folder: Path, texts: Mapping[str, str] = STORY, **days: str) -> Path:
    """A corpus of the articles of some outlets."""
    lay_down(folder / "held", texts)
    manifest = folder / "held" / "articles.csv"
    for name, day in days.items():
        manifest.write_text(manifest.read_text().replace(DAYS[name], day))
    with open_store(folder / "desk.db", create=True) as store:
        corpus.add([folder / "held"], store, relator().embedder)
    return folder / "desk.db"


def article(folder: Path, text: str = STORY["sud"], day: str | None = "2031-02-12", outlet: str = "Sud") -> Path:
    """A new article as a file that tells its outlet and its date."""
    path = folder / "new.md"
    date = f"date: {day}\n" if day else ""
    path.write_text(f"---\noutlet: {outlet}\n{date}---\n\n{text}", encoding="utf-8")
    return path


def run(new: Path, held: Path, overrides: Mapping[str, object] = NEAR, **options: object) -> Check:
    return check(new, held, load_settings(overrides=overrides), relator=relator(), **options)  # type: ignore[arg-type]


def told(comparison: Comparison, findings: tuple[Finding, ...]) -> set[frozenset[str]]:
    texts = [sentence.text for sentence in comparison.sentences]
    return {frozenset((texts[j.pair.left], texts[j.pair.right])) for f in findings for j in f.judgements}


def outlets(found: Check) -> list[str]:
    held = {one.id: one.outlet for one in found.comparison.articles}
    return sorted(held[id_] for id_ in found.story)


def without(name: str) -> dict[str, str]:
    return {key: text for key, text in STORY.items() if key != name}


def test_a_new_article_is_corroborated_contradicted_and_new(tmp_path: Path) -> None:
    found = run(article(tmp_path, SUD), desk(tmp_path, without("sud")))
    assert outlets(found) == ["Nord"]
    assert told(found.comparison, found.conflicts) == {frozenset((WILL_CONFIRM, WILL_NOT_CONFIRM))}
    assert found.conflicts[0].time_relation is TimeRelation.SUPERSEDED
    assert told(found.comparison, found.corroborated) == {frozenset((CLOSED, REWRITTEN))}
    assert [finding.origins for finding in found.corroborated] == [2]
    new = [found.comparison.sentences[solo.row].text for solo in found.comparison.solos]
    assert "Les commerçants de la grande rue demandent une aide de la région." in new
    assert all(solo.nearest is not None and 0 < solo.score < 1 for solo in found.comparison.solos)


def test_every_judged_pair_has_the_new_article_on_one_side(tmp_path: Path) -> None:
    held = desk(tmp_path, {"nord": STORY["nord"], "ouest": STORY["nord"].replace("douze", "quinze")})
    found = run(article(tmp_path), held)
    assert len(found.story) == 2
    sentences = found.comparison.sentences
    for finding in found.comparison.findings:
        for judgement in finding.judgements:
            sides = {sentences[judgement.pair.left].article, sentences[judgement.pair.right].article}
            assert found.article in sides
            assert len(sides) == 2


def test_nothing_is_new_before_its_nearest_sentence_in_the_story_was_judged(tmp_path: Path) -> None:
    found = run(article(tmp_path), desk(tmp_path, without("sud")), {**NEAR, "check.pairs": 1})
    new = {found.comparison.sentences[solo.row].text for solo in found.comparison.solos}
    assert new.isdisjoint({CLOSED, WILL_NOT_CONFIRM})


def test_an_article_of_another_time_is_set_aside_and_named(tmp_path: Path) -> None:
    held = desk(tmp_path, {"nord": STORY["nord"]}, nord="2031-11-19")
    found = run(article(tmp_path), held)
    assert (found.story, found.comparison.findings, found.comparison.coverage["candidates"]) == ((), (), 0)
    (aside,) = found.aside
    assert (aside.article.outlet, aside.days) == ("Nord", 280.0)
    page = render_html(found)
    assert "280 jours plus tard" in page
    assert "publié à plus de 30 jours d’écart, n’a pas été comparé" in page
    assert found.comparison.solos[0].nearest is not None  # the search went through all of the corpus


def test_a_longer_reach_compares_it(tmp_path: Path) -> None:
    held = desk(tmp_path, {"nord": STORY["nord"]}, nord="2031-11-19")
    found = run(article(tmp_path), held, {**NEAR, "check.days": 300})
    assert (outlets(found), found.aside) == (["Nord"], ())
    assert len(found.conflicts) == 1


def test_without_a_date_the_story_is_found_by_topic_alone_and_the_page_says_so(tmp_path: Path) -> None:
    found = run(article(tmp_path, day=None), desk(tmp_path, {"nord": STORY["nord"]}, nord="1999-01-01"))
    assert outlets(found) == ["Nord"]
    assert found.conflicts[0].time_relation is TimeRelation.UNDATED
    assert "sans tenir compte du temps" in render_html(found)


def test_an_article_of_another_topic_is_no_part_of_the_story(tmp_path: Path) -> None:
    found = run(article(tmp_path, SCHOOL, outlet="Ouest"), desk(tmp_path, without("est")), {"check.topic": 0.93})
    assert (found.story, found.aside, found.comparison.findings) == ((), (), ())
    assert len(found.comparison.solos) == sum(s.article == found.article for s in found.comparison.sentences) - 1
    assert "rien à comparer" in render_html(found)


def test_an_article_is_never_held_against_its_own_outlet(tmp_path: Path) -> None:
    held = desk(tmp_path, {"nord": STORY["nord"], "sud": STORY["sud"]})
    found = run(article(tmp_path), held)
    assert outlets(found) == ["Nord"]
    only = run(article(tmp_path), desk(tmp_path / "one", {"sud": STORY["sud"]}))
    assert (only.story, only.comparison.findings) == ((), ())
    assert {solo.nearest for solo in only.comparison.solos} == {None}
    assert "<html" in render_html(only)


def test_a_check_changes_nothing_in_the_corpus(tmp_path: Path) -> None:
    held = desk(tmp_path)
    before = held.read_bytes()
    run(article(tmp_path), held)
    assert held.read_bytes() == before


def test_the_corpus_is_narrowed_to_days_and_outlets(tmp_path: Path) -> None:
    texts = {"nord": STORY["nord"], "ouest": STORY["nord"].replace("douze", "quinze")}
    new, held = article(tmp_path), desk(tmp_path, texts)
    assert outlets(run(new, held, outlets=["Ouest"])) == ["Ouest"]
    assert outlets(run(new, held, since=datetime(2031, 2, 11, tzinfo=UTC))) == ["Ouest"]
    with pytest.raises(InputError, match=r"holds no article published then or of these outlets"):
        run(new, held, outlets=["Ouest-France"])


def test_the_same_text_under_another_name_is_no_corroboration(tmp_path: Path) -> None:
    found = run(article(tmp_path, WIRE * 2), desk(tmp_path, {"nord": WIRE * 2}))
    assert (found.corroborated, len(found.reprinted)) == ((), 1)
    assert "ce n’est pas une corroboration" in render_html(found)


def minister(found: Check) -> list[Omission]:
    return [item for item in found.missing if "ministre" in found.comparison.sentences[item.rows[0]].text]


def test_what_two_outlets_say_and_the_article_does_not_is_missing_with_proof(tmp_path: Path) -> None:
    other = "Vendredi matin, la ministre des Transports veut voir le pont de Vaure elle-même.\n"
    found = run(article(tmp_path), desk(tmp_path, {"nord": NORD + MINISTER, "ouest": STORY["sud"] + other}), ALIKE)
    (item,) = minister(found)
    assert (item.origins, len(item.rows)) == (2, 2)
    assert found.comparison.sentences[item.nearest].article == found.article
    assert item.score < 0.7
    assert "ministre" in parsed(found).get_element_by_id("missing").text_content()


def test_what_two_outlets_copied_from_one_source_is_not_missing(tmp_path: Path) -> None:
    held = desk(tmp_path, {"nord": NORD + MINISTER, "ouest": STORY["sud"] + MINISTER})
    assert minister(run(article(tmp_path), held, ALIKE)) == []


def test_nothing_is_missing_that_the_article_says_or_may_say(tmp_path: Path) -> None:
    texts = {"nord": STORY["nord"], "ouest": STORY["sud"]}
    found = run(article(tmp_path, STORY["nord"], outlet="Est"), desk(tmp_path, texts), ALIKE)
    said = {found.comparison.sentences[row].text for item in found.missing for row in item.rows}
    assert said.isdisjoint({CLOSED, WILL_CONFIRM, WILL_NOT_CONFIRM})


def test_an_article_without_a_sentence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no sentence that can be checked"):
        run(article(tmp_path, "Photo : AFP\n"), desk(tmp_path))


def test_a_file_of_several_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds 3 articles; check them one at a time"):
        run(lay_down(tmp_path / "several"), desk(tmp_path))


def test_outputs_are_the_same_bytes_whatever_the_order_of_the_corpus(tmp_path: Path) -> None:
    new = article(tmp_path)
    pages = []
    for number, names in enumerate((["nord", "est", "sud"], ["sud", "nord", "est"])):
        path = tmp_path / f"{number}.db"
        with open_store(path, create=True) as store:
            for name in names:
                folder = lay_down(tmp_path / "held" / name, {name: STORY[name]})
                corpus.add([folder], store, relator().embedder)
        found = run(new, path)
        pages.append((render_html(found), to_json(found), to_csv(found)))
    assert pages[0] == pages[1]


def test_the_json_holds_the_four_lists(tmp_path: Path) -> None:
    document = json.loads(to_json(run(article(tmp_path, SUD), desk(tmp_path, without("sud")))))
    known = {finding["id"]: finding for finding in document["findings"]}
    assert [known[id_]["relation"] for id_ in document["conflicts"]] == ["contradict"]
    assert [known[id_]["origins"] for id_ in document["corroborated"]] == [2]
    assert (document["reprinted"], document["missing"], document["aside"]) == ([], [], [])
    assert all(set(item) == {"claim", "nearest", "score"} for item in document["new"])
    assert document["article"] not in document["story"]


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_each_real_article_against_the_others_gives_the_relations_of_a_comparison(shared: Path, tmp_path: Path) -> None:
    """Leave one out: for every pair that both judge, the same relation with the same probabilities."""
    files, models = sorted((shared / "seeds").glob("*.txt")), load_relator()
    expected = judged(compare(files, relator=models))
    path = tmp_path / "desk.db"
    with open_store(path, create=True) as store:
        corpus.add(files, store, models.embedder)
        common = 0
        for entry in list(store.entries()):
            whole = store.load(entry.id)
            store.remove(entry.id)
            found = judged(check(whole.article, path, Settings(), relator=models).comparison)
            assert {key: found[key] for key in found.keys() & expected} == {
                key: expected[key] for key in found.keys() & expected
            }
            common += len(found.keys() & expected)
            corpus.keep(whole, store, models.embedder)
    assert common > 0.8 * len(expected)  # a check looks at fewer pairs, but a pair is met from either side


def judged(
    comparison: Comparison,
) -> dict[frozenset[tuple[str, int]], tuple[Relation, TimeRelation, tuple[float, ...]]]:
    sentences = comparison.sentences
    return {
        frozenset((sentences[row].article, sentences[row].start) for row in (item.pair.left, item.pair.right)): (
            item.relation,
            item.time_relation,
            item.probabilities,
        )
        for finding in comparison.findings
        for item in finding.judgements
    }
