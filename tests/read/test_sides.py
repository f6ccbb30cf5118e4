"""Fair to both sides: the names of two sides exchanged in a document, and nothing but the names comes out differently.

In: templates of short reports with places for two sides' names, and the invented story of examples/corrow-dam. Every
text is read twice, once with the names exchanged, and the two readings are compared record by record, at the offsets
to which the exchange moves them. That holds of the rules for any two names, so that the language model, which may take
two names differently, is held still for that: the second text gets the sentences of the first with only the names
exchanged. With the model itself the same is tested for names that it knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from presstime.gather import gather
from presstime.read import language, reading
from presstime.read.cued import Cued
from presstime.read.reading import READ_LANGUAGE, read_document
from presstime.read.tree import Sentence
from presstime.records import Context, Document, Place, Reading
from presstime.story import parse_story

EXAMPLE = Path(__file__).parents[2] / "examples" / "corrow-dam"

# ---------------------------------------------------------------- templates
# A line is a paragraph. {A} {B}: two names. {a} {b}: a country's people, a firm's second word. {K} {L}: capitals or home towns.
# {P} {p} and {Q} {q}: a person of each side, first and last name; {she} {her}: both are women, or both are men.

OF_COUNTRIES = {
    "border clash": """SARN — {A} said on Tuesday that {B} had shelled the village of Sarn, killing at least three people.
{B} denied the claims. “Our guns were silent,” {B} said in a statement.
The {a} army said that two of its soldiers had been wounded. The {b} army said it had lost nobody.
{b} troops opened fire first, {K} said. “That is a lie,” {L} said on Telegram.
{A} accused {B} of moving 400 soldiers to the river. {B} did not comment on the figure.""",
    "ceasefire": """{A} accused {B} of breaking the ceasefire that both signed in May. {B} rejected the accusation and called for talks.
{A}’s foreign ministry said that {B} must withdraw “at once and without conditions.” {B}’s foreign ministry refused.
Five people were killed and 12 were injured, according to {K}. {L} put the toll at two.
The {b} defence minister told reporters that the {a} president had claimed the opposite a week earlier.
The council urged {A} and {B} to talk. {A} agreed at once. {B} said it would answer on Friday.""",
    "trade": """{A} will impose a tariff of 20 percent on {b} wool, the {a} trade ministry announced on Monday.
{B} condemned the step. “We will answer in kind,” {b} Trade Minister {Q} {q} said, adding that {K} had never complained before.
{q} warned that {L} could close its ports to {a} ships unless {A} withdrew the tariff.
{a} Trade Minister {P} {p} told the {b} ambassador that the tariff would stay. {p} denied that it broke the treaty of 1998.
{B} filed a complaint, and {A} promised an answer.""",
    "nested": """{A} said that {B} had admitted that {b} boats crossed the line on Sunday.
{B} denied having said so. It had told {A} that no {b} boat left the harbour, {L} said.
{P} {p}, the {a} ambassador, said that {Q} {q}, {her} {b} colleague, had promised to release 14 sailors.
“I promised nothing,” {q} told the radio. “{A} should read its own letters.”
{A} says that {B} has put the number of missing sailors at 30.""",
    "football": """The {a} Football Federation accused the {b} Football Federation of selling 300 tickets twice.
The {b} Football Federation rejected the charge. “{A} lost the match and now wants the money,” its president, {Q} {q}, said in a letter.
{p}, {her} {a} counterpart, demanded an apology. “{B} owes us 900 seats,” {P} {p} said at a press conference in {K}.
{q} refused to apologise to {p}. {She} called the demand “a joke.”
{A} offered {B} a second match in {L}. {B} did not immediately respond.""",
    "dam": """“We are ready to talk,” {A} said. {B} refused to sign the agreement.
{B} warned that the dam could break. Up to 5,000 people would lose their homes, {L} said.
{A} withdrew its claim about {b} engineers. {B} confirmed that all six were free.
A spokesman in {K} denied that {a} pumps had failed. {K} said the pumps were {b}, while {L} said they were {a}.
{B}’s news agency reported that {A} had evacuated 1,200 villagers. {A} said there were 900.""",
}
OF_BODIES = {
    "vote": """The {A} Party said on Sunday that the {B} Party had stuffed ballot boxes in 40 villages.
The {B} Party denied the accusation. “Nobody stuffed anything,” its leader, {Q} {q}, told reporters.
{P} {p}, who leads the {A} Party, demanded a recount and urged voters to stay calm. {q} called the demand absurd.
According to {q}, {p} had promised to accept the result. {p} said {she} had made no such promise.
Two people were injured when supporters of the {B} Party met supporters of the {A} Party, police said.""",
    "strike": """{A} called a strike at the port of Sarn on Monday after {B} cut the night shift.
{B} said the strike was illegal and threatened to dismiss 300 workers. {A} condemned the threat.
“{B} has not spoken to us since March,” {P} {p}, a spokesman for {A}, told the radio.
“We wrote to {A} twice,” {Q} {q}, a spokesman for {B}, said in an e-mail. {A} denied receiving any letter.
{q} offered to meet {p}. {A} said that {B} had made the same offer in March and then cancelled.""",
    "lawsuit": """{A} {a} sued {B} {b} on Wednesday, claiming that its rival had copied a pump.
{B} {b} rejected the claim. “The drawings are ours,” {Q} {q}, a lawyer for {B}, told reporters.
{A} accused {B} of hiring two of its engineers. {B} did not respond to a request for comment.
“{B} knew the patent,” said {P} {p}, who represents {A}. {She} said that {B} had promised a licence in April.
{q} denied that. {B} promised to publish the letters, and {A} said it would welcome that.""",
    "churches": """The {A} Church expressed concern about plans of the {B} Church to sell its school.
The {B} Church defended the sale and accused the {A} Church of spreading rumours.
“No child will lose a desk,” Bishop {Q} {q} told reporters. Bishop {P} {p} welcomed the promise and asked for the contract.
The {A} Church said that the {B} Church had withdrawn an earlier offer. The {B} Church confirmed this.
{p} said, “We pray for our neighbours.” {q} declined to comment.""",
    "court": """Prosecutor {P} {p} told the court that lawyer {Q} {q} had hidden a letter.
“There was no letter,” {q} said. {She} accused {p} of inventing it.
{p} denied inventing anything. According to {p}, {q} received the letter on 4 May.
{q} said that {p} had told {her} clerk that the letter was lost. {p} confirmed that, but said that it was a copy.
“I withdraw the word hidden,” {p} said later. {q} called this “a beginning.”""",
}
OF_OFFICES = {
    "toll": """The {A} Ministry said that 14 people had died in the flood. The {B} Ministry put the number of dead at 11.
“We count bodies, not rumours,” the {B} Ministry’s spokesman, {Q} {q}, told reporters.
At least 60 people were injured, according to the {A} Ministry, and more than 2,000 had been evacuated.
The {B} Ministry denied the {A} Ministry’s claim that no siren had sounded.
“Its list has three names twice,” said {P} {p}, a spokesman for the {A} Ministry. The {B} Ministry withdrew its list on Friday.""",
    "mayors": """{P} {p}, the mayor of {K}, accused the mayor of {L}, {Q} {q}, of closing the bridge.
{q} denied it. “The bridge closed itself,” {she} said in a post on Facebook.
{p} appealed to {q} to send a ferry. {q} said {L} would send one if {K} paid for it.
“{L} has two ferries and 300 excuses,” {p} said. {She} told {q} that 45 people were stranded.
{q} confirmed that {p} had written a letter. {K} said that {L} had agreed.""",
}
TEMPLATES = {**OF_COUNTRIES, **OF_BODIES, **OF_OFFICES}

# ---------------------------------------------------------------- sides

Names = Mapping[str, str]
"""One word for another. A name is one word, so that a sentence has as many words after the exchange as before."""


def named(one: str, other: str) -> dict[str, str]:
    """A country's name, its people's, its capital's and its code, and the other's."""
    return {**dict(zip("AaKx", one.split(), strict=True)), **dict(zip("BbLy", other.split(), strict=True))}


WOMEN = {"P": "Anna", "p": "Hughes", "Q": "Maria", "q": "Evans", "she": "she", "She": "She", "her": "her"}
MEN = {"P": "Martin", "p": "Cole", "Q": "Robert", "q": "Webb", "she": "he", "She": "He", "her": "his"}
COUNTRIES = {
    "Chile and Morocco": {**WOMEN, **named("Chile Chilean Santiago CL", "Morocco Moroccan Rabat MA")},
    "Norway and Sweden": {**WOMEN, **named("Norway Norwegian Oslo NO", "Sweden Swedish Stockholm SE")},
    "Portugal and Uruguay": {**MEN, **named("Portugal Portuguese Lisbon PT", "Uruguay Uruguayan Montevideo UY")},
}
"""Pairs that the model reads alike. Where new weights do not, and the rules' own tests pass, another pair is to be chosen."""
BODIES = {
    "vote": {"A": "Liberty", "B": "Harvest", **MEN},
    "strike": {"A": "Dockwork", "B": "Transmar", **WOMEN},
    "lawsuit": {"A": "Northlight", "a": "Steel", "B": "Eastmark", "b": "Timber", **WOMEN},
    "churches": {"A": "Lutheran", "B": "Baptist", **MEN},
    "court": WOMEN,
    "toll": {"A": "Health", "B": "Transport", **MEN},
    "mayors": {"K": "Osaka", "L": "Gdansk", "x": "JP", "y": "PL", **WOMEN},
}
INVENTED_PEOPLE = {**WOMEN, "P": "Mirka", "p": "Tondel", "Q": "Orvea", "q": "Kestar"}
INVENTED = {
    "of one length": {**INVENTED_PEOPLE, **named("Kelmara Kelmaran Tarvena XA", "Vostria Vostrian Dorvika XB")},
    "of two lengths": {**INVENTED_PEOPLE, **named("Tolmeria Tolmerian Sarvikstad XA", "Brund Brundan Velk XB")},
}
STORY = {"Maravel": "Keldany", "Maravelian": "Keldan", "Sondrey": "Ombrey"}
"""The example's two neighbours: their names, their peoples' and their capitals'."""
OTHER = {"A": "B", "a": "b", "K": "L", "x": "y", "P": "Q", "p": "q"}


def both_ways(names: Names) -> dict[str, str]:
    return {**names, **{other: one for one, other in names.items()}}


def swapped(sides: Names) -> dict[str, str]:
    return {key: sides[both_ways(OTHER).get(key, key)] for key in sides}


def exchange_of(sides: Names) -> dict[str, str]:
    """Each side's names for the other's."""
    return both_ways({sides[one]: sides[other] for one, other in OTHER.items() if one in sides})


# ---------------------------------------------------------------- exchanging and comparing


def exchanged(words: str, names: Names) -> str:
    """Some words with every name exchanged for the other side's."""
    return re.sub(r"[^\W\d_]+", lambda match: names.get(match[0], match[0]), words)


def rewritten(value: Any, text: str, names: Names, ids: Names | None = None) -> Any:
    """Records as plain dicts and lists, names exchanged in every string, offsets into `text` where that moves them."""
    if isinstance(value, str):
        return (ids or {}).get(value) or exchanged(value, names)
    if isinstance(value, (tuple, list)):
        return [rewritten(each, text, names, ids) for each in value]
    if not isinstance(value, msgspec.Struct):
        return value
    fields = {name: rewritten(each, text, names, ids) for name, each in msgspec.structs.asdict(value).items()}
    fields.pop("confidence", None)  # compared by itself
    for end in ("start", "end"):
        if fields.get(end) is not None:
            fields[end] = len(exchanged(text[: fields[end]], names))
    return fields


STEP = 0.1
"""How far a confidence may lie apart for two names: it goes in steps by how surely the language model hears a speaker."""


def confidences(value: Any) -> list[float]:
    """Every confidence in a reading but its places', in order: what the gazetteer knows of a place goes with its name."""
    if isinstance(value, (tuple, list)):
        return [c for each in value for c in confidences(each)]
    if not isinstance(value, msgspec.Struct) or isinstance(value, Place):
        return []
    fields = msgspec.structs.asdict(value)
    own = [fields["confidence"]] if fields.get("confidence") is not None else []
    return own + [c for each in fields.values() for c in confidences(each)]


def told(reading: Reading, names: Names) -> Any:
    """A reading with the names exchanged and every id as the place of its record.

    What the gazetteer knows of a place goes with its name: that it knows it is told, and not what.
    """
    records: tuple[Sequence[Any], ...] = (
        *(reading.actors, reading.statements, reading.figures),
        *(reading.events, reading.places, reading.times),
    )
    ids = {record.id: f"{type(record).__name__} {n}" for each in records for n, record in enumerate(each)}
    ids[reading.document.id] = "the document"
    places = tuple(map(without_knowledge, reading.places))
    found = rewritten(msgspec.structs.replace(reading, places=places), reading.document.text, names, ids)
    del found["reader"]  # the story's hash, in which the names stand
    return found


def without_knowledge(place: Place) -> Place:
    known = None if place.gazetteer is None else "known"
    return msgspec.structs.replace(place, gazetteer=known, names=(), lat=None, lon=None, province=None, confidence=0)


class Still:
    """Stands in for the language model: writes down what it hears in one document and gives that again for the other.

    reading.py hears through `language.hear`, which gives the sentences and more, or through `language.parse`.
    """

    def __init__(self, names: Names) -> None:
        lower = {one.lower(): other.lower() for one, other in names.items() if not one.isupper()}
        self.names = {**lower, **names}
        self.again = False
        self.heard: list[tuple[str, Sequence[tuple[int, int]], Any]] = []

    def __getattr__(self, door: str) -> Any:
        real = getattr(language, door)
        if door not in ("hear", "parse"):
            return real

        def hear(text: str, blocks: Sequence[tuple[int, int]]) -> Any:
            if not self.again:
                self.heard.append((text, blocks, real(text, blocks)))
                return self.heard[-1][2]
            first, first_blocks, heard = self.heard.pop(0)
            assert exchanged(first, self.names) == text
            assert [(self.moved(first, a), self.moved(first, b)) for a, b in first_blocks] == list(blocks)
            if door == "parse":
                return self.renamed(first, heard)
            sentences, cued = heard
            return self.renamed(first, sentences), tuple(self.moved_cue(first, c) for c in cued)

        return hear

    def moved(self, text: str, offset: int) -> int:
        return len(exchanged(text[:offset], self.names))

    def moved_cue(self, text: str, cued: Cued) -> Cued:
        def span(given: tuple[int, int]) -> tuple[int, int]:
            return self.moved(text, given[0]), self.moved(text, given[1])

        return replace(
            cued,
            cue=span(cued.cue),
            source=span(cued.source) if cued.source else None,
            content=tuple(span(c) for c in cued.content),
            addressee=span(cued.addressee) if cued.addressee else None,
            medium=span(cued.medium) if cued.medium else None,
        )

    def renamed(self, text: str, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        return tuple(
            replace(
                s,
                starts=tuple(self.moved(text, start) for start in s.starts),
                ends=tuple(self.moved(text, end) for end in s.ends),
                words=tuple(exchanged(word, self.names) for word in s.words),
                lemmas=tuple(exchanged(word, self.names) for word in s.lemmas),
            )
            for s in sentences
        )


def document(text: str) -> Document:
    return Document(id="doc", sha256="0" * 64, text=text.replace("\n", "\n\n"), language=READ_LANGUAGE)


def check(template: str, sides: Names, still: pytest.MonkeyPatch | None = None) -> None:
    """Reads a template both ways and compares; `still` holds the language model still."""
    one, other = (document(template.format(**each)) for each in (sides, swapped(sides)))
    assert check_both((one, Context()), (other, Context()), exchange_of(sides), still).statements


def check_both(one: tuple[Document, Context], other: tuple[Document, Context], names: Names, still: pytest.MonkeyPatch | None) -> Reading:
    ears = Still(names)
    if still is not None:
        still.setattr(reading, "language", ears)
    first = read_document(*one)
    ears.again = True
    second = read_document(*other)
    assert told(second, names) == told(first, {})
    apart = [abs(a - b) for a, b in zip(confidences(first), confidences(second), strict=True)]
    assert max(apart, default=0.0) <= (STEP + 1e-9 if still is None else 0.0)
    return first


# ---------------------------------------------------------------- with the language model itself


@pytest.mark.parametrize("sides", COUNTRIES)
@pytest.mark.parametrize("kind", OF_COUNTRIES)
def test_two_countries(kind: str, sides: str) -> None:
    check(OF_COUNTRIES[kind], COUNTRIES[sides])


UNSTEADY = {
    "strike": "the present weights hang one sentence's second verb elsewhere for one of the two names",
    "toll": "the present weights end one content elsewhere for one of the two names",
}
"""What comes out otherwise for the other name, by the language model: countries are heard under stand-ins, bodies are not."""


@pytest.mark.parametrize("kind", [pytest.param(k, marks=pytest.mark.xfail(reason=UNSTEADY[k])) if k in UNSTEADY else k for k in BODIES])
def test_two_bodies_or_people(kind: str) -> None:
    check(TEMPLATES[kind], BODIES[kind])


# ---------------------------------------------------------------- the rules, for any two names


@pytest.mark.parametrize("sides", INVENTED)
@pytest.mark.parametrize("kind", TEMPLATES)
def test_the_rules_do_not_look_at_who_speaks(kind: str, sides: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {key: name for key, name in BODIES.get(kind, {}).items() if key in "AaBb"}
    check(TEMPLATES[kind], {**INVENTED[sides], **own}, monkeypatch)


@pytest.mark.parametrize("kind", OF_COUNTRIES)
def test_nor_at_which_country_speaks(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    check(OF_COUNTRIES[kind], {**MEN, **named("Chile Chilean Santiago CL", "Kenya Kenyan Nairobi KE")}, monkeypatch)


@pytest.mark.parametrize("file", sorted(path.name for path in (EXAMPLE / "documents").iterdir()))
def test_the_example(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the story knows beforehand has the names exchanged too."""
    names = both_ways(STORY)
    story = parse_story((EXAMPLE / "story.toml").read_text(encoding="utf-8"))
    context = Context(time_zone=story.time_zone, region=story.region, actors=story.actors, places=story.places)
    other_context = msgspec.convert(rewritten(context, "", names), Context)
    gathered = gather([EXAMPLE / "documents" / file], archive=None, now="2026-03-04T12:00:00Z")
    english = [each for each in gathered if isinstance(each, Document) and each.language == READ_LANGUAGE]
    assert english or file in ("10-gaceta-de-corvania.txt", "16-harnoy-fire-service.txt")
    for one in english:
        other = msgspec.convert(rewritten(one, one.text, names), Document)
        check_both((one, context), (other, other_context), names, monkeypatch)


# ---------------------------------------------------------------- what is known, and what the templates hold

SHORT = {
    "people": (
        "{b} troops fired, {A} said.\n“That is a lie,” {B} said.",
        named("Norway Norwegian Oslo NO", "Chile Chilean Santiago CL"),
        "",
    ),
    "short name": (
        "“We wrote to {A} twice,” {B} said. {A} denied receiving any letter.",
        {"A": "Ova", "B": "Transmar"},
        "",
    ),
    "capitals": (
        "{K} and {L} agreed to talk, a spokesman said.",
        named("Greece Greek Athens GR", "Canada Canadian Ottawa CA"),
        "",
    ),
    "one content": (
        "{A} retracted its statement that {b} engineers had been detained.",
        named("Canada Canadian Ottawa CA", "Belgium Belgian Brussels BE"),
        "",
    ),
    "one figure": (
        "{A} retracted its claim that 30 {b} engineers had been detained.",
        named("Morocco Moroccan Rabat MA", "Chile Chilean Santiago CL"),
        "",
    ),
    "title": (
        "{P} {p} accused {Q} {q}. {q} said that {p} was lying.\nThe court praised {p} and {q}.",
        {**MEN, "q": "King"},
        "",
    ),
    "surname of a people": (
        "{P} {p} accused {Q} {q} of lying. {q} denied it.",
        {**WOMEN, "q": "German"},
        "",
    ),
}
"""The shortest texts that showed a rule to take two names differently, two sides, and what the rule does where it still does."""


def known(case: str) -> Any:
    why = SHORT[case][2]
    return pytest.param(case, marks=pytest.mark.xfail(raises=AssertionError, reason=why)) if why else case


@pytest.mark.parametrize("case", [known(case) for case in SHORT])
def test_what_was_unfair(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    template, sides, _ = SHORT[case]
    check(template, sides, monkeypatch)


def test_the_templates_hold_what_a_report_holds() -> None:
    """Every form of speech, speech in speech, denials that answer, addressees, media, and figures with givers, on both sides."""
    found: set[str] = set()
    for kind, template in TEMPLATES.items():
        sides = {**INVENTED["of one length"], **BODIES.get(kind, {})}
        for s in (read := read_document(document(template.format(**sides)), Context())).statements:
            found |= {s.form, *(field for field in ("reported_by", "answers", "addressee", "medium") if getattr(s, field))}
        found |= {"figure with its giver" for f in read.figures if f.statement}
    parts = {"reported_by", "answers", "addressee", "medium", "figure with its giver"}
    assert found == {"direct", "mixed", "indirect", "narrated", *parts}
    assert len(TEMPLATES) >= 10
