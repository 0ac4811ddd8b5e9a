"""What leaves a desk: ClaimReview of confirmed findings only, in schema.org's terms, and Label Studio tasks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from review_samples import desk, said, some_items

from claimcheck.errors import InternalError
from claimcheck.review.formats import export
from claimcheck.review.schema_org import validate
from claimcheck.store import SqliteStore, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    ids = desk(tmp_path / "desk.db")
    with open_store(tmp_path / "desk.db") as opened:
        opened.record(
            said(ids[0], "contradict", note="vérifié"),
            said(ids[1], "unrelated"),
            said(ids[2], "agree"),
            said(ids[2], "diverge", "bob"),
            said(ids[3], "skip"),
            said(ids[4], "agree"),
        )
        yield opened


def test_only_what_reviewers_confirmed_becomes_a_claim_review(store: SqliteStore) -> None:
    document = json.loads(export(store, "claimreview"))
    items = some_items()
    assert document["@context"] == "https://schema.org"
    assert [entry["identifier"] for entry in document["@graph"]] == [items[0].id, items[4].id]
    first = document["@graph"][0]
    validate(first)
    assert first["claimReviewed"].startswith("« Aucune fissure")  # the earlier account is the claim
    assert first["itemReviewed"]["author"] == {"@type": "Person", "name": "Paul Meynard"}
    assert first["itemReviewed"]["appearance"][0]["publisher"]["name"] == "Radio Deux Vallées"
    assert first["reviewRating"] == {"@type": "Rating", "alternateName": "Contredit par Agence Cormoran"}
    assert first["citation"][0]["text"].startswith("Hydravel a reconnu")
    assert first["author"] == [{"@type": "Person", "name": "anna"}]
    assert first["datePublished"] == "2031-03-08"
    assert first["reviewBody"].endswith("vérifié")
    assert "ratingValue" not in json.dumps(document)


GOOD: dict[str, Any] = {
    "@type": "ClaimReview",
    "claimReviewed": "x",
    "itemReviewed": {"@type": "Claim", "text": "x"},
    "reviewRating": {"@type": "Rating", "alternateName": "x"},
    "author": [{"@type": "Person", "name": "x"}],
    "datePublished": "2031-03-08",
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"@type": "Opinion"}, "no type 'Opinion'"),
        ({"claimReviewed": ""}, "lacks claimReviewed"),
        ({"ratingValue": "1"}, "no property ratingValue"),
        ({"author": {"@type": "Rating"}}, "may not hold a Rating"),
        ({"datePublished": "yesterday"}, "may not hold 'yesterday'"),
        ({"url": "javascript:alert(1)"}, "may not hold 'javascript"),
        ({"claimReviewed": 7}, "may not hold 7"),
        ({"itemReviewed": {"@type": "Claim", "appearance": {"@type": "Person"}}}, "may not hold a Person"),
    ],
)
def test_what_schema_org_does_not_know_is_refused(change: dict[str, Any], said: str) -> None:
    validate(GOOD)
    with pytest.raises(InternalError, match=said):
        validate({**GOOD, **change})


def test_label_studio_gets_tasks_with_predictions_and_verdicts(store: SqliteStore) -> None:
    tasks = json.loads(export(store, "labelstudio"))
    items = some_items()
    assert [task["data"]["finding"] for task in tasks] == [item.id for item in items]
    first = tasks[0]
    assert first["data"]["left"] == items[0].accounts[0].side.sentence.text
    (prediction,) = first["predictions"]
    assert prediction["result"][0]["value"] == {"choices": ["contradict"]}
    assert prediction["score"] == pytest.approx(0.9312)
    assert prediction["model_version"] == items[0].model
    assert len(tasks[2]["annotations"]) == 2
    assert tasks[3]["annotations"] == []
