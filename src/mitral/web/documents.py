"""Routes that hand out texts: the pages about the model."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from mitral.web.answers import described, json
from mitral.web.models import ModelView

router = APIRouter(tags=["documents"])


@router.get("/model", **described(ModelView))
async def model() -> Response:
    """The model's equations, limits and validation as pages; how to cite it; its references."""
    from mitral.report.about import about

    return json(about())
