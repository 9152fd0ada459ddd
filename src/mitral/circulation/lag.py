"""How fast the reflex acts: every effector follows its command after a delay, with a lag.

    dx/dt = (command(t - D) - x)/tau

A command comes of the mean pressures of a beat and holds for that beat, so the lag is integrated
exactly. The heart rate has two branches, a quick vagal and a slower sympathetic one. What the
receptors themselves add (they answer to the rate of change too) is left out.
Source: Ursino 1998.
"""

from __future__ import annotations

import math

import numpy as np

from mitral.kernel import kernel

VAGAL, SYMPATHETIC, STRENGTH, RESISTANCE, VEINS = range(5)
EFFECTORS = 5
COMMAND = np.array([0, 0, 1, 2, 3])
"""Which of the reflex's four commands each effector follows."""
DELAY_S = np.array([0.2, 2.0, 2.0, 2.0, 5.0])
LAG_S = np.array([1.5, 2.0, 8.0, 6.0, 20.0])
"""D and tau (s) of the effectors. Source: Ursino 1998."""
VAGAL_SHARE = 0.57
"""Share of the rate's answer that is vagal, for both drives: the ratio of the slopes of the two
branches at the set point with the published gains (0.0099 and 0.0075 s of heart period per
spike/s). Source: Ursino 1998 for the arterial drive; assumed for the stretch drive."""


@kernel
def follow(value, begins, commanded, which, beat, delay, lag):
    """An effector's value after `beat`, from its value before: exact for commands held by the beat.

    `begins`: starts (s) of all beats, the end of `beat` among them; the first entry stands for all
    time before the run. `commanded` (beats, commands); `which` of them; `delay` and `lag` in s.
    """
    start, stop = begins[beat] - delay, begins[beat + 1] - delay
    past = beat
    while past > 0 and begins[past] > start:
        past -= 1
    while start < stop:
        until = min(begins[past + 1], stop)
        target = commanded[past, which]
        value = target + (value - target) * math.exp((start - until) / lag)
        start = until
        past += 1
    return value


@kernel
def rate_of(vagal, sympathetic):
    """What both branches together do to the heart rate (log units)."""
    return VAGAL_SHARE * vagal + (1.0 - VAGAL_SHARE) * sympathetic
