"""Routes that hand out texts: pages about the model, the health library, lessons."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from mitral.web.answers import described
from mitral.web.beats import made
from mitral.web.models import LessonsView, LibraryView, ModelView

router = APIRouter(tags=["documents"])


@router.get("/model", **described(ModelView))
async def model(request: Request) -> Response:
    """The model's equations, limits and validation as pages; how to cite it; its references."""
    return await made(request, _model)


@router.get("/library", **described(LibraryView))
async def library(request: Request) -> Response:
    """What the words mean, in plain and in technical language, each with a heart to run."""
    return await made(request, _library)


@router.get("/lessons", **described(LessonsView))
async def lessons(request: Request) -> Response:
    """Lessons: predict, run, explain."""
    return await made(request, _lessons)


def _model() -> dict[str, Any]:
    from mitral.report.about import about

    return about()


def _library() -> dict[str, Any]:
    from mitral.report.explain import library_view

    return library_view()


def _lessons() -> dict[str, Any]:
    from mitral.explain import lessons

    return {"lessons": [lesson.as_dict() for lesson in lessons()]}
