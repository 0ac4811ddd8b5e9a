from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fakes import NegationJudge, relator

from claimcheck.scoring import NLI, read_scorable, score
from claimcheck.types import Relation

ROWS: list[dict[str, Any]] = [
    {"id": "z", "a": "Le pont de Vaure rouvre jeudi", "b": "Le pont de Vaure rouvre pas jeudi", "note": "é\u2028fin"},
    {"id": "a", "a": "Le pont de Vaure rouvre jeudi", "b": "Le pont de Vaure rouvre jeudi", "note": None},
    {"id": "m", "a": "Le pont de Vaure rouvre jeudi", "b": "Une école accueille soixante élèves", "note": [1]},
]
EXPECTED = ["contradict", "agree", "unrelated"]


def scored(path: Path) -> list[dict[str, Any]]:
    text = score(read_scorable(path), relator())
    assert text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_json_lines_keep_their_order_and_unknown_fields(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    found = scored(path)
    assert [row["relation"] for row in found] == EXPECTED
    assert [{name: row[name] for name in ROWS[0]} for row in found] == ROWS


@pytest.mark.parametrize(("name", "delimiter"), [("p.csv", ","), ("p.csv", ";"), ("p.tsv", "\t")])
def test_tables_keep_their_order_and_unknown_columns(tmp_path: Path, name: str, delimiter: str) -> None:
    lines = [["id", "a", "b", "desk"], *([row["id"], row["a"], row["b"], f"desk {i}"] for i, row in enumerate(ROWS))]
    path = tmp_path / name
    path.write_text("".join(delimiter.join(map(str, line)) + "\n" for line in lines), encoding="utf-8")
    found = scored(path)
    assert [(row["id"], row["desk"], row["relation"]) for row in found] == [
        ("z", "desk 0", "contradict"),
        ("a", "desk 1", "agree"),
        ("m", "desk 2", "unrelated"),
    ]


def test_probabilities_are_named_rounded_and_sum_to_one(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps(ROWS[0]) + "\n", encoding="utf-8")
    (row,) = scored(path)
    assert list(row["nli"]) == list(NLI)
    assert list(row["probabilities"]) == [str(relation) for relation in Relation]
    assert sum(row["nli"].values()) == pytest.approx(1, abs=1e-4)
    assert sum(row["probabilities"].values()) == pytest.approx(1, abs=1e-4)
    assert max(row["probabilities"], key=row["probabilities"].get) == row["relation"]


def test_both_orders_of_a_pair_score_the_same(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    swapped = [{"a": row["b"], "b": row["a"]} for row in ROWS]
    path.write_text("".join(json.dumps(row) + "\n" for row in [*ROWS, *swapped]), encoding="utf-8")
    found = scored(path)
    for forward, backward in zip(found[:3], found[3:], strict=True):
        assert (forward["nli"], forward["probabilities"]) == (backward["nli"], backward["probabilities"])


def test_context_date_and_speaker_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    row = {
        "a": "Il a confirmé la visite.",
        "a_context": "Le ministre Paul Remy a parlé.",
        "a_date": "2031-02-10",
        "a_speaker": "Paul Remy",
        "b": "Le ministre confirme la visite.",
    }
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    rows = read_scorable(path)
    left, right = rows[0].pair
    assert (left.published, left.speaker) == (datetime(2031, 2, 10, tzinfo=UTC), "Paul Remy")
    assert (right.context, right.published, right.speaker) == ("", None, None)
    models = relator()
    score(rows, models)
    assert isinstance(models.judge, NegationJudge)
    assert any("Le ministre Paul Remy a parlé." in first for first, _ in models.judge.seen)


def test_progress_counts_both_orders(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    steps: list[int] = []
    score(read_scorable(path), relator(), steps.append)
    assert sum(steps) == 2 * len(ROWS)
