"""The settled beat: the state that comes back to itself, reflex included.

One beat maps the unknowns x to P(x). The residual is preconditioned by M = (I - dP/dx)^-1 of the
reference adult, stored with the parameter set: it decides only how fast, never where to.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from mitral.circulation.activation import double_hill_peak, tabulate
from mitral.circulation.chamber import CELL, CELL_COUNT, LAW
from mitral.circulation.loop import cold_start, muscle_laws, prepare
from mitral.circulation.reflex import apply
from mitral.circulation.state import CONTROL, SIGNALS, STATE, VOLUME_COUNT
from mitral.kernel import kernel
from mitral.solver.anderson import HISTORY, advance, forget
from mitral.solver.integrate import BASE, STATES, beat, drives
from mitral.solver.unknowns import UNKNOWNS, finite, gather, scatter

SETTLED, BEAT_LIMIT, NOT_FINITE, TOO_LITTLE_BLOOD = 0, 1, 2, 3
"""Result codes."""
PATIENCE, REST = 60, 40
"""Beats of acceleration, and the plain beats after which it begins anew if that was not enough."""
FALLS_ALLOWED, PLAIN_AFTER_FALL = 8, 4
"""A beat that breaks down is taken back this often, followed by some plain beats: first to a cold
start (a bad start must not cost accuracy), then each time with twice the steps."""
STEPS_OF_A_SLOW_BEAT = 700
"""Stiffer patients, who need more, get fewer beats, so that nobody waits for long."""
DRIVE_RELAXATION = 0.5
"""Share of the way that the reflex goes in one beat; smaller from round to round of acceleration,
so that a strong reflex that overshoots from beat to beat comes to rest."""
LONGEST_STEP = 2.6e-3
"""s; above it the quickest valve closure is no longer resolved and the steps are increased."""


@kernel
def steps_needed(steps, period, most):
    """Steps a beat, raised if the reflex has made the beat too long for them."""
    if period / steps <= LONGEST_STEP or steps >= most:
        return steps
    return min(int(1.15 * period / LONGEST_STEP) + 1, most)


@kernel
def strokes_settled(wave, steps, strokes, share):
    """Whether the strokes (max - min) of all four chambers changed by less than `share`.

    Also asks that each chamber's own imbalance over the beat is below that share of its stroke.
    `strokes` (4) holds those of the beat before and receives the new ones.
    """
    settled = True
    for c in range(4):
        low = high = wave[0, 1 + c]
        for i in range(1, steps + 1):
            low, high = min(low, wave[i, 1 + c]), max(high, wave[i, 1 + c])
        limit = share * (high - low)
        if abs(high - low - strokes[c]) > limit:
            settled = False
        if abs(wave[steps, 1 + c] - wave[0, 1 + c]) > limit:
            settled = False
        strokes[c] = high - low
    return settled


@kernel
def verdict(y, tbv):
    """Settled, unless the blood did not fill the vessels and the veins were kept from emptying."""
    blood = 0.0
    for i in range(VOLUME_COUNT):
        blood += y[i]
    return SETTLED if abs(blood - tbv) < 1e-6 else TOO_LITTLE_BLOOD


@kernel
def worst_change(after, x, residual):
    """`residual` = after - x, and its greatest size."""
    worst = 0.0
    for j in range(UNKNOWNS):
        residual[j] = after[j] - x[j]
        worst = max(worst, abs(residual[j]))
    return worst


class Work(NamedTuple):
    """The memory of one solve, allocated outside of compiled code (which compiles faster so).

    `flat` and `signals` are the memory of `states` and `now` seen as plain numbers; `wave` (rows,
    1 + STATES + SIGNALS) receives the last beat; the vectors are scaled unknowns.
    """

    tables: np.ndarray
    laws: np.ndarray
    states: np.ndarray
    flat: np.ndarray
    now: np.ndarray
    signals: np.ndarray
    controls: np.ndarray
    histories: np.ndarray
    activation: np.ndarray
    wave: np.ndarray
    x: np.ndarray
    after: np.ndarray
    plain: np.ndarray
    residual: np.ndarray
    strokes: np.ndarray


def work_for(rows: int) -> Work:
    """Memory for beats of up to `rows` - 1 steps."""
    tables = np.empty((4, CELL_COUNT), CELL)
    tables.view(np.float64)[:] = np.nan
    states, now = np.zeros(5, STATE), np.zeros(1, SIGNALS)
    flat, signals = states.view(np.float64).reshape(5, STATES), now.view(np.float64)
    x, after, plain, residual = np.zeros((4, UNKNOWNS))
    return Work(
        tables,
        np.zeros(4, LAW),
        states,
        flat,
        now,
        signals,
        np.zeros(1, CONTROL),
        np.zeros(1, HISTORY),
        np.empty((2 * rows - 1, 4)),
        np.empty((rows, 1 + STATES + signals.size)),
        x,
        after,
        plain,
        residual,
        np.zeros(4),
    )


@kernel
def copy(source, target):
    """Copy a vector into another of at least its length."""
    for i in range(source.size):
        target[i] = source[i]


@kernel
def settle(p, start, precondition, reflex, steps, tolerance, stroke_tolerance, limit, work):
    """Find the settled beat of one patient.

    `p`: array of one parameter record. `start`: flat state, end-systolic volume and two drives
    (STATES + 3) to begin from (zeros: a cold start); receives the settled start of the beat.
    `precondition` (UNKNOWNS, UNKNOWNS). `reflex` 0 or 1. `steps` a beat. `tolerance` mL.
    `stroke_tolerance`: if positive, stop instead by `strokes_settled`. `limit` beats, fewer where
    finer steps had to be taken. `work`: fresh memory, whose `wave` receives the last beat.
    Returns code, beats, steps used, residual (mL).
    """
    q, control, history = p[0], work.controls[0], work.histories[0]
    x, after, flat, most = work.x, work.after, work.flat, work.wave.shape[0] - 1
    muscle_laws(q, work.laws)
    prepare(q, control)
    peak = double_hill_peak(q.act_rise, q.act_decay, q.act_rise_power, q.act_decay_power)
    if start[0] <= 0.0:
        start[STATES] = cold_start(q, work.laws, work.states[BASE])
        copy(flat[BASE], start)
    gather(start, start[STATES], start[STATES + 1], start[STATES + 2], x)
    copy(x, work.plain)
    worst, worst_old, tabulated, falls, plain_until = math.inf, math.inf, 0.0, 0, 0
    budget = max(limit * min(steps, STEPS_OF_A_SLOW_BEAT), steps)
    for beats in range(1, limit + 1):
        budget -= steps
        if budget < 0:
            return BEAT_LIMIT, beats - 1, steps, worst
        control.esv, s_b, s_a = scatter(x, q.tbv, flat[BASE])
        copy(flat[BASE], start)
        start[STATES], start[STATES + 1], start[STATES + 2] = control.esv, s_b, s_a
        apply(q, s_b, s_a, control)
        more = steps_needed(steps, control.period, most)
        if more != steps:
            forget(history)
            steps = more
        if control.period / steps != tabulated:
            tabulate(q, peak, control.period, control.systole, steps, work.activation)
            tabulated = control.period / steps
        map_mmhg, lap_mmhg, esv = beat(q, control, steps, work)
        want_b, want_a = drives(map_mmhg, lap_mmhg, q) if reflex else (0.0, 0.0)
        share = DRIVE_RELAXATION / (1 + (beats - 1) // (PATIENCE + REST))
        gather(flat[BASE], esv, s_b + share * (want_b - s_b), s_a + share * (want_a - s_a), after)
        if not finite(after):
            falls += 1
            if falls > FALLS_ALLOWED:
                return NOT_FINITE, beats, steps, math.inf
            if falls == 1:
                esv = cold_start(q, work.laws, work.states[BASE])
                gather(flat[BASE], esv, 0.0, 0.0, x)
                copy(x, work.plain)
            else:
                # from the end of the last beat that went well, with finer steps
                copy(work.plain, x)
                steps = min(2 * steps, most)
            plain_until, worst_old = beats + PLAIN_AFTER_FALL, math.inf
            forget(history)
            continue
        copy(after, work.plain)
        worst = worst_change(after, x, work.residual)
        if stroke_tolerance > 0.0:
            if strokes_settled(work.wave, steps, work.strokes, stroke_tolerance):
                return verdict(flat[BASE], q.tbv), beats, steps, worst
        elif worst < tolerance:
            return verdict(flat[BASE], q.tbv), beats, steps, worst
        if (beats - 1) % (PATIENCE + REST) >= PATIENCE or beats <= plain_until:
            copy(after, x)
            forget(history)
            continue
        if worst > 5.0 * worst_old:
            forget(history)
        worst_old = worst
        advance(history, precondition, work.residual, x)
    return BEAT_LIMIT, limit, steps, worst
