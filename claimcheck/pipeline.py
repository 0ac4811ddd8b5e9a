"""The order of the stages, and nothing else."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from claimcheck.errors import InputError
from claimcheck.findings import findings
from claimcheck.ingest import ingest
from claimcheck.judgement.relate import Relator
from claimcheck.judgement.stage import READINGS, judge
from claimcheck.matrix import matrix, solos
from claimcheck.models import described, load_relator
from claimcheck.pairs import candidates
from claimcheck.progress import Reporter, Silent
from claimcheck.reprints import origins, reprints
from claimcheck.settings import Settings
from claimcheck.text import read
from claimcheck.topics import topics
from claimcheck.types import Article, Comparison, Failure, ReadArticle

_JUDGED_AS_EMBEDDED = 3.0  # a judged pair costs about as much as this many embedded sentences
_LONG = 15.0  # seconds from which a run announces how long it will take


def compare(
    paths: Sequence[Path | str],
    settings: Settings | None = None,
    *,
    manifest: Path | None = None,
    outlet: str | None = None,
    relator: Relator | None = None,
    reporter: Reporter | None = None,
) -> Comparison:
    """Compare the articles in ``paths`` (files and folders): what agrees, diverges and contradicts across outlets.

    :raises InputError: if nothing can be read.
    :raises ModelError: if a model cannot be loaded.
    """
    settings, reporter = settings or Settings(), reporter or Silent()
    articles, failures = ingest([Path(p) for p in paths], settings.ingest, manifest=manifest, outlet=outlet)
    if not articles:
        reasons = "; ".join(f"{failure.path}: {failure.reason}" for failure in failures[:3])
        raise InputError(f"no article could be read ({reasons or 'no files'})")
    advance = reporter.stage("Reading sentences", len(articles))
    reads = []
    for article in articles:
        reads.append(read(article, settings.text))
        advance(1)
    relator = relator or load_relator(settings.embedder, settings.nli, download=settings.download)
    return compare_read(reads, failures, settings, relator, reporter)


def compare_read(
    reads: Sequence[ReadArticle],
    failures: Sequence[Failure],
    settings: Settings,
    relator: Relator,
    reporter: Reporter,
) -> Comparison:
    """The stages from sentences on."""
    articles = tuple(each.article for each in reads)
    by_id = {article.id: article for article in articles}
    sentences = tuple(sentence for each in reads for sentence in each.sentences)
    outlets = [by_id[sentence.article].outlet for sentence in sentences]
    reporter.stage("Embedding sentences")
    begun = time.monotonic()
    vectors = relator.embedder.embed([sentence.text for sentence in sentences])
    seconds_each = (time.monotonic() - begun) / max(1, len(sentences))
    found_topics = topics(sentences, vectors, settings.topics)
    copies = reprints(sentences, outlets)
    origin = origins(sentences, copies, outlets)
    pairs = candidates(sentences, vectors, outlets, settings.pairs)
    estimate = len(pairs) * seconds_each * _JUDGED_AS_EMBEDDED
    if estimate > _LONG:
        reporter.note(f"Judging {len(pairs)} candidate pairs, about {estimate / 60:.1f} min")
    advance = reporter.stage("Judging pairs", READINGS * len(pairs))
    judgements = judge(pairs, sentences, by_id, relator, settings.decision, advance)
    language = settings.report.language or _language(articles)
    return Comparison(
        articles=articles,
        sentences=sentences,
        dropped=tuple(drop for each in reads for drop in each.dropped),
        failures=tuple(failures),
        topics=found_topics,
        reprints=copies,
        findings=findings(judgements, sentences, by_id, found_topics, vectors, origin, language),
        matrix=matrix(articles, sentences, found_topics, judgements),
        solos=solos(sentences, vectors, judgements, outlets),
        settings={**settings.model_dump(), "fingerprint": settings.fingerprint()},
        models=described(relator),
        coverage={
            "articles": len(articles),
            "outlets": len({article.outlet for article in articles}),
            "sentences": len(sentences),
            "dropped": sum(len(each.dropped) for each in reads),
            "cross_pairs": _cross_pairs(outlets),
            "candidates": len(pairs),
            "judged": len(judgements),
        },
        language=language,
    )


def _cross_pairs(outlets: Sequence[str]) -> int:
    """The number of sentence pairs of two different outlets."""
    counts = Counter(outlets)
    return (len(outlets) ** 2 - sum(count**2 for count in counts.values())) // 2


def _language(articles: Sequence[Article]) -> str:
    """English where more articles are English than French, French otherwise."""
    counts = Counter(article.language for article in articles)
    return "en" if counts["en"] > counts["fr"] else "fr"
