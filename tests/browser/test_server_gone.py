"""The server stops in the middle of a drag: the page says so, keeps all, and recovers by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import browser
from tests.browser.steps import answered, drag, expect, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page


@pytest.fixture
def mortal() -> Iterator[browser.Server]:
    """A server that a test may kill."""
    with browser.server() as made:
        yield made


def test_a_server_that_stops_mid_drag(new_page: Callable[..., Page], mortal: browser.Server):
    page = new_page(beside=mortal, quiet=False)
    drag(page, "eroa", 0.3, release=False)
    answered(page)
    leak = number(page, "regurgitant_volume_ml")
    mortal.kill()
    box = page.get_by_test_id("slider-eroa").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.15, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()

    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("does not answer")
    expect(page.get_by_test_id("heart")).to_be_visible()
    wished = page.get_by_test_id("field-eroa").input_value()
    assert 0.1 <= float(wished) <= 0.2
    assert number(page, "regurgitant_volume_ml") == leak

    mortal.start()
    expect(notice).not_to_contain_text("does not answer")
    answered(page)
    expect(page.get_by_test_id("field-eroa")).to_have_value(wished)
    assert number(page, "regurgitant_volume_ml") < leak
