"""Moderate exercise as a change of parameters, on top of the reflex as it acts at rest.

Level 1 is dynamic leg work of about 60 to 75 W: rate and contractility rise, working muscle lets
more blood through, squeezes the veins and helps it back, lung vessels open, relaxation quickens.
These are what the nerves do in exercise, so the reflex itself is off. A worn-out left ventricular
muscle has lost its reserve: the rises of rate and contractility are times ctr_lv. The numbers are
in `exercise.csv`. Left out: oxygen, limits other than the heart's, posture.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mitral.circulation.reflex import apply
from mitral.circulation.state import CONTROL
from mitral.disease.constants import constants
from mitral.errors import InputError
from mitral.solver.solve import Solution, solve

if TYPE_CHECKING:
    from collections.abc import Sequence

_NO_CEILING = 1e6
"""bpm; the ceiling of the heart rate acts once, when the beat is solved."""
_HARDEST = 1.5
"""Level beyond which the straight lines of exercise are not meant to be continued."""
_TOLERANCE_ML = 1e-3


def at_rest(p: np.ndarray, drives: Sequence[float] | np.ndarray) -> np.ndarray:
    """Parameters that give the same beat without reflex as `p` with its drives (s_b, s_a).

    Rate, contractility, resistance and venous volume are as the reflex holds them.
    """
    free = p.copy()
    free["hr_max"] = _NO_CEILING
    control = np.zeros(1, CONTROL)
    apply(free[0], float(drives[0]), float(drives[1]), control[0])
    q = p.copy()
    q["hr"] = 60.0 / control["period"]
    q["ctr"] = control["strength_lv"] / p["ctr_lv"]
    q["r_sys"] = 1.0 / control["g_sys"]
    q["v_sv_ref"] = control["v_sv_ref"]
    q["drive_b_before"] = q["drive_a_before"] = 0.0
    return q


def exercised(p: np.ndarray, level: float = 1.0) -> np.ndarray:
    """Parameters in exercise, for a solve without reflex; `p` from `at_rest`.

    `level`: 0 rest, 1 moderate exercise.
    """
    if not (math.isfinite(level) and 0.0 <= level <= _HARDEST):
        raise InputError(
            f"level of exercise is {level:g}, outside 0 (rest) to {_HARDEST:g}; 1 is moderate work"
        )
    k, q = constants("exercise"), p.copy()
    reserve = level * np.minimum(p["ctr_lv"], 1.0)
    q["hr"] *= 1.0 + k.heart_rate * reserve
    q["ctr"] *= 1.0 + k.contractility * reserve
    for name, fall in (
        ("r_sys", k.resistance),
        ("v_sv_ref", k.squeeze),
        ("r_sv", k.pump),
        ("r_pa", k.lung_vessels),
        ("r_pc", k.lung_vessels),
        ("act_rise", k.relaxation),
        ("act_decay", k.relaxation),
    ):
        q[name] *= 1.0 - fall * level
    return q


def exercise(
    p: np.ndarray, drives: Sequence[float] | np.ndarray, start: np.ndarray, level: float = 1.0
) -> Solution:
    """The settled beat in exercise of a person with parameters `p` and reflex drives at rest.

    `start`: the `start` of the solution at rest. If `code` is not 0 it did not settle.
    """
    begin = np.array(start, dtype=float)
    begin[-2:] = 0.0
    q = exercised(at_rest(p, drives), level)
    return solve(q, reflex=False, start=begin, tolerance_ml=_TOLERANCE_ML)
