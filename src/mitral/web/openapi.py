"""The API's own description; `python -m mitral.web.openapi` prints it.

The page's types are generated from it: `src/mitral/web/openapi.json` is the copy they are made of.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from mitral.web.models import Problem

if TYPE_CHECKING:
    from fastapi import FastAPI


def install(app: FastAPI) -> None:
    """Describe refusals by the model of a problem document."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
            )
            made.setdefault("components", {}).setdefault("schemas", {})["Problem"] = (
                Problem.model_json_schema()
            )
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document


def text() -> str:
    """The document as it is kept in the sources."""
    from mitral.web.app import create_app

    return json.dumps(create_app().openapi(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
