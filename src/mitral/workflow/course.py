"""Years of a patient: how the cause comes over them, and what becomes of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mitral.course.course import Body, Course, Examiner, run, visit_days
from mitral.course.laws import standard
from mitral.course.life import INSTANT, Life, begin, resume
from mitral.course.onset import Onset
from mitral.course.remodel import YEAR
from mitral.course.slow import slow_between
from mitral.disease.causes import WAYS, anatomy_of
from mitral.disease.lung import Lung, healthy_lung
from mitral.errors import InputError, unknown_name
from mitral.parameters import parameter
from mitral.parameters.change import apply
from mitral.patient.record import Patient
from mitral.workflow.person import (
    cause_of,
    cause_valve,
    healthy_body,
    own_valve,
    parameters_of,
    provenance,
    surface_m2,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np

    from mitral.course.laws import Laws
    from mitral.measure.anatomy import Anatomy

LONGEST_YEARS = 100.0
SUDDEN, GRADUAL = WAYS
ESTABLISHED = "established"
USUAL_GRADUAL_YEARS = 5.0
"""A leak that comes at once by nature takes this long if it is to come gradually."""
_LONG_AGO = -10.0 * YEAR


def follow(
    patient: Patient | None = None,
    years: float = 15.0,
    *,
    onset: str | None = None,
    onset_year: float = 0.0,
    fibrillation: bool = False,
    changes: Mapping[str, str | float] | None = None,
    laws: Laws | None = None,
    parts: int = 1,
    progress: Callable[[float], None] | None = None,
) -> Course:
    """Follow a patient for years (0 to 100), with visits.

    A patient given by the cause alone is healthy until the leak comes: `onset` 'sudden' or
    'gradual' (left out: as is usual for the cause), from `onset_year` on. One with a grown heart
    (`factors`, or `adapted`) goes on from there. `fibrillation`: a large atrium brings on atrial
    fibrillation. `changes`: parameters changed on top, all the time; those of the leak with it.
    `laws`: constants of the slow laws. `parts`: equal parts that every macro-step is split into, to
    see what stepping costs in accuracy. `progress` is told the years that are done.
    Raises `InputError` for what cannot be used. A circulation that fails ends the course.
    """
    patient, changes = patient or Patient(), dict(changes or {})
    check_years(years, onset)
    _check_onset(years, onset_year)
    start = started(patient, onset, onset_year, changes, laws=laws, parts=parts)
    days = visit_days(years, start.onset, fresh=start.way != ESTABLISHED)
    course = run(start.life, start.onset, start.examiner, days, fibrillation, progress)
    settings = {"years": years, "atrial_fibrillation": fibrillation, **start.settings}
    return replace(course, patient=patient, provenance=provenance(patient, settings))


@dataclass(frozen=True)
class Start:
    """A life about to begin: `way` sudden, gradual or established; `settings` for provenance."""

    life: Life
    onset: Onset
    examiner: Examiner
    way: str
    settings: dict[str, object]


def started(
    patient: Patient,
    onset: str | None,
    onset_year: float,
    changes: Mapping[str, str | float],
    *,
    laws: Laws | None = None,
    parts: int = 1,
) -> Start:
    """The life of a patient at its beginning, and who examines it."""
    plan = _plan(patient, onset, onset_year, changes)

    def lung(p_c_mmhg: float) -> Lung:
        return healthy_lung(patient.weight_kg, p_c_mmhg)

    life = begin(plan.onset.heart, plan.well, lung, laws or standard(), parts=parts)
    body = Body(surface_m2(patient), patient.weight_kg, patient.age_years)
    examiner = Examiner(body, plan.anatomy, plan.since, life.now)
    if plan.now is not None:
        life = _resumed(life, plan.now)
    settings: dict[str, object] = {
        "onset": plan.way,
        "onset_year": onset_year,
        "changes": {name: str(value) for name, value in changes.items()},
    }
    return Start(life, plan.onset, examiner, plan.way, settings)


@dataclass(frozen=True)
class _Plan:
    """`way`: sudden, gradual or established; `now`: parameters of who goes on from there."""

    way: str
    onset: Onset
    well: np.ndarray
    now: np.ndarray | None
    anatomy: Anatomy
    since: float


def check_years(years: float, onset: str | None) -> None:
    """An `InputError` unless a course can be so long, and a leak can come so."""
    if not (math.isfinite(years) and 0.0 < years <= LONGEST_YEARS):
        raise InputError(f"years is {years:g}, outside 0 to {LONGEST_YEARS:g} years (0 excluded)")
    if onset is not None and onset not in WAYS:
        raise unknown_name("onset", onset, WAYS)


def _check_onset(years: float, onset_year: float) -> None:
    """An `InputError` unless the leak can come in that year of a course of so many."""
    if not (math.isfinite(onset_year) and onset_year >= 0.0):
        raise InputError(f"onset_year is {onset_year:g}, not a number of years from 0 on")
    if onset_year >= years:
        raise InputError(
            f"onset_year is {onset_year:g} in a course of {years:g} years: the leak would come "
            "after the end; give more years or an earlier onset"
        )


def _plan(
    patient: Patient, onset: str | None, onset_year: float, changes: Mapping[str, str | float]
) -> _Plan:
    """How the leak comes over this patient."""
    cause, female = cause_of(patient), patient.sex == "female"
    drift = 0.0 if cause is None else cause.course.progression_cm2_per_year
    insults = {} if cause is None else dict(cause.factors)
    given = {**patient.parameters, **changes}
    of_valve = {name: value for name, value in given.items() if _of_valve(name)}
    well = apply(healthy_body(patient), {k: v for k, v in given.items() if k not in of_valve})
    ill = apply(own_valve(cause_valve(well, patient), patient), of_valve)
    if float(ill["a_mv"][0]) != float(well["a_mv"][0]):
        # an area that is given takes the place of what the cause makes of it, and comes with it
        insults["a_mv"] = float(ill["a_mv"][0] / well["a_mv"][0])
        ill["a_mv"] = well["a_mv"]
    if not ill["eroa"][0] + ill["tether"][0] > 0.0:
        raise InputError("nothing leaks in this patient; give a cause (--cause) or an orifice")
    if patient.factors or patient.adapted:
        if onset is not None or onset_year:
            raise InputError(
                "this patient's heart has grown already (factors, or adapted: true), so that the "
                "leak has no onset to choose; leave onset and onset year out"
            )
        now = apply(parameters_of(patient.model_copy(update={"adapted": True})), changes)
        ill["eroa"], ill["tether"] = now["eroa"], now["tether"]
        anatomy = anatomy_of(patient.cause, adapted=True, female=female)
        if anatomy.secondary:
            # the muscle's own disease: the leak has not done it, and its relief does not undo it
            insults["ctr_lv"] = float(now["ctr_lv"][0] / well["ctr_lv"][0])
        onset_ = Onset(well, ill, insults, progression=drift)
        return _Plan(ESTABLISHED, onset_, well, now, anatomy, _LONG_AGO)
    way = onset or (SUDDEN if cause is None else cause.course.onset)
    usual = cause.course.years if cause is not None and cause.course.years else USUAL_GRADUAL_YEARS
    day, last = onset_year * YEAR, usual if way == GRADUAL else 0.0
    quick = way == SUDDEN or (cause is not None and cause.onset == "acute")
    anatomy = replace(anatomy_of(patient.cause, female=female), acute=quick)
    return _Plan(way, Onset(well, ill, insults, day, last, drift), well, None, anatomy, day)


def _of_valve(name: str) -> bool:
    """Whether a parameter describes the diseased valve rather than the person."""
    known = parameter.definitions()
    return name in known and (known[name].group == "leak" or name in ("a_mv", "annulus_follows"))


def _resumed(life: Life, now: np.ndarray) -> Life:
    """The life of who has grown already: the slow state that lies between heart and parameters."""
    return resume(life, slow_between(life.base(INSTANT), now))
