"""How far the reviewers of a desk agree beyond chance, over all labels and for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from claimcheck.evaluation.agreement import cohen_kappa, krippendorff_alpha
from claimcheck.review.verdicts import Review
from claimcheck.types import Relation

ALL = "all"


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of two reviewers for one label against the rest (or ``ALL`` labels); None where undefined."""

    one: str
    other: str
    label: str
    findings: int
    same: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha of all reviewers for one label against the rest (or ``ALL``); ``verdicts`` counts it."""

    label: str
    findings: int
    verdicts: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Verdicts per reviewer, and the agreement of those who judged the same findings. Rulings do not count."""

    counts: dict[str, dict[Relation, int]]
    alphas: tuple[Alpha, ...]
    kappas: tuple[Kappa, ...]


def agreement(reviews: Iterable[Review]) -> Agreement:
    """Measure the agreement on the findings that two reviewers or more decided."""
    units = [review.verdicts for review in reviews if review.verdicts]
    counts: dict[str, Counter[Relation]] = {}
    for unit in units:
        for reviewer, verdict in unit.items():
            counts.setdefault(reviewer, Counter())[verdict] += 1
    shared = [unit for unit in units if len(unit) > 1]
    labels = (ALL, *Relation)
    return Agreement(
        counts={name: {relation: counts[name][relation] for relation in Relation} for name in sorted(counts)},
        alphas=tuple(_alpha(label, [list(unit.values()) for unit in shared]) for label in labels),
        kappas=tuple(
            _kappa(one, other, label, [(unit[one], unit[other]) for unit in shared if one in unit and other in unit])
            for one, other in combinations(sorted(counts), 2)
            for label in labels
        ),
    )


def _seen(verdict: Relation, label: str) -> str:
    return verdict.value if label == ALL else str(verdict == label)


def _alpha(label: str, units: Sequence[Sequence[Relation]]) -> Alpha:
    value = krippendorff_alpha([[_seen(verdict, label) for verdict in unit] for unit in units])
    said = sum(label in (ALL, verdict.value) for unit in units for verdict in unit)
    return Alpha(label, len(units), said, value)


def _kappa(one: str, other: str, label: str, pairs: Sequence[tuple[Relation, Relation]]) -> Kappa:
    sides = [_seen(a, label) for a, _ in pairs], [_seen(b, label) for _, b in pairs]
    same = sum(a == b for a, b in zip(*sides, strict=True))
    return Kappa(one, other, label, len(pairs), same, cohen_kappa(*sides) if pairs else None)
