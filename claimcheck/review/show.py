"""A kept finding as the page shows it: the same sides, marks and words as in the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from claimcheck.report.cards import SYMBOLS, Main, differences, side_of
from claimcheck.report.highlight import highlight
from claimcheck.report.html import TEMPLATES, environment
from claimcheck.report.sources import instant, source_of
from claimcheck.report.words import Words
from claimcheck.review.items import Account, Item
from claimcheck.review.reviewers import Reviewer
from claimcheck.review.verdicts import Review
from claimcheck.types import Evidence, Relation

HERE = Path(__file__).parent


def render(name: str, words: Words, **values: Any) -> str:
    """A template of the app, filled in."""
    template = environment(HERE / "templates", TEMPLATES).get_template(name)
    return template.render(w=words, symbols=SYMBOLS, relations=tuple(Relation), checked=None, **values)


def pair_html(item: Item, review: Review | None, reviewer: Reviewer, words: Words) -> str:
    """One finding; a blind reviewer is told neither what the program nor what others say."""
    opinions = review.opinions if review else ()
    return render(
        "pair.html.j2",
        words,
        item=item,
        main=main_of(item, words, blind=reviewer.blind),
        blind=reviewer.blind,
        own=review.of(reviewer.name) if review else None,
        others=() if reviewer.blind else [each for each in opinions if each.reviewer != reviewer.name],
    )


def main_of(item: Item, words: Words, *, blind: bool) -> Main:
    """Both sides, the earlier account first; without the program's reasons where they must not be seen."""
    order = [0, 1]
    evidence = () if blind else item.judgement.evidence
    if instant(item.accounts[1].article.published) < instant(item.accounts[0].article.published):
        order.reverse()
        evidence = tuple(Evidence(each.aspect, each.right, each.left, each.note) for each in evidence)
    one, other = (item.accounts[place] for place in order)
    left, right = one.side.sentence, other.side.sentence
    segments = highlight(left, right, evidence)

    def status(place: int) -> str | None:
        return None if blind or item.later is None else "later" if place == item.later else "earlier"

    def side(account: Account, place: int, number: int) -> Any:
        context = account.before, account.after
        source = source_of(account.article, words)
        return side_of(number, account.side.sentence, source, segments[number], status(place), context, words)

    return Main(
        sides=(side(one, order[0], 0), side(other, order[1], 1)),
        differences=differences(evidence, left, right, words),
        abstained=item.judgement.abstained,
    )
