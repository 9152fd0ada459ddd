"""The stored matrix M = (I - dP/dx)^-1 that tells the solver roughly where a beat is heading.

It belongs to the reference adult of a parameter set and is written by `python -m calibration`.
It affects only the number of beats, never the answer.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

import mitral.parameters
from mitral.circulation.state import STATE_FIELDS, WAVEFORM
from mitral.solver import settle as solver
from mitral.solver import unknowns
from mitral.solver.integrate import drives

FILE = Path(mitral.parameters.__file__).parent / "sets" / "adult.precondition.npz"
_STEP = 1e-3
"""Scaled units: small against a beat's volumes, large against their rounding."""


@cache
def stored(reflex: bool) -> np.ndarray:
    """The stored matrix (unknowns × unknowns), with or without the reflex; identity if missing."""
    if not FILE.exists():
        return np.eye(unknowns.UNKNOWNS)
    with np.load(FILE) as file:
        return file["reflex" if reflex else "plain"]


def beat_map(p: np.ndarray, x: np.ndarray, reflex: bool, steps: int) -> np.ndarray:
    """P(x): the scaled unknowns one beat after the scaled unknowns `x`."""
    states = len(STATE_FIELDS)
    start = np.zeros(states + 3)
    unknowns.scatter(x, float(p["tbv"][0]), start[:states])
    start[states:] = x[unknowns.ESV :] / unknowns.SCALE[unknowns.ESV :]
    work = solver.work_for(steps + 1)
    identity = np.eye(unknowns.UNKNOWNS)
    solver.settle(p, start, identity, int(reflex), steps, 0.0, 0.0, 1, work)
    w = work.wave.view(WAVEFORM).reshape(-1)
    period = w["time"][-1]
    reached = start[states + 1 :]
    pressures = [float(np.trapezoid(w[name], w["time"]) / period) for name in ("p_sa", "p_la")]
    wanted = drives(*pressures, p[0]) if reflex else (0.0, 0.0)
    s_b, s_a = reached + solver.DRIVE_RELAXATION * (np.array(wanted) - reached)
    after = np.empty(unknowns.UNKNOWNS)
    unknowns.gather(work.wave[-1, 1 : 1 + states].copy(), w["v_lv"].min(), s_b, s_a, after)
    return after


def compute(p: np.ndarray, settled: np.ndarray, reflex: bool, steps: int = 400) -> np.ndarray:
    """(I - dP/dx)^-1 at a settled start, by central differences."""
    x = np.empty(unknowns.UNKNOWNS)
    states = len(STATE_FIELDS)
    unknowns.gather(settled[:states].copy(), *settled[states:], x)
    jacobian = np.empty((x.size, x.size))
    for j in range(x.size):
        up, down = x.copy(), x.copy()
        up[j] += _STEP
        down[j] -= _STEP
        difference = beat_map(p, up, reflex, steps) - beat_map(p, down, reflex, steps)
        jacobian[:, j] = difference / (2.0 * _STEP)
    return np.linalg.inv(np.eye(x.size) - jacobian)
