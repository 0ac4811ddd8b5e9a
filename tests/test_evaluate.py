"""Tasks measured with fake models whose scores are known."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.encoders.base import Matrix
from claimcheck.errors import InputError, UsageError
from claimcheck.evaluation.evaluate import (
    Evaluation,
    Scorers,
    Task,
    best_threshold,
    evaluate,
)
from claimcheck.evaluation.rows import LabelledRow
from claimcheck.types import Statement


def row(a: str, b: str, *labels: str, score: float | None = None, line: int = 1) -> LabelledRow:
    return LabelledRow(Statement(a), Statement(b), frozenset(labels), score, "g", None, None, line, "rows.jsonl", {})


def certain(columns: Sequence[int], width: int, top: float = 0.9) -> Matrix:
    """Probabilities whose highest column is given."""
    scores = np.full((len(columns), width), (1 - top) / (width - 1), dtype=np.float32)
    scores[np.arange(len(columns)), columns] = top
    return scores


def nli(*columns: int) -> Scorers:
    return Scorers(score_nli=lambda pairs: certain(columns, 3))


def test_three_way_nli() -> None:
    rows = [row("a", "b", "entailment"), row("a", "c", "neutral"), row("a", "d", "contradiction")]
    found = evaluate(rows, Task.NLI, nli(0, 1, 1), "three")
    assert found.metrics["accuracy"] == pytest.approx(2 / 3)
    assert found.metrics["macro_f1"] == pytest.approx((1 + 2 / 3 + 0) / 3)
    assert found.metrics["ece"] == pytest.approx(0.9 - 2 / 3, abs=1e-6)
    assert (found.name, found.rows) == ("three", 3)
    assert found.predicted == ("entailment", "neutral", "neutral")


def test_nli_scores_the_pair_in_the_order_of_the_row() -> None:
    seen: list[tuple[str, str]] = []

    def score(pairs: Sequence[tuple[str, str]]) -> Matrix:
        seen.extend(pairs)
        return certain([0] * len(pairs), 3)

    evaluate([row("premise", "hypothesis", "entailment")], Task.NLI, Scorers(score_nli=score))
    assert seen == [("premise", "hypothesis")]


def test_binary_nli_merges_neutral_and_contradiction() -> None:
    # entailment is the top single label of the first row, yet less likely than the other two together
    scores = np.array([[0.4, 0.3, 0.3], [0.6, 0.2, 0.2], [0.1, 0.1, 0.8]], dtype=np.float32)
    rows = [row("a", "b", "not_entailment"), row("a", "c", "entailment"), row("a", "d", "neutral")]
    found = evaluate(rows, Task.NLI, Scorers(score_nli=lambda pairs: scores))
    assert found.metrics["accuracy"] == 1
    assert found.classification is not None
    assert found.classification.labels == ("entailment", "not_entailment")


def test_any_accepted_label_is_right_and_none_other() -> None:
    rows = [row("a", "b", "agree", "diverge"), row("a", "c", "contradict", "diverge")]
    found = evaluate(rows, Task.RELATION, Scorers(relate=lambda pairs: certain([1, 3], 4)))
    assert found.metrics["accuracy"] == 0.5
    assert found.classification is not None
    assert found.classification.confusion == ((0, 0, 0, 0), (0, 1, 0, 1), (0, 0, 0, 0), (0, 0, 0, 0))


def test_relation_is_given_the_whole_statements() -> None:
    rows = [row("a", "b", "agree")]

    def relate(pairs: Sequence[tuple[Statement, Statement]]) -> Matrix:
        assert pairs == [(rows[0].a, rows[0].b)]
        return certain([0], 4)

    assert evaluate(rows, Task.RELATION, Scorers(relate=relate)).metrics["accuracy"] == 1


def conflict(pairs: Sequence[tuple[Statement, Statement]]) -> Matrix:
    """The first text is its own probability of a conflict."""
    return np.array([float(a.text) for a, _ in pairs], dtype=np.float32)


def test_a_conflict_counts_from_the_threshold() -> None:
    rows = [row("0.4", "x", "contradiction"), row("0.3", "x", "compatible"), row("0.5", "x", "contradict")]
    for threshold, accuracy in ((0.35, 1.0), (0.45, 2 / 3), (0.6, 1 / 3), (0.0, 2 / 3)):
        found = evaluate(rows, Task.CONTRADICTION, Scorers(conflict=conflict, threshold=threshold))
        assert found.metrics["accuracy"] == pytest.approx(accuracy)
        assert found.metrics["threshold"] == threshold


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.booleans()), min_size=2, max_size=30))
def test_best_threshold_beats_every_cut(pairs: list[tuple[float, bool]]) -> None:
    probabilities = np.array([pair[0] for pair in pairs])
    positive = np.array([pair[1] for pair in pairs])
    if positive.all() or not positive.any():
        with pytest.raises(InputError):
            best_threshold(probabilities, positive)
        return

    def balanced(cut: float) -> float:
        flagged = probabilities >= cut
        return float((flagged[positive].mean() + (~flagged[~positive]).mean()) / 2)

    chosen = best_threshold(probabilities, positive)
    assert balanced(chosen.value) == pytest.approx(chosen.balanced_accuracy)
    assert chosen.balanced_accuracy == pytest.approx(max(balanced(cut) for cut in [*probabilities, 2.0]))


def unit(*angles: float) -> Matrix:
    return np.array([[np.cos(angle), np.sin(angle)] for angle in angles], dtype=np.float32)


def embed(texts: Sequence[str]) -> Matrix:
    """Every text names its own angle."""
    assert len(set(texts)) == len(texts)
    return unit(*(float(text) for text in texts))


def test_sts_is_the_rank_correlation_of_the_cosine() -> None:
    rows = [row("0", "0.1", score=5), row("0", "0.5", score=3), row("0", "1.5", score=0.5), row("0", "1", score=1)]
    assert evaluate(rows, Task.STS, Scorers(embed=embed)).metrics == {"spearman": pytest.approx(1)}
    upside_down = [row(r.a.text, r.b.text, score=-(r.score or 0)) for r in rows]
    assert evaluate(upside_down, Task.STS, Scorers(embed=embed)).metrics["spearman"] == pytest.approx(-1)


def test_retrieval_ranks_the_partner_among_all_other_texts() -> None:
    rows = [
        row("0", "0.1", "agree"),
        row("1", "1.3", "contradict"),
        row("1.1", "1.2", "unrelated"),
    ]
    # 0 and 0.1 find each other at once; for 1, the texts 1.1 and 1.2 come first; for 1.3, 1.2 and 1.1 do
    found = evaluate(rows, Task.RETRIEVAL, Scorers(embed=embed)).metrics
    assert found == {"recall@1": 0.5, "recall@5": 1, "recall@10": 1, "recall@20": 1}


def test_retrieval_counts_ties_against_us() -> None:
    rows = [row(f"{i}", f"{i}.0", "agree") for i in range(30)]
    found = evaluate(rows, Task.RETRIEVAL, Scorers(embed=lambda texts: unit(*[0.0] * len(texts)))).metrics
    assert found == {"recall@1": 0, "recall@5": 0, "recall@10": 0, "recall@20": 0}


def test_retrieval_is_the_same_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(3)
    rows = [row(f"{draw.uniform(0, 3):.4f}", f"{draw.uniform(0, 3):.4f}", "agree") for _ in range(25)]
    whole = evaluate(rows, Task.RETRIEVAL, Scorers(embed=embed)).metrics
    monkeypatch.setattr("claimcheck.evaluation.evaluate._CHUNK", 7)
    assert evaluate(rows, Task.RETRIEVAL, Scorers(embed=embed)).metrics == whole
    assert 0 < whole["recall@10"] < 1


@pytest.mark.parametrize(
    ("rows", "task", "parts"),
    [
        ([], Task.NLI, "no rows"),
        ([row("a", "b", "neutral"), row("a", "b", "agree", line=7)], Task.NLI, "rows.jsonl:7: label 'agree'"),
        ([row("a", "b", "neutral", line=3)], Task.RELATION, "rows.jsonl:3: label 'neutral'"),
        ([row("a", "b", "not_entailment", line=3)], Task.CONTRADICTION, "rows.jsonl:3: label 'not_entailment'"),
        ([row("a", "b", score=1.0, line=4)], Task.NLI, "rows.jsonl:4: a row without label"),
        ([row("a", "b", "agree", line=5)], Task.STS, "rows.jsonl:5: task sts needs"),
        ([row("a", "b", score=1.0, line=6)], Task.STS, "rows.jsonl:6: task sts needs at least two"),
        ([row("a", "b", score=1.0, line=8)], Task.RETRIEVAL, "rows.jsonl:8: task retrieval needs labels"),
        ([row("a", "b", "unrelated")], Task.RETRIEVAL, "no pair that belongs together"),
    ],
)
def test_rows_that_do_not_fit_the_task_are_refused(rows: list[LabelledRow], task: Task, parts: str) -> None:
    scorers = Scorers(nli(0).score_nli, lambda pairs: certain([0], 4), embed=embed)
    with pytest.raises(InputError) as caught:
        evaluate(rows, task, scorers)
    assert parts in str(caught.value)


@pytest.mark.parametrize("task", list(Task))
def test_missing_model_is_named(task: Task) -> None:
    label = {Task.NLI: "entailment"}.get(task, "agree")
    rows = [row("a", "b", label, score=1.0), row("a", "c", label, score=2.0)]
    with pytest.raises(UsageError, match="this task needs"):
        evaluate(rows, task, Scorers())


@pytest.fixture
def table() -> Evaluation:
    rows = [row("a", "b", "entailment"), row("a", "c", "neutral"), row("a", "d", "neutral")]
    return evaluate(rows, Task.NLI, nli(0, 1, 0), "essai")


def test_evaluation_is_plain_json(table: Evaluation) -> None:
    values = json.loads(json.dumps(table.to_dict(), allow_nan=False))
    assert values["task"] == "nli"
    assert values["metrics"]["accuracy"] == pytest.approx(2 / 3)
    assert values["classification"]["classes"]["neutral"] == {
        "precision": 1.0,
        "recall": 0.5,
        "f1": 2 / 3,
        "support": 2,
    }


def test_text_shows_figures_labels_and_confusions_in_aligned_columns(table: Evaluation) -> None:
    text = table.to_text()
    assert text.startswith("essai: nli, 3 rows\n")
    assert "0.6667" in text
    assert "contradiction" not in text  # nobody used it
    block = text.split("\n\n")[2].splitlines()
    assert [line.split() for line in block[1:]] == [["entailment", "1", "0"], ["neutral", "1", "1"]]
    assert len({len(line) for line in block}) == 1
