"""Label Studio tasks: both sentences with their context, the program's prediction, and the verdicts there are.

The labelling interface they fit has ``<Choices name="relation" toName="pair">`` with the four relations.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from claimcheck.review.items import Item
from claimcheck.review.verdicts import Review
from claimcheck.types import Relation


def to_labelstudio(items: Mapping[str, Item], standing: Mapping[str, Review]) -> str:
    """A JSON list of tasks, one per finding."""
    tasks = [_task(item, standing.get(id_)) for id_, item in items.items()]
    return json.dumps(tasks, ensure_ascii=False, indent=2) + "\n"


def _task(item: Item, review: Review | None) -> dict[str, Any]:
    data: dict[str, Any] = {"finding": item.id, "topic": item.topic}
    for name, account in zip(("left", "right"), item.accounts, strict=True):
        article = account.article
        data |= {
            name: account.side.sentence.text,
            f"{name}_before": account.before.strip(),
            f"{name}_after": account.after.strip(),
            f"{name}_outlet": article.outlet,
            f"{name}_title": article.title,
            f"{name}_published": article.published.isoformat() if article.published else None,
            f"{name}_speaker": account.side.sentence.speaker,
        }
    prediction = {
        "model_version": item.model,
        "score": round(item.confidence, 4),
        "result": _choice(item.judgement.relation),
    }
    verdicts = review.verdicts.values() if review else ()
    return {
        "data": data,
        "predictions": [prediction],
        "annotations": [{"result": _choice(verdict)} for verdict in verdicts],
    }


def _choice(relation: Relation) -> list[dict[str, Any]]:
    return [{"from_name": "relation", "to_name": "pair", "type": "choices", "value": {"choices": [relation.value]}}]
