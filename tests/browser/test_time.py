"""Years with the leak: computed with progress, stopped, and walked through with a slider."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.steps import answered, command, expect, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

LATE = "1000"
WATCHED = """() => {
  window.shares = []
  new MutationObserver(() => {
    const bar = document.querySelector('progress')
    if (bar) window.shares.push(bar.value)
  }).observe(document.body, { childList: true, subtree: true, attributes: true })
}"""


@pytest.fixture
def lived(new_page: Callable[..., Page]) -> Page:
    """The years of a torn chord, standing still."""
    page = new_page("#/time", reduced_motion="reduce")
    page.get_by_test_id("time-slider").wait_for()
    return page


def test_the_years_are_computed_with_progress(new_page: Callable[..., Page]):
    """Shares rise, and when all is there nothing is in progress any more."""
    page = new_page("#/live")
    answered(page)
    page.evaluate(WATCHED)
    page.get_by_role("navigation", name="Screens").get_by_role("button", name="Time").click()
    expect(page.get_by_test_id("time-slider")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    shares = page.evaluate("() => window.shares")
    assert len(set(shares)) > 2
    assert shares == sorted(shares)


def test_the_years_can_be_stopped(new_page: Callable[..., Page]):
    """The server is told, nothing is complained of, and they can be begun again."""
    page = new_page(f"#/time?m={token({'years': {'years': 40}})}")
    with page.expect_request(lambda request: request.method == "DELETE"):
        page.get_by_test_id("time-cancel").click()
    expect(page.get_by_test_id("time-slider")).to_have_count(0)
    expect(page.get_by_role("alert")).to_be_empty()
    page.get_by_test_id("time-run").click()
    expect(page.get_by_test_id("time-slider")).to_be_visible()


def test_the_slider_carries_the_heart_from_acute_to_failing(lived: Page):
    """States come in their order, and the heart that is drawn grows."""
    slider, state = lived.get_by_test_id("time-slider"), lived.get_by_test_id("time-state")
    heart = lived.get_by_test_id("heart").first
    seen, hearts = [], []
    for place in range(50, 1001, 50):
        slider.fill(str(place))
        seen.append(state.inner_text())
        hearts.append(heart.inner_html())
    order = list(dict.fromkeys(seen))
    assert order == [
        one for one in ("normal", "acute", "compensated", "decompensated") if one in order
    ]
    assert {"acute", "compensated", "decompensated"} <= set(order)
    assert len(set(hearts)) == len(hearts)


def test_the_last_visit_is_that_of_the_command_line(lived: Page):
    words = ("course", "--cause", "flail_leaflet", "--years", "15", "--json")
    printed = json.loads(command(*words).stdout)
    lived.get_by_test_id("time-slider").fill(LATE)
    lived.get_by_role("button", name="Data table").first.click()
    row = lived.get_by_role("dialog").get_by_role("row").last.inner_text().split()
    exam = printed["visits"][-1]["exam"]
    assert f"{exam['lv_edv_ml']:.0f}" in row
    assert f"{exam['lv_ef_percent']:.0f}" in row


def test_a_heart_without_a_leak_has_no_years(new_page: Callable[..., Page]):
    """Said in words, and a way on is offered."""
    page = new_page("#/live")
    answered(page)
    page.get_by_test_id("cause").select_option("")
    answered(page)
    page.get_by_role("navigation", name="Screens").get_by_role("button", name="Time").click()
    expect(page.get_by_text("Nothing leaks")).to_be_visible()
    page.get_by_role("button", name="take a torn chord").click()
    expect(page.get_by_test_id("time-slider")).to_be_visible()
