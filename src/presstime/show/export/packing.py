"""Archives with the same bytes for the same files: zip, and the office formats that are zips.

In: names and bytes, or an archive some library wrote. Out: the archive's bytes, every member dated alike and in a stable order.
Example: `pack({"figures.csv": b"id\\r\\n"})` gives the same bytes today and tomorrow.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["pack", "repack"]

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip can name: it stands for none."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return made.getvalue()


def repack(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """An archive again, its members in their order, some with other bytes, new ones at the end."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    return pack(files | dict(changed))
