"""Chamber volumes, strokes, size and mass: what imaging counts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mitral.measure.peaks import peak
from mitral.units import MUSCLE_DENSITY, SECONDS_PER_MINUTE, ml_s_to_l_min

if TYPE_CHECKING:
    from mitral.beat.beat import Beat

_LONG_TO_SHORT_ED, _LONG_TO_SHORT_ES, _ROUND = 1.9, 2.1, 1.6
"""Length over diameter at end-diastole and end-systole, and at end-diastole when dilated by half.

At end-systole a dilated ventricle that still empties is no rounder: patients with diameters of 57
and 34 mm (Suri 2008) had ejection fractions of .6, not of .8.
"""
_OUTER_SHELL = 0.35
"""Share of the wall inside the surface whose shortening stands for longitudinal strain."""


def diameter_mm(volume_ml: float, elongation: float) -> float:
    """Short-axis diameter of an ellipsoid cavity: (6 V/(pi s))^(1/3), s = length/diameter."""
    return 10.0 * (6.0 * volume_ml / (math.pi * elongation)) ** (1.0 / 3.0)


def elongation(at_health: float, growth: float) -> float:
    """Length over diameter, falling to 1.6 as the unloaded cavity has grown by half."""
    share = min(max((growth - 1.0) / 0.5, 0.0), 1.0)
    return at_health + share * (_ROUND - at_health)


def measure(beat: Beat, _found: dict) -> dict[str, float | bool]:
    """Volumes (mL), fractions (%), diameters (mm), mass (g), output (L/min)."""
    edv, esv = peak(beat["v_lv"]), -peak(-beat["v_lv"])
    total = edv - esv
    forward = beat.integral(beat["q_av"])
    leak = beat.integral(np.maximum(-beat["q_mr"], 0.0))
    rate = SECONDS_PER_MINUTE / beat.period_s
    bsa, wall = beat.heart["bsa_m2"], beat.heart["wall_lv_ml"]
    growth = beat.heart["v0_lv_ml"] / beat.heart["v0_lv_healthy_ml"]
    shell = _OUTER_SHELL * wall
    la_max, rv_max = peak(beat["v_la"]), peak(beat["v_rv"])
    return {
        "heart_rate_bpm": rate,
        "lv_edv_ml": edv,
        "lv_esv_ml": esv,
        "lv_ef_percent": 100.0 * total / edv,
        "total_stroke_volume_ml": total,
        "forward_stroke_volume_ml": forward,
        "regurgitant_volume_ml": leak,
        "regurgitant_fraction_percent": 100.0 * leak / (leak + forward),
        "cardiac_output_l_min": ml_s_to_l_min(forward / beat.period_s),
        "cardiac_index_l_min_m2": ml_s_to_l_min(forward / beat.period_s) / bsa,
        "la_volume_max_ml": la_max,
        "la_volume_min_ml": -peak(-beat["v_la"]),
        "la_volume_index_ml_m2": la_max / bsa,
        "rv_edv_ml": rv_max,
        "rv_ef_percent": 100.0 * (rv_max + peak(-beat["v_rv"])) / rv_max,
        "gls_percent": 100.0 * (((esv + shell) / (edv + shell)) ** (1.0 / 3.0) - 1.0),
        "lv_mass_g": MUSCLE_DENSITY * wall,
        "lv_mass_index_g_m2": MUSCLE_DENSITY * wall / bsa,
        "lvedd_mm": diameter_mm(edv, elongation(_LONG_TO_SHORT_ED, growth)),
        "lvesd_mm": diameter_mm(esv, _LONG_TO_SHORT_ES),
    }
