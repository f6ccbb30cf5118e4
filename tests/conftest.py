"""Settings for every test. It also puts tests/ on the import path: any test can say `from strategies import readings`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from presstime import Compiled

# How long an example takes depends on what else the machine is doing, and a whole reading takes tens of milliseconds to make.
settings.register_profile("presstime", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("presstime")

# What is expected is expected of the shipped gazetteer, whatever the user of this machine has loaded.
os.environ.setdefault("PRESSTIME_GAZETTEER", "shipped")

# No test, and no program that a test starts, reaches beyond this machine's loopback (test_loopback_only.py).
LOOPBACK_ONLY = str(Path(__file__).parent / "loopback_only")
sys.path.insert(0, LOOPBACK_ONLY)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (LOOPBACK_ONLY, os.environ.get("PYTHONPATH"))))
__import__("loopback_guard").shut()

EXAMPLE = Path(__file__).parent.parent / "examples" / "corrow-dam"
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium, without a window."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium on the path")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """The example, compiled once for all tests as of its gold's moment. Tests look at its folder and leave it as it is."""
    from presstime.compile import compile_story

    folder = tmp_path_factory.mktemp("compiled") / "corrow-dam"
    folder.mkdir()
    told = (EXAMPLE / "story.toml").read_text(encoding="utf-8")
    (folder / "story.toml").write_text(told.replace('inputs = ["documents"]', ""), encoding="utf-8")
    return compile_story([EXAMPLE / "documents"], folder, as_of="2026-03-04T12:00")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail when any test was skipped (make test-all)")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = len(terminalreporter.stats.get("skipped", []))
    if skipped and terminalreporter.config.getoption("--no-skips"):
        terminalreporter.write_line(f"--no-skips: {skipped} skipped, so this run fails", red=True)
