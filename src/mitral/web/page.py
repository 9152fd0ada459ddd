"""The files of the page, with types that do not depend on the machine.

Only what the build has put there can be asked for; what has a hash in its name is kept for ever.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

BUILT = Path(__file__).parent / "static"
"""Where the build of the package puts the page."""
INDEX = "/index.html"
MISSING = (
    "The page has not been built, only the API answers.\n"
    "Install the program again (`pip install .`), or build the page in the folder web of the "
    "sources: npm ci && npm run build\n"
)
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain",
}
_HASHED = "/assets/"
_KEEP, _ASK = "public, max-age=31536000, immutable", "no-cache"


def files(folder: Path) -> dict[str, Path]:
    """Every file of the page by its address; nothing else can be asked for."""
    return {
        f"/{path.relative_to(folder).as_posix()}": path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in TYPES
    }


def page(folder: Path) -> ASGIApp:
    """What answers where the API has no route: the files of the page in a folder."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path = INDEX if scope["path"] == "/" else scope["path"]
        response = _response(folder, path)
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"allow": "GET, HEAD"})
        await response(scope, receive, send)

    return answer


def _response(folder: Path, path: str) -> Response:
    found = files(folder).get(path)
    if found is None:
        if path == INDEX:
            return PlainTextResponse(MISSING, 503)
        raise HTTPException(404)
    keep = _KEEP if path.startswith(_HASHED) else _ASK
    return FileResponse(found, headers={"cache-control": keep}, media_type=TYPES[found.suffix])
