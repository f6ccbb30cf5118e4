"""findings.json: the findings as they stand, for programs.

In: `Findings`. Out: UTF-8 JSON, indented, its keys in the order of the records, ending in a line break; and back again.
Example: `{"as_of": "2026-03-03T20:00:00+01:00", "kind": "draft", …}`.
"""

from __future__ import annotations

import msgspec

from presstime.findings import Findings

__all__ = ["decode_findings", "encode_findings"]


def encode_findings(findings: Findings) -> bytes:
    """The findings as JSON, the same bytes for the same findings."""
    return msgspec.json.format(msgspec.json.encode(findings), indent=2) + b"\n"


def decode_findings(data: bytes) -> Findings:
    """The findings of a findings.json; raises msgspec.ValidationError where it is none."""
    return msgspec.json.decode(data, type=Findings)
