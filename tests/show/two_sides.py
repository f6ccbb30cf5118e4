"""A made offensive between two lands, whose names are the test's: the same words for either of them."""

from __future__ import annotations

from msgspec import structs

from presstime.combine import combine_readings
from presstime.records import Context, KnownActor, Media
from presstime.show.material import Material

from .story import Desk

AS_OF = "2026-03-03T20:00:00+01:00"


def two_sides(one: str, other: str) -> Material:
    """Two outlets, two defence ministries that contradict each other, two tolls, one who reacts, one who is silent."""
    army, ministry = f"{one} Defence Ministry", f"{other} Defence Ministry"
    first = Desk(
        "doc-a",
        "Hill Post",
        [
            ("paragraph", f"OSTRA (Hill Post) - The {army} said that {other} troops shelled the market of Ostra on Tuesday."),
            ("paragraph", f"The {ministry} denied it. At least 12 people were killed, the {army} said."),
            ("paragraph", "“We hid under the stalls,” said Dara Lim, a baker."),
        ],
        published="2026-03-03T10:00:00+01:00",
        dateline="OSTRA",
        language="en",
    )
    told = first.say(
        army, f"The {army}", "said", f"{other} troops shelled the market of Ostra on Tuesday", form="indirect", act="accusation"
    )
    first.say(ministry, f"The {ministry}", "denied", "it", form="narrated", act="denial", answers=(told,), after=f"The {ministry} denied")
    counted = first.say(army, f"the {army}", "said", "At least 12 people were killed", form="indirect", after="At least 12")
    place = first.place("Ostra", "geonames:7")
    first.count("At least 12 people were killed", "killed", 12, None, "at-least", statement=counted, place=place)
    first.say("Dara Lim", "Dara Lim", "said", "“We hid under the stalls,”")
    second = Desk(
        "doc-b",
        "Coast Wire",
        [
            ("caption", "A stall in Ostra. (Photo: R. Dahl)"),
            ("paragraph", f"“Nobody was killed by our guns,” the {ministry} said in a statement. It counted nine dead."),
            ("paragraph", "The Lakes Union condemned the shelling and urged the Hill Council to speak."),
        ],
        published="2026-03-03T12:00:00+01:00",
        language="en",
    )
    second.say(ministry, f"the {ministry}", "said", "“Nobody was killed by our guns,”", act="denial", medium="statement", answers=(told,))
    nine = second.say(ministry, "It", "counted", "nine dead", form="narrated", after="It counted")
    second.count("nine dead", "killed", 9, 9, statement=nine, place=second.place("Ostra", "geonames:7"))
    second.say("Lakes Union", "The Lakes Union", "condemned", "the shelling", form="narrated", act="condemnation")
    second.say(
        "Lakes Union", "The Lakes Union", "urged", "the Hill Council to speak", form="narrated", act="appeal", addressee="Hill Council"
    )
    span = second.span("A stall in Ostra. (Photo: R. Dahl)")
    readings = []
    for desk, media in ((first, ()), (second, (Media(caption=span, credit="R. Dahl"),))):
        reading = desk.reading()
        readings.append(structs.replace(reading, document=structs.replace(reading.document, media=media)))
    context = Context(actors=(KnownActor(name=army), KnownActor(name=ministry), KnownActor(name="Hill Council")))
    findings = combine_readings(readings, as_of=AS_OF, context=context)
    return Material(title="Shelling of Ostra", as_of=AS_OF, time_zone="Europe/Berlin", findings=findings, readings=tuple(readings))
