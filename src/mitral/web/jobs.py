"""Long work: begun, watched, cancelled, and its result kept for a while.

A job runs in a thread and tells its share after every step of the course; there it also learns that
it is cancelled. Results are kept as the bytes that go over the wire; the oldest go first.
"""

from __future__ import annotations

import logging
import secrets
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mitral.web.loading import load
from mitral.web.problems import RefusalError, of_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    Tell = Callable[[float], None]

AT_ONCE = 2
MOST_KEPT, MOST_BYTES, KEPT_SECONDS = 12, 64_000_000, 900.0
"""Finished jobs that are kept, what their results may take, and for how long."""
RUNNING, DONE, FAILED, CANCELLED = "running", "done", "failed", "cancelled"

_log = logging.getLogger(__name__)


class CancelledJobError(Exception):
    """Raised inside a job that nobody wants any more."""


@dataclass
class Job:
    """One piece of work: `share` done, its `result` as JSON, or the `problem` that it met."""

    kind: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    status: str = RUNNING
    share: float = 0.0
    result: bytes = b""
    problem: dict[str, Any] | None = None
    ended: float = 0.0

    def tell(self, share: float) -> None:
        """Take note of the share done; raises `CancelledJobError` if that is enough."""
        if self.status == CANCELLED:
            raise CancelledJobError
        self.share = min(max(share, 0.0), 1.0)

    def as_dict(self) -> dict[str, Any]:
        """The job as the API shows it."""
        return {"id": self.id, "kind": self.kind, "status": self.status, "share": self.share}


class Jobs:
    """All jobs of a server: few at once, few kept."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._pool = ThreadPoolExecutor(at_once, "job", initializer=load)
        self._at_once = at_once
        self._jobs: dict[str, Job] = {}

    def start(self, kind: str, work: Callable[[Tell], bytes]) -> Job:
        """Begin `work`, which is told whom to tell its share; a refusal (429) if too much runs."""
        self._forget()
        if sum(job.status == RUNNING for job in self._jobs.values()) >= self._at_once:
            raise RefusalError(
                429,
                f"{self._at_once} courses are being computed already; cancel one, or wait",
                retry_after="2",
            )
        job = Job(kind)
        self._jobs[job.id] = job
        self._pool.submit(work, job.tell).add_done_callback(lambda end: _finish(job, end))
        return job

    def find(self, key: str) -> Job:
        """The job of that id; a refusal (404) if there is none (any more)."""
        self._forget()
        if key not in self._jobs:
            raise RefusalError(404, "There is no such job (any more); begin it again.")
        return self._jobs[key]

    def cancel(self, key: str) -> Job:
        """Stop a job, or let go of what it has found."""
        job = self.find(key)
        if job.status == RUNNING:
            job.status, job.ended = CANCELLED, time.monotonic()
        else:
            del self._jobs[key]
        return job

    def close(self) -> None:
        """Stop everything."""
        for job in list(self._jobs.values()):
            if job.status == RUNNING:
                job.status = CANCELLED
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _forget(self) -> None:
        """Let go of what is too old or too much, the oldest first."""
        ended = [job for job in self._jobs.values() if job.status != RUNNING]
        kept, size, old = 0, 0, time.monotonic() - KEPT_SECONDS
        for job in sorted(ended, key=lambda job: job.ended, reverse=True):
            kept, size = kept + 1, size + len(job.result)
            too_much = kept > MOST_KEPT or (kept > 1 and size > MOST_BYTES)
            if too_much or job.ended < old:
                del self._jobs[job.id]


def _finish(job: Job, end: Future[bytes]) -> None:
    """Note how the work of a job ended."""
    job.ended = time.monotonic()
    if end.cancelled() or job.status == CANCELLED:
        job.status = CANCELLED
        return
    fault = end.exception()
    if fault is None:
        job.result, job.share, job.status = end.result(), 1.0, DONE
        return
    job.problem = of_fault(fault)
    job.status = FAILED
    if job.problem["status"] == 500:
        _log.error("a job failed", exc_info=fault)
