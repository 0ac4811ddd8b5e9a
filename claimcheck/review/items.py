"""Findings as reviewers see them: one pair with all that is needed to show it, judge it again and decide on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claimcheck.judgement.relate import Side
from claimcheck.judgement.stage import read_sides
from claimcheck.report.appendix import fingerprint, model_line
from claimcheck.report.sources import Corpus, corpus_of
from claimcheck.report.words import words_for
from claimcheck.store import Saved
from claimcheck.store.codec import dumps, notes, sentence
from claimcheck.types import (
    Article,
    Aspect,
    Comparison,
    ConflictKind,
    Evidence,
    Finding,
    Judgement,
    Pair,
    Relation,
    Span,
    TimeRelation,
)

_PLACES = 6


@dataclass(frozen=True, slots=True)
class Account:
    """One side of a kept pair: its article (without the text), what the judge read, and what is shown around it."""

    article: Article
    side: Side
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """A finding kept for review. The judgement's pair is 0 and 1: the accounts, in an order of their own."""

    id: str
    accounts: tuple[Account, Account]
    judgement: Judgement
    topic: str
    explanation: str
    origins: int
    later: int | None
    model: str
    settings: str

    @property
    def confidence(self) -> float:
        """The calibrated probability of the relation."""
        return self.judgement.probabilities[list(Relation).index(self.judgement.relation)]


def items_of(comparison: Comparison) -> tuple[Item, ...]:
    """Every finding of a comparison, by the pair it shows first."""
    corpus = corpus_of(comparison, words_for(comparison.language))
    sides = read_sides(comparison.sentences, corpus.articles)
    topics = {topic.id: topic.label for topic in comparison.topics}
    model, settings = model_line(comparison.models), fingerprint(comparison.settings)
    return tuple(
        _item(finding, corpus, sides, topics.get(finding.topic, ""), model, settings) for finding in comparison.findings
    )


def _item(finding: Finding, corpus: Corpus, sides: list[Side], topic: str, model: str, settings: str) -> Item:
    first = finding.judgements[0]
    rows = [first.pair.left, first.pair.right]
    swapped = _order(rows[1], corpus) < _order(rows[0], corpus)
    if swapped:
        rows.reverse()
    evidence = tuple(
        Evidence(each.aspect, each.right, each.left, each.note) if swapped else each for each in first.evidence
    )
    one, other = (_account(row, corpus, sides) for row in rows)
    return Item(
        id=finding.id,
        accounts=(one, other),
        judgement=Judgement(
            Pair(0, 1, first.pair.similarity),
            first.relation,
            first.probabilities,
            first.nli,
            evidence,
            first.time_relation,
            first.conflict_kind,
            first.abstained,
        ),
        topic=topic,
        explanation=finding.explanation,
        origins=finding.origins,
        later=rows.index(finding.later) if finding.later in rows else None,
        model=model,
        settings=settings,
    )


def _order(row: int, corpus: Corpus) -> tuple[str, str]:
    """Whatever order a run has its articles in, a finding is kept as the same document."""
    return corpus.articles[corpus.sentences[row].article].outlet, corpus.sentences[row].text


def _account(row: int, corpus: Corpus, sides: list[Side]) -> Account:
    article = corpus.articles[corpus.sentences[row].article]
    bare = Article(article.id, "", article.outlet, article.title, article.url, article.published, article.language, "")
    return Account(bare, sides[row], *corpus.context(row))


def documents(items: Iterable[Item]) -> dict[str, str]:
    """Items by id, as the JSON in which a corpus keeps them."""
    return {item.id: dumps(_document(item)) for item in items}


def _document(item: Item) -> dict[str, Any]:
    judgement = item.judgement
    return {
        "version": 1,
        "relation": judgement.relation.value,
        "probabilities": [round(float(value), _PLACES) for value in judgement.probabilities],
        "nli": [round(float(value), _PLACES) for value in judgement.nli],
        "similarity": round(float(judgement.pair.similarity), _PLACES),
        "abstained": judgement.abstained,
        "time_relation": judgement.time_relation.value,
        "conflict_kind": judgement.conflict_kind.value,
        "topic": item.topic,
        "explanation": item.explanation,
        "origins": item.origins,
        "later": item.later,
        "model": item.model,
        "settings": item.settings,
        "evidence": [
            {"aspect": each.aspect.value, "left": _span(each.left), "right": _span(each.right), "note": each.note}
            for each in judgement.evidence
        ],
        "sides": [_side_document(account) for account in item.accounts],
    }


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _side_document(account: Account) -> dict[str, Any]:
    article, said = account.article, account.side.sentence
    return {
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "article": article.id,
        "index": said.index,
        "start": said.start,
        "end": said.end,
        "text": said.text,
        "notes": notes(said),
        "context": account.side.context,
        "before": account.before,
        "after": account.after,
    }


def read_items(saved: Iterable[Saved]) -> dict[str, Item]:
    """The last document of every finding as an item."""
    return {each.id: _read(each.id, json.loads(each.document)) for each in saved}


def _read(id: str, values: Mapping[str, Any]) -> Item:
    one, other = (_read_account(side) for side in values["sides"])
    agree, diverge, contradict, unrelated = values["probabilities"]
    entailment, neutral, contradiction = values["nli"]
    return Item(
        id=id,
        accounts=(one, other),
        judgement=Judgement(
            Pair(0, 1, values["similarity"]),
            Relation(values["relation"]),
            (agree, diverge, contradict, unrelated),
            (entailment, neutral, contradiction),
            tuple(
                Evidence(Aspect(each["aspect"]), _read_span(each["left"]), _read_span(each["right"]), each["note"])
                for each in values["evidence"]
            ),
            TimeRelation(values["time_relation"]),
            ConflictKind(values["conflict_kind"]),
            values["abstained"],
        ),
        topic=values["topic"],
        explanation=values["explanation"],
        origins=values["origins"],
        later=values["later"],
        model=values["model"],
        settings=values["settings"],
    )


def _read_span(pair: list[int] | None) -> Span | None:
    return Span(*pair) if pair else None


def _read_account(side: Mapping[str, Any]) -> Account:
    published = datetime.fromisoformat(side["published"]) if side["published"] else None
    article = Article(side["article"], "", side["outlet"], side["title"], side["url"], published, side["language"], "")
    said = sentence(side["article"], side["index"], side["start"], side["end"], side["text"], side["notes"])
    return Account(article, Side(said, side["context"], published), side["before"], side["after"])
