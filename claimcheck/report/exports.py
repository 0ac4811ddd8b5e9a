"""A comparison for machines: JSON for programs, CSV for spreadsheets. Both repeat the same bytes for the same input."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from claimcheck.keys import pair_key
from claimcheck.types import (
    Article,
    Aspect,
    Cell,
    Check,
    Comparison,
    Decided,
    Dropped,
    Finding,
    Judgement,
    Omission,
    Relation,
    Sentence,
    Solo,
)

SCHEMA_VERSION = 1
_PLACES = 4
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# What a spreadsheet takes for a formula, also behind blanks, invisible characters and our own guard.
_FORMULA = re.compile(r"['\s\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\n\x00＝＋－＠]")
_SIDE_COLUMNS = ("outlet", "title", "url", "published", "speaker", "article", "start", "end", "text")
COLUMNS = (
    *("finding", "rank", "relation", "confidence", "aspects", "time_relation", "conflict_kind", "topic"),
    *("explanation", "origins", "later", "pair", "pair_relation", "abstained", "similarity"),
    *(f"p_{relation}" for relation in Relation),
    *("evidence_aspects", "evidence_notes"),
    *(f"{side}_{column}" for side in ("left", "right") for column in _SIDE_COLUMNS),
    *("decided", "decided_by", "decided_note"),
)


def to_json(result: Comparison | Check) -> str:
    """Return a whole result as JSON, keys in the documented order, measures rounded to four decimals."""
    document = _checked(result) if isinstance(result, Check) else _compared(result)
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _compared(comparison: Comparison) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "settings": _plain(comparison.settings),
        "models": _plain(comparison.models),
        "articles": [_article(article) for article in comparison.articles],
        "topics": [{"id": topic.id, "label": topic.label} for topic in comparison.topics],
        "findings": [_finding(finding, comparison) for finding in comparison.findings],
        "failures": [{"path": failure.path, "reason": failure.reason} for failure in comparison.failures],
        "coverage": dict(comparison.coverage),
        "solos": [_solo(solo, comparison) for solo in comparison.solos],
        "matrix": [_cell(cell, comparison) for cell in comparison.matrix],
        "reprints": [
            {
                "left": _place(comparison.sentences[reprint.left]),
                "right": _place(comparison.sentences[reprint.right]),
                "score": _rounded(reprint.score),
            }
            for reprint in comparison.reprints
        ],
        "dropped": [_dropped(item) for item in comparison.dropped],
        "language": comparison.language,
    }


def _checked(check: Check) -> dict[str, Any]:
    """The comparison, with the lists of the check (findings by their ids) in the place of what has none here."""
    comparison = check.comparison
    document = _compared(comparison)
    new = document.pop("solos")
    del document["matrix"]
    return {
        **document,
        "article": check.article,
        "held": check.held,
        "story": list(check.story),
        "left_out": check.left_out,
        "aside": [
            {"article": _article(item.article), "days": _rounded(item.days), "likeness": _rounded(item.likeness)}
            for item in check.aside
        ],
        "conflicts": [finding.id for finding in check.conflicts],
        "corroborated": [finding.id for finding in check.corroborated],
        "reprinted": [finding.id for finding in check.reprinted],
        "new": new,
        "missing": [_omission(item, comparison) for item in check.missing],
    }


def _omission(item: Omission, comparison: Comparison) -> dict[str, Any]:
    return {
        "claims": [_said(comparison.sentences[row]) for row in item.rows],
        "origins": item.origins,
        "nearest": _place(comparison.sentences[item.nearest]),
        "score": _rounded(item.score),
    }


def to_csv(result: Comparison | Check) -> str:
    """One row per judged pair, with a byte order mark for Excel; no cell can be taken for a formula."""
    comparison = result.comparison if isinstance(result, Check) else result
    articles = {article.id: article for article in comparison.articles}
    labels = {topic.id: topic.label for topic in comparison.topics}
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    for finding in comparison.findings:
        for number, judgement in enumerate(finding.judgements, start=1):
            row = (
                *_finding_cells(finding, labels, comparison),
                number,
                *_judgement_cells(judgement),
                *_side_cells(comparison.sentences[judgement.pair.left], articles),
                *_side_cells(comparison.sentences[judgement.pair.right], articles),
                *_decided_cells(_decided(judgement, articles, comparison)),
            )
            writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def safe_cell(text: str) -> str:
    """``text`` as a spreadsheet cell: a leading apostrophe keeps what looks like a formula from running."""
    text = _SURROGATE.sub("\ufffd", text)
    return f"'{text}" if _FORMULA.match(text) else text


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "path": article.path,
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
    }


def _finding(finding: Finding, comparison: Comparison) -> dict[str, Any]:
    later = None if finding.later is None else comparison.sentences[finding.later]
    return {
        "id": finding.id,
        "rank": finding.rank,
        "relation": finding.relation.value,
        "confidence": _rounded(finding.confidence),
        "aspects": [aspect.value for aspect in finding.aspects],
        "time_relation": finding.time_relation.value,
        "conflict_kind": finding.conflict_kind.value,
        "topic": finding.topic,
        "explanation": finding.explanation,
        "pairs": [_pair(judgement, comparison) for judgement in finding.judgements],
        "origins": finding.origins,
        "later": None if later is None else _place(later),
    }


def _pair(judgement: Judgement, comparison: Comparison) -> dict[str, Any]:
    values = zip(Relation, judgement.probabilities, strict=True)
    return {
        "left": _said(comparison.sentences[judgement.pair.left]),
        "right": _said(comparison.sentences[judgement.pair.right]),
        "relation": judgement.relation.value,
        "probabilities": {relation.value: _rounded(value) for relation, value in values},
        "decision": _decision(_decided(judgement, {each.id: each for each in comparison.articles}, comparison)),
    }


def _decided(judgement: Judgement, articles: Mapping[str, Article], comparison: Comparison) -> Decided | None:
    """What reviewers decided of a pair."""
    if not comparison.decided:
        return None
    sides = (comparison.sentences[row] for row in (judgement.pair.left, judgement.pair.right))
    return comparison.decided.get(pair_key(*((articles[each.article].outlet, each.text) for each in sides)))


def _decision(decided: Decided | None) -> dict[str, Any] | None:
    if decided is None:
        return None
    return {
        "relation": decided.relation,
        "reviewers": list(decided.reviewers),
        "at": decided.at.isoformat(),
        "note": decided.note,
    }


def _decided_cells(decided: Decided | None) -> tuple[str, str, str]:
    if decided is None:
        return "", "", ""
    return str(decided.relation or "disputed"), ", ".join(decided.reviewers), decided.note


def _place(sentence: Sentence | Dropped) -> dict[str, Any]:
    return {"article": sentence.article, "start": sentence.start, "end": sentence.end, "text": sentence.text}


def _said(sentence: Sentence) -> dict[str, Any]:
    return {**_place(sentence), "speaker": sentence.speaker}


def _solo(solo: Solo, comparison: Comparison) -> dict[str, Any]:
    nearest = None if solo.nearest is None else _place(comparison.sentences[solo.nearest])
    return {"claim": _said(comparison.sentences[solo.row]), "nearest": nearest, "score": _rounded(solo.score)}


def _cell(cell: Cell, comparison: Comparison) -> dict[str, Any]:
    sentence = None if cell.row is None else _place(comparison.sentences[cell.row])
    return {
        "article": cell.article,
        "topic": cell.topic,
        "stance": cell.stance.value,
        "sentence": sentence,
        "conflicts": cell.conflicts,
    }


def _dropped(item: Dropped) -> dict[str, Any]:
    return {**_place(item), "role": item.role.value, "reason": item.reason}


def _finding_cells(finding: Finding, labels: Mapping[str, str], comparison: Comparison) -> tuple[Any, ...]:
    return (
        finding.id,
        finding.rank,
        finding.relation.value,
        _rounded(finding.confidence),
        _joined(finding.aspects),
        finding.time_relation.value,
        finding.conflict_kind.value,
        labels.get(finding.topic, finding.topic),
        finding.explanation,
        finding.origins,
        "" if finding.later is None else comparison.sentences[finding.later].article,
    )


def _judgement_cells(judgement: Judgement) -> tuple[Any, ...]:
    return (
        judgement.relation.value,
        "yes" if judgement.abstained else "no",
        _rounded(judgement.pair.similarity),
        *(_rounded(value) for value in judgement.probabilities),
        _joined(item.aspect for item in judgement.evidence),
        "; ".join(item.note for item in judgement.evidence if item.note),
    )


def _side_cells(sentence: Sentence, articles: Mapping[str, Article]) -> tuple[Any, ...]:
    article = articles[sentence.article]
    return (
        article.outlet,
        article.title,
        article.url or "",
        article.published.isoformat() if article.published else "",
        sentence.speaker or "",
        article.id,
        sentence.start,
        sentence.end,
        sentence.text,
    )


def _joined(values: Iterable[Aspect]) -> str:
    return " ".join(str(value) for value in values)


def _rounded(value: float) -> float | None:
    """Four decimals; None for what is no finite number, which JSON cannot hold."""
    number = float(value)
    return round(number, _PLACES) + 0.0 if math.isfinite(number) else None


def _plain(value: object) -> Any:
    """Keep settings and models as given; what JSON has no type for becomes its string."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, bool | int | str) else str(value)
