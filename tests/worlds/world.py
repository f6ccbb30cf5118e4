"""A seed and a wording → a world: documents, their truth, and true readings of them.

In: a seed and the name of a wording. Out: `World`; `write_story` puts it into a folder like a story written by hand.

Example: `make_world(1, "tuning").truth.disputes`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from presstime.records import Context, KnownActor, Reading
from tests.worlds.happenings import Happenings, happen
from tests.worlds.newsroom import Page, print_pages, text_of
from tests.worlds.telling import wording
from tests.worlds.true_readings import true_reading
from tests.worlds.truth import Truth, as_json, truth_of

__all__ = ["World", "context_of", "make_world", "page_file", "write_story"]


@dataclass(frozen=True, slots=True)
class World:
    """A made story."""

    happenings: Happenings
    pages: tuple[Page, ...]
    truth: Truth
    context: Context

    def readings(self) -> list[Reading]:
        """The true readings, one a document, in order of publication."""
        return [true_reading(self.happenings, p) for p in self.pages]


def make_world(seed: int, words: str) -> World:
    """A world. The same seed and wording give the same world."""
    happenings = happen(seed)
    pages = print_pages(happenings, wording(words))
    return World(happenings, tuple(pages), truth_of(happenings, pages), context_of(happenings))


def context_of(h: Happenings) -> Context:
    """What a user would have to list: the two governments and what else they are called."""
    known = []
    for side, (country, demonym) in zip("ab", h.countries[:2], strict=True):
        names = (country, h.capitals[side], f"the {demonym} government")
        known.append(KnownActor(name=f"Government of {country}", names=names, kind="government"))
    return Context(time_zone="Africa/Harare", actors=tuple(known))  # +02:00 all year, as the pages have it


def page_file(page: Page) -> str:
    """A page as a file: header lines, an empty line, the text."""
    header = {"Outlet": page.outlet, "Headline": page.headline, "Published": page.told, "URL": page.url}
    lines = [f"{k}: {v}" for k, v in header.items()]
    return "\n".join(lines) + "\n\n" + text_of(page)[0].text + "\n"


def write_story(world: World, folder: Path) -> Path:
    """Writes documents/, truth.json and story.toml; gives the folder."""
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    for page in world.pages:
        (folder / "documents" / f"{page.key}.txt").write_text(page_file(page))
    (folder / "truth.json").write_text(json.dumps(as_json(world.truth), indent=1, ensure_ascii=False))
    lines = [f'title = "World {world.happenings.seed}"', f'time_zone = "{world.context.time_zone}"']
    for known in world.context.actors:
        lines += [
            "",
            "[[actors]]",
            f'name = "{known.name}"',
            f"names = {json.dumps(known.names, ensure_ascii=False)}",
            f'kind = "{known.kind}"',
        ]
    (folder / "story.toml").write_text("\n".join(lines) + "\n")
    return folder
