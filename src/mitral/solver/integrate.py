"""One beat by Kutta's third-order rule with a fixed number of equal steps.

Its nodes are 0, 1/2, 1, so one table of activation on half-steps serves all stages. Beyond its
stability limit it damps a valve's opening to the clip at 0 instead of throwing the valve open.
"""

from __future__ import annotations

import numpy as np

from mitral.circulation.loop import rate_of_change, start_beat, start_step
from mitral.circulation.reflex import arterial_drive, stretch_drive
from mitral.circulation.state import SIGNAL_FIELDS, STATE_FIELDS
from mitral.kernel import kernel

STATES = len(STATE_FIELDS)
SIGNALS = len(SIGNAL_FIELDS)
_Z = np.array([STATE_FIELDS.index(name) for name in ("z_mv", "z_av", "z_tv", "z_pv")])
_FIRST_Z, _Z_STRIDE = int(_Z[0]), int(_Z[1] - _Z[0])
BASE, STAGE, K1, K2, K3 = range(5)
"""Rows of the work array: the state, the state of a stage, and the three rates."""
STAGES = 3
_FIRST_RATE, _SECOND_RATE = np.array([0.0, 0.5, -1.0]), np.array([0.0, 0.0, 2.0])
"""Kutta's tableau: how far each stage goes along the first and the second rate."""


@kernel
def clip_openings(y):
    """Keep the four valve openings within 0 and 1 (`y`: flat state)."""
    for i in range(_FIRST_Z, _FIRST_Z + 4 * _Z_STRIDE, _Z_STRIDE):
        y[i] = min(max(y[i], 0.0), 1.0)


@kernel
def beat(p, control, steps, work):
    """Advance the state in `work.states[BASE]` by one beat; return MAP, mean LAP (mmHg), ESV (mL).

    `p` parameters, `control` what is constant in the beat, `work` memory with activation tabulated.
    The first steps + 1 rows of `work.wave` receive time, state and signals. Source: Kutta 1901.
    """
    states, flat, now, wave = work.states, work.flat, work.now, work.wave
    activation, tables, laws, signals = work.activation, work.tables, work.laws, work.signals
    y, stage, k1, k2, k3 = flat[BASE], flat[STAGE], flat[K1], flat[K2], flat[K3]
    for j in range(STATES):
        # a weight of 0 would not hide what a beat that broke down has left: 0 times NaN is NaN
        k1[j], k2[j] = 0.0, 0.0
    h = control.period / steps
    start_beat(p, states[BASE], control)
    sum_sa, sum_la, esv = 0.0, 0.0, states[BASE].v_lv
    for i in range(steps + 1):
        start_step(p, control, tables, laws, states[BASE])
        for s in range(STAGES if i < steps else 1):
            first, second = h * _FIRST_RATE[s], h * _SECOND_RATE[s]
            for j in range(STATES):
                stage[j] = y[j] + first * k1[j] + second * k2[j]
            clip_openings(stage)
            a = activation[2 * i + s]
            y_s, rate = states[STAGE], states[K1 + s]
            rate_of_change(p, control, a[0], a[1], a[2], a[3], tables, y_s, now[0], rate)
            if s == 0:
                weight = 0.5 if i in (0, steps) else 1.0
                sum_sa += weight * now[0].p_sa
                sum_la += weight * now[0].p_la
                esv = min(esv, states[BASE].v_lv)
                wave[i, 0] = i * h
                for j in range(STATES):
                    wave[i, 1 + j] = y[j]
                for j in range(SIGNALS):
                    wave[i, 1 + STATES + j] = signals[j]
        if i < steps:
            for j in range(STATES):
                y[j] += h / 6.0 * (k1[j] + 4.0 * k2[j] + k3[j])
            clip_openings(y)
    return sum_sa / steps, sum_la / steps, esv


@kernel
def drives(map_mmhg, lap_mmhg, p):
    """The arterial and the stretch drive that the mean pressures of a beat ask for."""
    return arterial_drive(map_mmhg, p), stretch_drive(lap_mmhg, p)
