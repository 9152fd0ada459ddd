"""Whole lives that the constants of the slow laws must serve, and the fit of those constants."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from calibration import dog
from calibration.fit import Search, rows
from mitral.course import laws
from mitral.course.life import FailureError, Life, Moment, begin
from mitral.disease.lung import healthy_lung
from mitral.parameters import parameter, personalise
from mitral.parameters.personalise import REFERENCE_WEIGHT_KG

if TYPE_CHECKING:
    from collections.abc import Callable

YEAR = 365.25
YEARS = 20
PRIOR_WEIGHT, NUDGE = 0.3, 0.04


def life(eroa: float, k: laws.Laws, parts: int = 1) -> Life:
    """The reference adult in whom a flail leaflet opens at day 0."""
    well = parameter.load()
    ill = well.copy()
    ill["eroa"] = eroa
    return begin(
        lambda _day: ill, well, lambda p_c: healthy_lung(REFERENCE_WEIGHT_KG, p_c), k, parts=parts
    )


DOG_KG, DOG_PASSES = 20.0, 4
DOG_DAYS = [0.05, 3.0, 8.0, 15.0, 30.0, 45.0, 60.0, 75.0, 90.0]
STOPS = [1.0, 7.0, 30.0, 91.0, 182.0, 365.0, 1100.0]


def trajectory(eroa: float, k: laws.Laws, years: float = YEARS) -> list[Moment]:
    """The moments of a life until its end or `years`."""
    way = life(eroa, k)
    moments: list[Moment] = [way.now]
    stops = sorted({*STOPS, *(YEAR * y for y in range(2, int(years) + 1))})
    with suppress(FailureError):
        moments.extend(way.until([stop for stop in stops if stop <= years * YEAR]))
    return moments


def dog_trajectory(fraction: Callable[[float], float], k: laws.Laws) -> list[Moment]:
    """Three months of a dog whose heart rate and regurgitant fraction (%) are the recorded ones.

    The orifice is found as a curve through `DOG_DAYS` by some passes over the whole time.
    """
    well = personalise.dog()
    well["g_hr"], well["h_hr"] = 0.0, 0.0
    eroa = np.full(len(DOG_DAYS), 0.1)
    moments: list[Moment] = []

    def ill(day: float) -> np.ndarray:
        p = well.copy()
        p["hr"], p["eroa"] = dog.heart_rate(day), np.interp(day, DOG_DAYS, eroa)
        return p

    for _ in range(DOG_PASSES):
        way = begin(ill, well, lambda p_c: healthy_lung(DOG_KG, p_c), k)
        moments = [way.now, *way.until(DOG_DAYS)]
        reached = [at(moments, f"{day} d", "rf_percent") for day in DOG_DAYS]
        wanted = [fraction(day) for day in DOG_DAYS]
        eroa *= [
            (w / (100.0 - w) / (r / (100.0 - r))) ** 1.15
            for w, r in zip(wanted, reached, strict=True)
        ]
    return moments


def finding(m: Moment, name: str) -> float:
    """A finding of a moment."""
    s = m.stimuli
    beat_s = 60.0 / s.rate_bpm
    own = {
        "ef_percent": 100.0 * (1.0 - s.esv_ml / s.edv_ml),
        "fsv_ml": s.output * beat_s,
        "rvol_ml": s.leak * beat_s,
        "rf_percent": 100.0 * s.leak / (s.leak + s.output),
        "years": m.day / YEAR,
        "wall_ratio": m.slow.lv_wall,
    }
    return own[name] if name in own else float(getattr(s, name))


def at(moments: list[Moment], when: str, name: str) -> float:
    """A finding at '365 d', '20 a', or when the ejection fraction falls through 'ef 58'."""
    if name == "edv_ratio":
        return at(moments, when, "edv_ml") / finding(moments[0], "edv_ml")
    kind = when.split()
    if kind[0] != "ef":
        day = float(kind[0]) * (YEAR if kind[1] == "a" else 1.0)
        days = [m.day for m in moments]
        return float(np.interp(day, days, [finding(m, name) for m in moments]))
    limit = float(kind[1])
    for before, after in pairwise(moments):
        a, b = finding(before, "ef_percent"), finding(after, "ef_percent")
        if a >= limit > b:
            share = (a - limit) / (a - b)
            return (1.0 - share) * finding(before, name) + share * finding(after, name)
    last = moments[-1]
    if name == "years":
        # further away the higher the ejection fraction still is, so that the search has a slope
        return finding(last, name) + max(finding(last, "ef_percent") - limit, 0.0)
    return finding(last, name)


def moments_of(case: str, k: laws.Laws) -> list[Moment]:
    """The life of a case: an orifice (cm²), 'dog', or 'dog' and a constant fraction (%)."""
    kind, _, percent = case.partition(" ")
    if kind != "dog":
        return trajectory(float(case), k)
    return dog_trajectory((lambda _: float(percent)) if percent else dog.regurgitant_fraction, k)


@dataclass(frozen=True)
class Fit(Search):
    """Free constants, targets, and where the search starts (logarithms)."""

    targets: list[dict[str, str]]
    start: np.ndarray

    def constants(self, x: np.ndarray) -> laws.Laws:
        """The constants for logarithms `x`."""
        names = [row["name"] for row in self.free]
        return laws.changed(dict(zip(names, np.exp(x).tolist(), strict=True)))

    def values(self, k: laws.Laws) -> list[float]:
        """Every target's finding."""
        lives = {case: moments_of(case, k) for case in {r["case"] for r in self.targets}}
        return [at(lives[row["case"]], row["when"], row["finding"]) for row in self.targets]

    def residuals(self, x: np.ndarray) -> np.ndarray:
        """Misses in standard deviations, and weak priors."""
        found = self.values(self.constants(x))
        miss = [
            np.clip((v - float(r["target"])) / float(r["sd"]), -10, 10)
            for v, r in zip(found, self.targets, strict=True)
        ]
        sd = np.array([float(row["prior_sd"]) for row in self.free])
        return np.array([*miss, *(PRIOR_WEIGHT * (x - self.start) / sd)])


def load_fit() -> Fit:
    """The fit, from the present constants."""
    free, present = rows("lives_free.csv"), laws.standard()
    start = np.log([float(getattr(present, row["name"])) for row in free])
    fit = Fit(free, rows("lives.csv"), start)
    inside = np.clip(start, fit.low + 1e-6, fit.high - 1e-6)
    return Fit(free, fit.targets, inside)


def report() -> None:
    """Print every target beside what the present constants give."""
    fit = load_fit()
    for row, value in zip(fit.targets, fit.values(laws.standard()), strict=True):
        off = (value - float(row["target"])) / float(row["sd"])
        name = f"{row['case']:8}{row['when']:9}{row['finding']:14}"
        print(f"{name}{float(row['target']):9.4g}{value:9.4g}{off:8.1f} SD")
