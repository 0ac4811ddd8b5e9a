import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcheck.errors import InputError
from claimcheck.ingest import ingest
from claimcheck.settings import IngestSettings
from claimcheck.types import Article, Failure

SETTINGS = IngestSettings()
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
STORY = "Le pont de Rivecourt rouvre lundi\nLa mairie l'a annoncé mercredi soir.\n"
PAGE = """<!DOCTYPE html><html><head><title>Le bac reste à quai | Le Passeur</title>
<link rel="canonical" href="https://www.lepasseur.example/bac"></head><body><nav><a href="/">Accueil</a></nav>
<article><h1>Le bac reste à quai</h1><p>Le bac de Rivecourt restera à quai jusqu'au printemps, selon la compagnie.</p>
<p>Ses machines attendent une pièce commandée en octobre, a précisé son directeur.</p></article></body></html>"""


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read(*paths: Path, **options: object) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    return ingest(paths, SETTINGS, **options)  # type: ignore[arg-type]


def test_text_file_becomes_an_article_with_title_and_file_name_as_outlet(tmp_path: Path) -> None:
    (article,), failures = read(write(tmp_path, gazette_txt=STORY))
    assert failures == ()
    assert (article.outlet, article.title) == ("gazette", "Le pont de Rivecourt rouvre lundi")
    assert article.text == STORY.strip()
    assert article.origins == {"outlet": "file name", "title": "first line"}
    assert (article.url, article.published, article.language) == (None, None, None)
    assert article.path == str(tmp_path / "gazette.txt")


def test_front_matter_names_the_facts_and_leaves_the_text(tmp_path: Path) -> None:
    head = "---\noutlet: La Gazette\ndate: 2025-02-12T14:05:00+01:00\nlang: fr-FR\nurl: https://g.example/pont\n---\n"
    (article,), _ = read(write(tmp_path, a_md=f"{head}# Le pont rouvre\n\nLa mairie l'a dit.\n"))
    assert article.text == "Le pont rouvre\n\nLa mairie l'a dit."
    assert (article.outlet, article.title, article.language) == ("La Gazette", "Le pont rouvre", "fr")
    assert article.published == datetime.fromisoformat("2025-02-12T14:05:00+01:00")
    assert article.origins["url"] == article.origins["published"] == "front matter"


def test_html_page_gives_its_article_and_its_canonical_host(tmp_path: Path) -> None:
    (article,), failures = read(write(tmp_path, page_html=PAGE))
    assert failures == ()
    assert article.outlet == "lepasseur.example"
    assert article.origins == {"outlet": "canonical host", "title": "page heading", "url": "canonical link"}
    assert "Accueil" not in article.text
    assert "Ses machines attendent une pièce commandée en octobre" in article.text.split("\n")[-1]


def test_every_row_of_a_table_is_an_article(tmp_path: Path) -> None:
    rows = [
        {"titre": "Un", "texte": "Le maire dément.", "media": "A", "date": "12/02/2025"},
        {"headline": "Deux", "body": "Le maire confirme.", "publisher": {"name": "B"}, "datePublished": "2025-02-13"},
    ]
    write(tmp_path, t_jsonl="\n".join(map(json.dumps, rows)), u_json=json.dumps({"articles": rows}))
    articles, failures = read(tmp_path)
    assert failures == ()
    assert [(a.outlet, a.title, a.text) for a in articles] == [
        ("A", "Un", "Le maire dément."),
        ("B", "Deux", "Le maire confirme."),
    ]
    assert articles[0].published == datetime(2025, 2, 12, tzinfo=UTC)
    assert articles[0].path == str(tmp_path / "t.jsonl#1")


def test_rows_without_an_outlet_stay_apart(tmp_path: Path) -> None:
    articles, _ = read(write(tmp_path, t_csv="text;lien\nLe maire dément.;\nIl confirme.;https://www.rive.example/x\n"))
    assert {a.outlet for a in articles} == {"t#1", "rive.example"}


def test_folder_manifest_describes_its_files_and_hides_tables_beside_them(tmp_path: Path) -> None:
    manifest = "file,outlet,title,url,published,language\na.txt,La Gazette,Titre,https://g.example,2025-02-12,fr\n"
    write(tmp_path, a_txt=STORY, b_txt="Autre titre\nAutre texte du jour.", notes_jsonl='{"text": "note"}')
    articles, failures = read(write(tmp_path, articles_csv=manifest))
    assert failures == ()
    assert [a.outlet for a in articles] == ["La Gazette", "b"]
    assert articles[0].title == "Titre"
    assert set(articles[0].origins.values()) == {"manifest"}


def test_shell_pattern_over_a_folder_reads_the_same_as_the_folder(tmp_path: Path) -> None:
    write(tmp_path, a_txt=STORY, notes_jsonl='{"text": "note"}', articles_csv="file,outlet\na.txt,La Gazette\n")
    assert read(*tmp_path.iterdir()) == read(tmp_path)


def test_manifest_alone_is_a_failure_with_its_remedy(tmp_path: Path) -> None:
    write(tmp_path, a_txt=STORY, articles_csv="file,outlet\na.txt,La Gazette\n")
    articles, (failure,) = read(tmp_path / "articles.csv")
    assert articles == ()
    assert "give the folder" in failure.reason


def test_named_manifest_wins_over_the_folder_manifest_and_option_over_both(tmp_path: Path) -> None:
    write(tmp_path, in__a_txt=STORY, in__articles_csv="file,outlet,lang\na.txt,Dossier,fr\n")
    named = write(tmp_path, m_csv="file,outlet\nin/a.txt,Nommé\n") / "m.csv"
    (article,), _ = read(tmp_path / "in", manifest=named)
    assert (article.outlet, article.language) == ("Nommé", "fr")
    (article,), _ = read(tmp_path / "in", manifest=named, outlet="Option")
    assert (article.outlet, article.origins["outlet"]) == ("Option", "option")


def test_manifest_errors_name_file_and_line(tmp_path: Path) -> None:
    manifest = "file,outlet,published\na.txt,A,demain\nb.txt,B,2025-02-12\n,C,2025-02-12\n"
    (article,), failures = read(write(tmp_path, a_txt=STORY, articles_csv=manifest))
    assert (article.outlet, article.published) == ("A", None)
    assert {f.path for f in failures} == {str(tmp_path / "articles.csv")}
    assert sorted(f.reason.split(":")[0] for f in failures) == ["line 2", "line 3", "line 4"]


@pytest.mark.parametrize("content", [None, "", "outlet,title\nA,B\n"])
def test_unusable_named_manifest_is_an_input_error(tmp_path: Path, content: str | None) -> None:
    write(tmp_path, a_txt=STORY)
    if content is not None:
        write(tmp_path, m_csv=content)
    with pytest.raises(InputError, match=r"m\.csv"):
        read(tmp_path, manifest=tmp_path / "m.csv")


def test_missing_path_and_no_path_are_input_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt: no such file"):
        read(tmp_path / "nowhere.txt")
    with pytest.raises(InputError, match="no input given"):
        read()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n ", "is empty"),
        ("a.txt", b"12 34 -- 56", "no article text found"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.txt", b"%PDF-1.7 abc", "is a PDF file"),
        ("a.html", b"<html><body></body></html>", "no article text found"),
        ("a.html", b"<html><body>" + b"<p>x" * 40_000, "more than 30,000 HTML elements"),
        ("a.json", b'{"text": "x",\n"title": }', "line 2: broken JSON"),
        ("a.json", b"[" * 100_000, "broken JSON (nested too deeply)"),
        ("a.json", b"9" * 5_000, "broken JSON"),
        ("a.json", b"[]", "holds no rows"),
        ("a.jsonl", b'\n{"text": ', "line 2: broken JSON"),
        ("a.jsonl", b"3", "line 1: is not a JSON object"),
        ("a.csv", b"titre,corps\nA,B\n", "name it one of text, body, content, article, texte"),
        ("a.csv", b"titre,texte\nA,\n", "line 2: the article text is empty"),
        ("a.tsv", b"titre\ttexte\nA\tB\tC\n", "line 2: 3 cells under 2 columns"),
        ("a.csv", b'titre,texte\nA,"B\n', "line 2: broken row"),
        ("a.pdf", b"x", "is not one of .txt, .md"),
        ("a.txt", b"mot " * 300_000, "larger than 1,000,000 bytes"),
        ("a.txt", b"mot " * 30_000, "more than 100,000 characters"),
    ],
    ids=lambda value: None if isinstance(value, str) else f"{len(value)} bytes",
)
def test_unusable_input_is_a_failure_with_its_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    limits = IngestSettings(max_bytes=1_000_000, max_characters=100_000)
    articles, (failure,) = ingest([tmp_path / name], limits)
    assert articles == ()
    assert reason in failure.reason
    assert failure.path.removesuffix("#1") == str(tmp_path / name)


def test_one_broken_file_of_a_hundred_leaves_the_others(tmp_path: Path) -> None:
    for number in range(99):
        write(tmp_path, **{f"a{number}_txt": f"Titre {number}\nLe maire dément."})
    articles, failures = read(write(tmp_path, broken_txt=b"\x00\x01\x02" * 99))
    assert len(articles) == 99
    assert [f.path for f in failures] == [str(tmp_path / "broken.txt")]


def test_one_broken_row_leaves_the_others(tmp_path: Path) -> None:
    lines = ['{"text": "Le maire dément."}', "{", '{"text": "Le préfet confirme."}']
    articles, (failure,) = read(write(tmp_path, t_jsonl="\n".join(lines)))
    assert len(articles) == 2
    assert failure.path.endswith("t.jsonl#2")


def test_bug_of_the_html_library_costs_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("trafilatura.extract", crash)
    (article,), (failure,) = read(write(tmp_path, a_html=PAGE, b_txt=STORY))
    assert article.outlet == "b"
    assert "RuntimeError" in failure.reason


def test_hidden_and_foreign_files_are_skipped_in_folders(tmp_path: Path) -> None:
    write(tmp_path, sub__a_txt=STORY, image_png=b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text(STORY + "!")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(STORY + "?")
    articles, failures = read(tmp_path)
    assert [a.path for a in articles] == [str(tmp_path / "sub" / "a.txt")]
    assert failures == ()


def test_folder_without_usable_files_is_one_failure(tmp_path: Path) -> None:
    articles, (failure,) = read(write(tmp_path, image_png=b"\x89PNG"))
    assert articles == ()
    assert failure.path == str(tmp_path)


def test_links_in_circles_broken_links_pipes_and_misnamed_folders_are_failures(tmp_path: Path) -> None:
    write(tmp_path, a_txt=STORY)
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    articles, failures = read(tmp_path)
    assert len(articles) == 1
    assert {Path(f.path).name for f in failures} == {"up", "self.txt", "gone.txt", "folder.txt", "pipe.txt"}


def test_named_link_to_itself_is_a_failure(tmp_path: Path) -> None:
    link = tmp_path / "self.txt"
    link.symlink_to(link)
    articles, (failure,) = read(link)
    assert articles == ()
    assert "cannot be read" in failure.reason


def test_unreadable_file_and_folder_are_failures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_txt=STORY, b_txt=STORY, sub__c_txt=STORY)
    original_open, original_scan = Path.open, os.scandir

    def refuse_open(path: Path, *arguments: object) -> object:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return original_open(path, *arguments)  # type: ignore[call-overload]

    def refuse_scan(path: Path) -> object:
        if path.name == "sub":
            raise PermissionError(13, "Permission denied")
        return original_scan(path)

    monkeypatch.setattr(Path, "open", refuse_open)
    monkeypatch.setattr(os, "scandir", refuse_scan)
    articles, failures = read(tmp_path)
    assert len(articles) == 1
    assert [f.reason for f in failures] == [
        "cannot be read (permission denied)",
        "cannot be entered (permission denied)",
    ]


def test_same_article_read_twice_is_kept_once(tmp_path: Path) -> None:
    row = {"text": "Le maire dément.", "outlet": "A"}
    dated = row | {"date": "2025-02-12"}
    (article,), _ = read(write(tmp_path, t_json=json.dumps([row, dated, row])), tmp_path / "t.json")
    assert article.published is not None


def test_files_of_one_name_in_two_folders_are_two_outlets(tmp_path: Path) -> None:
    articles, _ = read(write(tmp_path, gazette__pont_txt=STORY, passeur__pont_txt=STORY, autre_txt=STORY))
    assert [a.outlet for a in articles] == ["autre", "gazette/pont", "passeur/pont"]
    assert len({a.id for a in articles}) == 3


def test_articles_are_sorted_by_date_then_outlet_with_undated_last(tmp_path: Path) -> None:
    write(tmp_path, c_txt=STORY, a_txt="2025-02-13\n" + STORY, b_txt="12 février 2025\n" + STORY, d_txt=STORY)
    assert [a.outlet for a in read(tmp_path)[0]] == ["b", "a", "c", "d"]


def test_decomposed_accents_and_foreign_line_ends_are_normalised(tmp_path: Path) -> None:
    raw = "E\u0301tat civil\r\nLe pre\u0301fet\u2028parle\x00\x07\rfin cou\u00adpée\ttabulée\n" + "suite " * 50
    (article,), _ = read(write(tmp_path, a_txt=raw.encode()))
    assert article.text == "État civil\nLe préfet\nparle\nfin coupée\ttabulée\n" + "suite " * 49 + "suite"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.md", "a.json", "a.jsonl", "a.csv", "a.tsv"]))
def test_any_bytes_give_articles_or_failures_never_an_exception(tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    articles, failures = ingest([tmp_path / name], SETTINGS)
    assert articles or failures
    for article in articles:
        assert article.text
        assert article.outlet
        assert article.title


@pytest.mark.shared
def test_real_articles_show_outlet_and_date_where_they_can() -> None:
    if not SEEDS.is_dir():
        pytest.skip("no seeds here")
    articles, failures = read(SEEDS)
    assert failures == ()
    known = {Path(a.path).name[:3]: a for a in articles}
    assert len(known) == 5
    assert known["000"].outlet == "Epoch Times"
    assert known["002"].outlet == "netcomsn.com"
    assert known["004"].published == datetime(2025, 11, 19, tzinfo=UTC)
    assert known["004"].origins["published"] == "date line"
    assert {number for number, a in known.items() if a.origins["outlet"] == "file name"} == {"001", "003", "004"}
