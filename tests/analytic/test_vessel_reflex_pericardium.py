"""Vessels, bag and reflex against numbers worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mitral.circulation.pericardium import pericardial_pressure
from mitral.circulation.reflex import apply, arterial_drive, ceiling, stretch_drive
from mitral.circulation.state import CONTROL
from mitral.circulation.vessel import elastic, venous
from mitral.parameters import parameter


def record(**values: float) -> np.void:
    """The adult set with some values replaced, as a kernel sees it."""
    p = parameter.load()
    for name, value in values.items():
        p[name] = value
    return p[0]


REFLEX = {
    "hr": 65.0, "hr_max": 170.0, "systole_0": 0.546, "systole_slope": 0.0021,
    "ctr": 1.0, "ctr_lv": 0.5, "ctr_share_rv": 0.5, "r_sys": 0.9, "v_sv_ref": 3400.0,
    "g_hr": 0.4, "h_hr": 0.5, "g_ctr": 0.2, "h_ctr": 0.3, "g_r": 0.5, "g_v": 200.0, "h_v": 600.0,
    "gain_cardiac": 1.0, "gain_r": 1.0, "gain_v_limb": 1.0, "held_r": 0.0, "held_v": 0.0,
    "drive_b_before": 0.0, "drive_a_before": 0.0,
}  # fmt: skip


def applied(s_b: float, s_a: float, **values: float) -> np.void:
    """What the drives make of `REFLEX`, with some values replaced."""
    control = np.zeros(1, CONTROL)
    apply(record(**(REFLEX | values)), s_b, s_a, control[0])
    return control[0]


def test_an_artery_holds_what_exceeds_its_unstressed_volume():
    # C = 1.25 mL/mmHg: 725 mL over 600 is 100 mmHg
    assert elastic(725.0, 600.0, 1.0 / 1.25) == pytest.approx(100.0)


def test_veins_have_their_reference_pressure_and_compliance():
    c, p_ref, v_ref = 120.0, 7.0, 3400.0
    elastance = 1.0 / (c * p_ref)
    assert venous(v_ref, v_ref, p_ref, elastance) == 7.0
    # slope 1/C at the reference (central difference of 1 mL: error (1/840)² ~ 1e-6)
    up, down = (venous(v_ref + d, v_ref, p_ref, elastance) for d in (1.0, -1.0))
    assert (up - down) / 2.0 == pytest.approx(1.0 / 120.0, rel=1e-5)
    # one e-fold after C p_ref = 840 mL: 19.028 mmHg; as much below: 2.575, never negative
    assert venous(v_ref + 840.0, v_ref, p_ref, elastance) == pytest.approx(19.028, abs=1e-3)
    assert venous(v_ref - 840.0, v_ref, p_ref, elastance) == pytest.approx(2.575, abs=1e-3)
    assert venous(2.0, v_ref, p_ref, elastance) > 0.0


def test_the_bag_is_soft_until_it_is_full():
    # 1.1^10 = 2.593742, 0.8^10 = 0.107374
    assert pericardial_pressure(1.0, 1.5) == 1.5
    assert pericardial_pressure(1.1, 1.5) == pytest.approx(3.890614)
    assert pericardial_pressure(0.8, 1.5) == pytest.approx(0.161061, abs=1e-6)


def test_the_arterial_drive_is_zero_at_its_set_point_and_tanh_beside_it():
    p = record(map_set=95.0, map_width=20.0)
    assert arterial_drive(95.0, p) == 0.0
    assert arterial_drive(75.0, p) == pytest.approx(0.761594)  # a fall excites: tanh 1
    assert arterial_drive(115.0, p) == pytest.approx(-0.761594)


def test_the_stretch_drive_is_zero_at_its_set_point():
    p = record(lap_set=8.0, lap_dead=6.0, lap_width=12.0)
    assert stretch_drive(8.0, p) == pytest.approx(0.0, abs=1e-12)
    # at the end of the dead zone: soft max of 0 is 1, less its value at set (sqrt(40) - 6)/2
    # = 0.162278: tanh(0.837722/12) = 0.069697
    assert stretch_drive(14.0, p) == pytest.approx(0.069697, abs=1e-6)
    # one width further: (12 + sqrt(148))/2 = 12.082763, less 0.162278: tanh(0.993374) = 0.75880
    assert stretch_drive(26.0, p) == pytest.approx(0.7588, abs=1e-4)
    assert stretch_drive(2.0, p) > -0.02


def test_heart_rate_bends_under_its_ceiling():
    assert ceiling(160.0, 170.0) == 160.0
    # 170: over = 10, 170 - 100/40 = 167.5; 180 and above: over = 20, 180 - 10 = 170
    assert ceiling(170.0, 170.0) == pytest.approx(167.5)
    assert ceiling(180.0, 170.0) == pytest.approx(170.0)
    assert ceiling(400.0, 170.0) == pytest.approx(170.0)


def test_drives_of_zero_leave_everything_as_it_was():
    c = applied(0.0, 0.0)
    assert c["period"] == pytest.approx(60.0 / 65.0)
    assert c["systole"] == pytest.approx(0.4095)
    assert c["strength_lv"] == pytest.approx(0.5)
    assert c["strength_rv"] == pytest.approx(math.sqrt(0.5))
    assert c["g_sys"] == pytest.approx(1.0 / 0.9)
    assert c["v_sv_ref"] == 3400.0


def test_an_arterial_drive_of_a_half_by_hand():
    c = applied(0.5, 0.0)
    # rate 65 e^0.2 = 79.391; systole 0.546 - 0.0021 · 79.391; contractility e^0.1; R e^0.25
    assert 60.0 / c["period"] == pytest.approx(79.391, abs=1e-3)
    assert c["systole"] == pytest.approx(0.379279, abs=1e-5)
    assert c["strength_lv"] == pytest.approx(0.5 * 1.105171)
    assert c["strength_rv"] == pytest.approx(math.sqrt(0.5) * 1.105171)
    assert 1.0 / c["g_sys"] == pytest.approx(0.9 * 1.284025)
    assert c["v_sv_ref"] == pytest.approx(3300.0)


def test_a_stretch_drive_of_a_half_spares_resistance():
    c = applied(0.0, 0.5)
    # rate 65 e^0.25 = 83.462; contractility e^0.15; veins 300 mL
    assert 60.0 / c["period"] == pytest.approx(83.462, abs=1e-3)
    assert c["strength_lv"] == pytest.approx(0.5 * 1.161834)
    assert 1.0 / c["g_sys"] == pytest.approx(0.9)
    assert c["v_sv_ref"] == pytest.approx(3100.0)


def test_each_limb_has_its_own_working_part():
    off = {"gain_cardiac": 0.0, "gain_r": 0.0, "gain_v_limb": 0.0}
    rest, dead = applied(0.0, 0.0), applied(0.8, 0.6, **off)
    for field in ("period", "systole", "strength_lv", "strength_rv", "g_sys", "v_sv_ref"):
        assert dead[field] == rest[field]
    arterioles = applied(0.8, 0.6, **(off | {"gain_r": 0.5}))
    # half of 0.5 · 0.8 in the exponent
    assert 1.0 / arterioles["g_sys"] == pytest.approx(0.9 * math.exp(0.2))
    assert arterioles["period"] == rest["period"]
    veins = applied(0.8, 0.6, **(off | {"gain_v_limb": 0.5}))
    # half of 200 · 0.8 + 600 · 0.6 = 520 mL
    assert veins["v_sv_ref"] == pytest.approx(3140.0)


def test_a_drug_holds_its_effector_at_the_drive_before():
    held = applied(0.8, 0.6, held_r=1.0, held_v=1.0, drive_b_before=0.2, drive_a_before=0.1)
    # resistance 0.5 · 0.2 in the exponent; veins 200 · 0.2 + 600 · 0.1 = 100 mL
    assert 1.0 / held["g_sys"] == pytest.approx(0.9 * math.exp(0.1))
    assert held["v_sv_ref"] == pytest.approx(3300.0)
    half = applied(0.8, 0.6, held_r=0.5, held_v=0.5, drive_b_before=0.2, drive_a_before=0.1)
    # half way: drives 0.5 and 0.35: 0.25 in the exponent; 100 + 210 = 310 mL
    assert 1.0 / half["g_sys"] == pytest.approx(0.9 * math.exp(0.25))
    assert half["v_sv_ref"] == pytest.approx(3090.0)
