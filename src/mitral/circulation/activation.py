"""When the muscle contracts: double-Hill ventricles scaled with systole, sin² atria."""

from __future__ import annotations

import math

from mitral.circulation.balloon import balloon_volume
from mitral.kernel import kernel
from mitral.units import REFERENCE_PERIOD_S


@kernel
def systole_duration(heart_rate, systole_0, systole_slope):
    """Duration of electromechanical systole QS2 (s) at a heart rate in bpm.

    Ts = systole_0 - systole_slope HR, never below 0.12 s.
    Source: Weissler 1968.
    """
    return max(systole_0 - systole_slope * heart_rate, 0.12)


@kernel
def double_hill(time, rise, decay, rise_power, decay_power):
    """Ventricular activation before normalisation.

    a = g1/(1 + g1) · 1/(1 + g2), g = (t/tau)^m. `time`, `rise`, `decay` in the same unit.
    Source: Mynard 2012.
    """
    if time <= 0.0:
        return 0.0
    log_time = math.log(time)
    g1 = math.exp(rise_power * (log_time - math.log(rise)))
    g2 = math.exp(decay_power * (log_time - math.log(decay)))
    return g1 / ((1.0 + g1) * (1.0 + g2))


@kernel
def double_hill_peak(rise, decay, rise_power, decay_power):
    """The greatest value of `double_hill`, by golden-section search between 0 and 2 systoles."""
    golden = 0.6180339887498949
    low, high = 0.0, 2.0 * decay
    for _ in range(48):
        left, right = high - golden * (high - low), low + golden * (high - low)
        if double_hill(left, rise, decay, rise_power, decay_power) < double_hill(
            right, rise, decay, rise_power, decay_power
        ):
            low = left
        else:
            high = right
    return double_hill(0.5 * (low + high), rise, decay, rise_power, decay_power)


@kernel
def atrial(time, period, pr, duration):
    """Atrial activation, a = sin²(pi (t - t_on)/D) with t_on = T - PR; wraps past the beat's end.

    PR and D shorten with the square root of the cycle length.
    """
    scale = math.sqrt(period / REFERENCE_PERIOD_S)
    elapsed = time - (period - pr * scale)
    if elapsed < 0.0:
        elapsed += period
    if elapsed > duration * scale:
        return 0.0
    return math.sin(math.pi * elapsed / (duration * scale)) ** 2


@kernel
def late_opening(time, systole, late_share, onset, width):
    """Share of a lesion's orifice that is open: w = 1 - l + l/(1 + exp(-(phi - onset)/width)).

    phi = t/(0.93 Ts) is the fraction of mechanical systole; l the late share.
    """
    if late_share == 0.0:
        return 1.0
    phase = time / (0.93 * systole)
    return 1.0 - late_share + late_share / (1.0 + math.exp((onset - phase) / width))


@kernel
def tabulate(p, peak, period, systole, steps, table):
    """Fill `table` (2·steps + 1, 4): ventricular, atrial activation, late opening, balloon (mL).

    On half-steps. These depend on phase alone, so they need not be worked out in every stage of
    every step.
    `peak`: the ventricles' greatest activation before normalisation.
    """
    half = 0.5 * period / steps
    scaled = half / systole
    for i in range(2 * steps + 1):
        a = double_hill(i * scaled, p.act_rise, p.act_decay, p.act_rise_power, p.act_decay_power)
        table[i, 0] = a / peak
        table[i, 1] = atrial(i * half, period, p.pr, p.atrial_time)
        table[i, 2] = late_opening(i * half, systole, p.late_share, p.late_onset, p.late_width)
        table[i, 3] = balloon_volume(i * half, period, systole, p)
