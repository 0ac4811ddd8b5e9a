"""ClaimReview (schema.org) of what reviewers confirmed: which account another one contradicts, varies or bears out.

No rating is given: claimcheck sets accounts side by side and says of none that it is true.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from claimcheck.report.links import safe_href
from claimcheck.report.sources import instant
from claimcheck.report.words import words_for
from claimcheck.review.items import Account, Item
from claimcheck.review.schema_org import validate
from claimcheck.review.verdicts import Review
from claimcheck.types import Relation


def to_claimreview(items: Mapping[str, Item], standing: Mapping[str, Review]) -> str:
    """JSON-LD with one ClaimReview for every finding that reviewers settled as more than unrelated."""
    graph = []
    for id_, item in items.items():
        review = standing.get(id_)
        relation = review.settled if review else None
        if review is not None and relation not in (None, Relation.UNRELATED):
            graph.append(_claim_review(item, review, Relation(str(relation))))
    for entry in graph:
        validate(entry)
    document = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _claim_review(item: Item, review: Review, relation: Relation) -> dict[str, Any]:
    """The earlier account is the claim; what the later one says is cited."""
    claim, other = sorted(item.accounts, key=lambda account: instant(account.article.published))
    words = words_for(claim.article.language or "fr")
    return {
        "@type": "ClaimReview",
        "identifier": item.id,
        "datePublished": max(each.at for each in review.deciders).date().isoformat(),
        "author": [{"@type": "Person", "name": each.reviewer} for each in review.deciders],
        "claimReviewed": claim.side.sentence.text,
        "itemReviewed": {
            "@type": "Claim",
            "text": claim.side.sentence.text,
            "author": _author(claim),
            "appearance": [_article(claim)],
            **_dated(claim.article.published),
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": words(f"claimreview.{relation}", outlet=other.article.outlet),
        },
        "reviewBody": " ".join([item.explanation, *(each.note for each in review.deciders if each.note)]),
        "citation": [{**_article(other), "text": other.side.sentence.text}],
        "inLanguage": words.language,
    }


def _author(account: Account) -> dict[str, Any]:
    """Whoever is quoted may be a person or a body; the outlet speaks for itself."""
    speaker = account.side.sentence.speaker
    kind = "Person" if speaker else "Organization"
    return {"@type": kind, "name": speaker or account.article.outlet}


def _article(account: Account) -> dict[str, Any]:
    article = account.article
    found: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "publisher": {"@type": "Organization", "name": article.outlet},
        **_dated(article.published),
    }
    address = safe_href(article.url)
    return {**found, "url": address} if address else found


def _dated(published: datetime | None) -> dict[str, str]:
    return {"datePublished": published.isoformat()} if published else {}
