"""What an instrument would report, on a beat drawn by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mitral.beat.beat import Beat
from mitral.circulation.state import WAVEFORM
from mitral.measure import doppler, energetics, pressures, volumes
from mitral.measure.peaks import finer, integral_in, mean_in, peak, peak_in, refine, slope
from mitral.units import (
    DYN_PER_CM2_PER_MMHG,
    JOULE_PER_MMHG_ML,
    KDYN_PER_CM2_PER_MMHG,
    MMHG_PER_KPA,
    ml_s_to_l_min,
    wood_to_dyn,
)

SAMPLES, PERIOD = 1001, 1.0
HEART = {
    "wall_lv_ml": 120.0, "v0_lv_ml": 50.0, "v0_lv_healthy_ml": 50.0, "bsa_m2": 2.0,
    "pr_s": 0.15, "a_pvn_cm2": 4.0, "ls_ref_um": 1.9,
}  # fmt: skip


@pytest.fixture
def drawn() -> Beat:
    """A beat of 1 s: systole of 0.4 s, a rectangular leak of 100 mL/s at 500 cm/s.

    Volume falls on a cosine from 150 to 50 mL and back; the aortic valve carries 60 mL.
    """
    w = np.zeros(SAMPLES, WAVEFORM)
    t = np.linspace(0.0, PERIOD, SAMPLES)
    w["time"] = t
    systole = (t > 0.0) & (t < 0.4)
    w["v_lv"] = 100.0 + 50.0 * np.cos(2.0 * np.pi * t)
    w["v_la"], w["v_rv"] = 50.0 + 10.0 * np.sin(np.pi * t), 120.0 + 30.0 * np.cos(2 * np.pi * t)
    domed = 1.0 - 1e-5 * ((t - 0.2) / 0.2) ** 2  # so that the peak is in the middle
    w["q_mr"], w["u_mr"] = (
        np.where(systole, -100.0, 0.0) * domed,
        np.where(systole, -500.0, 0.0) * domed,
    )
    w["ero"] = np.where(systole, 0.2, 0.0)
    ejecting = np.clip(t / 0.4, 0.0, 1.0)
    w["q_av"] = np.where(t < 0.4, 60.0 * np.pi / 0.8 * np.sin(np.pi * ejecting), 0.0)
    w["z_mv"], w["z_av"] = np.where(systole, 0.0, 1.0), np.where(systole & (t < 0.35), 1.0, 0.0)
    w["u_av"] = np.where(systole, 100.0, 0.0)
    w["u_mv"] = np.where(systole, 0.0, 80.0) * (1.0 - 1e-5 * (t - 0.7) ** 2)
    w["p_lv"] = np.where(systole, 100.0, 10.0)
    w["p_sa"] = 95.0 + 25.0 * np.sin(2.0 * np.pi * t)
    w["p_la"], w["p_ra"], w["p_pc"], w["p_pa"] = 10.0, 5.0, 12.0, 16.0
    w["q_pvn"] = 40.0
    return Beat(w, HEART)


def test_volumes_by_hand(drawn: Beat):
    found = volumes.measure(drawn, {})
    assert found["lv_edv_ml"] == pytest.approx(150.0)
    assert found["lv_esv_ml"] == pytest.approx(50.0, abs=1e-6)
    assert found["lv_ef_percent"] == pytest.approx(100.0 * 100.0 / 150.0, abs=1e-6)
    assert found["heart_rate_bpm"] == pytest.approx(60.0)
    # 0.4 s of 100 mL/s (an edge of 1 ms each way: 0.1 mL); a half sine of 60 mL in all
    assert found["regurgitant_volume_ml"] == pytest.approx(40.0, abs=0.11)
    assert found["forward_stroke_volume_ml"] == pytest.approx(60.0, abs=1e-3)
    assert found["regurgitant_fraction_percent"] == pytest.approx(40.0, abs=0.1)
    # 60 beats of 60 mL; over 2 m²
    assert found["cardiac_output_l_min"] == pytest.approx(3.6, abs=1e-3)
    assert found["cardiac_index_l_min_m2"] == pytest.approx(1.8, abs=1e-3)
    assert found["la_volume_max_ml"] == pytest.approx(60.0)
    assert found["la_volume_index_ml_m2"] == pytest.approx(30.0)
    assert found["rv_ef_percent"] == pytest.approx(40.0, abs=1e-6)
    assert found["lv_mass_g"] == pytest.approx(126.0)  # 120 mL · 1.05 g/mL
    assert found["lv_mass_index_g_m2"] == pytest.approx(63.0)
    # strain of the shell 42 mL inside the surface: (92/192)^(1/3) - 1
    assert found["gls_percent"] == pytest.approx(-21.75, abs=0.01)


def test_doppler_of_a_rectangular_leak_by_hand(drawn: Beat):
    leak = float(volumes.measure(drawn, {})["regurgitant_volume_ml"])
    found = doppler.jet(drawn, leak)
    # 40 mL over a VTI of 200 cm; 100 mL/s over 500 cm/s; both 0.2 cm²
    assert found["eroa_cm2"] == pytest.approx(0.2, rel=1e-4)
    assert found["eroa_pisa_cm2"] == pytest.approx(0.2)
    assert found["mr_vti_cm"] == pytest.approx(200.0, abs=0.6)
    assert found["mr_peak_velocity_cm_s"] == pytest.approx(500.0, rel=1e-5)
    # hemisphere at 38 cm/s: sqrt(100/(2 pi 38)) = 0.64717 cm; contracta 2 sqrt(0.2/pi) = 0.50463
    assert found["pisa_radius_mm"] == pytest.approx(6.4717, abs=1e-3)
    assert found["vena_contracta_mm"] == pytest.approx(5.0463, abs=1e-3)
    for third in ("early", "mid", "late"):
        assert found[f"eroa_{third}_cm2"] == pytest.approx(0.2), third
    assert found["mr_duration_percent_of_systole"] == pytest.approx(100.0, abs=0.6)


def test_half_the_flow_is_half_the_orifice_and_a_smaller_shell(drawn: Beat):
    w = drawn.waveforms.copy()
    w["q_mr"] /= 2.0
    half = doppler.jet(Beat(w, HEART), 20.0)
    # PISA: r falls by sqrt(2), 0.64717/1.41421 = 0.45762 cm
    assert half["eroa_pisa_cm2"] == pytest.approx(0.1)
    assert half["pisa_radius_mm"] == pytest.approx(4.5762, abs=1e-3)


def test_no_jet_is_measured_without_a_leak(drawn: Beat):
    found = doppler.jet(drawn, 0.2)
    assert found["eroa_cm2"] == 0.0
    assert math.isnan(found["mr_peak_velocity_cm_s"])


def test_the_slope_of_the_jet_is_32_mmhg_over_the_time_from_1_to_3_m_per_s():
    t = np.linspace(0.0, 1.0, 1001)
    v = np.clip((t - 0.1) * 1e4, 0.0, 500.0)  # 1 to 3 m/s in 20 ms
    v[t > 0.4] = 0.0
    assert doppler.doppler_dpdt(t, v) == pytest.approx(32.0 / 0.02, rel=1e-6)


def test_inflow_and_pulmonary_veins_by_hand(drawn: Beat):
    inflow = doppler.inflow(drawn)
    assert inflow["mitral_e_cm_s"] == pytest.approx(80.0)
    # 4 · 0.8²; the drawn step rises and falls within one sample each, 1 part in 300 of the filling
    assert inflow["mitral_mean_gradient_mmhg"] == pytest.approx(2.56, rel=1 / 300)
    # 80 cm/s for 0.6 s over 100 cm/s for 0.35 s: 48/35
    assert inflow["mitral_aortic_vti_ratio"] == pytest.approx(48.0 / 35.0, rel=1e-2)
    veins = doppler.pulmonary_veins(drawn)
    assert veins["pulmonary_vein_s_cm_s"] == pytest.approx(10.0)  # 40 mL/s over 4 cm²
    assert veins["pulmonary_vein_s_d_ratio"] == pytest.approx(1.0)
    assert not veins["pulmonary_vein_systolic_reversal"]


def test_a_systolic_backflow_in_the_veins_is_seen(drawn: Beat):
    w = drawn.waveforms.copy()
    w["q_pvn"] = np.where(w["time"] < 0.4, -40.0, 80.0)
    veins = doppler.pulmonary_veins(Beat(w, HEART))
    assert veins["pulmonary_vein_systolic_reversal"]
    assert veins["pulmonary_vein_systolic_min_cm_s"] == pytest.approx(-10.0)
    assert veins["pulmonary_vein_d_cm_s"] == pytest.approx(20.0)


def test_pressures_and_resistances_by_hand(drawn: Beat):
    found = pressures.measure(drawn, {"forward_stroke_volume_ml": 60.0})
    assert found["aortic_systolic_mmhg"] == pytest.approx(120.0)
    assert found["aortic_diastolic_mmhg"] == pytest.approx(70.0)
    assert found["aortic_mean_mmhg"] == pytest.approx(95.0)
    # (95 - 5)/60 mL/s = 1.5 mmHg·s/mL = 1999.8 dyn·s/cm⁵; (16 - 10)/60 = 0.1
    assert found["systemic_vascular_resistance_dyn_s_cm5"] == pytest.approx(1999.83, abs=0.01)
    assert found["pulmonary_vascular_resistance_dyn_s_cm5"] == pytest.approx(133.322, abs=1e-3)


def test_work_of_a_loop_is_its_area():
    """A rectangle of 100 mL by 90 mmHg: 9000 mmHg·mL = 1.2 J."""
    w = np.zeros(401, WAVEFORM)
    w["time"] = np.linspace(0.0, 1.0, 401)
    fill = np.linspace(0.0, 1.0, 101)
    w["v_lv"] = np.concatenate(
        [np.full(100, 150.0), 150.0 - 100.0 * fill, np.full(99, 50.0), 50.0 + 100.0 * fill]
    )
    w["p_lv"] = np.concatenate(
        [10.0 + 90.0 * fill[:100], np.full(101, 100.0), 100.0 - 90.0 * fill[1:100],
         np.full(101, 10.0)]
    )  # fmt: skip
    w["z_mv"] = np.concatenate([np.ones(3), np.zeros(297), np.ones(101)])
    w["z_av"] = np.concatenate([np.zeros(100), np.ones(101), np.zeros(200)])
    strokes = {
        "forward_stroke_volume_ml": 80.0, "total_stroke_volume_ml": 100.0, "heart_rate_bpm": 60.0,
    }  # fmt: skip
    found = energetics.measure(Beat(w, HEART), strokes)
    # corners are cut by a sample at most: 0.5 %
    assert found["stroke_work_j"] == pytest.approx(9000.0 * 1.33322e-4, rel=5e-3)
    # triangle to the 5 mL intercept: 100 · 45/2 mmHg·mL; Ees 100/45; Ea 100/80 and 100/100
    assert found["potential_energy_j"] == pytest.approx(2250.0 * 1.33322e-4, rel=2e-2)
    assert found["ees_mmhg_ml"] == pytest.approx(100.0 / 45.0, rel=2e-2)
    assert found["ea_mmhg_ml"] == pytest.approx(1.25, rel=2e-2)
    # PVA 11250: 1.53e-5 · 11250 + 0.014 · 1.26 = 0.189765 mL a beat for 126 g
    assert found["mvo2_ml_min_100g"] == pytest.approx(0.189765 / 126.0 * 6000.0, rel=1e-2)


def test_end_systolic_stress_of_a_thick_sphere():
    # radii 2.5 and 3.5 cm: cavity 65.450, wall 179.594 - 65.450 = 114.145 mL
    # 100 mmHg · 6.25/(12.25 - 6.25) = 104.167 mmHg = 138.877 kdyn/cm²
    stress = energetics.end_systolic_stress(100.0, 65.44985, 114.1445)
    assert stress == pytest.approx(138.877, abs=0.01)


def test_fibre_stress_and_sarcomere_length_of_a_beat(drawn: Beat):
    # ED: 150 mL in 120 mL of wall, 10 mmHg: 3 · 10/(7.50062 ln 1.8) = 6.8046 kPa
    assert drawn.fibre_stress_lv_kpa[0] == pytest.approx(6.8046, abs=1e-3)
    # 1 + 3 · 150/120 = 4.75 over 2.25: cube root 1.28283; · 1.9 = 2.43738
    assert drawn.sarcomere_length_lv_um[0] == pytest.approx(2.43738, abs=1e-4)


def test_diameters_of_an_ellipsoid():
    # pi/6 · 5² · 9.5 = 124.355 mL for a diameter of 50 mm, length 95 mm
    assert volumes.diameter_mm(124.355, 1.9) == pytest.approx(50.0, abs=1e-3)
    assert volumes.elongation(1.9, 1.0) == 1.9
    assert volumes.elongation(1.9, 1.25) == pytest.approx(1.75)
    assert volumes.elongation(1.9, 3.0) == pytest.approx(1.6)


def test_a_peak_between_samples():
    # a parabola with its top 7 at 0.3 of a step past the sample
    x = np.arange(9.0)
    assert peak(7.0 - (x - 4.3) ** 2) == pytest.approx(7.0)
    assert peak(np.array([3.0, 2.0, 1.0])) == 3.0


def test_part_of_a_curve_between_samples():
    # 10 t from 0.25 to 0.75 s, sampled at 0, 0.1, ... 1: 5 (0.75² - 0.25²) = 2.5
    t = np.linspace(0.0, 1.0, 11)
    assert integral_in(t, 10.0 * t, 0.25, 0.75) == pytest.approx(2.5)
    assert mean_in(t, 10.0 * t, 0.25, 0.75) == pytest.approx(5.0)
    assert peak_in(t, 10.0 * t, 0.25, 0.75) == pytest.approx(7.5)
    assert integral_in(t, 10.0 * t, 0.21, 0.29) == pytest.approx(5.0 * (0.29**2 - 0.21**2))
    assert integral_in(t, t, 0.6, 0.5) == 0.0
    assert math.isnan(peak_in(t, t, 0.6, 0.5))
    assert math.isnan(mean_in(t, t, 0.6, 0.5))


def test_a_periodic_curve_is_refined_across_its_seam():
    t = np.linspace(0.0, 1.0, 101)
    turn = 2.0 * np.pi
    # fourth order: turn^5 h^4/30 = 3e-6 of turn; a cubic between: turn^4 h^4/384 = 4e-8
    assert slope(t, np.sin(turn * t)) == pytest.approx(turn * np.cos(turn * t), abs=4e-6)
    fine = finer(t)
    assert fine.size == 1601
    assert refine(t, np.sin(turn * t)) == pytest.approx(np.sin(turn * fine), abs=6e-8)


def test_units():
    # 1 mmHg·s/mL = 1333.22 dyn·s/cm⁵; one Wood unit is 0.06 of it, 80
    assert wood_to_dyn(0.06) == pytest.approx(79.993, abs=1e-3)
    assert ml_s_to_l_min(100.0) == pytest.approx(6.0)
    assert pytest.approx(1.0 / 0.133322, rel=1e-5) == MMHG_PER_KPA
    assert pytest.approx(13.5951 * 98.0665, rel=1e-5) == DYN_PER_CM2_PER_MMHG
    # 1 mmHg · 1 mL = 133.322 Pa · 1e-6 m³
    assert pytest.approx(133.322e-6) == JOULE_PER_MMHG_ML
    assert pytest.approx(1.33322) == KDYN_PER_CM2_PER_MMHG
