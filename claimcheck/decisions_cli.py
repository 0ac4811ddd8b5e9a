"""The ``decisions`` commands: options in, one call to the library, lines out. No logic of their own."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from claimcheck.corpus_cli import CorpusOption, QuietOption

decisions_app = typer.Typer(
    help="What reviewers decided: list, agreement, import, export.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@decisions_app.command("list")
def list_(corpus: CorpusOption) -> None:
    """List the findings that were decided: what holds, who said what, both sentences.

    Example: claimcheck decisions list --corpus desk.db
    """
    from claimcheck.review.items import read_items
    from claimcheck.review.listing import listing
    from claimcheck.review.verdicts import reviews
    from claimcheck.store import open_store

    with open_store(corpus) as store:
        _write(listing(read_items(store.findings()), reviews(store.decisions())))


@decisions_app.command()
def agreement(
    corpus: CorpusOption, as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False
) -> None:
    """Say how far reviewers agree: Cohen's kappa and Krippendorff's alpha, over all labels and for each.

    Example: claimcheck decisions agreement --corpus desk.db
    """
    from claimcheck.review import listing
    from claimcheck.review.agreement import agreement as measure
    from claimcheck.review.verdicts import reviews
    from claimcheck.store import open_store

    with open_store(corpus) as store:
        measured = measure(reviews(store.decisions()).values())
    _write([listing.as_json(measured)] if as_json else listing.table(measured))


@decisions_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Decisions: JSON Lines from a report or a desk, or CSV.")],
    corpus: CorpusOption,
    reviewer: Annotated[str | None, typer.Option(help="Who decided, whatever the file says.")] = None,
    quiet: QuietOption = False,
) -> None:
    """Add the decisions of a file; those held already are not added again.

    Example: claimcheck decisions import decisions.jsonl --corpus desk.db --reviewer anna
    """
    from claimcheck.progress import bar
    from claimcheck.review.exchange import import_file
    from claimcheck.review.listing import summary
    from claimcheck.store import open_store

    with bar(quiet) as reporter, open_store(corpus) as store:
        reporter.note(f"{corpus}: {summary(import_file(file, store, reviewer))}")


@decisions_app.command()
def export(
    corpus: CorpusOption,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")],
    form: Annotated[str, typer.Option("--format", help="jsonl, csv, claimreview or labelstudio.")] = "jsonl",
    quiet: QuietOption = False,
) -> None:
    """Write the decisions, or what others can make of them, to a file.

    jsonl: every decision; csv: a spreadsheet to fill in, which import reads; claimreview: JSON-LD of what reviewers
    confirmed; labelstudio: tasks with the program's predictions.

    Example: claimcheck decisions export --corpus desk.db --format csv --out queue.csv
    """
    from claimcheck.files import check_writable, write_atomic
    from claimcheck.progress import bar
    from claimcheck.review.formats import export as made
    from claimcheck.store import open_store

    check_writable(out)
    with bar(quiet) as reporter, open_store(corpus) as store:
        write_atomic(out, made(store, form))
        reporter.note(f"decisions: {out}")


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(line)
