"""Threads for what takes milliseconds: few at work, few waiting, the rest is told to come again."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from mitral.web.loading import load
from mitral.web.problems import RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 2
"""More threads do not compute faster: the interpreter runs one at a time."""
MOST_WAITING = 100

T = TypeVar("T")


class Workers:
    """A bounded number of threads with a bounded queue."""

    def __init__(self, at_once: int = AT_ONCE, most_waiting: int = MOST_WAITING) -> None:
        self._pool = ThreadPoolExecutor(at_once, "heart", initializer=load)
        self._most, self._taken = at_once + most_waiting, 0

    async def run(self, work: Callable[[], T]) -> T:
        """The result of `work` in a thread; a refusal (503) if too many wait already."""
        if self._taken >= self._most:
            raise RefusalError(503, "Too many simulations at once; try again.", retry_after="1")
        self._taken += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._taken -= 1

    def close(self) -> None:
        """Let go of the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)
