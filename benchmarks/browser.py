"""The real server and the system's Chromium, for what is measured, pictured and tested on the page.

`MITRAL_PAGE=FOLDER` serves a page that was built there instead of the installed one.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE_S = 180
"""A first start compiles the equations."""


def chromium() -> str | None:
    """The path of the system's Chromium; None without one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def missing() -> str:
    """What a browser cannot be driven for; '' when it can."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed: pip install '.[test]'"
    return "" if chromium() else f"no browser on the PATH: none of {', '.join(NAMES)}"


def elsewhere() -> list[str]:
    """Words for a command that is to take the page from `MITRAL_PAGE`."""
    folder = os.environ.get("MITRAL_PAGE")
    return ["--page", folder] if folder else []


@contextmanager
def browser(*flags: str) -> Iterator[Any]:
    """A headless Chromium, a playwright `Browser`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=chromium(), args=[*FLAGS, *flags])
        try:
            yield made
        finally:
            made.close()


class Server:
    """`mitral serve` in a process of its own, on a free port that it keeps."""

    def __init__(self, **environment: str) -> None:
        self.port, self.environment = free_port(), environment
        self.address = f"http://127.0.0.1:{self.port}/"
        self._process: subprocess.Popen[bytes] | None = None
        self._log = Path(tempfile.mkdtemp()) / "serve.log"

    def start(self) -> None:
        """Start, and wait until a heart has been computed."""
        words = ["serve", "--no-browser", "--port", str(self.port), *elsewhere()]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "mitral", *words],
                stdout=log,
                stderr=log,
                env=os.environ | self.environment,
            )
        deadline = time.monotonic() + PATIENCE_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"no server: {self._log.read_text(encoding='utf-8')[-2000:]}")
            time.sleep(0.05)
        try:
            urllib.request.urlopen(self.address).close()
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error

    def _answers(self) -> bool:
        body = {"data": b"{}", "headers": {"content-type": "application/json"}}
        asked = urllib.request.Request(f"{self.address}api/v1/simulate", method="POST", **body)
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:
                return bool(answer.read())
        except urllib.error.HTTPError:
            raise
        except OSError:
            return False

    def kill(self) -> None:
        """Take it away without a word."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Kill it and forget what it said."""
        self.kill()
        shutil.rmtree(self._log.parent)


@contextmanager
def server(**environment: str) -> Iterator[Server]:
    """A server that answers; `environment` on top of this process's."""
    made = Server(**environment)
    try:
        made.start()
        yield made
    finally:
        made.close()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
