"""Exports: what a story holds, in the forms that other tools take in.

In: a `Material`, made into a `Shown` by `shown_material`, which leaves out what must not be shown. Out: bytes, or names and bytes;
one module a format. Writing them whole or not at all is for whoever calls.
Example: `xlsx(shown_material(material))` is a workbook with a sheet of figures; docs/exports.md describes every format.
"""

from presstime.show.export.shown import Shown, shown_material

__all__ = ["Shown", "shown_material"]
