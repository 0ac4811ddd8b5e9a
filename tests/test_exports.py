"""JSON and CSV exports, and files written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from report_samples import empty, sample

from claimcheck.errors import UsageError
from claimcheck.files import write_atomic
from claimcheck.report.exports import COLUMNS, safe_cell, to_csv, to_json
from claimcheck.types import Comparison, Failure

TRIGGERS = "=+-@\t\r\n\0＝＋－＠"


def rows_of(comparison: Comparison) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(comparison).removeprefix("\ufeff"), newline="")))


# JSON


def test_json_has_the_documented_keys_in_order() -> None:
    document = json.loads(to_json(sample()))
    assert list(document)[:6] == ["schema_version", "settings", "models", "articles", "topics", "findings"]
    assert document["schema_version"] == 1
    assert list(document["articles"][0]) == ["id", "path", "outlet", "title", "url", "published", "language"]
    assert list(document["topics"][0]) == ["id", "label"]
    finding = document["findings"][0]
    assert list(finding)[:10] == [
        *("id", "rank", "relation", "confidence", "aspects", "time_relation", "conflict_kind", "topic"),
        *("explanation", "pairs"),
    ]
    pair = finding["pairs"][0]
    assert list(pair) == ["left", "right", "relation", "probabilities", "decision"]
    assert list(pair["left"]) == ["article", "start", "end", "text", "speaker"]
    assert list(pair["probabilities"]) == ["agree", "diverge", "contradict", "unrelated"]


def test_json_values_are_those_of_the_comparison() -> None:
    document = json.loads(to_json(sample()))
    finding = document["findings"][0]
    assert (finding["relation"], finding["time_relation"], finding["conflict_kind"]) == (
        "contradict",
        "superseded",
        "same_speaker",
    )
    assert finding["later"]["article"] == "a3"
    assert document["articles"][0]["published"] == "2031-03-04T18:30:00+01:00"
    assert document["articles"][5]["published"] is None
    assert document["failures"][0]["path"] == "scan.pdf"
    assert document["coverage"]["judged"] == 61
    assert document["solos"][0]["nearest"]["article"] == "a1"


def test_json_text_is_the_exact_span_of_its_article() -> None:
    texts = {article.id: article.text for article in sample().articles}
    document = json.loads(to_json(sample()))
    sides = [pair[side] for f in document["findings"] for pair in f["pairs"] for side in ("left", "right")]
    assert sides
    for side in sides + document["dropped"]:
        assert texts[side["article"]][side["start"] : side["end"]] == side["text"]


def test_json_rounds_measures_and_keeps_settings_exact() -> None:
    document = json.loads(to_json(replace(sample(), settings={"rate": 0.0000123})))
    assert document["solos"][0]["score"] == 0.4124
    assert document["settings"]["rate"] == 0.0000123


def test_json_is_canonical_utf8_with_one_final_newline() -> None:
    text = to_json(sample())
    assert text == to_json(sample())
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert "préfète" in text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_json_holds_no_number_that_json_lacks() -> None:
    comparison = replace(
        sample(),
        solos=tuple(replace(solo, score=math.nan) for solo in sample().solos),
        models={"floor": math.inf, "path": Path("a/b"), "list": (1, None, True)},
    )
    document = json.loads(to_json(comparison), parse_constant=lambda name: pytest.fail(name))
    assert document["solos"][0]["score"] is None
    assert document["models"] == {"floor": None, "path": str(Path("a/b")), "list": [1, None, True]}


@given(st.text(alphabet=st.characters(), max_size=40))
@example("\ud800 \\ud800 \u2028 \0")
def test_any_text_survives_json_and_can_be_written(text: str) -> None:
    exported = to_json(replace(empty(), failures=(Failure(text, text),)))
    exported.encode("utf-8")
    assert json.loads(exported)["failures"] == [{"path": text, "reason": text}]


# CSV


def test_csv_has_one_row_per_judged_pair_and_fixed_columns() -> None:
    text = to_csv(sample())
    rows = rows_of(sample())
    assert text.startswith('\ufeff"finding","rank","relation"')
    assert len(rows) == sum(len(finding.judgements) for finding in sample().findings)
    assert tuple(rows[0]) == COLUMNS
    assert text == to_csv(sample())
    first = rows[0]
    assert (first["left_outlet"], first["right_outlet"]) == ("Radio Deux Vallées", "Agence Cormoran")
    assert (first["p_contradict"], first["similarity"], first["origins"]) == ("0.9312", "0.7123", "1")
    assert (first["later"], first["evidence_aspects"]) == ("a3", "negation")
    assert [row["abstained"] for row in rows][-1] == "yes"


def test_empty_csv_is_its_header() -> None:
    assert rows_of(empty()) == []
    assert to_csv(empty()).count("\r\n") == 1


@pytest.mark.parametrize(
    "payload",
    ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "＝1", "＠x", " =1", "\u200b=1", "\ufeff=1",
     "'=1", "\n=1", "=cmd|' /C calc'!A0"],
)  # fmt: skip
def test_no_cell_is_taken_for_a_formula(payload: str) -> None:
    base = sample()
    hostile = replace(
        base,
        articles=tuple(replace(a, outlet=payload, title=payload, url=payload) for a in base.articles),
        sentences=tuple(replace(s, text=payload, speaker=payload) for s in base.sentences),
        findings=tuple(replace(f, explanation=payload, topic=payload) for f in base.findings),
    )
    for row in rows_of(hostile):
        for column in ("left_outlet", "left_title", "left_url", "left_text", "left_speaker", "explanation", "topic"):
            assert row[column] == "'" + payload


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n\0 ＝a«\u200b,;\""), max_size=8) | st.text(max_size=30))
@example("'Tis")
@example("— Oui")
def test_cells_are_safe_and_can_be_read_back(text: str) -> None:
    cell = safe_cell(text)
    assert cell == "" or cell[0] not in TRIGGERS
    out = io.StringIO(newline="")
    csv.writer(out).writerow([cell, "x"])
    (read,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    restored = read[0][1:] if re.match(r"'['\s\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\n\0＝＋－＠]", read[0]) else read[0]
    assert restored == text


def test_ordinary_cells_and_negative_numbers_are_left_alone() -> None:
    assert safe_cell("— Non, dit-il = oui") == "— Non, dit-il = oui"
    base = sample()
    judged = base.findings[0].judgements[0]
    negative = replace(judged, pair=replace(judged.pair, similarity=-0.25))
    finding = replace(base.findings[0], judgements=(negative,))
    assert rows_of(replace(base, findings=(finding,)))[0]["similarity"] == "-0.25"


# Files


def test_written_file_holds_the_text_as_utf8(tmp_path: Path) -> None:
    path = tmp_path / "rapport.html"
    write_atomic(path, "é\r\nfin\n")
    assert path.read_bytes() == "é\r\nfin\n".encode()
    write_atomic(path, "autre")
    assert path.read_text(encoding="utf-8") == "autre"
    assert list(tmp_path.iterdir()) == [path]


def test_new_file_has_ordinary_permissions(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a", "x")
    (tmp_path / "b").write_text("x", encoding="utf-8")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == stat.S_IMODE((tmp_path / "b").stat().st_mode)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_failed_write_leaves_the_old_file_and_no_debris(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "rapport.html"
    write_atomic(path, "ancien")

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(UsageError, match=r"rapport\.html: cannot be written \(No space left on device\)"):
        write_atomic(path, "nouveau")
    assert path.read_text(encoding="utf-8") == "ancien"
    assert list(tmp_path.iterdir()) == [path]


def test_missing_folder_and_folder_as_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        write_atomic(tmp_path / "no" / "rapport.html", "x")
    with pytest.raises(UsageError, match="not a regular file"):
        write_atomic(tmp_path, "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_folder_without_write_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="cannot be written"):
        write_atomic(tmp_path / "rapport.html", "x")


def test_symbolic_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "rapport.html"
    link = tmp_path / "rapport.html"
    link.symlink_to(target)
    write_atomic(link, "x")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "x"
