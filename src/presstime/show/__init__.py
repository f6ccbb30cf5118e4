"""Findings for people: the report and the brief.

In: a `Material` (findings, and the readings they were made of). Out: report.html, brief.md and findings.json, as text or bytes; this
room writes no file. `visible` decides what may be shown.
Example: `render_report(material)` is one HTML file in which every line leads to its passage.
"""

from presstime.show.brief import render_brief
from presstime.show.findings_json import decode_findings, encode_findings
from presstime.show.material import Material
from presstime.show.report import render_report

__all__ = ["Material", "decode_findings", "encode_findings", "render_brief", "render_report"]
