"""The command that opens the review desk, and who may come in there.

In: a story's folder. Out: a web server that runs until it is stopped, or an account or key in the story's desk.db. Thin: the work is
done by `presstime.desk`. Example: `presstime desk flood`, or `presstime desk flood --add-account "Adela Morn" --role editor`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import click

from presstime.problems import InputError

__all__ = ["add_desk_command"]

PASSWORD = "PRESSTIME_DESK_PASSWORD"
"""Where a password may stand for a script that makes accounts; never on the command line, which others on the machine can read."""


def add_desk_command(group: click.Group) -> None:
    """Adds the command to the program."""
    group.add_command(desk_command)


@click.command("desk")
@click.argument("story", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="0 takes one that is free.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; others than this machine's need accounts.")
@click.option(
    "--name", "names", multiple=True, metavar="HOST", help="A name under which a proxy passes the desk on, e.g. desk.example.org."
)
@click.option("--https", is_flag=True, help="The proxy speaks HTTPS: cookies are sent over that only.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--as", "as_name", default="you", show_default=True, metavar="NAME", help="Whom your corrections are by, without accounts.")
@click.option("--add-account", metavar="NAME", help="Make an account (asks for its password), or change one, and stop.")
@click.option("--add-key", metavar="NAME", help="Make a key for a script, print it, and stop.")
@click.option(
    "--role", type=click.Choice(["reader", "editor", "owner"]), default="reader", show_default=True, help="Of the account or key."
)
@click.option("--remove-account", metavar="NAME", help="Remove an account and stop. What it did stays in the ledger.")
@click.option("--accounts", "list_accounts", is_flag=True, help="List the accounts and stop.")
def desk_command(
    story: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    https: bool,
    no_browser: bool,
    as_name: str,
    add_account: str | None,
    add_key: str | None,
    role: Literal["reader", "editor", "owner"],
    remove_account: str | None,
    list_accounts: bool,
) -> None:
    """Open the review desk on a story: look through its record in a browser, and put it right.

    Without accounts it is for you alone, on this machine. Several people need accounts: reader, editor or owner.
    """
    if add_account is not None or add_key is not None or remove_account is not None or list_accounts:
        _people(story, add_account, add_key, role, remove_account)
        return
    from presstime.desk.serving import serve

    serve(story, say=click.echo, host=host, port=port, browser=not no_browser, as_name=as_name, names=names, https=https)


def _people(
    story: Path, add_account: str | None, add_key: str | None, role: Literal["reader", "editor", "owner"], remove_account: str | None
) -> None:
    from presstime.desk.accounts import Accounts
    from presstime.story import open_story

    open_story(story)
    accounts = Accounts(story)
    try:
        if add_account is not None:
            password = os.environ.get(PASSWORD) or click.prompt(f"Password for {add_account}", hide_input=True, confirmation_prompt=True)
            accounts.add(add_account, role, password)
            click.echo(f"{add_account} may come in as {role}")
        elif add_key is not None:
            click.echo(accounts.add_key(add_key, role))
        elif remove_account is not None:
            if not accounts.remove(remove_account):
                raise InputError(f"there is no account {remove_account!r}; see: presstime desk {story} --accounts")
            click.echo(f"{remove_account} may not come in any more")
        else:
            for name, its_role in accounts.names():
                click.echo(f"{its_role:7s} {name}")
    finally:
        accounts.close()
