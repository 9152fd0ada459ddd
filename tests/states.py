"""Settled beats that the physics tests share: each is solved once in a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import settings

from calibration import states as calibrated
from calibration.fit import load_problem
from mitral.beat.beat import Beat, heart_of
from mitral.measure.exam import Exam, examine
from mitral.parameters.parameter import entries
from mitral.parameters.personalise import REFERENCE_BSA_M2, body_surface_area, healthy
from mitral.patient.record import Patient
from mitral.solver.solve import STEP_S, Solution, solve
from mitral.workflow import parameters_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

FEW = settings(max_examples=15, deadline=None, derandomize=True, database=None)
"""Few examples, the same in every run."""


@dataclass(frozen=True, repr=False)
class Settled:
    """A settled patient: parameters `p`, how the solver ended, the beat and its examination."""

    p: np.ndarray
    solution: Solution
    beat: Beat
    exam: Exam

    def __getitem__(self, name: str) -> np.ndarray:
        """A waveform by name."""
        return self.beat[name]

    def __repr__(self) -> str:
        adult = entries()
        unlike = (n for n in entries() if float(self.p[n][0]) != adult[n].value)
        return "Settled(" + ", ".join(f"{n}={float(self.p[n][0]):.4g}" for n in unlike) + ")"

    def integral(self, values: np.ndarray) -> float:
        """Integral over the beat."""
        return self.beat.integral(values)


def settle(
    p: np.ndarray,
    *,
    reflex: bool = False,
    start: np.ndarray | None = None,
    tolerance_ml: float = 1e-6,
    step_s: float = STEP_S,
    bsa_m2: float = REFERENCE_BSA_M2,
) -> Settled:
    """Settle parameters and examine them; a test that needs it settled fails here if it is not."""
    solution = solve(p, reflex=reflex, start=start, tolerance_ml=tolerance_ml, step_s=step_s)
    assert solution.code == 0, solution.message
    beat = Beat(solution.waveforms, heart_of(p, bsa_m2))
    return Settled(p, solution, beat, examine(beat))


def with_values(p: np.ndarray, values: Mapping[str, float]) -> np.ndarray:
    """A copy of the parameters with some values replaced."""
    q = p.copy()
    for name, value in values.items():
        q[name] = value
    return q


def times(p: np.ndarray, factors: Mapping[str, float]) -> np.ndarray:
    """A copy of the parameters with some values multiplied."""
    return with_values(p, {name: float(p[name][0]) * f for name, f in factors.items()})


def man() -> np.ndarray:
    """Parameters of the healthy man of 48 years, 178 cm, 75 kg."""
    return healthy(REFERENCE_BSA_M2, 48.0, female=False)


def woman() -> np.ndarray:
    """Parameters of the healthy woman of 48 years, 165 cm, 62 kg."""
    return healthy(body_surface_area(165.0, 62.0), 48.0, female=True)


@cache
def normal(reflex: bool = False) -> Settled:
    """The healthy man."""
    return settle(man(), reflex=reflex)


@cache
def acute(reflex: bool = True) -> Settled:
    """The healthy man with a sudden orifice of 0.45 cm²."""
    return settle(with_values(man(), {"eroa": 0.45}), reflex=reflex)


@cache
def chronic(name: str) -> Settled:
    """The grown heart of the calibration, 'compensated' or 'decompensated', without reflex."""
    problem, x = load_problem()
    _, slow = problem.unpack(x)
    size = calibrated.heart_volume(man(), normal().solution.waveforms)
    q, _ = calibrated.chronic(man(), slow[name], calibrated.CHRONIC_RATE[name], size)
    return settle(q)


@cache
def adapted(cause: str) -> Settled:
    """A person who has lived with a cause of the catalogue, reflex as it then works."""
    return settle(parameters_of(Patient(cause=cause, adapted=True)), reflex=True)
