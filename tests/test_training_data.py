from __future__ import annotations

import json
import lzma
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claimcheck.evaluation.datasets import read_pairs
from claimcheck.types import Relation, Statement

ROOT = Path(__file__).resolve().parents[1]
LABELS = ("entailment", "neutral", "contradiction")


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def premise(text: str, language: str, *hypotheses: tuple[str, str]) -> dict[str, Any]:
    told = [{"t": f"{text} {i}", "label": label, "lang": lang} for i, (label, lang) in enumerate(hypotheses)]
    return {"premise": text, "lang": language, "genre": "test", "h": told}


def test_every_hypothesis_is_an_example_and_only_english_pairs_may_be_switched(tmp_path: Path) -> None:
    from claimcheck.training.own import inference

    rows = [
        premise("Le pont est fermé.", "fr", ("neutral", "fr"), ("entailment", "en")),
        premise("The bridge is open.", "en", ("contradiction", "en")),
    ]
    write_rows(tmp_path / "n1.jsonl", rows)
    found = [(row.premise, row.hypothesis, row.label, row.switchable) for row in inference(tmp_path)]
    assert found == [
        ("Le pont est fermé.", "Le pont est fermé. 0", 1, False),
        ("Le pont est fermé.", "Le pont est fermé. 1", 0, False),
        ("The bridge is open.", "The bridge is open. 0", 2, True),
    ]


def test_negations_of_a_tokenised_set_are_read_as_they_are_written_elsewhere(tmp_path: Path) -> None:
    from claimcheck.training.corpora import _NLI_SETS, nli

    row = {"premise": "It ca n't be , he said n't .", "hypothesis": "Nat is n'tables.", "label": "neutral"}
    for name, _, _ in _NLI_SETS:
        path = tmp_path / f"nli/{name}.jsonl.xz"
        path.parent.mkdir(exist_ok=True)
        with lzma.open(path, "wt", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")
    found = {(example.premise, example.hypothesis) for example in nli(tmp_path, 1)}
    assert found == {("It can't be , he saidn't .", "Nat is n'tables.")}


def test_our_examples_are_whole_and_balanced() -> None:
    for path in sorted((ROOT / "data/nli").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            row = json.loads(line)
            labels = sorted(hypothesis["label"] for hypothesis in row["h"])
            assert labels == sorted(LABELS * 2), f"{path.name} line {number}"
            assert {row["lang"], *(hypothesis["lang"] for hypothesis in row["h"])} <= {"fr", "en"}


def test_a_story_gives_its_listed_pairs_with_their_votes_its_labelled_proposals_and_all_others(tmp_path: Path) -> None:
    from claimcheck.training.own import read_story

    texts = {
        "a.txt": ["Le barrage a cédé mardi soir.", "Le maire parle d'un accident."],
        "b.txt": ["Aucun barrage n'a cédé.", "La préfecture a ouvert un gymnase."],
    }
    for name, sentences in texts.items():
        (tmp_path / name).write_text("\n".join(["Crue", *sentences]) + "\n", encoding="utf-8")
    (dam, mayor), (denial, _) = ([{"file": name, "text": text} for text in rows] for name, rows in texts.items())
    listed = {"a": dam, "b": denial, "label": "contradict", "aspect": "negation", "superseded": False, "strength": 3}
    write_rows(tmp_path / "pairs.jsonl", [{**listed, "votes": ["diverge", "contradict"]}])
    write_rows(tmp_path / "candidates.jsonl", [{"a": mayor, "b": denial, "label": "unrelated"}])
    story = read_story(tmp_path)
    (pair,), (proposed,) = story.labelled, story.candidates
    assert (pair.relation, pair.settled()) == (Relation.CONTRADICT, Relation.CONTRADICT)
    assert replace(pair, votes=(pair.relation, Relation.DIVERGE, Relation.DIVERGE)).settled() == Relation.DIVERGE
    assert replace(pair, votes=(pair.relation, Relation.DIVERGE)).settled() == Relation.CONTRADICT
    assert pair.shares() == {Relation.CONTRADICT: pytest.approx(2 / 3), Relation.DIVERGE: pytest.approx(1 / 3)}
    assert (proposed.a.text, proposed.relation) == (mayor["text"], Relation.UNRELATED)
    known = {frozenset((dam["text"], denial["text"])), frozenset((mayor["text"], denial["text"]))}
    others = {frozenset((other.a.text, other.b.text)) for other in story.unlisted}
    assert others
    assert not others & known


def test_our_fact_checks_are_balanced_and_no_pair_comes_twice() -> None:
    rows = read_pairs(ROOT / "data/factchecks")
    share = sum("contradiction" in row.labels for row in rows) / len(rows)
    assert all(row.labels in ({"contradiction"}, {"compatible"}) for row in rows)
    assert 0.45 <= share <= 0.55
    assert len({frozenset((row.a.text, row.b.text)) for row in rows}) == len(rows)
    assert {row.language for row in rows} == {"fr", "en", "mixed"}


@pytest.fixture
def event() -> Callable[..., Any]:
    from claimcheck.training.own import LabelledPair

    def make(text: str, relation: Relation, group: str = "e") -> LabelledPair:
        return LabelledPair(Statement("claim"), Statement(text), relation, "none", group, "fr")

    return make


def test_what_agrees_with_the_claim_relates_to_the_other_answers_as_the_claim_does(event: Callable[..., Any]) -> None:
    from claimcheck.training.relation import derived

    answers = [
        event("same", Relation.AGREE),
        event("no", Relation.CONTRADICT),
        event("again", Relation.AGREE),
        event("other", Relation.UNRELATED),
    ]
    found = {(pair.a.text, pair.b.text, str(pair.relation)) for pair in derived(answers)}
    assert found == {
        ("same", "no", "contradict"),
        ("same", "again", "agree"),
        ("same", "other", "unrelated"),
        ("again", "no", "contradict"),
        ("again", "other", "unrelated"),
    }


def test_answers_of_different_events_are_never_paired(event: Callable[..., Any]) -> None:
    from claimcheck.training.relation import derived

    assert derived([event("one", Relation.AGREE, "e"), event("two", Relation.AGREE, "f")]) == []


def test_bfloat16_is_for_hardware_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from claimcheck.training import loop

    monkeypatch.setattr(loop, "device", lambda: torch.device("cuda"))
    assert loop.fast_bf16()


@pytest.mark.slow
def test_training_can_start_from_shipped_models(tmp_path: Path) -> None:
    import torch
    from tiny_models import encoder

    from claimcheck.training import adopt
    from claimcheck.training.judge import load_judge, save_judge

    models, data, work = tmp_path / "models", tmp_path / "data", tmp_path / "work"
    encoder(models / "encoder")
    shipped = load_judge(models / "encoder")
    save_judge(shipped.half(), models / "judge")
    (data / "parallel").mkdir(parents=True)
    for name, line in (("europarl", "the bridge\tle pont\n"), ("small", "tatoeba\tthe bridge\tle pont\n")):
        with lzma.open(data / f"parallel/{name}.en-fr.tsv.xz", "wt", encoding="utf-8") as file:
            file.write(line * 3)
    adopt.run(data, models, work, {"switch_dice": 0.1}, 1, lambda _: None)
    again = load_judge(work / "judge")
    assert again.relation.weight.dtype == torch.float32
    assert torch.equal(again.relation.weight, shipped.relation.weight.float())
    assert {"bridge", "the"} <= set(json.loads((work / "vocabulary/dictionary.json").read_text(encoding="utf-8")))
    assert (work / "distil/model.safetensors").exists()
    assert (work / "distil/tokenizer.json").exists()
