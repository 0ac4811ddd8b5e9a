"""Learning from decisions: better on held-out ones or not kept, versioned, undone, and used by the next run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import decision, relator
from newsroom import lay_down
from report_samples import sample
from review_samples import NOON, said, some_items

from claimcheck import commands
from claimcheck.errors import InputError, UsageError
from claimcheck.judgement.decide import Decision, read_decisions
from claimcheck.judgement.features import FEATURES, RELATION_FEATURES
from claimcheck.judgement.relate import Relator, Side
from claimcheck.progress import Silent
from claimcheck.report.html import render_html
from claimcheck.review.items import Item, documents
from claimcheck.review.keep import keep
from claimcheck.review.learned import current, roll_back, with_learned
from claimcheck.review.learning import (
    LEAST,
    Estimate,
    Examples,
    Lesson,
    Measured,
    document,
    examples,
    learn,
    learn_from,
    settled,
    settled_in,
)
from claimcheck.review.verdicts import reviews
from claimcheck.store import SqliteStore, open_store
from claimcheck.training import prior as prior_module
from claimcheck.training.own import LabelledPair
from claimcheck.types import Relation, Statement

SHIPPED = decision(FEATURES, {i: {name: 1.0} for i, name in enumerate(RELATION_FEATURES)})
RELATIONS = list(Relation)


def drawn(count: int, seed: int, noise: float = 0.0, spoilt: float = 0.0) -> Examples:
    """Rows in which the relation head is right, ``spoilt`` ones say contradict, and similarity knows better."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, 4, count)
    rows = random.normal(0, 0.4, (count, len(FEATURES)))
    rows[np.arange(count), labels] += 2
    fooled = (random.random(count) < spoilt) & (labels == RELATIONS.index(Relation.UNRELATED))
    rows[fooled, RELATIONS.index(Relation.CONTRADICT)] += 4
    rows[:, FEATURES.index("similarity")] = np.where(labels == RELATIONS.index(Relation.UNRELATED), -1, 1)
    wrong = random.random(count) < noise
    labels = np.where(wrong, random.integers(0, 4, count), labels)
    return Examples(rows, labels, tuple(f"{seed}-{n // 2}" for n in range(count)))


def test_three_hundred_noisy_decisions_raise_held_out_macro_f1() -> None:
    lesson = learn(drawn(300, 1, noise=0.1, spoilt=0.9), drawn(200, 2), SHIPPED)
    assert lesson.decisions == 300
    assert lesson.after.macro_f1.value > lesson.before.macro_f1.value + 0.05
    assert lesson.gain.low > 0
    assert lesson.after.ece.value < lesson.before.ece.value
    assert lesson.after.top.value >= lesson.before.top.value
    assert not lesson.is_worse
    for estimate in (lesson.before.macro_f1, lesson.after.macro_f1, lesson.after.ece, lesson.after.top):
        assert estimate.low <= estimate.value <= estimate.high


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return learn(drawn(60, 1), drawn(60, 2), SHIPPED)


@pytest.fixture
def quick(lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is learned does not matter: the same lesson every time."""
    monkeypatch.setattr("claimcheck.review.learning.learn", lambda *_, **__: lesson)


def test_learning_is_the_same_every_time(lesson: Lesson) -> None:
    assert learn(drawn(60, 1), drawn(60, 2), SHIPPED) == lesson


def test_a_lesson_that_loses_on_any_measure_is_worse(lesson: Lesson) -> None:
    def measured(macro_f1: float, ece: float, top: float = 0.5) -> Measured:
        return Measured(*(Estimate(value, 0, 1) for value in (macro_f1, ece, top)))

    usual = replace(lesson, before=measured(0.5, 0.1))
    assert not replace(usual, after=measured(0.5, 0.1)).is_worse
    assert replace(usual, after=measured(0.49, 0.01)).is_worse
    assert replace(usual, after=measured(0.6, 0.11)).is_worse
    assert not replace(usual, after=measured(0.6, 0.1, 0.4)).is_worse  # two of twenty are chance
    assert replace(usual, after=measured(0.6, 0.1, 0.35)).is_worse
    good = replace(lesson, before=measured(0.5, 0.01))
    assert not replace(good, after=measured(0.5, 0.05)).is_worse  # within the aim
    assert replace(good, after=measured(0.5, 0.06)).is_worse


# with a corpus

SUBJECTS = (
    "pont",
    "port",
    "stade",
    "canal",
    "musée",
    "marché",
    "barrage",
    "lycée",
    "tunnel",
    "phare",
    "moulin",
    "quai",
)


def told(count: int) -> list[Item]:
    """Findings that the fake judge calls agreements; where the sides name different towns, reviewers say unrelated."""
    made = []
    for n, item in enumerate(some_items(count)):
        left = f"Le {SUBJECTS[n % 12]} numéro {n} de Vaure a fermé ses portes au public lundi matin."
        right = left if n % 2 else left.replace("Vaure", "Lorme")
        accounts = tuple(
            replace(account, side=Side(replace(account.side.sentence, text=text), "", account.side.published))
            for account, text in zip(item.accounts, (left + " ", right), strict=True)
        )
        made.append(replace(item, accounts=(accounts[0], accounts[1])))
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with open_store(path, create=True) as opened:
        items = told(60)
        opened.save_findings(documents(items))
        verdicts = ("unrelated", "agree")
        opened.record(*(said(item.id, verdicts[n % 2], minute=n) for n, item in enumerate(items)))
        yield opened


def test_settled_findings_become_examples_and_shared_sentences_stay_together(store: SqliteStore) -> None:
    items = {item.id: item for item in told(60)}
    twin = next(iter(items.values()))
    items["twin"] = replace(twin, id="twin", accounts=(twin.accounts[0], list(items.values())[9].accounts[1]))
    log = [*store.decisions(), said("twin", "agree"), said(twin.id, "agree", "bob")]  # and one dispute
    found, full = examples(settled(items, reviews(log)), relator())
    assert full
    assert len(found) == 60
    assert found.rows.shape == (60, len(FEATURES))
    assert len(set(found.groups)) == 59


def test_too_few_decisions_teach_nothing(store: SqliteStore) -> None:
    items = {item.id: item for item in told(60)}
    with pytest.raises(InputError, match=f"learning needs {LEAST} of two"):
        settled(items, reviews(store.decisions()[: LEAST - 1]))
    with pytest.raises(InputError, match="60 settled findings of 1 relations"):
        settled(items, reviews(said(id_, "agree") for id_ in items))


def test_a_lesson_is_kept_with_its_version_and_measures_and_used_by_the_same_models(store: SqliteStore) -> None:
    text, is_kept = learn_from(settled_in(store), store, relator(), drawn(60, 2), force=True)
    assert is_kept
    assert "60 decisions: 30 agree, 0 diverge, 0 contradict, 30 unrelated" in text
    assert "macro-F1" in text
    assert "kept as version 1" in text
    found = current(store)
    assert found is not None
    assert found.learned is not None
    assert (found.learned["version"], found.learned["decisions"]) == (1, 60)
    assert found.measured["desk_decisions"] == 60
    used = with_learned(relator(), store, Silent())
    assert used.decisions == found


def test_with_other_models_the_shipped_decision_is_used_and_said(store: SqliteStore, quick: None) -> None:
    learn_from(settled_in(store), store, relator(), drawn(60, 2), force=True)
    plain = relator()
    other = Relator(plain.judge, plain.embedder, plain.decisions)
    other.judge.info = replace(other.judge.info, revision="9")  # type: ignore[misc]
    notes: list[str] = []

    class Listening(Silent):
        def note(self, message: str) -> None:
            notes.append(message)

    assert with_learned(other, store, Listening()).decisions == other.decisions
    assert "run claimcheck learn" in notes[0]


def test_a_worse_lesson_is_kept_only_when_forced(
    store: SqliteStore, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claimcheck.review.learning.Lesson.is_worse", True)
    text, is_kept = learn_from(settled_in(store), store, relator(), drawn(60, 2), force=False)
    assert not is_kept
    assert "kept" not in text
    assert store.learned() == ()
    assert learn_from(settled_in(store), store, relator(), drawn(60, 2), force=True)[1]
    assert len(store.learned()) == 1


def test_going_back_step_by_step(store: SqliteStore, quick: None) -> None:
    with pytest.raises(InputError, match="the shipped decision is in use"):
        roll_back(store)
    for _ in range(3):
        learn_from(settled_in(store), store, relator(), drawn(60, 2), force=True)
    assert [roll_back(store), roll_back(store)] == [2, 1]
    learn_from(settled_in(store), store, relator(), drawn(60, 2), force=True)
    assert [roll_back(store), roll_back(store)] == [3, 2]
    assert [roll_back(store), roll_back(store)] == [1, 0]
    assert current(store) is None
    with pytest.raises(InputError, match="the shipped decision is in use"):
        roll_back(store)


def test_what_is_kept_reads_back_whole(lesson: Lesson) -> None:
    shipped = relator().decisions
    found = read_decisions(document(lesson, shipped, "m@1", 7, NOON, full=True))
    assert found.full == lesson.decision
    assert (found.nli, found.conflict, found.contradiction) == (shipped.nli, shipped.conflict, shipped.contradiction)
    plain = read_decisions(document(lesson, shipped, "m@1", 7, NOON, full=False))
    assert (plain.full, plain.nli) == (shipped.full, lesson.decision)


# commands


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimcheck.models.load_relator", lambda *_, **__: relator())


Command = Callable[..., str]


def command(path: Path, data: Path | None = None, **changed: bool) -> str:
    options = {"force": True, "rollback": False, "quiet": True, **changed}
    return commands.learn_command(path, data=data, embedder=None, nli=None, download=False, **options)


def test_the_next_compare_uses_what_was_learned_and_says_so(
    store: SqliteStore,
    path: Path,
    tmp_path: Path,
    models: None,
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(prior_module, "prior", lambda *_: drawn(60, 2))
    command(path)
    assert "kept as version 1" in capsys.readouterr().out
    page = tmp_path / "report.html"
    usual: dict[str, Any] = {
        "out": page,
        "json_out": tmp_path / "r.json",
        "csv_out": None,
        "manifest": None,
        "outlet": None,
    }
    usual |= {"fail_on": None, "settings_file": None, "overrides": {}, "quiet": True}
    commands.compare_command([lay_down(tmp_path / "a")], corpus=path, **usual)
    assert "version 1, 60 decisions" in page.read_text(encoding="utf-8")
    models_said = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["models"]
    assert models_said["decision"]["learned"] == "version 1, 60 decisions"
    assert command(path, rollback=True) == f"{path}: back to the shipped decision\n"


def test_a_worse_lesson_ends_with_a_usage_error(
    store: SqliteStore,
    path: Path,
    models: None,
    quick: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(prior_module, "prior", lambda *_: drawn(60, 2))
    monkeypatch.setattr("claimcheck.review.learning.Lesson.is_worse", True)
    with pytest.raises(UsageError, match="--force keeps it"):
        command(path, force=False)
    assert "macro-F1" in capsys.readouterr().out
    assert store.learned() == ()


def test_shipped_pairs_are_read_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    (data / "pairs").mkdir(parents=True)
    (data / "splits.json").write_text("{}", encoding="utf-8")
    a, b = Statement("Le pont de Vaure est fermé."), Statement("Le pont de Vaure est pas fermé.")
    pairs = [LabelledPair(a, b, Relation.CONTRADICT, "negation", f"g{n}", "fr") for n in range(3)]
    calls: list[str] = []

    def split(root: Path, name: str, seed: int) -> list[LabelledPair]:
        calls.append(name)
        return pairs

    monkeypatch.setattr(prior_module, "split_pairs", split)
    first, second = (prior_module.prior(data, relator(), tmp_path / "cache", Silent()) for _ in range(2))
    assert calls == ["calibration"]
    assert first.groups == second.groups == ("g0", "g1", "g2")
    np.testing.assert_array_equal(first.rows, second.rows)
    (data / "pairs" / "p.jsonl").write_text("{}", encoding="utf-8")
    prior_module.prior(data, relator(), tmp_path / "cache", Silent())
    assert calls == ["calibration"] * 2
    with pytest.raises(InputError, match="give the data folder of a checkout with --data"):
        prior_module.data_folder(tmp_path / "none")


def test_a_report_names_the_learned_decision_among_its_models(store: SqliteStore) -> None:
    models = {**sample().models, "decision": {"version": 1, "learned": "version 4, 300 decisions"}}
    assert "version 4, 300 decisions" in render_html(keep(replace(sample(), models=models), store))


def test_a_decision_of_two_classes_is_no_relation_decision() -> None:
    two = Decision(("similarity",), (0.0,), (1.0,), ((1.0,), (0.0,)), (0.0, 0.0))
    assert two.probabilities([[0.0] * len(FEATURES)]).shape == (1, 2)
