"""What each command does once its options are read: load, call the library, write files, return what to print."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from claimcheck.errors import ModelError, UsageError
from claimcheck.files import check_targets, write_atomic
from claimcheck.options import relation, report_settings
from claimcheck.progress import Reporter, bar
from claimcheck.settings import Settings
from claimcheck.types import Comparison, Relation


def compare_command(
    paths: Sequence[Path],
    *,
    out: Path,
    json_out: Path | None,
    csv_out: Path | None,
    manifest: Path | None,
    outlet: str | None,
    corpus: Path | None,
    fail_on: str | None,
    settings_file: Path | None,
    overrides: Mapping[str, Any],
    quiet: bool,
) -> int:
    """Compare, write the report and the exports, sum up on standard error; 1 if a finding passes ``fail_on``."""
    wanted = relation(fail_on)
    settings = report_settings(settings_file, overrides)
    from claimcheck.report import Outputs

    outputs = Outputs(out, json_out, csv_out)
    outputs.check(paths, corpus)
    from claimcheck.pipeline import compare

    begun = time.monotonic()
    with bar(quiet) as reporter:
        options: dict[str, Any] = {"manifest": manifest, "outlet": outlet, "reporter": reporter}
        comparison = _at_desk(corpus, paths, settings, options) if corpus else compare(paths, settings, **options)
        outputs.write(comparison)
        _sum_up(comparison, reporter, out, time.monotonic() - begun)
    return int(any(finding.relation == wanted for finding in comparison.findings))


def _at_desk(corpus: Path, paths: Sequence[Path], settings: Settings, options: Mapping[str, Any]) -> Comparison:
    """Compare with what the corpus has learned; keep its findings there, and show what reviewers decided."""
    from claimcheck.models import load_relator
    from claimcheck.pipeline import compare
    from claimcheck.review.keep import keep
    from claimcheck.review.learned import with_learned
    from claimcheck.store import open_store

    with open_store(corpus, create=True) as store:
        relator = load_relator(settings.embedder, settings.nli, download=settings.download)
        relator = with_learned(relator, store, options["reporter"])
        return keep(compare(paths, settings, relator=relator, **options), store)


def _sum_up(comparison: Comparison, reporter: Reporter, out: Path, seconds: float) -> None:
    coverage = comparison.coverage
    counts = Counter(finding.relation for finding in comparison.findings)
    for failure in comparison.failures:
        reporter.note(f"not read: {failure.path}: {failure.reason}")
    if coverage["outlets"] < 2:
        reporter.note("only one outlet: nothing to compare; name outlets with --manifest or --outlet")
    found = ", ".join(f"{counts[relation]} {relation}" for relation in Relation if relation != Relation.UNRELATED)
    reporter.note(
        f"{coverage['articles']} articles of {coverage['outlets']} outlets, {coverage['sentences']} sentences, "
        f"{coverage['candidates']} pairs judged in {seconds:.1f} s: {found}"
    )
    reporter.note(f"report: {out}")


def score_command(
    pairs: Path, out: Path, *, embedder: str | None, nli: str | None, download: bool, quiet: bool
) -> None:
    """Score a file of pairs."""
    from claimcheck.models import load_relator
    from claimcheck.scoring import read_scorable, score

    check_targets([out], [pairs])
    records = read_scorable(pairs)
    with bar(quiet) as reporter:
        relator = load_relator(embedder, nli, download=download)
        write_atomic(out, score(records, relator, reporter.stage("Scoring pairs", 2 * len(records))))
        reporter.note(f"{len(records)} pairs scored: {out}")


def evaluate_command(
    file: Path,
    task: str | None,
    *,
    articles: Path | None,
    random_pairs: bool,
    as_json: bool,
    embedder: str | None,
    nli: str | None,
    download: bool,
    quiet: bool,
) -> str:
    """Measure the models on a labelled file; the table, or JSON."""
    from claimcheck.evaluation.datasets import read_pairs, with_random_pairs
    from claimcheck.evaluation.evaluate import Task, evaluate, fitting_task
    from claimcheck.evaluation.scorers import scorers
    from claimcheck.models import load_relator

    if task is not None and task not in list(Task):
        raise UsageError(f"--task {task}: give one of {', '.join(Task)}")
    rows = with_random_pairs(file, articles) if random_pairs else read_pairs(file, articles)
    with bar(quiet or as_json) as reporter:
        relator = load_relator(embedder, nli, download=download)
        chosen = Task(task) if task else fitting_task(rows)
        result = evaluate(rows, chosen, scorers(relator, reporter.stage("Scoring pairs")))
    if as_json:
        return json.dumps(result.to_dict(), indent=2, ensure_ascii=False) + "\n"
    return result.to_text() + "\n"


def train_command(
    stages: Sequence[str], *, data: Path, own: Path, work: Path, models: Path, recipe: Path | None
) -> None:
    """Run stages of the recipe, with a line of progress on standard error."""
    from claimcheck.training.stages import RECIPE, STAGES, load_recipe, run_stages

    def log(message: str) -> None:
        sys.stderr.write(message + "\n")

    try:
        run_stages(
            STAGES if list(stages) == ["all"] else stages,
            data=data,
            root=own,
            work=work,
            models=models,
            recipe=load_recipe(recipe or RECIPE),
            log=log,
        )
    except ModuleNotFoundError as error:
        raise UsageError(f"training needs {error.name}. Install it with: pip install 'claimcheck[train]'") from error


def learn_command(
    corpus: Path,
    *,
    data: Path | None,
    force: bool,
    rollback: bool,
    embedder: str | None,
    nli: str | None,
    download: bool,
    quiet: bool,
) -> str:
    """Learn from the decisions of a corpus, or go back; what to print.

    :raises UsageError: if the new decision does worse and ``force`` is not given.
    """
    from claimcheck.review.learned import roll_back
    from claimcheck.store import open_store

    with bar(quiet) as reporter, open_store(corpus) as store:
        if rollback:
            version = roll_back(store)
            return f"{corpus}: back to {f'version {version}' if version else 'the shipped decision'}\n"
        from claimcheck.corpus import index_folder
        from claimcheck.models import load_relator
        from claimcheck.review.learning import learn_from, settled_in
        from claimcheck.training.prior import data_folder, prior

        found, folder = settled_in(store), data_folder(data)  # before anything that takes long
        relator = load_relator(embedder, nli, download=download)
        shipped = prior(folder, relator, index_folder(corpus), reporter)
        text, is_kept = learn_from(found, store, relator, shipped, force=force)
    sys.stdout.write(text)
    if not is_kept:
        raise UsageError("the new decision does worse on held-out decisions and was not kept; --force keeps it")
    return ""


def models_command() -> str:
    """Verify the shipped models.

    :raises ModelError: naming the files that are missing or differ.
    """
    from claimcheck.encoders.loading import manifest, models_folder, verify

    folder = models_folder()
    wrong = verify(folder)
    if wrong:
        raise ModelError(f"{folder}: missing or changed: {', '.join(wrong)}; reinstall the models")
    size = sum(entry["bytes"] for entry in manifest(folder).values()) / 1e6
    return f"{folder}: {len(manifest(folder))} files, {size:.1f} MB, all as in the manifest\n"
