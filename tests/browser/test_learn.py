"""Lessons: played by keyboard alone, judged by the simulation; a teacher's link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mitral.explain.lessons import lessons
from tests.browser.steps import answered, expect, violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

LESSONS = [lesson.id for lesson in lessons()]
WATCHED = ("clip", "grade_this_patient")
"""Lessons with every kind of step: axe looks at each."""
MOST_TABS = 80
FOCUSED = "() => document.activeElement?.dataset.testid"


def reach(page: Page, test_id: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(MOST_TABS):
        if page.evaluate(FOCUSED) == test_id:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{test_id} cannot be reached with Tab")


def test_a_lesson_is_completed_by_keyboard_alone(new_page: Callable[..., Page]):
    """Every question is answered with the first answer, of which some are right."""
    page = new_page("#/learn", reduced_motion="reduce")
    page.get_by_test_id("lesson-ejection_fraction_paradox").wait_for()
    reach(page, "lesson-ejection_fraction_paradox")
    page.keyboard.press("Enter")
    step, onward = page.get_by_test_id("lesson-step"), page.get_by_test_id("lesson-next")
    expect(step).to_be_visible()
    verdicts, steps = [], 0
    while not page.get_by_test_id("lesson-done").is_visible():
        steps += 1
        said = step.inner_text()
        if step.get_attribute("data-kind") == "predict":
            expect(onward).to_be_disabled()
            reach(page, "lesson-option-0")
            page.keyboard.press("Space")
            expect(page.get_by_test_id("lesson-option-0")).to_be_checked()
        if step.get_attribute("data-kind") == "explain":
            found = page.locator("[data-right]")
            verdicts += [one.get_attribute("data-right") for one in found.all()]
        expect(onward).to_be_enabled(timeout=60_000)
        reach(page, "lesson-next")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "said => document.querySelector('[data-testid=lesson-step]')?.innerText !== said",
            arg=said,
        )
    assert steps >= 5
    assert set(verdicts) == {"true", "false"}
    expect(page.get_by_test_id("lesson-done")).to_contain_text(f"{verdicts.count('true')} of")


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_can_be_completed(new_page: Callable[..., Page], lesson: str):
    """What is asked has an answer that the simulation gives, and explanations hold numbers."""
    page = new_page("#/learn", reduced_motion="reduce")
    page.get_by_test_id(f"lesson-{lesson}").click()
    step, done = page.get_by_test_id("lesson-step"), page.get_by_test_id("lesson-done")
    expect(step).to_be_visible()
    while not done.is_visible():
        text = page.locator("main").inner_text()
        assert "{" not in text
        assert "NaN" not in text
        assert lesson not in WATCHED or violations(page) == []
        option = page.get_by_test_id("lesson-option-1")
        if option.count():
            option.check()
        onward = page.get_by_test_id("lesson-next")
        expect(onward).to_be_enabled(timeout=60_000)
        onward.click()
    expect(done.locator("[data-right]").first).to_be_visible()


def test_a_teacher_makes_a_link_that_locks(new_page: Callable[..., Page]):
    page = new_page("#/learn")
    page.get_by_text("For teachers").click()
    page.get_by_test_id("teacher-lock-eroa").check()
    page.get_by_test_id("teacher-hide-reflex").check()
    link = page.get_by_test_id("teacher-link").input_value()
    pupil = new_page(link.split("/", 3)[3])
    answered(pupil)
    expect(pupil.get_by_test_id("slider-eroa")).to_be_disabled()
    expect(pupil.get_by_test_id("reflex")).to_have_count(0)
    expect(pupil.get_by_test_id("slider-resistance")).to_be_enabled()


def test_plain_words_begin_with_hearts_to_meet(new_page: Callable[..., Page]):
    """And they end with the advice to ask one's own care team."""
    page = new_page("#/learn")
    page.get_by_role("button", name="Plain words").click()
    expect(page.get_by_text("Hearts to meet")).to_be_visible()
    expect(page.get_by_text("Take your questions to your care team").first).to_be_visible()
    see = page.get_by_role("button", name="See this heart").first
    expect(see).to_be_enabled()
    see.click()
    expect(page).to_have_title("Live · mitral")
