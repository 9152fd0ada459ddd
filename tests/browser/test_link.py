"""An address holds all that is shown; a teacher's also what cannot be changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.steps import answered, drag, expect, number, state, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

AFTER = "(location.hash.split('?m=')[1] ?? '')"
HELD = f"atob({AFTER}.replaceAll('-', '+').replaceAll('_', '/'))"


def test_an_address_restores_everything(live: Page, new_page: Callable[..., Page]):
    live.get_by_test_id("cause").select_option("prolapse")
    answered(live)
    live.get_by_test_id("pin").click()
    drag(live, "eroa", 0.25)
    drag(live, "resistance", 1.6)
    answered(live)
    live.get_by_role("button", name="Plain words").click()
    leak = number(live, "regurgitant_volume_ml")
    hole = live.get_by_test_id("field-eroa").input_value()
    live.wait_for_function(
        f"""hole => {HELD}.includes(hole) && {HELD}.includes('"plain"')""", arg=hole
    )

    other = new_page(live.url.split("/", 3)[3])
    answered(other)
    assert number(other, "regurgitant_volume_ml") == leak
    expect(other.get_by_test_id("cause")).to_have_value("prolapse")
    expect(other.get_by_test_id("field-eroa")).to_have_value(hole)
    expect(other.get_by_role("button", name="Plain words", pressed=True)).to_be_visible()
    expect(other.get_by_text(re.compile("dashed.*pinned"))).to_be_visible()
    assert state(other) == state(live)


def test_every_screen_has_an_address_and_back_goes_back(live: Page):
    for name in ("Time", "Compare", "Learn", "Library", "Model"):
        live.get_by_role("navigation", name="Screens").get_by_role("button", name=name).click()
        expect(live).to_have_title(f"{name} · mitral")
        assert f"#/{name.lower()}" in live.url
    live.go_back()
    expect(live).to_have_title("Library · mitral")
    live.reload()
    expect(live).to_have_title("Library · mitral")


def test_a_teacher_locks_and_hides(new_page: Callable[..., Page]):
    page = new_page(f"#/live?m={token({'lock': ['eroa', 'cause'], 'hide': ['blood_volume']})}")
    answered(page)
    expect(page.get_by_test_id("slider-eroa")).to_be_disabled()
    expect(page.get_by_test_id("field-eroa")).to_be_disabled()
    expect(page.get_by_test_id("cause")).to_be_disabled()
    expect(page.get_by_text("locked by your teacher").first).to_be_visible()
    expect(page.get_by_test_id("slider-blood_volume")).to_have_count(0)
    expect(page.get_by_test_id("slider-resistance")).to_be_enabled()


def test_a_damaged_address_is_told(new_page: Callable[..., Page]):
    page = new_page("#/live?m=not-a-state")
    expect(page.get_by_role("alert")).to_contain_text("damaged")
    answered(page)
    expect(page.get_by_test_id("heart")).to_be_visible()


def test_no_name_travels_in_an_address(new_page: Callable[..., Page]):
    heart = {"patient": {"name": "Ada", "cause": "prolapse"}}
    page = new_page(f"#/live?m={token({'heart': heart})}")
    answered(page)
    drag(page, "eroa", 0.3)
    answered(page)
    page.wait_for_function(f"() => !{HELD}.includes('Ada')")
    assert "name" not in state(page)["heart"]["patient"]
