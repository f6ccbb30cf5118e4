"""Files that are no dump, or a broken one: told in one line that names file and line, with everything left as it was."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import made_dump
import pytest
from click.testing import CliRunner

from presstime.cli import main
from presstime.gazetteer import Gazetteer, load_merge, load_stage, open_gazetteer
from presstime.gazetteer.in_use import VARIABLE, loaded
from presstime.gazetteer.load import load
from presstime.problems import GazetteerError, InputError

GOOD = made_dump.place(made_dump.VARNAKERT, "Varnakert", "P.PPL", "AM", (40.91, 43.77), people=210)


def changed(column: int, value: str) -> str:
    cells = GOOD.split("\t")
    cells[column] = value
    return "\t".join(cells)


def truncated(folder: Path) -> Path:
    whole = made_dump.zipped(folder / "AM.zip", AM=GOOD * 50)
    whole.write_bytes(whole.read_bytes()[:-30])
    return whole


def damaged(folder: Path) -> Path:
    lines = [made_dump.place(made_dump.OWN + n, f"Village {n * 7919}", "P.PPL", "AM", (40.0, 44.0), people=n) for n in range(3000)]
    path = made_dump.zipped(folder / "AM.zip", AM="\n".join(lines))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    path.write_bytes(data)
    return path


def bomb(folder: Path) -> Path:
    return made_dump.zipped(folder / "AM.zip", AM=GOOD + "\n" + "0" * 40_000_000)


def text(name: str, content: str | bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


def members(**files: str) -> Callable[[Path], Path]:
    return lambda folder: made_dump.zipped(folder / "AM.zip", **files)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "AM.txt", r"AM.txt is not there; download"),
        (lambda folder: folder, r"holds none of GeoNames' files .*download"),
        (text("notes.txt", GOOD), r"notes.txt is none of GeoNames' files"),
        (text("AM.csv", GOOD), r"AM.csv is none of GeoNames' files"),
        (text("AM.txt", ""), r"AM.txt is empty; download it again"),
        (text("AM.txt", "a\tb\tc\n"), r"AM.txt: line 1 has 3 columns between tabs, where GeoNames has 19; it is another file"),
        (text("AM.txt", "<html>Not found</html>"), r"line 1 has 1 column between tabs"),
        (text("alternateNamesV2.txt", GOOD), r"line 1 has 19 columns between tabs, where GeoNames has 10"),
        (text("countryInfo.txt", "# nothing\n\nAM\tARM\n"), r"countryInfo.txt: line 3 has 2 columns"),
        (
            text("AM.txt", "\n".join([GOOD, *[changed(4, "north")] * 3])),
            r"3 of its first 4 lines cannot be read .*'north'.*nothing was changed",
        ),
        (text("AM.zip", GOOD), r"AM.zip is not a whole zip archive \(File is not a zip file\)"),
        (truncated, r"AM.zip is not a whole zip archive"),
        (damaged, r"AM.zip: AM.txt breaks off or is damaged behind line \d+ .*nothing was changed: download it again"),
        (bomb, r"AM.zip: AM.txt says it unpacks to 40 MB out of .*it is not read"),
        (members(readme=GOOD, notes=GOOD), r"AM.zip holds none of GeoNames' files"),
        (members(**{"../AM": GOOD, "sub/AM": GOOD}), r"AM.zip holds none of GeoNames' files"),
    ],
)
def test_it_is_told_and_nothing_changes(make: Callable[[Path], Path], says: str, cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    before = sorted(p.name for p in cache.iterdir())
    with pytest.raises(InputError, match=says):
        load([make(folder)])
    assert sorted(p.name for p in cache.iterdir()) == before and loaded() is None


def test_a_locked_member(cache: Path, tmp_path: Path) -> None:
    path = made_dump.zipped(tmp_path / "AM.zip", AM=GOOD)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert zipfile.ZipFile(path).infolist()[0].flag_bits & 1
    with pytest.raises(InputError, match="locked with a password"):
        load([path])


ROWS = {
    2: (changed(0, "x1"), "its number 'x1' is no GeoNames number"),
    3: (changed(0, "4000000000"), "no GeoNames number"),
    4: (changed(1, "  "), "the name '  ' is empty"),
    5: (changed(4, "91.0"), "its point 91.0, 43.77 is not on the earth"),
    6: (changed(5, "nan"), "is not on the earth"),
    7: (changed(5, "-"), "its point '40.91', '-' is not two numbers"),
    8: (changed(8, "Armenia"), "its country 'Armenia' is not a code of two letters"),
    9: (changed(14, "-3"), "its population '-3' is not a whole number"),
    10: (GOOD + "\tmore", "it has 20 columns instead of 19"),
    11: ("\t".join(GOOD.split("\t")[:7]), "it has 7 columns instead of 19"),
}


def test_lines_that_cannot_be_read_are_counted_and_named(cache: Path, tmp_path: Path) -> None:
    lines = [GOOD, *(line for line, _ in ROWS.values())]
    lines += [made_dump.place(made_dump.OWN + 50 + n, f"Village {n}", "P.PPL", "AM", (40.0, 44.0)) for n in range(20)]
    path = tmp_path / "AM.txt"
    path.write_bytes("\n".join(lines).encode() + b"\n" + GOOD.encode().replace(b"Varnakert", b"Varn\xff\xfekert") + b"\n" + b"x" * 600_000)
    result = CliRunner().invoke(main, ["gazetteer", "load", str(path), "--json"])
    assert result.exit_code == 3, result.output
    told = json.loads(result.stdout)
    assert told["files"] == [{"name": "AM.txt", "kind": "places", "rows": 33, "used": 21, "unreadable": 12}]
    for (number, (_, why)), problem in zip(list(ROWS.items())[:5], told["problems"][:5], strict=True):
        assert problem["why"].startswith(f"line {number} was left out: ") and why in problem["why"]
    assert told["problems"][-1]["why"].startswith("7 more of its 33 lines were left out")
    assert "some lines could not be read" in result.stderr


@pytest.mark.parametrize(("line", "why"), ROWS.values())
def test_each_reason(line: str, why: str) -> None:
    from presstime.gazetteer.load_rows import place_row

    with pytest.raises(ValueError) as caught:
        place_row(line.encode())
    assert why in str(caught.value)


def test_a_run_that_breaks_off_leaves_the_former_one(cache: Path, dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = cache / "gazetteer-loaded.sqlite"
    own.write_bytes(b"the former one")

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(load_merge, "flush", broken)
    with pytest.raises(KeyboardInterrupt):
        load([dump])
    assert own.read_bytes() == b"the former one" and loaded() is None
    assert sorted(p.name for p in cache.iterdir() if p.name.startswith(".")) == []


def test_a_full_disk_is_told_before_the_work(cache: Path, dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from collections import namedtuple

    from presstime.gazetteer import load as module

    monkeypatch.setattr(module.shutil, "disk_usage", lambda path: namedtuple("Usage", "total used free")(10, 9, 1))
    with pytest.raises(GazetteerError, match=r"needs 0\.2 GB for a while .*make room, or say where with --out"):
        load([dump])


def test_out_may_not_be_a_folder(cache: Path, dump: Path) -> None:
    with pytest.raises(GazetteerError, match="give --out a file"):
        load([dump], out=cache)


def test_a_loaded_file_that_is_gone_is_told(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (cache / "gazetteer-in-use.txt").write_text(str(cache / "gone.sqlite"))
    with pytest.raises(GazetteerError, match=r"is gone .*load it again, or go back .*reset"):
        open_gazetteer()
    monkeypatch.setenv(VARIABLE, "shipped")
    assert not open_gazetteer().loaded
    monkeypatch.setenv(VARIABLE, str(cache / "elsewhere"))
    with pytest.raises(GazetteerError, match="PRESSTIME_GAZETTEER names"):
        loaded()


def test_the_commands(cache: Path, merged: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(*words: str) -> str:
        result = CliRunner().invoke(main, ["gazetteer", *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "as it comes with presstime" in said("info")
    assert said("reset").startswith("nothing was loaded")
    monkeypatch.setenv(VARIABLE, str(merged.path))
    monkeypatch.setattr("presstime.gazetteer.lookup._open", {})
    facts = json.loads(said("info", "--json"))
    assert facts["version"] == merged.version and facts["places"]["site"] == 3 and facts["dated_names"] == 5
    assert "Leningrad (1924-01-26 to 1991-09-06, historic)" in said("find", "Leningrad")
    assert json.loads(said("find", f"geonames:{made_dump.VARNAKERT}", "--json"))["names"][0]["until"] == "1991"
    result = CliRunner().invoke(main, ["gazetteer", "find", "Qwxyzzy"])
    assert result.exit_code == 1 and "no place bears the name 'Qwxyzzy'; add it" in result.stderr


@pytest.mark.parametrize("command", ["load", "info", "find", "reset"])
def test_each_command_has_help(command: str) -> None:
    shown = CliRunner().invoke(main, ["gazetteer", command, "--help"])
    assert shown.exit_code == 0 and main.commands["gazetteer"].commands[command].help  # type: ignore[attr-defined]


def test_misuse_is_status_2() -> None:
    assert CliRunner().invoke(main, ["gazetteer", "load"]).exit_code == 2


def test_numbers_are_held_as_bits() -> None:
    bits = load_stage.Bits()
    for n in (1, 8, 498817, 40_000_001, 999_999_999):
        bits.add(n)
    assert [n for n in (0, 1, 2, 8, 498817, 498818, 40_000_001, 999_999_998, 999_999_999) if n in bits] == [
        1,
        8,
        498817,
        40_000_001,
        999_999_999,
    ]
