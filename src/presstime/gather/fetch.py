"""Addresses to documents: what gathering does with an address instead of a file.

In: addresses, as they were given. Out: for each, in their order, the documents of the page that answered, once it lies
in the archive (its bytes by hash, the exchange as WARC), or a Problem. An address that answers 404 gives a Problem
"gone", and the answer is kept all the same: that a page is not there is evidence too.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from presstime.gather.archive import Archive
from presstime.gather.capture import WARC_FOLDER, Capture
from presstime.gather.fetched import Fetched, header_of
from presstime.gather.fetcher import MAX_PAGE, Fetcher
from presstime.gather.names import safe_name
from presstime.gather.opening import Input, Run, opened
from presstime.problems import InputError
from presstime.records import Document, Problem
from presstime.settings import Fetching

__all__ = ["Kept", "answer_problem", "fetch_documents", "fetch_pages", "keep_fetched", "page_input"]

GROUP = 8
"""Addresses fetched at once. So many of the longest pages, with what went over the wire, take 640 MB of memory."""

_MEDIA_TYPE = re.compile(r"\s*([\w.+-]+/[\w.+-]+)\s*(?:;|$)")
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]{2,30})", re.IGNORECASE)


class Kept(NamedTuple):
    """Where what is fetched is kept: a story's archive and the WARC files in it."""

    archive: Archive
    capture: Capture

    @classmethod
    def in_folder(cls, archive: Archive, folder: Path) -> Kept:
        """In an opened archive, whose folder this is."""
        return cls(archive, Capture(folder / WARC_FOLDER))


def fetch_documents(
    given: Iterable[str | Path], *, run: Run, archive: Path | None, settings: Fetching | None = None, fetcher: Fetcher | None = None
) -> Iterator[Document | Problem]:
    """The documents of the pages (feeds, PDFs, mails …) at some addresses, read as files of the same content are.

    `archive` is the folder of the archive that `run` keeps in. For the rest as `fetch_pages`.
    """
    kept = Kept.in_folder(run.keep, archive) if run.keep is not None and archive is not None else None
    for found in fetch_pages(given, kept=kept, settings=settings, fetcher=fetcher):
        if isinstance(found, Problem):
            yield found
        else:
            yield from opened(page_input(found, run.now), run)


def page_input(fetched: Fetched, now: str) -> Input:
    """A fetched page as an input, to be read as a file is. It counts as gathered at `now`, as all that is gathered with it does."""
    kind, charset = _content_type(fetched)
    path = fetched.final_url.split("?", 1)[0].partition("://")[2]
    return Input(
        stream=BytesIO(fetched.content),
        name=safe_name(fetched.final_url),
        file_name=safe_name(path.partition("/")[2].rsplit("/", 1)[-1]) or "index",
        url=fetched.final_url,
        media_type=kind,
        charset=charset,
        captured=now,
    )


def fetch_pages(
    given: Iterable[str | Path],
    *,
    kept: Kept | None,
    settings: Fetching | None = None,
    max_bytes: int = MAX_PAGE,
    fetcher: Fetcher | None = None,
) -> Iterator[Fetched | Problem]:
    """The page of every address, kept where `kept` says, or why there is none; Problems of keeping follow their page.

    A page is given for answers 2xx with something in them only. `fetcher` stands for one made of `settings`. Raises
    InputError within a running event loop (there, use a `Fetcher`), StoryError for settings that cannot be used.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        raise InputError("Addresses cannot be gathered within a running event loop: use presstime.gather.Fetcher there.")
    addresses = [_address(each) for each in given]
    with asyncio.Runner() as runner:
        used = fetcher or Fetcher(settings, max_bytes=max_bytes)
        try:
            for start in range(0, len(addresses), GROUP):
                for fetched in runner.run(_all(used, addresses[start : start + GROUP])):
                    yield from _kept(fetched, kept)
        finally:
            runner.run(used.aclose())


def keep_fetched(fetched: Fetched, kept: Kept) -> tuple[Problem, ...]:
    """Keep an answer: its exchanges as WARC, its body by hash, and both in the archive's record. Problems of keeping it."""
    captured, problems = kept.capture.keep(fetched)
    for each in captured:
        kept.archive.record(each.sha256, f"{each.url} ({each.file}, {each.record})", each.size, each.when)
    if fetched.content and 200 <= fetched.status < 300:
        kept.archive.keep(fetched.content, fetched.final_url, fetched.fetched)
    return problems


def answer_problem(fetched: Fetched) -> Problem | None:
    """Why an answer is no page: gone, forbidden, another status, or empty. None for a page, and for an answer 304."""
    if fetched.status == 304 or (200 <= fetched.status < 300 and fetched.content.strip()):
        return None
    if fetched.status in (404, 410):
        what, why = "gone", f"The page is not there ({fetched.status}). Check the address, or look for a copy in a web archive."
    elif fetched.status in (401, 402, 403, 407, 451):
        what, why = "forbidden", f"The server does not show the page ({fetched.status}). Save it with a browser and give the file."
    elif 200 <= fetched.status < 300:
        what, why = "empty", "The page holds nothing. Look at it with a browser, and give what it shows as a file."
    else:
        what, why = "no-page", f"The server answered {fetched.status}, which is no page. Check the address with a browser."
    return Problem(where=fetched.url, what=what, why=why)


def _content_type(fetched: Fetched) -> tuple[str | None, str | None]:
    """The declared type of a page and its declared encoding, from the Content-Type header; None where none is."""
    declared = header_of(fetched, "content-type") or ""
    found, charset = _MEDIA_TYPE.match(declared), _CHARSET.search(declared)
    return (found[1].lower() if found else None), (charset[1] if charset else None)


def _address(given: str | Path) -> str:
    """An address as it was before a Path took one stroke of its "https://"."""
    words = str(given).strip()
    return re.sub(r"^(https?):/(?!/)", r"\1://", words, flags=re.IGNORECASE)


async def _all(fetcher: Fetcher, addresses: list[str]) -> list[Fetched | Problem]:
    return list(await asyncio.gather(*(fetcher.get(address) for address in addresses)))


def _kept(fetched: Fetched | Problem, kept: Kept | None) -> Iterator[Fetched | Problem]:
    if isinstance(fetched, Problem):
        yield fetched
        return
    problems = keep_fetched(fetched, kept) if kept is not None else ()
    yield answer_problem(fetched) or fetched
    yield from problems
