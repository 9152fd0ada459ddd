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


@kernel
def clip_openings(y):
    """Keep the four valve openings within 0 and 1 (`y`: flat state)."""
    for i in range(_FIRST_Z, _FIRST_Z + 4 * _Z_STRIDE, _Z_STRIDE):
        y[i] = min(max(y[i], 0.0), 1.0)


@kernel
def beat(p, control, activation, tables, laws, states, flat, now, steps, wave, keep):
    """Advance the state in `states[BASE]` by one beat and return MAP, mean LAP (mmHg) and ESV (mL).

    `states` five records and `flat` the same memory as (5, STATES); `activation` from `tabulate`;
    `now` one record of signals. With `keep`, every row of `wave` (steps + 1 records seen as flat
    (·, 1 + STATES + SIGNALS)) is written. Source: Kutta 1901.
    """
    y, k1, k2, k3 = flat[BASE], flat[K1], flat[K2], flat[K3]
    stage = flat[STAGE]
    signals = now.view(np.float64)
    h = control.period / steps
    start_beat(p, states[BASE], control)
    sum_sa, sum_la, esv = 0.0, 0.0, states[BASE].v_lv
    for i in range(steps + 1):
        start_step(p, control, tables, laws, states[BASE])
        a = activation[2 * i]
        rate_of_change(
            p, control, a[0], a[1], a[2], tables, states[BASE], now[0], states[K1]
        )
        weight = 0.5 if i == 0 or i == steps else 1.0
        sum_sa += weight * now[0].p_sa
        sum_la += weight * now[0].p_la
        esv = min(esv, states[BASE].v_lv)
        if keep:
            wave[i, 0] = i * h
            wave[i, 1 : 1 + STATES] = y
            wave[i, 1 + STATES :] = signals
        if i == steps:
            break
        for j in range(STATES):
            stage[j] = y[j] + 0.5 * h * k1[j]
        a = activation[2 * i + 1]
        rate_of_change(
            p, control, a[0], a[1], a[2], tables, states[STAGE], now[0], states[K2]
        )
        for j in range(STATES):
            stage[j] = y[j] + h * (2.0 * k2[j] - k1[j])
        a = activation[2 * i + 2]
        rate_of_change(
            p, control, a[0], a[1], a[2], tables, states[STAGE], now[0], states[K3]
        )
        for j in range(STATES):
            y[j] += h / 6.0 * (k1[j] + 4.0 * k2[j] + k3[j])
        clip_openings(y)
    return sum_sa / steps, sum_la / steps, esv


@kernel
def drives(map_mmhg, lap_mmhg, p):
    """The arterial and the stretch drive that the mean pressures of a beat ask for."""
    return arterial_drive(map_mmhg, p), stretch_drive(lap_mmhg, p)
