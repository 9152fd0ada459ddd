"""Routes that hand out texts: pages about the model, the health library, lessons."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from mitral.web.answers import described, json
from mitral.web.models import LessonsView, LibraryView, ModelView

router = APIRouter(tags=["documents"])


@router.get("/model", **described(ModelView))
async def model() -> Response:
    """The model's equations, limits and validation as pages; how to cite it; its references."""
    from mitral.report.about import about

    return json(about())


@router.get("/library", **described(LibraryView))
async def library() -> Response:
    """What the words mean, in plain and in technical language, each with a heart to run."""
    from mitral.report.explain import library_view

    return json(library_view())


@router.get("/lessons", **described(LessonsView))
async def lessons() -> Response:
    """Lessons: predict, run, explain."""
    from mitral.explain import lessons

    return json({"lessons": [lesson.as_dict() for lesson in lessons()]})
