"""What a story's folder holds, and what is said of a story.toml that is not as it must be."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstime.problems import StoryError
from presstime.records import Context, KnownActor, KnownPlace
from presstime.story import ARCHIVE, EDITIONS, STORY_FILE, context_hash, new_story, open_story, parse_story

WHOLE = """
title = "The Sarn crossing"
time_zone = "Asia/Yerevan"
region = ["AM", "XK"]
inputs = ["reports", "wire.zip"]
[[actors]]
name = "Ministry of Defence of Ostria"
names = ["Defence Ministry"]
kind = "government"
country = "AM"
[[actors]]
name = "Ilan Voss"
kind = "person"
role = "ombudsman"
[[places]]
name = "Belcastro"
names = ["Belkast"]
lat = 40
lon = 44.5
precision = "town"
[[places]]
name = "Sarn"
gazetteer = "geonames:1"
"""


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / STORY_FILE).write_text(text, encoding="utf-8")
    return folder


def test_a_new_story_can_be_opened_and_has_its_folders(tmp_path: Path) -> None:
    story = new_story(tmp_path / "crossing", title='The "Sarn" crossing \\ day one')
    assert story == open_story(tmp_path / "crossing")
    assert story.title == 'The "Sarn" crossing \\ day one'
    assert story.context == Context(time_zone="UTC")
    assert (tmp_path / "crossing" / ARCHIVE).is_dir()
    assert (tmp_path / "crossing" / EDITIONS).is_dir()
    assert new_story(tmp_path / "no title").title == "no title"


def test_the_template_says_in_comments_what_is_also_taken(tmp_path: Path) -> None:
    new_story(tmp_path / "crossing")
    text = (tmp_path / "crossing" / STORY_FILE).read_text(encoding="utf-8")
    head, tail = text.split("# kind is", 1)
    uncommented = "\n".join(line.removeprefix("# ") if "=" in line or line.startswith("# [") else line for line in tail.splitlines())
    file = parse_story(head + "# kind is" + uncommented.replace("Give a point", "# Give a point"))
    assert [actor.name for actor in file.actors] == ["Ministry of Defence of Ostria", "Ilan Voss"]
    assert [(place.name, place.lat) for place in file.places] == [("Belcastro", 40.1811)]
    assert [(mapping.files, mapping.items) for mapping in file.mappings] == [("incidents-*.csv", None), ("answers/*.json", "data.results")]
    assert file.mappings[0].fields.text == ("Summary", "Story")
    assert file.fetch.contact == "desk@harrowpost.example"
    assert (file.fetch.robots, file.fetch.pause, file.fetch.at_once, file.fetch.seconds) == (True, 1.0, 2, 60.0)  # the defaults


def test_a_whole_story_gives_its_context(tmp_path: Path) -> None:
    story = open_story(written(tmp_path, WHOLE))
    assert story.inputs == ("reports", "wire.zip")
    assert story.context == Context(
        time_zone="Asia/Yerevan",
        region=("AM", "XK"),
        actors=(
            KnownActor(name="Ministry of Defence of Ostria", names=("Defence Ministry",), kind="government", country="AM"),
            KnownActor(name="Ilan Voss", kind="person", role="ombudsman"),
        ),
        places=(
            KnownPlace(name="Belcastro", names=("Belkast",), lat=40.0, lon=44.5),
            KnownPlace(name="Sarn", gazetteer="geonames:1"),
        ),
    )


def test_an_existing_story_is_never_overwritten(tmp_path: Path) -> None:
    written(tmp_path / "crossing", WHOLE)
    with pytest.raises(StoryError, match=r"is a story already; open it, or choose another name"):
        new_story(tmp_path / "crossing")
    assert (tmp_path / "crossing" / STORY_FILE).read_text(encoding="utf-8") == WHOLE


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "crossing").write_text("mine")
    with pytest.raises(StoryError, match="a file of that name is there"):
        new_story(tmp_path / "crossing")
    assert (tmp_path / "crossing").read_text() == "mine"


@pytest.mark.parametrize(
    "name",
    ["..", ".hidden", "-rf", "~root", "a\nb", "CON", "nul.txt", "a:b", "what?", "a\\b", "ends.", "ends ", "a\u202eb", "x" * 101],
)
def test_dangerous_folder_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoryError, match="choose a plain name"):
        new_story(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["Сарн", "Sarn 2023", "offensive-2023", "a.b", "console"])
def test_plain_folder_names_are_taken(tmp_path: Path, name: str) -> None:
    assert new_story(tmp_path / name).title == name


def test_the_name_of_the_current_folder_is_not_a_name() -> None:
    with pytest.raises(StoryError, match="not a name of its own"):
        new_story(Path())


def test_a_folder_without_a_story_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoryError, match=r"holds no story.toml; make a story with: presstime new"):
        open_story(tmp_path)


FAULTS = [
    ('title = "T"\ntime_zon = "UTC"', "story.toml: unknown key 'time_zon' in the top level; did you mean 'time_zone'?"),
    ('title = "T"\n"Time-Zone" = "UTC"', "unknown key 'Time-Zone' in the top level; did you mean 'time_zone'?"),
    ('title = "T"\nxyzzy = 1', "unknown key 'xyzzy' in the top level; take it out, or use one of: title, time_zone"),
    ('title = "T"\n[[actors]]\nname = "A"\ncontry = "AM"', "unknown key 'contry' in actors 1 (A); did you mean 'country'?"),
    ('title = "T"\n[[places]]\nname = "A"\nlatitude = 1', "unknown key 'latitude' in places 1 (A)"),
    ('time_zone = "UTC"', "the top level has no 'title'; add a line title ="),
    ("title = 3", "title must be text in double quotes, not a whole number"),
    ('title = ""', "title is empty"),
    ('title = "T"\ninputs = "a"', "inputs must be a list in square brackets, not text in double quotes"),
    ('title = "T"\ninputs = ["a", 1]', "inputs 2 must be text in double quotes, not a whole number"),
    ('title = "T"\n[actors]\nname = "A"', "'actors' must be tables, each under a line [[actors]]"),
    ('title = "T"\n[[actors]]\nkind = "person"', "actors 1 has no 'name'"),
    ('title = "T"\n[[actors]]\nname = "A"\nkind = "peron"', "actors 1 (A), kind is 'peron'; did you mean 'person'? It must be one of: "),
    ('title = "T"\n[[places]]\nname = "A"\nprecision = "x"', "places 1 (A), precision is 'x'; it must be one of: "),
    ('title = "T"\n[[places]]\nname = "A"\nlat = "40"\nlon = 1.0', "places 1 (A), lat must be a number, not text"),
    ('title = "T"\n[[places]]\nname = "A"\nlat = 91\nlon = 1', "places 1 (A), lat must be at most 90; points are in degrees"),
    ('title = "T"\n[[mappings]]\nfiles = "a"\nfield = {}', "unknown key 'field' in mappings 1 (a); did you mean 'fields'?"),
    ('title = "T"\n[[mappings]]\nfiles = "a"\nfields = { txt = "b" }', "unknown key 'txt' in mappings 1 (a), fields; did you mean 'text'?"),
    ('title = "T"\n[[mappings]]\nfiles = "a"\nfields = { url = "b" }', "mappings 1 (a), fields has no 'text'; add a line text ="),
    ('title = "T"\n[[mappings]]\nfields = { text = "b" }', "mappings 1 has no 'files'"),
    (
        'title = "T"\n[[mappings]]\nfiles = "a"\nformat = "cvs"\nfields = { text = "b" }',
        "mappings 1 (a), format is 'cvs'; did you mean 'csv'?",
    ),
    ('title = "T"\n[[mappings]]\nfiles = "a"\ndate_format = "%Y"\nfields = { text = "b" }', "date_format: '%Y' is no form of a date"),
    ('title = "T"\n[[mappings]]\nfiles = "a"\ntime_zone = "Yerevan"\nfields = { text = "b" }', "did you mean 'Asia/Yerevan'"),
    ('title = "T"\n[[mappings]]\nfiles = "a"\nencoding = "cp99"\nfields = { text = "b" }', "encoding: 'cp99' is none that is known"),
    ('title = "T"\n[[mappings]]\nfiles = "a"\ndelimiter = ";;"\nfields = { text = "b" }', "mappings 1 (a), delimiter"),
    ('title = "T"\n[fetch]\nrobot = false', "unknown key 'robot' in [fetch]; did you mean 'robots'?"),
    ('title = "T"\n[fetch]\nat_once = 3', "fetch, at_once must be at most 2"),
    ('title = "T"\n[fetch]\nseconds = 0', "fetch, seconds must be more than 0"),
    ('title = "T"\n[fetch]\nallow = "wiki.example"', "fetch, allow must be a list in square brackets, not text in double quotes"),
    ('title = "T"\nfetch = true', "fetch must be a table, not true or false"),
    ('title = "T"\n[[places]]\nname = "A"\nlat = 1\nlon = -180.5', "places 1 (A), lon must be at least -180"),
    ('title = "T"\n[[places]]\nname = "A"\nlat = nan\nlon = 1', "places 1 (A), lat must be at least -90"),
    ('title = "T"\n[[places]]\nname = "A"\nlon = 1', "places 1 (A) has 'lon' without 'lat'; give both or neither"),
    ('title = "T"\n[[places]]\nname = "A"\ncountry = "UK"', "places 1 (A), country: 'UK' is no country's code; did you mean 'GB'?"),
    ('title = "T"\ntime_zone = "Asia/Yerevn"', "time_zone 'Asia/Yerevn' is no time zone; did you mean 'Asia/Yerevan'"),
    ('title = "T"\ntime_zone = "Yerevan"', "did you mean 'Asia/Yerevan'"),
    ('title = "T"\ntime_zone = "../../etc/passwd"', "is no time zone; "),
    ('title = "T"\nregion = ["am"]', "region: 'am' is no country's code; did you mean 'AM'?"),
    ('title = "T"\nregion = ["Armenia"]', "region: 'Armenia' is no country's code; did you mean 'AM'?"),
    ('title = "T"\nregion = ["UK"]', "did you mean 'GB'?"),
    ('title = "T"\n[[actors]]\nname = "A"\ncountry = "QQ"', "actors 1 (A), country: 'QQ' is no country's code; use an ISO 3166 code"),
    (
        'title = "T"\n[[actors]]\nname = "Ilan Voss"\n[[actors]]\nname = "Governor"\nnames = ["ilan  voss"]',
        "actors 1 (Ilan Voss) and actors 2 (Governor) both go by 'ilan  voss'; join them",
    ),
    ('title = "T"\n[[places]]\nname = "A"\n[[places]]\nname = "a"', "places 1 (A) and places 2 (a) both go by 'a'"),
    ('title = "T"\ntime_zone = Asia', "story.toml is not TOML: Invalid value (at line 2, column 13); mend that place"),
    ('title = "T"\ntitle = "U"', "(at line 2, column 12)"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS, ids=[message[:40] for _, message in FAULTS])
def test_faults_say_where_and_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(StoryError) as raised:
        open_story(written(tmp_path, text))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    (tmp_path / STORY_FILE).write_bytes(b'title = "T"\ninputs = ["caf\xe9"]\n')
    with pytest.raises(StoryError, match="line 2 is not UTF-8; save the file as UTF-8"):
        open_story(tmp_path)


def test_windows_line_ends_and_a_byte_order_mark_are_taken(tmp_path: Path) -> None:
    (tmp_path / STORY_FILE).write_bytes(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())
    assert open_story(tmp_path).title == "The Sarn crossing"


def test_one_persons_name_given_twice_in_the_same_entry_is_no_fault() -> None:
    assert parse_story('title = "T"\n[[actors]]\nname = "Voss"\nnames = ["Voss"]').actors[0].names == ("Voss",)


def test_the_context_hash_tells_contexts_apart() -> None:
    context = Context(time_zone="Asia/Yerevan", actors=(KnownActor(name="Voss"),))
    assert context_hash(context) == context_hash(Context(time_zone="Asia/Yerevan", actors=(KnownActor(name="Voss"),)))
    others = [Context(), Context(time_zone="Asia/Yerevan"), Context(time_zone="Asia/Yerevan", actors=(KnownActor(name="Foss"),))]
    assert len({context_hash(other) for other in (context, *others)}) == 4


@given(st.text())
def test_any_title_is_kept_as_one_line(title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s")
        one_line = " ".join("".join(char if char.isprintable() else " " for char in title).split())
        if one_line:
            assert new_story(path, title=title).title == one_line
        else:
            with pytest.raises(StoryError, match="the title is empty"):
                new_story(path, title=title)


@given(st.text())
def test_any_text_is_settings_or_a_story_error(text: str) -> None:
    try:
        parse_story(text)
    except StoryError as error:
        assert str(error)
