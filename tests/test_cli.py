from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer.main
from fakes import relator
from newsroom import NORD, STORY, SUD, lay_down

from claimcheck import cli
from claimcheck.errors import InputError, UsageError
from claimcheck.reference import reference

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("torch", "onnxruntime", "sklearn", "scipy", "pandas", "transformers", "sentence_transformers", "numpy")
GOOD_PAIR = '{"a": "Le pont est fermé depuis lundi.", "b": "Le pont est ouvert depuis lundi."}\n'


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Claimcheck = Callable[..., Outcome]


@pytest.fixture
def claimcheck(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Claimcheck:
    """Runs a command line in this process, with the fake models."""

    def load(*_: object, **__: object) -> object:
        return relator()

    monkeypatch.setattr("claimcheck.models.load_relator", load)
    monkeypatch.setattr("claimcheck.pipeline.load_relator", load)

    def call(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["claimcheck", *map(str, arguments)])
        with pytest.raises(SystemExit) as leaving:
            cli.main()
        captured = capsys.readouterr()
        code = leaving.value.code
        return Outcome(code if isinstance(code, int) else int(bool(code)), captured.out, captured.err)

    return call


def refused(outcome: Outcome, code: int, *parts: str) -> None:
    """One line for the user, with the exit code of its kind."""
    assert outcome.code == code, outcome.err
    assert outcome.out == ""
    assert outcome.err.startswith("claimcheck: ")
    assert outcome.err.count("\n") == 1
    assert "Traceback" not in outcome.err
    for part in parts:
        assert part in outcome.err


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )


def subprocess_of(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return python("-c", code, *arguments)


# help


def test_help_is_quick_and_loads_no_heavy_library() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess_of(
        "import sys, claimcheck.cli as cli\n"
        "try:\n    cli.main()\n"
        f"finally:\n    print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)",
        "--help",
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (done.returncode, done.stderr.strip()) == (0, "[]")
    assert "compare" in done.stdout
    # Processor time: a busy machine must not fail the test. On an idle one this is under 0.5 s of wall time.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.0


@pytest.mark.parametrize(
    "given",
    [
        ("claimcheck", "score", "gone.jsonl", "--out", "gone"),
        ("claimcheck.training", "nli", "--data", "gone", "--work", "gone"),
    ],
)
def test_a_module_run_by_python_fails_in_one_line_as_the_command_does(given: tuple[str, ...]) -> None:
    done = python("-m", *given)
    assert done.returncode == InputError.exit_code
    assert done.stderr.splitlines()[-1].startswith("claimcheck: gone")
    assert "Traceback" not in done.stderr


def test_every_command_and_parameter_has_help() -> None:
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    assert set(commands) >= {"compare", "check", "review", "decisions", "score", "evaluate", "train", "models"}
    for name, command in commands.items():
        assert command.help, name
        takes_arguments = any(parameter.param_type_name == "argument" for parameter in command.params)
        assert "Example: claimcheck " in command.help or not takes_arguments, name
        for parameter in command.params:
            assert parameter.help, f"{name} {parameter.name}"


@pytest.mark.parametrize("command", ["compare", "check", "review", "score", "evaluate", "train", "models"])
def test_help_of_a_command_shows_its_options(claimcheck: Claimcheck, command: str) -> None:
    shown = claimcheck(command, "--help")
    assert (shown.code, shown.err) == (0, "")
    assert f"claimcheck {command}" in shown.out


def test_square_brackets_survive_in_help(claimcheck: Claimcheck) -> None:
    assert "claimcheck[train]" in claimcheck("train", "--help").out


def test_the_written_reference_is_the_one_of_the_commands() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference(), "run make docs"


# compare


def test_compare_writes_the_report_and_the_exports_and_sums_up(claimcheck: Claimcheck, tmp_path: Path) -> None:
    folder = lay_down(tmp_path / "articles")
    page, data, table = tmp_path / "r.html", tmp_path / "r.json", tmp_path / "r.csv"
    done = claimcheck("compare", folder, "--out", page, "--json", data, "--csv", table)
    assert (done.code, done.out) == (0, "")
    assert "3 articles of 3 outlets" in done.err
    assert "1 agree, 0 diverge, 1 contradict" in done.err
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    findings = json.loads(data.read_text(encoding="utf-8"))["findings"]
    assert [finding["relation"] for finding in findings] == ["contradict", "agree"]
    with table.open(encoding="utf-8-sig", newline="") as rows:
        assert [row["relation"] for row in csv.DictReader(rows)] == ["contradict", "agree"]


def test_quiet_says_nothing_and_writes_the_same_page(claimcheck: Claimcheck, tmp_path: Path) -> None:
    folder = lay_down(tmp_path / "articles")
    loud, quiet = tmp_path / "loud.html", tmp_path / "quiet.html"
    claimcheck("compare", folder, "-o", loud)
    assert claimcheck("compare", folder, "-o", quiet, "--quiet") == Outcome(0, "", "")
    assert quiet.read_bytes() == loud.read_bytes()


@pytest.mark.parametrize(("relation", "code"), [("contradict", 1), ("agree", 1), ("diverge", 0)])
def test_fail_on_sets_the_exit_code_after_the_report_is_written(
    claimcheck: Claimcheck, tmp_path: Path, relation: str, code: int
) -> None:
    page = tmp_path / "r.html"
    done = claimcheck("compare", lay_down(tmp_path / "articles"), "-o", page, "--fail-on", relation)
    assert done.code == code
    assert page.exists()


def test_settings_come_from_a_file_and_options_win(claimcheck: Claimcheck, tmp_path: Path) -> None:
    chosen, data = tmp_path / "claimcheck.toml", tmp_path / "r.json"
    chosen.write_text("[pairs]\nneighbours = 3\nlexical = 2\n", encoding="utf-8")
    options = ["--settings", chosen, "--set", "pairs.neighbours=4", "--lang", "en", "--json", data]
    assert claimcheck("compare", lay_down(tmp_path / "a"), "-o", tmp_path / "r.html", *options).code == 0
    written = json.loads(data.read_text(encoding="utf-8"))
    assert written["settings"]["pairs"]["neighbours"] == 4
    assert written["settings"]["pairs"]["lexical"] == 2
    assert written["language"] == "en"


def test_one_outlet_gives_a_report_and_a_hint(claimcheck: Claimcheck, tmp_path: Path) -> None:
    folder = lay_down(tmp_path / "articles", {"nord": NORD, "sud": SUD})
    page = tmp_path / "r.html"
    done = claimcheck("compare", folder, "-o", page, "--outlet", "Le Phare", "--fail-on", "agree")
    assert done.code == 0
    assert "only one outlet" in done.err
    assert page.exists()


def test_a_broken_article_is_named_and_the_others_are_compared(claimcheck: Claimcheck, tmp_path: Path) -> None:
    folder = lay_down(tmp_path / "articles")
    (folder / "empty.txt").write_bytes(b"")
    done = claimcheck("compare", folder, "-o", tmp_path / "r.html")
    assert done.code == 0
    assert "not read: " in done.err
    assert "empty.txt" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "parts"),
    [
        (["{missing}"], 3, ["missing.txt"]),
        (["{empty_folder}"], 3, ["no article could be read", "empty_folder"]),
        (["{empty}"], 3, ["no article could be read", "empty.txt"]),
        (["{binary}"], 3, ["no article could be read", "binary.txt"]),
        (["{articles}", "--fail-on", "contradicts"], 2, ["--fail-on contradicts", "contradict, diverge, agree"]),
        (["{articles}", "--lang", "de"], 2, ["fr or en"]),
        (["{articles}", "--set", "pairs.neighbour=3"], 2, ["pairs.neighbour'", "did you mean 'pairs.neighbours'"]),
        (["{articles}", "--set", "pairs.neighbours=0"], 2, ["pairs.neighbours"]),
        (["{articles}", "--set", "pairs.neighbours"], 2, ["key=value"]),
        (["{articles}", "--settings", "{missing}"], 3, ["no such settings file"]),
        (["{articles}", "--settings", "{empty_folder}"], 3, ["empty_folder", "check the path"]),
        (["{articles}", "--settings", "{toml}"], 3, ["broken.toml", "not valid TOML"]),
        (["{articles}", "--manifest", "{missing}"], 3, ["no such manifest"]),
        (["{articles}", "--json", "{out}"], 2, ["same name"]),
        (["{articles}", "--csv", "{articles}/pairs.csv"], 2, ["lies among the inputs"]),
    ],
)
def test_compare_refuses_in_one_line_and_leaves_the_old_report(
    claimcheck: Claimcheck, tmp_path: Path, arguments: list[str], code: int, parts: list[str]
) -> None:
    places = {name: tmp_path / name for name in ("articles", "empty_folder")}
    places |= {"missing": tmp_path / "missing.txt", "empty": tmp_path / "empty.txt", "out": tmp_path / "r.html"}
    places |= {"binary": tmp_path / "binary.txt", "toml": tmp_path / "broken.toml"}
    lay_down(places["articles"])
    places["empty_folder"].mkdir()
    places["empty"].write_bytes(b"")
    places["binary"].write_bytes(bytes(range(256)) * 8)
    places["toml"].write_text("[pairs\n", encoding="utf-8")
    places["out"].write_text("the old report", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = claimcheck("compare", *[part.format(**places) for part in arguments], "--out", places["out"])
    refused(done, code, *parts)
    assert places["out"].read_text(encoding="utf-8") == "the old report"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("target", ["no/such/folder/r.html", "articles", "articles/nord.txt", "articles/r.html"])
def test_an_output_that_cannot_or_must_not_be_written_is_refused_before_any_work(
    claimcheck: Claimcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    folder = lay_down(tmp_path / "articles")
    monkeypatch.setattr("claimcheck.pipeline.ingest_some", lambda *_, **__: pytest.fail("work was begun"))
    refused(claimcheck("compare", folder, "--out", tmp_path / target), 2, target.split("/")[-1])
    assert (folder / "nord.txt").read_text(encoding="utf-8") == NORD


def test_a_render_error_leaves_no_output_behind(
    claimcheck: Claimcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> str:
        raise RuntimeError("a bug\nof two lines")

    monkeypatch.setattr("claimcheck.report.outputs.to_json", fail)
    options = ["--out", tmp_path / "r.html", "--json", tmp_path / "r.json"]
    done = claimcheck("compare", lay_down(tmp_path / "articles"), *options)
    refused(done, 5, "internal error: RuntimeError: a bug of two lines", "CLAIMCHECK_DEBUG=1")
    assert not (tmp_path / "r.html").exists()


def test_an_unknown_option_is_a_usage_error(claimcheck: Claimcheck) -> None:
    done = claimcheck("compare", "articles", "--jsn", "x")
    assert done.code == 2
    assert "--jsn" in done.err
    assert "Traceback" not in done.err


# errors of any command


def test_interruption_leaves_with_130(claimcheck: Claimcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("claimcheck.pipeline.ingest_some", interrupt)
    done = claimcheck("compare", lay_down(tmp_path / "articles"), "--out", tmp_path / "r.html")
    refused(done, 130, "interrupted")
    assert not (tmp_path / "r.html").exists()


def test_an_internal_error_is_one_line_unless_debugging(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise ZeroDivisionError("nothing to divide")

    monkeypatch.setattr("claimcheck.commands.models_command", fail)
    refused(claimcheck("models"), 5, "internal error: ZeroDivisionError: nothing to divide")
    monkeypatch.setenv("CLAIMCHECK_DEBUG", "1")
    monkeypatch.setattr(sys, "argv", ["claimcheck", "models"])
    with pytest.raises(ZeroDivisionError):
        cli.main()


def test_a_file_that_cannot_be_opened_is_an_input_error(
    claimcheck: Claimcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise PermissionError(13, "Permission denied", "articles/nord.txt")

    monkeypatch.setattr("claimcheck.commands.models_command", fail)
    refused(claimcheck("models"), 3, "articles/nord.txt: Permission denied")


def test_no_command_shows_the_help(claimcheck: Claimcheck) -> None:
    done = claimcheck()
    assert done.code == 2
    assert "compare" in done.out + done.err


# score


def test_score_writes_a_row_a_pair(claimcheck: Claimcheck, tmp_path: Path) -> None:
    pairs, out = tmp_path / "pairs.jsonl", tmp_path / "scores.jsonl"
    pairs.write_text(GOOD_PAIR * 3, encoding="utf-8")
    done = claimcheck("score", pairs, "--out", out)
    assert (done.code, done.out) == (0, "")
    assert "3 pairs scored" in done.err
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "content", "parts"),
    [
        ("wrong.csv", "text1,text2\nun,deux\n", ["wrong.csv:2", "'text1'", "a and b"]),
        ("empty.jsonl", '{"a": "", "b": "Le pont est fermé."}\n', ["empty.jsonl:1", "'a' is empty"]),
        ("broken.jsonl", GOOD_PAIR * 6 + '{"a": "x", \n' + GOOD_PAIR, ["broken.jsonl:7", "broken JSON"]),
        ("list.jsonl", GOOD_PAIR + "[1, 2]\n", ["list.jsonl:2", "not an object"]),
        ("number.jsonl", '{"a": 3, "b": "Le pont est fermé."}\n', ["number.jsonl:1", "must be a text"]),
        ("date.jsonl", '{"a": "Un.", "b": "Deux.", "a_date": "mardi"}\n', ["date.jsonl:1", "a_date", "'mardi'"]),
        ("nothing.jsonl", "", ["nothing.jsonl", "no rows"]),
        ("header.csv", "a,b\n", ["header.csv", "no rows"]),
        ("uneven.tsv", "a\tb\nun\tdeux\ttrois\n", ["uneven.tsv:2", "3 columns where 2"]),
        ("binary.jsonl", "\udcff\udcfe\x00", ["binary.jsonl:1", "not UTF-8"]),
        ("pairs.docx", GOOD_PAIR, ["pairs.docx", "not a known kind"]),
    ],
)
def test_score_names_file_line_and_remedy_before_a_model_is_loaded(
    claimcheck: Claimcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str, parts: list[str]
) -> None:
    monkeypatch.setattr("claimcheck.models.load_relator", lambda *_, **__: pytest.fail("a model was loaded"))
    pairs, out = tmp_path / name, tmp_path / "scores.jsonl"
    pairs.write_bytes(content.encode("utf-8", errors="surrogateescape"))
    out.write_text("old scores\n", encoding="utf-8")
    refused(claimcheck("score", pairs, "--out", out), 3, *parts)
    assert out.read_text(encoding="utf-8") == "old scores\n"


def test_score_refuses_a_missing_file_and_its_own_input(claimcheck: Claimcheck, tmp_path: Path) -> None:
    out = tmp_path / "scores.jsonl"
    refused(claimcheck("score", tmp_path / "gone.jsonl", "--out", out), 3, "gone.jsonl", "no such file")
    assert not out.exists()
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(GOOD_PAIR, encoding="utf-8")
    refused(claimcheck("score", pairs, "--out", pairs), 2, "lies among the inputs")
    assert pairs.read_text(encoding="utf-8") == GOOD_PAIR


def test_a_text_of_100000_characters_is_scored(claimcheck: Claimcheck, tmp_path: Path) -> None:
    pairs, out = tmp_path / "pairs.jsonl", tmp_path / "scores.jsonl"
    text = "Le pont de Vaure est fermé depuis lundi. " * 2_500
    pairs.write_text(json.dumps({"a": text, "b": "Le pont est fermé."}) + "\n", encoding="utf-8")
    assert claimcheck("score", pairs, "--out", out, "-q") == Outcome(0, "", "")
    (row,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert len(row["a"]) == len(text)


# evaluate, train, models


def test_evaluate_prints_a_table_or_json(claimcheck: Claimcheck, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    rows = [
        {"a": STORY["nord"].splitlines()[2], "b": STORY["sud"].splitlines()[2], "label": "contradict"},
        {"a": STORY["nord"].splitlines()[1], "b": STORY["sud"].splitlines()[1], "label": "agree"},
    ]
    pairs.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    shown = claimcheck("evaluate", pairs, "--quiet")
    assert shown.code == 0
    assert "accuracy" in shown.out
    read = json.loads(claimcheck("evaluate", pairs, "--task", "relation", "--json").out)
    assert (read["task"], read["rows"], read["metrics"]["accuracy"]) == ("relation", 2, 1.0)


@pytest.mark.parametrize(
    ("arguments", "code", "parts"),
    [
        (["evaluate", "{missing}"], 3, ["missing.jsonl"]),
        (["evaluate", "{labels}"], 3, ["labels.jsonl:1", "unknown label 'maybe'"]),
        (["evaluate", "{labels}", "--task", "relations"], 2, ["--task relations", "relation"]),
        (["evaluate", "{labels}", "--random-pairs"], 3, ["labels.jsonl"]),
        (["train", "distill", "--data", "{data}"], 2, ["unknown stage 'distill'", "distil"]),
        (["train", "all", "--data", "{data}", "--recipe", "{missing}"], 3, ["missing.jsonl", "recipe"]),
    ],
)
def test_other_commands_refuse_in_one_line(
    claimcheck: Claimcheck, tmp_path: Path, arguments: list[str], code: int, parts: list[str]
) -> None:
    places = {"missing": tmp_path / "missing.jsonl", "labels": tmp_path / "labels.jsonl", "data": tmp_path}
    places["labels"].write_text('{"a": "Un.", "b": "Deux.", "label": "maybe"}\n', encoding="utf-8")
    refused(claimcheck(*[part.format(**places) for part in arguments]), code, *parts)


def test_missing_models_are_a_model_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLAIMCHECK_MODELS", str(tmp_path / "none"))
    monkeypatch.setattr(sys, "argv", ["claimcheck", "models"])
    with pytest.raises(SystemExit) as leaving:
        cli.main()
    assert leaving.value.code == 4
    error = capsys.readouterr().err
    assert error.startswith("claimcheck: no models found in ")
    assert error.count("\n") == 1


def test_values_of_settings_are_read_as_toml_and_bare_words_as_text() -> None:
    read = cli._overrides(["pairs.neighbours=8", "download=true", "report.language = fr", "nli=a/b=c"])
    assert read == {"pairs.neighbours": 8, "download": True, "report.language": "fr", "nli": "a/b=c"}
    with pytest.raises(UsageError, match="key=value"):
        cli._overrides(["=3"])
