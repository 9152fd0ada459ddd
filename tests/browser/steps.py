"""What a person does on the page, and how a test knows that the page has answered.

Without a browser every module that imports this is skipped with the reason, unless
MITRAL_BROWSER=required.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import browser

if reason := browser.missing():
    if os.environ.get("MITRAL_BROWSER") == "required":
        pytest.fail(f"MITRAL_BROWSER=required, but {reason}", pytrace=False)
    pytest.skip(reason, allow_module_level=True)

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

__all__ = ["expect"]

SCREENS = ("live", "time", "compare", "learn", "library", "model")
NOTICE = "For research and education. Not a medical device."
ANSWERED = """() => {
  const last = (name) => performance.getEntriesByName(name).at(-1)?.detail
  const shown = last('mitral:shown')
  return shown !== undefined && shown >= (last('mitral:wish') ?? 0)
}"""
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)
THUMB_PX = 9
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async (tags) => {
  const found = await axe.run(document, {
    runOnly: { type: 'tag', values: tags },
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  })
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary.split('\\n')[1]}`))
}"""


def answered(page: Page) -> None:
    """Wait until the newest wish is on the page."""
    page.wait_for_function(ANSWERED)


def violations(page: Page) -> list[str]:
    """What axe finds."""
    source = files("axe_playwright_python") / "axe.min.js"
    page.evaluate(source.read_text(encoding="utf-8"))
    return page.evaluate(AXE, RULES)


def token(link: dict[str, Any]) -> str:
    """A state of the page as its address holds it."""
    return base64.urlsafe_b64encode(json.dumps(link).encode()).decode().rstrip("=")


def state(page: Page) -> dict[str, Any]:
    """The state that the address of the page holds."""
    text = page.url.split("?m=")[1]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def number(page: Page, name: str) -> float:
    """A finding as the page holds it, before it is rounded for the eye."""
    return float(page.get_by_test_id(f"number-{name}").first.get_attribute("data-value") or "nan")


def drag(page: Page, control: str, value: float, *, release: bool = True) -> None:
    """Take the thumb of a slider with the mouse and carry it to a value."""
    slider = page.get_by_test_id(f"slider-{control}")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    low, high = (float(slider.get_attribute(name) or 0) for name in ("min", "max"))

    def place(of: float) -> float:
        room = box["width"] - 2 * THUMB_PX
        return box["x"] + THUMB_PX + room * (of - low) / (high - low)

    middle = box["y"] + box["height"] / 2
    page.mouse.move(place(float(slider.input_value())), middle)
    page.mouse.down()
    page.mouse.move(place(value), middle, steps=8)
    if release:
        page.mouse.up()


def command(*words: object) -> subprocess.CompletedProcess[str]:
    """`mitral` with these words, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "mitral", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=True,
    )


def saved(page: Page, file: str, folder: Path) -> Path:
    """Save a file from the menu of the page."""
    item = page.locator(f"a[download='mitral-{file}']")
    if not item.is_visible():
        page.locator("summary", has_text="Save").click()
    with page.expect_download() as waiting:
        item.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path
