"""Settle one patient and hand over the beat: the door from the kernels to the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mitral.circulation.state import SIGNAL_FIELDS, STATE_FIELDS, WAVEFORM, cold_start
from mitral.solver import settle as solver
from mitral.solver.precondition import stored

STEP_S = 2.3e-3
"""s; the longest step at which every finding is within 0.1 % (benchmarks: work-precision)."""
BEAT_LIMIT = 400
_COLUMNS = 1 + len(STATE_FIELDS) + len(SIGNAL_FIELDS)
_STATES = len(STATE_FIELDS)
_LONGEST = 1.7
"""The reflex may lengthen the beat at most about this much (rows kept for it)."""


@dataclass(frozen=True)
class Solution:
    """Outcome of one solve: the last beat's `waveforms` and how it was reached.

    `code` 0 settled, 1 beat limit, 2 not finite; `start` is the settled start of the beat
    (states, ESV, drives) to start a neighbour from; `steps` a beat.
    """

    code: int
    beats: int
    steps: int
    residual_ml: float
    waveforms: np.ndarray
    start: np.ndarray

    @property
    def message(self) -> str:
        """The outcome in words."""
        if self.code == solver.SETTLED:
            return f"settled after {self.beats} beats to {self.residual_ml:.1e} mL"
        if self.code == solver.NOT_FINITE:
            return f"the solution broke down in beat {self.beats}: parameters too extreme together"
        return (
            f"not settled after {self.beats} beats: start and end of the beat still differ by "
            f"{self.residual_ml:.2g} mL"
        )


def steps_for(heart_rate_bpm: float, step_s: float = STEP_S) -> int:
    """Steps a beat so that none is longer than `step_s` at this rate."""
    return int(np.ceil(60.0 / heart_rate_bpm / step_s))


def cold(p: np.ndarray) -> np.ndarray:
    """The start vector (states, ESV, drives) from which any patient may be settled."""
    start = np.zeros(_STATES + 3)
    start[:_STATES] = cold_start(p).view(np.float64)
    start[_STATES] = 50.0 * p["v0_lv_healthy"][0] / 46.5
    return start


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

    `tolerance_ml`: largest change of any volume over a beat; other unknowns are held to the like.
    """
    steps = steps_for(float(p["hr"][0]), step_s)
    rows = int(steps * (_LONGEST if reflex else 1.2)) + 2
    wave = np.zeros((rows, _COLUMNS))
    x = cold(p) if start is None else np.array(start, dtype=float)
    code, beats, steps, residual = solver.settle(
        p, x, stored(reflex), int(reflex), steps, tolerance_ml, stroke_tolerance, limit, wave
    )
    waveforms = wave[: steps + 1].view(WAVEFORM).reshape(-1)
    return Solution(code, beats, steps, residual, waveforms, x)
