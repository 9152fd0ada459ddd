"""A leak that opens at once: what is conserved, what comes first, where it ends."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import mitral
from mitral.circulation.lag import DELAY_S, VEINS
from mitral.circulation.state import STATE_FIELDS, VOLUME_COUNT
from mitral.course.transient import (
    COMPENSATED,
    COMPROMISED,
    FAILED,
    Transient,
    open_leak,
)
from mitral.errors import InputError, NotSettledError
from mitral.solver.solve import solve
from mitral.solver.transient import run_through
from mitral.workflow import parameters_of
from tests.states import man, with_values

VOLUMES = STATE_FIELDS[:VOLUME_COUNT]
LONG = 900
"""Beats (some 8 min): the slowest way to balance has a time constant of 40 s."""


@cache
def run(
    cause: str = "flail_leaflet",
    beats: int = 60,
    reflex: bool = True,
    eroa_cm2: float | None = None,
) -> Transient:
    """The healthy man whose leak opens after ten beats."""
    patient = mitral.Patient(cause=cause, eroa_cm2=eroa_cm2)
    return mitral.transient(patient, beats=beats, reflex=reflex)


def trace(made: Transient, name: str) -> np.ndarray:
    """A finding of every beat."""
    return np.array([getattr(one.exam, name) for one in made.beats])


def test_without_a_change_every_beat_is_the_settled_one():
    p = man()
    settled = solve(p)
    beats = run_through(p, p, settled, beats=40, onset=10)
    for waveforms in beats.waveforms:
        for name in ("v_lv", "v_la", "v_sv", "p_lv", "z_mv"):
            # the beat was settled to 1e-6 mL and the reflex to 2e-8; it does not wander from there
            assert waveforms[name] == pytest.approx(settled.waveforms[name], abs=1e-6), name
    # flows answer with some 10 mL/s to 1 mL
    assert waveforms["q_av"] == pytest.approx(settled.waveforms["q_av"], abs=1e-5)


@pytest.mark.parametrize("cause", ["flail_leaflet", "papillary_rupture", "functional"])
def test_blood_is_neither_made_nor_lost(cause: str):
    made = run(cause)
    total = np.concatenate([sum(one.beat[name] for name in VOLUMES) for one in made.beats])  # pyright: ignore[reportCallIssue, reportArgumentType]
    # 60 beats of 402 steps, each rounding ten volumes of up to 4000 mL: 60 · 402 · 4e-13 at worst
    assert np.ptp(total) < 1e-8


@pytest.mark.parametrize("cause", ["flail_leaflet", "papillary_rupture", "perforation"])
def test_after_minutes_it_is_the_settled_acute_state(cause: str):
    """The lags change the way, not the balance: both solvers must find the same one."""
    end, settled = (
        run(cause, LONG).beats[-1].exam,
        mitral.simulate(mitral.Patient(cause=cause)).exam,
    )
    for name in ("heart_rate_bpm", "aortic_mean_mmhg", "la_pressure_mean_mmhg"):
        # exp(-480/40) = 6e-6 of the way is left; one per mille leaves room for a slower person
        assert getattr(end, name) == pytest.approx(getattr(settled, name), rel=1e-3), name


def test_a_chronic_cause_opens_in_a_healthy_heart_unless_it_has_grown():
    fresh = mitral.transient(mitral.Patient(cause="rheumatic"), beats=20)
    well = mitral.simulate().exam
    # the same body in health, settled to 1e-6 mL
    assert fresh.before.exam.aortic_mean_mmhg == pytest.approx(well.aortic_mean_mmhg, rel=1e-5)
    assert fresh.beats[-1].exam.mitral_mean_gradient_mmhg > 5.0


def test_a_grown_heart_leaks_as_it_does_when_its_valve_has_opened():
    who = mitral.Patient(cause="functional", adapted=True)
    made = mitral.transient(who, beats=300)
    assert made.before.beat.heart == made.beats[-1].beat.heart
    assert made.before.exam.regurgitant_volume_ml == 0.0
    settled = mitral.simulate(who).exam.la_pressure_mean_mmhg
    # an adapted, blunted reflex comes to rest within two minutes
    assert made.beats[-1].exam.la_pressure_mean_mmhg == pytest.approx(settled, rel=1e-3)


def test_a_sudden_cause_brings_the_lost_muscle_with_the_leak():
    before = run("papillary_rupture").before.exam
    healthy = mitral.simulate().exam
    # settled to 1e-6 mL in both
    assert before.lv_dpdt_max_mmhg_s == pytest.approx(healthy.lv_dpdt_max_mmhg_s, rel=1e-5)
    assert before.regurgitant_volume_ml == 0.0


def test_in_the_first_beat_flow_turns_back_and_nothing_has_answered_yet():
    made = run()
    before, first = made.before.exam, made.beats[made.onset_beat].exam
    assert first.heart_rate_bpm == pytest.approx(before.heart_rate_bpm, abs=1e-6)
    assert first.forward_stroke_volume_ml < 0.6 * before.forward_stroke_volume_ml
    assert first.regurgitant_volume_ml > 50.0
    assert first.la_pressure_mean_mmhg > before.la_pressure_mean_mmhg + 3.0
    assert first.la_v_wave_mmhg > before.la_v_wave_mmhg + 8.0
    assert first.aortic_mean_mmhg < before.aortic_mean_mmhg - 10.0
    assert first.lv_esv_ml < before.lv_esv_ml - 10.0


def test_a_larger_hole_does_more_in_the_first_beat():
    exams = [
        mitral.transient(mitral.Patient(eroa_cm2=area), beats=11).beats[10].exam
        for area in (0.1, 0.3, 0.6)
    ]
    for name, sign in (
        ("regurgitant_volume_ml", 1.0),
        ("la_v_wave_mmhg", 1.0),
        ("forward_stroke_volume_ml", -1.0),
        ("aortic_mean_mmhg", -1.0),
    ):
        assert (sign * np.diff([getattr(exam, name) for exam in exams]) > 0.0).all(), name


def limb(**gains: float) -> np.ndarray:
    """The healthy man of whose reflex only some limbs work."""
    off = {"gain_cardiac": 0.0, "gain_r": 0.0, "gain_v_limb": 0.0}
    return with_values(man(), off | gains)


def alone(finding: str, beats: int = 120, **gains: float) -> tuple[np.ndarray, np.ndarray]:
    """Time after the onset (s) and a finding of every beat with only some limbs working."""
    p = limb(**gains)
    made, _ = open_leak(p, with_values(p, {"eroa": 0.45}), beats=beats, onset_beat=1, bsa_m2=1.9)
    onset = made[1].time_s
    found = [getattr(one.exam, finding) for one in made[1:]]
    return np.array([one.time_s - onset for one in made[1:]]), np.array(found)


def test_the_rate_answers_in_seconds():
    time, rate = alone("heart_rate_bpm", gain_cardiac=1.0)
    rise = rate.max() - rate[0]
    assert rise > 10.0
    # vagus 0.2 + 1.5 s, sympathetic 2 + 2 s: nothing at once, most of it within 5 s
    assert rate[time < 0.5] == pytest.approx(rate[0], abs=1e-6)
    assert rate[time > 5.0][0] > rate[0] + 0.5 * rise


def test_the_veins_answer_last():
    time, pressure = alone("la_pressure_mean_mmhg", gain_v_limb=1.0)
    _, none = alone("la_pressure_mean_mmhg")
    early = time < DELAY_S[VEINS]
    # until then as without any reflex, but for the 1.4e-3 mL that the healthy man's own drive of
    # 7e-6 moves
    assert pressure[early] == pytest.approx(none[early], abs=1e-3)
    gain = pressure[-1] - none[-1]
    assert gain > 2.0
    # at 10 s a fifth of their lag has passed, and what they do raises the command itself
    at_ten = np.flatnonzero(time > 10.0)[0]
    assert 0.0 < pressure[at_ten] - none[at_ten] < 0.3 * gain


def test_without_reflex_the_rate_stays():
    made = run(reflex=False)
    assert np.ptp(trace(made, "heart_rate_bpm")) < 1e-9


def test_a_rupture_with_lost_muscle_is_a_shock_that_says_why():
    made = run("papillary_rupture", beats=120)
    early = made.after(5.0)
    assert early is not None
    assert early.hemodynamic_compromise
    met = {one.name for one in early.compromise.criteria if one.met}
    # 5 s after the onset output is a third short and the atrium full
    assert {"cardiac_index_l_min_m2", "la_pressure_mean_mmhg"} <= met
    assert made.compromised_s > 10.0
    assert not made.before.hemodynamic_compromise


def test_without_reflex_the_shock_stays_and_worse_is_the_end():
    shock = run("papillary_rupture", beats=120, reflex=False)
    assert shock.outcome == COMPROMISED
    assert shock.hemodynamic_compromise
    assert "aortic mean" in shock.reason
    assert all(one.met for one in shock.criteria)
    # a hole of 1.2 cm² and half of the remaining muscle: mean arterial pressure below 45 mmHg
    who, worse = mitral.Patient(cause="papillary_rupture"), {"eroa": 1.2, "ctr_lv": "x0.5"}
    end = mitral.transient(who, changes=worse, reflex=False)
    assert end.outcome == FAILED
    assert end.hemodynamic_compromise
    assert "below 45" in end.reason


def test_a_leak_that_the_reflex_makes_up_for_is_called_compensated():
    made = run("flail_leaflet", beats=120)
    assert made.outcome == COMPENSATED
    assert not made.hemodynamic_compromise
    assert made.beats[-1].exam.cardiac_output_l_min > 0.9 * made.before.exam.cardiac_output_l_min
    # but LA pressure above 25 mmHg is not passed over in silence
    large = run("flail_leaflet", beats=120, eroa_cm2=0.7)
    assert large.outcome == COMPENSATED
    assert "alveolar oedema" in large.reason
    assert "alveolar oedema" not in made.reason


def test_a_torn_papillary_muscle_with_lost_muscle_ends_in_compromise():
    made = run("papillary_rupture", beats=120)
    assert made.outcome == COMPROMISED
    assert made.hemodynamic_compromise
    assert made.beats[-1].exam.cardiac_index_l_min_m2 < 2.2
    assert made.beats[-1].exam.la_pressure_mean_mmhg > 25.0


def test_a_ventricle_that_cannot_open_the_aortic_valve_is_examined_all_the_same():
    who = mitral.Patient(cause="papillary_rupture")
    made = mitral.transient(who, changes={"eroa": 1.5, "ctr_lv": "x0.4"}, beats=12)
    exam = made.beats[10].exam
    # a beat without ejection has no flow to divide by
    assert exam.forward_stroke_volume_ml == pytest.approx(0.0, abs=0.1)
    assert np.isnan(exam.mitral_aortic_vti_ratio)


def test_a_solution_that_breaks_down_keeps_the_beats_until_then():
    p = man()
    made, complete = open_leak(
        p, with_values(p, {"r_sys": np.nan}), beats=20, onset_beat=4, bsa_m2=1.9
    )
    assert not complete
    assert len(made) == 4
    broken = Transient(mitral.Patient(), made, 4, complete, {})
    assert broken.outcome == FAILED
    assert "after beat 4" in broken.reason
    assert broken.after(0.0) is None
    assert broken.onset_s == pytest.approx(broken.end_s)


def test_beats_follow_each_other_without_a_gap():
    made = run()
    starts = [one.time_s for one in made.beats]
    periods = [one.beat.period_s for one in made.beats]
    # the steps of a beat add up to its period to rounding
    assert np.diff(starts) == pytest.approx(periods[:-1], abs=1e-9)
    assert made.onset_s == pytest.approx(starts[10])
    assert made.after(0.0) is made.beats[10]
    assert made.after(1e9) is None
    for one, following in zip(made.beats, made.beats[1:], strict=False):
        assert one.beat["v_lv"][-1] == following.beat["v_lv"][0]


def test_an_adapted_person_has_the_same_heart_before_and_after():
    who = mitral.Patient(cause="flail_leaflet", adapted=True)
    made = mitral.transient(who, beats=12)
    assert made.before.exam.regurgitant_volume_ml == 0.0
    assert parameters_of(who)["eroa"][0] > 0.0
    # the reflex has reset to the leak: with a tight valve it finds the pressure too high
    assert made.before.exam.heart_rate_bpm < 65.0


@pytest.mark.parametrize(
    ("beats", "onset", "says"),
    [
        (0, 10, "beats is 0, outside 2 to 5000"),
        (5001, 10, "beats is 5001, outside 2 to 5000"),
        (10, 10, "onset-beat is 10, outside 1 to 9"),
        (120, 0, "onset-beat is 0, outside 1 to 119"),
    ],
)
def test_a_run_needs_beats_before_and_after(beats: int, onset: int, says: str):
    with pytest.raises(InputError, match=says):
        mitral.transient(mitral.Patient(eroa_cm2=0.4), beats=beats, onset_beat=onset)


def test_a_valve_that_does_not_leak_is_told():
    for who in (None, mitral.Patient(eroa_cm2=0.0)):
        with pytest.raises(InputError, match="nothing leaks"):
            mitral.transient(who)


def test_a_heart_that_does_not_settle_before_the_leak_is_told():
    with pytest.raises(NotSettledError, match="before the leak opens"):
        mitral.transient(
            mitral.Patient(eroa_cm2=0.4), changes={"tbv": 2000, "vu_sa": 1500, "vu_ao": 200}
        )
