"""Short-term control at its steady state: two drives and what they act on.

Arterial drive s_b: a fall of arterial pressure raises rate, contractility, resistance and venous
tone. Stretch drive s_a: a rise of left atrial pressure raises rate, contractility and venous tone
but not resistance. Each limb has its own working part (disease) and its share held by a drug.
"""

from __future__ import annotations

import math

from mitral.circulation.activation import systole_duration
from mitral.kernel import kernel


@kernel
def arterial_drive(map_mmhg, p):
    """Drive (-1 to 1) from mean arterial pressure: s_b = tanh((map_set - MAP)/map_width)."""
    return math.tanh((p.map_set - map_mmhg) / p.map_width)


@kernel
def stretch_drive(lap_mmhg, p):
    """Drive (0 to 1) from mean LA pressure: tanh of the excess over lap_set + lap_dead.

    The excess is a soft max(x, 0) taken 0 at lap_set, so that the healthy have none.
    """
    x = lap_mmhg - p.lap_set - p.lap_dead
    rest = 0.5 * (math.sqrt(p.lap_dead * p.lap_dead + 4.0) - p.lap_dead)
    return math.tanh((0.5 * (x + math.sqrt(x * x + 4.0)) - rest) / p.lap_width)


@kernel
def ceiling(rate, hr_max):
    """Heart rate (bpm) bent smoothly under its ceiling; unchanged 10 bpm below it and less."""
    over = min(max(rate - hr_max + 10.0, 0.0), 20.0)
    return min(rate, hr_max + 10.0) - over * over / 40.0


@kernel
def commands(p, s_b, s_a):
    """What two drives ask of the effectors: rate, strength, resistance (log units), veins (mL)."""
    free_r = p.drive_b_before + (1.0 - p.held_r) * (s_b - p.drive_b_before)
    free_vb = p.drive_b_before + (1.0 - p.held_v) * (s_b - p.drive_b_before)
    free_va = p.drive_a_before + (1.0 - p.held_v) * (s_a - p.drive_a_before)
    rate = p.gain_cardiac * (p.g_hr * s_b + p.h_hr * s_a)
    strength = p.gain_cardiac * (p.g_ctr * s_b + p.h_ctr * s_a)
    resistance = p.gain_r * p.g_r * free_r
    veins = p.gain_v_limb * (p.g_v * free_vb + p.h_v * free_va)
    return rate, strength, resistance, veins


@kernel
def act(p, rate, strength, resistance, veins, control):
    """Set rate, systole, contractility, resistance and veins for one beat as commanded."""
    bpm = ceiling(p.hr * math.exp(rate), p.hr_max)
    control.period = 60.0 / bpm
    control.systole = systole_duration(bpm, p.systole_0, p.systole_slope)
    contractility = p.ctr * math.exp(strength)
    control.strength_lv = contractility * p.ctr_lv
    control.strength_rv = contractility * p.ctr_lv**p.ctr_share_rv
    control.g_sys = math.exp(-resistance) / p.r_sys
    control.v_sv_ref = p.v_sv_ref - veins


@kernel
def apply(p, s_b, s_a, control):
    """Set for one beat what the drives command, as if it were obeyed at once."""
    rate, strength, resistance, veins = commands(p, s_b, s_a)
    act(p, rate, strength, resistance, veins, control)
