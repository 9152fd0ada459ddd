"""Years of a person with a leak: visits, the way between them, and how it ended."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mitral.beat.settled import beat_of
from mitral.course.fibrillation import MEDIAN, yearly_rate
from mitral.course.life import FailureError, Life, Moment, switched
from mitral.course.remodel import YEAR
from mitral.disease.compromise import Compromise, compromise
from mitral.disease.exercise import exercise
from mitral.disease.lung import is_full
from mitral.disease.symptoms import NONE, Haemodynamics, Symptoms, symptoms
from mitral.errors import InputError
from mitral.grade.severity import Grade, grade
from mitral.grade.stage import Stage, stage
from mitral.grade.state import State, heart_state
from mitral.measure.anatomy import Anatomy
from mitral.measure.exam import Exam, examine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mitral.beat.beat import Beat
    from mitral.course.onset import Onset
    from mitral.course.slow import Slow
    from mitral.course.stimuli import Stimuli
    from mitral.patient.record import Patient
    from mitral.solver.solve import Solution

COMPLETED, FAILED = "completed", "circulatory failure"


FLOODED_DAYS = 2.0
"""Full air spaces for so long end a course. Source: assumed."""
_QUICK_YEARS = 1.0
"""A leak that is there in less is followed closely at first."""


class Body(NamedTuple):
    """Whose course it is: surface area (m²), weight (kg), age at day 0 (years)."""

    bsa_m2: float
    weight_kg: float
    age_years: float


@dataclass(frozen=True)
class Visit:
    """An examination on a day of the course."""

    day: float
    beat: Beat
    exam: Exam
    grade: Grade
    state: State
    stage: Stage
    symptoms: Symptoms
    compromise: Compromise
    lung_water_ml_kg: float
    fibrillation: bool

    def as_dict(self) -> dict[str, Any]:
        """The visit as plain values; what is not measurable is None."""
        return {
            "day": self.day,
            "state": self.state.name,
            "state_reasons": list(self.state.reasons),
            "stage": self.stage.letter,
            "stage_reasons": list(self.stage.reasons),
            "exam": self.exam.measured(),
            "grade": self.grade.as_dict(),
            "lung_water_ml_kg": self.lung_water_ml_kg,
            "breathlessness": self.symptoms.breathlessness.grade,
            "tiredness": self.symptoms.tiredness.grade,
            "symptoms": self.symptoms.as_dict(),
            **self.compromise.as_dict(),
            "atrial_fibrillation": self.fibrillation,
        }


class Point(NamedTuple):
    """A step of the way between visits."""

    day: float
    slow: Slow
    felt: Stimuli
    lung_water_ml_kg: float


@dataclass(frozen=True)
class Course:
    """What a course consists of: `visits`, every macro-step (`way`), `outcome` and its `reason`.

    `fibrillation_day`: when the atria began to fibrillate (None: never). `patient` and
    `provenance`: whose course it is, and what is needed to compute it again.
    """

    visits: tuple[Visit, ...]
    way: tuple[Point, ...]
    outcome: str
    reason: str
    fibrillation_day: float | None
    patient: Patient | None = None
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def trajectory(self) -> dict[str, np.ndarray]:
        """Every quantity of the way as an array over the steps, by name; `day` first."""
        way = self.way
        columns = {"day": np.array([point.day for point in way])}
        for part in ("felt", "slow"):
            names = getattr(way[0], part)._fields
            table = np.array([getattr(point, part) for point in way])
            columns |= {name: table[:, i] for i, name in enumerate(names)}
        columns["lung_water_ml_kg"] = np.array([point.lung_water_ml_kg for point in way])
        return columns

    def as_dict(self) -> dict[str, Any]:
        """Visits, outcome and provenance as plain values."""
        return {
            "visits": [visit.as_dict() for visit in self.visits],
            "outcome": self.outcome,
            "reason": self.reason,
            "atrial_fibrillation_day": self.fibrillation_day,
            "provenance": dict(self.provenance),
        }

    def to_xarray(self) -> Any:
        """Findings over `visit`, every macro-step over `step`, with units (`xarray.Dataset`)."""
        from mitral.course.recording import course_to_xarray

        return course_to_xarray(self)

    def save(self, path: str | Path) -> None:
        """Write the course as NetCDF; an existing file is replaced only when all is written."""
        from mitral.files import atomic

        with atomic(Path(path)) as beside:
            self.to_xarray().to_netcdf(beside, engine="h5netcdf")


class Examiner:
    """Makes visits of moments: `anatomy` of the valve, and the person in health to compare with."""

    def __init__(self, body: Body, anatomy: Anatomy, onset_day: float, healthy: Moment) -> None:
        self.body, self.anatomy, self.onset_day = body, anatomy, onset_day
        beat = self._beat(healthy.parameters, healthy.solution)
        self._healthy = examine(beat)
        self._rest = Haemodynamics.of(beat.waveforms)
        effort = self._exercise(healthy)
        if effort is None:
            raise InputError("this person's exercise does not settle even in health")
        self._effort = effort

    def with_valve(self, anatomy: Anatomy) -> Examiner:
        """The same examiner before another valve, in the same person."""
        other = copy(self)
        other.anatomy = anatomy
        return other

    def _beat(self, p: np.ndarray, solution: Solution) -> Beat:
        return beat_of(replace(solution, waveforms=solution.waveforms.copy()), p, self.body.bsa_m2)

    def _exercise(self, m: Moment) -> Haemodynamics | None:
        solution = exercise(m.parameters, m.solution.drives, m.solution.start)
        return None if solution.code else Haemodynamics.of(solution.waveforms)

    def visit(self, m: Moment, fibrillation: bool = False) -> Visit:
        """Examine, grade and stage a moment."""
        beat = self._beat(m.parameters, m.solution)
        exam = examine(beat)
        since = m.day - self.onset_day
        valve = self.anatomy if since > 0.0 else Anatomy(female=self.anatomy.female)
        fresh = valve.acute and since < YEAR
        state = heart_state(exam, self._healthy, since, replace(valve, acute=fresh))
        anatomy = replace(valve, acute=fresh and state.name == "acute")
        graded = grade(exam, anatomy)
        rest = Haemodynamics.of(beat.waveforms)
        felt = symptoms(
            rest,
            self._exercise(m),
            m.lung.water_ml_kg,
            self._rest,
            self._effort,
            self.body.bsa_m2,
            m.lung.adapted,
        )
        symptomatic = {felt.breathlessness.grade, felt.tiredness.grade} != {NONE}
        return Visit(
            m.day,
            beat,
            exam,
            graded,
            state,
            stage(exam, graded, anatomy, symptomatic, at_risk=m.day > self.onset_day),
            felt,
            compromise(rest, self.body.bsa_m2),
            m.lung.water_ml_kg,
            fibrillation,
        )


def visit_days(years: float, onset: Onset, fresh: bool = True) -> list[float]:
    """Days of the visits: half-yearly, in long courses yearly; close after a quick onset."""
    end = years * YEAR
    every = 0.5 if years <= 10.0 else 1.0
    days = {every * YEAR * i for i in range(1, int(years / every) + 1)} | {end}
    if fresh and onset.years < _QUICK_YEARS:
        there = onset.days[1]
        days |= {there + d for d in (1.0 / 24.0, 1.0, 7.0, 30.0, 91.0, 182.625)}
    return sorted(day for day in days if 0.0 < day <= end + 1e-9)


def run(
    life: Life,
    onset: Onset,
    examiner: Examiner,
    days: Sequence[float],
    fibrillates: bool = False,
    progress: Callable[[float], None] | None = None,
) -> Course:
    """Follow a life to the last of `days`, with a visit on each.

    `fibrillates`: atrial fibrillation sets in when half of persons with such an atrium would have
    it. `progress` is told the years done after every step. A circulation that fails ends the course
    with what was reached.
    """
    visits, way = [examiner.visit(life.now)], [_point(life.now)]
    turns = [d for d in onset.days if life.now.day < d < days[-1]]
    stops = sorted({*days, *turns})
    hazard, flooded, fibrillation_day = 0.0, 0.0, None
    outcome, reason = COMPLETED, f"followed for {days[-1] / YEAR:.3g} years"
    try:
        while life.now.day < stops[-1] - 1e-9:
            turn = next((d for d in turns if d > life.now.day + 1e-9), stops[-1])
            for moment in life.until([d for d in stops if life.now.day + 1e-9 < d <= turn]):
                hazard += _hazard(way[-1], moment, examiner.body)
                flooded = flooded + moment.day - way[-1].day if is_full(moment.lung) else 0.0
                way.append(_point(moment))
                if progress:
                    progress(moment.day / YEAR)
                if any(abs(moment.day - day) < 1e-6 for day in days):
                    visits.append(examiner.visit(moment, fibrillation_day is not None))
                if fibrillates and fibrillation_day is None and hazard >= MEDIAN:
                    fibrillation_day = moment.day
                    onset = replace(onset, fibrillation=True)
                    life = switched(life, base=onset.heart)
                    break
                if flooded >= FLOODED_DAYS:
                    raise FailureError("the air spaces of the lungs have filled and stay full")
    except FailureError as failure:
        outcome, reason = FAILED, f"day {life.now.day:.4g}: {failure}"
        if visits[-1].day < life.now.day:
            visits.append(examiner.visit(life.now, fibrillation_day is not None))
    return Course(tuple(visits), tuple(way), outcome, reason, fibrillation_day)


def _point(m: Moment) -> Point:
    return Point(m.day, m.slow, m.stimuli, m.lung.water_ml_kg)


def _hazard(before: Point, after: Moment, body: Body) -> float:
    """What a step adds to the cumulative rate of new atrial fibrillation."""
    volume = 0.5 * (before.felt.la_max_ml + after.stimuli.la_max_ml) / body.bsa_m2
    age = body.age_years + after.day / YEAR
    return yearly_rate(volume, age) * (after.day - before.day) / YEAR
