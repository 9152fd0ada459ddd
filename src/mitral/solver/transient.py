"""Beat after beat from a settled start, while something changes at once.

Nothing is sought here: every beat begins where the one before ended, and the reflex follows the
mean pressures of the beats with its delays and lags. The volume of blood stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mitral.circulation.activation import double_hill_peak, tabulate
from mitral.circulation.lag import (
    COMMAND,
    DELAY_S,
    EFFECTORS,
    LAG_S,
    RESISTANCE,
    STRENGTH,
    SYMPATHETIC,
    VAGAL,
    VEINS,
    follow,
    rate_of,
)
from mitral.circulation.loop import muscle_laws, prepare
from mitral.circulation.reflex import act, commands
from mitral.circulation.state import WAVEFORM
from mitral.kernel import kernel
from mitral.solver.integrate import BASE, STATES, beat, drives
from mitral.solver.settle import NOT_FINITE, SETTLED, steps_needed, work_for
from mitral.solver.solve import Solution, steps_for
from mitral.solver.unknowns import finite

_COMMANDS = 4
_ALWAYS = -1e9
"""s; when the time before the run began."""
_SLOWEST = 2
"""The reflex may make beats as many times longer as this before their steps grow too long."""
_FINER = (1, 2, 4)
"""A run that breaks down is made again with as many times the steps."""


class Run(NamedTuple):
    """What a run writes: `waves` (beats, rows, fields), `steps` of each beat, `begins` (beats + 2)
    and `commanded` (beats + 1, 4), whose first entries stand for the time before the run, and the
    `effects` (5) of the moment.
    """

    waves: np.ndarray
    steps: np.ndarray
    begins: np.ndarray
    commanded: np.ndarray
    effects: np.ndarray


@dataclass(frozen=True)
class Beats:
    """Consecutive beats: when each `begins_s`, and the `waveforms` (records) of each.

    `complete` is False if the solution broke down; then the last beat is the last good one.
    """

    complete: bool
    begins_s: np.ndarray
    waveforms: list[np.ndarray]


@kernel
def take_up(p, work):
    """Set in `work` what follows from parameters `p`; return the peak of their activation."""
    muscle_laws(p, work.laws)
    prepare(p, work.controls[0])
    return double_hill_peak(p.act_rise, p.act_decay, p.act_rise_power, p.act_decay_power)


@kernel
def obey(run, k):
    """Let every effector follow its command through beat `k`."""
    for e in range(EFFECTORS):
        run.effects[e] = follow(
            run.effects[e], run.begins, run.commanded, COMMAND[e], k, DELAY_S[e], LAG_S[e]
        )


@kernel
def advance(before, after, onset, start, reflex, steps, work, run):
    """Compute the beats of a run: `before` holds until beat `onset`, `after` from then on.

    `before`, `after`: arrays of one parameter record. `start`: the settled start (states, ESV,
    drives) with `before`. `reflex` 0 or 1. `steps` a beat. Returns code and the good beats.
    """
    control, flat, most = work.controls[0], work.flat, work.wave.shape[0] - 1
    p, tabulated = before[0], 0.0
    peak = take_up(p, work)
    for j in range(STATES):
        flat[BASE, j] = start[j]
    control.esv = start[STATES]
    run.begins[0], run.begins[1] = _ALWAYS, 0.0
    run.commanded[0] = commands(p, start[STATES + 1], start[STATES + 2])
    for i in range(EFFECTORS):
        run.effects[i] = run.commanded[0, COMMAND[i]]
    for k in range(run.steps.size):
        if k == onset:
            p, tabulated = after[0], 0.0
            peak = take_up(p, work)
        e = run.effects
        rate = rate_of(e[VAGAL], e[SYMPATHETIC])
        act(p, rate, e[STRENGTH], e[RESISTANCE], e[VEINS], control)
        steps = steps_needed(steps, control.period, most)
        if control.period / steps != tabulated:
            tabulate(p, peak, control.period, control.systole, steps, work.activation)
            tabulated = control.period / steps
        map_mmhg, lap_mmhg, control.esv = beat(p, control, steps, work)
        if not finite(flat[BASE]):
            return NOT_FINITE, k
        run.waves[k, : steps + 1] = work.wave[: steps + 1]
        run.steps[k] = steps
        run.begins[k + 2] = run.begins[k + 1] + control.period
        s_b, s_a = drives(map_mmhg, lap_mmhg, p) if reflex else (0.0, 0.0)
        run.commanded[k + 1] = commands(p, s_b, s_a)
        obey(run, k + 1)
    return SETTLED, run.steps.size


def run_through(
    before: np.ndarray,
    after: np.ndarray,
    settled: Solution,
    *,
    beats: int,
    onset: int,
    reflex: bool = True,
) -> Beats:
    """Beats from the `settled` solution of `before` on, with `after` from beat `onset` (from 0).

    `before`, `after`: parameters (arrays of one record). About 0.15 MB of waveforms a beat.
    """
    begins, made = np.zeros(beats + 2), []
    for finer in _FINER:
        steps = finer * max(settled.steps, steps_for(before), steps_for(after))
        work = work_for(_SLOWEST * steps + 1)
        run = Run(
            np.empty((beats, *work.wave.shape)),
            np.zeros(beats, np.int64),
            begins,
            np.zeros((beats + 1, _COMMANDS)),
            np.zeros(EFFECTORS),
        )
        code, good = advance(before, after, onset, settled.start, int(reflex), steps, work, run)
        made = [run.waves[k, : run.steps[k] + 1].view(WAVEFORM).reshape(-1) for k in range(good)]
        if code == SETTLED:
            break
    return Beats(len(made) == beats, begins[1 : len(made) + 1].copy(), made)
