import json

import pytest

from claimcheck.ingest.extract import extract, is_markup, is_page
from claimcheck.ingest.unusable import Unusable

BODY = "".join(f"<p>Le bac numéro {n} restera à quai jusqu'au printemps, selon la compagnie.</p>" for n in range(4))


def facts_of(head: str, body: str = BODY) -> dict[str, tuple[str, str]]:
    _, found = extract(f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>")
    return {name: (fact.value, fact.origin) for name, fact in found.items()}


def linked_data(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_json_ld_comes_first_then_open_graph_then_the_page() -> None:
    thing = {"@type": ["NewsArticle"], "headline": "Le bac à quai", "publisher": {"name": "Le Passeur"}}
    head = linked_data({"@graph": [{"@type": "WebSite", "name": "x"}, thing]})
    head += '<meta property="og:title" content="Autre"><link rel="canonical" href="https://p.example/bac">'
    head += '<meta property="article:published_time" content="2025-02-12T14:05:00+01:00"><title>Encore</title>'
    assert facts_of(head) == {
        "title": ("Le bac à quai", "JSON-LD"),
        "outlet": ("Le Passeur", "JSON-LD"),
        "published": ("2025-02-12T14:05:00+01:00", "OpenGraph"),
        "url": ("https://p.example/bac", "canonical link"),
    }


def test_time_element_of_the_article_dates_the_page() -> None:
    found = facts_of("", '<h1>Le bac</h1><time datetime="2025-02-12">mercredi</time>' + BODY)
    assert found["published"] == ("2025-02-12T00:00:00+00:00", "time element")
    assert found["title"] == ("Le bac", "page heading")


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{broken</script>',
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        linked_data([1, None, "x", {"@type": None}, {"@type": "Article", "headline": 3, "publisher": []}]),
        '<link rel="canonical" href="javascript:alert(1)">',
        '<link rel="canonical" href="http://[broken">',
        '<meta property="article:published_time" content="2085-01-01">',
        '<meta property="article:published_time" content="bientôt">',
    ],
)
def test_broken_metadata_is_no_fact(head: str) -> None:
    assert facts_of(head) == {}


def test_text_has_a_paragraph_per_line_and_no_navigation() -> None:
    text, _ = extract(f"<html><body><nav><a href=/>Accueil</a></nav><article>{BODY}</article></body></html>")
    assert len(text.split("\n")) == 4
    assert "Accueil" not in text


def test_piece_of_html_is_read_as_an_article() -> None:
    text, _ = extract("<p>Le bac reste à quai mercredi.</p><p>La compagnie <b>dément</b> toute avarie.</p>")
    assert text == "Le bac reste à quai mercredi.\nLa compagnie dément toute avarie."


def test_entity_bombs_stay_small() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    text, _ = extract(f"{bomb}<html><body><article>{BODY}<p>{'&b;' * 500}</p></article></body></html>")
    assert len(text) < 5_000


def test_too_many_elements_are_refused_before_extraction() -> None:
    for count in (31_000, 200_000):
        with pytest.raises(Unusable, match="30,000 HTML elements"):
            extract("<html><body>" + "<p>x</p>" * count + "</body></html>")


def test_pages_and_markup_are_told_from_text() -> None:
    assert is_page(' <?xml version="1.0"?>\n<!DOCTYPE html>\n<html>')
    assert not is_page("Le bac reste à quai <html>")
    assert is_markup("<p>Un</p><p>Deux</p>")
    assert not is_markup("a < b et c > d, <br")
