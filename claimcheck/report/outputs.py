"""Where the reports of a command go: checked before any work, written once all of them are made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from claimcheck.files import check_targets, write_atomic
from claimcheck.report.exports import to_csv, to_json
from claimcheck.report.html import render_html
from claimcheck.types import Check, Comparison

_UNSAFE = re.compile(r"[^\w.]+")
_LONGEST = 80  # characters of an article's name in a file name


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files of one report; None for a kind that nobody asked for."""

    html: Path
    json: Path | None = None
    csv: Path | None = None

    def check(self, inputs: Sequence[Path], corpus: Path | None = None) -> None:
        """Refuse what could not be written, or would be read by the next run; ``corpus`` is written as well.

        :raises UsageError: naming the file.
        """
        targets = (self.html, self.json, self.csv, corpus)
        check_targets([target for target in targets if target is not None], inputs)

    def write(self, result: Comparison | Check) -> None:
        """Write all files, or none if one cannot be made."""
        renders = ((self.html, render_html), (self.json, to_json), (self.csv, to_csv))
        made = [(target, render(result)) for target, render in renders if target is not None]
        for target, text in made:
            write_atomic(target, text)

    def of(self, name: str) -> Outputs:
        """The same files for one of several articles: "report.html" becomes "report-NAME.html"."""
        safe = _UNSAFE.sub("-", name).strip("-.")[-_LONGEST:]
        html, *others = (
            None if target is None else target.with_name(f"{target.stem}-{safe}{target.suffix}")
            for target in (self.html, self.json, self.csv)
        )
        return Outputs(html or self.html, *others)
