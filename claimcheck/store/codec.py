"""What was read in a sentence as JSON and back, every value kept exactly."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from claimcheck.types import Modality, Moment, Name, Quantity, Role, Sentence, Span


def notes(sentence: Sentence) -> dict[str, Any]:
    """All that a sentence holds besides its place and its text, for JSON."""
    return {
        "role": sentence.role.value,
        "speaker": sentence.speaker,
        "quotes": [_pair(span) for span in sentence.quotes],
        "negated": sentence.negated,
        "modality": sentence.modality.value,
        "quantities": [_quantity(quantity) for quantity in sentence.quantities],
        "moments": [_moment(moment) for moment in sentence.moments],
        "names": [{"span": _pair(name.span), "key": name.key} for name in sentence.names],
    }


def sentence(article: str, index: int, start: int, end: int, text: str, noted: Mapping[str, Any]) -> Sentence:
    """The sentence of which ``noted`` are the notes."""
    return Sentence(
        article=article,
        index=index,
        start=start,
        end=end,
        text=text,
        role=Role(noted["role"]),
        speaker=noted["speaker"],
        quotes=tuple(Span(*pair) for pair in noted["quotes"]),
        negated=noted["negated"],
        modality=Modality(noted["modality"]),
        quantities=tuple(_read_quantity(each) for each in noted["quantities"]),
        moments=tuple(_read_moment(each) for each in noted["moments"]),
        names=tuple(Name(Span(*each["span"]), each["key"]) for each in noted["names"]),
    )


def dumps(value: Any) -> str:
    """Compact JSON in ASCII: a lone surrogate in a file name must not stop a database that wants UTF-8."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "span": _pair(quantity.span),
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "unit": quantity.unit,
        "head": quantity.head,
        "approximate": quantity.approximate,
    }


def _read_quantity(each: Mapping[str, Any]) -> Quantity:
    low, high = float(each["low"]), float(each["high"])
    return Quantity(Span(*each["span"]), low, high, each["unit"], each["head"], each["approximate"])


def _number(value: float) -> float | str:
    """JSON has no infinity: an open interval ends in the string "inf"."""
    return value if math.isfinite(value) else str(value)


def _moment(moment: Moment) -> dict[str, Any]:
    return {
        "span": _pair(moment.span),
        "first": moment.first.isoformat() if moment.first else None,
        "last": moment.last.isoformat() if moment.last else None,
        "kind": moment.kind,
    }


def _read_moment(each: Mapping[str, Any]) -> Moment:
    return Moment(Span(*each["span"]), _day(each["first"]), _day(each["last"]), each["kind"])


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
