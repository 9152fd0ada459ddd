"""Courses drawn by hand: every number known on paper, the loops those of one healthy beat."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

import mitral
from mitral.course.course import COMPLETED, Course, Point, Visit
from mitral.course.slow import Slow
from mitral.course.stimuli import Stimuli
from mitral.disease.compromise import Compromise
from mitral.disease.symptoms import EXERTION, NONE, Finding, Symptoms
from mitral.grade.stage import STAGES, Stage
from mitral.grade.state import State
from mitral.patient.record import Patient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mitral.beat.beat import Beat

YEAR = 365.25
DAYS = (0.0, 1.0 / 24.0, 1.0, 7.0, 30.0, 91.0, *(YEAR * i for i in range(1, 11)))
"""Days of the visits of a sudden course of ten years."""
STATES = {0.0: "normal", 0.01: "acute", YEAR: "compensated", 6.0 * YEAR: "decompensated"}
"""From which day a state holds."""
STAGE = {"normal": "A", "acute": "none", "compensated": "C1", "decompensated": "D"}
UNCALIBRATED = ("dyspnoea index", "response to exercise")


@cache
def healthy() -> mitral.SettledBeat:
    """The one beat that is really solved."""
    return mitral.simulate()


def state_on(day: float, states: Mapping[float, str]) -> str:
    """The state that holds on a day."""
    return states[max(start for start in states if start <= day)]


def leaks(day: float, states: Mapping[float, str]) -> bool:
    """A leak of 40 mL beside a forward stroke of 60 mL, in every state but the normal."""
    return state_on(day, states) != "normal"


def edv_on(day: float) -> float:
    """End-diastolic volume (mL): 150 at the start, 10 more each year."""
    return 150.0 + 10.0 * day / YEAR


def visit_on(day: float, states: Mapping[float, str] = STATES) -> Visit:
    """A visit: ESV is EDV less the stroke; decompensated hearts are compromised and tire."""
    state, leaking = state_on(day, states), leaks(day, states)
    stroke = 100.0 if leaking else 60.0
    edv = edv_on(day)
    exam = replace(
        healthy().exam,
        lv_edv_ml=edv,
        lv_esv_ml=edv - stroke,
        lv_ef_percent=100.0 * stroke / edv,
        forward_stroke_volume_ml=60.0,
        regurgitant_volume_ml=stroke - 60.0,
        regurgitant_fraction_percent=40.0 if leaking else 0.0,
        eroa_cm2=0.25 if leaking else 0.0,
        la_pressure_mean_mmhg=20.0 if leaking else 8.0,
        pa_mean_mmhg=30.0 if leaking else 14.0,
        la_volume_max_ml=80.0,
        lv_mass_g=120.0 * wall_on(day),
    )
    failing = state == "decompensated"
    letter = STAGE[state]
    return Visit(
        day=day,
        beat=beat_with(edv, stroke),
        exam=exam,
        grade=healthy().grade,
        state=State(state, (f"EDV {edv:.0f} mL.", f"The rule: {state}.")),
        stage=Stage(letter, STAGES[letter], (), "ACC/AHA 2020"),
        symptoms=Symptoms(
            Finding(EXERTION if leaking else NONE, ()),
            Finding(EXERTION if failing else NONE, ()),
            0.1,
            Finding("clear", ()),
            True,
            UNCALIBRATED,
        ),
        compromise=Compromise(failing, ()),
        lung_water_ml_kg=7.0,
        fibrillation=False,
    )


def wall_on(day: float) -> float:
    """Volume of the wall over that in health: 1 at the start, twice that after ten years."""
    return 1.0 + 0.1 * day / YEAR


def beat_with(edv_ml: float, stroke_ml: float) -> Beat:
    """The healthy loop, stretched to these volumes."""
    beat = healthy().beat
    waveforms = beat.waveforms.copy()
    v = waveforms["v_lv"]
    waveforms["v_lv"] = edv_ml - stroke_ml * (v.max() - v) / np.ptp(v)
    return replace(beat, waveforms=waveforms)


def point_on(day: float, states: Mapping[float, str] = STATES) -> Point:
    """A step: 60 beats a minute, so that mL/s are mL a beat."""
    leaking = leaks(day, states)
    edv = edv_on(day)
    felt = dict.fromkeys(Stimuli._fields, 1.0) | {
        "output": 60.0,
        "leak": 40.0 if leaking else 0.0,
        "rate_bpm": 60.0,
        "edv_ml": edv,
        "esv_ml": edv - (100.0 if leaking else 60.0),
        "lap_mmhg": 20.0 if leaking else 8.0,
        "pap_mmhg": 30.0 if leaking else 14.0,
        "la_max_ml": 80.0,
    }
    slow = dict.fromkeys(Slow._fields, 1.0) | {"lv_wall": wall_on(day)}
    return Point(day, Slow(**slow), Stimuli(**felt), 7.0)


def by_hand(
    days: tuple[float, ...] = DAYS,
    states: Mapping[float, str] = STATES,
    onset: str = "sudden",
    **more: Any,
) -> Course:
    """A course with visits on these days and a step on each and half-way between."""
    between = [0.5 * (a + b) for a, b in pairwise(days)]
    course = Course(
        visits=tuple(visit_on(day, states) for day in days),
        way=tuple(point_on(day, states) for day in sorted([*days, *between])),
        outcome=COMPLETED,
        reason="followed to the end",
        fibrillation_day=None,
        patient=Patient(name="By hand", cause="flail_leaflet"),
        provenance={"settings": {"onset": onset, "onset_year": 0.0}},
    )
    return replace(course, **more)
