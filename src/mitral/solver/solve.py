"""Settle one patient and hand over the beat: the door from the kernels to the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from mitral.circulation.state import STATE_FIELDS, WAVEFORM
from mitral.solver import settle as solver
from mitral.solver.precondition import stored

STEP_S = 2.3e-3
"""s; the longest step at which every finding is within 0.1 % (benchmarks: work-precision)."""
BEAT_LIMIT = 400
_STATES = len(STATE_FIELDS)
_FAST = [
    "c_ao",
    "c_sa",
    "c_sv",
    "c_pa",
    "c_pc",
    "c_pvn",
    "r_ao",
    "l_ao",
    "r_sv",
    "r_pa",
    "r_pc",
    "r_pvn",
    "l_pvn",
]
"""Parameters of what can change fast."""
_REACH = 1.5
"""A step times the fastest rate stays below this (Kutta's rule: 1.73 undamped, 2.51 damped)."""
_FINEST = 16
"""A solve that breaks down is taken up again with up to this many times the steps."""


@dataclass(frozen=True)
class Solution:
    """Outcome of one solve: the last beat's `waveforms` and how it was reached.

    `code` 0 settled, 1 beat limit, 2 not finite, 3 too little blood; `start` is the settled start
    of the beat (states, ESV, drives) to start a neighbour from; `steps` a beat.
    """

    code: int
    beats: int
    steps: int
    residual_ml: float
    waveforms: np.ndarray
    start: np.ndarray

    @property
    def drives(self) -> tuple[float, float]:
        """The reflex drives (s_b, s_a) at which the beat settled."""
        return float(self.start[-2]), float(self.start[-1])

    @property
    def message(self) -> str:
        """The outcome in words."""
        if self.code == solver.SETTLED:
            return f"settled after {self.beats} beats to {self.residual_ml:.1e} mL"
        if self.code == solver.NOT_FINITE:
            return f"the solution broke down in beat {self.beats}: parameters too extreme together"
        if self.code == solver.TOO_LITTLE_BLOOD:
            return "the total blood volume tbv does not fill these vessels; give more, or less vu_"
        return (
            f"not settled after {self.beats} beats: start and end of the beat still differ by "
            f"{self.residual_ml:.2g} mL"
        )


def fastest_rate(p: np.ndarray) -> float:
    """The fastest rate (1/s) at which something other than a valve can change, from `p`.

    Oscillation of blood between vessels sqrt((E1 + E2)/L), exchange through a resistance
    (E1 + E2)/R, friction against inertia R/L.
    """
    q = {name: float(p[name][0]) for name in _FAST}
    stiff_atrium, stiff_vein = 3.0, 3.0 / q["c_sv"]
    e = {name: 1.0 / q[f"c_{name}"] for name in ("ao", "sa", "pa", "pc", "pvn")}
    return max(
        math.sqrt((e["ao"] + e["sa"]) / q["l_ao"]),
        q["r_ao"] / q["l_ao"],
        math.sqrt((e["pvn"] + stiff_atrium) / q["l_pvn"]),
        q["r_pvn"] / q["l_pvn"],
        (stiff_atrium + stiff_vein) / q["r_sv"],
        (e["pa"] + e["pc"]) / q["r_pa"],
        (e["pc"] + e["pvn"]) / q["r_pc"],
    )


def steps_for(p: np.ndarray, step_s: float = STEP_S) -> int:
    """Steps a beat: none longer than `step_s`, nor than the fastest change can bear."""
    step = min(step_s, _REACH / fastest_rate(p))
    return math.ceil(60.0 / float(p["hr"][0]) / step)


def solve(
    p: np.ndarray,
    *,
    reflex: bool = True,
    start: np.ndarray | None = None,
    tolerance_ml: float = 1e-6,
    stroke_tolerance: float = 0.0,
    limit: int = BEAT_LIMIT,
    step_s: float = STEP_S,
) -> Solution:
    """Settle the patient with parameters `p` (array of one record).

    `start`: the `start` of a neighbour's solution, or none for a cold start.
    `tolerance_ml`: largest change of any volume over a beat; other unknowns are held to the like.
    """
    steps = steps_for(p, step_s)
    rows = _FINEST * steps + 1
    work = solver.work_for(rows)
    x = np.zeros(_STATES + 3) if start is None else np.array(start, dtype=float)
    code, beats, steps, residual = solver.settle(
        p, x, stored(reflex), int(reflex), steps, tolerance_ml, stroke_tolerance, limit, work
    )
    waveforms = work.wave[: steps + 1].view(WAVEFORM).reshape(-1)
    return Solution(code, beats, steps, residual, waveforms, x)
