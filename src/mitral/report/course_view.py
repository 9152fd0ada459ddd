"""Courses, comparisons, runs of beats and treatments as plain values that a page can draw."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mitral.course.recording import joined, times
from mitral.disease.causes import find
from mitral.report.severity_scale import scale
from mitral.report.view import device, leaflets, picture, view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mitral.course.course import Course, Visit
    from mitral.course.transient import Transient
    from mitral.patient.record import Patient
    from mitral.treatment.arms import Arm, Comparison
    from mitral.treatment.prescription import Prescription
    from mitral.workflow import BeforeAfter

RUN_STEP_S = 0.01
"""s; between two points of the curves of a run of beats."""
RUN_WAVES = ("p_lv", "p_la", "p_ao", "p_pa", "v_lv", "v_la", "q_mr", "q_av")
_TIGHT_CM2 = 1e-3
"""cm²; a valve that never opens further backward has no lesion yet."""


def treat_view(result: BeforeAfter) -> dict[str, Any]:
    """The same heart before and after treatment, with every change."""
    return {
        "title": result.title,
        "before": view(result.before),
        "after": view(result.after),
        "changes": result.changes(),
        "warnings": list(result.warnings),
    }


def course_view(course: Course) -> dict[str, Any]:
    """Years of a heart: visits with pictures, every quantity of the way, how it ended."""
    return {
        "visits": _visits(course, course.patient),
        "trajectory": {name: values.tolist() for name, values in course.trajectory.items()},
        "outcome": course.outcome,
        "reason": course.reason,
        "fibrillation_day": course.fibrillation_day,
        "provenance": dict(course.provenance),
    }


def comparison_view(result: Comparison) -> dict[str, Any]:
    """The same person until treatment, and in every arm afterwards."""
    return {
        "lead": _visits(result.lead, result.patient),
        "arms": [_arm(arm, result.patient) for arm in result.arms],
        "provenance": dict(result.provenance),
    }


def transient_view(run: Transient) -> dict[str, Any]:
    """A leak that opens at once: findings of each beat, curves of the whole run."""
    exams = [one.exam.measured() for one in run.beats]
    numbers = [name for name, value in exams[0].items() if not isinstance(value, bool)]
    steps = math.floor(run.end_s / RUN_STEP_S)
    at, known = RUN_STEP_S * np.arange(steps + 1), times(run)
    return {
        "onset_beat": run.onset_beat,
        "beat_start_s": [one.time_s for one in run.beats],
        "findings": {name: [exam[name] for exam in exams] for name in numbers},
        "time_s": np.round(at, 3).tolist(),
        "waves": {
            name: (np.round(np.interp(at, known, joined(run, name)), 2) + 0.0).tolist()
            for name in RUN_WAVES
        },
        "provenance": run.provenance,
    }


def _arm(arm: Arm, who: Patient) -> dict[str, Any]:
    return {
        "name": arm.name,
        "title": arm.title,
        "at_year": arm.at_year,
        "visits": _visits(arm.course, who, arm.given),
        "outcome": arm.course.outcome,
        "reason": arm.course.reason,
        "warnings": list(arm.warnings),
    }


def _visits(
    course: Course, who: Patient | None, given: Sequence[Prescription] = ()
) -> list[dict[str, Any]]:
    """The visits; the first of an arm is the one before treatment."""
    cause = None if who is None or who.cause is None else find(who.cause)
    made = []
    for number, visit in enumerate(course.visits):
        held = device(given) if number else ""
        tight = float(visit.beat["ero"].max()) < _TIGHT_CM2
        made.append(_visit(visit, "normal" if tight else leaflets(cause, held), held))
    return made


def _visit(visit: Visit, seen: str, held: str) -> dict[str, Any]:
    return {
        "day": visit.day,
        "state": visit.state.name,
        "state_reasons": list(visit.state.reasons),
        "stage": visit.stage.letter,
        "stage_reasons": list(visit.stage.reasons),
        "breathlessness": visit.symptoms.breathlessness.grade,
        "tiredness": visit.symptoms.tiredness.grade,
        "compromise": visit.compromise.present,
        "lung_water_ml_kg": visit.lung_water_ml_kg,
        "fibrillation": visit.fibrillation,
        "exam": visit.exam.measured(),
        "grade": visit.grade.as_dict(),
        "severity": scale(visit.grade),
        "picture": picture(visit.beat, seen, held),
    }
