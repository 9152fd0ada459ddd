"""Every screen, light and dark, wide and narrow: nothing is out of reach of anybody."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.steps import NOTICE, SCREENS, answered, expect, token, violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import Page

    Corner = tuple[tuple[int, int], Literal["light", "dark"]]

OPEN = {
    "lesson": f"#/learn?m={token({'open': 'ejection_fraction_paradox'})}",
    "entry": f"#/library?m={token({'open': 'condition'})}",
}
LONG = {
    name: f"#/model?m={token({'open': name})}" for name in ("model", "validation", "parameters")
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
CORNERS = tuple(product(((1280, 900), (320, 640)), SCHEMES))
OPPOSITE = (CORNERS[0], CORNERS[-1])
PLACES = {name: f"#/{name}" for name in SCREENS} | OPEN
READY = {"time": "time-slider", "lesson": "lesson-step", "entry": "entry-live"}


def settle(page: Page) -> None:
    """Wait until the heart, the fonts and whatever the screen asked for are there."""
    answered(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready.then(() => undefined)")


def faults(page: Page, corners: Iterable[Corner]) -> dict[str, object]:
    """What axe finds, and what sticks out sideways, in each size and scheme."""
    found = {}
    for (width, height), scheme in corners:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        found[f"{width} {scheme}"] = violations(page)
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        found[f"{width} sideways"] = [wide] if wide > width else []
    return {where: what for where, what in found.items() if what}


@pytest.mark.parametrize("place", PLACES)
def test_a_screen_is_for_everybody(new_page: Callable[..., Page], place: str):
    """On the screen in every size and scheme, and in print without what can only be pressed."""
    page = new_page(PLACES[place], reduced_motion="reduce")
    if place in READY:
        page.get_by_test_id(READY[place]).wait_for()
    settle(page)
    assert page.title().endswith("mitral")
    expect(page.get_by_text(NOTICE).first).to_be_visible()
    assert not faults(page, CORNERS)
    page.emulate_media(media="print")
    expect(page.get_by_text(NOTICE).first).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


@pytest.mark.parametrize("place", LONG)
def test_a_long_page_is_for_everybody(new_page: Callable[..., Page], place: str):
    """The pages about the model, in the hardest corner only: axe looks at them for seconds."""
    page = new_page(LONG[place], reduced_motion="reduce")
    settle(page)
    assert not faults(page, CORNERS[-1:])


@pytest.mark.parametrize(
    ("place", "opener"),
    [("live", "Save"), ("live", "Treatments"), ("live", "Person"), ("learn", "For teachers")],
)
def test_what_unfolds_is_for_everybody(new_page: Callable[..., Page], place: str, opener: str):
    page = new_page(f"#/{place}", reduced_motion="reduce")
    settle(page)
    for size, scheme in OPPOSITE:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if (size, scheme) == OPPOSITE[0]:
            page.locator("summary, main button").filter(has_text=opener).first.click()
        assert not faults(page, [(size, scheme)])


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
