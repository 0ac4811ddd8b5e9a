"""What a comparison finds of listed pairs: ``python -m benchmarks.gold --articles DIR --gold FILE``.

Gold texts are matched to sentences by overlap. A gold pair counts as found when a reported pair overlaps it on both
sides with an accepted relation. The top contradictions are printed to be read, with what the list says of them: of two
articles that it covers, what is not listed is unrelated.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.run import say
from claimcheck.pipeline import compare
from claimcheck.types import Comparison, Judgement

_COUNTED = ("agreed", "either")
Key = tuple[str, str]


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Listed pairs as mappings with ``a``, ``b`` (article or file, text), accepted ``labels`` and ``strength``."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        {**row, "labels": row.get("labels") or [row["label"]], "status": row.get("status", "agreed")} for row in rows
    ]


def stem_of(comparison: Comparison) -> Mapping[str, str]:
    """Article id to the stem of its file."""
    return {article.id: Path(article.path).stem for article in comparison.articles}


def places(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The stem of the file and the text of both sides of a listed pair."""
    return [(Path(row[s].get("article") or row[s]["file"]).stem, row[s]["text"]) for s in ("a", "b")]


def matches(comparison: Comparison, judgement: Judgement, row: Mapping[str, Any]) -> bool:
    """Whether a judged pair is the gold pair, in either order."""
    stems = stem_of(comparison)
    sides = [comparison.sentences[i] for i in (judgement.pair.left, judgement.pair.right)]
    gold = places(row)

    def same(i: int, j: int) -> bool:
        stem, text = gold[j]
        return stems[sides[i].article] == stem and (sides[i].text in text or text in sides[i].text)

    return (same(0, 0) and same(1, 1)) or (same(0, 1) and same(1, 0))


def report(comparison: Comparison, gold: Sequence[Mapping[str, Any]], top: int) -> None:
    """Print recall by strength and relation, and the first contradictions with what the gold says of them."""
    reported = [j for finding in comparison.findings for j in finding.judgements]
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row in gold:
        if row["status"] not in _COUNTED or "unrelated" in row["labels"]:
            continue
        hits = [j.relation for j in reported if matches(comparison, j, row)]
        right = any(relation in row["labels"] for relation in hits)
        found[int(row["strength"]), "any relation"].append(bool(hits))
        found[int(row["strength"]), "accepted relation"].append(right)
        found[int(row["strength"]), "/".join(row["labels"])].append(right)
    for (strength, what), values in sorted(found.items(), reverse=True):
        say(f"strength {strength}, {what}: {sum(values)}/{len(values)} = {sum(values) / len(values):.2f}")
    say(f"coverage {dict(comparison.coverage)}")
    contradictions = [finding for finding in comparison.findings if finding.relation == "contradict"][:top]
    stems = stem_of(comparison)
    covered = {frozenset(stem for stem, _ in places(row)) for row in gold}
    for finding in contradictions:
        judgement = finding.judgements[0]
        said = next((row["labels"] for row in gold if matches(comparison, judgement, row)), None)
        if said is None:
            sides = (comparison.sentences[i].article for i in (judgement.pair.left, judgement.pair.right))
            said = "not listed" if frozenset(stems[side] for side in sides) in covered else "articles not covered"
        say(f"\n#{finding.rank} {finding.confidence:.2f} {finding.time_relation} gold: {said}\n  {finding.explanation}")
        for row_index in (judgement.pair.left, judgement.pair.right):
            sentence = comparison.sentences[row_index]
            say(f"  [{stems[sentence.article]}] {sentence.text}")


def main() -> None:
    """Compare and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--manifest", type=Path)
    parser.add_argument("--top", type=int, default=20)
    options = parser.parse_args()
    begun = time.perf_counter()
    comparison = compare([options.articles], manifest=options.manifest)
    say(f"{time.perf_counter() - begun:.1f} s")
    report(comparison, read_gold(options.gold), options.top)


if __name__ == "__main__":
    main()
