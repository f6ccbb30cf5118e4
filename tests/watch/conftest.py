"""Tests of the watch use gather's server on loopback."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "gather"))
sys.path.insert(0, str(Path(__file__).parent))
