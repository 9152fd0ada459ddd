"""Pressure of a vessel from the blood in it."""

from __future__ import annotations

import math

from mitral.kernel import kernel


@kernel
def elastic(volume, unstressed, compliance):
    """Pressure (mmHg) of an artery or lung vessel: p = (V - Vu)/C."""
    return (volume - unstressed) / compliance


@kernel
def venous(volume, reference, p_ref, compliance):
    """Pressure (mmHg) of the systemic veins: p = p_ref exp((V - V_ref)/(C p_ref)).

    C is the compliance at p_ref. Full veins are stiff and empty ones limp, and the pressure is
    never negative: a loss of blood cannot empty the heart by itself, and a congested patient's
    veins answer to a drug.
    """
    return p_ref * math.exp(min((volume - reference) / (compliance * p_ref), 4.0))
