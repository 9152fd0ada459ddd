"""Two or three hearts side by side, and arms of treatment over years."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.steps import answered, command, drag, expect, token, violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


def cells(page: Page, finding: str) -> tuple[list[float], str]:
    """What the table holds of a finding, and the difference that it prints."""
    row = page.get_by_test_id("compare-table").locator(f"tr[data-finding={finding}]")
    values = row.locator("td[data-value]")
    held = [float(one.get_attribute("data-value") or "nan") for one in values.all()]
    return held, row.locator("td").last.inner_text()


def test_the_table_holds_both_hearts_and_their_difference(new_page: Callable[..., Page]):
    page = new_page("#/compare")
    answered(page)
    expect(page.get_by_test_id("compare-heart-1")).to_be_visible()
    printed = [
        json.loads(command("simulate", *words, "--json").stdout)["exam"]
        for words in ((), ("--cause", "flail_leaflet"))
    ]
    for finding in ("lv_edv_ml", "lv_esv_ml", "la_pressure_mean_mmhg"):
        held, difference = cells(page, finding)
        a, b = (exam[finding] for exam in printed)
        assert held == pytest.approx([a, b])
        sign = "+" if round(b) > round(a) else "−"
        assert difference.startswith(f"{sign}{abs(round(b) - round(a))} ")


def test_hearts_are_pinned_and_let_go(live: Page):
    """At most three stand side by side; what is shown is the last."""
    live.get_by_test_id("pin").click()
    drag(live, "eroa", 0.2)
    answered(live)
    live.get_by_test_id("pin").click()
    drag(live, "eroa", 0.7)
    answered(live)
    live.get_by_role("navigation", name="Screens").get_by_role("button", name="Compare").click()
    expect(live.get_by_test_id("compare-heart-2")).to_be_visible()
    held, _ = cells(live, "eroa_cm2")
    assert held == pytest.approx([0.45, 0.2, 0.7], abs=0.06)
    live.get_by_role("button", name="Unpin").first.click()
    expect(live.get_by_test_id("compare-heart-2")).to_have_count(0)


def test_a_treatment_is_shown_before_and_after(new_page: Callable[..., Page]):
    page = new_page("#/compare")
    answered(page)
    page.get_by_test_id("compare-preset").select_option("teer:2clips")
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    answered(page)
    (before, after), difference = cells(page, "regurgitant_volume_ml")
    assert after < 0.7 * before
    assert difference.startswith("−")
    (before, after), _ = cells(page, "mitral_mean_gradient_mmhg")
    assert after > 0


def test_arms_of_treatment_over_years(new_page: Callable[..., Page]):
    """Computed with progress; less leak and a smaller ventricle after repair than without."""
    arms = {"arms": ["none", "repair"], "years": 2}
    page = new_page(f"#/compare?m={token({'arms': arms})}", reduced_motion="reduce")
    answered(page)
    page.get_by_test_id("compare-run").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    table = page.get_by_role("region", name="At the end of each arm")
    expect(table).to_be_visible()
    row = table.get_by_role("row").filter(has_text="LV volume, end of filling")
    waited, repaired = (int(text) for text in row.get_by_role("cell").all_inner_texts())
    assert repaired < waited - 30
    assert violations(page) == []


def test_arms_can_be_stopped(new_page: Callable[..., Page]):
    page = new_page("#/compare")
    answered(page)
    page.get_by_test_id("compare-run").click()
    with page.expect_request(lambda request: request.method == "DELETE"):
        page.get_by_test_id("compare-cancel").click()
    expect(page.get_by_test_id("compare-run")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_empty()
