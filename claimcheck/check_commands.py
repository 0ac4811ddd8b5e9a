"""``claimcheck check``: each article held against a corpus, with a report of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck import options
from claimcheck.errors import InputError, UsageError
from claimcheck.progress import Reporter, bar

if TYPE_CHECKING:
    from claimcheck.judgement.relate import Relator
    from claimcheck.report import Outputs
    from claimcheck.settings import Settings
    from claimcheck.store import Store
    from claimcheck.types import Article, Check, Comparison, ReadArticle


def check_command(
    paths: Sequence[Path],
    *,
    corpus: Path,
    since: str | None,
    outlets: Sequence[str],
    out: Path,
    json_out: Path | None,
    csv_out: Path | None,
    manifest: Path | None,
    outlet: str | None,
    add: bool,
    watch: Path | None,
    fail_on: str | None,
    settings_file: Path | None,
    overrides: Mapping[str, Any],
    quiet: bool,
) -> int:
    """Check articles, then what is dropped into ``watch``; 1 if a finding passes ``fail_on``."""
    if not paths and watch is None:
        raise UsageError("no article to check; name files, or a folder with --watch")
    wanted, after = options.relation(fail_on), options.moment(since)
    settings = options.report_settings(settings_file, overrides)
    if watch is not None and not watch.is_dir():
        raise InputError(f"{watch}: no such folder to watch; make it first")
    from claimcheck.report import Outputs

    outputs = Outputs(out, json_out, csv_out)
    outputs.check([*paths, corpus, *([watch] if watch else [])])
    from claimcheck.ingest import ingest_some
    from claimcheck.models import load_relator
    from claimcheck.review.learned import with_learned
    from claimcheck.store import open_store
    from claimcheck.watch import dropped

    files = dropped(watch) if watch else None  # from now on, not from when the models are loaded
    with bar(quiet) as reporter, open_store(corpus) as store:

        def read(inputs: Sequence[Path]) -> tuple[Article, ...]:
            articles, failures = ingest_some(inputs, settings.ingest, manifest=manifest, outlet=outlet)
            for failure in failures:
                reporter.note(f"not read: {failure.path}: {failure.reason}")
            return articles

        articles = read(paths) if paths else ()
        relator = load_relator(settings.embedder, settings.nli, download=settings.download)
        relator = with_learned(relator, store, reporter)
        desk = _Checker(corpus, store, relator, settings, after, outlets, outputs, reporter, adds=add)
        if articles:
            desk.check(articles, named=len(articles) > 1 or watch is not None)
        if files:
            reporter.note(f"watching {watch}; Ctrl-C ends it")
            _follow(files, read, desk, reporter)
        return int(wanted in desk.relations)


def _follow(
    files: Generator[Path, None, None],
    read: Callable[[Sequence[Path]], tuple[Article, ...]],
    desk: _Checker,
    reporter: Reporter,
) -> None:
    """Check the files that come in until interrupted; what cannot be checked is told and stops nothing."""
    with closing(files):
        try:
            for path in files:
                try:
                    desk.check(read([path]), named=True)
                except InputError as error:
                    reporter.note(str(error))
        except KeyboardInterrupt:
            reporter.note("stopped watching")


@dataclass(slots=True)
class _Checker:
    """The models and the corpus of one command, and the relations found."""

    corpus: Path
    store: Store
    relator: Relator
    settings: Settings
    since: datetime | None
    outlets: Sequence[str]
    outputs: Outputs
    reporter: Reporter
    adds: bool
    relations: set[str] = field(default_factory=set)

    def check(self, articles: Sequence[Article], *, named: bool) -> None:
        """Check articles and write their reports, under the articles' names if ``named``; then keep them if asked to.

        :raises InputError: if none of them can be checked.
        """
        from claimcheck.desk import open_desk
        from claimcheck.pipeline import check_read
        from claimcheck.text import read

        desk = open_desk(self.corpus, self.store, self.relator.embedder, self.since, self.outlets)
        failures: list[InputError] = []
        names: dict[str, int] = {}
        checked: list[tuple[ReadArticle, Comparison]] = []
        for article in articles:
            begun = time.monotonic()
            done = read(article, self.settings.text)
            try:
                found = check_read(done, desk, self.settings, self.relator, self.reporter)
            except InputError as error:
                failures.append(error)
                continue
            outputs = self.outputs.of(_unique(Path(article.path).name, names)) if named else self.outputs
            outputs.write(found)
            checked.append((done, found.comparison))
            self.relations.update(finding.relation for finding in found.comparison.findings)
            self._sum_up(found, outputs.html, time.monotonic() - begun)
        if len(failures) == len(articles):
            raise failures[0]
        for failure in failures:
            self.reporter.note(f"not checked: {failure}")
        if self.adds:
            self._add(checked)

    def _add(self, checked: Sequence[tuple[ReadArticle, Comparison]]) -> None:
        """Put what was checked into the corpus, and the findings with it, for review."""
        from claimcheck import corpus as library
        from claimcheck.corpus_words import summary
        from claimcheck.review.keep import save

        added = library.keep_all([article for article, _ in checked], self.store, self.relator.embedder)
        for _, found in checked:
            save(found, self.store)
        library.index(self.corpus, self.store, library.model_key(self.relator.embedder))
        self.reporter.note(f"{self.corpus}: {summary(added)}")

    def _sum_up(self, found: Check, report: Path, seconds: float) -> None:
        article = found.comparison.articles[0]
        self.reporter.note(
            f"{article.path}: {len(found.conflicts)} contradicted or diverging, "
            f"{len(found.corroborated)} corroborated, {len(found.comparison.solos)} new, {len(found.missing)} missing; "
            f"held against {len(found.story)} of {found.held} articles in {seconds:.1f} s"
        )
        if found.reprinted:
            self.reporter.note(f"agreements of one and the same origin, no corroboration: {len(found.reprinted)}")
        if found.aside:
            self.reporter.note(
                f"articles on the same actors, more than {found.days} days apart and not compared: {len(found.aside)}; "
                "--set check.days=N goes further"
            )
        self.reporter.note(f"report: {report}")


def _unique(name: str, names: dict[str, int]) -> str:
    """``name``, numbered from the second article of that name on."""
    names[name] = names.get(name, 0) + 1
    return name if names[name] == 1 else f"{name}-{names[name]}"
