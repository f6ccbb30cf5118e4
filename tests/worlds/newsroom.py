"""What happened → who prints what: agency stories, their copies, own reports, statements, posts, later versions, roundups.

In: the happenings and a wording. Out: `Page`s in order of publication, marked. Copies come as agencies' copies do: whole under
another headline, the first paragraphs with own ones before or after, lightly edited; credited in the dateline, in a
line at the end, or not at all.

Example: "HASNESK (Northwire) — Shells hit the school in Hasnesk …" in the Courier is Northwire's story.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta, timezone
from random import Random
from typing import Any

from tests.worlds.happenings import Happenings, Incident
from tests.worlds.pieces import Piece, fill, joined, plain, replaced
from tests.worlds.telling import Sentence, Teller

__all__ = ["Page", "print_pages"]

ZONE = timezone(timedelta(hours=2))
Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A document in the making. `foreign` are the numbers of paragraphs whose origin is another, with its label."""

    key: str
    outlet: str
    headline: str
    published: datetime
    paragraphs: tuple[Paragraph, ...]
    origin: str
    url: str
    dateline: str | None = None
    agency: str | None = None
    credit: str | None = None
    line: str | None = None
    opening: Piece | None = None
    version_of: str | None = None
    copy_of: str | None = None
    foreign: dict[int, str] = field(default_factory=dict)
    dated: bool = False

    @property
    def told(self) -> str:
        """When it says that it was published: to the minute or (`dated`) only the day."""
        return self.published.date().isoformat() if self.dated else self.published.isoformat()


class Newsroom:
    """Prints pages, and keeps them."""

    def __init__(self, world: Happenings, words: dict[str, Any], rng: Random, start: int = 1) -> None:
        self.world, self.words, self.rng = world, words, rng
        self.pages: list[Page] = []
        self.number = start
        self.used: set[str] = set()

    def teller(self, outlet: str, at: datetime) -> Teller:
        every = (*self.world.agencies, *self.world.outlets)
        spelling = every.index(outlet) if outlet in every else 0
        return Teller(self.world, self.words, self.rng, spelling, at.date(), self.used)

    def moment(self, incident: Incident, stage: int) -> datetime:
        """Some time after an incident: within hours, later that day or at night, the next day."""
        after = (50 + self.rng.randrange(90), 300 + self.rng.randrange(120), 1500 + self.rng.randrange(240))[stage]
        latest = max(incident.minutes.values())
        return datetime.combine(incident.day, time(0), ZONE) + timedelta(minutes=latest + after)

    def add(self, outlet: str, headline: str, at: datetime, paragraphs: list[Paragraph], origin: str, **fields: Any) -> Page:
        key = f"d{self.number:03}"
        self.number += 1
        slug = "".join(c if c.isalnum() else "-" for c in outlet.lower())
        url = fields.pop("url", None) or f"https://{slug}.example/{at:%Y/%m/%d}/{key}"
        page = Page(key=key, outlet=outlet, headline=headline, published=at, paragraphs=tuple(paragraphs), origin=origin, url=url, **fields)
        self.pages.append(page)
        return page

    def headline(self, incident: Incident) -> str:
        return fill(str(self.rng.choice(self.words["kinds"][incident.kind]["headline"])), {"place": incident.town}, sentence=True).text

    def titled(self, kind: str, town: str) -> str:
        return fill(str(self.rng.choice(self.words["headlines"][kind])), {"place": town}, sentence=True).text

    # ------------------------------------------------------------ stories

    def body(self, t: Teller, incident: Incident, stage: int, *, hour: str, own_lead: bool, beside: bool, witness: str) -> list[Paragraph]:
        """A report's paragraphs: the deed, who claims it, the tolls, a witness, colour, the past."""
        lead: list[Sentence] = []
        if own_lead or not incident.accuser or incident.kind == "blast":
            lead.append(t.tells(incident, hour if not incident.accuser else "part"))
        if incident.accuser and incident.kind != "blast":
            lead.append(t.claims(incident, frame=self.rng.choice(("claim", "claim", "accuse")), teller=hour))
        found: list[Paragraph] = [tuple(lead)]
        tolls = [x for x in incident.tolls if x.giver != "ombudsman" and x.points[0][0] <= stage]
        for toll in tolls:
            if toll.revised and stage == 2:
                found.append((t.revises(incident, toll),))
            else:
                found.append((t.counts(incident, toll, stage),))
        if incident.kind == "blast":
            found.append((t.claims(incident),))
        if beside and incident.denial == "beside":
            found.append((t.denies(incident, "loose" if self.rng.random() < 0.5 else "exact"),))
        found.insert(self.rng.randrange(1, len(found) + 1), (t.colour(incident.town),))
        found.append((t.quotes(incident, witness),))
        recalled = t.recalls(incident)
        if recalled is not None and self.rng.random() < 0.6:
            found.append((recalled, *((t.totals(self.world.total),) if incident.kind == "shelling" else ())))
        found.append((t.colour(incident.town),))
        return found

    def agency_story(self, incident: Incident, stage: int, agency: str, version_of: Page | None = None) -> Page:
        at = self.moment(incident, stage)
        t = self.teller(agency, at)
        paragraphs = self.body(
            t, incident, stage, hour="first", own_lead=self.rng.random() < 0.5, beside=stage > 0, witness=self.witness(incident)
        )
        fields: dict[str, Any] = {"dateline": incident.town, "agency": agency, "opening": self.dateline(incident.town, agency)}
        if version_of is not None:
            kept = version_of.paragraphs[-2:]
            fields |= {"version_of": version_of.key, "url": version_of.url}
            paragraphs = [*paragraphs[:-2], *kept, (Sentence(plain(self.rng.choice(self.words["credits"]["update"]))),)]
        return self.add(agency, self.headline(incident), at, paragraphs, agency, **fields)

    def witness(self, incident: Incident) -> str:
        return f"resident_{self.world.towns.index(incident.town)}"

    def dateline(self, town: str, agency: str | None) -> Piece:
        shown = plain(town.upper(), "place", town)
        if agency:
            return fill(self.words["credits"]["dateline"], {"dateline": shown, "agency": agency})
        return fill(self.words["credits"]["own_dateline"], {"dateline": shown})

    def copy(self, page: Page, outlet: str, how: str, credit: str, incident: Incident) -> Page:
        """An outlet's copy of an agency's story. `how`: whole, edited, after, before, short; `credit`: dateline, line, none."""
        at = page.published + timedelta(minutes=self.rng.randrange(15, 150))
        paragraphs = list(page.paragraphs)
        foreign: dict[int, str] = {}
        origin = page.origin
        if how == "edited":
            paragraphs = [p for i, p in enumerate(paragraphs) if i < 2 or p[0].says or p[0].counts or self.rng.random() < 0.5]
            for old, new in self.words["edits"]["pairs"]:
                paragraphs = [tuple(replace(s, piece=replaced(s.piece, old, new)) for s in p) for p in paragraphs]
        elif how == "short":
            paragraphs = paragraphs[: max(3, len(paragraphs) // 2)]
        elif how in ("after", "before"):
            t = self.teller(outlet, at)
            other = f"director_{self.world.towns.index(incident.town)}"
            own: list[Paragraph] = [(t.quotes(incident, other),), (t.colour(incident.town),)]
            paragraphs = paragraphs[: max(4, len(paragraphs) - 2)]
            places = range(len(paragraphs), len(paragraphs) + 2) if how == "after" else range(2)
            paragraphs = [*paragraphs, *own] if how == "after" else [*own, *paragraphs]
            foreign = dict.fromkeys(places, outlet)
            words = [sum(len(x.piece.text.split()) for x in p) for p in paragraphs]
            carried = sum(n for i, n in enumerate(words) if i not in foreign)
            if 2 * carried <= sum(words):  # mainly its own: the agency's paragraphs are what is carried
                origin, foreign = outlet, {i: page.origin for i in range(len(paragraphs)) if i not in foreign}
        fields: dict[str, Any] = {"copy_of": page.key, "foreign": foreign}
        agency = page.agency or page.outlet
        if credit == "dateline":
            fields |= {"dateline": page.dateline, "agency": agency, "opening": page.opening, "credit": agency}
        elif credit == "line":
            fields |= {"line": self.words["credits"]["line"].format(agency=agency), "credit": agency}
        return self.add(outlet, self.headline(incident), at, paragraphs, origin, **fields)

    def own_report(self, incident: Incident, stage: int, outlet: str, **fields: Any) -> Page:
        """An outlet's own telling, with another hour and whoever it spoke to."""
        at = self.moment(incident, stage)
        t = self.teller(outlet, at)
        index = self.world.towns.index(incident.town)
        first: list[Sentence] = [t.tells(incident, "other" if self.rng.random() < 0.6 else "part")] if incident.kind != "movement" else []
        if incident.accuser and incident.kind != "blast":
            if incident.accuser.startswith("mayor"):
                first.append(t.claims(incident, frame="told", outlet=outlet, teller="part"))
            else:
                first.append(t.claims(incident, teller="part"))
        found: list[Paragraph] = [tuple(first), (t.quotes(incident, f"mayor_{index}"),), (t.colour(incident.town),)]
        for toll in [x for x in incident.tolls if x.points[0][0] <= stage and self.rng.random() < 0.7]:
            if toll.revised and stage == 2:
                found.append((t.revises(incident, toll),))
            else:
                found.append((t.counts(incident, toll, stage),))
        if incident.denial == "beside":
            found.append((t.denies(incident, "exact"),))
        found.append((t.quotes(incident, self.witness(incident)),))
        fields |= {"dateline": incident.town, "opening": self.dateline(incident.town, None)}
        return self.add(outlet, self.headline(incident), at, found, outlet, **fields)

    def statement(self, incident: Incident, stage: int, speaker: str, kind: str = "statement") -> Page:
        """A body's own statement, or the ombudsman's post, with its count."""
        at = self.moment(incident, stage)
        fact = self.world.cast[speaker]
        name = fact.names[0].removeprefix("the ").split(" (")[0]
        t = self.teller(name, at)
        found: list[Paragraph] = [(t.counts(incident, x, stage),) for x in incident.tolls if x.giver == speaker and x.points[0][0] <= stage]
        if incident.accuser == speaker:
            found.insert(0, (t.claims(incident, speaker),))
        found.append((t.colour(incident.town),))
        return self.add(name, self.titled(kind, incident.town), at, found, name)

    def denial(self, incident: Incident, outlet: str, by: str | None = None) -> Page:
        """The denial, in a document that does not carry the claim; `by` is another of its side than who was first asked."""
        at = self.moment(incident, 2 if by else 1)
        t = self.teller(outlet, at)
        how = "loose" if by or incident.denial == "loose" else "exact"
        found: list[Paragraph] = [(t.denies(incident, how, by),), (t.quotes(incident, self.witness(incident)),), (t.colour(incident.town),)]
        return self.add(outlet, self.headline(incident), at, found, outlet)

    def conference(self, incident: Incident, outlets: tuple[str, ...]) -> None:
        """One press conference quoted by several outlets, each in its own words: what was said there has one origin."""
        toll = next(x for x in incident.tolls if x.revised)
        name = self.world.cast[toll.giver].names[0].removeprefix("the ")
        for outlet in outlets:
            at = self.moment(incident, 2)
            t = self.teller(outlet, at)
            found: list[Paragraph] = [
                (t.revises(incident, toll),),
                (t.quotes(incident, self.witness(incident)),),
                (t.colour(incident.town),),
            ]
            self.add(outlet, self.headline(incident), at, found, outlet, foreign={0: f"said by {name}"})

    def reactions(self, incident: Incident, agency: str) -> Page:
        """What governments and bodies abroad say, and who says nothing."""
        at = self.moment(incident, 2)
        t = self.teller(agency, at)
        acts = self.rng.sample(("condemnation", "appeal", "offer", "concern", "demand", "support"), 4)
        who = ("gov_c", "gov_d", "gov_e", "org")
        towards = f"gov_{self.world.cast[incident.doer or ''].side or 'a'}"
        found: list[Paragraph] = [(t.reacts(incident, w, a, towards),) for w, a in zip(who, acts, strict=True)]
        found.append((t.silent(incident, "gov_f"),))
        found.append((t.colour(incident.town),))
        return self.add(agency, self.titled("reaction", incident.town), at, found, agency, agency=agency)

    def roundup(self, incidents: tuple[Incident, ...], outlet: str, agency: str) -> Page:
        """A combined report: one paragraph an incident, each cited from the agency."""
        at = max(self.moment(i, 1) for i in incidents)
        t = self.teller(outlet, at)
        found: list[Paragraph] = [(Sentence(plain(self.rng.choice(self.words["credits"]["roundup"]))),)]
        foreign = {}
        for incident in incidents:
            said = (
                [t.claims(incident, frame="cited", outlet=agency)] if incident.accuser and incident.kind != "blast" else [t.tells(incident)]
            )
            toll = next((x for x in incident.tolls if x.measure != "children"), None)
            if toll is not None:
                said.append(t.counts(incident, toll, 1, outlet=agency))
            foreign[len(found)] = agency
            found.append(tuple(said))
        found.append((t.totals(self.world.total),))
        return self.add(outlet, self.titled("roundup", ""), at, found, outlet, foreign=foreign)


_COPIES = (
    ("whole", "dateline"),
    ("edited", "none"),
    ("after", "line"),
    ("before", "none"),
    ("whole", "none"),
    ("short", "line"),
    ("edited", "line"),
)


def print_pages(world: Happenings, words: dict[str, Any]) -> list[Page]:
    """Every page of a world, oldest first."""
    rng = Random(f"pages {world.seed}")
    room = Newsroom(world, words, rng)
    copies = list(_COPIES)
    rng.shuffle(copies)
    outlets = list(world.outlets)
    turn = 0
    for n, incident in enumerate(world.incidents):
        agency = world.agencies[n % 2]
        main = incident.kind == "shelling" or n in (3, 5)
        first = room.agency_story(incident, 0, agency)
        for _ in range(3 if n == 0 else 2 if main else 1):
            how, credit = copies[turn % len(copies)]
            room.copy(first, outlets[turn % len(outlets)], how, credit, incident)
            turn += 1
        if incident.kind != "aid":
            room.own_report(incident, 1, outlets[(turn + 3) % len(outlets)], dated=n == 1)
        if n in (0, 5):
            room.agency_story(incident, 1, agency, version_of=first)
        if incident.denial in ("loose", "exact"):
            room.denial(incident, outlets[(turn + 5) % len(outlets)])
            if n in (0, 3):
                side = world.cast[incident.denier or ""].side
                room.denial(incident, outlets[(turn + 6) % len(outlets)], f"gov_{side}")
    one = world.incidents[0]
    room.statement(one, 1, one.tolls[0].giver)
    room.statement(world.incidents[1], 1, world.incidents[1].accuser or "")
    room.statement(one, 1, "ombudsman", "post")
    room.statement(one, 2, "ombudsman", "post")
    room.conference(one, (outlets[-1], outlets[-2]))
    cross = room.reactions(one, world.agencies[0])
    room.copy(cross, outlets[turn % len(outlets)], "whole", "line", one)
    room.roundup(tuple(rng.sample(world.incidents[:7], 4)), outlets[(turn + 2) % len(outlets)], world.agencies[0])
    return sorted(room.pages, key=lambda p: (p.published, p.key))


def text_of(page: Page) -> tuple[Piece, list[tuple[int, int]], list[tuple[int, int, Sentence]]]:
    """A page's marked text, the spans of its paragraphs, and where each sentence begins and ends."""
    spans: list[tuple[int, int]] = []
    where: list[tuple[int, int, Sentence]] = []
    blocks: list[Piece] = []
    at = 0
    for n, paragraph in enumerate(page.paragraphs):
        opening = page.opening if n == 0 and page.opening else Piece("")
        begins = at + len(opening.text)
        for s in paragraph:
            where.append((begins, begins + len(s.piece.text), s))
            begins += len(s.piece.text) + 1
        block = joined([s.piece for s in paragraph], " ")
        block = joined([opening, block], "") if opening.text else block
        blocks.append(block)
        spans.append((at, at + len(block.text)))
        at += len(block.text) + 2
    if page.line:
        blocks.append(plain(page.line))
        spans.append((at, at + len(page.line)))
    return joined(blocks, "\n\n"), spans, where
