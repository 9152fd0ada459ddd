"""What accuracy costs: steps a beat against the worst error of all findings."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.table import Table
from benchmarks.timing import alternate
from mitral.beat.settled import beat_of
from mitral.measure.exam import examine
from mitral.parameters.personalise import REFERENCE_BSA_M2
from mitral.patient.record import Patient
from mitral.solver.solve import STEP_S, Solution, solve
from mitral.workflow import parameters_of

if TYPE_CHECKING:
    import numpy as np

CASES = {
    "healthy": (Patient(), False),
    "acute, reflex": (Patient(cause="flail_leaflet"), True),
    "functional, reflex": (Patient(cause="ventricular_functional"), True),
    "late systolic, reflex": (Patient(cause="late_systolic_prolapse"), True),
    "45 bpm, EROA 0.2": (Patient(heart_rate_bpm=45, eroa_cm2=0.2), False),
    "110 bpm, EROA 0.2": (Patient(heart_rate_bpm=110, eroa_cm2=0.2), False),
}
STEPS = (200, 300, 400, 600, 800, 1200, 1600)
PLAIN = (
    *("lv_edv_ml", "lv_esv_ml", "rv_edv_ml", "la_volume_max_ml", "la_volume_min_ml"),
    *("regurgitant_volume_ml", "forward_stroke_volume_ml", "lv_edp_mmhg", "lv_peak_mmhg"),
    *("aortic_systolic_mmhg", "aortic_diastolic_mmhg", "aortic_mean_mmhg"),
    *("la_pressure_mean_mmhg", "la_v_wave_mmhg", "mitral_e_cm_s", "mr_peak_velocity_cm_s"),
)
"""Extremes, means and integrals: findings that show the integrator's error, not the sampling of a
moment or of the edge of a window."""
FINER = 10
TIGHT_ML = 1e-9
LIMIT_PERCENT = 0.1
FLOOR = {"_cm2": 0.01, "_ratio": 0.05, "_mmhg_ml": 0.05, "_j": 0.05, "_kpa": 0.1}
"""An error is relative to the finding, or to this if that is smaller (else to 1 of its unit)."""


def findings(p: np.ndarray, solution: Solution) -> dict[str, float]:
    """All findings as numbers."""
    exam = examine(beat_of(solution, p, REFERENCE_BSA_M2))
    return {name: float(value) for name, value in exam.as_dict().items()}


def error_percent(name: str, value: float, exact: float) -> float:
    """Relative error; infinite if only one of the two can be measured."""
    if math.isnan(value) or math.isnan(exact):
        return 0.0 if math.isnan(value) and math.isnan(exact) else math.inf
    floor = next((size for end, size in FLOOR.items() if name.endswith(end)), 1.0)
    return 100.0 * abs(value - exact) / max(abs(exact), floor)


def errors(p: np.ndarray, solution: Solution, exact: dict[str, float]) -> list[tuple[float, str]]:
    """Errors (%) with the finding's name, the worst first."""
    found = findings(p, solution)
    return sorted(((error_percent(n, found[n], exact[n]), n) for n in exact), reverse=True)


def run(repeats: int) -> list[Table]:
    """One row per case and number of steps; the program's own step is marked."""
    table = Table(
        f"precision: findings against {FINER} times the steps of the finest row",
        notes=[
            f"own: the program's own step, at most {1e3 * STEP_S:g} ms; it takes more steps than "
            "asked for where they would be too long",
            f"plain: worst of {len(PLAIN)} extremes, means and integrals, not read off at a moment",
            f"over limit: how many findings are more than {LIMIT_PERCENT} % off",
        ],
    )
    for case, (patient, reflex) in CASES.items():
        p = parameters_of(patient)
        period = 60.0 / float(p["hr"][0])
        solved = partial(solve, p, reflex=reflex, tolerance_ml=TIGHT_ML)
        exact = findings(p, solved(step_s=period / (FINER * max(STEPS))))
        seen: set[int] = set()
        for wanted in (None, *STEPS):
            step_s = STEP_S if wanted is None else period / wanted
            timed = alternate(
                {"": partial(solve, p, reflex=reflex, step_s=step_s)}, max(repeats // 6, 3)
            )
            s = solved(step_s=step_s)
            if s.steps in seen:
                continue
            seen.add(s.steps)
            worst = errors(p, s, exact)
            step_ms = 1e3 * float(s.waveforms["time"][-1]) / s.steps
            over = sum(error > LIMIT_PERCENT for error, _ in worst)
            table.add(
                case=f"{case} (own)" if wanted is None else case,
                steps=s.steps,
                step_ms=step_ms,
                settle_CPU_ms=timed[""].cpu_ms,
                plain_percent=max(error for error, name in worst if name in PLAIN),
                over_limit=over,
                worst_percent=worst[0][0],
                finding=worst[0][1],
                second_percent=worst[1][0],
                second=worst[1][1],
                third_percent=worst[2][0],
                third=worst[2][1],
            )
    return [table]
