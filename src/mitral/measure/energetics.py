"""Work, wall stress and the coupling of heart and arteries."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mitral.beat.beat import LV_VOLUME_OFFSET, area
from mitral.measure.peaks import finer, peak, peak_time, refine
from mitral.units import JOULE_PER_MMHG_ML, KDYN_PER_CM2_PER_MMHG, MUSCLE_DENSITY

if TYPE_CHECKING:
    from mitral.beat.beat import Beat

_OXYGEN_PER_PVA = 1.53e-5
"""mL O2 per mmHg·mL. Source: Khalafbeigui 1979 (dog)."""
_OXYGEN_BASAL = 0.014
"""mL O2 per beat and 100 g of muscle that does no work."""
_JOULE_PER_ML_OXYGEN = 20.2


def end_systolic_stress(pressure_mmhg: float, volume_ml: float, wall_ml: float) -> float:
    """Mean wall stress of a thick sphere (kdyn/cm²): p r_i²/(r_o² - r_i²)."""
    inner = (3.0 * volume_ml / (4.0 * math.pi)) ** (1.0 / 3.0)
    outer = (3.0 * (volume_ml + wall_ml) / (4.0 * math.pi)) ** (1.0 / 3.0)
    share = inner**2 / (outer**2 - inner**2)
    return pressure_mmhg * share * KDYN_PER_CM2_PER_MMHG


def measure(beat: Beat, found: dict) -> dict[str, float | bool]:
    """Work (J), elastances (mmHg/mL), wall stress (kdyn/cm², kPa), oxygen (mL/min/100 g)."""
    time, p, v = beat["time"], beat["p_lv"], beat["v_lv"]
    moment = peak_time(time, (p - beat["p_peri"]) / np.maximum(v - LV_VOLUME_OFFSET, 1.0))
    fine = finer(time)
    p_es, v_es = (float(np.interp(moment, fine, refine(time, curve))) for curve in (p, v))
    wall = beat.heart["wall_lv_ml"]
    mass = MUSCLE_DENSITY * wall
    work = -area(p, v)
    stretched = max(v_es - LV_VOLUME_OFFSET, 1.0)
    potential = 0.5 * p_es * stretched
    oxygen = _OXYGEN_PER_PVA * (work + potential) + _OXYGEN_BASAL * mass / 100.0
    stress, length = beat.fibre_stress_lv_kpa, beat.sarcomere_length_lv_um
    return {
        "lv_end_systolic_stress_kdyn_cm2": end_systolic_stress(p_es, v_es, wall),
        "lv_fibre_stress_peak_kpa": peak(stress),
        "lv_fibre_stress_ed_kpa": float(stress[0]),
        "fibre_strain_percent": 100.0 * math.log(float(length.min()) / float(length.max())),
        "stroke_work_j": work * JOULE_PER_MMHG_ML,
        "potential_energy_j": potential * JOULE_PER_MMHG_ML,
        "pressure_volume_area_j": (work + potential) * JOULE_PER_MMHG_ML,
        "mvo2_ml_min_100g": oxygen / mass * 100.0 * found["heart_rate_bpm"],
        "efficiency_percent": 100.0 * work * JOULE_PER_MMHG_ML / (_JOULE_PER_ML_OXYGEN * oxygen),
        "ees_mmhg_ml": p_es / stretched,
        "ea_mmhg_ml": p_es / max(found["forward_stroke_volume_ml"], 1e-9),
        "ea_total_mmhg_ml": p_es / max(found["total_stroke_volume_ml"], 1e-9),
    }
