"""A patient who has lived with the leak for years, as a patient that can be simulated at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mitral.course.course import FAILED, run
from mitral.course.remodel import YEAR
from mitral.course.slow import FACTORS
from mitral.errors import InputError
from mitral.patient.record import Patient
from mitral.workflow.course import ESTABLISHED, check_years, started
from mitral.workflow.person import cause_of, healthy_body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np

_DIGITS = 4
"""Significant digits of a factor: what a person can read, and far below what can be measured."""


def grown(
    patient: Patient | None = None,
    years: float = 1.0,
    *,
    onset: str | None = None,
    changes: Mapping[str, str | float] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Patient:
    """The patient after `years` with the leak: `factors` of a grown heart, and `adapted`.

    The course is that of `follow`; what months and years have made of chambers, muscle, vessels,
    blood volume and heart rate becomes the patient's own, and the orifice is the one then measured.
    `changes` become the patient's own too. The rest (pericardium, set points, reflex) follows from
    being `adapted`, so that the beat is close to that of the course, not the same. Raises
    `InputError` if nothing leaks, if the heart has grown already, or if the circulation fails
    before.
    """
    patient, changes = patient or Patient(), dict(changes or {})
    check_years(years, onset)
    start = started(patient, onset, 0.0, changes)
    if start.way == ESTABLISHED:
        raise InputError("this patient's heart has grown already (factors, or adapted: true)")
    course = run(start.life, start.onset, start.examiner, [years * YEAR], progress=progress)
    if course.outcome == FAILED:
        raise InputError(
            f"in this model the circulation fails before so much time has passed: {course.reason}; "
            "ask for less, or follow the course"
        )
    now = start.life.now.parameters
    factors = _factors(patient, now)
    own = {name: float(now[name][0]) for name in changes if name not in (*factors, "eroa", "hr")}
    exam = course.visits[-1].exam
    return patient.model_copy(
        update={
            "factors": {name: value for name, value in factors.items() if value != 1.0},
            "parameters": {**patient.parameters, **own},
            "adapted": True,
            "eroa_cm2": _short(exam.eroa_cm2),
            "heart_rate_bpm": _short(exam.heart_rate_bpm),
        }
    )


def _factors(patient: Patient, now: np.ndarray) -> dict[str, float]:
    """What makes the parameters `now` of the body in health and what its cause brings by itself."""
    well, cause = healthy_body(patient), cause_of(patient)
    brought = {} if cause is None else cause.heart(established=True)
    names = dict.fromkeys([*FACTORS.values(), "r_sys", *brought])
    del names["v_peri"]
    return {
        name: _short(float(now[name][0] / well[name][0]) / brought.get(name, 1.0)) for name in names
    }


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
