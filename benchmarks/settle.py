"""How long one settled beat takes from a cold start, all preparation included."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

import mitral
from benchmarks.table import Table
from benchmarks.timing import alternate
from mitral.solver.solve import solve
from mitral.workflow import parameters_of

if TYPE_CHECKING:
    from mitral.measure.exam import Exam
    from mitral.solver.solve import Solution

PEOPLE = {"healthy": mitral.Patient(), "EROA 0.4 cm²": mitral.Patient(eroa_cm2=0.4)}
CRITERIA = {"0.1 % of strokes": 1e-3, "1e-6 mL": 0.0}
CHAMBERS = ("v_lv", "v_la", "v_rv", "v_ra")


def strokes(solution: Solution) -> np.ndarray:
    """Strokes (max - min, mL) of the four chambers in the last beat."""
    return np.array([np.ptp(solution.waveforms[name]) for name in CHAMBERS])


def examined(patient: mitral.Patient, reflex: bool) -> Exam:
    """The whole way from a patient to all findings."""
    return mitral.simulate(patient, reflex=reflex).exam


def run(repeats: int) -> list[Table]:
    """Solving alone, and the whole way from a patient to an examination."""
    alone = Table(
        "settle: solve(p) from a cold start, one patient",
        notes=[f"median and minimum of {repeats}; cases of one patient and reflex take turns"],
    )
    whole = Table(
        "settle: mitral.simulate(patient).exam, to 1e-6 mL",
        notes=["scaling the body, solving and the examination; nothing kept from earlier calls"],
    )
    for name, patient in PEOPLE.items():
        p = parameters_of(patient)
        for reflex in (False, True):
            exact = strokes(solve(p, reflex=reflex, tolerance_ml=1e-9))
            calls = {
                goal: partial(solve, p, reflex=reflex, stroke_tolerance=tolerance)
                for goal, tolerance in CRITERIA.items()
            }
            timed = alternate({**calls, "": partial(examined, patient, reflex)}, repeats)
            word = "on" if reflex else "off"
            for goal in CRITERIA:
                t = timed[goal]
                s = t.result
                error = 100.0 * float(np.abs(strokes(s) / exact - 1.0).max())
                alone.add(
                    patient=name,
                    reflex=word,
                    settled_to=goal,
                    **t.columns,
                    beats=s.beats,
                    steps=s.steps,
                    CPU_ms_a_beat=t.cpu_ms / s.beats,
                    stroke_error_percent=error,
                )
            whole.add(patient=name, reflex=word, **timed[""].columns)
    return [alone, whole]
