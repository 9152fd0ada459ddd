"""What is felt: breathlessness and tiredness apart, with their limits; haemodynamic compromise."""

from __future__ import annotations

import json
import math
from dataclasses import fields, replace

import pytest

from mitral.disease.compromise import RULE, compromise
from mitral.disease.exercise import exercise
from mitral.disease.lung import Lung, advance, healthy_lung, steady_water
from mitral.disease.symptoms import EXERTION, FLASH, NONE, REST, Haemodynamics, Symptoms, symptoms
from mitral.parameters.personalise import REFERENCE_BSA_M2
from mitral.solver.solve import solve
from tests.states import chronic, man, normal, with_values

WELL = Haemodynamics(7.3, 10.9, 13.0, 94.6, 118.0, 4.1, 5.8, 65.0)
WELL_WORKING = Haemodynamics(11.4, 17.5, 20.6, 105.6, 127.0, 6.5, 10.0, 107.0)


def feels(
    rest: Haemodynamics = WELL, work: Haemodynamics | None = WELL_WORKING, water: float = 6.4
) -> Symptoms:
    return symptoms(rest, work, water, WELL, WELL_WORKING, REFERENCE_BSA_M2)


def of_state(name: str) -> tuple[Haemodynamics, Haemodynamics]:
    """At rest and in exercise, in a state of the calibration."""
    settled = name in ("compensated", "decompensated")
    p = chronic(name).p if settled else with_values(man(), {"eroa": float(name)})
    rest = solve(p, reflex=not settled)
    work = exercise(p, rest.start[-2:], rest.start)
    return Haemodynamics.of(rest.waveforms), Haemodynamics.of(work.waveforms)


def lungs(rest: Haemodynamics, days: float) -> Lung:
    """Lungs, healthy before, after some days at the pressure of this state."""
    p = rest.pulmonary_capillary_mmhg
    well = normal().exam.pulmonary_capillary_mmhg
    if math.isinf(days):
        adapted = replace(healthy_lung(75.0, well), adapted=1.0)
        return replace(adapted, water_ml=steady_water(adapted, p))
    return advance(healthy_lung(75.0, well), p, p, days)


@pytest.mark.parametrize(
    ("state", "days", "breathless", "tired"),
    [
        ("0.0", 1.0, {NONE}, {NONE}),
        ("0.45", 1.0, {REST, FLASH}, {NONE, EXERTION}),
        ("0.6", 1.0, {FLASH}, {NONE, EXERTION}),
        ("compensated", math.inf, {NONE, EXERTION}, {NONE}),
        ("decompensated", math.inf, {EXERTION, REST}, {EXERTION, REST}),
    ],
)
def test_the_states_feel_as_they_should(
    state: str, days: float, breathless: set[str], tired: set[str]
):
    (well, well_working), (rest, work) = of_state("0.0"), of_state(state)
    water = lungs(rest, days).water_ml_kg
    found = symptoms(rest, work, water, well, well_working, REFERENCE_BSA_M2)
    assert found.breathlessness.grade in breathless
    assert found.tiredness.grade in tired
    assert found.exercise_known


def test_lungs_that_have_not_adapted_are_breathless_at_a_lower_pressure():
    rest = replace(WELL, la_pressure_mean_mmhg=22.5)
    grades = [
        symptoms(
            rest, WELL_WORKING, 7.0, WELL, WELL_WORKING, REFERENCE_BSA_M2, adapted
        ).breathlessness.grade
        for adapted in (0.0, 0.45, 0.55, 1.0)
    ]
    # by hand: the limit goes from 20 to 25 mmHg, so that 22.5 is passed at half the adaptation
    assert grades == [REST, REST, NONE, NONE]


def test_the_cheap_means_are_those_of_the_examination():
    found, exam = Haemodynamics.of(normal().beat.waveforms), normal().exam
    for field in fields(Haemodynamics):
        # the exam's systolic peak lies between samples
        rel = 1e-3 if "systolic" in field.name else 1e-9
        assert getattr(found, field.name) == pytest.approx(getattr(exam, field.name), rel=rel)


@pytest.mark.parametrize(
    ("resting", "working", "water", "grade", "reason"),
    [
        (7.0, 24.9, 6.4, NONE, "24.9 mmHg, below 25"),
        (7.0, 25.0, 6.4, EXERTION, "25.0 mmHg, 25 or more"),
        (25.0, 36.0, 9.9, EXERTION, "36.0 mmHg"),
        (25.1, 36.0, 8.0, REST, "at rest 25.1 mmHg, above 25"),
        (15.0, 20.0, 10.0, REST, "10.0 mL/kg, 10 or more: oedema"),
        (15.0, 20.0, 14.0, FLASH, "air spaces flood"),
    ],
)
def test_breathlessness_comes_from_pressure_and_water(
    resting: float, working: float, water: float, grade: str, reason: str
):
    rest = replace(WELL, la_pressure_mean_mmhg=resting)
    work = replace(WELL_WORKING, la_pressure_mean_mmhg=working)
    found = feels(rest, work, water)
    assert found.breathlessness.grade == grade
    assert any(reason in text for text in found.breathlessness.reasons)
    assert found.tiredness.grade == NONE


@pytest.mark.parametrize(
    ("resting", "working", "grade", "reason"),
    [
        (5.8, 8.1, NONE, "in exercise 81 %"),
        (5.8, 7.9, EXERTION, "in exercise 79 % of the healthy, below 80 %"),
        (4.6, 10.0, EXERTION, "at rest 79 % of the healthy, below 80 %"),
        (4.0, 10.0, REST, "at rest 69 % of the healthy, below 70 %"),
    ],
)
def test_tiredness_comes_from_output(resting: float, working: float, grade: str, reason: str):
    rest = replace(WELL, cardiac_output_l_min=resting)
    work = replace(WELL_WORKING, cardiac_output_l_min=working)
    found = feels(rest, work)
    assert found.tiredness.grade == grade
    assert any(reason in text for text in found.tiredness.reasons)
    assert found.breathlessness.grade == NONE


def test_a_low_index_tires_at_rest_whatever_was_healthy():
    small = replace(WELL, cardiac_output_l_min=2.2 * REFERENCE_BSA_M2)
    found = symptoms(small, None, 6.4, small, WELL_WORKING, REFERENCE_BSA_M2)
    assert found.tiredness.grade == REST
    assert "2.2 L/min/m², 2.2 or less" in found.tiredness.reasons[0]


def test_without_exercise_the_pressure_there_is_guessed_and_said_to_be():
    rest = replace(WELL, la_pressure_mean_mmhg=17.0)
    found = feels(rest, None)
    assert found.breathlessness.grade == EXERTION
    assert "25.0 mmHg (guessed: 8 more than at rest)" in found.breathlessness.reasons[0]
    assert not found.exercise_known
    assert any("did not settle" in text for text in found.uncalibrated)
    assert feels(replace(rest, la_pressure_mean_mmhg=16.9), None).breathlessness.grade == NONE


def test_the_dyspnoea_index_by_hand():
    middle = replace(WELL, cardiac_output_l_min=0.8 * 5.8)
    work = replace(WELL_WORKING, la_pressure_mean_mmhg=22.0)
    # every term is zero: 1/2; then 0.25·4 = 1: 1/(1 + e^-1); then 0.35·2 = 0.7
    assert feels(middle, work, 8.0).dyspnoea_index == pytest.approx(0.5)
    strained = replace(work, la_pressure_mean_mmhg=26.0)
    assert feels(middle, strained, 8.0).dyspnoea_index == pytest.approx(0.731059, abs=1e-6)
    assert feels(middle, work, 10.0).dyspnoea_index == pytest.approx(0.668188, abs=1e-6)
    # a tenth less output: 4·0.1 = 0.4
    weak = replace(WELL, cardiac_output_l_min=0.7 * 5.8)
    assert feels(weak, work, 8.0).dyspnoea_index == pytest.approx(0.598688, abs=1e-6)


def test_symptoms_name_what_is_uncalibrated_and_go_into_json():
    found = json.loads(json.dumps(feels().as_dict()))
    assert "dyspnoea index" in found["uncalibrated"]
    assert found["breathlessness"]["grade"] == NONE
    assert found["congestion"]["grade"] == "clear"


@pytest.mark.parametrize(
    ("changes", "present", "met"),
    [
        ({}, False, []),
        ({"aortic_mean_mmhg": 60.0}, False, []),
        ({"aortic_mean_mmhg": 59.9}, True, ["aortic_mean_mmhg"]),
        ({"aortic_systolic_mmhg": 89.9}, True, ["aortic_systolic_mmhg"]),
        ({"cardiac_output_l_min": 4.0}, False, ["cardiac_index_l_min_m2"]),
        ({"la_pressure_mean_mmhg": 30.0}, False, ["la_pressure_mean_mmhg"]),
        (
            {"cardiac_output_l_min": 4.0, "la_pressure_mean_mmhg": 15.0},
            True,
            ["cardiac_index_l_min_m2", "la_pressure_mean_mmhg"],
        ),
    ],
)
def test_compromise_is_low_pressure_or_low_output_of_a_full_heart(
    changes: dict[str, float], present: bool, met: list[str]
):
    found = compromise(replace(WELL, **changes), REFERENCE_BSA_M2)
    assert found.present is present
    assert [row.name for row in found.criteria if row.met] == met


def test_compromise_goes_into_json_with_its_rule_and_limits():
    found = json.loads(json.dumps(compromise(WELL, REFERENCE_BSA_M2).as_dict()))
    assert found["hemodynamic_compromise"] is False
    assert found["rule"] == RULE
    row = {row["name"]: row for row in found["criteria"]}["aortic_systolic_mmhg"]
    assert (row["value"], row["unit"], row["threshold"]) == (118.0, "mmHg", 90.0)
