"""Whose an account is: combined anew where it is named, as if it had always been known, and without reading again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from presstime.combine import combine
from presstime.corrections import own_handle, undo_correction
from presstime.findings import Findings
from presstime.ledger import Ledger
from presstime.records import Context, Reading

from .made import Made

MOMENT = datetime.fromisoformat("2031-05-04T20:00:00+02:00")


def post() -> Reading:
    made = Made("a", "@stepa posted that the bridge at Sarn had fallen.")
    made.say("@stepa", "the bridge at Sarn had fallen", kind="person")
    return made.reading


def paper() -> Reading:
    made = Made("b", "Stepan Orr said the bridge at Sarn had fallen. Ms Quill said nobody was hurt.", "2031-05-04T11:00:00+02:00")
    made.say("Stepan Orr", "the bridge at Sarn had fallen", kind="person")
    made.say("Ms Quill", "nobody was hurt", kind="person")
    return made.reading


def combined(ledger: Ledger, changed: tuple[str, ...] | None = None) -> Findings:
    return combine(ledger, changed, moment=MOMENT, context=Context())


def who(findings: Findings) -> set[frozenset[str]]:
    return {frozenset(actor.names) for actor in findings.actors if actor.kind == "person"}


def test_an_account_is_its_owner(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.enter_reading(post())
        ledger.enter_reading(paper())
        apart = combined(ledger)
        assert not any({"@stepa", "Stepan Orr"} <= names for names in who(apart))
        entry = own_handle(ledger, "@Stepa", "Stepan Orr", by="desk")
        joined = combined(ledger, ())  # no document is named as changed: the handle's own are found
        together = next(a for a in joined.actors if "Stepan Orr" in (a.name, *a.names))
        assert "@stepa" in together.names
        assert together.name == "Stepan Orr"
        assert len(together.members) == 2
        with Ledger.open(tmp_path / "fresh.db") as fresh:
            for reading in ledger.readings():
                fresh.enter_reading(reading)
            own_handle(fresh, "@Stepa", "Stepan Orr", by="desk")
            assert combined(fresh) == joined
        undo_correction(ledger, entry.id, by="desk")
        assert combined(ledger, ()) == apart


def test_a_body_owns_an_account_and_a_bare_word_is_none(tmp_path: Path) -> None:
    made = Made("a", "The ministry of stepa said little. @velmhealth wrote that wells were safe.")
    made.say("@velmhealth", "wells were safe", kind="person")
    other = Made("b", "The Velm Ministry of Health said wells were safe. Nobody asked stepa.")
    other.say("The Velm Ministry of Health", "wells were safe")
    other.actor("stepa", "person")
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.enter_reading(made.reading)
        ledger.enter_reading(replace(other.reading))
        own_handle(ledger, "velmhealth", "Velm Ministry of Health", by="desk")
        own_handle(ledger, "@stepa", "Velm Ministry of Health", by="desk")
        found = combined(ledger)
        body = next(a for a in found.actors if "@velmhealth" in a.names)
        assert body.name == "The Velm Ministry of Health"
        assert body.kind == "organisation"
        assert "stepa" not in body.names
