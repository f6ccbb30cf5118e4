from __future__ import annotations

import json

from presstime.show import decode_findings, encode_findings

from .story import story


def test_findings_read_back_equal() -> None:
    findings = story().findings
    data = encode_findings(findings)
    assert decode_findings(data) == findings
    assert data == encode_findings(findings) and data.endswith(b"}\n")


def test_the_keys_are_those_of_the_interchange_format() -> None:
    held = json.loads(encode_findings(story().findings))
    assert set(held) >= {"as_of", "documents", "origins", "actors", "claims", "disputes", "series", "timeline", "reactions", "silences"}
    assert held["timeline"][0]["tellings"][0]["from"] == "2026-03-03T04:00:00+01:00"
