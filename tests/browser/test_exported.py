"""A page exported to one file works from disk, with the network off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from benchmarks.browser import elsewhere
from tests.browser.steps import NOTICE, answered, command, drag, expect, number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exported") / "heart.html"
    patient = path.with_name("patient.yaml")
    patient.write_text("cause: flail_leaflet\n", encoding="utf-8")
    command("export-page", path, patient, "--years", 2, *elsewhere())
    return path


@pytest.fixture
def from_disk(chromium: Browser, exported: Path) -> Iterator[Page]:
    """The file in a browser without network; asking for anything else fails the test."""
    asked, complaints = [], []
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_offline(True)
        context.on("request", lambda request: asked.append(request.url))
        context.on("console", lambda said: complaints.append(said.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = context.new_page()
        page.goto(exported.as_uri())
        yield page
    assert [url for url in asked if not url.startswith("data:")] == [exported.as_uri()]
    assert complaints == []


def test_it_beats_and_its_slider_works(from_disk: Page):
    answered(from_disk)
    expect(from_disk.get_by_test_id("play")).to_contain_text("Pause")
    leak = number(from_disk, "regurgitant_volume_ml")
    drag(from_disk, "eroa", 0.1)
    answered(from_disk)
    assert number(from_disk, "regurgitant_volume_ml") < leak / 2
    expect(from_disk.get_by_test_id("grade-chip")).to_have_attribute("data-severity", "mild")


def test_what_it_cannot_do_is_told(from_disk: Page):
    answered(from_disk)
    expect(from_disk.get_by_test_id("slider-resistance")).to_be_disabled()
    expect(from_disk.get_by_text("mitral serve").first).to_be_visible()
    expect(from_disk.get_by_text(NOTICE).first).to_be_visible()


def test_every_screen_opens(from_disk: Page):
    for screen in ("Time", "Compare", "Learn", "Library", "Model"):
        from_disk.get_by_role("navigation").first.get_by_role("button", name=screen).click()
        expect(from_disk).to_have_title(f"{screen} · mitral")
        expect(from_disk.locator("main")).to_contain_text(re.compile(r"\w{3}.*\w{3}", re.DOTALL))
