"""The matrix of reactions: counts, order, ways to the statements, silences worded as what was gathered."""

from __future__ import annotations

from presstime.findings import FoundActor, Reaction, Silence
from presstime.records import ACTS
from presstime.show.matrix import MOST_ROWS, Cell, Matrix, matrix
from presstime.show.wording import WORDS, capital

from .pages import material, page_of, view_of
from .story import AUTHORITY, RELIEF, Desk, story
from .test_report import check_links


def rows(found: Matrix) -> dict[str, dict[str, Cell]]:
    return {row.actor: {cell.column: cell for cell in row.cells} for group in found.groups for row in group.rows}


def made_matrix() -> Matrix:
    found = matrix(view_of(story()))
    assert found is not None
    return found


def test_each_act_of_an_actor_is_counted_and_leads_to_its_statement() -> None:
    cell = rows(made_matrix())[RELIEF]["Condemnation"]
    assert cell.count == 1 and cell.anchor is not None
    page = page_of(story())
    check_links(page)
    assert "condemned" in page.xpath("//*[@id=$one]", one=cell.anchor)[0].text_content()


def test_columns_are_in_one_order_and_hold_only_what_occurs() -> None:
    columns = made_matrix().columns
    order = [*(capital(WORDS.act[act].noun) for act in ACTS), "No response found"]
    assert list(columns) == [column for column in order if column in columns] and len(set(columns)) == len(columns)
    assert all(any(cells[column].count for cells in rows(made_matrix()).values()) for column in columns)


def test_a_silence_and_a_reported_no_comment_are_told_apart() -> None:
    cells = rows(made_matrix())[AUTHORITY]
    assert cells["No comment"].count >= 1
    silent = cells["No response found"]
    assert silent.count == 1 and silent.words.startswith(f"No response from {AUTHORITY} found in the 8 documents gathered by")
    assert "refus" not in silent.words and rows(made_matrix())[RELIEF]["No response found"].count == 0


def test_the_same_words_in_several_documents_count_once() -> None:
    desks = []
    for number in range(3):
        desk = Desk(f"doc-{number}", f"Outlet {number}", [("paragraph", "The Oru Union condemned the raid.")], published="2026-03-03")
        desks.append((desk, desk.say("Oru Union", "The Oru Union", "condemned", "the raid", form="narrated", act="condemnation")))
    reaction = Reaction(actor="Oru Union", country=None, act="condemnation", towards="Karsa", statements=tuple(one for _, one in desks))
    found = matrix(view_of(material([desk.reading() for desk, _ in desks], reactions=(reaction,))))
    assert found is not None
    cell = rows(found)["Oru Union"]["Condemnation"]
    assert cell.count == 1 and cell.words == "1 statement by Oru Union, condemnation, towards Karsa"


def test_actors_stand_under_their_country_and_those_of_none_come_last() -> None:
    desk = Desk(
        "doc",
        "Velm Post",
        [("paragraph", "Anna backed it. Berta backed it. Carla backed it. The Oru Union backed it.")],
        published="2026-03-03",
    )
    reactions = []
    for name, country in (("Anna", None), ("Berta", "NO"), ("Carla", "DE")):
        one = desk.say(name, name, "backed", "it", form="narrated", act="support", after=name)
        reactions.append(Reaction(actor=name, country=country, act="support", towards=None, statements=(one,)))
    union = FoundActor(id="a", name="Oru Union", names=("Oru Union",), kind="organisation")
    one = desk.say("Oru Union", "The Oru Union", "backed", "it", form="narrated", act="support", after="The Oru Union")
    reactions.append(Reaction(actor="a", country=None, act="support", towards=None, statements=(one,)))
    found = matrix(view_of(material([desk.reading()], reactions=tuple(reactions), actors=(union,))))
    assert found is not None
    assert [(group.country, [row.actor for row in group.rows]) for group in found.groups] == [
        ("Germany", ["Carla"]),
        ("Norway", ["Berta"]),
        ("Organisations", ["Oru Union"]),
        ("Country not known", ["Anna"]),
    ]


def test_the_page_has_a_real_table_that_names_every_cell() -> None:
    page = page_of(story())
    table = page.xpath("//table[@class='matrix']")[0]
    assert table.xpath("./caption") and table.xpath(".//th[@scope='rowgroup']") and table.xpath(".//th[@scope='row']")
    width = len(table.xpath("./thead//th"))
    for row in table.xpath("./tbody/tr[not(@class)]"):
        assert len(row.xpath("./th|./td")) == width
    for link in table.xpath(".//td/a"):
        assert link.get("aria-label").startswith(link.text_content())
    assert all(cell.get("data-label") for cell in table.xpath(".//td[normalize-space()]"))
    assert not any(cell.get("data-label") or cell.text for cell in table.xpath(".//td[not(*)]"))


def test_very_many_actors_are_cut_to_those_who_said_most_and_the_page_says_so() -> None:
    count = MOST_ROWS + 7
    desk = Desk("doc", "Velm Post", [("paragraph", f"Person{number:03} backed it.") for number in range(count)], published="2026-03-03")
    reactions = []
    for number in range(count):
        name = f"Person{number:03}"
        one = desk.say(name, name, "backed", "it", form="narrated", act="support", after=name)
        reactions.append(Reaction(actor=name, country=None, act="support", towards=None, statements=(one,)))
    made = material([desk.reading()], reactions=tuple(reactions))
    found = matrix(view_of(made))
    assert found is not None and len(rows(found)) == MOST_ROWS and found.more == 7
    assert "7 more actors" in page_of(made).text_content()


def test_nobody_reacted_no_matrix() -> None:
    desk = Desk("doc", "Velm Post", [("paragraph", "It rained.")], published="2026-03-03")
    made = material([desk.reading()])
    assert matrix(view_of(made)) is None and not page_of(made).xpath("//table[@class='matrix']")


def test_hostile_names_stay_words() -> None:
    name = "<script>x</script>\x00"
    desk = Desk("doc", "Velm Post", [("paragraph", f"{name} backed it.")], published="2026-03-03")
    one = desk.say(name, name, "backed", "it", form="narrated", act="support")
    reaction = Reaction(actor=name, country=name, act="support", towards=name, statements=(one,))
    silence = Silence(actor=name, because=one, documents=1, as_of="2026-03-03T20:00:00+01:00")
    page = page_of(material([desk.reading()], reactions=(reaction,), silences=(silence,)))
    assert not page.xpath("//main//script") and "<script>x</script>" in page.xpath("//table[@class='matrix']")[0].text_content()
    check_links(page)
