"""Pressures as a catheter reads them, and resistances."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from mitral.measure.peaks import FINER, finer, peak, peak_in, peak_time, refine, slope, summit_after
from mitral.units import wood_to_dyn

if TYPE_CHECKING:
    from mitral.beat.beat import Beat

_V_WAVE_WINDOW = (0.15, 0.65)
"""Share of the beat in which the v wave is looked for."""
_CATHETER_S = 0.008
"""s; time over which a catheter's dp/dt is taken."""


def relaxation_time_ms(beat: Beat) -> float:
    """Time constant of isovolumic pressure fall: p = p0 exp(-t/tau), from dp/dt min to filling.

    Fitted without asymptote, on pressure over the pericardium, while it exceeds 5 mmHg above the
    LA pressure; the leak's presence lengthens it.
    """
    coarse, p = beat["time"], beat["p_lv"]
    time = finer(coarse)
    first = time.searchsorted(peak_time(coarse, -slope(coarse, p)))
    over = refine(coarse, p - beat["p_peri"])[first:]
    drive = refine(coarse, p - beat["p_la"])[first:]
    ended = np.append((drive <= 5.0) | (over <= 1.0), True)
    count = int(ended.argmax())
    if count < 40:
        return math.nan
    t = time[first : first + count] - time[first : first + count].mean()
    fall = float(t @ np.log(over[:count]) / (t @ t))
    return -1000.0 / fall if fall < 0 else math.nan


def catheter_slope(time: np.ndarray, pressure: np.ndarray) -> np.ndarray:
    """dp/dt (mmHg/s) as a catheter shows it: the change over 8 ms rounds off sharp corners."""
    step, p = float(time[1] - time[0]) / FINER, refine(time, pressure)[:-1]
    reach = max(round(0.5 * _CATHETER_S / step), 1)
    ring = np.concatenate((p[-reach:], p, p[:reach]))
    return (ring[2 * reach :] - ring[: -2 * reach]) / (2.0 * reach * step)


def measure(beat: Beat, found: dict) -> dict[str, float | bool]:
    """Pressures (mmHg), slopes (mmHg/s), times (ms), resistances (dyn·s/cm⁵)."""
    time, period, marks = beat["time"], beat.period_s, beat.landmarks
    mean = {name: beat.mean(beat[name]) for name in ("p_sa", "p_la", "p_pa", "p_ra", "p_pc")}
    flow = found["forward_stroke_volume_ml"] / period
    flow = flow if flow > 0.0 else math.nan
    dpdt = catheter_slope(time, beat["p_lv"])
    low, high = (share * period for share in _V_WAVE_WINDOW)
    return {
        "aortic_systolic_mmhg": peak(beat["p_sa"]),
        "aortic_diastolic_mmhg": -peak(-beat["p_sa"]),
        "aortic_mean_mmhg": mean["p_sa"],
        "la_pressure_mean_mmhg": mean["p_la"],
        "la_v_wave_mmhg": peak_in(time, beat["p_la"], low, high),
        "la_a_wave_mmhg": summit_after(time, beat["p_la"], marks.atrial_onset)
        if beat.heart.get("atria_contract", 1.0)
        else math.nan,
        "lv_edp_mmhg": float(beat["p_lv"][0]),
        "lv_peak_mmhg": peak(beat["p_lv"]),
        "rv_systolic_mmhg": peak(beat["p_rv"]),
        "rv_edp_mmhg": float(beat["p_rv"][0]),
        "pa_systolic_mmhg": peak(beat["p_pa"]),
        "pa_diastolic_mmhg": -peak(-beat["p_pa"]),
        "pa_mean_mmhg": mean["p_pa"],
        "pulmonary_capillary_mmhg": mean["p_pc"],
        "ra_pressure_mean_mmhg": mean["p_ra"],
        "lv_dpdt_max_mmhg_s": peak(dpdt),
        "lv_dpdt_min_mmhg_s": -peak(-dpdt),
        "lv_relaxation_time_ms": relaxation_time_ms(beat),
        "ejection_time_ms": 1000.0 * (marks.aortic_closes - marks.aortic_opens),
        "isovolumic_relaxation_ms": 1000.0 * (marks.mitral_opens - marks.aortic_closes),
        "closed_mitral_ms": 1000.0 * (marks.mitral_opens - marks.mitral_closes),
        "systemic_vascular_resistance_dyn_s_cm5": wood_to_dyn((mean["p_sa"] - mean["p_ra"]) / flow),
        "pulmonary_vascular_resistance_dyn_s_cm5": wood_to_dyn(
            (mean["p_pa"] - mean["p_la"]) / flow
        ),
    }
