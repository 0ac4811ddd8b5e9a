"""Every layout of labelled pairs is read, and every bad file is refused with file, line and remedy."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import InputError
from claimcheck.evaluation.datasets import read_pairs, with_random_pairs
from claimcheck.evaluation.records import read_records
from claimcheck.evaluation.rows import LabelledRow, draw
from claimcheck.evaluation.stories import listed_rows, read_coverage
from claimcheck.types import Statement

ROOT = Path(__file__).resolve().parents[1]

LEFT = "Le pont de Varnes a rouvert lundi matin."
RIGHT = "Le pont de Varnes reste fermé, dit la mairie."


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def make(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        path.write_bytes(lzma.compress(data) if name.endswith(".xz") else data)
        return path

    return make


Write = Callable[[str, str], Path]


@pytest.mark.parametrize("names", [("a", "b"), ("premise", "hypothesis"), ("sentence1", "sentence2")])
@pytest.mark.parametrize("label", ["label", "gold_label"])
@pytest.mark.parametrize("kind", ["jsonl", "jsonl.xz", "csv", "semicolon.csv", "tsv", "tsv.xz"])
def test_flat_files_of_all_kinds_give_the_same_row(write: Write, names: tuple[str, str], label: str, kind: str) -> None:
    header = [*names, label, "lang"]
    cells = [LEFT, RIGHT, "contradict", "fr"]
    if "jsonl" in kind:
        text = lines(dict(zip(header, cells, strict=True)))
    else:
        mark = "\t" if "tsv" in kind else ";" if "semicolon" in kind else ","
        quoted = cells if "tsv" in kind else [f'"{cell}"' for cell in cells]
        text = f"{mark.join(header)}\r\n{mark.join(quoted)}\r\n"
    (row,) = read_pairs(write(f"rows.{kind}", text))
    assert (row.a, row.b) == (Statement(LEFT), Statement(RIGHT))
    assert (row.labels, row.score, row.language) == (frozenset({"contradict"}), None, "fr")
    assert row.line == (1 if "jsonl" in kind else 2)
    assert row.fields[label] == "contradict"


def test_context_date_and_speaker_columns_enter_the_statements(write: Write) -> None:
    path = write(
        "rows.csv",
        "a,b,label,a_context,b_context,a_date,b_date,a_speaker,b_speaker\n"
        f'"{LEFT}","{RIGHT}",agree,Avant.,,2025-02-13,2025-02-14T08:00:00+01:00,Anna Rel,\n',
    )
    (row,) = read_pairs(path)
    assert row.a == Statement(LEFT, "Avant.", datetime(2025, 2, 13, tzinfo=UTC), "Anna Rel")
    assert row.b.published is not None
    assert row.b.published.utcoffset() is not None
    assert (row.b.context, row.b.speaker) == ("", None)


def test_sts_file_without_header_is_read_with_its_bare_quotation_marks(write: Write) -> None:
    path = write("sts.tsv", 'Il a dit "oui.\tIl a dit oui.\t4.5\nUn chat.\tUn chien.\t0\n')
    rows = read_pairs(path)
    assert [(row.a.text, row.score, row.line) for row in rows] == [('Il a dit "oui.', 4.5, 1), ("Un chat.", 0.0, 2)]
    assert all(not row.labels for row in rows)


def test_several_accepted_labels_are_kept(write: Write) -> None:
    rows = read_pairs(
        write(
            "rows.jsonl",
            lines(
                {"a": LEFT, "b": RIGHT, "labels": ["agree", "diverge"]},
                {"a": LEFT, "b": RIGHT, "label": "not-entailment|neutral"},
            ),
        )
    )
    assert [row.labels for row in rows] == [frozenset({"agree", "diverge"}), frozenset({"not_entailment", "neutral"})]


def event(name: str) -> dict[str, Any]:
    answers = [
        {
            "t": f"{RIGHT} ({i})",
            "label": "contradict",
            "aspect": "negation",
            "lang": "en" if i else "fr",
            "update": i == 1,
        }
        for i in range(6)
    ]
    return {"event": name, "lang": "fr", "a": LEFT, "b": answers}


def test_event_files_of_a_folder_are_flattened_in_order(write: Write) -> None:
    write("pairs/p2.jsonl", lines(event("p2-1")))
    folder = write("pairs/p1.jsonl", lines(event("p1-1"), event("p1-2"))).parent
    rows = read_pairs(folder)
    assert [row.group for row in rows[::6]] == ["p1-1", "p1-2", "p2-1"]
    assert len(rows) == 18
    assert [row.language for row in rows[:2]] == ["fr", "mixed"]
    assert [row.fields["b"]["update"] for row in rows[:3]] == [False, True, False]
    assert {row.aspect for row in rows} == {"negation"}


def listed(status: str, labels: list[str], text: str = RIGHT) -> dict[str, Any]:
    return {
        "a": {"article": "one", "text": LEFT},
        "b": {"article": "two", "text": text},
        "labels": labels,
        "status": status,
        "aspect": ["negation", "date"],
    }


def test_only_what_two_annotators_accept_is_kept_of_a_gold_list(write: Write) -> None:
    path = write(
        "gold.jsonl",
        lines(
            listed("agreed", ["contradict"]),
            listed("single", ["diverge"]),
            listed("either", ["agree", "diverge"]),
            listed("single-unrelated", ["unrelated"]),
        ),
    )
    rows = read_pairs(path)
    assert [row.line for row in rows] == [1, 3]
    assert [row.aspect for row in rows] == ["negation+date"] * 2
    assert rows[0].a == Statement(LEFT)


def test_gold_list_without_an_agreed_row_is_refused(write: Write) -> None:
    with pytest.raises(InputError, match=r"gold\.jsonl: no row is agreed"):
        read_pairs(write("gold.jsonl", lines(listed("single", ["agree"]))))


STORY = {
    "one.txt": (
        "Varnes : le pont rouvert\n\nLa préfecture de Lorgne a réuni les maires dimanche soir. "
        "Le pont de Varnes a rouvert lundi matin. Les camions y passent de nouveau depuis midi."
    ),
    "two.txt": (
        "Varnes attend son pont\n\nLes habitants de la vallée perdent patience depuis trois semaines. "
        "Le pont de Varnes reste fermé, dit la mairie. Le marché couvert accueille une exposition de vélos anciens."
    ),
    "three.txt": "Une fête à Lorgne\n\nLa fanfare de Lorgne a joué deux heures sur la grande place du bourg.",
}
ARTICLES_CSV = (
    "file,outlet,title,url,published,language\n"
    "one.txt,Le Courrier,Varnes : le pont rouvert,,2025-03-03T12:00:00+01:00,fr\n"
    "two.txt,La Vallée,Varnes attend son pont,,2025-03-04T12:00:00+01:00,fr\n"
    "three.txt,Radio Lorgne,Une fête à Lorgne,,2025-03-05T12:00:00+01:00,fr\n"
)


@pytest.fixture
def story(write: Write) -> Path:
    for name, text in STORY.items():
        write(f"stories/pont/{name}", text)
    write("stories/pont/articles.csv", ARTICLES_CSV)
    row = {
        "a": {"file": "one.txt", "text": LEFT},
        "b": {"file": "two.txt", "text": RIGHT},
        "label": "contradict",
        "aspect": "negation",
        "superseded": False,
    }
    return write("stories/pont/pairs.jsonl", lines(row)).parent


def test_story_statements_carry_context_and_date(story: Path) -> None:
    (row,) = read_pairs(story)
    assert row.a.context == "La préfecture de Lorgne a réuni les maires dimanche soir."
    assert (row.a.published, row.b.published) == (
        datetime.fromisoformat("2025-03-03T12:00:00+01:00"),
        datetime.fromisoformat("2025-03-04T12:00:00+01:00"),
    )
    assert (row.group, row.language, row.labels) == ("pont", "fr", frozenset({"contradict"}))
    assert read_pairs(story.parent) == (row,)
    assert read_pairs(story / "pairs.jsonl") == (row,)


def test_random_pairs_are_as_many_seeded_unlisted_and_between_covered_articles(story: Path) -> None:
    rows = with_random_pairs(story)
    assert rows == with_random_pairs(story) == with_random_pairs(story.parent)
    assert len(rows) == 2
    assert rows[1].labels == {"unrelated"}
    assert {LEFT, RIGHT} != {rows[1].a.text, rows[1].b.text}
    assert "fanfare" not in rows[1].a.text + rows[1].b.text
    drawn = {with_random_pairs(story, seed=seed)[1].b.text for seed in range(12)}
    assert len(drawn) > 1


def test_random_pairs_need_articles(write: Write) -> None:
    path = write("gold.jsonl", lines(listed("agreed", ["agree"])))
    with pytest.raises(InputError, match="give their folder"):
        with_random_pairs(path)
    flat = write("flat.jsonl", lines({"a": LEFT, "b": RIGHT, "label": "agree"}))
    with pytest.raises(InputError, match="random pairs need"):
        with_random_pairs(flat, flat.parent)


@settings(deadline=None)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 5))
def test_draw_is_seeded_ordered_and_stable_when_rows_leave(total: int, amount: int, seed: int) -> None:
    rows = [
        LabelledRow(Statement(f"a{i}"), Statement("b"), frozenset(), 1.0, "", None, None, i, "s", {})
        for i in range(total)
    ]
    drawn = draw(rows, amount, seed)
    assert len(drawn) == min(total, amount)
    assert [row.line for row in drawn] == sorted({row.line for row in drawn})
    assert drawn == draw(rows, amount, seed)
    kept = [row for row in rows if row.line % 3]
    assert {row.line for row in drawn if row.line % 3} <= {row.line for row in draw(kept, amount, seed)}


def refused(path: Path, *parts: str, articles: Path | None = None) -> None:
    with pytest.raises(InputError) as caught:
        read_pairs(path, articles)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    for part in parts:
        assert part in message


GOOD = {"a": LEFT, "b": RIGHT, "label": "agree"}


def test_missing_file_is_named(tmp_path: Path) -> None:
    refused(tmp_path / "absent.jsonl", "no such file", "check the path")


def test_missing_columns_are_listed_with_the_accepted_ones(write: Write) -> None:
    refused(write("x.csv", "gauche,droite,label\nx,y,agree\n"), ":2:", "'gauche', 'droite'", "premise and hypothesis")
    refused(write("y.csv", "a,b,etiquette\nx,y,agree\n"), ":2:", "'etiquette'", "gold_label", "score")
    refused(write("z.jsonl", lines(GOOD, {"a": LEFT, "label": "agree"})), ":2:", "sentence1 and sentence2")


@pytest.mark.parametrize("empty", ["", "   ", None, 5, ["x"]])
def test_empty_or_foreign_text_is_refused_with_its_line(write: Write, empty: object) -> None:
    refused(write("x.jsonl", lines(GOOD, {**GOOD, "b": empty})), ":2:", "'b'")


def test_broken_json_is_refused_with_its_line(write: Write) -> None:
    refused(write("x.jsonl", lines(*[GOOD] * 6) + '{"a": "x", \n'), ":7:", "broken JSON", "one object a line")
    refused(write("y.jsonl", "[1, 2]\n"), ":1:", "not an object")
    refused(write("z.jsonl", "[" * 100_000), ":1:", "broken JSON")


@pytest.mark.parametrize("label", ["peut-être", "", None, 1, [], "agree|sometimes"])
def test_unknown_label_is_refused_with_the_allowed_ones(write: Write, label: object) -> None:
    refused(write("x.jsonl", lines(GOOD, {**GOOD, "label": label})), ":2:", "label", "contradict", "entailment")


@pytest.mark.parametrize("score", ["haut", "nan", "inf", "", None, True, 10**400])
def test_score_that_is_no_number_is_refused(write: Write, score: object) -> None:
    refused(write("x.jsonl", lines({"a": LEFT, "b": RIGHT, "score": score})), ":1:", "not a number")


@pytest.mark.parametrize(
    ("name", "text"), [("x.jsonl", "\n \n"), ("x.csv", ""), ("x.csv", "a,b,label\n"), ("x.tsv", "")]
)
def test_file_without_rows_is_refused(write: Write, name: str, text: str) -> None:
    refused(write(name, text), "no rows")


def test_wrong_number_of_cells_is_refused_with_its_line(write: Write) -> None:
    refused(write("x.csv", "a,b,label\nx,y,agree\nOui, non,y,agree\n"), ":3:", "4 columns where 3")


def test_line_numbers_count_cells_that_span_lines(write: Write) -> None:
    refused(write("x.csv", 'a,b,label\n"x\ny",z,agree\nu,v,sometimes\n'), ":4:", "sometimes")
    refused(write("y.csv", 'a,b,label\nx,y,agree\n"x,y,agree\n'), ":3:", "malformed row")


def test_unreadable_bytes_are_refused_with_their_line(tmp_path: Path) -> None:
    latin = tmp_path / "x.csv"
    latin.write_bytes("a,b,label\nété,hiver,agree\n".encode("latin-1"))
    refused(latin, ":2:", "UTF-8")
    damaged = tmp_path / "x.jsonl.xz"
    damaged.write_bytes(lzma.compress(lines(GOOD).encode())[:-9])
    refused(damaged, "damaged xz")
    refused(write_named(tmp_path, "x.parquet"), "not a known kind")


def write_named(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("x")
    return path


def test_half_a_character_is_refused(write: Write) -> None:
    refused(write("x.jsonl", '{"a": "x \\ud800", "b": "y", "label": "agree"}\n'), ":1:", "half a character")


def test_bad_date_is_refused(write: Write) -> None:
    refused(write("x.jsonl", lines({**GOOD, "a_date": "hier"})), ":1:", "'a_date'", "2025-02-13")


def test_bad_event_and_bad_list_are_refused_with_their_line(write: Write) -> None:
    refused(write("x.jsonl", lines(event("e"), {**event("f"), "b": "texte"})), ":2:", "'b' must be a list")
    refused(write("y.jsonl", lines(listed("agreed", ["agree"]), {"a": "x", "b": "y"})), ":2:", "'a' must be an object")
    nameless = listed("agreed", ["agree"])
    del nameless["a"]["article"]
    refused(write("z.jsonl", lines(nameless)), ":1:", "names no article")


def test_unknown_article_is_refused_with_those_there_are(story: Path, write: Write) -> None:
    path = write("gold.jsonl", lines(listed("agreed", ["agree"])))
    assert read_pairs(path, story)[0].a.context
    path = write("other.jsonl", lines({**listed("agreed", ["agree"]), "b": {"article": "nine", "text": RIGHT}}))
    refused(path, ":1:", "no article 'nine'", "one.txt", articles=story)


def test_folder_without_pairs_or_articles_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "holds no *.jsonl")
    with pytest.raises(InputError, match="no article in this folder"):
        read_coverage(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        read_coverage(tmp_path / "absent")


def test_long_texts_and_odd_line_separators_are_kept(write: Write) -> None:
    long = "mot " * 25_000
    odd = "avant\u2028après\u0085fin"
    for name in ("x.jsonl", "x.csv", "x.tsv"):
        if name.endswith("jsonl"):
            text = lines({"a": long, "b": odd, "label": "agree"})
        else:
            mark = "," if name.endswith("csv") else "\t"
            text = f"\ufeffa{mark}b{mark}label\n{long}{mark}{odd}{mark}agree\n"
        (row,) = read_pairs(write(name, text))
        assert (len(row.a.text), row.b.text) == (99_999, odd)


def test_our_events_are_all_read() -> None:
    rows = read_pairs(ROOT / "data/pairs")
    assert len(rows) == 6 * len({row.group for row in rows})
    assert {label for row in rows for label in row.labels} == {"agree", "diverge", "contradict", "unrelated"}


def test_listed_rows_without_coverage_are_bare(write: Write) -> None:
    records = read_records(write("gold.jsonl", lines(listed("single", ["agree"]))))
    (row,) = listed_rows(records, "gold.jsonl", "g", None)
    assert (row.a, row.language, row.where) == (Statement(LEFT), None, "gold.jsonl:1")
