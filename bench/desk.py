"""How long the desk's pages take with a large ledger: `python -m bench.desk [--statements 100000]` prints rows of docs/speed.md.

Comes in: nothing; a growing story of true readings is made (tests/worlds/scale.py), entered, and its first documents combined. Goes out,
for every page: how long its slowest twentieth took at most (p95) and the middle one, by the clock of the browser's side, while twenty
requests were always under way, through real HTTP on this machine's loopback; and the processor time that the desk took for each, which
another job on the machine changes little. The desk runs in a process of its own, on the same cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx

from presstime.desk.accounts import Accounts
from presstime.ledger import Ledger
from presstime.ledger.lookups import Lookups
from tests.worlds.scale import growing_context, growing_readings

__all__ = ["main", "measure"]

AT_ONCE = 20
REQUESTS = 200
"""For each page: the slowest twentieth of them are ten."""
COMBINED = 600
"""Documents whose findings are in the ledger where none was given: to combine all takes many minutes, which is not what is measured."""
_LATE = datetime(2100, 1, 1, tzinfo=UTC)
_SERVER = """
import sys
from pathlib import Path
import uvicorn
from presstime.desk.app import create_app
from presstime.desk.security import allowed_hosts
from presstime.desk.state import Desk
folder, port = Path(sys.argv[1]), int(sys.argv[2])
uvicorn.run(create_app(Desk(folder, allowed_hosts("127.0.0.1", port))), host="127.0.0.1", port=port, log_level="warning", access_log=False,
            timeout_keep_alive=120)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a row for every page; 1 where one took longer than a tenth of a second."""
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description="How long the desk's pages take.")
    parser.add_argument("--statements", type=int, default=100_000, help="statements in the ledger that is made")
    parser.add_argument("--story", type=Path, help="a story's folder to measure instead")
    parser.add_argument("--role", choices=("reader", "editor"), default="editor")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.story or _made(Path(made), chosen.statements)
        worst = measure(folder, chosen.role)
    print(f"the slowest page's p95: {worst * 1000:.0f} ms")
    return int(worst > 0.1)


def _made(folder: Path, statements: int) -> Path:
    """A story with at least so many statements, and findings of its first documents."""
    from presstime.combine import combine

    (folder / "story.toml").write_text('title = "A long story"\ntime_zone = "Europe/Berlin"\n', encoding="utf-8")
    entered = documents = 0
    with Ledger.open(folder / "ledger.db") as ledger:
        for reading in growing_readings(10 * statements):
            if documents == COMBINED:
                ledger.enter_findings(combine(ledger, moment=_LATE, context=growing_context()))
            ledger.enter_reading(reading)
            documents += 1
            entered += len(reading.statements)
            if entered >= statements and documents > COMBINED:
                break
    print(f"{entered:,} statements in {documents:,} documents")
    return folder


def measure(folder: Path, role: str) -> float:
    """Measures every page; gives the longest p95 in seconds."""
    Ledger.open(folder / "ledger.db", create=False).close()
    accounts = Accounts(folder)
    key = accounts.add_key("bench", role)  # type: ignore[arg-type]
    accounts.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", _SERVER, str(folder), str(port)])
    try:
        return asyncio.run(_all(_paths(folder, role), f"http://127.0.0.1:{port}", key, server.pid))
    except httpx.TransportError as error:
        raise SystemExit(f"the desk's process ended with {server.wait(10)}: {error!r}") from None
    finally:
        server.terminate()
        server.wait(10)


def _paths(folder: Path, role: str) -> dict[str, list[str]]:
    """The pages that a role may see, each with addresses that differ, as those of people at work do."""
    rng = random.Random(1)

    def some(look: Lookups, table: str) -> list[str]:
        found = look.column(f"SELECT id FROM {table}")
        return [quote(str(one), safe="") for one in rng.sample(found, min(len(found), 60))] or ["none"]

    with Lookups.open(folder / "ledger.db") as look:
        ids = {table: some(look, table) for table in ("document", "statement", "figure", "series", "timeline", "dispute", "found_actor")}
        names = look.column("SELECT DISTINCT name FROM place")[:40]
        places = [quote(one, safe="") for one in look.column("SELECT DISTINCT coalesce(gazetteer, name) FROM place")[:40]]
    numbers = [str(rng.randrange(1, 60)) for _ in range(40)]
    editors = {
        "review queue": [f"/review?page={n}" for n in numbers],
        "form of a statement": [f"/correct/statement/{one}" for one in ids["statement"]],
        "form of a figure": [f"/correct/figure/{one}" for one in ids["figure"]],
    }
    return (editors if role == "editor" else {}) | {
        "overview": ["/"],
        "new": ["/new"],
        "documents": [f"/documents?page={n}" for n in numbers],
        "documents, searched": [f"/documents?q={quote(name)}" for name in names],
        "document": [f"/documents/{one}" for one in ids["document"]],
        "statements": [f"/statements?page={n}" for n in numbers],
        "statements, filtered": [f"/statements?act={act}&page={n}" for act in ("denial", "claim", "accusation") for n in numbers[:12]],
        "statements of an actor": [f"/statements?actor={one}" for one in ids["found_actor"]],
        "statements, searched": [f"/statements?q={quote(name)}" for name in names],
        "statement": [f"/statements/{one}" for one in ids["statement"]],
        "figures": [f"/figures?measure=killed&page={n}" for n in numbers],
        "figure": [f"/figures/{one}" for one in ids["figure"]],
        "series": [f"/series?page={n}" for n in numbers],
        "one series": [f"/series/{one}" for one in ids["series"]],
        "events": ["/events", "/events?type=ASSAULT", "/events?standing=disputed"],
        "event": [f"/events/{one}" for one in ids["timeline"]],
        "disputes": ["/disputes", "/disputes?page=2", "/disputes?q=army"],
        "dispute": [f"/disputes/{one}" for one in ids["dispute"]],
        "reactions": ["/reactions", "/reactions?page=2"],
        "places and map": ["/places"],
        "place": [f"/places/{one}" for one in places],
        "actors": ["/actors", "/actors?page=2", "/actors?q=ministry"],
        "actor": [f"/actors/{one}" for one in ids["found_actor"]],
        "search": [f"/search?q={quote(name)}" for name in names],
        "search, common words": ["/search?q=said", "/search?q=the", "/search?q=killed"],
        "log": ["/log", "/log?entry=correction", "/log?page=20"],
        "problems": ["/problems"],
        "editions": ["/editions"],
        "API, statements": [f"/api/v1/statements?page={n}" for n in numbers],
        "API, documents": [f"/api/v1/documents/{one}" for one in ids["document"]],
    }


def _used(process: int) -> float:
    """Processor seconds that a process has had; 0 where the system does not say."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _all(paths: dict[str, list[str]], base: str, key: str, server: int) -> float:
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    worst = 0.0
    async with httpx.AsyncClient(
        base_url=base, headers={"authorization": f"Bearer {key}"}, limits=limits, timeout=60, trust_env=False
    ) as client:
        await _ready(client)
        print("| page | p95 | median | pages a second | processor time of each |\n|---|---|---|---|---|", flush=True)
        for name, addresses in paths.items():
            for address in addresses[:2]:
                (await client.get(address)).raise_for_status() if "none" not in address else None
            begun, used = time.perf_counter(), _used(server)
            times = sorted(await _load(client, addresses))
            took = time.perf_counter() - begun
            p95 = times[int(len(times) * 0.95) - 1]
            worst = max(worst, p95)
            each = (_used(server) - used) / len(times)
            row = (f"{p95 * 1000:.0f} ms", f"{statistics.median(times) * 1000:.0f} ms", f"{len(times) / took:.0f}", f"{each * 1000:.1f} ms")
            print(f"| {name} | {' | '.join(row)} |", flush=True)
    return worst


async def _ready(client: httpx.AsyncClient) -> None:
    for _ in range(200):
        try:
            (await client.get("/help")).raise_for_status()
            return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    raise SystemExit("the desk did not start within 20 seconds")


async def _load(client: httpx.AsyncClient, addresses: list[str]) -> list[float]:
    wanted = [addresses[n % len(addresses)] for n in range(REQUESTS)]
    times: list[float] = []

    async def worker() -> None:
        while wanted:
            address = wanted.pop()
            begun = time.perf_counter()
            answer = await client.get(address)
            times.append(time.perf_counter() - begun)
            if answer.status_code >= 500:
                raise SystemExit(f"{address} was answered with {answer.status_code}")

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return times


if __name__ == "__main__":
    sys.exit(main())
