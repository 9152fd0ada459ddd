"""The application: the API under /api/v1, and the files of the page."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

import mitral
from mitral.web import beats, courses, documents, exports, openapi, page, problems
from mitral.web.guard import Guard
from mitral.web.jobs import Jobs
from mitral.web.workers import Workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection
    from pathlib import Path

PREFIX = "/api/v1"
ROUTERS = (beats.router, courses.router, exports.router, documents.router)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.workers.close()
    app.state.jobs.close()


def create_app(hosts: Collection[str] = (), folder: Path = page.BUILT) -> FastAPI:
    """The application; `hosts` it may be asked under besides this machine, `folder` of the page."""
    app = FastAPI(
        title="mitral",
        version=mitral.__version__,
        description=mitral.NOTICE,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
    )
    app.state.workers, app.state.jobs = Workers(), Jobs()
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    app.router.default = page.page(folder)
    app.add_middleware(Guard, hosts=hosts)
    problems.install(app)
    openapi.install(app)
    return app
