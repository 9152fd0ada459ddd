"""The application: the API and the page's files."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Response
from pydantic_core import to_json

import mitral
from mitral.web.models import BeatView, Scenario, Schema, CourseView, ComparisonView, TreatView, TreatRequest, CourseRequest, CompareRequest, TransientRequest, TransientView, GradeRequest, GradeView, Job, Problem


def create_app() -> FastAPI:
    app = FastAPI(title="mitral", version=mitral.__version__, openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None)

    @app.post("/api/v1/simulate", response_model=None, responses={200: {"model": BeatView}})
    def simulate(scenario: Scenario) -> Response:
        from mitral.report.view import view
        from mitral import workflow
        beat = workflow.simulate(scenario.patient, reflex=scenario.reflex, changes=scenario.changes)
        return Response(to_json(view(beat)), media_type="application/json")

    def stub(path: str, req: Any, res: Any) -> None:
        def f(body): ...
        f.__annotations__["body"] = req
        f.__name__ = path.strip("/")
        app.post("/api/v1" + path, response_model=res)(f)
    stub("/treat", TreatRequest, TreatView)
    stub("/course", CourseRequest, Job); stub("/compare", CompareRequest, Job); stub("/transient", TransientRequest, TransientView); stub("/grade", GradeRequest, GradeView)
    @app.get("/api/v1/schema", response_model=Schema)
    def schema(): ...
    @app.get("/api/v1/jobs/{id}/result", response_model=CourseView | ComparisonView, responses={400: {"model": Problem}})
    def result(id: str): ...
    return app
