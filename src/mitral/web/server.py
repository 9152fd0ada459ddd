"""Runs the application on this machine until it is interrupted."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any

import uvicorn

from mitral.errors import InputError
from mitral.web.app import create_app
from mitral.web.loading import load
from mitral.web.page import BUILT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_BACKLOG = 128
_LAST_SECONDS = 2
"""How long answers that are under way may take after an interrupt."""
_TURN_SECONDS = 5e-4
"""How long a course may compute before a beat that somebody waits for gets its turn."""


class _Server(uvicorn.Server):
    """Tells when it answers, and lets streams of events know that it ends."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    def handle_exit(self, sig: int, frame: Any) -> None:
        self.config.app.state.ending = True  # pyright: ignore[reportFunctionMemberAccess, reportAttributeAccessIssue]
        super().handle_exit(sig, frame)


def is_loopback(host: str) -> bool:
    """Whether a host can be reached from this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there; an `InputError` says why not and what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise InputError(f"--host {host} is not an address of this machine ({error})") from error
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(_BACKLOG)
    except OSError as error:
        made.close()
        raise InputError(_why_not(host, port, error)) from error
    return made


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} is in use: another program, or another `mitral serve`, answers there; "
            f"end it, or take another port: mitral serve --port {port + 1 if port < 65535 else 0}"
        )
    if error.errno == errno.EACCES:
        return f"port {port} is not allowed to you; take one above 1023: mitral serve --port 8000"
    return f"cannot listen at {host}, port {port}: {error.strerror or error}; give another --host"


def address_of(host: str, listening: socket.socket) -> str:
    """The address to open in a browser."""
    port = listening.getsockname()[1]
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{name}:{port}/"


def warm(compiling: Callable[[], None]) -> None:
    """Import and compile what the first beat needs, so that nobody waits for it.

    `compiling` is told if it takes a while: once after installation.
    """
    from mitral.kernel import is_compiled

    if not is_compiled():
        compiling()
    load()
    from mitral import workflow
    from mitral.report.schema import schema
    from mitral.report.view import view

    schema()
    view(workflow.simulate())


def serve(
    host: str,
    listening: socket.socket,
    ready: Callable[[str], None],
    compiling: Callable[[], None],
    folder: Path = BUILT,
) -> None:
    """Answer on a socket until interrupted; `ready` is told the address when it can be asked.

    `compiling` is told if the first beat has to be waited for.
    """
    address = address_of(host, listening)
    config = uvicorn.Config(
        create_app([host], folder),
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=_LAST_SECONDS,
        h11_max_incomplete_event_size=32_000,
    )
    sys.setswitchinterval(_TURN_SECONDS)
    threading.Thread(target=warm, args=(compiling,), name="warm", daemon=True).start()
    _Server(config, lambda: ready(address)).run(sockets=[listening])
