"""Every screen, light and dark, wide and narrow: nothing is out of reach of anybody."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from tests.browser.steps import NOTICE, SCREENS, answered, expect, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

SIZES = ((1280, 900), (320, 640))
OPEN = {
    "lesson": f"#/learn?m={token({'open': 'ejection_fraction_paradox'})}",
    "entry": f"#/library?m={token({'open': 'condition'})}",
    "equations": f"#/model?m={token({'open': 'model'})}",
    "validation": f"#/model?m={token({'open': 'validation'})}",
    "parameters": f"#/model?m={token({'open': 'parameters'})}",
}
PLACES = {name: f"#/{name}" for name in SCREENS} | OPEN
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


def settle(page: Page) -> None:
    """Wait until the heart, the fonts and whatever the screen asked for are there."""
    answered(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready.then(() => undefined)")


def violations(page: Page) -> list[str]:
    """What axe finds."""
    source = files("axe_playwright_python") / "axe.min.js"
    page.evaluate(source.read_text(encoding="utf-8"))
    return page.evaluate(AXE, RULES)


@pytest.mark.parametrize("place", PLACES)
def test_a_screen_is_for_everybody(new_page: Callable[..., Page], place: str):
    """Light and dark, narrow and wide: axe finds nothing, and nothing sticks out sideways."""
    page = new_page(PLACES[place], reduced_motion="reduce")
    settle(page)
    assert page.title().endswith("mitral")
    expect(page.get_by_text(NOTICE).first).to_be_visible()
    faults = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults[width, scheme] = violations(page)
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        faults[width, "sideways"] = [wide] if wide > width else []
    assert not {where: found for where, found in faults.items() if found}


@pytest.mark.parametrize("opener", ["All parameters", "Rules and reasons", "Data table"])
def test_a_sheet_is_for_everybody(live: Page, opener: str):
    """It takes the focus, gives it back on Escape, and axe finds nothing in it."""
    live.get_by_test_id("play").click()
    button = live.get_by_role("button", name=opener).first
    button.press("Enter")
    sheet = live.get_by_role("dialog")
    expect(sheet).to_be_visible()
    assert violations(live) == []
    live.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()


def test_axe_would_find_something(live: Page):
    """Guards the tests above: a picture without words, and grey on grey, are found."""
    live.evaluate(
        """() => {
          const text = document.createElement('p')
          text.textContent = 'grey'
          text.style.cssText = 'color: #999; background: #aaa'
          document.querySelector('main').append(new Image(), text)
        }"""
    )
    found = " ".join(violations(live))
    assert "image-alt" in found
    assert "color-contrast" in found


@pytest.mark.parametrize("place", PLACES)
def test_print_keeps_the_notice(new_page: Callable[..., Page], place: str):
    page = new_page(PLACES[place])
    settle(page)
    page.emulate_media(media="print")
    expect(page.get_by_text(NOTICE).first).to_be_visible()
    expect(page.get_by_role("navigation", name="Screens")).to_be_hidden()


def test_dark_is_dark(new_page: Callable[..., Page]):
    """The theme follows the machine, and the reader's choice outlives a reload."""

    def lightness(page: Page) -> float:
        colour = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour[4:-1].split(",")) / 3

    page = new_page(color_scheme="dark")
    assert lightness(page) < 60
    page.get_by_role("button", name="Theme").click()
    assert lightness(page) > 200
    page.reload()
    assert lightness(page) > 200


def test_plain_words_change_the_screen(live: Page):
    """Words are switched without another heart."""
    title = live.locator("main").inner_text()
    live.get_by_role("button", name="Plain words").click()
    plain = live.locator("main").inner_text()
    assert plain != title
    assert "EROA" not in plain
