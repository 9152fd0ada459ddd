"""A real server, the system's Chromium, and pages that must not complain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import browser as real

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with real.browser() as made:
        yield made


@pytest.fixture(scope="session")
def server() -> Iterator[real.Server]:
    """One server for all tests of a process that leave it alone."""
    with real.server() as made:
        yield made


class Watch:
    """What a page must not do: complain, break, or ask another host."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.complaints: list[str] = []
        self.requests: list[str] = []
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", lambda request: self.requests.append(request.url))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")

    @property
    def foreign(self) -> list[str]:
        """Requests to anything but our server."""
        ours = (self.address, "blob:", "data:")
        return [url for url in self.requests if not url.startswith(ours)]


@pytest.fixture
def new_page(chromium: Browser, server: real.Server) -> Iterator[Callable[..., Page]]:
    """Opens a page of ours in a browser of its own; whatever it complains of fails the test.

    `at`: what follows the address; `quiet=False` for a test in which complaints are
    meant; `beside`: another server than the usual one; the rest are options of the context.
    """
    opened: list[tuple[BrowserContext, Watch, bool]] = []

    def make(
        at: str = "#/live",
        *,
        quiet: bool = True,
        beside: real.Server = server,
        **options: Any,
    ) -> Page:
        options = {"viewport": {"width": 1280, "height": 900}} | options
        context = chromium.new_context(accept_downloads=True, **options)
        context.set_default_timeout(15_000)
        watch = Watch(context, beside.address)
        opened.append((context, watch, quiet))
        page = context.new_page()
        page.goto(beside.address + at)
        return page

    yield make
    for context, _, _ in opened:
        context.close()
    for _, watch, quiet in opened:
        assert watch.foreign == []
        assert watch.complaints == [] or not quiet


@pytest.fixture
def live(new_page: Callable[..., Page]) -> Page:
    """The first screen, with a heart that beats."""
    page = new_page()
    page.get_by_test_id("heart").wait_for()
    return page
