"""Courses, comparisons and runs of beats as a page draws them."""

from __future__ import annotations

import json

import pytest

import mitral
from mitral import workflow
from mitral.report.course_view import comparison_view, course_view, transient_view
from mitral.web.models import ComparisonView, CourseView, TransientView

TORN = mitral.Patient(cause="flail_leaflet")
MOST_BYTES = 50_000
"""Of a visit: some twenty of them are one picture of the page."""


def test_the_years_of_a_torn_chord():
    course = workflow.follow(TORN, 1.0)
    seen = course_view(course)
    CourseView.model_validate(seen, extra="forbid")
    visits = seen["visits"]
    assert [visit["day"] for visit in visits] == [visit.day for visit in course.visits]
    assert [visit["picture"]["leaflets"] for visit in visits[:2]] == ["normal", "flail"]
    assert {len(values) for values in seen["trajectory"].values()} == {len(course.way)}
    assert max(len(json.dumps(visit)) for visit in visits) < MOST_BYTES


def test_why_a_circulation_failed():
    seen = course_view(workflow.follow(mitral.Patient(cause="papillary_rupture"), 1.0))
    assert seen["outcome"] == "circulatory failure"
    assert "lungs" in seen["reason"]
    assert seen["visits"][-1]["lung_water_ml_kg"] > seen["visits"][0]["lung_water_ml_kg"]


def test_an_arm_begins_as_the_others_and_then_holds_its_device():
    seen = comparison_view(workflow.compare(TORN, ("none", "teer", "repair"), 0.1, at=0.1))
    ComparisonView.model_validate(seen, extra="forbid")
    first = [arm["visits"][0] for arm in seen["arms"]]
    assert len({visit["exam"]["lv_edv_ml"] for visit in first}) == 1
    last = [arm["visits"][-1]["picture"] for arm in seen["arms"]]
    assert [picture["device"] for picture in last] == ["", "clip", "ring"]
    assert [picture["leaflets"] for picture in last] == ["flail", "flail", "normal"]


def test_a_leak_that_opens_between_two_beats():
    run = workflow.transient(TORN, beats=6, onset_beat=3)
    seen = transient_view(run)
    TransientView.model_validate(seen, extra="forbid")
    leak = seen["findings"]["regurgitant_volume_ml"]
    assert len(leak) == len(run.beats)
    assert leak[2] == pytest.approx(0.0, abs=1.0)
    assert leak[3] > 20.0
    assert {len(values) for values in seen["waves"].values()} == {len(seen["time_s"])}
