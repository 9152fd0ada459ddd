"""The dogs of Kleaveland 1988: the control dog fitted, the acute leak beside it, the drivers.

`dog.csv` holds what was recorded by day, -1 before the leak and 0 just after it. A row that is
fitted to says how closely: the standard error of eleven dogs (arterial pressure has no published
spread: 15 mmHg assumed; end-systole as end-diastole). Heart rate and regurgitant fraction are
drivers: smooth curves through the recorded days, as in the growth model that digitised them.
Source: Kleaveland 1988; Witzenburg and Holmes 2018.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from calibration.fit import rows
from calibration.states import CannotSettleError, exam, settled
from mitral.disease.adaptation import heart_volume, load_of
from mitral.parameters import parameter
from mitral.parameters.personalise import (
    DOG_BSA_M2,
    DOG_FILE,
    REFERENCE_AGE_YEARS,
    dog,
    healthy,
)
from mitral.units import BLOOD_DENSITY, DYN_PER_CM2_PER_MMHG

if TYPE_CHECKING:
    from mitral.measure.exam import Exam
    from mitral.solver.solve import Solution

CONTROL, ACUTE = -1, 0
"""Days: before the leak, and just after it."""
FREE = {"v0_lv": 0.15, "t_lv": 1.0, "sp_lv": 0.8, "r_sys": 0.3, "v_sv_ref": 0.1}
"""What is fitted, with the prior standard deviation of its logarithm about the scaled adult."""
RATE_FIRST, RATE_FALL = 127.75, 10.08
"""bpm; HR = first - fall ln(day + 1). Source: Witzenburg and Holmes 2018."""
FRACTION_LAST, FRACTION_RISE, FRACTION_DAYS = 60.76, 24.76, 25.86
"""%, %, days; RF = last - rise exp(-day/days), through 36, 53 and 60 % on days 0, 30 and 90."""
_FAILED, _CLOSE_ML = 30.0, 1e-3


def heart_rate(day: float) -> float:
    """Heart rate (bpm) recorded on a day after the leak was made."""
    return RATE_FIRST - RATE_FALL * math.log(day + 1.0)


def regurgitant_fraction(day: float) -> float:
    """Regurgitant fraction (%) recorded on a day after the leak was made."""
    return FRACTION_LAST - FRACTION_RISE * math.exp(-day / FRACTION_DAYS)


def recorded(day: int, study: str = "kleaveland1988") -> list[dict[str, str]]:
    """The rows of `dog.csv` of one day and study."""
    return [r for r in rows("dog.csv") if r["citation"] == study and int(r["day"]) == day]


def with_fraction(
    p: np.ndarray, percent: float, start: np.ndarray | None = None, *, reflex: bool = False
) -> tuple[np.ndarray, Solution]:
    """A dog whose orifice is found so that its regurgitant fraction is the one given.

    Secants on the odds of the fraction, which are nearly in proportion to the orifice; where the
    stretch drive sets in, filling rises steeply with the orifice and the fraction hardly.
    """
    q, wanted = p.copy(), percent / (100.0 - percent)
    q["eroa"] = np.maximum(p["eroa"], 0.05 * p["a_mv"])
    last, missed = 0.0, -wanted
    for _ in range(20):
        solution = settled(q, start, reflex=reflex)
        start, found = solution.start, exam(q, solution, DOG_BSA_M2).regurgitant_fraction_percent
        if abs(found - percent) < 1e-3:
            return q, solution
        eroa, miss = float(q["eroa"][0]), found / (100.0 - found) - wanted
        step = miss * (eroa - last) / (miss - missed)
        q["eroa"], last, missed = np.clip(eroa - step, 0.5 * eroa, 2.0 * eroa), eroa, miss
    raise CannotSettleError(f"no orifice found that leaks {percent:g} % of the stroke")


@cache
def _room() -> float:
    """Pericardial reference volume over heart volume in the healthy adult."""
    p = parameter.load()
    return float(p["v_peri"][0]) / heart_volume(p, settled(p).waveforms)


def control(p: np.ndarray) -> tuple[Solution, Exam]:
    """The dog before the leak; sets in `p` what follows from it: pericardium, set points."""
    p["v0_lv_healthy"] = p["v0_lv"]
    solution, before = settled(p), 0.0
    while abs(float(p["v_peri"][0]) - before) > _CLOSE_ML:
        before = float(p["v_peri"][0])
        p["v_peri"] = _room() * heart_volume(p, solution.waveforms)
        solution = settled(p, solution.start)
    found = exam(p, solution, DOG_BSA_M2)
    p["map_set"], p["lap_set"] = found.aortic_mean_mmhg, found.la_pressure_mean_mmhg
    return solution, found


def acute(p: np.ndarray, start: np.ndarray | None = None) -> tuple[np.ndarray, Exam]:
    """The dog just after the leak: rate and fraction as recorded, reflex on but for the rate.

    Sets in `p` the load and the pressure at which an orifice is the one given: those of this beat
    (pressure weighted by the jet's speed, as the jet's VTI weighs the orifice), so that the orifice
    given for the dog is the one that an examiner would measure.
    """
    q = p.copy()
    q["hr"], q["g_hr"], q["h_hr"] = heart_rate(ACUTE), 0.0, 0.0
    for _ in range(3):
        q, solution = with_fraction(q, regurgitant_fraction(ACUTE), start, reflex=True)
        start, w = solution.start, solution.waveforms
        speed = np.maximum(-w["u_mr"], 0.0)
        across = 0.5 * BLOOD_DENSITY * speed**2 / DYN_PER_CM2_PER_MMHG
        p["load_ref"] = q["load_ref"] = load_of(q, w)
        p["p_stretch"] = q["p_stretch"] = float(across @ speed / speed.sum())
    return q, exam(q, solution, DOG_BSA_M2)


def both(p: np.ndarray) -> dict[int, Exam]:
    """Control and acute dog by day; completes `p` in place."""
    solution, before = control(p)
    return {CONTROL: before, ACUTE: acute(p, solution.start)[1]}


def fit_dog() -> dict[str, str]:
    """Fit the control dog and its acute leak; the values of `sets/dog.csv` by name."""
    from scipy.optimize import least_squares

    base = healthy(DOG_BSA_M2, REFERENCE_AGE_YEARS, female=False)
    for name in ("hr", "wall_lv"):
        base[name] = dog()[name]
    scaled = np.log([float(base[name][0]) for name in FREE])
    sd = np.array(list(FREE.values()))
    targets = [r for day in (CONTROL, ACUTE) for r in recorded(day) if r["fit_to_within"]]

    def put(x: np.ndarray) -> np.ndarray:
        p = base.copy()
        for name, value in zip(FREE, np.exp(x), strict=True):
            p[name] = value
        return p

    def residuals(x: np.ndarray) -> np.ndarray:
        try:
            exams = both(put(x))
        except CannotSettleError:
            return np.full(len(targets) + x.size, _FAILED)
        misses = [
            (getattr(exams[int(r["day"])], r["finding"]) - float(r["mean"]))
            / float(r["fit_to_within"])
            for r in targets
        ]
        return np.array([*misses, *((x - scaled) / sd)])

    present = np.log([float(dog()[name][0]) for name in FREE])
    answer = least_squares(residuals, present, x_scale=sd, diff_step=2e-3, max_nfev=30)
    p = put(answer.x)
    both(p)
    return {name: f"{float(p[name][0]):.6g}" for name in parameter.read_rows(DOG_FILE)}


def comparison() -> list[tuple[str, str, str, str]]:
    """Day, finding, recorded (mean ± SD) and model of the control and the acute dog."""
    table = []
    for day, found in both(dog()).items():
        for r in recorded(day):
            spread = f" ± {r['sd']}" if r["sd"] else ""
            model = f"{getattr(found, r['finding']):.4g}"
            table.append((r["day"], r["finding"], f"{r['mean']}{spread}", model))
    return table


def report() -> None:
    """Print what was recorded beside the stored dog."""
    for day, finding, measured, model in comparison():
        print(f"{day:>4} {finding:30}{measured:>12}{model:>9}")
