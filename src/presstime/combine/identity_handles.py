"""A name that is an account's handle → the owner that a person has named.

In: a name in a reading, and what people have said of handles (`World.handles`). Out: the owner's name, under which the account
meets its owner's other names; the handle stays among the names it goes by.
Example: "@stepa" is Stepan Orr's: what @stepa posted is said by Stepan Orr.
"""

from __future__ import annotations

from functools import lru_cache

from presstime.combine.bodies import has_head
from presstime.combine.names import name_key
from presstime.combine.stages import World
from presstime.ledger.beside import handle_key
from presstime.records import ActorKind, Reading

__all__ = ["kind_of", "owner_of"]


def owner_of(name: str, reading: Reading, world: World) -> str | None:
    """Whose account a name is; None where it is none, or nobody has said. A bare word is one where the text has it with its @."""
    if not world.handles:
        return None
    owner = _owners(world.handles).get(handle_key(name))
    if owner is None or name_key(owner) == name_key(name):
        return None
    written = name.strip().startswith("@") or "." in name or f"@{handle_key(name)}" in reading.document.text.casefold()
    return owner if written or name == reading.document.outlet else None


def kind_of(owner: str, kind: ActorKind) -> ActorKind:
    """The kind of an owner by the name: a body has a body's noun, a person two names; else the account's own."""
    if has_head(owner):
        return "organisation"
    words = owner.split()
    return "person" if len(words) > 1 and all(word[:1].isupper() for word in words) else kind


@lru_cache(maxsize=4)
def _owners(handles: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(handles)
