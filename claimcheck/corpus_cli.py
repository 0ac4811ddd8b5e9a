"""The ``corpus`` commands: options in, one call to the library, lines out. No logic of their own."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from claimcheck.options import moment

corpus_app = typer.Typer(
    help="Keep the articles of a desk in one file: add, list, show, search, remove, verify, export.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

CorpusOption = Annotated[Path, typer.Option("--corpus", help="The corpus file, such as desk.db.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary; errors only.")]
SinceOption = Annotated[str | None, typer.Option(help="Only articles published on this day or later.")]
OutletsOption = Annotated[list[str] | None, typer.Option("--outlet", help="Only this outlet; repeatable.")]
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The article's id, or enough of its beginning.")]


@corpus_app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Articles: files or folders (txt md html json jsonl csv tsv).")],
    corpus: CorpusOption,
    manifest: Annotated[
        Path | None, typer.Option(help="CSV with file, outlet, title, url, published, language.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="The outlet of all the articles given.")] = None,
    settings: Annotated[Path | None, typer.Option("--settings", help="A TOML file with settings.")] = None,
    embedder: Annotated[
        str | None, typer.Option("--embedder", help="Another sentence encoder: a folder or a hub name.")
    ] = None,
    download: Annotated[bool, typer.Option("--download", help="Allow models to be fetched from a hub.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Add articles; those held already cost nothing, a changed page becomes a new version.

    Interrupted, it keeps whole articles only: run it again to go on.

    Example: claimcheck corpus add articles/ --corpus desk.db
    """
    from claimcheck import corpus as library
    from claimcheck.corpus_words import summary
    from claimcheck.encoders import load_embedder
    from claimcheck.progress import bar
    from claimcheck.settings import load_settings
    from claimcheck.store import open_store

    known = load_settings(settings, {"embedder": embedder, "download": download or None})
    encoder = load_embedder(known.embedder, download=known.download)
    try:
        with bar(quiet) as reporter, open_store(corpus, create=True) as store:
            added = library.add(paths, store, encoder, known, manifest=manifest, outlet=outlet, reporter=reporter)
            for failure in added.failures:
                reporter.note(f"not read: {failure.path}: {failure.reason}")
            reporter.note(f"{corpus}: {summary(added)}")
            library.index(corpus, store, library.model_key(encoder))
    except KeyboardInterrupt:
        sys.stderr.write("claimcheck: interrupted; the articles added so far are kept: run it again to go on\n")
        raise typer.Exit(130) from None


@corpus_app.command("list")
def list_(corpus: CorpusOption, since: SinceOption = None, outlet: OutletsOption = None) -> None:
    """List the articles: id, date, version, outlet, title. A star marks a superseded version.

    Example: claimcheck corpus list --corpus desk.db --since 2025-02-10
    """
    from claimcheck.corpus_words import listing
    from claimcheck.store import open_store

    with open_store(corpus) as store:
        _write(listing(store.entries(moment(since), outlet or ())))


@corpus_app.command()
def show(id: IdArgument, corpus: CorpusOption) -> None:
    """Show one article: its facts, its sentences, what was dropped and why.

    Example: claimcheck corpus show 3f2a --corpus desk.db
    """
    from claimcheck.corpus_words import details
    from claimcheck.store import open_store

    with open_store(corpus) as store:
        entry = store.find(id)
        _write(details(entry, store.load(entry.id)))


@corpus_app.command()
def remove(id: IdArgument, corpus: CorpusOption, quiet: QuietOption = False) -> None:
    """Forget one article; the version before it, if there is one, becomes live again. Decisions stay.

    Example: claimcheck corpus remove 3f2a9c01 --corpus desk.db
    """
    from claimcheck.progress import bar
    from claimcheck.store import open_store

    with bar(quiet) as reporter, open_store(corpus) as store:
        entry = store.find(id)
        store.remove(entry.id)
        reporter.note(f"{corpus}: removed {entry.id}")


@corpus_app.command()
def stats(corpus: CorpusOption) -> None:
    """Say how much the corpus holds.

    Example: claimcheck corpus stats --corpus desk.db
    """
    from claimcheck.corpus_words import totals
    from claimcheck.store import open_store

    with open_store(corpus) as store:
        _write(totals(store.stats()))


@corpus_app.command()
def search(
    words: Annotated[list[str], typer.Argument(help='Words that a sentence must hold; "two words" together, start*.')],
    corpus: CorpusOption,
    limit: Annotated[int, typer.Option(min=1, help="Largest number of sentences shown.")] = 20,
) -> None:
    """Find sentences by their words; accents and case do not matter.

    Example: claimcheck corpus search Kremlin appel --corpus desk.db
    """
    from claimcheck.corpus_words import hits
    from claimcheck.store import open_store

    text = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    with open_store(corpus) as store:
        _write(hits(store.search(text, limit)))


@corpus_app.command()
def verify(corpus: CorpusOption, quiet: QuietOption = False) -> None:
    """Check that the corpus is whole: one line per problem and exit code 3, or nothing wrong and 0.

    Example: claimcheck corpus verify --corpus desk.db
    """
    from claimcheck.progress import bar
    from claimcheck.store.verify import verify as problems

    with bar(quiet) as reporter:
        is_whole = True
        for problem in problems(corpus, reporter):
            is_whole = False
            sys.stdout.write(f"{corpus}: {problem}\n")
        if not is_whole:
            raise typer.Exit(3)
        reporter.note(f"{corpus}: no problem found")


@corpus_app.command()
def export(
    corpus: CorpusOption,
    out: Annotated[Path, typer.Option("--out", "-o", help="The JSON Lines file to write.")],
    every_version: Annotated[bool, typer.Option("--all", help="Superseded versions too.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Write the live articles with their sentences as JSON Lines; corpus add reads such a file.

    Example: claimcheck corpus export --corpus desk.db --out corpus.jsonl
    """
    from claimcheck.corpus import export as lines
    from claimcheck.files import check_writable, write_atomic
    from claimcheck.progress import bar
    from claimcheck.store import open_store

    check_writable(out)
    with bar(quiet) as reporter, open_store(corpus) as store:
        documents = list(lines(store, every_version=every_version))
        write_atomic(out, "".join(documents))
        reporter.note(f"{len(documents)} articles: {out}")


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line)
