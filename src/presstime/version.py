"""What reads, in figures: presstime's version and the hash of a context."""

from __future__ import annotations

import hashlib

import msgspec

from presstime.records import Context

__all__ = ["__version__", "context_hash"]

__version__ = "0.1.0"


def context_hash(context: Context) -> str:
    """Twelve hexadecimal digits over everything a context holds; equal contexts have equal hashes."""
    return hashlib.sha256(msgspec.json.encode(context)).hexdigest()[:12]
