"""What a reader gets of a comparison: one offline HTML page, JSON, CSV."""

from claimcheck.report.exports import to_csv, to_json
from claimcheck.report.html import render_html
from claimcheck.report.outputs import Outputs

__all__ = ["Outputs", "render_html", "to_csv", "to_json"]
