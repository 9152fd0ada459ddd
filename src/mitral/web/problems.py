"""Refusals as problem documents (RFC 9457): what, how much, what is allowed, what to do."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.responses import Response

from mitral.errors import InputError, MitralError, NotSettledError
from mitral.patient import faults
from mitral.web.models import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI
    from starlette.requests import Request

MEDIA_TYPE = "application/problem+json"
_LONGEST = 600
"""Characters of a `detail`."""
_SIGNS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
_INTERNAL = (
    "The program has failed at something that it should have refused or done. This is a fault of "
    "the program; its terminal shows where."
)


class RefusalError(Exception):
    """A request that is refused: status, what is wrong, and headers that go with it."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def problem(status: int, detail: str, instance: str | None = None) -> dict[str, Any]:
    """The document of a refusal; `detail` is made printable and not endless."""
    text = "".join(c if c.isprintable() else " " for c in detail)
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
    title = HTTPStatus(status).phrase
    made = {"type": "about:blank", "title": title, "status": status, "detail": text}
    return made if instance is None else {**made, "instance": instance}


def of_fault(fault: BaseException, instance: str | None = None) -> dict[str, Any]:
    """The document that tells of an error of this package, or of one that it did not expect."""
    if isinstance(fault, RefusalError):
        return problem(fault.status, fault.detail, instance)
    if isinstance(fault, NotSettledError):
        return problem(409, f"The heart does not come to rest: {fault}", instance)
    if isinstance(fault, MitralError):
        return problem(422, str(fault), instance)
    return problem(500, _INTERNAL, instance)


def answer(document: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """A problem document as a response."""
    return Response(
        to_json(document),
        status_code=document["status"],
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the OpenAPI document says of refusals with these statuses."""
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Let every error leave the application as a problem document."""

    async def of_package(request: Request, fault: Exception) -> Response:
        headers = fault.headers if isinstance(fault, RefusalError) else None
        return answer(of_fault(fault, request.url.path), headers)

    async def of_router(request: Request, fault: Exception) -> Response:
        status = getattr(fault, "status_code", 500)
        status = 422 if status == 400 else status
        words = {
            422: "The body is not JSON.",
            404: f"There is nothing at {request.url.path}.",
            405: f"{request.method} is not possible at {request.url.path}.",
        }
        detail = words.get(status, str(getattr(fault, "detail", "")))
        document = problem(status, detail, request.url.path)
        return answer(document, getattr(fault, "headers", None))

    async def of_validation(request: Request, fault: Exception) -> Response:
        found = fault if isinstance(fault, RequestValidationError) else None
        detail = _words(request, found.errors(), found.body) if found else str(fault)
        return answer(problem(422, detail, request.url.path))

    for kind in (RefusalError, MitralError, Exception):
        app.add_exception_handler(kind, of_package)
    app.add_exception_handler(HTTPException, of_router)
    app.add_exception_handler(RequestValidationError, of_validation)


def _words(request: Request, errors: Sequence[Mapping[str, Any]], body: object) -> str:
    """The first fault of a request in a line; those of a patient as the patient file tells them."""
    first = errors[0]
    if first["type"] == "json_invalid":
        why = first.get("ctx", {}).get("error", "")
        return f"The body is not JSON ({why})."
    where = [part for part in first["loc"] if part not in ("body", "query", "path")]
    if where[:1] == ["patient"] and isinstance(body, dict) and isinstance(body["patient"], dict):
        try:
            faults.build(body["patient"])
        except InputError as fault:
            return str(fault)
    name = ".".join(str(part) for part in where if part in _names(body, where)) or "the body"
    if first["type"] == "missing":
        return f"{'.'.join(map(str, where)) or 'the body'} is missing."
    if first["type"] == "extra_forbidden":
        return f"{name} is not known here; leave it out."
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    value = faults.show(first.get("input"))
    return f"{name} is {value}: {_limits(request, where) or _rule(first)}{more}"


def _names(body: object, where: Sequence[Any]) -> list[Any]:
    """The part of a location that leads through the body; what follows names kinds of a union."""
    found: list[Any] = []
    for part in where:
        known = body if isinstance(body, dict) else range(len(body)) if type(body) is list else ()
        if part not in known:
            break
        body = cast("Any", body)[part]
        found.append(part)
    return found or list(where[:1])


def _rule(error: Mapping[str, Any]) -> str:
    text = str(error["msg"]).removeprefix("Value error, ")
    return text[:1].lower() + text[1:] + "."


def _limits(request: Request, where: Sequence[Any]) -> str:
    """The range of a number of a request's model, as 'more than 0 and at most 40'."""
    field = getattr(request.scope.get("route"), "body_field", None)
    model = getattr(getattr(field, "field_info", None), "annotation", None)
    if len(where) != 1 or not (isinstance(model, type) and issubclass(model, BaseModel)):
        return ""
    rules = model.model_fields[where[0]].metadata if where[0] in model.model_fields else []
    words = [
        f"{sign} {getattr(rule, key):g}"
        for rule in rules
        for key, sign in _SIGNS.items()
        if hasattr(rule, key)
    ]
    return f"must be {' and '.join(words)}." if words else ""
