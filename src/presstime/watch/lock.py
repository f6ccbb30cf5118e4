"""One watch to a story: a lock that ends with the process that holds it, however it ends.

In: a story's folder. Out: the lock, or a StoryError that says who has it. Example: a second `presstime watch flood` says
"process 4711 is watching flood already".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from presstime.problems import StoryError

__all__ = ["LOCK", "watch_lock", "watching"]

LOCK = "watch.lock"
"""The file, in the story's folder. It stays there; what counts is whether a process holds it."""


@contextmanager
def watch_lock(folder: Path) -> Iterator[None]:
    """Hold the lock. Raises StoryError where another process has it."""
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _taken(handle):
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() if sys.platform != "win32" else ""
            who = f"process {holder}" if holder else "another process"
            raise StoryError(f"{who} is watching {folder} already; stop it first, or look at it with: presstime watch {folder} --status")
        if sys.platform != "win32":
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def watching(folder: Path) -> bool:
    """Whether a process is watching the story now."""
    try:
        handle = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _taken(handle)
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    """Take the lock if it is free. Closing the file gives it back."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
