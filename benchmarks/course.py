"""How long years of a leaking heart take, with and without visits, and what the steps cost.

The published bar, on another machine: 6 minutes for three months (Witzenburg and Holmes 2018).
"""

from __future__ import annotations

from functools import partial

import numpy as np

import mitral
from benchmarks.table import Table
from benchmarks.timing import alternate
from mitral.course.laws import standard
from mitral.course.life import begin
from mitral.course.onset import Onset
from mitral.course.remodel import YEAR
from mitral.disease.lung import healthy_lung
from mitral.workflow import parameters_of

COURSES = {
    "flail leaflet, 20 years": (mitral.Patient(cause="flail_leaflet"), 20.0),
    "prolapse, gradual, 20 years": (mitral.Patient(cause="prolapse"), 20.0),
    "flail leaflet, 3 months": (mitral.Patient(cause="flail_leaflet"), 0.25),
}
TIMING = ("_ms", "duration")
"""Findings that are read off at samples, whose number a beat changes with the heart rate."""


def life(patient: mitral.Patient, years: float) -> int:
    """Macro-steps of the same course without visits; how many there were."""
    well, ill = parameters_of(mitral.Patient()), parameters_of(patient)
    gradual = 7.0 if patient.cause == "prolapse" else 0.0
    onset = Onset(well, ill, years=gradual, progression=0.059 if gradual else 0.0)
    way = begin(onset.heart, well, partial(healthy_lung, patient.weight_kg), standard())
    return sum(1 for _ in way.until([years * YEAR]))


def moved(patient: mitral.Patient, years: float) -> list[tuple[float, str, float]]:
    """By how much (%) splitting every step in two moves a finding: (percent, finding, day).

    Relative to the finding, or to a tenth of its largest value where it nearly vanishes.
    """
    coarse, fine = (mitral.follow(patient, years, parts=n).visits for n in (1, 2))
    found = []
    for name in coarse[0].exam.as_dict():
        a = np.array([float(getattr(v.exam, name)) for v in coarse])
        b = np.array([float(getattr(v.exam, name)) for v in fine])
        floor = 0.1 * float(np.nanmax(np.abs(b)))
        off = 100.0 * np.abs(a - b) / np.maximum(np.abs(b), max(floor, 1e-12))
        worst = int(np.nanargmax(off))
        found.append((float(off[worst]), name, coarse[worst].day))
    return sorted(found, reverse=True)


def run(repeats: int) -> list[Table]:
    """Times, then accuracy."""
    times = Table(
        "course: years of one patient",
        notes=[
            f"median and minimum of {repeats}; alone: macro-steps only; visits: examined, graded"
        ],
    )
    steps = Table("course: what halving every macro-step moves, all findings of all visits")
    for name, (patient, years) in COURSES.items():
        calls = {
            "alone": partial(life, patient, years),
            "with visits": partial(mitral.follow, patient, years),
        }
        for what, timed in alternate(calls, repeats).items():
            count = timed.result if what == "alone" else len(timed.result.way) - 1
            seen = None if what == "alone" else len(timed.result.visits)
            times.add(course=name, what=what, **timed.columns, steps=count, visits=seen)
        for percent, finding, day in moved(patient, years)[:4]:
            steps.add(course=name, finding=finding, moved_percent=percent, day=day)
    return [times, steps]
