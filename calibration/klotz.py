"""The passive pressure-volume curve of the human left ventricle."""

from __future__ import annotations

import numpy as np

from mitral.units import MMHG_PER_KPA

CURVE = {100: 0.87, 120: 2.51, 135: 4.97, 155: 11.07, 165: 15.9, 175: 22.4}
"""Transmural pressure (mmHg) by volume (mL). Source: Klotz 2006, with the constants
An 27.78 and Bn 2.76 of a public implementation (others print 28.2 and 2.79; not checked)."""


def passive_pressure(p: np.ndarray, volume_ml: float) -> float:
    """Passive transmural pressure (mmHg) of the left ventricle of a parameter record."""
    q = p[0]
    lam = np.cbrt((1 + 3 * volume_ml / q["wall_lv"]) / (1 + 3 * q["v0_lv"] / q["wall_lv"]))
    stress = q["sp_lv"] * (np.exp(q["cp_lv"] * (lam - 1)) - 1)
    return float(MMHG_PER_KPA / 3 * stress * np.log1p(q["wall_lv"] / volume_ml))


def residuals(p: np.ndarray) -> list[float]:
    """Departures from the curve over a tolerance of 1 mmHg + 16 %."""
    return [(passive_pressure(p, v) - t) / (1.0 + 0.16 * t) for v, t in CURVE.items()]
