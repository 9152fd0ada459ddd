"""Years after treatment: the same life with and without, side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mitral.course.course import Examiner, Visit, run
from mitral.course.life import Life, switched
from mitral.course.remodel import YEAR
from mitral.treatment.apply import treated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mitral.course.course import Course
    from mitral.course.onset import Onset
    from mitral.measure.anatomy import Anatomy
    from mitral.patient.record import Patient
    from mitral.treatment.prescription import Prescription

AFTER_DAYS = (1.0 / 24.0, 5.0, 30.0, 182.625)
"""Days after treatment on which everybody is seen; then every year."""
FADING_DAYS = 14.0
"""Time in which the drive after an operation fades. Source: assumed."""
FORCE, DILATION = 0.3, 0.7
"""What a drive of 1 after an operation adds to the logarithm of contractility and takes from that
of resistance: catecholamines, and vessels that stay wide for days after the heart-lung machine. Set
by the ejection fraction five days after repair (Suri 2008). Source: assumed."""


@dataclass(frozen=True)
class Arm:
    """One way to go on: `name`, treatments `given` in year `at_year`, the `course` from there.

    The first visit of the course is the one before treatment. `warnings` in sentences.
    """

    name: str
    given: tuple[Prescription, ...]
    at_year: float
    course: Course
    warnings: tuple[str, ...]

    @property
    def title(self) -> str:
        """The treatments with their doses, in words."""
        return " and ".join(one.text for one in self.given)

    @property
    def untreated(self) -> bool:
        """Whether this is how the heart goes on if it is left alone."""
        return waits(self.given)

    def as_dict(self) -> dict[str, Any]:
        """The arm as plain values."""
        return {
            "name": self.name,
            "treatments": [one.as_dict() for one in self.given],
            "at_year": self.at_year,
            "visits": [visit.as_dict() for visit in self.course.visits],
            "outcome": self.course.outcome,
            "reason": self.course.reason,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True)
class Comparison:
    """The same person in every arm. `lead`: the course until the first treatment."""

    patient: Patient
    lead: Course
    arms: tuple[Arm, ...]
    provenance: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """Lead and arms as plain values."""
        return {
            "lead": [visit.as_dict() for visit in self.lead.visits],
            "arms": [arm.as_dict() for arm in self.arms],
            "provenance": dict(self.provenance),
        }

    def to_xarray(self) -> Any:
        """Findings over `arm` and `visit`, macro-steps over `arm` and `step` (`xarray.Dataset`)."""
        from mitral.treatment.recording import comparison_to_xarray

        return comparison_to_xarray(self)

    def save(self, path: str | Path) -> None:
        """Write the arms as NetCDF; an existing file is replaced only when all is written."""
        from mitral.files import atomic

        with atomic(Path(path)) as beside:
            self.to_xarray().to_netcdf(beside, engine="h5netcdf")


def waits(given: Sequence[Prescription]) -> bool:
    """Whether nothing is done."""
    return all(one.treatment.kind == "none" for one in given)


def days_after(start: float, end: float) -> list[float]:
    """Days of the visits of an arm that starts on one day and ends on another."""
    days = {start + day for day in AFTER_DAYS} | {end}
    days |= {start + YEAR * year for year in range(1, int((end - start) / YEAR) + 1)}
    return sorted(day for day in days if start < day <= end + 1e-9)


def therapy(
    life: Life, given: Sequence[Prescription], drive: float
) -> Callable[[float, np.ndarray], np.ndarray]:
    """What treatments begun now make of the heart of every later day.

    The drive after an operation acts on rate, contractility and resistance, and fades within weeks.
    """
    began, drives = life.now.day, life.now.solution.drives

    def treat(day: float, p: np.ndarray) -> np.ndarray:
        q = treated(p, drives, given, check=False).parameters
        if drive:
            left = drive * math.exp(-max(day - began, 0.0) / FADING_DAYS)
            q["hr"] *= np.exp(q["g_hr"] * left)
            q["ctr"] *= math.exp(FORCE * left)
            q["r_sys"] *= math.exp(-DILATION * left)
        return q

    return treat


def arm(
    life: Life,
    onset: Onset,
    examiner: Examiner,
    given: Sequence[Prescription],
    anatomy: Anatomy,
    end_day: float,
    name: str,
    progress: Callable[[float], None] | None = None,
) -> Arm:
    """Treat a life as it is now and follow it to a day; `anatomy` of the valve afterwards.

    `progress` is told the year of the life after every step.
    Raises `InputError` for treatments that exclude each other or make no sense in this heart.
    """
    before = examiner.visit(life.now)
    effect = treated(life.now.parameters, life.now.solution.drives, given, before.exam.as_dict())
    laws = replace(life.laws, **{k: getattr(life.laws, k) * v for k, v in effect.laws.items()})
    after = switched(life, treat=therapy(life, given, effect.drive), laws=laws)
    days = days_after(life.now.day, end_day)
    course = run(after, onset, examiner.with_valve(anatomy), days, progress=progress)
    visits = (before, *course.visits[1:])
    at_year = life.now.day / YEAR
    return Arm(name, tuple(given), at_year, replace(course, visits=visits), effect.warnings)


def at_end(arm_: Arm) -> Visit:
    """The last visit of an arm."""
    return arm_.course.visits[-1]
