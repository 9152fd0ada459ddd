"""The application on a port of its own, inside the test process, so that its faults are seen."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from mitral.web import server
from mitral.web.app import create_app
from tests.web.asking import API, make_page

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the application answers."""
    folder = make_page(tmp_path_factory.mktemp("page") / "static")
    listening = server.bound("127.0.0.1", 0)
    running = uvicorn.Server(
        uvicorn.Config(
            create_app(folder=folder),
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
        )
    )
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    yield server.address_of("127.0.0.1", listening).rstrip("/")
    running.should_exit = True
    thread.join(timeout=30)
    assert not thread.is_alive()


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    """Asks the application, by paths from its root."""
    with httpx.Client(base_url=address, timeout=60) as made:
        yield made


@pytest.fixture
def api(address: str) -> Iterator[httpx.Client]:
    """Asks the API, by the names of its routes."""
    with httpx.Client(base_url=address + API, timeout=60) as made:
        yield made
