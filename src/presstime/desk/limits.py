"""How often one may try to log in.

Comes in: an account's name, an address, and whether it went well. Goes out: how long to wait. Example: after the fifth wrong password
for one account within a quarter of an hour, the sixth try is answered, unread, with "wait 11 minutes".
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

__all__ = ["FAILURES", "FAILURES_OF_ADDRESS", "WINDOW", "Attempts"]

FAILURES = 5
FAILURES_OF_ADDRESS = 25
WINDOW = 15 * 60.0
"""Seconds. Five tries in a quarter of an hour are 480 a day: a password of four words from a list of 7,776 lasts for ever, and someone
who mistypes is not kept waiting for long."""
_MOST = 10_000


class Attempts:
    """The failed tries of the last quarter of an hour. They are forgotten when the desk is started again, which only its owner can do."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: dict[tuple[str, str], deque[float]] = {}

    def wait(self, name: str, address: str) -> int:
        """Seconds to wait before the next try; 0 where it may be made at once."""
        now = self._clock()
        waits = [0.0]
        for key, most in self._keys(name, address):
            failed = self._failed.get(key, deque())
            while failed and failed[0] <= now - WINDOW:
                failed.popleft()
            if len(failed) >= most:
                waits.append(failed[-most] + WINDOW - now)
        return int(max(waits) + 0.999)

    def failed(self, name: str, address: str) -> None:
        """Count a failed try."""
        if len(self._failed) > _MOST:
            now = self._clock()
            self._failed = {key: times for key, times in self._failed.items() if times and times[-1] > now - WINDOW}
        for key, most in self._keys(name, address):
            self._failed.setdefault(key, deque(maxlen=most)).append(self._clock())

    def went_well(self, name: str) -> None:
        """Forget an account's failures."""
        self._failed.pop(("account", _folded(name)), None)

    @staticmethod
    def _keys(name: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
        return (("account", _folded(name)), FAILURES), (("address", address), FAILURES_OF_ADDRESS)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()[:200]
