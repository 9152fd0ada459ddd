"""What Doppler shows: inflow, pulmonary veins, the regurgitant jet and its orifice."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from mitral.beat.beat import area
from mitral.beat.landmarks import crossings
from mitral.measure.peaks import finer, integral_in, mean_in, peak, peak_in, refine, slope
from mitral.units import BLOOD_DENSITY, DYN_PER_CM2_PER_MMHG

if TYPE_CHECKING:
    from mitral.beat.beat import Beat

ALIASING_CM_S = 38.0
"""Velocity at which the flow-convergence shell is seen (Nyquist shift)."""
_LEAST_LEAK_ML = 0.5
"""Below this no jet is measured: what remains is the closing of a healthy valve."""
_SYSTOLE = (0.08, 0.42)
"""Shares of the beat between which the systolic pulmonary venous wave is looked for."""


_ORIFICE: tuple[str, ...] = (
    "eroa_cm2",
    "eroa_pisa_cm2",
    "regurgitant_volume_pisa_ml",
    "eroa_early_cm2",
    "eroa_mid_cm2",
    "eroa_late_cm2",
    "vena_contracta_mm",
    "pisa_radius_mm",
    "mr_duration_percent_of_systole",
)
"""Findings that are 0 when there is no jet."""
_JET: tuple[str, ...] = ("mr_peak_velocity_cm_s", "mr_vti_cm", "mr_dpdt_mmhg_s")
"""Findings that are not measurable when there is no jet."""


def inflow(beat: Beat) -> dict[str, float]:
    """E and A (cm/s), deceleration time (ms) and mean gradient (mmHg, 4 v²) of mitral inflow."""
    time, marks = beat["time"], beat.landmarks
    u = np.where(beat["z_mv"] > 0.05, beat["u_mv"], 0.0)
    start = marks.mitral_opens - 0.05 if math.isfinite(marks.mitral_opens) else 0.3 * time[-1]
    e = peak_in(time, u, start, marks.atrial_onset)
    a = (
        peak_in(time, u, marks.atrial_onset, time[-1])
        if beat.heart.get("atria_contract", 1.0)
        else math.nan
    )
    first, last = time.searchsorted((start, marks.atrial_onset))
    falling = slice(first + int(u[first:last].argmax()) if last > first else last, last)
    high, low = (
        next(iter(crossings(time[falling], u[falling], share * e, rising=False)), math.nan)
        for share in (0.85, 0.5)
    )
    volume = beat.heart["wall_lv_ml"] + float(beat["v_lv"].max())
    surface = 0.8 * math.pi * (3.0 * volume / (4.0 * math.pi)) ** (2.0 / 3.0)
    filling = slope(time, beat["v_lv"])
    out = beat.integral(np.maximum(np.where(beat["z_av"] > 0.05, beat["u_av"], 0.0), 0.0))
    return {
        "mitral_e_cm_s": e,
        "mitral_a_cm_s": a,
        "mitral_e_a_ratio": e / a if a > 0.0 else math.nan,
        "mitral_deceleration_time_ms": 1000.0 * (low - high) / 0.35,
        "mitral_mean_gradient_mmhg": mean_gradient(time, u),
        "mitral_aortic_vti_ratio": beat.integral(np.maximum(u, 0.0)) / (out or math.nan),
        "annular_e_prime_cm_s": peak_in(time, filling, start, marks.atrial_onset) / surface,
    }


def mean_gradient(time: np.ndarray, u: np.ndarray) -> float:
    """Mean of 4 (u/100)² mmHg while blood flows forward faster than 10 cm/s (`u` cm/s)."""
    above = u > 10.0
    edges = crossings(time, u, 10.0, rising=True) + crossings(time, u, 10.0, rising=False)
    marks = sorted([*edges, *([time[0]] if above[0] else []), *([time[-1]] if above[-1] else [])])
    spans = list(zip(marks[::2], marks[1::2], strict=False))
    total = sum(integral_in(time, 4.0 * (u / 100.0) ** 2, *span) for span in spans)
    length = sum(stop - start for start, stop in spans)
    return total / length if length > 0.0 else 0.0


def pulmonary_veins(beat: Beat) -> dict[str, float | bool]:
    """S, D, Ar (cm/s) and their ratios; reversal when more flows back than forward in systole."""
    time, period, marks = beat["time"], beat.period_s, beat.landmarks
    v = beat["q_pvn"] / beat.heart["a_pvn_cm2"]
    start, stop = (share * period for share in _SYSTOLE)
    s, d = peak_in(time, v, start, stop), peak_in(time, v, stop, marks.atrial_onset)
    least = -peak_in(time, -v, start, stop)
    systolic = integral_in(time, v, 0.0, stop)
    diastolic = integral_in(time, v, stop, marks.atrial_onset)
    return {
        "pulmonary_vein_s_cm_s": s,
        "pulmonary_vein_d_cm_s": d,
        "pulmonary_vein_s_d_ratio": s / d,
        "pulmonary_vein_s_d_vti_ratio": systolic / diastolic,
        "pulmonary_vein_ar_cm_s": max(peak_in(time, -v, marks.atrial_onset, period), 0.0)
        if beat.heart.get("atria_contract", 1.0)
        else math.nan,
        "pulmonary_vein_systolic_min_cm_s": least,
        "pulmonary_vein_systolic_reversal": bool(systolic < 0.0),
    }


def jet(beat: Beat, leak_ml: float) -> dict[str, float]:
    """The regurgitant jet: velocity (cm/s), VTI (cm), orifice (cm²), PISA, vena contracta (mm).

    EROA is volumetric, volume / VTI. PISA: r = sqrt(q/(2 pi v_alias)), EROA = q_peak/v_peak.
    """
    time, marks = beat["time"], beat.landmarks
    v = np.maximum(-beat["u_mr"], 0.0)
    flow = np.maximum(-beat["q_mr"], 0.0)
    if leak_ml < _LEAST_LEAK_ML:
        return {**dict.fromkeys(_ORIFICE, 0.0), **dict.fromkeys(_JET, math.nan)}
    start, stop = max(marks.mitral_closes, 0.0), marks.mitral_opens
    fine = finer(time)
    seen = np.interp(fine, time, v) * (refine(time, flow) > 0.1 * flow.max())
    vti = beat.integral(v)
    q_peak, v_peak = peak(flow), peak(v)
    thirds = start + (stop - start) * np.array([0.1, 1 / 3, 2 / 3, 0.9])
    mean_area = [mean_in(time, beat["ero"], low, high) for low, high in pairwise(thirds)]
    return {
        "eroa_cm2": leak_ml / vti,
        "eroa_pisa_cm2": q_peak / v_peak,
        "regurgitant_volume_pisa_ml": q_peak / v_peak * vti,
        "eroa_early_cm2": mean_area[0],
        "eroa_mid_cm2": mean_area[1],
        "eroa_late_cm2": mean_area[2],
        "vena_contracta_mm": 20.0 * math.sqrt(q_peak / v_peak / math.pi),
        "pisa_radius_mm": 10.0 * math.sqrt(q_peak / (2.0 * math.pi * ALIASING_CM_S)),
        "mr_peak_velocity_cm_s": v_peak,
        "mr_vti_cm": area(seen, fine),
        "mr_duration_percent_of_systole": 100.0 * seen_share(time, flow, start, stop),
        "mr_dpdt_mmhg_s": doppler_dpdt(time, v),
    }


def seen_share(time: np.ndarray, flow: np.ndarray, start: float, stop: float) -> float:
    """Share of systole in which the leak exceeds a tenth of its greatest flow."""
    fine = np.linspace(start, stop, 2001)
    return float(np.mean(np.interp(fine, time, flow) > 0.1 * flow.max()))


def doppler_dpdt(time: np.ndarray, v: np.ndarray) -> float:
    """dp/dt (mmHg/s) from the jet: 32 mmHg over its time from 1 to 3 m/s."""
    fine, jet_velocity = finer(time), refine(time, v)
    one, three = (crossings(fine, jet_velocity, level, rising=True) for level in (100.0, 300.0))
    if not (one and three):
        return math.nan
    before = [s for s in one if s < three[0]] or [one[-1] - float(time[-1])]
    return 32.0 / (three[0] - before[-1])


def jet_velocity_cm_s(pressure_mmhg: float) -> float:
    """Velocity of a jet under a pressure: v = sqrt(2 dp/rho) (501.6 cm/s at 100 mmHg)."""
    return math.sqrt(2.0 * DYN_PER_CM2_PER_MMHG * pressure_mmhg / BLOOD_DENSITY)


def measure(beat: Beat, found: dict) -> dict[str, float | bool]:
    """All Doppler findings."""
    leak = float(found["regurgitant_volume_ml"])
    return inflow(beat) | pulmonary_veins(beat) | jet(beat, leak)
