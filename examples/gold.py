"""A story's gold: gold.toml, which people write, into gold.json, which has offsets.

Comes in: an example's folder (documents/, story.toml, gold.toml). Goes out: its readings and findings as presstime's
own records. In gold.toml the words stand as in the document, with marks around the spans: "<c>The river is
rising</c>, <s>the mayor</s> <v>said</v>" is a statement whose content, speaker and cue are marked.

    .venv/bin/python examples/gold.py examples/corrow-dam     writes gold.json anew

Words that are not in their document, or that stand there twice without `occurrence`, are errors.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import lxml.html
import msgspec
from gold_findings import findings

from presstime import records
from presstime.findings import Findings

__all__ = ["Gold", "GoldError", "build", "encode", "text_of"]

Entry = dict[str, Any]
Spans = dict[str, list[records.Span]]

TAG = re.compile(r"<(/?)([a-z])>")
SURE = 1.0
READER = records.Reader(presstime="gold", model="by hand", context="by hand")
BLOCKS = ("h1", "h2", "h3", "p", "figcaption")


class GoldError(ValueError):
    """gold.toml says something that its documents do not bear out."""


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """What a careful reader gets out of a story: a reading of every document, and the findings of all of them."""

    readings: tuple[records.Reading, ...]
    findings: Findings


def text_of(path: Path, line: str | None = None) -> str:
    """The text of a document file as the gold counts its offsets: without headers, front matter or page furniture."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        posts = [json.loads(each) for each in raw.splitlines() if each.strip()]
        return str(next(post["text"] for post in posts if post["id"] == line))
    if path.suffix == ".html":
        article = lxml.html.fromstring(raw).find(".//article")
        if article is None:
            raise GoldError(f"{path.name}: no <article>")
        blocks = (
            block for block in article.iter(*BLOCKS) if block.get("class") != "byline" and "newsletter" not in block.getparent().classes
        )
        return "\n\n".join(block.text_content().strip() for block in blocks)
    if path.suffix == ".md":
        raw = re.sub(r"^#+ ", "", raw.split("---\n", 2)[2], flags=re.MULTILINE)
    elif re.match(r"[A-Z][A-Za-z]*: ", raw):
        raw = raw.split("\n\n", 1)[1]
    return raw.lstrip("\n")


def find(text: str, marked: str | list[str], occurrence: int | None = None) -> Spans:
    """Where the marked words stand in `text`: spans by mark, and the whole passage under ""."""
    spans: Spans = {}
    for passage in [marked] if isinstance(marked, str) else marked:
        plain = TAG.sub("", passage)
        starts = [match.start() for match in re.finditer(re.escape(plain), text)]
        if not starts:
            raise GoldError(f"not in the document: {plain!r}")
        if len(starts) > 1 and occurrence is None:
            raise GoldError(f"stands {len(starts)} times in the document: {plain!r}")
        start = starts[(occurrence or 1) - 1]
        spans.setdefault("", []).append(records.Span(start=start, end=start + len(plain)))
        opened: dict[str, int] = {}
        offset = start
        position = 0
        for tag in TAG.finditer(passage):
            offset += tag.start() - position
            position = tag.end()
            if tag[1]:
                spans.setdefault(tag[2], []).append(records.Span(start=opened.pop(tag[2]), end=offset))
            else:
                opened[tag[2]] = offset
        if opened:
            raise GoldError(f"a mark is not closed: {passage!r}")
    return spans


class _Builder:
    """Builds the reading of one entry of gold.toml. `places` are story.toml's, by any of their names."""

    def __init__(self, folder: Path, entry: Entry, places: dict[str, Entry]) -> None:
        self.entry, self.known = entry, places
        path = folder / "documents" / entry["file"]
        self.text = text_of(path, entry.get("line"))
        self.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()

    def own(self, id_: str) -> str:
        return id_ if "." in id_ else f"{self.entry['key']}.{id_}"

    def span(self, item: Entry, mark: str) -> records.Span:
        """The one span of a record: its mark, else the whole passage; the first occurrence for places and times."""
        try:
            spans = find(self.text, item["at"], item.get("occurrence"))
        except GoldError as error:
            raise GoldError(f"{self.entry['file']}: {error}") from None
        return (spans.get(mark) or spans[""])[0]

    def words(self, span: records.Span) -> str:
        return self.text[span.start : span.end]

    def statement(self, item: Entry) -> records.Statement:
        spans = find(self.text, item["at"], item.get("occurrence"))
        speaker = None
        if "speaker" in item:
            mention = spans["s"][0]
            speaker = records.Speaker(start=mention.start, end=mention.end, name=item["speaker"], how="gold", confidence=SURE)
        return records.Statement(
            id=self.own(item["id"]),
            speaker=speaker,
            cue=spans["v"][0] if "v" in spans else None,
            content=tuple(spans.get("c", ())),
            form=item["form"],
            act=item["act"],
            medium=item.get("medium"),
            addressee=item.get("addressee"),
            reported_by=self.own(item["reported_by"]) if "reported_by" in item else None,
            answers=tuple(self.own(each) for each in item.get("answers", ())),
            confidence=SURE,
        )

    def figure(self, item: Entry) -> records.Figure:
        span = self.span(item, "f")
        return records.Figure(
            id=self.own(item["id"]),
            start=span.start,
            end=span.end,
            words=self.words(span),
            measure=item["measure"],
            low=item.get("low"),
            high=item.get("high"),
            qualifier=item["qualifier"],
            scope=item.get("scope", "event"),
            part_of=self.own(item["part_of"]) if "part_of" in item else None,
            statement=self.own(item["statement"]) if "statement" in item else None,
            of=item.get("of"),
            certainty=item.get("certainty"),
            group=item.get("group"),
            place=item.get("place"),
            as_of=item.get("as_of"),
            confidence=SURE,
        )

    def event(self, item: Entry, places: dict[str, str], times: dict[str, str]) -> records.Event:
        spans = find(self.text, item["at"], item.get("occurrence"))
        span = spans["e"][0]

        def participant(mark: str) -> records.Participant | None:
            for each in spans.get(mark, ()):
                return records.Participant(start=each.start, end=each.end, name=self.words(each))
            return None

        return records.Event(
            id=self.own(item["id"]),
            start=span.start,
            end=span.end,
            type=item["type"],
            actor=participant("a"),
            recipient=participant("r"),
            place=places[item["place"]] if "place" in item else None,
            time=times[item["time"]] if "time" in item else None,
            means=item.get("means"),
            scope=item.get("scope", "event"),
            standing=item["standing"],
            statement=self.own(item["statement"]) if "statement" in item else None,
            confidence=SURE,
        )

    def place(self, item: Entry) -> records.Place:
        span = self.span({"occurrence": 1, **item}, "p")
        name = item.get("name", self.words(span))
        known = self.known[name]
        return records.Place(
            id=self.own(f"place-{span.start}"),
            start=span.start,
            end=span.end,
            name=self.words(span),
            use=item.get("use", "literal"),
            names=tuple(each for each in (known["name"], *known.get("names", ())) if each != self.words(span)),
            lat=known["lat"],
            lon=known["lon"],
            precision=known["precision"],
            confidence=SURE,
        )

    def time(self, item: Entry) -> records.Time:
        span = self.span({"occurrence": 1, **item}, "t")
        return records.Time(
            id=self.own(f"time-{span.start}"),
            start=span.start,
            end=span.end,
            value=item["value"],
            kind=item.get("kind", "date"),
            approximate=item.get("approximate", False),
            confidence=SURE,
        )

    def document(self) -> records.Document:
        entry, parts, media = self.entry, [], []
        for item in entry.get("parts", ()):
            span = self.span(item, "part")
            parts.append(records.Part(kind=item["kind"], start=span.start, end=span.end))
            if item["kind"] == "caption":
                media.append(records.Media(caption=span, credit=item.get("credit")))
        return records.Document(
            id=entry["key"],
            sha256=self.sha256,
            text=self.text,
            name=entry["file"] + (f"#{entry['line']}" if "line" in entry else ""),
            outlet=entry["outlet"],
            language=entry.get("language", "en"),
            credits=tuple(entry.get("credits", ())),
            media=tuple(media),
            parts=tuple(parts),
            headline=entry.get("headline"),
            byline=entry.get("byline"),
            dateline=entry.get("dateline"),
            published=entry.get("published"),
            as_of=entry.get("as_of"),
        )

    def reading(self) -> records.Reading:
        entry = self.entry
        places = tuple(self.place(item) for item in entry.get("places", ()))
        times = tuple(self.time(item) for item in entry.get("times", ()))
        by_name = {name: each.id for each in reversed(places) for name in (each.name, *each.names)}
        by_value = {each.value: each.id for each in reversed(times)}
        unattributed = []
        for item in entry.get("unattributed", ()):
            span = self.span(item, "u")
            unattributed.append(records.Unattributed(start=span.start, end=span.end, reason=item["reason"]))
        try:
            return records.Reading(
                document=self.document(),
                reader=READER,
                statements=tuple(self.statement(item) for item in entry.get("statements", ())),
                figures=tuple(self.figure(item) for item in entry.get("figures", ())),
                events=tuple(self.event(item, by_name, by_value) for item in entry.get("events", ())),
                places=places,
                times=times,
                unattributed=tuple(unattributed),
            )
        except KeyError as error:
            raise GoldError(f"{entry['file']}: no {error} among its places, times or marks") from None
        except GoldError as error:
            raise GoldError(f"{entry['file']}: {error}") from None


def _expand(entries: list[Entry]) -> list[Entry]:
    """The entries, each with what it `copies` from another's besides its own."""
    by_key = {entry["key"]: entry for entry in entries}
    whole = []
    for entry in entries:
        if "copies" in entry:
            entry = dict(entry)
            left_out = set(entry.get("copies_but", ()))
            for kind in ("statements", "figures", "events", "places", "times"):
                taken = [item for item in by_key[entry["copies"]].get(kind, ()) if _called(item) not in left_out]
                entry[kind] = taken + entry.get(kind, [])
        whole.append(entry)
    return whole


def _called(item: Entry) -> str:
    """What `copies_but` calls a record: its id, else its words."""
    if "id" in item:
        return str(item["id"])
    marked = re.search(r"<[a-z]>(.*?)</", item["at"])
    return marked[1] if marked else str(item["at"])


def build(folder: Path) -> Gold:
    """The gold of the example in `folder`, made from its gold.toml and documents. Raises GoldError."""
    source = tomllib.loads((folder / "gold.toml").read_text(encoding="utf-8"))
    story = tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))
    places = {name: place for place in story["places"] for name in (place["name"], *place.get("names", ()))}
    readings = tuple(_Builder(folder, entry, places).reading() for entry in _expand(source["documents"]))
    try:
        return Gold(readings=readings, findings=findings(source, readings))
    except KeyError as error:
        raise GoldError(f"the findings name {error}, which no document has") from None


def encode(gold: Gold) -> str:
    """The gold as gold.json has it: indented, checked against the records' types."""
    raw = msgspec.json.encode(gold)
    msgspec.json.decode(raw, type=Gold)
    return msgspec.json.format(raw, indent=1).decode() + "\n"


def main() -> None:
    """Writes gold.json into each of the folders named."""
    for folder in map(Path, sys.argv[1:] or [str(Path(__file__).parent / "corrow-dam")]):
        gold = build(folder)
        (folder / "gold.json").write_text(encode(gold), encoding="utf-8")
        counts = {
            kind: sum(len(getattr(each, kind)) for each in gold.readings) for kind in ("statements", "figures", "events", "places", "times")
        }
        print(f"{folder / 'gold.json'}: {len(gold.readings)} documents, " + ", ".join(f"{n} {kind}" for kind, n in counts.items()))


if __name__ == "__main__":
    main()
