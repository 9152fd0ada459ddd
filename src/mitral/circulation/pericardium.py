"""The bag around the heart: soft until it is full, then stiff."""

from __future__ import annotations

from mitral.kernel import kernel


@kernel
def pericardial_pressure(x, p_peri):
    """Pressure (mmHg) outside all four chambers: p = p_peri x^10, x = V_heart/v_peri.

    V_heart is blood and muscle. Source: the exponent as in CircAdapt (Arts 2024).
    """
    x2 = x * x
    x4 = x2 * x2
    return p_peri * x4 * x4 * x2
