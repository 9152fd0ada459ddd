"""One patient, one settled beat."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import mitral
from mitral.beat.settled import beat_of
from mitral.disease.causes import anatomy_of
from mitral.errors import NotSettledError
from mitral.grade.severity import Grade, grade
from mitral.measure.error import observe
from mitral.measure.exam import Exam, examine
from mitral.parameters.change import apply
from mitral.parameters.parameter import SET_NAME
from mitral.patient.record import Patient
from mitral.solver.settle import BEAT_LIMIT
from mitral.solver.solve import solve
from mitral.workflow.person import has_adapted, parameters_of, provenance, surface_m2

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mitral.beat.beat import Beat
    from mitral.measure.anatomy import Anatomy
    from mitral.treatment.prescription import Prescription


@dataclass(frozen=True)
class SettledBeat:
    """A patient's settled beat with its examination and grade.

    `patient` as given; `parameters` (record array) as solved; `beat` the waveforms; `reflex`
    whether it was on; `changes` made on top of the patient; `valve`: what a look at the valve tells
    if it is not as the patient's cause leaves it; `given`: treatments in force.
    """

    patient: Patient
    parameters: np.ndarray
    beat: Beat
    reflex: bool
    changes: dict[str, str]
    valve: Anatomy | None = None
    given: tuple[Prescription, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether the end of the beat meets its start."""
        return self.beat.settled

    @property
    def beats(self) -> int:
        """How many beats were computed to get there."""
        return self.beat.beats

    @property
    def message(self) -> str:
        """How the solution ended, in words."""
        return self.beat.message

    @cached_property
    def exam(self) -> Exam:
        """Everything an echo lab and a catheter lab would have found."""
        return examine(self.beat)

    def observed(self, seed: int) -> Exam:
        """The examination as an examiner would record it, with errors of measurement."""
        return observe(self.exam, np.random.default_rng(seed))

    @cached_property
    def grade(self) -> Grade:
        """How severe the leak is, parameter by parameter, and why."""
        return grade(self.exam, self.anatomy)

    @property
    def anatomy(self) -> Anatomy:
        """What a look at the valve tells."""
        who = self.patient
        return self.valve or anatomy_of(
            who.cause, adapted=has_adapted(who), female=who.sex == "female"
        )

    @property
    def provenance(self) -> dict[str, Any]:
        """Version, parameter set and settings: what is needed to compute this beat again."""
        settings: dict[str, Any] = {"reflex": self.reflex, "changes": self.changes}
        if self.given:
            settings["treatments"] = [one.text for one in self.given]
        return provenance(self.patient, settings) | {"residual_ml": self.beat.residual_ml}

    def as_dict(self) -> dict[str, Any]:
        """Settled, beats, exam, grade and provenance; what is not measurable is None."""
        return {
            "settled": self.settled,
            "beats": self.beats,
            "message": self.message,
            "exam": self.exam.measured(),
            "grade": self.grade.as_dict(),
            "provenance": self.provenance,
        }

    def _attributes(self) -> dict[str, Any]:
        return {
            "title": self.patient.name,
            "source": f"mitral {mitral.__version__}, parameter set {SET_NAME}",
            "comment": mitral.NOTICE,
            "provenance": json.dumps(self.provenance, ensure_ascii=False),
            "settled": int(self.settled),
        }

    def to_xarray(self) -> Any:
        """All waveforms over `time` with units and long names (an `xarray.Dataset`)."""
        from mitral.beat.dataset import to_xarray

        return to_xarray(self.beat, self._attributes())

    def save(self, path: str | Path) -> None:
        """Write the waveforms as NetCDF; an existing file is replaced only when all is written."""
        from mitral.beat.dataset import save
        from mitral.files import atomic

        with atomic(Path(path)) as beside:
            save(self.beat, beside, self._attributes())

    def plot(self, path: str | Path | None = None, reference: SettledBeat | None = None) -> Any:
        """Loops and Wiggers diagram as a matplotlib figure, written to `path` if given.

        `reference`: a second beat to draw dashed behind (by default the same body in health).
        """
        from mitral.report.picture import picture

        if reference is None:
            reference = _healthy_beside(self)
        return picture(self, reference, None if path is None else Path(path))


def _healthy_beside(result: SettledBeat) -> SettledBeat | None:
    """The same body in health, to compare with; none beside a healthy one."""
    who = result.patient
    body = {"age_years", "sex", "height_cm", "weight_kg", "heart_rate_bpm"}
    well = Patient(**who.model_dump(include=body))
    if np.array_equal(parameters_of(well), result.parameters):
        return None
    try:
        return simulate(well, reflex=result.reflex)
    except NotSettledError:
        return None


def simulate(
    patient: Patient | None = None,
    *,
    reflex: bool = True,
    changes: Mapping[str, str | float] | None = None,
    start: np.ndarray | None = None,
) -> SettledBeat:
    """Settle one patient's beat.

    `patient`: the healthy adult if omitted. `reflex`: whether short-term control acts.
    `changes`: parameters changed on top, by name: 1.2, 'x1.3', '+10%', '40mm2'. `start`: the
    `beat.start` of an earlier result, to begin near it.
    Raises `InputError` for what cannot be used and `NotSettledError` (with the last beat).
    """
    patient = patient or Patient()
    changes = dict(changes or {})
    p = apply(parameters_of(patient), changes)
    solution = solve(p, reflex=reflex, start=start)
    written = {name: str(value) for name, value in changes.items()}
    result = SettledBeat(patient, p, beat_of(solution, p, surface_m2(patient)), reflex, written)
    if solution.code:
        hint = "; the reflex may swing to and fro: try without it" if reflex else ""
        raise NotSettledError(solution.message + hint * (solution.code == BEAT_LIMIT), result)
    return result
