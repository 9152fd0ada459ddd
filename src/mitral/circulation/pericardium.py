"""The bag around the heart: soft until it is full, then stiff."""

from __future__ import annotations

from mitral.kernel import kernel


@kernel
def pericardial_pressure(heart_volume, p_peri, v_peri):
    """Pressure (mmHg) outside all four chambers: p = p_peri (V_heart/v_peri)^10.

    `heart_volume` mL: blood and muscle. Source: the exponent as in CircAdapt (Arts 2024).
    """
    x = heart_volume / v_peri
    x2 = x * x
    x4 = x2 * x2
    return p_peri * x4 * x4 * x2
