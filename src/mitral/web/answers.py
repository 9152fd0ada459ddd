"""What routes answer with: values that were built once, written as JSON without looking again."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json
from starlette.responses import Response

from mitral.web.problems import documented

USUAL_REFUSALS = (403, 421, 503)
"""What any route of the API may answer; those with a body also 413, 415 and 422."""
WITH_BODY = (409, 413, 415, 422)


def written(value: object) -> bytes:
    """A value as JSON; what is not a finite number is null."""
    return to_json(value, inf_nan_mode="null")


def json(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as a response."""
    return Response(written(value), status, headers, media_type="application/json")


def described(model: Any, *refusals: int, status: int = 200) -> dict[str, Any]:
    """Arguments of a route: its answer by model, and the problem documents it may refuse with."""
    kinds = sorted({*USUAL_REFUSALS, *refusals})
    return {
        "response_model": None,
        "status_code": status,
        "responses": {status: {"model": model}, **documented(*kinds)},
    }
