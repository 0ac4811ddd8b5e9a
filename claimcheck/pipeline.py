"""The order of the stages, and nothing else."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from claimcheck.desk import Desk, open_desk
from claimcheck.errors import InputError
from claimcheck.findings import findings
from claimcheck.ingest import ingest_some
from claimcheck.judgement.relate import Relator
from claimcheck.judgement.stage import READINGS, judge
from claimcheck.lists import agreements, conflicts, omissions
from claimcheck.matrix import matrix, partnered, solos
from claimcheck.models import described, load_relator
from claimcheck.pairs import candidates, cross_pairs, with_nearest
from claimcheck.progress import Reporter, Silent
from claimcheck.reprints import origins, reprints
from claimcheck.review.learned import with_learned
from claimcheck.review.verdicts import decided
from claimcheck.rows import Rows
from claimcheck.settings import PairSettings, Settings
from claimcheck.store import open_store
from claimcheck.store.base import half
from claimcheck.story import find_story
from claimcheck.text import read
from claimcheck.topics import topics
from claimcheck.types import (
    Article,
    Check,
    Comparison,
    Failure,
    Finding,
    Judgement,
    ReadArticle,
    Reprint,
    Sentence,
    Topic,
    Vectors,
)

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
    articles, failures = ingest_some([Path(p) for p in paths], settings.ingest, manifest=manifest, outlet=outlet)
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
    sentences = tuple(sentence for each in reads for sentence in each.sentences)
    reporter.stage("Embedding sentences")
    begun = time.monotonic()
    vectors = _embedded(sentences, relator)
    seconds_each = (time.monotonic() - begun) / max(1, len(sentences))
    rows = Rows(articles, sentences, vectors, len(sentences))
    language = _language(articles, settings)
    found = _related(rows, settings, relator, reporter, language, seconds_each=seconds_each)
    return Comparison(
        articles=articles,
        sentences=sentences,
        dropped=tuple(drop for each in reads for drop in each.dropped),
        failures=tuple(failures),
        topics=found.topics,
        reprints=found.reprints,
        findings=found.findings,
        matrix=matrix(articles, sentences, found.topics, found.judgements),
        solos=solos(sentences, vectors, found.judgements, found.reprints, rows.outlets),
        settings=_stated(settings),
        models=described(relator),
        coverage={
            "articles": len(articles),
            "outlets": len({article.outlet for article in articles}),
            "sentences": len(sentences),
            "dropped": sum(len(each.dropped) for each in reads),
            **found.counts,
        },
        language=language,
    )


def check(
    article: Article | Path | str,
    corpus: Path | str,
    settings: Settings | None = None,
    *,
    since: datetime | None = None,
    outlets: Sequence[str] = (),
    manifest: Path | None = None,
    outlet: str | None = None,
    relator: Relator | None = None,
    reporter: Reporter | None = None,
) -> Check:
    """Check one article, given as such or as a file, against a corpus file: against all of it, or against the articles
    published from ``since`` on and of ``outlets``. Without a ``relator``, with what the corpus has learned.

    :raises InputError: if there is not exactly one article, it holds no sentence, or the corpus cannot be used.
    :raises ModelError: if a model cannot be loaded.
    """
    settings, reporter = settings or Settings(), reporter or Silent()
    if not isinstance(article, Article):
        found, _ = ingest_some([Path(article)], settings.ingest, manifest=manifest, outlet=outlet)
        if len(found) > 1:
            raise InputError(f"{article}: holds {len(found)} articles; check them one at a time")
        article = found[0]
    loaded = relator or load_relator(settings.embedder, settings.nli, download=settings.download)
    with open_store(Path(corpus)) as store:
        relator = relator or with_learned(loaded, store, reporter)
        desk = open_desk(Path(corpus), store, relator.embedder, since, outlets)
        return check_read(read(article, settings.text), desk, settings, relator, reporter)


def check_read(new: ReadArticle, desk: Desk, settings: Settings, relator: Relator, reporter: Reporter) -> Check:
    """The stages of a check from sentences on.

    :raises InputError: if the article holds no sentence.
    """
    if not new.sentences:
        raise InputError(f"{new.article.path}: holds no sentence that can be checked")
    reporter.stage("Embedding sentences")
    vectors = _embedded(new.sentences, relator)
    reporter.stage("Searching the corpus")
    story = find_story(new, vectors, desk, settings.check)
    rows = story.rows(new, vectors)
    language = _language([new.article], settings)
    limited = settings.model_copy(update={"pairs": _limited(settings)})
    found = _related(rows, limited, relator, reporter, language, only=new.article)
    corroborated, reprinted = agreements(found.findings)
    paired = partnered(found.judgements, found.reprints)
    id_ = new.article.id
    return Check(
        comparison=Comparison(
            articles=rows.articles,
            sentences=rows.sentences,
            dropped=new.dropped,
            failures=(),
            topics=found.topics,
            reprints=found.reprints,
            findings=found.findings,
            matrix=(),
            solos=solos(rows.sentences, rows.vectors, found.judgements, found.reprints, rows.outlets, of=id_),
            settings=_stated(settings),
            models=described(relator),
            coverage={
                "sentences": len(new.sentences),
                "dropped": len(new.dropped),
                "story_articles": len(story.reads),
                "story_sentences": rows.compared - len(new.sentences),
                "held_articles": len(desk.live.articles),
                "held_sentences": len(desk.live),
                **found.counts,
            },
            language=language,
            decided=decided(desk.store.decisions()),
        ),
        article=id_,
        held=len(desk.live.articles),
        story=tuple(each.article.id for each in story.reads),
        left_out=story.left_out,
        aside=story.aside,
        conflicts=conflicts(found.findings),
        corroborated=corroborated,
        reprinted=reprinted,
        missing=omissions(rows.told, found.origins, paired, id_, settings.check),
        days=settings.check.days,
        outlets=settings.check.outlets,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What relates the rows of a run."""

    topics: tuple[Topic, ...]
    reprints: tuple[Reprint, ...]
    origins: tuple[int, ...]
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]


def _related(
    rows: Rows,
    settings: Settings,
    relator: Relator,
    reporter: Reporter,
    language: str,
    *,
    only: Article | None = None,
    seconds_each: float = 0.0,
) -> _Found:
    """The stages between vectors and findings; with ``only``, every pair has a side in that article's outlet."""
    by_id = {article.id: article for article in rows.articles}
    told, outlet = rows.told, only.outlet if only else None
    found_topics = topics(told.sentences, told.vectors, settings.topics)
    copies = reprints(rows.sentences, rows.outlets)
    origin = origins(rows.sentences, copies, rows.outlets)
    pairs = candidates(told.sentences, told.vectors, told.outlets, settings.pairs, outlet)
    if outlet is not None:
        pairs = with_nearest(pairs, told.vectors, told.outlets, outlet)
    estimate = len(pairs) * seconds_each * _JUDGED_AS_EMBEDDED
    if estimate > _LONG:
        reporter.note(f"Judging {len(pairs)} candidate pairs, about {estimate / 60:.1f} min")
    advance = reporter.stage("Judging pairs", READINGS * len(pairs))
    judgements = judge(pairs, told.sentences, by_id, relator, settings.decision, advance)
    ranked = findings(judgements, rows.sentences, by_id, found_topics, rows.vectors, origin, language)
    counts = {
        "cross_pairs": cross_pairs(told.outlets, outlet),
        "candidates": len(pairs),
        "judged": len(judgements),
    }
    return _Found(found_topics, copies, origin, judgements, ranked, counts)


def _embedded(sentences: Sequence[Sentence], relator: Relator) -> Vectors:
    """Unit rows as a corpus keeps them, so that ``check`` finds what ``compare`` finds."""
    return half(relator.embedder.embed([sentence.text for sentence in sentences])).astype(np.float32)


def _limited(settings: Settings) -> PairSettings:
    """How pairs are proposed for one article: fewer of them."""
    most = min(settings.pairs.limit, settings.check.pairs)
    return settings.pairs.model_copy(update={"limit": most})


def _stated(settings: Settings) -> Mapping[str, object]:
    return {**settings.model_dump(), "fingerprint": settings.fingerprint()}


def _language(articles: Sequence[Article], settings: Settings) -> str:
    """As asked for; else English where more articles are English than French, French otherwise."""
    counts = Counter(article.language for article in articles)
    return settings.report.language or ("en" if counts["en"] > counts["fr"] else "fr")
