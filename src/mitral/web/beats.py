"""Routes that answer within milliseconds: one beat, before and after, a run of beats, a grade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from mitral.web.answers import WITH_BODY, described, written
from mitral.web.models import (
    BeatView,
    GradeRequest,
    GradeView,
    GrowRequest,
    Scenario,
    Schema,
    TransientRequest,
    TransientView,
    TreatRequest,
    TreatView,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from mitral.web.workers import Workers

router = APIRouter(tags=["beats"])


@router.get("/schema", **described(Schema))
async def schema(request: Request) -> Response:
    """All that a page needs to show controls, tables and labels."""
    return await made(request, _schema)


@router.post("/simulate", **described(BeatView, *WITH_BODY))
async def simulate(scenario: Scenario, request: Request) -> Response:
    """Settle one beat, examine and grade it."""
    return await made(request, lambda: _beat(scenario))


@router.post("/treat", **described(TreatView, *WITH_BODY))
async def treat(wish: TreatRequest, request: Request) -> Response:
    """The same heart before and after treatment: what the first minutes bring."""
    return await made(request, lambda: _treated(wish))


@router.post("/grow", **described(Scenario, *WITH_BODY))
async def grow(wish: GrowRequest, request: Request) -> Response:
    """The same person after years with the leak: a grown heart that can be simulated at once."""
    return await made(request, lambda: _grown(wish))


@router.post("/transient", **described(TransientView, *WITH_BODY))
async def transient(wish: TransientRequest, request: Request) -> Response:
    """Open the leak at once and follow the circulation beat by beat."""
    return await made(request, lambda: _run(wish))


@router.post("/grade", **described(GradeView, *WITH_BODY))
async def grade(wish: GradeRequest, request: Request) -> Response:
    """Grade findings that somebody has."""
    return await made(request, lambda: _graded(wish))


async def made(request: Request, work: Callable[[], dict[str, Any]]) -> Response:
    """What `work` makes in one of the threads, as a response."""
    workers: Workers = request.app.state.workers
    body = await workers.run(lambda: written(work()))
    return Response(body, media_type="application/json")


def _schema() -> dict[str, Any]:
    from mitral.report.schema import schema

    return schema()


def _beat(scenario: Scenario) -> dict[str, Any]:
    from mitral import workflow
    from mitral.report.view import view

    return view(
        workflow.treated_beat(
            scenario.patient,
            scenario.treatments,
            changes=scenario.changes,
            reflex=scenario.reflex,
        )
    )


def _treated(wish: TreatRequest) -> dict[str, Any]:
    from mitral import workflow
    from mitral.report.course_view import treat_view

    return treat_view(
        workflow.treat(
            wish.patient,
            wish.give,
            already=wish.treatments,
            changes=wish.changes,
            reflex=wish.reflex,
        )
    )


def _grown(wish: GrowRequest) -> dict[str, Any]:
    from mitral import workflow
    from mitral.web.scenarios import refuse_treatments

    refuse_treatments(wish)
    patient = workflow.grown(wish.patient, wish.years, onset=wish.onset, changes=wish.changes)
    return {"patient": patient.model_dump(), "changes": {}, "reflex": wish.reflex, "treatments": []}


def _run(wish: TransientRequest) -> dict[str, Any]:
    from mitral import workflow
    from mitral.report.course_view import transient_view
    from mitral.web.scenarios import refuse_treatments

    refuse_treatments(wish)
    return transient_view(
        workflow.transient(
            wish.patient,
            beats=wish.beats,
            onset_beat=wish.onset_beat,
            changes=wish.changes,
            reflex=wish.reflex,
        )
    )


def _graded(wish: GradeRequest) -> dict[str, Any]:
    from mitral import workflow
    from mitral.report.severity_scale import scale

    made = workflow.grade_findings(wish.findings, wish.cause)
    return {"grade": made.as_dict(), "severity": scale(made)}
