"""A healthy examination to start from, and a leaking one whose signs point nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from mitral.measure.exam import Exam

Examined = Callable[..., Exam]

_HEALTHY = {
    "heart_rate_bpm": 65.0,
    "lv_edv_ml": 144.0,
    "lv_esv_ml": 51.0,
    "lv_ef_percent": 65.0,
    "total_stroke_volume_ml": 93.0,
    "forward_stroke_volume_ml": 93.0,
    "regurgitant_volume_ml": 0.0,
    "regurgitant_fraction_percent": 0.0,
    "eroa_cm2": 0.0,
    "eroa_pisa_cm2": 0.0,
    "eroa_early_cm2": 0.0,
    "eroa_mid_cm2": 0.0,
    "eroa_late_cm2": 0.0,
    "vena_contracta_mm": 0.0,
    "pisa_radius_mm": 0.0,
    "cardiac_output_l_min": 6.0,
    "cardiac_index_l_min_m2": 3.0,
    "la_pressure_mean_mmhg": 8.0,
    "la_v_wave_mmhg": 13.0,
    "lv_peak_mmhg": 125.0,
    "la_volume_max_ml": 62.0,
    "la_volume_index_ml_m2": 31.0,
    "mitral_e_cm_s": 78.0,
    "mitral_a_cm_s": 61.0,
    "mitral_e_a_ratio": 1.28,
    "pulmonary_vein_s_cm_s": 58.0,
    "pulmonary_vein_d_cm_s": 48.0,
    "pulmonary_vein_s_d_ratio": 1.2,
    "pulmonary_vein_s_d_vti_ratio": 1.0,
    "pulmonary_vein_systolic_reversal": False,
    "mr_peak_velocity_cm_s": float("nan"),
    "mr_vti_cm": float("nan"),
    "mr_duration_percent_of_systole": 0.0,
    "lvedd_mm": 52.0,
}
_INDIFFERENT_LEAK = {
    "total_stroke_volume_ml": 110.0,
    "forward_stroke_volume_ml": 75.0,
    "cardiac_output_l_min": 4.9,
    "cardiac_index_l_min_m2": 2.45,
    "regurgitant_volume_ml": 35.0,
    "regurgitant_fraction_percent": 32.0,
    "eroa_cm2": 0.23,
    "eroa_pisa_cm2": 0.23,
    "eroa_early_cm2": 0.23,
    "eroa_mid_cm2": 0.23,
    "eroa_late_cm2": 0.23,
    "vena_contracta_mm": 5.4,
    "pisa_radius_mm": 7.0,
    "la_pressure_mean_mmhg": 12.0,
    "la_v_wave_mmhg": 22.0,
    "la_volume_index_ml_m2": 38.0,
    "pulmonary_vein_s_d_ratio": 0.8,
    "pulmonary_vein_s_d_vti_ratio": 0.5,
    "mr_peak_velocity_cm_s": 500.0,
    "mr_vti_cm": 152.0,
    "mr_duration_percent_of_systole": 100.0,
}
"""Grade II by all three quantities, and no specific sign either way."""


def _make(**changes: float | bool) -> Exam:
    """A healthy examination with these findings changed; whatever no test reads is NaN."""
    known = {field.name: float("nan") for field in fields(Exam)} | _HEALTHY
    return replace(Exam(**known), **changes)  # pyright: ignore[reportArgumentType]


@pytest.fixture(scope="session")
def healthy() -> Examined:
    """Makes the examination of a healthy man, with findings changed."""
    return _make


@pytest.fixture(scope="session")
def leaking() -> Examined:
    """Makes the examination of a moderate leak without specific signs, with findings changed."""
    return lambda **changes: _make(**(_INDIFFERENT_LEAK | changes))
