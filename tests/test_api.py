"""The public API: what `presstime` gives, no more and no less; and that asking for help imports nothing heavy."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys

import pytest

import presstime

API = """
    Compiled Ledger Story combine_readings compare compile_story new_story open_story publish read_document __version__
    GazetteerError InputError LedgerError ModelError PresstimeError StoryError
    Actor Context Document Event Figure KnownActor KnownPlace Media Part Participant Place Problem Provenance Reader Reading
    Span Speaker Statement Time Unattributed
    Candidate Carried Change Claim Conflict Decision Dispute Extreme Findings FoundActor FoundDocument Line Origin Point Reaction
    Series Side Silence Telling TimelineEntry Trace
"""
HEAVY = {"numpy", "onnxruntime", "trafilatura", "lxml", "jinja2", "rich", "msgspec", "sqlite3", "py3langid"}


def modules_after(code: str) -> set[str]:
    """What a fresh Python has imported after `code`, which must leave standard output alone."""
    told = "import sys, json\n" + code + "\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, encoding="utf-8")
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_api_is_pinned() -> None:
    assert sorted(API.split()) == sorted(presstime.__all__)


@pytest.mark.parametrize("name", presstime.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(presstime, name)
    assert name in dir(presstime)
    assert name == "__version__" or (value.__name__ == name and value.__doc__)


def test_every_record_and_finding_is_public() -> None:
    from presstime import findings, problems, records

    structs = {name for module in (records, findings) for name in module.__all__ if isinstance(getattr(records, name, None), type)}
    structs |= {name for name in findings.__all__ if isinstance(getattr(findings, name), type)}
    assert structs | set(problems.__all__) <= set(presstime.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'presstime' has no attribute 'parse'"):
        presstime.parse  # noqa: B018


def test_a_name_is_that_of_its_module_whatever_was_imported_before() -> None:
    code = "import presstime.compile, presstime.read, presstime.records; from presstime import read_document, compile_story, Ledger"
    assert "presstime.read.reading" in modules_after(code)


def test_the_docstrings_example_is_true() -> None:
    assert doctest.testmod(presstime, raise_on_error=True).attempted > 0


def test_importing_presstime_imports_nothing_heavy() -> None:
    assert not modules_after("import presstime") & HEAVY


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["compile", "--help"], ["read", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """`presstime --help` is instant (under 0.3 s on an idle machine) because of what it does not import."""
    code = f"""
from contextlib import redirect_stdout
from io import StringIO
from presstime.cli import main
with redirect_stdout(StringIO()) as told:
    try:
        main({arguments!r}, prog_name="presstime")
    except SystemExit as left:
        assert not left.code
assert "presstime" in told.getvalue()
"""
    heavy = HEAVY - {"msgspec"} if arguments == ["--version"] else HEAVY
    assert not modules_after(code) & heavy
