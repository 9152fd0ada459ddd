"""What tests of the web door share: a small page, a refusal looked at, `mitral serve` itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

API = "/api/v1"
FLAIL = {"patient": {"cause": "flail_leaflet"}}


def make_page(folder: Path) -> Path:
    """A page as the build leaves it, but small."""
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>mitral</title>", encoding="utf-8")
    (folder / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (folder / "assets" / "index-abc123.js").write_text("export {}", encoding="utf-8")
    (folder / "assets" / "index-abc123.css").write_text("body {}", encoding="utf-8")
    (folder / "assets" / "inter-abc123.woff2").write_bytes(b"wOF2")
    (folder / "notes.py").write_text("secret = 1", encoding="utf-8")
    (folder.parent / "outside.txt").write_text("not part of the page", encoding="utf-8")
    return folder


def refused(answer: httpx.Response, status: int) -> str:
    """The words of a refusal, after all that a problem document must be was seen to."""
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in answer.text
    return problem["detail"]


@contextmanager
def serving(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`mitral serve` in a process of its own, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mitral", "serve", "--no-browser", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + (process.communicate(timeout=30)[1] if not line else "")
        yield process, found[0].rstrip("/")
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=30)
