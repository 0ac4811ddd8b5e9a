"""The article text of an HTML page, through trafilatura, behind limits on what it is given."""

from __future__ import annotations

import logging
import re
from itertools import islice

from claimcheck.ingest.facts import Facts
from claimcheck.ingest.normal import normal
from claimcheck.ingest.pages import page_facts
from claimcheck.ingest.unusable import Unusable

ELEMENTS = 30_000  # extraction is quadratic in siblings: 80,000 take 8 s, 200,000 more than 37 s
_SHORT_ARTICLE = 100  # characters; below the default of 250 an agency brief lost its line ends
_START_TAG = re.compile(r"<[a-zA-Z]")
_PAGE = re.compile(
    r"\s{0,100}(?:<\?xml[^>]{0,200}>\s{0,20})?(?:<!--[^>]{0,500}-->\s{0,20})?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"<(?:p|div|br|h[1-6]|li|blockquote|article)\b[^<>]{0,500}>", re.IGNORECASE)


def is_page(content: str) -> bool:
    """Whether a text, whatever its file name says, is a whole HTML page."""
    return _PAGE.match(content) is not None


def is_markup(content: str) -> bool:
    """Whether the text of a table cell is a piece of HTML."""
    return len(_BLOCK.findall(content[:20_000])) >= 2


def extract(html: str) -> tuple[str, Facts]:
    """Return the article text of a page, one paragraph per line, and what the page says about itself.

    :raises Unusable: if the page has too many elements or no article text.
    """
    # Script strings hold tags too, hence the margin; the exact count follows once the tree is there.
    if sum(1 for _ in islice(_START_TAG.finditer(html), 4 * ELEMENTS + 1)) > 4 * ELEMENTS:
        raise _too_large()
    import trafilatura
    from trafilatura.settings import Extractor

    # Without a handler of its own the library would write on the user's screen.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    try:
        tree = trafilatura.load_html(html if is_page(html) else f"<html><body><article>{html}</article></body></html>")
        if tree is None:
            raise Unusable("is not an HTML page")
        if sum(1 for _ in tree.iter()) > ELEMENTS:
            raise _too_large()
        found = page_facts(tree)
        options = Extractor(output_format="txt", comments=False)
        options.min_extracted_size = _SHORT_ARTICLE
        text = trafilatura.extract(tree, options=options)
    except Unusable:
        raise
    except Exception as error:  # any page may hit a bug of the libraries; the others must go on
        raise Unusable(f"cannot be read as HTML ({type(error).__name__}); save its text as .txt") from error
    if not text or not text.strip():
        raise Unusable("no article text found in the page; save its text as .txt")
    return normal(text), found


def _too_large() -> Unusable:
    return Unusable(f"has more than {ELEMENTS:,} HTML elements; save its article text as .txt")
