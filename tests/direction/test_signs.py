"""Reflex, timing, valves, age and rhythm: signs that a cardiologist would bet on."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from mitral.parameters.personalise import REFERENCE_BSA_M2, healthy
from tests.states import Settled, acute, adapted, chronic, man, normal, settle, times, with_values


def test_a_reflex_without_gain_is_no_reflex():
    """gain_cardiac, gain_r, gain_v_limb of 0 give the very beat of --no-reflex."""
    p = with_values(acute().p, {"gain_cardiac": 0.0, "gain_r": 0.0, "gain_v_limb": 0.0})
    off, without = settle(p, reflex=True), acute(False)
    assert off.solution.steps == without.solution.steps
    for name in off.beat.waveforms.dtype.names or ():
        # both settled to 1e-6 mL a beat; flows are that over the 0.05 of their weight, and more
        scale = 1.0 + np.abs(without[name]).max()
        assert np.abs(off[name] - without[name]).max() < 1e-5 * scale, name


def test_the_reflex_answers_a_sudden_leak():
    without, with_reflex = acute(False).exam, acute().exam
    assert with_reflex.heart_rate_bpm > without.heart_rate_bpm + 10.0
    assert with_reflex.cardiac_output_l_min > without.cardiac_output_l_min
    assert with_reflex.aortic_mean_mmhg > without.aortic_mean_mmhg
    # veins give blood to the heart: output is bought with congestion
    assert with_reflex.la_pressure_mean_mmhg > without.la_pressure_mean_mmhg


def test_blood_pressure_falls_less_with_a_reflex():
    change = {"r_sys": 0.75}
    fall = {
        reflex: normal(reflex).exam.aortic_mean_mmhg
        - settle(times(man(), change), reflex=reflex).exam.aortic_mean_mmhg
        for reflex in (False, True)
    }
    assert 0.0 < fall[True] < 0.8 * fall[False]


def leak_by(s: Settled, share: float) -> float:
    """Share of mechanical systole (mitral closure to aortic closure) at which part has leaked."""
    marks = s.beat.landmarks
    leaked = np.cumsum(np.maximum(-s["q_mr"], 0.0))
    when = float(s["time"][np.searchsorted(leaked, share * leaked[-1])])
    return (when - marks.mitral_closes) / (marks.aortic_closes - marks.mitral_closes)


def test_a_late_systolic_leak_opens_late():
    late, flail = adapted("late_systolic_prolapse"), adapted("flail_leaflet")
    assert leak_by(flail, 0.1) < 0.25
    assert leak_by(late, 0.1) > 0.4
    assert late.exam.eroa_late_cm2 > 3.0 * late.exam.eroa_early_cm2
    assert late.exam.eroa_early_cm2 < 0.3 * flail.exam.eroa_early_cm2


@pytest.mark.parametrize("state", ["acute", "compensated", "decompensated", "flail_leaflet"])
def test_a_holosystolic_jet_keeps_its_speed(state: str):
    """In the last third of systole the jet stays above half of its peak."""
    s = {
        "acute": acute,
        "compensated": lambda: chronic("compensated"),
        "decompensated": lambda: chronic("decompensated"),
        "flail_leaflet": lambda: adapted("flail_leaflet"),
    }[state]()
    marks, time, jet = s.beat.landmarks, s["time"], -s["u_mr"]
    begin = marks.mitral_closes + 2.0 / 3.0 * (marks.aortic_closes - marks.mitral_closes)
    third = jet[(time >= begin) & (time <= marks.aortic_closes)]
    assert third.min() > 0.5 * jet.max()


@pytest.mark.parametrize("state", ["acute", "compensated", "decompensated"])
def test_pulmonary_venous_flow_turns_back_in_a_severe_leak(state: str):
    s = acute() if state == "acute" else chronic(state)
    assert s.exam.pulmonary_vein_systolic_reversal
    assert s.exam.pulmonary_vein_systolic_min_cm_s < -20.0


def test_pulmonary_venous_flow_does_not_turn_back_in_health():
    for reflex in (False, True):
        assert not normal(reflex).exam.pulmonary_vein_systolic_reversal


def test_age_moves_filling_from_early_to_late():
    young, old = (settle(healthy(REFERENCE_BSA_M2, age, female=False)).exam for age in (25.0, 75.0))
    # the rows of 21-40 and > 60 years: E/A 1.53 and 0.96, S/D 0.98 and 1.39; half of that at least
    assert old.mitral_e_a_ratio < young.mitral_e_a_ratio - 0.28
    assert old.pulmonary_vein_s_d_ratio > young.pulmonary_vein_s_d_ratio + 0.2
    assert old.aortic_systolic_mmhg > young.aortic_systolic_mmhg + 5.0


def test_atrial_fibrillation_takes_the_a_wave_away():
    s = settle(with_values(man(), {"t_la": 0.0, "t_ra": 0.0}))
    late = s["time"] > s.beat.landmarks.atrial_onset
    flow = s["q_mv"]
    kick, sinus = (float(np.ptp(x["q_mv"][late])) for x in (s, normal()))
    assert kick < 0.3 * sinus
    assert float(flow[late].max()) < 0.5 * float(normal()["q_mv"][late].max())
    # the ventricle loses the kick and with it output
    assert s.exam.lv_edv_ml < normal().exam.lv_edv_ml - 3.0
    assert s.exam.forward_stroke_volume_ml < normal().exam.forward_stroke_volume_ml


def test_a_narrow_mitral_valve_raises_gradient_and_atrial_pressure():
    exams = [
        settle(with_values(man(), {"a_mv": a, "annulus_follows": 0.0})).exam
        for a in (4.0, 2.0, 1.2)
    ]
    for wide, narrow in itertools.pairwise(exams):
        assert narrow.mitral_mean_gradient_mmhg > 1.5 * wide.mitral_mean_gradient_mmhg
        assert narrow.la_pressure_mean_mmhg > wide.la_pressure_mean_mmhg + 1.0
        assert narrow.mitral_e_cm_s > wide.mitral_e_cm_s
        assert narrow.cardiac_output_l_min < wide.cardiac_output_l_min


def test_a_narrow_aortic_valve_raises_ventricular_over_aortic_pressure():
    wide, narrow = normal(), settle(with_values(man(), {"a_av": 0.8}))

    def gradient(s: Settled) -> float:
        return s.exam.lv_peak_mmhg - s.exam.aortic_systolic_mmhg

    assert gradient(narrow) > gradient(wide) + 30.0
    assert narrow.exam.lv_peak_mmhg > wide.exam.lv_peak_mmhg + 20.0
    assert narrow.exam.forward_stroke_volume_ml < wide.exam.forward_stroke_volume_ml


def test_a_narrow_aortic_valve_worsens_a_mitral_leak():
    p = acute().p
    leak, both = acute(False).exam, settle(with_values(p, {"a_av": 0.8})).exam
    assert both.regurgitant_fraction_percent > leak.regurgitant_fraction_percent + 3.0


def test_a_hole_in_a_leaflet_lets_blood_through_in_diastole_too():
    hole = settle(with_values(man(), {"eroa": 0.4, "leak_shut": 0.0}))
    slit = settle(with_values(man(), {"eroa": 0.4, "leak_shut": 1.0}))
    forward = {s.p["leak_shut"][0]: s.integral(np.maximum(s["q_mr"], 0.0)) for s in (hole, slit)}
    assert forward[0.0] > forward[1.0] + 1.0


def test_a_stiffer_ventricle_needs_more_filling_pressure():
    stiff = settle(times(man(), {"sp_lv": 2.0})).exam
    assert stiff.la_pressure_mean_mmhg > normal().exam.la_pressure_mean_mmhg + 1.0
    assert stiff.lv_edv_ml < normal().exam.lv_edv_ml


def test_a_stiffer_atrium_throws_a_taller_v_wave():
    p = acute().p
    stiff = settle(times(p, {"sp_la": 2.0}), reflex=True).exam
    assert stiff.la_v_wave_mmhg > acute().exam.la_v_wave_mmhg


def test_a_faster_heart_has_shorter_systole_and_smaller_strokes():
    slow, fast = (settle(with_values(man(), {"hr": rate})).exam for rate in (60.0, 100.0))
    assert fast.ejection_time_ms < slow.ejection_time_ms - 30.0
    assert fast.forward_stroke_volume_ml < slow.forward_stroke_volume_ml
    assert fast.cardiac_output_l_min > slow.cardiac_output_l_min


def test_more_pulmonary_resistance_loads_the_right_heart():
    high = settle(times(man(), {"r_pa": 4.0})).exam
    assert high.pa_mean_mmhg > normal().exam.pa_mean_mmhg + 2.0
    assert high.ra_pressure_mean_mmhg > normal().exam.ra_pressure_mean_mmhg
    assert high.rv_edv_ml > normal().exam.rv_edv_ml


def test_a_tight_pericardium_makes_filling_pressures_alike_and_the_heart_small():
    tight, well = settle(times(man(), {"v_peri": 0.8})).exam, normal().exam
    assert tight.ra_pressure_mean_mmhg > well.ra_pressure_mean_mmhg + 1.0
    apart = (
        well.lv_edp_mmhg - well.ra_pressure_mean_mmhg,
        tight.lv_edp_mmhg - tight.ra_pressure_mean_mmhg,
    )
    assert apart[1] < 0.7 * apart[0]
    assert tight.lv_edv_ml < well.lv_edv_ml - 5.0


def test_a_grown_heart_has_a_larger_annulus():
    grown = times(man(), {"v0_lv": 1.5, "v0_la": 2.0})
    follows = settle(grown).exam
    ring = settle(with_values(grown, {"annulus_follows": 0.0})).exam
    assert ring.mitral_mean_gradient_mmhg > 1.1 * follows.mitral_mean_gradient_mmhg
