"""PDF: the brief, with its notes at the end.

In: a `Shown`. Out: the PDF's bytes, printed by WeasyPrint from the brief's Markdown. Nothing is fetched: what a page would load from
elsewhere is left out. The fonts of the machine set the scripts. The whole report is printed by `report_pdf`.
Example: `pdf(shown)` begins with the brief's headline.
"""

from __future__ import annotations

from html import escape
from typing import Any

from presstime.show.brief import render_brief
from presstime.show.export.brief_text import brief_html
from presstime.show.export.missing import library
from presstime.show.export.shown import Shown
from presstime.show.passages import printable

__all__ = ["pdf"]

_STYLE = """
@page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt } }
body { font: 10.5pt/1.45 "Noto Serif", "DejaVu Serif", serif, "Noto Sans"; hyphens: none }
h1 { font-size: 17pt; line-height: 1.2 } h2 { font-size: 12.5pt; margin-top: 1.4em; break-after: avoid }
p, li { unicode-bidi: plaintext; overflow-wrap: anywhere; orphans: 2; widows: 2 }
sup a { text-decoration: none; color: inherit } .footnote-backref { display: none }
.footnotes { font-size: 8.5pt } .footnotes-sep { border: 0; border-top: 0.5pt solid }
table { border-collapse: collapse } td, th { border: 0.5pt solid; padding: 2pt 4pt; text-align: start }
"""


def pdf(shown: Shown) -> bytes:
    """The document. Raises InputError where WeasyPrint, or Pango, is missing."""
    weasyprint = library("weasyprint", "pdf")
    material = shown.material
    body = brief_html(printable(render_brief(shown.printed, evidence=shown.evidence)))
    head = f'<meta charset="utf-8"><title>{escape(printable(material.title))}</title><style>{_STYLE}</style>'
    page = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    return bytes(weasyprint.HTML(string=page, url_fetcher=_nothing).write_pdf())


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    """Refuses to fetch: a document's text must not make this machine call others."""
    raise ValueError(f"nothing is fetched while printing: {url[:80]}")
