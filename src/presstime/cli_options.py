"""Options that several commands share.

In: how an option is set where nothing is said. Out: a decorator for a command. Example: `@evidence_option("full")` gives
a command `--evidence full|excerpt|link`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import click

__all__ = ["evidence_option"]


def evidence_option(default: Literal["full", "excerpt"]) -> Callable[[Any], Any]:
    """How much of the documents a report holds."""
    return click.option(
        "--evidence",
        type=click.Choice(["full", "excerpt", "link"]),
        default=default,
        show_default=True,
        help="What the report holds of the documents: whole texts, sentences around passages, or no texts.",
    )
