"""The lists of a check: what is corroborated, what conflicts, and what several outlets say that the article lacks."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from claimcheck.judgement.wording import content
from claimcheck.likeness import Likeness
from claimcheck.matrix import telling
from claimcheck.reprints import independent
from claimcheck.rows import Rows
from claimcheck.settings import CheckSettings
from claimcheck.types import Finding, Omission, Relation, Role, Sentence

# Share of the words of the shorter sentence found in the other one. With a cosine of 0.75, 71 % of such pairs of
# data/stories agree and 92 % are about the same question; by the cosine alone it is 40 % and 77 %.
_COMMON = 0.5


def conflicts(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Contradictions and divergences, as ranked."""
    return tuple(finding for finding in findings if finding.relation is not Relation.AGREE)


def agreements(findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Agreements of independent origins, which corroborate, and those of one origin, which do not."""
    found = [finding for finding in findings if finding.relation is Relation.AGREE]
    several = tuple(finding for finding in found if finding.origins > 1)
    return several, tuple(finding for finding in found if finding.origins < 2)


def omissions(
    told: Rows, origins: Sequence[int], paired: Set[int], article: str, settings: CheckSettings
) -> tuple[Omission, ...]:
    """Claims of the story that several independent outlets make and ``article`` does not, those of most outlets first.

    ``told`` are the rows of the article and its story, ``origins`` their origins, ``paired`` the rows with a partner in
    the article. Stored sentences are not judged against each other: they count as saying the same by their likeness.
    What the article may say, by the same measure, is not missing.
    """
    sentences, vectors, outlets = told.sentences, told.vectors, told.outlets
    own = [row for row, item in enumerate(sentences) if item.article == article]
    rows = [row for row, item in enumerate(sentences) if item.article != article and item.role is Role.CLAIM]
    if not own or not rows:
        return ()
    similar = np.round(vectors[rows] @ vectors[own].T, 4)
    nearest = {row: (own[int(line.argmax())], float(line.max())) for row, line in zip(rows, similar, strict=True)}
    there = paired | {row for row in rows if nearest[row][1] >= settings.alike}
    likeness = Likeness(rows, sentences, vectors, settings.alike)
    words = {row: frozenset(content(sentences[row].text)) for row in rows}
    groups = []
    for row in sorted(set(rows) - there):
        worded = [other for other in likeness.near(row) if _common(words[row], words[other]) >= _COMMON]
        members = [other for other in worded if likeness.like(row, other, settings.alike)]
        count = independent((origins[other], outlets[other]) for other in members)
        if count >= settings.outlets and there.isdisjoint(members):
            groups.append(Omission((row, *sorted(set(members) - {row})), count, *nearest[row]))
    return _distinct(groups, sentences)


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _distinct(groups: Sequence[Omission], sentences: Sequence[Sentence]) -> tuple[Omission, ...]:
    """The groups of most outlets first, each sentence in one of them at most."""

    def standing(group: Omission) -> tuple[object, ...]:
        first = sentences[group.rows[0]]
        return -group.origins, -round(telling(first) * (1 - group.score), 6), first.text, first.article

    taken: set[int] = set()
    kept = []
    for group in sorted(groups, key=standing):
        if taken.isdisjoint(group.rows):
            taken.update(group.rows)
            kept.append(group)
    return tuple(kept)
