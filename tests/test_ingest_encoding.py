import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.ingest.encoding import decode
from claimcheck.ingest.normal import normal, one_line
from claimcheck.ingest.unusable import Unusable

TEXT = "Le préfet a démenti, à l'aube, avoir reçu « l'ordre » de céder. Ça coûtera 3 000 € à Noël, œuvre d’août."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_usual_encodings_are_recognised(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_one_broken_byte_does_not_spoil_a_utf8_file() -> None:
    assert decode(TEXT.encode() + b"\xe9") == TEXT + "\ufffd"


def test_declared_encoding_of_a_page_is_used_and_a_false_one_is_not() -> None:
    page = '<html><head><meta charset="{}"></head><body>Дом у реки</body></html>'
    assert "Дом у реки" in decode(page.format("windows-1251").encode("cp1251"), is_html=True)
    assert "Дом у реки" in decode(page.format("iso-8859-1").encode(), is_html=True)
    assert decode(b'<meta charset="hex">caf\xe9', is_html=True).endswith("café")


@pytest.mark.parametrize("data", [bytes(range(256)) * 9, b"\x00" * 99, b"PK\x03\x04abc", b"\x01\x02" * 50])
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(Unusable):
        decode(data)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).map(lambda s: "a" + s))
def test_utf8_text_is_never_changed(text: str) -> None:
    assert decode(text.encode()) == text


@given(st.text())
def test_normal_form_is_reached_at_once(text: str) -> None:
    once = normal(text)
    assert normal(once) == once
    assert not any(character in once for character in "\r\x00\u2028\u0085\ufeff\u00ad")
    assert once.encode() is not None


def test_one_line_is_short_and_single() -> None:
    assert one_line(" Le\n\n pont \t rouvre ") == "Le pont rouvre"
    assert one_line("mot " * 500, 20) == "mot mot mot mot mot…"
