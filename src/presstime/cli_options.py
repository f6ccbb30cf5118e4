"""Options that several commands share.

In: how an option is set where nothing is said. Out: a decorator for a command, or a type of argument, and what its values
stand for. Example: `@evidence_option("full")` gives a command `--evidence full|excerpt|link`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from presstime.read.pool import Limits

__all__ = ["PATH_OR_ADDRESS", "evidence_option", "limits_of", "worker_options"]


class _PathOrAddress(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5 on
    """A path, or an address of the web, which a Path would spoil."""

    name = "input"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        return value if isinstance(value, str) and value.lower().startswith(("http://", "https://")) else Path(value)


PATH_OR_ADDRESS = _PathOrAddress()


def evidence_option(default: Literal["full", "excerpt"]) -> Callable[[Any], Any]:
    """How much of the documents a report holds."""
    return click.option(
        "--evidence",
        type=click.Choice(["full", "excerpt", "link"]),
        default=default,
        show_default=True,
        help="What the report holds of the documents: whole texts, sentences around passages, or no texts.",
    )


def worker_options(command: Any) -> Any:
    """How many processes read, and what one document may cost there: `workers`, `seconds` and `megabytes`."""
    for option in (
        click.option("--memory-limit", "megabytes", type=click.IntRange(min=1), metavar="MB", help="… and memory of its worker. [2000]"),
        click.option("--time-limit", "seconds", type=_SECONDS, metavar="SECONDS", help="A document's processor time with --workers. [300]"),
        click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Read in N processes, each document within limits."),
    ):
        command = option(command)
    return command


_SECONDS = click.FloatRange(min=0, min_open=True)


def limits_of(workers: int | None, seconds: float | None, megabytes: int | None) -> Limits | None:
    """The limits that were given; None where none were."""
    if seconds is None and megabytes is None:
        return None
    if workers is None:
        raise click.UsageError("--time-limit and --memory-limit are kept to in worker processes: give --workers N, too.")
    from presstime.read.pool import Limits

    usual = Limits()
    return Limits(seconds=seconds or usual.seconds, megabytes=megabytes or usual.megabytes)
