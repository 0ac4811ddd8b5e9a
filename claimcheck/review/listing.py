"""What the ``decisions`` commands print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from claimcheck.ingest.normal import one_line
from claimcheck.review.agreement import Agreement
from claimcheck.review.exchange import Imported
from claimcheck.review.items import Item
from claimcheck.review.verdicts import Review
from claimcheck.types import Relation

_TEXT = 100


def listing(items: Mapping[str, Item], standing: Mapping[str, Review]) -> Iterator[str]:
    """Per finding: what holds, or that reviewers disagree; who said what; both sentences."""
    for id_, review in standing.items():
        if not review.verdicts and review.settled is None:
            continue
        state = review.settled or ("in conflict" if review.in_conflict else "undecided")
        yield f"{id_}  {state}\n"
        for each in review.opinions:
            said = each.ruling or each.verdict
            if said is not None:
                note = f"  {one_line(each.note)}" if each.note else ""
                ruling = " (ruling)" if each.ruling else ""
                yield f"    {each.at:%Y-%m-%d %H:%M}  {one_line(each.reviewer)}: {said}{ruling}{note}\n"
        for account in items[id_].accounts:
            yield f"    {one_line(account.article.outlet)}: {one_line(account.side.sentence.text, _TEXT)}\n"


def table(measured: Agreement) -> Iterator[str]:
    """Verdicts per reviewer, Krippendorff's alpha of all, Cohen's kappa of every two."""
    yield f"{'reviewer':<24} {'verdicts':>9}" + "".join(f" {relation:>11}" for relation in Relation) + "\n"
    for name, counts in measured.counts.items():
        row = "".join(f" {count:>11}" for count in counts.values())
        yield f"{one_line(name, 24):<24} {sum(counts.values()):>9}{row}\n"
    if not measured.counts:
        yield "no verdicts yet\n"
    yield f"\n{'Krippendorff alpha':<36} {'findings':>9} {'verdicts':>9} {'alpha':>8}\n"
    for alpha in measured.alphas:
        yield f"{alpha.label:<36} {alpha.findings:>9} {alpha.verdicts:>9} {_value(alpha.value):>8}\n"
    yield f"\n{'Cohen kappa':<36} {'findings':>9} {'same':>9} {'kappa':>8}\n"
    for kappa in measured.kappas:
        who = one_line(f"{kappa.one}, {kappa.other}: {kappa.label}", 36)
        yield f"{who:<36} {kappa.findings:>9} {kappa.same:>9} {_value(kappa.value):>8}\n"


def as_json(measured: Agreement) -> str:
    """The same figures as JSON."""
    return json.dumps(asdict(measured), indent=2, ensure_ascii=False) + "\n"


def summary(imported: Imported) -> str:
    """One line: how many decisions were added, held already, or about findings that are not there."""
    text = f"{imported.added} decisions added, {imported.held} held already"
    if imported.unknown:
        text += (
            f", {imported.unknown} about findings this corpus lacks: first compare their articles with --corpus, "
            "or check them with --add"
        )
    return text


def _value(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"
