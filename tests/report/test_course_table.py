"""The page of text of a course: right lines, right words, readable without colour in 80 columns."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

import mitral
from mitral.course.course import FAILED, Course
from mitral.disease.compromise import RULE
from mitral.report.course_table import MOST_ROWS, WARNING, result, shown
from mitral.workflow import follow
from tests.courses import DAYS, UNCALIBRATED, YEAR, by_hand

LONG = (*DAYS, *(YEAR * i for i in range(11, 101)))


def page(course: Course, encoding: str = "utf-8", width: int = 80) -> str:
    """The page as it is written to a file of this encoding."""
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
    result(course, Console(file=file, width=width, highlight=False, markup=False, emoji=False))
    file.flush()
    return file.buffer.getvalue().decode(encoding)  # pyright: ignore[reportAttributeAccessIssue]


def line(text: str, time: str) -> str:
    """The line of the table that begins with this time."""
    return next(row for row in text.splitlines() if row.lstrip(f"{WARNING} ").startswith(time))


def cells(text: str, time: str) -> str:
    """What stands behind this time, with single spaces."""
    return " ".join(line(text, time).split(time, 1)[1].split())


def test_a_line_holds_the_numbers_of_its_visit():
    text = page(by_hand())
    assert cells(text, "before") == "normal A 0.00 150 90 40 0 60 8 7.0 - -"
    assert cells(text, "1 h") == "acute - 0.25 150 50 67 40 60 20 7.0 exertion -"
    assert cells(text, "2 y") == "compens. C1 0.25 170 70 59 40 60 20 7.0 exertion -"
    assert cells(text, "10 y") == "decomp. D 0.25 250 150 40 40 60 20 7.0 exertion exertion"


def test_a_compromised_visit_has_a_sign_that_is_explained():
    text = page(by_hand())
    assert line(text, "6 y").startswith(WARNING)
    assert line(text, "5 y").startswith(" ")
    assert f"{WARNING} compromised: {RULE}" in " ".join(text.split())
    well = page(by_hand(states={0.0: "normal"}))
    assert "compromised" not in well
    assert WARNING not in well


@pytest.mark.parametrize("width", [80, 100])
def test_the_page_is_plain_and_fits(width):
    for course in (by_hand(), by_hand(LONG), by_hand(outcome=FAILED, reason="by hand " * 20)):
        text = page(course, width=width)
        assert "\x1b" not in text
        assert max(len(row.rstrip()) for row in text.splitlines()) <= width
    assert ("decompensated D" in text) == (width == 100)


def test_a_page_can_be_written_in_ascii():
    assert "decomp." in page(by_hand(), encoding="ascii")


def test_long_courses_are_shortened_to_the_visits_that_matter():
    """Early visits, changes of state and compromise, the end, and every tenth year."""
    visits = by_hand(LONG).visits
    days = [visit.day for visit in shown(visits)]
    assert len(days) <= MOST_ROWS
    assert set(DAYS[:6]) | {YEAR, 6.0 * YEAR, 100.0 * YEAR} <= set(days)
    assert {YEAR * i for i in range(10, 101, 10)} <= set(days)
    assert days == sorted(days)
    assert shown(visits[:MOST_ROWS]) == list(visits[:MOST_ROWS])


def test_a_course_that_changes_all_the_time_keeps_every_change():
    states = {YEAR * i: ("normal", "compensated")[i % 2] for i in range(101)}
    visits = by_hand(tuple(states), states).visits
    assert len(shown(visits)) == 101


def test_every_change_of_state_is_given_its_rule_and_its_numbers():
    text = page(by_hand())
    why = " ".join(text.split("WHY")[1].split("OUTCOME")[0].split())
    assert why.startswith("1 h The rule: acute. EDV 150 mL.")
    assert "1 y The rule: compensated. EDV 160 mL." in why
    assert "6 y The rule: decompensated. EDV 210 mL." in why
    assert "normal" not in why
    assert "at start The rule: normal." in " ".join(
        page(by_hand(states={0.0: "normal"}, onset="gradual")).split()
    )


def test_the_end_says_how_it_ended_what_is_uncertain_and_what_it_is_not():
    failed = by_hand(outcome=FAILED, reason="forward output is too low", fibrillation_day=YEAR)
    text = page(failed)
    assert f"OUTCOME: {FAILED.upper()}\nforward output is too low\n" in text
    assert "Atrial fibrillation from 1 y on." in text
    words = " ".join(text.split())
    assert f"Not calibrated on patients: {', '.join(UNCALIBRATED)}." in words
    assert words.endswith(mitral.NOTICE)
    assert "fibrillation" not in page(by_hand())


def test_the_head_says_who_it_is_and_from_when_time_counts():
    text = page(by_hand())
    assert text.startswith("By hand\nman, 48 years, 178 cm, 75 kg\nflail leaflet")
    assert "times count from the onset" in " ".join(text.split())
    assert "times count from the start" in " ".join(page(by_hand(onset="gradual")).split())
    assert page(by_hand(patient=None, provenance={})).startswith("Healthy adult\n")


def test_times_count_from_a_late_onset_and_health_before_it_is_one_line():
    states = {0.0: "normal", YEAR: "acute"}
    days = (0.0, 0.5 * YEAR, YEAR, YEAR + 1 / 24, YEAR + 7.0)
    late = by_hand(days, states, provenance={"settings": {"onset": "sudden", "onset_year": 1.0}})
    text = page(late)
    assert text.count("before") == 1
    assert "acute" in line(text, "at onset")
    assert "acute" in line(text, "7 d")


def test_a_name_cannot_steer_the_terminal():
    text = page(by_hand(patient=mitral.Patient(name="a\x1b[2J[bold]b")))
    assert text.startswith("a?[2J[bold]b\n")


def test_a_simulated_course_fits_and_ends_with_its_last_visit():
    course = follow(mitral.Patient(cause="flail_leaflet"), years=12.0)
    text = page(course)
    assert max(len(row.rstrip()) for row in text.splitlines()) <= 80
    last = course.visits[-1].exam
    assert cells(text, "12 y").split()[5] == f"{last.lv_ef_percent:.0f}"
    assert "nan" not in text.split()
