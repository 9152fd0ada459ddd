"""Pressure of a vessel from the blood in it."""

from __future__ import annotations

import math

from mitral.kernel import kernel


@kernel
def elastic(volume, unstressed, elastance):
    """Pressure (mmHg) of an artery or lung vessel: p = E (V - Vu), E = 1/C in mmHg/mL."""
    return elastance * (volume - unstressed)


@kernel
def venous(volume, reference, p_ref, elastance):
    """Pressure (mmHg) of the systemic veins: p = p_ref exp(E (V - V_ref)/p_ref).

    E = 1/C is the elastance at p_ref (given here already divided by p_ref, 1/mL). Full veins are
    stiff and empty ones limp, and the pressure is never negative: a loss of blood cannot empty the
    heart by itself, and a congested patient's veins answer to a drug.
    """
    return p_ref * math.exp(min(elastance * (volume - reference), 4.0))
