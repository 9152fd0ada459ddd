"""Valves with the orifice velocity as a state, and the regurgitant mitral orifice beside them.

The velocity, not the flow, is the state: the area may go to zero without a singularity, and the
velocity through the regurgitant orifice is the continuous-wave Doppler trace itself.
"""

from __future__ import annotations

import math

from mitral.kernel import kernel
from mitral.units import BLOOD_DENSITY, DYN_PER_CM2_PER_MMHG

SHUT_DAMPING = 200.0
"""1/s; how fast a stream dies in a closing valve."""
LOAD_LIMIT = 0.6
"""The load ratio changes an orifice by at most this (log units)."""


@kernel
def opening_rate(zeta, dp, ko, kc):
    """Rate (1/s) of the opening zeta: (1 - zeta) Ko P(dp) - zeta Kc P(-dp), P a soft max(x, 0).

    `dp` mmHg upstream less downstream. Source: Mynard 2012.
    """
    forward = 0.5 * (dp + math.sqrt(dp * dp + 0.01))
    return (1.0 - zeta) * ko * forward - zeta * kc * (forward - dp)


@kernel
def stream_rate(zeta, u, dp, mobility):
    """Acceleration (cm/s²) of the stream in a valve: Bernoulli and inertia, damped when shut.

    du/dt = m (zeta dp - rho/2 u|u|) - (1 - zeta) 200 u, m = 1/(rho l) the mobility (cm²/g).
    """
    force = zeta * dp * DYN_PER_CM2_PER_MMHG - 0.5 * BLOOD_DENSITY * u * abs(u)
    return mobility * force - (1.0 - zeta) * SHUT_DAMPING * u


@kernel
def jet_pressure(u):
    """Pressure (mmHg) that the velocity u (cm/s) of a jet stands for: -rho/2 u|u|.

    Positive for a backward jet, that is p_lv - p_la less the inertia of the jet.
    """
    return -0.5 * BLOOD_DENSITY * u * abs(u) / DYN_PER_CM2_PER_MMHG


@kernel
def annulus_ratio(p):
    """Area of the mitral annulus over its healthy area, from the unloaded sizes of LV and LA."""
    return ((p.v0_lv / p.v0_lv_healthy) * (p.v0_la / p.v0_la_healthy)) ** (1.0 / 3.0)


@kernel
def load_ratio(edv, esv, p):
    """Factor on a lesion's orifice for the size of the ventricle in the last beat.

    L = exp(0.6 tanh(gain ln(r)/0.6)), r = [(1 - w) EDV + w ESV]/(load_ref V0). 1 at the reference
    load; smaller when the ventricle and with it the annulus get smaller.
    """
    weight = p.load_es_weight
    r = ((1.0 - weight) * edv + weight * max(esv, 1.0)) / (p.load_ref * p.v0_lv)
    return math.exp(LOAD_LIMIT * math.tanh(p.load_gain * math.log(max(r, 1e-3)) / LOAD_LIMIT))


@kernel
def stretched(pressure, p):
    """Factor on a lesion's orifice for the pressure (mmHg) across it: an elastic hole.

    1 + s (dp/p_stretch - 1), bounded below at a fifth, dp never counted negative.
    """
    dp = 0.5 * (pressure + math.sqrt(pressure * pressure + 4.0))
    return max(1.0 + p.stretch * (dp / p.p_stretch - 1.0), 0.2)


@kernel
def tethered(pressure, v_lv, esv, p):
    """Orifice (cm²) between tethered leaflets: opened by ventricular size, shut by pressure.

    kV sp((V_T - v_tether)/100) pc/(pc + dp), V_T = k ESV + (1 - k) V_lv, sp a soft max(x, 0).
    """
    if p.tether == 0.0:
        return 0.0
    dp = 0.5 * (pressure + math.sqrt(pressure * pressure + 4.0))
    size = p.tether_es_weight * esv + (1.0 - p.tether_es_weight) * v_lv
    x = (size - p.v_tether) / 100.0
    return p.tether * 0.5 * (x + math.sqrt(x * x + 0.0025)) * p.p_close / (p.p_close + dp)
