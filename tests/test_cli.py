"""The command line: what each command takes and gives, its exit status, and what it says when something is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from presstime import Compiled, Context, Document, Findings, Reading, __version__, read_document
from presstime.cli import main
from presstime.show.findings_json import decode_findings

EXAMPLE = Path(__file__).parent.parent / "examples" / "corrow-dam"
LINES = [
    {"id": "a1", "text": "Five people were killed in Sarn, Ilan Voss said on Monday.\r\n", "published": "2026-03-03", "outlet": "Sarn TV"},
    {"id": "a 2", "text": "\n  “We deny it,” Mara Quill said. \u2028 Ünïcode\u00a0— 🚒\n\n\n", "date": "2026-03-04T10:00:00+02:00"},
    {"id": 3, "text": "The governor declined to comment on Tuesday."},
]
STREAM = "".join(json.dumps(line) + "\n" for line in LINES)
CORRECTING = ("correct", "mark", "let-through", "corrections")
DECIDING = ("publish", "editions", "diff", "same", "apart", "undo")
KEEPING = ("seal", "verify", "erase")
COMMANDS = ("compile", "new", "gather", "read", "combine", "report", "export", "desk", "watch", *DECIDING, *CORRECTING, *KEEPING)
GROUPS = ("gazetteer", "key")
"""Commands that have commands of their own."""


def presstime(*arguments: str | Path, stdin: str = "") -> Result:
    """Runs a command in this process."""
    return CliRunner().invoke(main, [str(each) for each in arguments], input=stdin.encode(), prog_name="presstime")


def started(*arguments: str | Path, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    """Runs a command as a user does."""
    command = [sys.executable, "-m", "presstime", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **settings)


def readings(output: str) -> list[Reading]:
    return [msgspec.json.decode(line, type=Reading) for line in output.split("\n") if line]


@pytest.fixture(scope="module")
def stream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Readings of LINES, a line each."""
    path = tmp_path_factory.mktemp("stream") / "readings.jsonl"
    assert presstime("read", "--from", "jsonl", "--out", path, stdin=STREAM).exit_code == 0
    return path


# ---------------------------------------------------------------- help and misuse


def test_help_names_every_command_and_how_to_begin() -> None:
    shown = presstime("--help")
    assert shown.exit_code == 0
    assert all(f"\n  {name} " in shown.stdout for name in (*COMMANDS, *GROUPS))
    assert "Start with: presstime compile FOLDER -o STORY" in shown.stdout
    assert set(main.commands) == {*COMMANDS, *GROUPS}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_explains_each_option(command: str) -> None:
    shown = presstime(command, "--help")
    assert shown.exit_code == 0
    options = [option for option in main.commands[command].params if option.param_type_name == "option"]
    assert options and all(getattr(option, "help", None) for option in options)


def test_version() -> None:
    assert presstime("--version").stdout == f"presstime {__version__}\n"


@pytest.mark.parametrize("arguments", [["gather"], ["read", "--to", "xml"], ["compil"], ["new"], ["compile", "--frobnicate"], []])
def test_misuse_is_status_2(arguments: list[str]) -> None:
    assert presstime(*arguments).exit_code == 2


WRONG = [
    (["gather", "{tmp}/nowhere"], "nowhere"),
    (["read", "{tmp}/nowhere.txt"], "nowhere.txt"),
    (["read", "--from", "jsonl", "{tmp}/nowhere.jsonl"], "check the path"),
    (["read", "--story", "{tmp}", "{example}"], "make a story with: presstime new"),
    (["compile", "{tmp}/nowhere", "-o", "{tmp}/s1"], "nowhere"),
    (["compile", "-o", "{tmp}/s2"], "nothing to compile: name files or folders"),
    (["compile", "{example}", "-o", "{tmp}/s3", "--as-of", "yesterday"], "--as-of 'yesterday' is no time; write it like 2026-03-03T20:00"),
    (["combine", "{tmp}"], "make a story with: presstime new"),
    (["combine", "{tmp}/nowhere.jsonl"], "check the path"),
    (["combine", "{example}"], "is no reading"),
    (["report", "{stream}", "--as-of", "2026-13-01"], "is no time; write it like"),
    (["new", "{tmp}/..."], "choose a plain name"),
    (["new", "{tmp}/s4", "--time-zone", "Yerevan"], "did you mean 'Asia/Yerevan'"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_an_error_is_one_line_that_says_what_to_do_and_status_1(arguments: list[str], told: str, tmp_path: Path, stream: Path) -> None:
    example = EXAMPLE / "documents" / "01-norrel-press-morning.txt"
    done = presstime(*(each.format(tmp=tmp_path, example=example, stream=stream) for each in arguments))
    assert done.exit_code == 1
    assert done.stdout == ""
    assert told in done.stderr
    assert done.stderr.startswith("presstime: ") and done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


# ---------------------------------------------------------------- read


def test_read_keeps_ids_and_text_exactly(stream: Path) -> None:
    found = readings(stream.read_text(encoding="utf-8"))
    assert [(each.document.id, each.document.text) for each in found] == [(str(line["id"]), line["text"]) for line in LINES]
    assert [each.document.published for each in found] == ["2026-03-03", "2026-03-04T10:00:00+02:00", None]
    assert found[0].statements[0].speaker is not None and "Voss" in found[0].statements[0].speaker.name


def test_read_is_what_the_api_reads(stream: Path) -> None:
    for each in readings(stream.read_text(encoding="utf-8")):
        again = read_document(msgspec.structs.replace(each.document, parts=(), media=(), headline=None), Context())
        assert again == each


def test_read_goes_from_stream_to_stream_with_nothing_else_on_either() -> None:
    done = started("read", "--from", "jsonl", "--to", "jsonl", input=STREAM.encode())
    assert done.returncode == 0
    assert done.stderr == b"", "no progress in a pipe"
    assert [each.document.id for each in readings(done.stdout.decode())] == ["a1", "a 2", "3"]


def test_read_takes_files_and_what_gather_gave(tmp_path: Path) -> None:
    folder = EXAMPLE / "documents"
    files = [folder / "01-norrel-press-morning.txt", folder / "06-ombudsman-posts.jsonl", folder / "08-vashel-valley-radio.html"]
    gathered = presstime("gather", *files)
    assert gathered.exit_code == 0
    documents = [msgspec.json.decode(line, type=Document) for line in gathered.stdout.splitlines()]
    assert len(documents) == 7
    assert {"Norrel Press", "Vashel Valley Radio"} <= {each.outlet for each in documents}
    at_once = readings(presstime("read", *files).stdout)
    in_steps = readings(presstime("read", "-", stdin=gathered.stdout).stdout)
    strip = {"gathered": None}
    assert [msgspec.structs.replace(each.document, **strip) for each in at_once] == [
        msgspec.structs.replace(each.document, **strip) for each in in_steps
    ]
    assert [each.statements for each in at_once] == [each.statements for each in in_steps]


def test_read_uses_what_a_story_tells(tmp_path: Path) -> None:
    told = (EXAMPLE / "story.toml").read_text(encoding="utf-8")
    (tmp_path / "story.toml").write_text(told, encoding="utf-8")
    line = json.dumps({"id": "x", "text": "The flood reached Tarnholt, Benna Olver said."})
    (plain,) = readings(presstime("read", stdin=line).stdout)
    (knowing,) = readings(presstime("read", "--story", tmp_path, stdin=line).stdout)
    assert plain.reader.context != knowing.reader.context
    assert [(place.name, place.lat) for place in knowing.places if place.name == "Tarnholt"] == [("Tarnholt", -44.6)]


def test_bad_lines_are_problems_status_3_and_the_rest_goes_on() -> None:
    done = presstime("read", "--from", "jsonl", stdin="not json\n" + STREAM + '{"id": "e", "text": " "}\n')
    assert done.exit_code == 3
    assert len(readings(done.stdout)) == 3
    lines = done.stderr.splitlines()
    assert lines[0].startswith("problem: standard input:1: The line is not JSON")
    assert lines[-1] == "presstime: done, but 2 of the inputs had problems (named above)"


def test_problems_as_json() -> None:
    done = presstime("gather", EXAMPLE / "documents" / "16-harnoy-fire-service.txt", "--json")
    assert done.exit_code == 3
    problem = json.loads(done.stderr.splitlines()[0])
    assert set(problem) == {"where", "what", "why"}
    assert problem["what"] == "empty"


def test_a_document_in_another_language_is_told_once() -> None:
    done = presstime("read", EXAMPLE / "documents" / "10-gaceta-de-corvania.txt")
    assert done.exit_code == 3
    assert done.stderr.count("another language") == 1
    assert len(readings(done.stdout)) == 1


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out.jsonl"
    assert presstime("read", "--out", out, stdin=STREAM).exit_code == 0
    before = out.read_bytes()
    assert len(readings(out.read_text(encoding="utf-8"))) == 3
    assert presstime("combine", tmp_path / "nowhere", "--out", out).exit_code == 1
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("lines", [STREAM, STREAM * 40], ids=["at the end", "midway"])
def test_a_closed_pipe_ends_it_quietly(lines: str) -> None:
    """As in `presstime read … | head -0`."""
    command = [sys.executable, "-m", "presstime", "read", "--from", "jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        process.stdin.write(lines.encode())
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=120) == 1


# ---------------------------------------------------------------- new, combine, report, compile


def test_new_makes_a_story_and_says_where(tmp_path: Path) -> None:
    done = presstime("new", tmp_path / "flood", "--title", "The flood", "--time-zone", "Asia/Tokyo")
    assert done.exit_code == 0
    assert "story.toml" in done.stdout
    told = json.loads(presstime("new", tmp_path / "other", "--json").stdout)
    assert Path(told["story"]).is_file()
    again = presstime("new", tmp_path / "flood")
    assert again.exit_code == 1
    assert "is a story already" in again.stderr


def test_combine_and_report_take_readings_a_line(stream: Path, tmp_path: Path) -> None:
    combined = presstime("combine", stream, "--as-of", "2026-03-05")
    assert combined.exit_code == 0
    findings = decode_findings(combined.stdout.encode())
    assert findings.as_of == "2026-03-05T23:59:59+00:00"
    assert {each.id for each in findings.documents} == {"a1", "a 2"}, "what has no date counts from when it was gathered"
    from_stream = presstime("combine", "--as-of", "2026-03-05", stdin=stream.read_text(encoding="utf-8"))
    assert from_stream.stdout == combined.stdout
    reported = presstime("report", stream, "--as-of", "2026-03-05", "--out", tmp_path, "--json")
    assert reported.exit_code == 0
    paths = json.loads(reported.stdout)
    assert set(paths) == {"report", "brief", "findings"}
    assert Path(paths["findings"]).read_bytes() == combined.stdout.encode()
    assert "Ilan Voss" in Path(paths["report"]).read_text(encoding="utf-8")


def test_as_of_leaves_later_documents_out(stream: Path) -> None:
    done = presstime("combine", stream, "--as-of", "2026-03-03")
    assert {each.id for each in decode_findings(done.stdout.encode()).documents} == {"a1"}
    done = presstime("combine", stream)
    assert {each.id for each in decode_findings(done.stdout.encode()).documents} == {"a1", "a 2", "3"}


def test_combine_and_report_take_a_story(compiled: Compiled, tmp_path: Path) -> None:
    done = presstime("combine", compiled.folder, "--as-of", "2026-03-04T12:00")
    assert done.exit_code == 0
    found: Findings = decode_findings(done.stdout.encode())
    assert found == decode_findings(compiled.findings.read_bytes())
    reported = presstime("report", compiled.folder, "--as-of", "2026-03-04T12:00", "--out", tmp_path / "new")
    assert reported.exit_code == 0
    assert reported.stdout == f"report: {tmp_path / 'new' / 'report.html'}\n"
    assert (tmp_path / "new" / "report.html").read_bytes() == compiled.report.read_bytes()


def test_compile_does_it_all_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Five people were killed in Sarn, Ilan Voss said on Monday.\n", encoding="utf-8")
    (folder / "b.txt").write_text("", encoding="utf-8")
    done = presstime("compile", folder, "--out", tmp_path / "story")
    assert done.exit_code == 3, "an empty file is a problem, and the rest is done"
    assert done.stdout.splitlines()[-1] == f"report: {tmp_path / 'story' / 'report.html'}"
    assert "documents as of" in done.stdout and ": 1; newly read: 1" in done.stdout and "b.txt" in done.stderr
    (folder / "b.txt").unlink()
    told = json.loads(presstime("compile", folder, "--out", tmp_path / "other", "--json").stdout)
    assert (told["documents"], told["new"], told["problems"]) == (1, 1, [])
    assert all(Path(told[each]).is_file() for each in ("report", "brief", "findings"))


def test_compile_says_what_as_of_leaves_out(tmp_path: Path) -> None:
    for name, date in (("early", "2026-03-03T10:00"), ("late", "2026-03-05T10:00")):
        text = f"Published: {date}:00+00:00\n\nNine people died in Sarn, the mayor said.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    both = (tmp_path / "early.txt", tmp_path / "late.txt")
    done = presstime("compile", *both, "--out", tmp_path / "story", "--as-of", "2026-03-04")
    assert ": 1; newly read: 2;" in done.stdout
    assert "left out, published or (undated) gathered after that: 1" in done.stdout
    told = json.loads(presstime("compile", *both, "--out", tmp_path / "story", "--as-of", "2026-03-04", "--json").stdout)
    assert (told["documents"], told["left_out"]) == (1, 1)
    assert "left out" not in presstime("compile", *both, "--out", tmp_path / "story").stdout


@pytest.mark.parametrize("wrong", [["nowhere"], [], [str(EXAMPLE / "documents"), "--as-of", "soon"]])
def test_a_slip_leaves_no_folder_behind(wrong: list[str], tmp_path: Path) -> None:
    assert presstime("compile", *wrong, "--out", tmp_path / "story").exit_code == 1
    assert not (tmp_path / "story").exists()


@pytest.mark.parametrize("command", [["read", "--from", "jsonl", "{stream}"], ["combine", "{stream}"], ["report", "{stream}"]])
def test_what_cannot_be_written_is_one_line(command: list[str], stream: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = presstime(*(each.format(stream=stream) for each in command), "--out", tmp_path / "file" / "out")
    assert done.exit_code == 1
    assert done.stderr.startswith("presstime: cannot read or write") and done.stderr.count("\n") == 1


def test_findings_given_for_readings_are_told_apart(stream: Path, tmp_path: Path) -> None:
    presstime("combine", stream, "--out", tmp_path / "findings.json")
    done = presstime("report", tmp_path / "findings.json", "--out", tmp_path)
    assert done.exit_code == 1
    assert "presstime read FOLDER | presstime report" in done.stderr


def test_compile_reads_the_inputs_that_story_toml_lists(tmp_path: Path) -> None:
    presstime("new", tmp_path / "flood")
    (tmp_path / "flood" / "reports").mkdir()
    (tmp_path / "flood" / "reports" / "a.txt").write_text("Nine people died, the mayor said.", encoding="utf-8")
    (tmp_path / "flood" / "story.toml").write_text('title = "Flood"\ninputs = ["reports"]\n', encoding="utf-8")
    done = started("compile", "--out", tmp_path / "flood")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines()[0].startswith("documents as of ")


@pytest.mark.parametrize("words", [["compile", "--foo"], ["nope"], ["gather"], ["compile", "a-path-that-is-not-there", "-o", "out"]])
def test_misuse_is_one_line_that_says_what_to_do_next(words: list[str], tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "presstime", *words], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("presstime: ")
    assert "--help" in lines[0] or "check" in lines[0]
