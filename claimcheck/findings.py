"""Findings: judged pairs that say the same thing, as one, ranked by how much a fact-checker would care."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from claimcheck.explain import Account, explain
from claimcheck.judgement.timing import answers_denial, hours_between
from claimcheck.keys import pair_key
from claimcheck.likeness import Likeness
from claimcheck.reprints import independent
from claimcheck.types import (
    Article,
    Aspect,
    ConflictKind,
    Finding,
    Judgement,
    Relation,
    Role,
    Sentence,
    TimeRelation,
    Topic,
    Vectors,
)

_ALIKE = 0.8  # cosine from which two sentences of different pairs may say the same
_ALIKE_OPPOSITE = 0.7  # the same, where the pairs share their other sentence
_ORDER = (Relation.CONTRADICT, Relation.DIVERGE, Relation.AGREE)
_MEASURED = frozenset({Aspect.NUMBER, Aspect.DATE})


@dataclass(frozen=True, slots=True)
class _Run:
    """The parts of a run that a finding is made of; rows index ``sentences`` and ``origins``."""

    sentences: Sequence[Sentence]
    articles: Mapping[str, Article]
    origins: Sequence[int]
    language: str

    def account(self, row: int) -> Account:
        """Return a sentence with its outlet and date."""
        article = self.articles[self.sentences[row].article]
        return Account(article.outlet, article.published, self.sentences[row])

    def place(self, row: int) -> tuple[str, str, int]:
        """Order sentences in a way that does not depend on the order of the input."""
        sentence = self.sentences[row]
        return sentence.text, sentence.article, sentence.start


@dataclass(frozen=True, slots=True)
class _Group:
    """Judgements that say the same, the one shown first in front, with their weight and independent origins."""

    judgements: tuple[Judgement, ...]
    score: float
    origins: int
    answers: bool


def findings(
    judgements: Sequence[Judgement],
    sentences: Sequence[Sentence],
    articles: Mapping[str, Article],
    topics: Sequence[Topic],
    vectors: Vectors,
    origins: Sequence[int],
    language: str,
) -> tuple[Finding, ...]:
    """Group and rank the judged pairs; unrelated pairs and pairs in the band of doubt are left out.

    ``articles`` is keyed by id, ``vectors`` are unit rows (n, dim) and ``origins`` an origin id per row: rows of one
    origin are reprints. Contradictions come first (a denial answered by a later account before all), then
    divergences, then agreements; agreements of a single origin are last. Nothing depends on the order of the input.
    """
    run = _Run(sentences, articles, origins, language)
    told = [item for item in judgements if item.relation in _ORDER and not item.abstained]
    told.sort(key=lambda item: (-_score(item, run), _places(item, run)))
    groups = [group for relation in _ORDER for group in _grouped(_of(told, relation), run, vectors)]
    topic_of = {row: topic.id for topic in topics for row in topic.rows}
    return tuple(_finding(group, rank, run, topic_of) for rank, group in enumerate(_ranked(groups, run), start=1))


def _of(told: Sequence[Judgement], relation: Relation) -> list[Judgement]:
    return [item for item in told if item.relation is relation]


def _grouped(told: Sequence[Judgement], run: _Run, vectors: Vectors) -> list[_Group]:
    """Put each pair, the strongest first, under the first leading pair that says the same.

    Every member is compared with the leading pair itself, so no chain of near likenesses can swallow everything.
    """
    rows = {row for item in told for row in (item.pair.left, item.pair.right)}
    likeness = Likeness(rows, run.sentences, vectors, _ALIKE_OPPOSITE)
    same = _Same(likeness)
    leaders: dict[int, list[int]] = {}  # row to the groups whose leading pair has it
    groups: list[list[Judgement]] = []
    for item in told:
        left, right = item.pair.left, item.pair.right
        near = {*likeness.near(left), *likeness.near(right)}
        options = sorted({group for row in near for group in leaders.get(row, ())})
        place = next((group for group in options if same(item, groups[group][0])), None)
        if place is not None:
            groups[place].append(item)
            continue
        for row in (left, right):
            leaders.setdefault(row, []).append(len(groups))
        groups.append([item])
    return [_group(members, run) for members in groups]


@dataclass(frozen=True, slots=True)
class _Same:
    """Which pairs say the same, side by side or crosswise."""

    likeness: Likeness

    def __call__(self, one: Judgement, other: Judgement) -> bool:
        a, b = one.pair, other.pair
        return self._sides((a.left, b.left), (a.right, b.right)) or self._sides((a.left, b.right), (a.right, b.left))

    def _sides(self, first: tuple[int, int], second: tuple[int, int]) -> bool:
        shared = first[0] == first[1] or second[0] == second[1]
        bound = _ALIKE_OPPOSITE if shared else _ALIKE
        return self.likeness.like(*first, bound) and self.likeness.like(*second, bound)


def _group(members: Sequence[Judgement], run: _Run) -> _Group:
    shown = members[0]
    rows = [row for item in members for row in (item.pair.left, item.pair.right)]
    count = independent((run.origins[row], run.account(row).outlet) for row in rows)
    score = _score(shown, run) * (1 + 0.03 * min(4, max(0, count - 2))) * (1 + 0.01 * min(5, len(members) - 1))
    return _Group(tuple(members), score, count, _answers(shown, run))


def _score(item: Judgement, run: _Run) -> float:
    """Weigh the probability of the relation, raised by what makes a pair worth a fact-checker's time."""
    pair = item.pair
    sides = run.sentences[pair.left], run.sentences[pair.right]
    score = _probability(item)
    score *= 1 + 0.15 * item.nli[0 if item.relation is Relation.AGREE else 2]
    score *= 1 + 0.05 * sum(side.speaker is not None for side in sides)
    score *= 1.1 if any(side.role is Role.HEADING for side in sides) else 1.0
    score *= 1.1 if any(evidence.aspect in _MEASURED for evidence in item.evidence) else 1.0
    score *= 1.1 if item.conflict_kind is ConflictKind.SAME_SPEAKER else 1.0
    score *= 0.97 if item.time_relation is TimeRelation.SUPERSEDED else 1.0
    return score * (0.5 if run.origins[pair.left] == run.origins[pair.right] else 1.0)


def _probability(item: Judgement) -> float:
    return item.probabilities[list(Relation).index(item.relation)]


def _answers(item: Judgement, run: _Run) -> bool:
    """Whether a later account overtakes a denial or a refusal to confirm: what this program is for."""
    if item.relation is not Relation.CONTRADICT or item.time_relation is not TimeRelation.SUPERSEDED:
        return False
    later = _later(item, run)
    earlier = item.pair.right if later == item.pair.left else item.pair.left
    return answers_denial(run.sentences[earlier], run.sentences[later])


def _later(item: Judgement, run: _Run) -> int:
    """Return the row of the account published last."""
    left, right = item.pair.left, item.pair.right
    hours = hours_between(run.account(left).published, run.account(right).published)
    return left if hours is not None and hours < 0 else right


def _ranked(groups: Sequence[_Group], run: _Run) -> list[_Group]:
    """Put the groups in reading order; among equals, a sentence that was shown already makes room for another one."""
    by_weight = sorted(groups, key=_standing(run, {}))
    shown: dict[tuple[Relation, str], int] = {}
    repeats: dict[int, int] = {}
    for group in by_weight:
        first = group.judgements[0]
        keys = [(first.relation, run.sentences[row].text) for row in (first.pair.left, first.pair.right)]
        repeats[id(group)] = max(shown.get(key, 0) for key in keys)
        for key in keys:
            shown[key] = shown.get(key, 0) + 1
    return sorted(by_weight, key=_standing(run, repeats))


def _standing(run: _Run, repeats: Mapping[int, int]) -> Callable[[_Group], tuple[object, ...]]:
    def standing(group: _Group) -> tuple[object, ...]:
        first = group.judgements[0]
        is_single = first.relation is Relation.AGREE and group.origins < 2
        weight = group.score * 0.93 ** repeats.get(id(group), 0)
        return is_single, _ORDER.index(first.relation), not group.answers, -weight, _places(first, run)

    return standing


def _places(item: Judgement, run: _Run) -> list[tuple[str, str, int]]:
    return sorted((run.place(item.pair.left), run.place(item.pair.right)))


def _finding(group: _Group, rank: int, run: _Run, topic_of: Mapping[int, str]) -> Finding:
    first = group.judgements[0]
    left, right = first.pair.left, first.pair.right
    overtaken = first.time_relation is TimeRelation.SUPERSEDED
    return Finding(
        id=_id(first, run),
        rank=rank,
        relation=first.relation,
        confidence=_probability(first),
        aspects=tuple(dict.fromkeys(evidence.aspect for evidence in first.evidence)),
        time_relation=first.time_relation,
        conflict_kind=first.conflict_kind,
        topic=_topic(first, run, topic_of),
        explanation=explain(run.account(left), run.account(right), first, run.language),
        judgements=group.judgements,
        origins=group.origins,
        later=_later(first, run) if overtaken else None,
    )


def _id(first: Judgement, run: _Run) -> str:
    """Name a finding by the pair it shows first: the same in every run, so that a decision about it carries over."""
    left, right = ((run.account(row).outlet, run.sentences[row].text) for row in (first.pair.left, first.pair.right))
    return pair_key(left, right)


def _topic(first: Judgement, run: _Run, topic_of: Mapping[int, str]) -> str:
    """Return the topic of the first sentence that has one, in an order of their own."""
    rows = sorted((first.pair.left, first.pair.right), key=run.place)
    return next((topic_of[row] for row in rows if row in topic_of), "")
