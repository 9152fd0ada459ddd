"""How long a run of 120 beats takes in which the leak opens, with and without its examinations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import mitral
from benchmarks.table import Table
from benchmarks.timing import alternate
from mitral.solver.solve import solve
from mitral.solver.transient import run_through
from mitral.workflow import parameters_of

if TYPE_CHECKING:
    from mitral.measure.exam import Exam

CAUSES = ("flail_leaflet", "papillary_rupture")
BEATS, ONSET = 120, 10


def examined(patient: mitral.Patient) -> list[Exam]:
    """The whole way from a patient to the findings of every beat."""
    return [one.exam for one in mitral.transient(patient, beats=BEATS, onset_beat=ONSET).beats]


def run(repeats: int) -> list[Table]:
    """The beats alone, from a patient, and with all examinations."""
    table = Table(
        f"transient: {BEATS} beats, the leak opens after {ONSET}, reflex with its delays",
        notes=[
            f"median and minimum of {repeats}; beats: from a settled start; run: from a patient"
        ],
    )
    for cause in CAUSES:
        patient = mitral.Patient(cause=cause)
        before, after = parameters_of(mitral.Patient()), parameters_of(patient)
        settled = solve(before)
        calls = {
            "beats": partial(run_through, before, after, settled, beats=BEATS, onset=ONSET),
            "run": partial(mitral.transient, patient, beats=BEATS, onset_beat=ONSET),
            "run and all exams": partial(examined, patient),
        }
        for name, timed in alternate(calls, repeats).items():
            table.add(cause=cause, what=name, **timed.columns, CPU_ms_a_beat=timed.cpu_ms / BEATS)
    return [table]
