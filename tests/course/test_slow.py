"""The slow state: health changes nothing, and each quantity acts on what it is named after."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mitral.course.slow import NUDGE, SCALE, Slow, healthy, heart_at, slow_between
from tests.states import man, times

LAP = 7.5
WELL = man()
Z = healthy(WELL)
REFLEX = ("gain_cardiac", "gain_v_limb", "gain_r")
ACTS_ON = {
    "lv_size": ("v0_lv", 1.1),
    "lv_wall": ("wall_lv", 1.1),
    "lv_stiffness": ("sp_lv", 1.1),
    "la_size": ("v0_la", 1.1),
    "la_wall": ("wall_la", 1.1),
    "contractility": ("ctr_lv", 0.9),
    "lung_resistance": ("r_pa", 1.1),
    "pericardium": ("v_peri", 1.1),
    "blood": ("tbv", 1.1),
    "tone": ("r_sys", math.exp(1.1)),
    "drive": ("hr", math.exp(1.1 * float(WELL["g_hr"][0]))),
}


def changed(p: np.ndarray) -> dict[str, float]:
    """Parameters that differ from the healthy person's: the new value."""
    names = p.dtype.names or ()
    return {n: float(p[n][0]) for n in names if p[n][0] != WELL[n][0]}


def test_health_is_no_change():
    assert changed(heart_at(WELL, Z, Z.lap_month)) == {}


def test_a_weak_muscle_from_birth_is_nobodys_loss():
    weak = times(WELL, {"ctr_lv": 0.9})
    assert healthy(weak).loss_month == pytest.approx(0.1, rel=1e-9)
    assert healthy(weak)._replace(loss_month=0.0) == Z


@pytest.mark.parametrize("name", ACTS_ON)
def test_each_quantity_acts_on_its_parameter_alone(name: str):
    parameter, factor = ACTS_ON[name]
    value = 0.9 if name == "contractility" else 1.1
    found = changed(heart_at(WELL, Z._replace(**{name: value}), Z.lap_month))
    assert found.pop(parameter) == pytest.approx(factor * float(WELL[parameter][0]), rel=1e-12)
    # a large ventricle blunts the reflex besides, what was lost the limb of the heart
    blunted = {"lv_size": set(REFLEX), "contractility": {"gain_cardiac"}}
    assert found.keys() <= blunted.get(name, set())


@pytest.mark.parametrize(
    ("name", "parameter"), [("orifice", "load_ref"), ("map_set", "map_set"), ("lap_set", "lap_set")]
)
def test_references_are_taken_as_they_are(name: str, parameter: str):
    found = changed(heart_at(WELL, Z._replace(**{name: 3.3}), Z.lap_month))
    assert found == {parameter: 3.3}


def test_size_damage_and_remembered_congestion_blunt_the_reflex():
    def gains(**changes: float) -> tuple[float, ...]:
        p = heart_at(WELL, Z._replace(**{"lap_month": LAP} | changes), LAP)
        return tuple(float(p[name][0] / WELL[name][0]) for name in REFLEX)

    # 10 mmHg over 6 above the healthy, a cavity a fifth larger: 0.25 + 0.75/e each
    left = 0.25 + 0.75 / math.e
    assert gains(lap_month=LAP + 16.0) == pytest.approx((left, left**2, 0.6), rel=1e-9)
    assert gains(lv_size=1.2) == pytest.approx((left, left**2, 0.6), rel=1e-9)
    # a fifth of contractility lost: the heart at once, the vessels when they have felt it
    assert gains(contractility=0.8) == pytest.approx((left, 1.0, 1.0), rel=1e-9)
    assert gains(loss_month=0.2) == pytest.approx((1.0, left**2, 0.6), rel=1e-9)


def test_the_slow_state_between_two_hearts_makes_the_one_of_the_other():
    z = Z._replace(
        lv_size=1.3,
        lv_wall=1.6,
        lv_stiffness=0.7,
        la_size=2.0,
        la_wall=1.7,
        contractility=0.8,
        lung_resistance=1.5,
        pericardium=1.4,
        orifice=2.1,
        blood=1.05,
        tone=0.2,
        map_set=93.0,
        lap_set=15.0,
        lap_month=15.0,
        loss_month=1.0 - 0.8 * float(WELL["ctr_lv"][0]),
    )
    assert slow_between(WELL, heart_at(WELL, z, LAP)) == pytest.approx(z, rel=1e-12)
    assert slow_between(WELL, WELL) == pytest.approx(Z, rel=1e-12)


def test_asking_does_not_change_the_heart():
    before = WELL.copy()
    heart_at(WELL, Z._replace(lv_size=1.3, drive=0.4), LAP)
    assert np.array_equal(WELL, before)


def test_every_quantity_has_a_scale_and_only_those_that_exist_are_nudged():
    assert SCALE.shape == (len(Slow._fields),)
    assert (SCALE > 0.0).all()
    assert NUDGE.keys() <= set(Slow._fields)
