"""Labelled pairs of real articles: text from the data folder, positions and labels from ours."""

from __future__ import annotations

import itertools
import json
import lzma
import re
from pathlib import Path
from typing import Any

import pytest

from claimcheck.errors import InputError
from claimcheck.evaluation.articles import ARTICLES, EDITED, LISTED, read_articles
from claimcheck.evaluation.splits import CALIBRATION, DEVELOPMENT, TRAINING, event_split
from claimcheck.training.own import LabelledPair, held_articles, split_articles
from claimcheck.types import Relation, Statement

SPLITS = (TRAINING, CALIBRATION, DEVELOPMENT)
GROUPS = {split: next(f"real-{i}" for i in range(99) if event_split(f"real-{i}") == split) for split in SPLITS}
ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared/data"


def write(folder: Path, *pairs: dict[str, Any]) -> None:
    for name in (ARTICLES, LISTED):
        (folder / name).parent.mkdir()
    with lzma.open(folder / ARTICLES, "wt", encoding="utf-8") as out:
        for name in ("Une", "Deux"):
            row = {"title": f"{name} : actualité - Orange", "heading": f"{name} tête.", "article": "Un fait. Un autre."}
            out.write(json.dumps(row) + "\n")
    for name, rows in ((LISTED, [p for p in pairs if "sure" in p]), (EDITED, [p for p in pairs if "sure" not in p])):
        lines = [json.dumps(row) for row in [*rows, pair(sure=1, group=GROUPS[TRAINING])]]  # none is empty
        (folder / name).write_text("\n".join(lines), encoding="utf-8")


def pair(**changes: Any) -> dict[str, Any]:
    first, second = {"article": 0, "start": 5, "end": 14}, {"article": 1, "start": 27, "end": 36, "before": [18, 26]}
    return {"group": "real-1", "a": first, "b": second, "label": "agree", "sure": 3, **changes}


def read(folder: Path) -> list[LabelledPair]:
    return [pair for split in SPLITS for pair in split_articles(folder, folder, split)]


def test_positions_count_title_heading_and_body(tmp_path: Path) -> None:
    write(tmp_path, pair())
    (found,) = read(tmp_path)
    assert (found.a, found.b) == (Statement("Une tête."), Statement("Un autre.", "Un fait."))
    assert (found.relation, found.language, found.group) == (Relation.AGREE, "fr", "real-1")


def edited(*changes: tuple[int, int, str]) -> dict[str, Any]:
    place = {"article": 1, "start": 18, "end": 36, "changes": changes}
    return {name: value for name, value in pair(b=place, aspect="number").items() if name != "sure"}


def test_changes_are_made_in_the_sentence_where_they_stand(tmp_path: Path) -> None:
    write(tmp_path, pair(), edited((27, 29, "Deux"), (21, 25, "témoin"), (36, 36, " !")))
    _, found = read(tmp_path)
    assert found.b == Statement("Un témoin. Deux autre. !")
    assert found.aspect == "number"


@pytest.mark.parametrize("changes", [[(17, 20, "x")], [(30, 37, "x")], [(18, 22, "x"), (21, 24, "y")]])
def test_a_change_outside_its_sentence_or_inside_another_is_an_input_error(
    tmp_path: Path, changes: list[tuple[int, int, str]]
) -> None:
    write(tmp_path, edited(*changes))
    with pytest.raises(InputError, match=r"edits\.jsonl:1: the change of characters"):
        read(tmp_path)


def test_a_pair_is_in_the_split_of_its_story_and_an_unsure_one_in_none(tmp_path: Path) -> None:
    write(tmp_path, pair(), pair(sure=1), pair(sure=2, label="diverge"))
    assert [found.relation for found in read(tmp_path)] == [Relation.AGREE, Relation.DIVERGE]
    assert len(split_articles(tmp_path, tmp_path, event_split("real-1"))) == 2


def test_the_articles_of_a_held_out_story_are_known_by_row(tmp_path: Path) -> None:
    write(
        tmp_path,
        pair(group=GROUPS[TRAINING], a={"article": 1, "start": 0, "end": 4}, b={"article": 1, "start": 0, "end": 4}),
    )
    assert held_articles(tmp_path) == frozenset()
    (tmp_path / LISTED).write_text(json.dumps(pair(group=GROUPS[DEVELOPMENT])) + "\n", encoding="utf-8")
    assert held_articles(tmp_path) == {0, 1}


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"article": 0, "start": 5, "end": 900}, "article 0 has no characters 5 to 900"),
        ({"article": 7, "start": 0, "end": 3}, "article 7 has no characters 0 to 3"),
    ],
)
def test_a_position_outside_its_article_is_an_input_error_with_its_line(
    tmp_path: Path, place: dict[str, int], message: str
) -> None:
    write(tmp_path, pair(), pair(a=place))
    with pytest.raises(InputError, match=rf"pairs\.jsonl:2: {message}"):
        read_articles(tmp_path / ARTICLES, tmp_path / LISTED)


@pytest.mark.skipif(not (REAL / ARTICLES).exists(), reason="the articles are not in the repository")
@pytest.mark.slow
def test_the_listed_positions_are_whole_sentences_of_their_articles() -> None:
    for split in SPLITS:
        found = split_articles(REAL, ROOT / "data", split)
        assert {pair.relation for pair in found} == set(Relation)
        assert all(text == text.strip() and len(text) > 10 for p in found for text in (p.a.text, p.b.text))


@pytest.mark.skipif(not (REAL / ARTICLES).exists(), reason="the articles are not in the repository")
@pytest.mark.slow
def test_no_dozen_words_in_a_row_stand_in_pairs_of_two_splits() -> None:
    def dozens(split: str) -> set[tuple[str, ...]]:
        pairs = split_articles(REAL, ROOT / "data", split)
        texts = {part for pair in pairs for side in (pair.a, pair.b) for part in (side.text, side.context)}
        words = (re.findall(r"\w+", text.lower()) for text in texts)
        return {tuple(row[i : i + 12]) for row in words for i in range(len(row) - 11)}

    seen = [dozens(split) for split in SPLITS]
    assert all(one and not one & other for one, other in itertools.combinations(seen, 2))
