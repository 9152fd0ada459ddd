"""Doses as written, the laws of change by hand, and what is refused with which words."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mitral.errors import InputError
from mitral.parameters import parameter
from mitral.treatment.apply import treated
from mitral.treatment.change import LAWS, annulus_mm, forward_area_cm2
from mitral.treatment.prescription import prescribe


def leaking(**values: float) -> np.ndarray:
    """The adult with an orifice of 0.4 cm² and other values."""
    p = parameter.load()
    for name, value in {"eroa": 0.4, **values}.items():
        p[name] = value
    return p


def after(p: np.ndarray, *written: str, drives: tuple[float, float] = (0.0, 0.0)):
    """The heart after treatments as written."""
    return treated(p, drives, [prescribe(text) for text in written])


@pytest.mark.parametrize(
    ("law", "value", "dose", "by", "expected"),
    [
        ("times_exp", 2.0, 1.0, (-0.5,), 2.0 * 0.606531),
        ("times_exp_above", 2.0, 0.4, (-0.25, 0.5), 2.0),
        ("times_exp_above", 2.0, 1.5, (-0.25, 0.5), 2.0 * 0.778801),
        ("times", 10.0, 2.0, (0.1,), 12.0),
        ("times_dose", 2.0, 0.88, (), 1.76),
        ("factor", 2.0, 9.0, (0.92,), 1.84),
        ("saturate", 100.0, 0.5, (0.155, 0.5), 107.75),
        ("add", 4800.0, 400.0, (-0.45,), 4620.0),
        ("set", 7.0, 80.0, (0.0, 1.0), 80.0),
        ("at_most_square", 5.0, 33.0, (3.2, 30.0), 3.872),
        ("at_most_square", 3.0, 33.0, (3.2, 30.0), 3.0),
    ],
)
def test_a_law_by_hand(law, value, dose, by, expected):
    # worked to six digits
    assert LAWS[law](value, dose, *by) == pytest.approx(expected, rel=1e-6)


def test_a_diuretic_takes_its_share_of_the_blood():
    p = leaking()
    assert after(p, "diuretic:400mL").parameters["tbv"][0] == p["tbv"][0] - 180.0
    assert after(p, "diuretic:0.4 L").parameters["tbv"][0] == p["tbv"][0] - 180.0


def test_the_given_heart_is_left_as_it_was():
    p = leaking()
    same = p.copy()
    after(p, "repair", "nitroprusside", "diuretic")
    assert np.array_equal(p, same)


def test_a_ring_fixes_the_forward_area_and_closes_the_leak():
    # a grown heart: annulus (1.5 x 1.5)^(1/3) = 1.310 times, forward area with it
    p = leaking(v0_lv=1.5 * 44.9357, v0_la=1.5 * 11.4014)
    assert forward_area_cm2(p) == pytest.approx(1.310371 * p["a_mv"][0], rel=1e-4)
    q = after(p, "repair:30mm").parameters
    assert (q["a_mv"][0], q["annulus_follows"][0], q["eroa"][0]) == (3.2, 0.0, 0.02)
    assert after(p, "repair:30mm,residual=0.1cm2").parameters["eroa"][0] == 0.1


def test_the_healthy_annulus_measures_what_echo_laboratories_find():
    # 30 mm sqrt(4.55179/3.2)
    assert annulus_mm(parameter.load()) == pytest.approx(35.78, abs=0.01)


def test_a_ring_does_not_open_a_narrow_valve():
    assert after(leaking(a_mv=1.5), "repair:30mm").parameters["a_mv"][0] == 1.5


def test_sizes_of_prostheses_and_chords():
    p = leaking()
    kept, cut = after(p, "replacement:27mm"), after(p, "replacement:27mm,chords=cut")
    assert kept.parameters["a_mv"][0] == pytest.approx(1.7)
    assert kept.parameters["ctr_lv"][0] == pytest.approx(0.97)
    assert cut.parameters["ctr_lv"][0] == pytest.approx(0.88)


def test_clips_leave_less_orifice_the_more_there_are_and_a_known_residual_counts():
    p = leaking(tether=0.2)
    areas = [after(p, f"teer:{n}clips").parameters["eroa"][0] for n in (1, 2, 3)]
    assert areas == sorted(areas, reverse=True)
    known = after(p, "teer:1clip,residual=0.15").parameters
    assert (known["eroa"][0], known["tether"][0]) == (0.15, 0.0)


def test_a_drug_holds_its_effector_at_the_drive_before():
    q = after(leaking(), "nitroprusside", drives=(-0.2, 0.7)).parameters
    assert (q["held_r"][0], q["held_v"][0]) == pytest.approx((0.8, 0.8))
    assert (q["drive_b_before"][0], q["drive_a_before"][0]) == (-0.2, 0.7)
    # two drugs: 1 - (1 - 0.5)(1 - 0.8)
    both = after(leaking(), "hydralazine", "ace_inhibitor").parameters
    assert both["held_r"][0] == pytest.approx(0.9)


def test_an_operation_lets_the_reflex_free():
    q = after(leaking(), "repair", drives=(-0.2, 0.7)).parameters
    assert (q["held_r"][0], q["drive_a_before"][0]) == (0.0, 0.0)


def test_what_lasts_is_handed_on():
    made = after(leaking(), "beta_blocker", "diuretic")
    assert made.laws["damage_rate"] == 0.6
    assert made.laws["brake_from"] == 0.7
    assert after(leaking(), "repair").drive > 0.0


def test_cardioversion_brings_the_atria_back():
    p = leaking(t_la=0.0, t_ra=0.0)
    q = after(p, "cardioversion").parameters
    assert q["t_la"][0] == parameter.entries()["t_la"].value
    assert after(p, "rate_control:70bpm").parameters["hr"][0] == 70.0


def test_treatments_act_in_their_order():
    p = leaking()
    twice = after(p, "hydralazine:1", "ace_inhibitor:1").parameters["r_sys"][0]
    assert twice == pytest.approx(p["r_sys"][0] * math.exp(-0.63))


def test_a_clip_on_a_narrow_valve_is_allowed_with_a_warning():
    assert not after(leaking(), "teer").warnings
    warnings = after(leaking(a_mv=1.5), "teer").warnings
    assert any("4 cm²" in text for text in warnings)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (["repairs"], "did you mean 'repair'"),
        (["diuretic:400kg"], "unit 'kg' cannot be used; give mL"),
        (["nitroprusside:1mg"], "give no unit"),
        (["diuretic:4000mL"], "outside 50 to 3000 mL"),
        (["diuretic:nan"], "not a number"),
        (["diuretic:much"], "not a number; write e.g. diuretic:50mL"),
        (["teer:1.5clips"], "not a whole number"),
        (["replacement:29mm,chords=gone"], "known: cut, kept"),
        (["replacement:29mm,ring=30mm"], "has no dose 'ring'; it has size, chords"),
        (["none:3"], "has no dose"),
        (["nitroprusside:map=low"], "write e.g. map=71"),
        (["repair:38mm"], "larger than the annulus of this heart (36 mm)"),
        (["teer", "replacement"], "operated on in one way"),
        (["repair", "bioprosthesis"], "operated on in one way"),
        (["beta_blocker", "inotrope"], "exclude each other"),
        (["ace_inhibitor", "arni"], "exclude each other"),
        (["none", "diuretic"], "waiting is no treatment"),
        (["diuretic", "diuretic:100mL"], "given twice"),
        (["cardioversion"], "do not fibrillate"),
        (["rate_control"], "do not fibrillate"),
        (["atrial_fibrillation", "cardioversion"], "the one ends what the other begins"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(written, message):
    with pytest.raises(InputError) as fault:
        after(leaking(), *written)
    assert message in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_tight_valve_needs_no_repair():
    with pytest.raises(InputError, match="nothing leaks"):
        after(leaking(eroa=0.0), "repair")


def test_a_dose_too_large_for_a_small_heart_is_refused_with_the_parameter():
    with pytest.raises(InputError, match="too much for this heart: tbv is"):
        after(leaking(tbv=2300.0), "diuretic:1000mL")
