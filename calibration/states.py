"""The states that one parameter set must serve, each settled from it by a stated change.

normal                        no leak, no reflex: its pressures become the reflex's set points
acute                         orifice 0.45 cm², reflex on
compensated, decompensated    orifice 0.46 cm², heart grown by the slow factors that are fitted
... closed                    the leak shut at once, arterial pressure held by resistance
... loaded, dilated arteries  resistance × 1.3, × 0.75, no reflex
bled                          normal less 450 mL of blood
"""

from __future__ import annotations

import numpy as np

from mitral.beat.beat import Beat, heart_of
from mitral.disease.adaptation import PERICARDIUM, heart_volume, load, load_of, mean
from mitral.measure.exam import Exam, examine
from mitral.parameters.personalise import REFERENCE_BSA_M2
from mitral.solver.solve import Solution, solve

ACUTE_EROA, CHRONIC_EROA = 0.45, 0.46
TEXTBOOK_ACUTE_EDV, TEXTBOOK_ACUTE_ESV = 170.0, 34.0
CHRONIC_RATE = {"compensated": 65.0, "decompensated": 71.0}
_LOOSE = 1e-5


class CannotSettleError(ArithmeticError):
    """A trial set for which some state does not settle."""


def settled(p: np.ndarray, start: np.ndarray | None = None, *, reflex: bool = False) -> Solution:
    """`solve` to 1e-5 mL, or an error that the fit turns into a high cost."""
    solution = solve(p, reflex=reflex, start=start, tolerance_ml=_LOOSE)
    if solution.code:
        raise CannotSettleError(solution.message)
    return solution


def exam(p: np.ndarray, solution: Solution, bsa_m2: float = REFERENCE_BSA_M2) -> Exam:
    """The examination of a solution."""
    return examine(Beat(solution.waveforms, heart_of(p, bsa_m2)))


def finish(p: np.ndarray) -> tuple[Solution, Exam]:
    """Set what follows from the normal state: healthy sizes, reflex set points, load reference.

    The load reference is that of the textbook's acute leak: an orifice given for a heart of healthy
    size is the one that an examiner would measure there once the leak is severe.
    """
    p["v0_lv_healthy"], p["v0_la_healthy"] = p["v0_lv"], p["v0_la"]
    normal = settled(p)
    found = exam(p, normal)
    p["map_set"], p["lap_set"] = found.aortic_mean_mmhg, found.la_pressure_mean_mmhg
    p["load_ref"] = load(p, TEXTBOOK_ACUTE_EDV, TEXTBOOK_ACUTE_ESV)
    return normal, found


def chronic(
    p: np.ndarray, factors: dict[str, float], rate: float, healthy_volume: float
) -> tuple[np.ndarray, Solution]:
    """A grown heart: slow factors, pericardium and orifice reference adapted to its own size."""
    q = p.copy()
    for name, factor in factors.items():
        q[name] *= factor
    q["wall_la"] *= factors["v0_la"] ** 0.8
    q["eroa"], q["hr"] = CHRONIC_EROA, rate
    start = None
    for _ in range(4):
        solution = settled(q, start)
        start = solution.start
        w = solution.waveforms
        q["v_peri"] = p["v_peri"] * (heart_volume(q, w) / healthy_volume) ** PERICARDIUM
        q["load_ref"] = np.sqrt(p["load_ref"] * load_of(q, w))
    return q, settled(q, start)


def close_leak(q: np.ndarray, open_: Solution, pressure: float) -> Exam:
    """The leak shut at once; resistance found so that arterial pressure stays (three secants)."""
    shut = q.copy()
    shut["eroa"] = 0.0
    factor, start = 0.7, open_.start
    solution = open_
    for _ in range(4):
        shut["r_sys"] = q["r_sys"] * factor
        solution = settled(shut, start)
        start = solution.start
        reached = mean(solution.waveforms, "p_sa")
        factor *= 1.0 + 1.25 * (pressure / reached - 1.0)
    return exam(shut, solution)


def all_states(p: np.ndarray, slow: dict[str, dict[str, float]]) -> dict[str, Exam]:
    """Examine every state of this parameter set (completed in place by `finish`)."""
    normal, found = finish(p)
    exams = {"normal": found}
    acute = p.copy()
    acute["eroa"] = ACUTE_EROA
    exams["acute"] = exam(acute, settled(acute, reflex=True))
    size = heart_volume(p, normal.waveforms)
    for name, factors in slow.items():
        q, solution = chronic(p, factors, CHRONIC_RATE[name], size)
        exams[name] = exam(q, solution)
        exams[f"{name} closed"] = close_leak(q, solution, exams[name].aortic_mean_mmhg)
        for change, factor in (("loaded", 1.3), ("dilated arteries", 0.75)):
            changed = q.copy()
            changed["r_sys"] *= factor
            exams[f"{name} {change}"] = exam(changed, settled(changed, solution.start))
    bled = p.copy()
    bled["tbv"] -= 450.0
    exams["bled"] = exam(bled, settled(bled, normal.start))
    return exams
