"""How long it takes to compare five treatments over five years, and where the time goes."""

from __future__ import annotations

from functools import partial

import mitral
from benchmarks.table import Table
from benchmarks.timing import alternate
from mitral.workflow.compare import compare

PATIENT = mitral.Patient(cause="flail_leaflet")
ARMS = ("none", "vasodilator", "teer", "repair", "replacement")
CASES = {
    "five arms, five years": partial(compare, PATIENT, ARMS, 5.0, at=2.0),
    "waiting alone, five years": partial(compare, PATIENT, ARMS[:1], 5.0, at=2.0),
    "repair in years 1, 2, 4, then 3 years": partial(
        compare, PATIENT, ("none", "repair"), 3.0, at=(1.0, 2.0, 4.0)
    ),
}


def run(repeats: int) -> list[Table]:
    """Times, with the macro-steps and visits of the lead and of all arms."""
    times = Table(
        "compare: treatments of one patient, the two years or more before them included",
        notes=[f"median and minimum of {repeats}; all visits examined, graded, exercised"],
    )
    for what, timed in alternate(dict(CASES), repeats).items():
        courses = [timed.result.lead, *(arm.course for arm in timed.result.arms)]
        times.add(
            comparison=what,
            **timed.columns,
            arms=len(timed.result.arms),
            steps=sum(len(one.way) - 1 for one in courses),
            visits=sum(len(one.visits) for one in courses),
        )
    return [times]
