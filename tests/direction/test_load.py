"""Load, orifice and muscle: signs that a cardiologist would bet on."""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import pytest

from calibration.states import close_leak
from tests.states import Settled, acute, adapted, chronic, man, normal, settle, times, with_values

CAUSES = (
    "prolapse",
    "late_systolic_prolapse",
    "flail_leaflet",
    "papillary_rupture",
    "rheumatic",
    "ventricular_functional",
    "ischaemic",
    "atrial_functional",
    "perforation",
    "congenital_cleft",
)
FUNCTIONAL = ("ventricular_functional", "ischaemic")


@cache
def steady(cause: str) -> Settled:
    """Somebody who lives with a cause, reflex off: what load alone does."""
    return settle(adapted(cause).p)


@cache
def after(cause: str, change: str) -> Settled:
    """The same person after a change of load or muscle."""
    s = steady(cause)
    p = {
        "afterload": lambda: times(s.p, {"r_sys": 1.3}),
        "inotrope": lambda: times(s.p, {"ctr": 1.3}),
        "nitrate": lambda: nitrate(s.p),
    }[change]()
    return settle(p, start=s.solution.start)


def nitrate(p: np.ndarray) -> np.ndarray:
    """Veins 250 mL wider, arterioles 15 % wider: a nitrate at a dose that lowers pressure."""
    q = times(p, {"r_sys": 0.85})
    q["v_sv_ref"] += 250.0
    return q


@pytest.mark.parametrize("reflex", [False, True])
def test_more_orifice_means_more_leak_more_congestion_and_less_output(reflex: bool):
    exams = [
        settle(with_values(man(), {"eroa": orifice}), reflex=reflex).exam
        for orifice in (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8)
    ]
    for less, more in itertools.pairwise(exams):
        assert more.regurgitant_fraction_percent > less.regurgitant_fraction_percent
        assert more.regurgitant_volume_ml > less.regurgitant_volume_ml
        assert more.la_pressure_mean_mmhg > less.la_pressure_mean_mmhg
        assert more.la_v_wave_mmhg > less.la_v_wave_mmhg
        # each beat carries less forward; the reflex may make up for one step, not for all of them
        if not reflex:
            assert more.forward_stroke_volume_ml < less.forward_stroke_volume_ml
        assert more.lv_edv_ml > less.lv_edv_ml
        assert more.pa_mean_mmhg > less.pa_mean_mmhg
        assert more.eroa_cm2 > less.eroa_cm2
        assert more.pisa_radius_mm > less.pisa_radius_mm
        assert more.pulmonary_vein_s_d_ratio < less.pulmonary_vein_s_d_ratio
    assert exams[-1].forward_stroke_volume_ml < 0.85 * exams[0].forward_stroke_volume_ml


@pytest.mark.parametrize("cause", CAUSES)
def test_more_afterload_means_more_leak_through_a_wider_orifice(cause: str):
    before, loaded = steady(cause).exam, after(cause, "afterload").exam
    assert loaded.aortic_mean_mmhg > before.aortic_mean_mmhg
    # an orifice that hardly stretches (rheumatic, perforation) still grows by a percent or more
    assert loaded.eroa_cm2 > 1.01 * before.eroa_cm2
    assert loaded.regurgitant_volume_ml > 1.03 * before.regurgitant_volume_ml
    assert loaded.regurgitant_fraction_percent > before.regurgitant_fraction_percent + 1.0
    assert loaded.forward_stroke_volume_ml < before.forward_stroke_volume_ml
    assert loaded.la_pressure_mean_mmhg > before.la_pressure_mean_mmhg


@pytest.mark.parametrize("cause", CAUSES)
def test_a_nitrate_lowers_atrial_pressure_and_the_orifice(cause: str):
    before, given = steady(cause).exam, after(cause, "nitrate").exam
    assert given.la_pressure_mean_mmhg < 0.9 * before.la_pressure_mean_mmhg
    assert given.eroa_cm2 < 0.99 * before.eroa_cm2
    assert given.regurgitant_volume_ml < before.regurgitant_volume_ml
    assert given.lv_edv_ml < before.lv_edv_ml


@pytest.mark.parametrize("cause", FUNCTIONAL)
def test_an_inotrope_nearly_shuts_a_functional_leak(cause: str):
    before, given = steady(cause).exam, after(cause, "inotrope").exam
    # the stronger ventricle is smaller and presses the leaflets together: a fifth or more
    assert given.eroa_cm2 < 0.8 * before.eroa_cm2
    assert given.regurgitant_volume_ml < 0.9 * before.regurgitant_volume_ml
    assert given.lv_esv_ml < before.lv_esv_ml
    assert given.forward_stroke_volume_ml > 1.05 * before.forward_stroke_volume_ml


@pytest.mark.parametrize("change", ["nitrate", "inotrope"])
def test_unloading_shrinks_a_functional_orifice_more_than_a_structural_one(change: str):
    def share(cause: str) -> float:
        return after(cause, change).exam.eroa_cm2 / steady(cause).exam.eroa_cm2

    for functional in FUNCTIONAL:
        for structural in ("flail_leaflet", "prolapse", "rheumatic", "perforation"):
            assert share(functional) < share(structural) - 0.05


def test_a_functional_orifice_is_widest_early_and_a_stretched_one_in_mid_systole():
    functional = steady("ventricular_functional").exam
    assert functional.eroa_early_cm2 > 1.3 * functional.eroa_mid_cm2
    flail = steady("flail_leaflet").exam
    assert flail.eroa_mid_cm2 > flail.eroa_late_cm2


def test_caval_occlusion_draws_a_nearly_straight_line():
    """End-systolic points while the veins are held back: slope varies by less than 35 %, 25 %."""
    for s, most in ((normal(), 0.35), (chronic("compensated"), 0.25)):
        points = []
        for held in (0.0, 150.0, 300.0, 450.0, 600.0):
            p = s.p.copy()
            p["v_sv_ref"] += held
            t = settle(p, start=s.solution.start)
            i = t.beat.landmarks.end_systole
            points.append((float(t["v_lv"][i]), float(t["p_lv"][i] - t["p_peri"][i])))
        slopes = [(b - d) / (a - c) for (a, b), (c, d) in itertools.pairwise(points)]
        assert all(slope > 0.0 for slope in slopes)
        assert (max(slopes) - min(slopes)) / float(np.mean(slopes)) < most


def test_less_resistance_turns_flow_forward_in_the_compensated():
    """Resistance × 0.75: the ventricle fills and pumps as before, but more goes the right way."""
    s = chronic("compensated")
    before, after_ = s.exam, settle(times(s.p, {"r_sys": 0.75}), start=s.solution.start).exam
    assert after_.lv_edv_ml == pytest.approx(before.lv_edv_ml, rel=0.03)
    assert after_.total_stroke_volume_ml == pytest.approx(before.total_stroke_volume_ml, rel=0.03)
    assert after_.forward_stroke_volume_ml > 1.05 * before.forward_stroke_volume_ml
    assert after_.regurgitant_volume_ml < 0.95 * before.regurgitant_volume_ml
    # and EF hardly shows it
    assert 0.0 < after_.lv_ef_percent - before.lv_ef_percent < 3.0


@pytest.mark.parametrize("name", ["compensated", "decompensated"])
def test_closing_the_leak_at_once_costs_ejection_fraction_and_gains_output(name: str):
    s = chronic(name)
    closed = close_leak(s.p, s.solution, s.exam.aortic_mean_mmhg)
    assert closed.aortic_mean_mmhg == pytest.approx(s.exam.aortic_mean_mmhg, rel=5e-3)
    assert closed.regurgitant_volume_ml == 0.0
    assert 5.0 < s.exam.lv_ef_percent - closed.lv_ef_percent < 15.0
    assert closed.forward_stroke_volume_ml > 1.3 * s.exam.forward_stroke_volume_ml
    assert closed.lv_end_systolic_stress_kdyn_cm2 > s.exam.lv_end_systolic_stress_kdyn_cm2
    assert closed.la_pressure_mean_mmhg < s.exam.la_pressure_mean_mmhg


def test_a_failing_ventricle_survives_a_fifth_more_pressure():
    s = chronic("decompensated")
    factor, loaded = 1.4, s
    for _ in range(4):
        loaded = settle(times(s.p, {"r_sys": factor}), start=loaded.solution.start)
        factor *= 1.0 + 1.5 * (1.2 * s.exam.aortic_mean_mmhg / loaded.exam.aortic_mean_mmhg - 1.0)
    assert loaded.exam.aortic_mean_mmhg == pytest.approx(1.2 * s.exam.aortic_mean_mmhg, rel=0.03)
    assert loaded.exam.cardiac_output_l_min > 3.0
    assert loaded.exam.la_pressure_mean_mmhg > s.exam.la_pressure_mean_mmhg
    assert loaded.exam.lv_ef_percent < s.exam.lv_ef_percent


@pytest.mark.parametrize("reflex", [False, True])
def test_a_loss_of_450_ml_does_not_empty_the_heart(reflex: bool):
    p = man()
    p["tbv"] -= 450.0
    bled, well = settle(p, reflex=reflex).exam, normal(reflex).exam
    assert 0.75 * well.lv_edv_ml < bled.lv_edv_ml < 0.95 * well.lv_edv_ml
    assert bled.ra_pressure_mean_mmhg < well.ra_pressure_mean_mmhg
    if reflex:
        assert bled.heart_rate_bpm > well.heart_rate_bpm + 2.0


def test_a_venodilator_works_at_high_right_atrial_pressure():
    p = chronic("decompensated").p.copy()
    p["tbv"] += 500.0
    full = settle(p)
    p["v_sv_ref"] += 300.0
    given = settle(p, start=full.solution.start).exam
    assert full.exam.ra_pressure_mean_mmhg > 12.0
    assert given.ra_pressure_mean_mmhg < full.exam.ra_pressure_mean_mmhg - 2.0
    assert given.la_pressure_mean_mmhg < full.exam.la_pressure_mean_mmhg - 3.0


def test_right_atrial_pressure_rises_with_left():
    by_la = sorted(
        (s.exam.la_pressure_mean_mmhg, s.exam.ra_pressure_mean_mmhg)
        for s in (normal(True), acute(), chronic("decompensated"))
    )
    right = [ra for _, ra in by_la]
    assert right[0] + 1.0 < right[-1]
    assert normal(True).exam.ra_pressure_mean_mmhg + 1.0 < acute().exam.ra_pressure_mean_mmhg
    assert chronic("decompensated").exam.ra_pressure_mean_mmhg > 8.0


def test_compensation_keeps_end_diastolic_stress_raised_and_systolic_stress_normal():
    well, grown = normal().exam, chronic("compensated").exam
    assert grown.lv_fibre_stress_ed_kpa > 1.2 * well.lv_fibre_stress_ed_kpa
    assert grown.lv_fibre_stress_peak_kpa == pytest.approx(well.lv_fibre_stress_peak_kpa, rel=0.15)
