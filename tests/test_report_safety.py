"""Nothing that an article says can run, fetch, hide or steer: hostile text stays text."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from report_samples import parsed, sample

from claimcheck.report.html import render_html
from claimcheck.report.invisible import visible
from claimcheck.report.links import safe_href
from claimcheck.types import Comparison

PAYLOADS = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>", "\" onmouseover=alert(1) x=\"", "' onfocus=alert(1) autofocus '",
    "<iframe src=javascript:alert(1)>", "<body onload=alert(1)>", "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
    "\x01javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)", "http://a.example/\"onclick=alert(1)", "https://a.example/' onclick='alert(1)",
    "https://a.example/><script>alert(1)</script>", "https://user:pass@evil.example/", "//evil.example/x",
    "http:/\\evil.example", "https://", "file:///etc/passwd", "<style>*{display:none}</style>",
    "</style><script>alert(1)</script>", "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<base href=//evil.example>",
    "<form action=//evil.example><button>x</button></form>", "<object data=x>", "<embed src=x>",
    "<math><mtext><script>alert(1)</script>", "<details open ontoggle=alert(1)>", "<marquee onstart=alert(1)>",
    "<video><source onerror=alert(1)>", "<audio src=x onerror=alert(1)>", "<input autofocus onfocus=alert(1)>",
    "<select onfocus=alert(1) autofocus>", "<textarea></textarea><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>", "<!--<script>alert(1)</script>-->", "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>", "<?xml version='1.0'?><script>alert(1)</script>", "{{ 7 * 7 }}",
    "{% include 'x' %}", "{{ ''.__class__ }}", "${alert(1)}", "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3C;script&#x3E;", "\\u003cscript\\u003e", "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<x onclick=alert(1) style=position:fixed>click", "[x](javascript:alert(1))", "![x](https://evil.example/t.gif)",
    "%3Cscript%3Ealert(1)%3C/script%3E", "＜script＞alert(1)＜/script＞", "\u202e<script>\u202c",
)  # fmt: skip
OUR_TAGS = set(
    """html head meta title style body a header h1 h2 h3 p nav ul ol li main section span b bdi div table thead tbody tr
    th td br button kbd label select option input output article meter figure figcaption time blockquote mark details
    summary q dl dt dd code dialog script""".split()  # noqa: SIM905
)
OUR_ATTRIBUTES = set(
    """lang charset http-equiv content name class href aria-label aria-labelledby id tabindex role aria-hidden scope
    hidden type data-relation aria-pressed value min max step for autocomplete spellcheck aria-live aria-haspopup
    datetime rel checked disabled data-finding data-verdict""".split()  # noqa: SIM905
)


def unmarked(text: str) -> str:
    """The text a reader sees, each mark turned back into its character."""
    return re.sub(r"⟨U\+([0-9A-F]{4,6})⟩", lambda match: chr(int(match[1], 16)), text)


def with_first_sentence(comparison: Comparison, text: str, **changes: Any) -> Comparison:
    """The comparison with another text for its sentence number 4, evidence and quantities removed."""
    row = comparison.findings[0].judgements[0].pair.left
    sentence = comparison.sentences[row]
    changed = replace(sentence, text=text, end=sentence.start + len(text), quantities=(), **changes)
    sentences = (*comparison.sentences[:row], changed, *comparison.sentences[row + 1 :])
    findings = tuple(
        replace(f, judgements=tuple(replace(j, evidence=()) for j in f.judgements)) for f in comparison.findings
    )
    return replace(comparison, sentences=sentences, findings=findings)


def poisoned(payload: str) -> Comparison:
    """The sample with ``payload`` wherever a text of others can stand."""
    base = with_first_sentence(sample(), payload, speaker=payload)
    first, *others = base.findings
    return replace(
        base,
        articles=tuple(
            replace(a, outlet=payload, title=payload, url=payload, language=payload, path=payload)
            for a in base.articles
        ),
        topics=tuple(replace(topic, label=payload) for topic in base.topics),
        dropped=tuple(replace(item, text=payload, reason=payload) for item in base.dropped),
        failures=tuple(replace(item, path=payload, reason=payload) for item in base.failures),
        findings=(replace(first, id=payload, explanation=payload, topic=payload), *others),
        models={payload: {payload: payload}},
        settings={payload: payload},
        coverage={payload: 1},
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_becomes_markup(payload: str) -> None:
    page = parsed(poisoned(payload))
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    assert {element.tag for element in elements} <= OUR_TAGS
    assert {name for element in elements for name in element.attrib} <= OUR_ATTRIBUTES
    assert [script.get("type") for script in page.iter("script")] == ["application/json", None]
    assert len(list(page.iter("style"))) == 1
    for href in page.xpath("//a/@href"):
        assert href.startswith(("#", "http://", "https://"))
    said = page.xpath("//article[@id='f1']//bdi[@class='said']")[0]
    assert unmarked(said.text_content()) == payload


def test_comments_and_processing_instructions_of_others_do_not_survive() -> None:
    for payload in ("<!-- x -->", "<?php x ?>", "<!doctype y>"):
        page = render_html(poisoned(payload))
        assert page.count("<!") == 1
        assert "<?" not in page


def test_policy_allows_our_style_and_script_and_nothing_else() -> None:
    page = parsed(sample())
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {digest(page.xpath('//style')[0].text)}",
        f"script-src {digest(page.xpath('//script[not(@type)]')[0].text)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert page.xpath("//@style") == []


def test_nothing_is_fetched_and_only_sources_are_linked() -> None:
    page = parsed(sample())
    assert page.xpath("//@src | //@srcset | //@action | //@data | //@poster | //@background") == []
    assert page.xpath("//img | //link | //iframe | //object | //embed | //video") == []
    outside = set(page.xpath("//a[not(starts-with(@href, '#'))]/@href"))
    assert outside == {article.url for article in sample().articles if article.url}
    assert set(page.xpath("//a[not(starts-with(@href, '#'))]/@rel")) == {"noopener noreferrer"}
    style = page.xpath("//style")[0].text
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize(
    "url",
    ["https://a.example", "http://a.example:8080/x?y=1&z=2#t", "https://a.example/é/ça", "https://a.example/a_(b),c;d"],
)
def test_web_addresses_become_links(url: str) -> None:
    assert safe_href(url) == url


@pytest.mark.parametrize(
    "url",
    [None, "", "ftp://a.example", "javascript:alert(1)", "https://u@a.example", "https://", "http://[::1",
     "//a.example", "https://a.example/ x", "https://a.example\\@b.example", "https://a.example/\u202ex", "https://a.example/\n"],
)  # fmt: skip
def test_other_addresses_stay_text(url: str | None) -> None:
    assert safe_href(url) is None


def test_hidden_characters_are_shown_and_never_sent() -> None:
    hidden = "\u202a\u202e\u2066\u2069\u200b\u200d\u2060\ufeff\u00ad\u061c\x00\x07\x85\u2028\u3164\U000e0041\ud800"
    page = render_html(poisoned("avant " + hidden + " après"))
    assert not set(hidden) & set(page)
    marks = lxml_html.document_fromstring(page).xpath(
        "//article[@id='f1']//bdi[@class='said']//span[@class='hidden-char']"
    )
    assert [mark.text for mark in marks] == [f"⟨U+{ord(c):04X}⟩" for c in hidden]


def test_ordinary_french_typography_is_left_alone() -> None:
    text = "« L’État »\u00a0: œuvre, 12\u202f000\u00a0€ – naïf… 🙂 e\u0301"
    assert visible(text) == text


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=80))
@example("\r\n\x00<>&'\"\u202e")
@example("  deux  espaces  ")
@example("\n\tligne")
def test_text_survives_the_page(text: str) -> None:
    whole = poisoned(text)
    card = parsed(replace(whole, findings=whole.findings[:1], matrix=(), solos=(), dropped=())).get_element_by_id("f1")
    assert unmarked(card.xpath(".//bdi[@class='said']")[0].text_content()) == text
    assert unmarked(card.xpath(".//bdi[@class='outlet']")[0].text_content()) == text
    assert unmarked(card.xpath(".//p[@class='why']/bdi")[0].text_content()) == text
