from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import relator
from newsroom import CLOSED, NORD, STORY, SUD, WILL_CONFIRM, WILL_NOT_CONFIRM, lay_down

from claimcheck.errors import InputError
from claimcheck.pipeline import compare
from claimcheck.report import render_html, to_csv, to_json
from claimcheck.settings import load_settings
from claimcheck.types import Comparison, ConflictKind, Relation, TimeRelation


def run(*paths: Path) -> Comparison:
    return compare(paths, relator=relator())


def outputs(comparison: Comparison) -> tuple[str, str, str]:
    return render_html(comparison), to_json(comparison), to_csv(comparison)


def told(comparison: Comparison) -> set[tuple[Relation, frozenset[str]]]:
    """Every reported pair as its relation and its two texts."""
    texts = [sentence.text for sentence in comparison.sentences]
    return {
        (finding.relation, frozenset((texts[item.pair.left], texts[item.pair.right])))
        for finding in comparison.findings
        for item in finding.judgements
    }


def test_the_story_gives_one_contradiction_and_one_agreement(tmp_path: Path) -> None:
    found = run(lay_down(tmp_path))
    assert told(found) == {
        (Relation.CONTRADICT, frozenset((WILL_CONFIRM, WILL_NOT_CONFIRM))),
        (Relation.AGREE, frozenset((CLOSED,))),
    }
    first = found.findings[0]
    assert (first.rank, first.relation, first.conflict_kind) == (1, Relation.CONTRADICT, ConflictKind.OUTLETS)
    assert first.time_relation is TimeRelation.SUPERSEDED
    assert first.later is not None
    assert found.sentences[first.later].text == WILL_NOT_CONFIRM


def test_coverage_counts_what_was_read_and_judged(tmp_path: Path) -> None:
    found = run(lay_down(tmp_path))
    counts = found.coverage
    assert (counts["articles"], counts["outlets"]) == (3, 3)
    assert counts["sentences"] == len(found.sentences)
    assert counts["dropped"] == len(found.dropped)
    by_article = [sum(s.article == article.id for s in found.sentences) for article in found.articles]
    pairs = sum(a * b for i, a in enumerate(by_article) for b in by_article[i + 1 :])
    assert counts["cross_pairs"] == pairs
    assert 2 <= counts["judged"] <= counts["candidates"] <= pairs


def test_every_sentence_stands_in_its_article(tmp_path: Path) -> None:
    found = run(lay_down(tmp_path))
    texts = {article.id: article.text for article in found.articles}
    assert found.sentences
    assert all(texts[s.article][s.start : s.end] == s.text for s in found.sentences)


def test_outputs_are_the_same_bytes_in_every_run_and_input_order(tmp_path: Path) -> None:
    folder = lay_down(tmp_path)
    files = sorted(folder.iterdir())
    expected = outputs(run(folder))
    assert outputs(run(folder)) == expected
    assert outputs(run(*files)) == expected
    assert outputs(run(*reversed(files))) == expected
    assert outputs(run(folder, *files)) == expected


def test_an_output_names_its_models_settings_and_error(tmp_path: Path) -> None:
    settings = load_settings(overrides={"pairs.neighbours": 3})
    found = compare([lay_down(tmp_path)], settings, relator=relator())
    assert found.settings["fingerprint"] == settings.fingerprint()
    assert found.models["nli"] == {"name": "negation", "revision": "0"}
    assert found.models["measured"] == {"pairs": 3}
    assert settings.fingerprint() in render_html(found)


def test_one_outlet_gives_an_empty_report(tmp_path: Path) -> None:
    folder = lay_down(tmp_path, {"nord": NORD, "sud": SUD}, {"nord": "Le Phare", "sud": "Le Phare"})
    found = run(folder)
    assert (found.findings, found.coverage["outlets"], found.coverage["candidates"]) == ((), 1, 0)
    assert "<html" in render_html(found)


def test_one_sentence_is_enough_for_a_report(tmp_path: Path) -> None:
    (tmp_path / "seul.txt").write_text("Le pont de Vaure est fermé depuis lundi.\n", encoding="utf-8")
    found = run(tmp_path)
    assert (found.coverage["articles"], found.findings) == (1, ())
    assert json.loads(to_json(found))["findings"] == []


def test_an_article_without_claims_leaves_the_others_compared(tmp_path: Path) -> None:
    found = run(lay_down(tmp_path, {**STORY, "vide": "Photo : AFP\n"}))
    assert len(told(found)) == 2


def test_one_broken_article_of_ten_is_listed_and_the_others_are_compared(tmp_path: Path) -> None:
    whole = {f"journal{i}": f"{NORD}Le journal numéro {i} suit cette affaire de près.\n" for i in range(9)}
    folder = lay_down(tmp_path, whole)
    (folder / "broken.html").write_bytes(b"\x00\x01\x02\xff\xfe" * 100)
    found = run(folder)
    assert found.coverage["articles"] == 9
    (failure,) = found.failures
    assert failure.path.endswith("broken.html")
    assert "broken.html" in render_html(found)
    assert found.findings


@pytest.mark.parametrize("content", [b"", b"\n\n", bytes(range(256)) * 8])
def test_nothing_readable_is_an_input_error_with_its_reason(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "one.txt").write_bytes(content)
    with pytest.raises(InputError, match=r"no article could be read \(.*one\.txt"):
        run(tmp_path)


@pytest.mark.slow
def test_thousands_of_copies_of_a_sentence_are_compared_within_the_limits(tmp_path: Path) -> None:
    text = "Titre du jour\n" + "Le pont de Vaure est fermé depuis lundi matin.\n" * 1_000
    folder = lay_down(tmp_path, {"nord": text, "sud": text})
    settings = load_settings(overrides={"pairs.limit": 500})
    found = compare([folder], settings, relator=relator())
    assert found.coverage["candidates"] <= 500
    assert {finding.relation for finding in found.findings} == {Relation.AGREE}


@pytest.mark.shared
def test_real_articles_give_the_same_bytes_in_any_order(shared: Path) -> None:
    files = sorted((shared / "seeds").glob("*.txt"))[:2]
    expected = outputs(run(*files))
    assert outputs(run(*reversed(files))) == expected
