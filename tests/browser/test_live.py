"""The first screen: a slider is dragged and the heart answers, with the numbers of the program."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.steps import answered, command, drag, expect, number, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

NUMBERS = (
    "cardiac_output_l_min",
    "lv_ef_percent",
    "la_pressure_mean_mmhg",
    "la_v_wave_mmhg",
    "lv_edv_ml",
    "lv_esv_ml",
    "aortic_systolic_mmhg",
    "aortic_diastolic_mmhg",
    "regurgitant_volume_ml",
    "regurgitant_fraction_percent",
)


def exam(*words: object) -> dict[str, float]:
    """The findings as the command line prints them."""
    return json.loads(command("simulate", *words, "--json").stdout)["exam"]


def same_numbers(page: Page, printed: dict[str, float]) -> None:
    for name in NUMBERS:
        assert number(page, name) == pytest.approx(printed[name], rel=1e-9), name


def test_dragging_the_orifice_changes_the_grade(live: Page):
    expect(live.get_by_test_id("grade-chip")).to_have_attribute("data-severity", "severe")
    drag(live, "eroa", 0.12)
    expect(live.get_by_test_id("grade-chip")).to_have_attribute("data-severity", "mild")
    answered(live)
    assert number(live, "regurgitant_volume_ml") < 25
    drag(live, "eroa", 0.6)
    expect(live.get_by_test_id("grade-chip")).to_have_attribute("data-severity", "severe")


@pytest.mark.parametrize("cause", ["flail_leaflet", "prolapse", "ventricular_functional"])
def test_the_numbers_are_those_of_the_command_line(live: Page, cause: str):
    live.get_by_test_id("cause").select_option(cause)
    answered(live)
    same_numbers(live, exam("--cause", cause))


def test_a_changed_parameter_gives_the_numbers_of_the_command_line(live: Page):
    field = live.get_by_test_id("field-resistance")
    field.fill("1.5")
    field.press("Enter")
    answered(live)
    same_numbers(live, exam("--cause", "flail_leaflet", "--set", "r_sys=x1.5"))


def test_the_heart_beats_and_space_stops_it(live: Page):
    play, scrub = live.get_by_test_id("play"), live.get_by_test_id("scrub")
    expect(play).to_contain_text("Pause")
    first = scrub.get_attribute("aria-valuenow") or ""
    expect(scrub).not_to_have_attribute("aria-valuenow", first)
    live.keyboard.press("Space")
    expect(play).to_contain_text("Play")
    still = scrub.get_attribute("aria-valuenow") or ""
    live.evaluate("() => new Promise((done) => setTimeout(done, 100))")
    expect(scrub).to_have_attribute("aria-valuenow", still)
    play.click()
    expect(play).to_contain_text("Pause")


def test_keys_step_from_phase_to_phase(live: Page):
    """`.` and `,` stop the heart at the start of the next and of the last phase."""
    scrub = live.get_by_test_id("scrub")

    def named() -> str:
        return (scrub.get_attribute("aria-valuetext") or "").split(",")[0]

    live.keyboard.press(".")
    expect(live.get_by_test_id("play")).to_contain_text("Play")
    seen = [named()]
    for _ in range(12):
        live.keyboard.press(".")
        if named() == seen[0]:
            break
        seen.append(named())
    assert len(seen) >= 5
    assert len(set(seen)) == len(seen)
    live.keyboard.press(",")
    assert named() == seen[-1]


def test_the_phase_band_is_a_slider(live: Page):
    scrub = live.get_by_test_id("scrub")
    scrub.focus()
    live.keyboard.press("Home")
    expect(scrub).to_have_attribute("aria-valuenow", "0")
    live.keyboard.press("ArrowRight")
    expect(scrub).to_have_attribute("aria-valuenow", "1")
    box = scrub.bounding_box()
    assert box is not None
    live.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(scrub).to_have_attribute("aria-valuenow", "50")


def test_one_moment_for_heart_loops_and_curves(live: Page):
    """Another moment draws another heart, and the same moment the same heart."""
    scrub, heart = live.get_by_test_id("scrub"), live.get_by_test_id("heart")
    scrub.focus()
    live.keyboard.press("Home")
    at_start = heart.inner_html()
    for _ in range(20):
        live.keyboard.press("ArrowRight")
    expect(scrub).to_have_attribute("aria-valuenow", "20")
    assert heart.inner_html() != at_start
    live.keyboard.press("Home")
    expect(scrub).to_have_attribute("aria-valuenow", "0")
    assert heart.inner_html() == at_start


def test_a_pin_stays_as_a_reference(live: Page):
    live.get_by_test_id("pin").click()
    drag(live, "eroa", 0.1)
    answered(live)
    expect(live.get_by_text(re.compile("dashed.*pinned"))).to_be_visible()


def test_back_to_the_start(live: Page):
    drag(live, "eroa", 0.1)
    drag(live, "resistance", 2.0)
    answered(live)
    live.get_by_test_id("reset").click()
    answered(live)
    same_numbers(live, exam("--cause", "flail_leaflet"))


def test_motion_that_is_not_wanted_does_not_begin(new_page: Callable[..., Page]):
    page = new_page(reduced_motion="reduce")
    scrub = page.get_by_test_id("scrub")
    expect(page.get_by_test_id("play")).to_contain_text("Play")
    still = scrub.get_attribute("aria-valuenow") or ""
    page.evaluate("() => new Promise((done) => setTimeout(done, 100))")
    expect(scrub).to_have_attribute("aria-valuenow", still)


def test_nothing_pulses_more_than_three_times_a_second(new_page: Callable[..., Page]):
    """The fastest heart there is, watched for a second."""
    heart = {"patient": {"cause": "flail_leaflet", "heart_rate_bpm": 200}}
    page = new_page(f"#/live?m={token({'heart': heart})}")
    answered(page)
    turns = page.evaluate(
        """() => new Promise((done) => {
          const scrub = document.querySelector('[data-testid=scrub]')
          const began = performance.now()
          let [last, passed] = [Number(scrub.ariaValueNow), 0]
          const look = (now) => {
            const at = Number(scrub.ariaValueNow)
            passed += (at - last + 100) % 100
            last = at
            if (now - began < 1000) requestAnimationFrame(look)
            else done((passed / 100) * 1000 / (now - began))
          }
          requestAnimationFrame(look)
        })"""
    )
    assert 0.5 < turns <= 3.1
