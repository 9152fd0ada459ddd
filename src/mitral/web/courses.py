"""Routes of what takes a second or more: courses and comparisons, as jobs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from mitral.web import jobs
from mitral.web.answers import WITH_BODY, described, json, written
from mitral.web.models import (
    CompareRequest,
    ComparisonView,
    CourseRequest,
    CourseView,
    Job,
    Scenario,
)
from mitral.web.problems import RefusalError, answer, documented
from mitral.web.scenarios import refuse_treatments

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from mitral.web.jobs import Jobs, Tell

LOOK_SECONDS, HEARTBEAT_SECONDS = 0.05, 10.0
_EVENTS = {
    200: {
        "description": "Events `progress`, then `done`, `failed` or `cancelled`, each with a job "
        "(`failed`: a problem document) as data",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    **documented(403, 404, 421, 422, 503),
}

router = APIRouter(tags=["courses"])


@router.post("/course", **described(Job, 429, *WITH_BODY, status=202))
async def course(wish: CourseRequest, request: Request) -> Response:
    """Follow a heart for years; the result is a `CourseView`."""
    _refuse(wish)
    return _begun(request, "course", lambda tell: _followed(wish, tell))


@router.post("/compare", **described(Job, 429, *WITH_BODY, status=202))
async def compare(wish: CompareRequest, request: Request) -> Response:
    """Follow a heart with several treatments; the result is a `ComparisonView`."""
    _refuse(wish)
    return _begun(request, "compare", lambda tell: _compared(wish, tell))


@router.get("/jobs/{key}", **described(Job, 404, 422))
async def job(key: str, request: Request) -> Response:
    """How far a job is."""
    return json(_jobs(request).find(key).as_dict())


@router.get("/jobs/{key}/events", response_model=None, responses=_EVENTS)
async def events(key: str, request: Request) -> Response:
    """How far a job is, told whenever it changes (server-sent events)."""
    found = _jobs(request).find(key)
    return StreamingResponse(_told(found, request), media_type="text/event-stream")


@router.get("/jobs/{key}/result", **described(CourseView | ComparisonView, 404, 409, 410, 422))
async def result(key: str, request: Request) -> Response:
    """What a finished job has found; the refusal it has met, if it failed."""
    found = _jobs(request).find(key)
    if found.status == jobs.RUNNING:
        raise RefusalError(409, "The job still runs; wait for its event `done`.")
    if found.status == jobs.CANCELLED:
        raise RefusalError(410, "The job was cancelled.")
    if found.problem is not None:
        return answer({**found.problem, "instance": request.url.path})
    return Response(found.result, media_type="application/json")


@router.delete("/jobs/{key}", **described(Job, 404, 422))
async def cancel(key: str, request: Request) -> Response:
    """Stop a job; let go of the result of a finished one."""
    return json(_jobs(request).cancel(key).as_dict())


def _jobs(request: Request) -> Jobs:
    return request.app.state.jobs


def _begun(request: Request, kind: str, work: Callable[[Tell], bytes]) -> Response:
    made = _jobs(request).start(kind, work)
    where = f"{request.url.path.rsplit('/', 1)[0]}/jobs/{made.id}"
    return json(made.as_dict(), 202, {"location": where})


async def _told(job: jobs.Job, request: Request) -> AsyncIterator[bytes]:
    """Events until the job ends, the reader goes or the server stops."""
    share, silent = -1.0, 0.0
    while job.status == jobs.RUNNING and not getattr(request.app.state, "ending", False):
        if job.share != share:
            share, silent = job.share, 0.0
            yield _event("progress", job.as_dict())
        elif silent >= HEARTBEAT_SECONDS:
            silent = 0.0
            yield b": still here\n\n"
        await asyncio.sleep(LOOK_SECONDS)
        silent += LOOK_SECONDS
    if job.status != jobs.RUNNING:
        yield _event(job.status, job.problem or job.as_dict())


def _event(name: str, data: object) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), written(data))


def _refuse(wish: Scenario) -> None:
    """What a scenario of one beat may hold and a course cannot."""
    refuse_treatments(wish)
    if not wish.reflex:
        raise RefusalError(422, "A course over years has its reflex; switch it on.")


def _followed(wish: CourseRequest, tell: Tell) -> bytes:
    from mitral import workflow
    from mitral.report.course_view import course_view

    made = workflow.follow(
        wish.patient,
        wish.years,
        onset=wish.onset,
        onset_year=wish.onset_year,
        fibrillation=wish.fibrillation,
        changes=wish.changes,
        progress=lambda year: tell(year / wish.years),
    )
    return written(course_view(made))


def _compared(wish: CompareRequest, tell: Tell) -> bytes:
    from mitral import workflow
    from mitral.report.course_view import comparison_view

    made = workflow.compare(
        wish.patient,
        wish.arms,
        wish.years,
        at=wish.at or None,
        onset=wish.onset,
        changes=wish.changes,
        progress=tell,
    )
    return written(comparison_view(made))
