"""Routes that hand out a beat as a file, or take a patient file in; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

import mitral
from mitral.web.answers import USUAL_REFUSALS, WITH_BODY, described, json, written
from mitral.web.models import Scenario
from mitral.web.problems import documented
from mitral.web.scenarios import anonymous, decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from mitral.web.workers import Workers
    from mitral.workflow import SettledBeat

Token = Annotated[str, Query(description="base64url of the JSON of a `Scenario`")]

router = APIRouter(tags=["files"])


@dataclass(frozen=True)
class Export:
    """A file to take away: `name`, media type `kind`, how it is `made`, and what it holds."""

    name: str
    kind: str
    made: Callable[[SettledBeat], bytes]
    text: bool
    meaning: str


def _csv(beat: SettledBeat) -> bytes:
    from mitral.report.export import csv

    return csv(beat).encode()


def _netcdf(beat: SettledBeat) -> bytes:
    from mitral.report.export import netcdf

    return netcdf(beat)


def _svg(beat: SettledBeat) -> bytes:
    from mitral.report.export import drawing

    return drawing(beat, "svg")


def _png(beat: SettledBeat) -> bytes:
    from mitral.report.export import drawing

    return drawing(beat, "png")


def _json(beat: SettledBeat) -> bytes:
    return written(beat.as_dict())


def _patient(beat: SettledBeat) -> bytes:
    from mitral.patient.writer import to_yaml
    from mitral.report.export import provenance
    from mitral.workflow.patient_file import as_patient

    patient, notes = as_patient(beat)
    comments = [
        f"A patient for mitral {mitral.__version__}: mitral simulate THIS_FILE",
        mitral.NOTICE,
        *(f"{note}." for note in notes),
        f"provenance: {provenance(beat)}",
    ]
    return to_yaml(patient, comments).encode()


EXPORTS = (
    Export("beat.csv", "text/csv", _csv, True, "Every waveform as a column."),
    Export("beat.nc", "application/x-netcdf", _netcdf, False, "Every waveform as NetCDF."),
    Export("beat.svg", "image/svg+xml", _svg, True, "Loops and Wiggers diagram as SVG."),
    Export("beat.png", "image/png", _png, False, "Loops and Wiggers diagram as PNG."),
    Export("beat.json", "application/json", _json, True, "What `mitral simulate --json` prints."),
    Export("patient.yaml", "application/yaml", _patient, True, "A file for `mitral simulate`."),
)


@router.post(
    "/import/yaml",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/yaml": {"schema": {"type": "string"}}},
        }
    },
    **described(Scenario, *WITH_BODY),
)
async def import_yaml(request: Request) -> Response:
    """The scenario of a patient file; what could name somebody is left behind."""
    body = await request.body()
    workers: Workers = request.app.state.workers
    return json(await workers.run(lambda: _read(body)))


def _read(body: bytes) -> dict[str, Any]:
    from mitral.patient.readers.yaml import read_bytes

    patient = anonymous(read_bytes(body, "the patient file").model_dump())
    return Scenario.model_validate({"patient": patient}).model_dump()


def _beat(token: str) -> SettledBeat:
    from mitral import workflow
    from mitral.report.export import entitled

    scenario = decode(token)
    return workflow.treated_beat(
        entitled(scenario.patient),
        scenario.treatments,
        changes=scenario.changes,
        reflex=scenario.reflex,
    )


def _add(one: Export) -> None:
    """The route of a file."""

    async def export(request: Request, s: Token = "") -> Response:
        workers: Workers = request.app.state.workers
        body = await workers.run(lambda: one.made(_beat(s)))
        headers = {"content-disposition": f'attachment; filename="mitral-{one.name}"'}
        return Response(body, media_type=one.kind, headers=headers)

    schema = {"type": "string"} if one.text else {"type": "string", "format": "binary"}
    router.add_api_route(
        f"/export/{one.name}",
        export,
        name=f"export_{one.name}",
        description=one.meaning,
        response_model=None,
        responses={
            200: {"description": "The file", "content": {one.kind: {"schema": schema}}},
            **documented(*USUAL_REFUSALS, 409, 422),
        },
        response_class=Response,
    )


for _one in EXPORTS:
    _add(_one)
