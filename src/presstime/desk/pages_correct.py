"""Putting the record right: the form of one record, and what is done with a button: accept, withdraw, split, merge, mark a missed
statement, give a place its entry, let quoted words be, undo.

Comes in: an `Ask`. Goes out: the form, or the way back to where one came from, with what was done and a way to take it back.
Example: a POST to /correct/figure/figure-1f… with low=15 puts the low end right, whoever else is looking at it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from starlette.responses import Response

from presstime import corrections, decisions
from presstime.alike import correct_alike, review_alike
from presstime.desk.asking import Ask, RefusedError, filters, link
from presstime.desk.forms import Choice, changes, choices_of, form_fields, held
from presstime.desk.marking import Block, marked_blocks, seen_stretches
from presstime.desk.rendering import render
from presstime.desk.resolving import place_choices, place_fields
from presstime.desk.routing import Route
from presstime.desk.said import history_of
from presstime.desk.saving import back_of, by_of, saved, text_of
from presstime.ledger import Correction, Ledger
from presstime.ledger.anchors import spans_of, words_at
from presstime.ledger.lookups_documents import Mark, document
from presstime.ledger.lookups_names import actor_rows
from presstime.ledger.lookups_record import Whole, alike_places, is_decision, whole_reading, whole_record
from presstime.marking import let_be
from presstime.problems import InputError
from presstime.records import Record

__all__ = ["ROUTES", "names_to_choose"]

AROUND = 900
"""Characters of the text shown to each side of a record's words, so that words beside them can be selected."""
NAMES = 60
"""Actors of the story that are offered beside those of the document."""
PAGES = {"statement": "statements", "figure": "figures", "place": "places"}
"""The kinds of records that have a page of their own; of the others the document is shown where they stand."""


class _Form(Record, frozen=True):
    small: bool = False
    lookup: str = ""
    back: str = ""


def form_page(ask: Ask) -> Response:
    """The form of one record."""
    return _form(ask, _whole(ask))


def _whole(ask: Ask) -> Whole:
    found = whole_record(ask.look, ask.path["kind"], ask.path["id"])
    if found is None or document(ask.look, found.reading.document.id, ask.sight) is None:
        raise RefusedError(404, "there is no such record now: a person may have withdrawn it, or its document was read again; see the log")
    return found


def _form(ask: Ask, whole: Whole, fault: str | None = None) -> Response:
    """The form; with a fault, as it was sent."""
    wanted = filters(ask, _Form)
    record = whole.record
    fields = form_fields(whole)
    if fault is not None:
        fields = tuple(msgspec.structs.replace(one, value=_again(ask, one.name)) for one in fields)
    source = document(ask.look, whole.reading.document.id, ask.sight)
    assert source is not None
    spans = record.content if whole.kind == "statement" and record.content else spans_of(record)
    lookup = wanted.lookup or (record.name if whole.kind == "place" else "")
    others = alike_places(ask.look, record.name) if whole.kind == "place" and record.gazetteer is None else ()
    return render(
        ask,
        "correct.html",
        f"Put right: {whole.kind}",
        status=400 if fault else 200,
        whole=whole,
        fields=fields,
        was=text_of(ask, "was") if fault else msgspec.json.encode(held(whole)).decode(),
        seen=text_of(ask, "seen") if fault else whole.seen,
        why=text_of(ask, "why", 2_000),
        fault=fault,
        small=wanted.small,
        back=back_of(ask, _own_page(whole)),
        state=whole.review.states.get(record.id, "machine"),
        words=words_at(source.text, spans),
        blocks=_around(ask, whole, source),
        document=source,
        names=names_to_choose(ask, whole),
        choices=place_choices(lookup) if whole.kind == "place" else (),
        lookup=lookup,
        others=max(0, len(others) - 1),
        cuts=_cuts(whole, spans),
        mergers=() if wanted.small else choices_of(whole.reading, whole.kind, record),
        history=() if wanted.small else history_of(ask, source.id, whole.kind, spans),
        busy=False,
    )


def _again(ask: Ask, name: str) -> str:
    value = ask.form.get(name, "")
    return " ".join(value) if isinstance(value, list) else value if isinstance(value, str) else ""


def _own_page(whole: Whole) -> str:
    """The page of a record, or of its document where it stands."""
    if whole.kind in PAGES:
        return link(PAGES[whole.kind], whole.record.id)
    return link("documents", whole.reading.document.id, at=whole.record.id)


def _around(ask: Ask, whole: Whole, source: Any) -> tuple[Block, ...]:
    """The text around a record, its words marked."""
    spans = (*spans_of(whole.record), *getattr(whole.record, "content", ()))
    first, last = min((s.start for s in spans), default=0), max((s.end for s in spans), default=0)
    text = source.text
    start = text.rfind("\n", 0, max(0, first - AROUND)) + 1
    end = text.find("\n", min(len(text), last + AROUND))
    kinds = {"figure", "event", "place", "time", "actor"}
    mark = whole.kind if whole.kind in kinds else "statement"
    marks = [Mark(kind=mark, of="", start=span.start, end=span.end, what="") for span in spans]  # type: ignore[arg-type]
    return marked_blocks(source, marks, seen_stretches(ask, source), start, end if end >= 0 else len(text))


def _cuts(whole: Whole, spans: Sequence[Any]) -> tuple[Choice, ...]:
    """Where a record can be split: before each of its words but the first."""
    if whole.kind not in ("statement", "figure", "event"):
        return ()
    text = whole.reading.document.text
    found = []
    for number, span in enumerate(spans):
        inside = range(span.start + 1, span.end) if number == 0 else range(span.start, span.end)
        starts = [at for at in inside if not text[at].isspace() and (text[at - 1].isspace() or at == span.start)]
        found += [Choice(value=str(at), words=" ".join(text[at : min(span.end, at + 40)].split())) for at in starts if at > spans[0].start]
    return tuple(found)


def names_to_choose(ask: Ask, whole: Whole | None = None) -> tuple[str, ...]:
    """Names that may be a speaker's: the document's, then those of the story who are heard most."""
    own = [one.name for one in whole.reading.actors] if whole is not None else []
    return tuple(dict.fromkeys([*own, *(one.name for one in actor_rows(ask.look, ask.sight, size=NAMES).items)]))


def save_form(ask: Ask) -> Response:
    """Put right what the form's person changed."""
    whole = _whole(ask)
    back = back_of(ask, _own_page(whole))
    ref, by, why, seen = whole.record.id, by_of(ask), text_of(ask, "why", 2_000), _seen(ask)
    try:
        was = msgspec.json.decode(text_of(ask, "was") or "{}", type=dict[str, str])
    except msgspec.MsgspecError:
        raise RefusedError(400, "what the form held is not told; load it again") from None
    try:
        changed = changes(whole, ask.form, was)
        if not changed:
            return saved(ask, lambda ledger: corrections.accept(ledger, ref, by=by, why=why, seen=seen), back=back)
        return saved(ask, lambda ledger: corrections.correct_all(ledger, ref, changed, by=by, why=why, seen=seen), back=back)
    except InputError as fault:
        return _form(ask, whole, str(fault))


# ---------------------------------------------------------------- what is done with a button


def _button(act: Callable[[Ask, Ledger], Any], back: str = "/review") -> Callable[[Ask], Response]:
    return lambda ask: saved(ask, lambda ledger: act(ask, ledger), back=back)


def _said(ask: Ask) -> dict[str, Any]:
    """Who, why, and what was seen."""
    return {"by": by_of(ask), "why": text_of(ask, "why", 2_000), "seen": _seen(ask)}


def _seen(ask: Ask) -> str | None:
    """The newest entry that the page showed, "" for none; None where a script does not say."""
    return text_of(ask, "seen", 200) if "seen" in ask.form else None


def _ref(ask: Ask) -> str:
    return text_of(ask, "ref", 500)


def _refs(ask: Ask) -> tuple[str, ...]:
    """The record, and, of a place that stands for all of its name, the others."""
    ref = _ref(ask)
    name = text_of(ask, "everywhere", 500)
    return (ref, *(one for one in alike_places(ask.look, name) if one != ref)) if name else (ref,)


def _accept(ask: Ask, ledger: Ledger) -> Correction | tuple[Correction, ...]:
    if len(refs := _refs(ask)) > 1:
        return review_alike(ledger, refs, "checked", by=by_of(ask), why=text_of(ask, "why", 2_000))
    return corrections.accept(ledger, _ref(ask), **_said(ask))


def _withdraw(ask: Ask, ledger: Ledger) -> Correction | tuple[Correction, ...]:
    if len(refs := _refs(ask)) > 1:
        return review_alike(ledger, refs, "withdrawn", by=by_of(ask), why=text_of(ask, "why", 2_000))
    return corrections.withdraw(ledger, _ref(ask), **_said(ask))


def _split(ask: Ask, ledger: Ledger) -> tuple[Correction, ...]:
    at = [one for one in _several(ask, "at") if one.isascii() and one.isdigit() and len(one) < 10]
    return corrections.split(ledger, _ref(ask), [int(one) for one in at], **_said(ask))


def _merge(ask: Ask, ledger: Ledger) -> tuple[Correction, ...]:
    return corrections.merge(ledger, [_ref(ask), *_several(ask, "with")], **_said(ask))


def _several(ask: Ask, field: str) -> list[str]:
    value = ask.form.get(field, [])
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str) and one]


def undo(ask: Ask) -> Response:
    """Take back a correction with its act, or a decision."""
    ref, by, why = _ref(ask), by_of(ask), text_of(ask, "why", 2_000)
    if is_decision(ask.look, ref):
        return saved(ask, lambda ledger: decisions.undo_decision(ledger, ref, by=by, why=why), back="/log")
    return saved(ask, lambda ledger: corrections.undo_correction(ledger, ref, by=by, why=why), back="/log")


def add_statement(ask: Ask) -> Response:
    """Mark a missed statement: its words as they were selected, or as they were typed."""
    identifier = text_of(ask, "document", 500)
    found = whole_reading(ask.look, identifier)
    if found is None or document(ask.look, identifier, ask.sight) is None:
        raise RefusedError(404, "there is no such document, or it has not been read")
    start, end = _where(ask, found[0].document.text)
    speaker, act = " ".join(text_of(ask, "speaker", 500).split()), text_of(ask, "act", 50) or "claim"
    cue_words = text_of(ask, "cue", 500).strip()
    cue = _near(found[0].document.text, cue_words, start, end) if cue_words else None
    by, why = by_of(ask), text_of(ask, "why", 2_000)
    return saved(
        ask,
        lambda ledger: corrections.add_statement(ledger, identifier, start, end, speaker or None, act=act, cue=cue, by=by, why=why),
        back=link("documents", identifier),
    )


def _where(ask: Ask, text: str) -> tuple[int, int]:
    """Where the words stand: at the characters selected, if these are the words, else where the text has them. Raises InputError."""
    words = text_of(ask, "words").strip()
    if not words:
        raise InputError("say which words: select them in the text, or type them as they stand there")
    start, end = text_of(ask, "start", 10), text_of(ask, "end", 10)
    if start.isascii() and start.isdigit() and end.isascii() and end.isdigit():
        first, last = int(start), int(end)
        if " ".join(text[first:last].split()) == " ".join(words.split()):
            return first, last
    found = [match.span() for match in re.finditer(r"\s+".join(re.escape(word) for word in words.split()), text)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(f"“{words[:80]}” does not stand in the text; copy the words as they are there, or select them")
    raise InputError(f"“{words[:80]}” stands {len(found)} times in the text; give more words, or select them")


def _near(text: str, words: str, start: int, end: int) -> tuple[int, int]:
    """The occurrence of a cue's words that is nearest to what is said. Raises InputError."""
    found = [match.span() for match in re.finditer(r"\s+".join(re.escape(word) for word in words.split()), text)]
    outside = [at for at in found if at[1] <= start or end <= at[0]]
    if not outside:
        raise InputError(f"“{words[:80]}” does not stand beside those words in the text; leave the cue empty, or copy it as it is there")
    return min(outside, key=lambda at: min(abs(at[1] - start), abs(at[0] - end)))


def resolve(ask: Ask) -> Response:
    """Give a place its entry of the gazetteer; with `everywhere`, all places of that name that have none."""
    ref = _ref(ask)
    whole = whole_record(ask.look, "place", ref)
    if whole is None:
        raise RefusedError(404, "there is no such place now: it may have been withdrawn, or its document was read again")
    name = whole.record.name
    fields = place_fields(text_of(ask, "gazetteer", 200), name)
    by, why, seen = by_of(ask), text_of(ask, "why", 2_000), _seen(ask)
    refs = (ref, *(one for one in alike_places(ask.look, name) if one != ref)) if text_of(ask, "everywhere", 5) else (ref,)
    if len(refs) == 1:
        return saved(ask, lambda ledger: corrections.correct_all(ledger, ref, fields, by=by, why=why, seen=seen), back=link("places", ref))
    return saved(ask, lambda ledger: correct_alike(ledger, refs, fields, by=by, why=why), back="/places?unresolved=1")


def let_quote_be(ask: Ask) -> Response:
    """Say that quoted words are no statement indeed."""
    start, end = text_of(ask, "start", 10), text_of(ask, "end", 10)
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        raise InputError("say which words: start and end are characters of the text")
    identifier, by, why = text_of(ask, "document", 500), by_of(ask), text_of(ask, "why", 2_000)
    return saved(ask, lambda ledger: let_be(ledger, identifier, int(start), int(end), by=by, why=why), back="/review")


ROUTES = (
    Route(method="GET", path="/correct/{kind}/{id:path}", role="editor", page=form_page),
    Route(method="POST", path="/correct/{kind}/{id:path}", role="editor", page=save_form),
    Route(method="POST", path="/accept", role="editor", page=_button(_accept)),
    Route(method="POST", path="/withdraw", role="editor", page=_button(_withdraw)),
    Route(method="POST", path="/split", role="editor", page=_button(_split)),
    Route(method="POST", path="/merge", role="editor", page=_button(_merge)),
    Route(method="POST", path="/undo", role="editor", page=undo),
    Route(method="POST", path="/add", role="editor", page=add_statement),
    Route(method="POST", path="/resolve", role="editor", page=resolve),
    Route(method="POST", path="/let-be", role="editor", page=let_quote_be),
)
