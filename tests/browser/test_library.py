"""The health library: found by any name, in two kinds of words, with a heart to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mitral.explain.library import library
from tests.browser.steps import answered, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


@pytest.fixture
def shelves(new_page: Callable[..., Page]) -> Page:
    """The library, standing still."""
    page = new_page("#/library", reduced_motion="reduce")
    page.get_by_test_id("library-search").wait_for()
    return page


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("mitral incompetence", "condition"),
        ("chordal rupture", "cause-flail_leaflet"),
        ("mitraclip", "treatment-teer"),
    ],
)
def test_an_entry_is_found_by_another_name(shelves: Page, words: str, entry: str):
    shelves.get_by_test_id("library-search").fill(words)
    shelves.get_by_test_id(f"entry-{entry}").click()
    title = next(one.title for one in library() if one.id == entry)
    expect(shelves.get_by_test_id("entry-title")).to_have_text(title, ignore_case=True)
    expect(shelves.get_by_text("Also called", exact=True)).to_be_visible()


def test_what_is_not_there_is_told_and_all_can_be_had_again(shelves: Page):
    shelves.get_by_test_id("library-search").fill("xylophone")
    expect(shelves.get_by_text("Nothing is called that")).to_be_visible()
    shelves.get_by_role("button", name="Show all").click()
    expect(shelves.locator("[data-testid^=entry-]").first).to_be_visible()


def test_every_entry_has_words_of_both_kinds(shelves: Page):
    """And all that the command line explains is there."""
    links = shelves.get_by_test_id("library-search").locator("xpath=..").locator("[data-testid]")
    there = {(one.get_attribute("data-testid") or "").removeprefix("entry-") for one in links.all()}
    assert {one.id for one in library()} <= there
    text = shelves.get_by_test_id("entry-text")
    technical = text.inner_text()
    shelves.get_by_test_id("entry-words").click()
    expect(text).to_have_attribute("data-words", "plain")
    assert text.inner_text() != technical


def test_the_heart_of_an_entry_goes_to_live(shelves: Page):
    shelves.get_by_test_id("entry-cause-prolapse").click()
    shelves.get_by_test_id("entry-live").click()
    expect(shelves).to_have_title("Live · mitral")
    answered(shelves)
    expect(shelves.get_by_test_id("cause")).to_have_value("prolapse")
