"""From bytes to text, in the encodings that newsroom files come in."""

from __future__ import annotations

import codecs
import re

from claimcheck.ingest.unusable import Unusable

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)
_DECLARED = re.compile(rb"<meta[^<>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([\w-]{1,40})", re.IGNORECASE)
_KNOWN = re.compile(
    r"iso-8859-\d{1,2}|windows-\d{3,4}|macintosh|koi8-[ru]|shift_jis|euc-\w{2}|gb\w{3,5}|big5", re.ASCII
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HEAD = 4_096
_SAMPLE = 65_536


def decode(data: bytes, *, is_html: bool = False) -> str:
    """Return the text of ``data``; the encoding an HTML page declares is tried when the bytes are not UTF-8.

    :raises Unusable: if the bytes are no text.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise Unusable(f"is {kind}, not text; save the article as UTF-8 text")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    sample = data[:_SAMPLE]
    wide = _utf16(sample)
    if wide:
        return data.decode(wide, errors="replace")
    if len(_CONTROL.findall(sample)) * 100 > len(sample):
        raise Unusable("holds binary data, not text; save the article as UTF-8 text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(data) if is_html else _guessed(data)


def _utf16(sample: bytes) -> str:
    """Name the UTF-16 without a mark, or "": in Latin text one byte of each two is nearly always zero."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if min(even, odd) > half * 0.05 or max(even, odd) < half * 0.5:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    name = match.group(1).decode("ascii", errors="replace").lower() if match else ""
    if name == "iso-8859-1":  # browsers read it as its superset Windows-1252
        name = "windows-1252"
    if not _KNOWN.fullmatch(name):
        return _guessed(data)
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return _guessed(data)


def _guessed(data: bytes) -> str:
    """UTF-8 with a few broken bytes, Windows-1252, or else what the bytes look most like."""
    broken = data.decode("utf-8", errors="replace")
    bad = broken.count("\ufffd")
    good = sum(character > "\x7f" for character in broken) - bad
    if bad * 10 <= good:
        return broken
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise Unusable("is in an unknown encoding; save it as UTF-8")
    return data.decode(best.encoding, errors="replace")
