"""From files and folders to articles; what can't be used comes back as a failure with its reason."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from claimcheck.errors import InputError
from claimcheck.ingest.articles import FILE_NAME, article, article_id, name_of
from claimcheck.ingest.documents import documents
from claimcheck.ingest.facts import Facts, facts, merged
from claimcheck.ingest.files import TABLES, real, walk
from claimcheck.ingest.manifest import NAME as MANIFEST
from claimcheck.ingest.manifest import Manifest, is_manifest, named_manifest, read_manifest
from claimcheck.ingest.unusable import Unusable
from claimcheck.settings import IngestSettings
from claimcheck.types import Article, Failure

__all__ = ["ingest", "ingest_some"]

_MANIFEST_ALONE = "is a manifest without its articles; give the folder that holds both"
_UNDATED = datetime.max.replace(tzinfo=UTC)


def ingest(
    paths: Sequence[Path], settings: IngestSettings, *, manifest: Path | None = None, outlet: str | None = None
) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """Read files and folders: the articles by date, outlet and id whatever the order of ``paths``, and the failures.

    ``outlet`` names the outlet of all articles; ``manifest`` describes files, relative to its own folder. A folder's
    ``articles.csv`` with a column ``file`` is its manifest. An article read twice is kept once.

    :raises InputError: if no path is given, one does not exist, or the named manifest can't be used.
    """
    found = walk([Path(path) for path in paths])
    described, inputs, failures = _manifests(found.files, manifest, settings.max_bytes)
    option = facts({"outlet": outlet or ""}, "option")
    articles: list[Article] = []
    for path in inputs:
        given = merged(option, described.get(real(path), {}))
        for result in _read(path, given, settings):
            if isinstance(result, Article):
                articles.append(result)
            else:
                failures.append(result)
    failures.extend(found.failures)
    return _sorted(_once(_told_apart(articles))), tuple(sorted(failures, key=lambda f: (f.path, f.reason)))


def ingest_some(
    paths: Sequence[Path], settings: IngestSettings, *, manifest: Path | None = None, outlet: str | None = None
) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """Read files and folders as ``ingest`` does, at least one article.

    :raises InputError: as ``ingest`` does, and if nothing can be read.
    """
    articles, failures = ingest(paths, settings, manifest=manifest, outlet=outlet)
    if not articles:
        reasons = "; ".join(f"{failure.path}: {failure.reason}" for failure in failures[:3])
        raise InputError(f"no article could be read ({reasons or 'no files'})")
    return articles, failures


def _manifests(
    files: Sequence[Path], named: Path | None, limit: int
) -> tuple[dict[Path, Facts], tuple[Path, ...], list[Failure]]:
    """Find what manifests say of each file, the files left to read, and the lines of manifests that can't be used.

    Tables in a folder with a manifest that does not list them are notes beside the articles, not articles.
    """
    explicit = named_manifest(named, limit) if named else Manifest()
    local = [path for path in files if is_manifest(path, limit) and not (named and real(path) == real(named))]
    read = [explicit, *(read_manifest(path, limit) for path in local)]
    described: dict[Path, Facts] = {}
    for one in read:
        for path, known in one.facts.items():
            described[path] = merged(described.get(path, {}), known)
    manifests = {real(path) for path in (*local, named) if path}
    folders = {path.parent for path in manifests if path.name == MANIFEST}
    inputs = tuple(
        path
        for path in files
        if real(path) not in manifests
        and (real(path) in described or path.suffix.lower() not in TABLES or real(path).parent not in folders)
    )
    failures = [failure for one in read for failure in one.failures]
    failures += [Failure(str(path), _MANIFEST_ALONE) for path in local if not inputs]
    return described, inputs, failures


def _read(path: Path, given: Facts, settings: IngestSettings) -> Iterator[Article | Failure]:
    for document in documents(path, settings.max_bytes):
        if isinstance(document, Failure):
            yield document
            continue
        try:
            yield article(document, given, settings.max_characters)
        except Unusable as error:
            yield Failure(document.origin, str(error))


def _told_apart(articles: Iterable[Article]) -> list[Article]:
    """Files of one name in several folders are no one outlet: their folder's name goes in front."""
    articles = list(articles)
    paths = {one.path: one.outlet for one in articles if one.origins["outlet"] == FILE_NAME}
    counts = Counter(paths.values())
    return [
        _renamed(one, name_of(one.path, parents=1)) if counts[paths.get(one.path, "")] > 1 else one for one in articles
    ]


def _renamed(one: Article, outlet: str) -> Article:
    return dataclasses.replace(one, outlet=outlet, id=article_id(outlet, one.text))


def _once(articles: Iterable[Article]) -> list[Article]:
    """One article per id: the one of which most is known, and of these the first by path."""
    best: dict[str, Article] = {}
    for one in sorted(articles, key=lambda one: (-len(one.origins), one.path)):
        best.setdefault(one.id, one)
    return list(best.values())


def _sorted(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda one: (one.published or _UNDATED, one.outlet, one.id)))
