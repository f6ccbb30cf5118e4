"""Names of places → the places that bear them, from one read-only SQLite file that comes with presstime.

Comes in: a name as a source spells it. Goes out: candidates, each with an id, other names, a point, a country.
Example: `open_gazetteer().candidates("Kiev")[0].name` is "Kyiv". docs/gazetteer.md says what is in it and whence.
"""

from presstime.gazetteer.lookup import Candidate, DatedName, Gazetteer, Kind, Match, open_gazetteer
from presstime.gazetteer.names import fold

__all__ = ["Candidate", "DatedName", "Gazetteer", "Kind", "Match", "fold", "open_gazetteer"]
