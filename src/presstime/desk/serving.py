"""Serving a desk: the socket, the server, the browser, and stopping.

Comes in: a story's folder and how it is reached. Goes out: when it is stopped, nothing. Example: `serve(Path("flood"), port=8642,
browser=True, say=print)` prints the address, opens it, and returns after Ctrl-C with every file closed.
"""

from __future__ import annotations

import errno
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

from presstime.desk.state import ALONE, Desk, check_place
from presstime.ledger.lookups_record import findings_behind
from presstime.problems import InputError

__all__ = ["PORT", "serve"]

PORT = 8642


def serve(
    folder: Path,
    *,
    say: Callable[[str], object],
    host: str = "127.0.0.1",
    port: int = PORT,
    browser: bool = True,
    as_name: str = ALONE,
    names: tuple[str, ...] = (),
    https: bool = False,
) -> None:
    """Serve the desk until it is stopped. Raises StoryError, LedgerError and InputError before anything is served."""
    import uvicorn

    from presstime.desk.app import create_app
    from presstime.desk.security import allowed_hosts

    bound = _bound(host, port)
    port = bound.getsockname()[1]
    with bound:
        desk = Desk(folder, allowed_hosts(host, port, names), as_name=as_name, https=https)
        try:
            check_place(host, desk.alone)
            with desk.looking() as look:
                if findings_behind(look):  # the desk was closed, or killed, before they were brought up to date
                    desk.findings.changed()
            shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
            address = f"http://{shown}:{port}/"
            if desk.alone:
                address += f"enter?token={desk.token}"
                say(f"the desk of {desk.story.title} is open, for you alone. This address is good once: {address}")
            else:
                say(f"the desk of {desk.story.title} is open at {address}")
            say("Ctrl-C closes it; everything that was entered is kept")
            if browser:
                threading.Timer(0.4, webbrowser.open, (address,)).start()
            config = uvicorn.Config(
                create_app(desk),
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=https,
                lifespan="off",
                timeout_graceful_shutdown=5,
                limit_concurrency=400,
                timeout_keep_alive=30,
            )
            uvicorn.Server(config).run(sockets=[bound])
        except KeyboardInterrupt:
            pass
        finally:
            desk.close()
    say("the desk is closed")


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises InputError where another program does, or that may not be done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise InputError(
                f"something else listens on port {port}: another desk? Close it, or choose another port: --port {port + 1}"
            ) from None
        raise InputError(f"cannot listen on {host}, port {port} ({error.strerror or error}); choose another address or port") from None
    made.setblocking(False)
    return made
