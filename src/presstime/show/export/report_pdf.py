"""PDF of the whole report: printed by a browser of this machine, in the report's own print style.

In: a `Shown`. Out: the PDF's bytes. Chromium, Chrome or Edge is run without a window on a file of its own; the page's policy lets it load
nothing. Where no such browser is found, the report's own page prints from any browser. The charts need one: their colours are CSS.
Example: `report_pdf(shown)` begins with the report's first screen.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from presstime.problems import InputError
from presstime.show.export.shown import Shown
from presstime.show.report import render_report
from presstime.show.visible import NOTHING_RESTRICTED, Restrictions

__all__ = ["find_browser", "report_pdf"]

_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
LONGEST = 300
"""Seconds for printing: the example's report takes 4 s on two busy cores, and one of 2,000 documents, one file of 15 MB, some minutes."""
_MADE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")


def find_browser() -> str | None:
    """The browser that prints; None where none is found."""
    return next((found for name in _BROWSERS if (found := shutil.which(name))), None)


def report_pdf(shown: Shown, restrictions: Restrictions = NOTHING_RESTRICTED) -> bytes:
    """The report as PDF, its dates the export's `as_of`. Raises InputError where no browser is found, or it prints nothing."""
    browser = find_browser()
    if browser is None:
        raise InputError("report-pdf needs Chromium, Chrome or Edge on this machine; or open report.html in any browser and print it there")
    with tempfile.TemporaryDirectory(prefix="presstime-print-") as folder:
        page, made = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_text(render_report(shown.printed, evidence=shown.evidence, restrictions=restrictions), "utf-8")
        wanted = [browser, "--headless", "--disable-gpu", "--disable-extensions", "--no-first-run", "--no-pdf-header-footer"]
        wanted += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", page.as_uri()]
        if hasattr(os, "geteuid") and os.geteuid() == 0:  # Chromium's own sandbox does not run as root; the page can load nothing anyway
            wanted.insert(1, "--no-sandbox")
        try:
            subprocess.run(wanted, check=False, capture_output=True, timeout=LONGEST)
        except (OSError, subprocess.TimeoutExpired) as failed:
            raise InputError(
                f"{browser} did not print the report ({type(failed).__name__}); open report.html and print it there"
            ) from failed
        if not made.is_file() or not (data := made.read_bytes()).startswith(b"%PDF-"):
            raise InputError(f"{browser} did not print the report; open report.html and print it there")
    digits = re.sub(r"\D", "", shown.material.as_of)[:14].ljust(14, "0").encode()
    return _MADE.sub(rb"\g<1>" + digits, data)
