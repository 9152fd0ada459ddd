"""The settled beat: the state that comes back to itself, reflex included.

Unknowns x: every state but the systemic venous volume (which follows from the total), the
end-systolic volume of the beat before, and the two reflex drives. One beat maps x to P(x).
Anderson acceleration is run on the preconditioned residual M (P(x) - x), M = (I - dP/dx)^-1 of the
reference adult, stored with the parameter set: it decides only how fast, never where to.
Source: Anderson 1965; Walker and Ni 2011.
"""

from __future__ import annotations

import math

import numpy as np

from mitral.circulation.activation import tabulate
from mitral.circulation.chamber import CELL, CELL_COUNT, LAW
from mitral.circulation.loop import muscle_laws
from mitral.circulation.reflex import apply
from mitral.circulation.state import CONTROL, SIGNALS, STATE, STATE_FIELDS, VOLUME_COUNT
from mitral.kernel import exact_kernel, kernel
from mitral.solver.integrate import BASE, STATES, beat, clip_openings, drives

SETTLED, BEAT_LIMIT, NOT_FINITE = 0, 1, 2
"""Result codes."""
UNKNOWNS = STATES + 2
ESV, DRIVE_B, DRIVE_A = STATES - 1, STATES, STATES + 1
_SV = STATE_FIELDS.index("v_sv")
MEMORY = 6
_STEP_LIMIT = 30.0
"""mL (scaled units): no correction moves the start of the beat further than this at once."""
_SHARE_LIMIT = 0.4
"""Nor any volume by more than this share of itself."""
_FALLS_ALLOWED, _PLAIN_AFTER_FALL = 8, 4
"""A beat that breaks down is taken back this often, each time followed by some plain beats."""
_PATIENCE = 60
"""Beats of acceleration before plain beats take over."""
DRIVE_RELAXATION = 0.5
_LOWEST_VOLUME = 2.0
STEP_LIMIT_S = 2.6e-3
"""s; above it the slowest valve closure is no longer resolved and the steps are increased."""


def _scales() -> np.ndarray:
    scale = np.empty(UNKNOWNS)
    names = [name for name in STATE_FIELDS if name != "v_sv"]
    for i, name in enumerate(names):
        scale[i] = {"v": 1.0, "z": 50.0, "u": 0.05, "q": 0.05}[name[0]]
    scale[ESV], scale[DRIVE_B], scale[DRIVE_A] = 1.0, 50.0, 50.0
    return scale


SCALE = _scales()
"""Weight of each unknown in the residual (volumes 1)."""


@exact_kernel
def finite(x):
    """Whether every number of a vector is one."""
    for value in x:
        if not math.isfinite(value):
            return False
    return True


@kernel
def gather(y, esv, s_b, s_a, x):
    """Scaled unknowns from a flat state `y`, the end-systolic volume and the drives."""
    j = 0
    for i in range(STATES):
        if i != _SV:
            x[j] = y[i]
            j += 1
    x[ESV], x[DRIVE_B], x[DRIVE_A] = esv, s_b, s_a
    x *= SCALE


@kernel
def scatter(x, tbv, y):
    """Flat state `y` from scaled unknowns, kept within what is possible; veins take the rest."""
    j = 0
    total = 0.0
    for i in range(STATES):
        if i != _SV:
            y[i] = x[j] / SCALE[j]
            if i < VOLUME_COUNT:
                y[i] = max(y[i], _LOWEST_VOLUME)
                total += y[i]
            j += 1
    y[_SV] = max(tbv - total, _LOWEST_VOLUME)
    clip_openings(y)


@kernel
def least_squares(columns, count, target, basis, r, gamma):
    """gamma minimising |target - sum gamma_i columns_i| by modified Gram-Schmidt.

    Columns that depend on others are dropped (their gamma is 0).
    """
    n = target.size
    for i in range(count):
        basis[i] = columns[i]
        length = math.sqrt(np.dot(basis[i], basis[i]))
        for k in range(i):
            r[k, i] = np.dot(basis[k], basis[i])
            for j in range(n):
                basis[i, j] -= r[k, i] * basis[k, j]
        rest = math.sqrt(np.dot(basis[i], basis[i]))
        keep = rest > 1e-8 * length and rest > 0.0
        r[i, i] = rest if keep else 0.0
        for j in range(n):
            basis[i, j] = basis[i, j] / rest if keep else 0.0
    for i in range(count - 1, -1, -1):
        gamma[i] = 0.0
        if r[i, i] > 0.0:
            gamma[i] = np.dot(basis[i], target)
            for k in range(i + 1, count):
                gamma[i] -= r[i, k] * gamma[k]
            gamma[i] /= r[i, i]


@kernel
def settle(p, start, precondition, reflex, steps, tolerance, stroke_tolerance, limit, wave):
    """Find the settled beat of one patient.

    `p`, `start`: arrays of one parameter and one start record {states, esv, drives} as a flat
    vector (STATES + 3); it is overwritten by the settled start of the beat.
    `precondition` (UNKNOWNS, UNKNOWNS); `reflex` 0 or 1; `steps` a beat; `tolerance` mL;
    `stroke_tolerance`: if positive, stop instead when the strokes of all four chambers change by
    less than this share and no beat's imbalance exceeds it (the criterion of other programs);
    `limit` beats; `wave` (rows, 1 + STATES + SIGNALS) receives the last beat.
    Returns code, beats, steps used, residual (mL).
    """
    q = p[0]
    tables = np.empty((4, CELL_COUNT), CELL)
    tables.view(np.float64)[:] = np.nan
    laws = np.zeros(4, LAW)
    muscle_laws(q, laws)
    states = np.zeros(5, STATE)
    flat = states.view(np.float64).reshape(5, STATES)
    now = np.zeros(1, SIGNALS)
    controls = np.zeros(1, CONTROL)
    control = controls[0]
    activation = np.empty((wave.shape[0] * 2 - 1, 3))

    x, g, residual = np.empty(UNKNOWNS), np.empty(UNKNOWNS), np.empty(UNKNOWNS)
    x_old, g_old, after = np.empty(UNKNOWNS), np.empty(UNKNOWNS), np.empty(UNKNOWNS)
    dx, dg = np.zeros((MEMORY, UNKNOWNS)), np.zeros((MEMORY, UNKNOWNS))
    basis, r, gamma = np.zeros((MEMORY, UNKNOWNS)), np.zeros((MEMORY, MEMORY)), np.zeros(MEMORY)
    strokes, strokes_old = np.zeros(4), np.zeros(4)

    flat[BASE] = start[:STATES]
    esv, s_b, s_a = start[STATES], start[STATES + 1], start[STATES + 2]
    gather(flat[BASE], esv, s_b, s_a, x)
    count, worst, worst_old = 0, math.inf, math.inf
    period_of_table, tabulated = -1.0, 0
    falls, plain_until, have_old = 0, 0, False
    plain = x.copy()
    for beats in range(1, limit + 1):
        scatter(x, q.tbv, flat[BASE])
        gather(flat[BASE], min(max(x[ESV], 1.0), 2000.0),
               min(max(x[DRIVE_B] / SCALE[DRIVE_B], -0.95), 0.999),
               min(max(x[DRIVE_A] / SCALE[DRIVE_A], -0.1), 0.999), x)
        control.esv = x[ESV]
        s_b, s_a = x[DRIVE_B] / SCALE[DRIVE_B], x[DRIVE_A] / SCALE[DRIVE_A]
        apply(q, s_b, s_a, control)
        if control.period / steps > STEP_LIMIT_S and steps < wave.shape[0] - 1:
            steps = min(int(1.15 * steps * control.period / steps / STEP_LIMIT_S) + 1,
                        wave.shape[0] - 1)
            count, have_old = 0, False
        if control.period != period_of_table or tabulated != steps:
            tabulate(q, control.period, control.systole, steps, activation)
            period_of_table, tabulated = control.period, steps
        start[:STATES] = flat[BASE]
        start[STATES], start[STATES + 1], start[STATES + 2] = x[ESV], s_b, s_a
        map_mmhg, lap_mmhg, esv = beat(
            q, control, activation, tables, laws, states, flat, now, steps, wave, True
        )
        if reflex:
            want_b, want_a = drives(map_mmhg, lap_mmhg, q)
        else:
            want_b, want_a = 0.0, 0.0
        gather(flat[BASE], esv, s_b + DRIVE_RELAXATION * (want_b - s_b),
               s_a + DRIVE_RELAXATION * (want_a - s_a), after)
        if not finite(after):
            falls += 1
            if falls > _FALLS_ALLOWED:
                return NOT_FINITE, beats, steps, math.inf
            # back to the last beat that went well, and on from its end without extrapolation
            x[:] = plain
            plain_until, have_old = beats + _PLAIN_AFTER_FALL, False
            count, worst_old = 0, math.inf
            continue
        plain[:] = after
        worst = 0.0
        for j in range(UNKNOWNS):
            residual[j] = after[j] - x[j]
            worst = max(worst, abs(residual[j]))
        if stroke_tolerance > 0.0:
            if strokes_settled(wave, steps, strokes, strokes_old, stroke_tolerance):
                return SETTLED, beats, steps, worst
        elif worst < tolerance:
            return SETTLED, beats, steps, worst

        if beats > _PATIENCE or beats <= plain_until:
            x[:] = after
            continue
        if worst > 5.0 * worst_old:
            count, have_old = 0, False
        worst_old = worst
        for i in range(UNKNOWNS):
            g[i] = np.dot(precondition[i], residual)
        if have_old:
            slot = count % MEMORY
            for j in range(UNKNOWNS):
                dx[slot, j] = x[j] - x_old[j]
                dg[slot, j] = g[j] - g_old[j]
            count += 1
        used = min(count, MEMORY)
        x_old[:] = x
        g_old[:] = g
        have_old = True
        least_squares(dg, used, g, basis, r, gamma)
        shrink = 1.0
        for j in range(UNKNOWNS):
            step = g[j]
            for i in range(used):
                step -= gamma[i] * (dx[i, j] + dg[i, j])
            residual[j] = step
            limit_j = _STEP_LIMIT
            if j < VOLUME_COUNT - 1:
                limit_j = min(limit_j, _SHARE_LIMIT * x[j])
            if abs(step) * shrink > limit_j:
                shrink = limit_j / abs(step)
        for j in range(UNKNOWNS):
            x[j] += shrink * residual[j]
    return BEAT_LIMIT, limit, steps, worst


@kernel
def strokes_settled(wave, steps, strokes, strokes_old, share):
    """Whether the strokes (max - min) of all four chambers changed by less than `share`.

    Also asks that each chamber's own imbalance over the beat is below that share of its stroke.
    """
    settled = True
    for c in range(4):
        low = high = wave[0, 1 + c]
        for i in range(1, steps + 1):
            low, high = min(low, wave[i, 1 + c]), max(high, wave[i, 1 + c])
        strokes_old[c], strokes[c] = strokes[c], high - low
        limit = share * strokes[c]
        if abs(strokes[c] - strokes_old[c]) > limit:
            settled = False
        if abs(wave[steps, 1 + c] - wave[0, 1 + c]) > limit:
            settled = False
    return settled
