"""The intra-aortic balloon pump: a volume that comes and goes in the aorta once a beat.

It displaces blood there, so that the pressure of the aortic root is that of the blood and the
balloon together. Left out: its length, leaks of gas, a trigger that misses a beat.
"""

from __future__ import annotations

from mitral.kernel import kernel


@kernel
def ramp(x):
    """From 0 to 1 while x does: 3 x² - 2 x³, level at both ends."""
    x = min(max(x, 0.0), 1.0)
    return x * x * (3.0 - 2.0 * x)


@kernel
def balloon_volume(time, period, systole, p):
    """Volume (mL) of the balloon at a time (s) of the beat.

    V [S((t - t_on)/r) - S((t - t_off)/r) + 1 - S((t + T - t_off)/r)], t_on = balloon_on Ts,
    t_off = balloon_off T; the last two terms empty it into the next beat.
    """
    if p.balloon == 0.0:
        return 0.0
    off, per_rise = p.balloon_off * period, 1.0 / p.balloon_rise
    filled = ramp((time - p.balloon_on * systole) * per_rise) - ramp((time - off) * per_rise)
    return p.balloon * (filled + 1.0 - ramp((time + period - off) * per_rise))
