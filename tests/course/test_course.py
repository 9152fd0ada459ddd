"""Courses: the four states in their order, visits on their days, fibrillation, and failure."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from mitral.course.course import (
    COMPLETED,
    FAILED,
    Body,
    Course,
    Examiner,
    Visit,
    run,
    visit_days,
)
from mitral.course.fibrillation import MEDIAN, yearly_rate
from mitral.course.onset import Onset
from mitral.course.remodel import YEAR
from mitral.disease.causes import anatomy_of
from mitral.disease.symptoms import BREATHLESSNESS, NONE
from mitral.grade.stage import STAGES
from mitral.grade.state import STATES
from mitral.parameters.personalise import REFERENCE_BSA_M2, REFERENCE_WEIGHT_KG
from tests.lives import born, flail
from tests.states import man

EARLY = [1.0 / 24.0, 1.0, 7.0, 30.0, 91.0, 182.625]


def course(
    onset: Onset,
    days: list[float],
    *,
    age: float = 48.0,
    fibrillates: bool = False,
    told: list[float] | None = None,
) -> Course:
    """The course of a flail leaflet in the healthy man, with visits on these days."""
    life = born(onset.heart)
    body = Body(REFERENCE_BSA_M2, REFERENCE_WEIGHT_KG, age)
    examiner = Examiner(body, anatomy_of("flail_leaflet"), onset.day, life.now)
    return run(life, onset, examiner, days, fibrillates, None if told is None else told.append)


@cache
def textbook() -> Course:
    """The leak of the textbook, at once, for 15 years."""
    return course(flail(0.46), visit_days(15.0, flail(0.46)))


@cache
def fibrillating() -> Course:
    """The same in an old man whose atrium may fibrillate."""
    return course(flail(0.46), visit_days(15.0, flail(0.46)), age=80.0, fibrillates=True)


def at(made: Course, day: float) -> Visit:
    return next(v for v in made.visits if abs(v.day - day) < 1e-6)


def test_the_four_states_come_in_their_order():
    names = [visit.state.name for visit in textbook().visits]
    met = [name for i, name in enumerate(names) if i == 0 or names[i - 1] != name]
    assert met == list(STATES) == ["normal", "acute", "compensated", "decompensated"]
    # acute within the day, compensated about a year after the onset
    assert at(textbook(), 1.0).state.name == "acute"
    assert at(textbook(), YEAR).state.name == "compensated"


def test_the_four_states_look_as_they_should():
    exams = [at(textbook(), day).exam for day in (0.0, 1.0, YEAR, 15.0 * YEAR)]
    normal, acute, compensated, failing = exams
    assert normal.la_pressure_mean_mmhg < compensated.la_pressure_mean_mmhg
    assert compensated.la_pressure_mean_mmhg < acute.la_pressure_mean_mmhg
    assert compensated.la_pressure_mean_mmhg < failing.la_pressure_mean_mmhg
    assert normal.lv_edv_ml < acute.lv_edv_ml < compensated.lv_edv_ml
    assert acute.lv_esv_ml < normal.lv_esv_ml < failing.lv_esv_ml
    assert failing.lv_ef_percent < normal.lv_ef_percent < acute.lv_ef_percent
    assert acute.forward_stroke_volume_ml < compensated.forward_stroke_volume_ml
    assert failing.forward_stroke_volume_ml < compensated.forward_stroke_volume_ml
    # a leak begets a leak: the orifice grows with the ventricle
    assert compensated.eroa_cm2 > acute.eroa_cm2
    assert compensated.la_volume_max_ml > 1.05 * acute.la_volume_max_ml


def test_a_leak_that_comes_slowly_gives_fewer_symptoms():
    onset = flail(0.46, 7.0)
    slowly = course(onset, visit_days(7.0, onset))

    def worst(made: Course, days: float) -> int:
        visits = (v for v in made.visits if v.day <= days)
        return max(BREATHLESSNESS.index(v.symptoms.breathlessness.grade) for v in visits)

    assert worst(slowly, 7.0 * YEAR) < worst(textbook(), YEAR)
    states = {v.state.name for v in slowly.visits}
    assert states == {"normal", "compensated"}


def test_a_stage_is_of_a_chronic_leak_and_of_symptoms():
    first, *others = textbook().visits
    assert first.stage.letter == "none"
    for visit in others:
        felt = {visit.symptoms.breathlessness.grade, visit.symptoms.tiredness.grade}
        if visit.state.name == "acute":
            assert visit.stage.letter == "none"
            assert "acute" in visit.stage.reasons[1]
        else:
            assert visit.grade.severity == "severe"
            assert (visit.stage.letter == "D") == (felt != {NONE})
    assert others[-1].stage.letter == "D"


def test_before_its_onset_nothing_is_seen_of_the_leak():
    made = course(replace(flail(0.46), day=50.0), [30.0, 60.0])
    _, before, after = made.visits
    assert before.state.name == "normal"
    assert before.grade.severity == "none"
    assert before.stage.letter == "none"
    assert after.state.name == "acute"
    assert "Day 10 of the leak." in after.state.reasons
    assert after.stage.reasons[1].startswith("The leak is acute")


def test_who_leaks_a_trace_is_at_risk():
    before, after = course(flail(0.02), [30.0]).visits
    assert before.stage.letter == "none"
    assert after.stage.letter == "A"
    assert "At risk of a leak." in after.stage.reasons


@pytest.mark.parametrize(
    ("years", "day", "onset_years", "expected"),
    [
        (1.0, 0.0, 0.0, [*EARLY, 365.25]),
        (0.1, 0.0, 0.0, [*EARLY[:4], 36.525]),
        (1.2, 0.0, 3.0, [182.625, 365.25, 438.3]),
        (1.0, 100.0, 0.0, [100.0 + 1.0 / 24.0, 101, 107, 130, 182.625, 191, 282.625, 365.25]),
        (11.0, 0.0, 1.0, [365.25 * i for i in range(1, 12)]),
    ],
)
def test_days_of_the_visits(years: float, day: float, onset_years: float, expected: list[float]):
    onset = Onset(man(), man(), day=day, years=onset_years)
    assert visit_days(years, onset) == pytest.approx(expected, abs=1e-9)


def test_who_has_lived_with_the_leak_is_not_seen_every_day():
    assert visit_days(1.0, Onset(man(), man()), fresh=False) == [182.625, 365.25]


def test_there_is_a_visit_on_every_day_and_on_the_first():
    days = [visit.day for visit in textbook().visits]
    assert days == pytest.approx([0.0, *visit_days(15.0, flail(0.46))], abs=1e-6)
    assert len(set(days)) == len(days)
    assert textbook().outcome == COMPLETED
    assert textbook().reason == "followed for 15 years"


@pytest.mark.parametrize("made", [textbook, fibrillating])
def test_a_visit_says_all_in_plain_values(made: object):
    for visit in made().visits:  # pyright: ignore[reportCallIssue]
        said = json.loads(json.dumps(visit.as_dict(), allow_nan=False))
        keys = {"day", "state", "stage", "exam", "grade", "lung_water_ml_kg"}
        keys |= {"breathlessness", "tiredness", "hemodynamic_compromise"}
        assert keys <= said.keys()
        assert said["state"] in STATES
        assert said["stage"] in STAGES
        assert said["state_reasons"]
        assert said["exam"]["lv_edv_ml"] == visit.exam.lv_edv_ml


def test_a_course_says_visits_outcome_and_where_it_comes_from():
    said = json.loads(json.dumps(textbook().as_dict(), allow_nan=False))
    assert {"visits", "outcome", "provenance"} <= said.keys()
    assert len(said["visits"]) == len(textbook().visits)


def test_the_trajectory_is_of_one_length_and_goes_forward():
    made = textbook()
    arrays = made.trajectory
    assert {values.shape for values in arrays.values()} == {(len(made.way),)}
    assert next(iter(arrays)) == "day"
    assert (np.diff(arrays["day"]) > 0.0).all()
    assert all(np.isfinite(values).all() for values in arrays.values())
    assert arrays["edv_ml"][-1] == made.way[-1].felt.edv_ml
    assert arrays["lv_size"][5] == made.way[5].slow.lv_size


def test_steps_end_where_the_onset_begins_and_where_it_is_complete():
    onset = replace(flail(0.3, 0.2), day=40.0)
    made = course(onset, [200.0])
    days = [point.day for point in made.way]
    assert {40.0, 40.0 + 0.2 * YEAR} <= set(days)
    assert len(made.visits) == 2


def test_a_visit_sees_the_moment_of_its_day():
    arrays = textbook().trajectory
    for visit in textbook().visits:
        i = int(np.argmin(abs(arrays["day"] - visit.day)))
        assert arrays["day"][i] == pytest.approx(visit.day, abs=1e-6)
        assert visit.lung_water_ml_kg == pytest.approx(arrays["lung_water_ml_kg"][i], rel=1e-12)
        # an examiner reads end-diastole at valve closure, the tissues the largest volume: 1 %
        assert visit.exam.lv_edv_ml == pytest.approx(arrays["edv_ml"][i], rel=0.01)
        assert visit.exam.la_pressure_mean_mmhg == pytest.approx(arrays["lap_mmhg"][i], rel=1e-3)


def test_a_course_tells_how_far_it_is():
    told: list[float] = []
    made = course(flail(0.3), [1.0, 30.0], told=told)
    # in years
    assert told == pytest.approx([point.day / 365.25 for point in made.way[1:]], rel=1e-12)
    assert made.way[-1].day == pytest.approx(30.0)


# fibrillation


def test_no_atrium_fibrillates_unless_it_is_asked():
    assert textbook().fibrillation_day is None
    assert not any(visit.fibrillation for visit in textbook().visits)


def test_nor_one_that_has_not_grown():
    made = course(flail(0.05), [5.0 * YEAR], age=90.0, fibrillates=True)
    assert made.fibrillation_day is None


def test_a_large_atrium_fibrillates_when_half_of_them_would():
    made = fibrillating()
    assert made.fibrillation_day is not None
    hazard, last = 0.0, 0.0
    until = [point for point in made.way if point.day <= made.fibrillation_day]
    for a, b in pairwise(until):
        index = 0.5 * (a.felt.la_max_ml + b.felt.la_max_ml) / REFERENCE_BSA_M2
        last, years = hazard, (b.day - a.day) / YEAR
        hazard += yearly_rate(index, 80.0 + b.day / YEAR) * years
    assert last < MEDIAN <= hazard


def test_then_the_atria_stand_still():
    made = fibrillating()
    day = made.fibrillation_day or math.inf
    before = [v for v in made.visits if v.day < day][-1]
    afterwards = [v for v in made.visits if v.day > day]
    assert not before.fibrillation
    assert before.exam.mitral_a_cm_s > 25.0
    assert afterwards
    for visit in afterwards:
        assert visit.fibrillation
        assert visit.as_dict()["atrial_fibrillation"]
        # what is left at that time is the last of passive filling
        assert math.isnan(visit.exam.mitral_a_cm_s)
    # the kick is missed, by the same heart without fibrillation
    other = at(textbook(), afterwards[0].day).exam
    assert afterwards[0].exam.forward_stroke_volume_ml < other.forward_stroke_volume_ml
    assert made.visits[-1].day == pytest.approx(15.0 * YEAR)


# failure


def test_a_heart_that_fails_later_ends_with_what_was_reached():
    onset = flail(1.2, insults={"ctr_lv": 0.4})
    made = course(onset, visit_days(10.0, onset))
    last = made.visits[-1]
    assert made.outcome == FAILED == "circulatory failure"
    assert (
        made.reason == f"day {last.day:.4g}: the air spaces of the lungs have filled and stay full"
    )
    assert 2.0 < last.day == made.way[-1].day < 30.0
    days = [visit.day for visit in made.visits]
    assert days == sorted(set(days))
    assert all(math.isfinite(visit.exam.lv_edv_ml) for visit in made.visits)
    assert last.state.name == "acute"
    assert last.symptoms.breathlessness.grade == "flash oedema"
    assert last.compromise.present


def test_lungs_that_are_full_for_hours_do_not_end_it():
    # a large tear drives much water into the lungs, and pressure falls within the day
    onset = flail(0.7)
    assert course(onset, visit_days(0.1, onset)).outcome == "completed"


def test_the_failing_heart_is_seen_once_whether_or_not_a_visit_was_due():
    onset = flail(1.2, insults={"ctr_lv": 0.4})
    made = course(onset, [10.0 * YEAR])
    assert [visit.day for visit in made.visits] == [0.0, made.way[-1].day]
    again = course(onset, [made.way[-1].day, 10.0 * YEAR])
    days = [visit.day for visit in again.visits]
    assert days == sorted(set(days))


def test_one_that_fails_at_once_keeps_the_visit_of_health():
    made = course(flail(1.2, insults={"ctr_lv": 0.15}), [1.0, 30.0])
    assert made.outcome == FAILED
    assert "below" in made.reason
    assert made.visits[0].state.name == "normal"
    assert made.visits[-1].day < 1.0 + 1e-9
