"""What stands before the application: who may ask, how much, and what every answer tells a browser.

The server is meant for the browser on the same machine. A foreign web page open in that browser
can send requests here too, under a name of its own that resolves to this machine (DNS rebinding) or
as a form: so the Host must be one of ours, and what changes something must come from our own page.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders

from mitral.web.problems import answer, problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 1_000_000
"""Bytes of a request's body."""
MAX_REQUESTS = 128
"""Requests that are answered at the same time; the next is told to come again."""
API = "/api/"
JSON = ("application/json",)
YAML = ("application/yaml", "application/x-yaml", "text/yaml")
SAFE = ("GET", "HEAD", "OPTIONS")
_ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what is compared with, not bound to
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """ASGI middleware: refuses foreign hosts and pages and large bodies; adds security headers.

    `hosts`: names besides those of this machine under which the server may be asked.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = ()) -> None:
        self.app = app
        self.hosts = {host.lower() for host in hosts}
        self.busy = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if scope["path"].startswith(API):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        self.busy += 1
        try:
            await self._guarded(scope, receive, sending)
        finally:
            self.busy -= 1

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, path = Headers(scope=scope), scope["path"]
        refusal = self._refusal(scope["method"], path, headers)
        if not refusal and scope["method"] not in SAFE:
            body = await _body(receive)
            if body is None:
                refusal = 413, f"The body has more than {MAX_BODY / 1e6:g} MB."
            else:
                receive = _again(body, receive)
        if refusal:
            more = {"retry-after": "1"} if refusal[0] == 503 else {"connection": "close"}
            await answer(problem(*refusal, path), more)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _refusal(self, method: str, path: str, headers: Headers) -> tuple[int, str] | None:
        """Status and words, if a request must not go further."""
        host = headers.get("host", "")
        if not self._ours(host):
            return 421, "This server answers under the name of this machine only."
        if self.busy > MAX_REQUESTS:
            return 503, "Too many requests at once; try again."
        foreign = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
        origin = headers.get("origin")
        if origin is not None:
            foreign = foreign or urlsplit(origin).netloc.lower() != host.lower()
        if foreign and path.startswith(API):
            return 403, "Only the page of this server may ask this."
        if method in SAFE:
            return None
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY:
            return 413, f"The body has more than {MAX_BODY / 1e6:g} MB."
        return None if method == "DELETE" else _unsuitable(path, headers)

    def _ours(self, host: str) -> bool:
        """Whether a Host header names this machine."""
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if name == "localhost" or name.endswith(".localhost") or name in self.hosts:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        # A server for everybody may be asked under any address: an address cannot be rebound.
        return address.is_loopback or bool(self.hosts & set(_ANYWHERE))


def _unsuitable(path: str, headers: Headers) -> tuple[int, str] | None:
    """A body that is not of the wanted kind; one a foreign form can send is none of them."""
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    wanted = YAML if path.endswith("/import/yaml") else JSON
    if kind in wanted:
        return None
    return 415, f"The body is {kind or 'of no named type'}; send it as {wanted[0]}."


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None if it is too large, whatever its header said."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Hands out a body that was read already, then whatever comes after it."""
    told = False

    async def receiving() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving
