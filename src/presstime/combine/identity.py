"""Names in readings → who they are across documents.

In: every name that a document uses for somebody. Out: a `Who` for each, and under each key the actors that its names
stand for. Names that can be one actor's meet under one key (`identity_notes`), and there it is settled which are
(`identity_join`). An actor's id is that of its earliest name; the ids of its other names redirect to it, so none is lost.

Example: "Anahit Vardanyan" in one paper, "Ms Vardanian" in the next → one actor, two names.
"""

from __future__ import annotations

from presstime.combine.identity_join import settle_names
from presstime.combine.identity_notes import Sighting, sightings
from presstime.combine.identity_present import present_actors, present_candidates, present_lands
from presstime.combine.identity_records import People
from presstime.combine.stages import Stage
from presstime.combine.who import IDENTITY as _NAME
from presstime.combine.who import Who

__all__ = ["IDENTITY", "present_actors", "present_candidates", "present_lands"]

IDENTITY: Stage[Sighting, Who, People] = Stage(
    name=_NAME, data=Sighting, fact=Who, found=People, notes=sightings, settle=settle_names, decided=True
)
