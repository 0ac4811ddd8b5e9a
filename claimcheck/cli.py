"""The command line: options in, one call to the library, errors as one line. No logic of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from claimcheck.corpus_cli import CorpusOption, OutletsOption, SinceOption, corpus_app
from claimcheck.decisions_cli import decisions_app
from claimcheck.errors import ClaimcheckError, InputError, UsageError

INTERRUPTED = 130

app = typer.Typer(
    help="Show where the accounts of several news outlets agree, diverge or contradict each other. Offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: twice as fast, and [train] is no markup
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 ok, 1 findings above --fail-on, 2 usage, 3 input, 4 model, 5 internal error.",
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(decisions_app, name="decisions")
train_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

EmbedderOption = Annotated[
    str | None, typer.Option("--embedder", help="Another sentence encoder: a folder or a hub name.")
]
NliOption = Annotated[str | None, typer.Option("--nli", help="Another NLI cross-encoder: a folder or a hub name.")]
DownloadOption = Annotated[bool, typer.Option("--download", help="Allow models to be fetched from a hub.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary; errors only.")]
SettingsOption = Annotated[
    Path | None, typer.Option("--settings", help="A TOML file with settings; options win over it.")
]


@app.command()
def compare(
    paths: Annotated[list[Path], typer.Argument(help="Articles: files or folders (txt md html json jsonl csv tsv).")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML report to write.")] = Path("report.html"),
    json_out: Annotated[Path | None, typer.Option("--json", help="Also write the findings as JSON.")] = None,
    csv_out: Annotated[Path | None, typer.Option("--csv", help="Also write the judged pairs as CSV.")] = None,
    manifest: Annotated[
        Path | None, typer.Option(help="CSV with file, outlet, title, url, published, language.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="The outlet of all the articles given.")] = None,
    corpus: Annotated[
        Path | None, typer.Option(help="Keep the findings in this corpus for review; show what was decided.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Language of the report: fr or en. Default: most articles'.")] = None,
    fail_on: Annotated[
        str | None, typer.Option(help="Exit with 1 if there is such a finding: contradict, diverge or agree.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="A setting, as pairs.neighbours=8; repeatable.")
    ] = None,
    settings: SettingsOption = None,
    embedder: EmbedderOption = None,
    nli: NliOption = None,
    download: DownloadOption = False,
    quiet: QuietOption = False,
) -> None:
    """Compare the articles of several outlets and write one offline HTML report.

    Example: claimcheck compare articles/ --out report.html --json report.json
    """
    from claimcheck.commands import compare_command

    raise typer.Exit(
        compare_command(
            paths,
            out=out,
            json_out=json_out,
            csv_out=csv_out,
            manifest=manifest,
            outlet=outlet,
            corpus=corpus,
            fail_on=fail_on,
            settings_file=settings,
            overrides=_report_overrides(set_, lang, embedder, nli, download),
            quiet=quiet,
        )
    )


@app.command()
def check(
    corpus: CorpusOption,
    articles: Annotated[
        list[Path] | None, typer.Argument(help="Articles: files or folders (txt md html json jsonl csv tsv).")
    ] = None,
    since: SinceOption = None,
    outlet: OutletsOption = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML report to write.")] = Path("check.html"),
    json_out: Annotated[Path | None, typer.Option("--json", help="Also write the lists as JSON.")] = None,
    csv_out: Annotated[Path | None, typer.Option("--csv", help="Also write the judged pairs as CSV.")] = None,
    manifest: Annotated[
        Path | None, typer.Option(help="CSV with file, outlet, title, url, published, language.")
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", help="The outlet of the articles checked.")] = None,
    add: Annotated[bool, typer.Option("--add", help="Put the articles and the findings into the corpus.")] = False,
    watch: Annotated[
        Path | None, typer.Option("--watch", help="Then check what is dropped into this folder, until Ctrl-C.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Language of the report: fr or en. Default: the article's.")] = None,
    fail_on: Annotated[
        str | None, typer.Option(help="Exit with 1 if there is such a finding: contradict, diverge or agree.")
    ] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="A setting, as check.days=60; repeatable.")] = None,
    settings: SettingsOption = None,
    embedder: EmbedderOption = None,
    nli: NliOption = None,
    download: DownloadOption = False,
    quiet: QuietOption = False,
) -> None:
    """Check new articles against a corpus: what other outlets confirm, contradict, lack, and say besides.

    Each article is held against the articles of other outlets that tell its story at about its time. Several articles
    have a report each: check.html becomes check-NAME.html.

    Example: claimcheck check article.txt --corpus desk.db --out report.html --add
    """
    from claimcheck.check_commands import check_command

    raise typer.Exit(
        check_command(
            articles or [],
            corpus=corpus,
            since=since,
            outlets=outlet or (),
            out=out,
            json_out=json_out,
            csv_out=csv_out,
            manifest=manifest,
            outlet=from_,
            add=add,
            watch=watch,
            fail_on=fail_on,
            settings_file=settings,
            overrides=_report_overrides(set_, lang, embedder, nli, download),
            quiet=quiet,
        )
    )


@app.command()
def review(
    corpus: CorpusOption,
    reviewer: Annotated[str | None, typer.Option(help="Your name in the decisions. Default: the user's.")] = None,
    blind: Annotated[bool, typer.Option("--blind", help="Hide what the program and the others say.")] = False,
    listen: Annotated[
        str, typer.Option(help="The address to serve; any but this machine's own needs --token-file.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for any that is free.")] = 8321,
    token_file: Annotated[
        Path | None, typer.Option(help="Reviewers and their tokens: NAME TOKEN or NAME TOKEN blind, one a line.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Language of the page: fr or en. Default: most articles'.")] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
) -> None:
    """Go through the findings of a corpus and decide, in a local web page.

    It needs the review extra: pip install 'claimcheck[review]'.

    Example: claimcheck review --corpus desk.db
    """
    from claimcheck.review.server import serve

    serve(
        corpus,
        reviewer=reviewer,
        blind=blind,
        listen=listen,
        port=port,
        token_file=token_file,
        language=lang,
        browser=browser,
    )


@app.command()
def score(
    pairs: Annotated[Path, typer.Argument(help="Pairs: JSON Lines, CSV or TSV with columns a and b.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The JSON Lines file to write.")],
    embedder: EmbedderOption = None,
    nli: NliOption = None,
    download: DownloadOption = False,
    quiet: QuietOption = False,
) -> None:
    """Add NLI and relation probabilities to every pair of a file.

    Optional columns a_context, b_context, a_date, b_date, a_speaker and b_speaker are used where present.

    Example: claimcheck score pairs.jsonl --out scores.jsonl
    """
    from claimcheck.commands import score_command

    score_command(pairs, out, embedder=embedder, nli=nli, download=download, quiet=quiet)


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Labelled pairs: a file, a story folder or a folder of them.")],
    task: Annotated[
        str | None, typer.Option(help="nli, contradiction, relation, sts or retrieval. Default: what the labels fit.")
    ] = None,
    articles: Annotated[Path | None, typer.Option(help="Folder of the articles that listed pairs refer to.")] = None,
    random_pairs: Annotated[
        bool, typer.Option("--random-pairs", help="Add as many random cross pairs, labelled unrelated.")
    ] = False,
    json_out: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    embedder: EmbedderOption = None,
    nli: NliOption = None,
    download: DownloadOption = False,
    quiet: QuietOption = False,
) -> None:
    """Measure the models on labelled pairs: accuracy, F1, calibration, confusion, Spearman, recall.

    Example: claimcheck evaluate data/pairs --task relation
    """
    from claimcheck.commands import evaluate_command

    sys.stdout.write(
        evaluate_command(
            file,
            task,
            articles=articles,
            random_pairs=random_pairs,
            as_json=json_out,
            embedder=embedder,
            nli=nli,
            download=download,
            quiet=quiet,
        )
    )


@app.command()
def learn(
    corpus: CorpusOption,
    force: Annotated[bool, typer.Option("--force", help="Keep the new decision even if it does worse.")] = False,
    rollback: Annotated[bool, typer.Option("--rollback", help="Go back to the decision before.")] = False,
    data: Annotated[
        Path | None, typer.Option(help="Folder of the shipped pairs. Default: data/ of the checkout.")
    ] = None,
    embedder: EmbedderOption = None,
    nli: NliOption = None,
    download: DownloadOption = False,
    quiet: QuietOption = False,
) -> None:
    """Refit the decision from what reviewers decided; the next check or compare --corpus uses it and says so.

    It prints how the shipped and the new decision do on held-out decisions, and keeps the new one only if it is better.

    Example: claimcheck learn --corpus desk.db
    """
    from claimcheck.commands import learn_command

    sys.stdout.write(
        learn_command(
            corpus,
            data=data,
            force=force,
            rollback=rollback,
            embedder=embedder,
            nli=nli,
            download=download,
            quiet=quiet,
        )
    )


@app.command()
@train_app.command()
def train(
    stages: Annotated[list[str], typer.Argument(help="Stages in order, or all. See claimcheck/training/recipe.toml.")],
    data: Annotated[Path, typer.Option(help="Folder of the training data (data/SOURCES.md lists it).")],
    own: Annotated[Path, typer.Option(help="Our own labelled data.")] = Path("data"),
    work: Annotated[Path, typer.Option(help="Where checkpoints and interim models are kept.")] = Path("work"),
    models: Annotated[Path, typer.Option(help="Where the shipped models are written.")] = Path("models"),
    recipe: Annotated[Path | None, typer.Option(help="Another recipe file.")] = None,
) -> None:
    """Train the shipped models: vocabulary, distil, nli, translations, relation,
    similarity, export, decision, manifest.

    It needs the training extra: pip install 'claimcheck[train]'.

    A stage that was interrupted goes on from its checkpoint. To start from the shipped weights, put adopt in front
    and leave distil out; vocabulary then keeps the shipped pieces.

    Example: claimcheck train all --data ../shared/data
    """
    from claimcheck.commands import train_command

    train_command(stages, data=data, own=own, work=work, models=models, recipe=recipe)


@app.command()
def models(
    quiet: QuietOption = False,
) -> None:
    """Check the shipped models against their manifest."""
    from claimcheck.commands import models_command

    text = models_command()
    if not quiet:
        sys.stdout.write(text)


def _report_overrides(
    assignments: list[str] | None, lang: str | None, embedder: str | None, nli: str | None, download: bool
) -> dict[str, Any]:
    """The settings that the options of a command with a report stand for."""
    return {
        **_overrides(assignments or []),
        "report.language": lang,
        "embedder": embedder,
        "nli": nli,
        "download": download or None,
    }


def _overrides(assignments: list[str]) -> dict[str, Any]:
    """``key=value`` pairs; values are read as TOML, bare words as text."""
    import tomllib

    values: dict[str, Any] = {}
    for assignment in assignments:
        key, separator, value = assignment.partition("=")
        if not separator or not key.strip():
            raise UsageError(f"--set {assignment!r}: write it as key=value, such as pairs.neighbours=8")
        try:
            values[key.strip()] = tomllib.loads(f"value = {value}")["value"]
        except tomllib.TOMLDecodeError:
            values[key.strip()] = value.strip()
    return values


def run(application: typer.Typer) -> None:
    """Run an application; errors become one line on standard error and the exit code of their kind."""
    try:
        application()
    except ClaimcheckError as error:
        _fail(str(error), error.exit_code)
    except SystemExit as leaving:
        if leaving.code == INTERRUPTED:  # typer makes this of Ctrl-C, without a word
            _fail("interrupted", INTERRUPTED)
        raise
    except Exception as error:
        if os.environ.get("CLAIMCHECK_DEBUG"):
            raise
        if isinstance(error, OSError) and error.filename is not None:
            _fail(f"{error.filename}: {error.strerror}; check the path and its rights", InputError.exit_code)
        _fail(f"internal error: {type(error).__name__}: {error}; run with CLAIMCHECK_DEBUG=1 and report it", 5)


def _fail(message: str, code: int) -> None:
    line = " ".join(message.split())
    sys.stderr.write(f"claimcheck: {line}\n")
    raise SystemExit(code)


def main() -> None:
    """Entry point of the ``claimcheck`` command."""
    run(app)
