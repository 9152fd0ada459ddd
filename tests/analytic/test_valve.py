"""Valves and orifices against numbers worked by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from mitral.circulation.valve import (
    annulus_ratio,
    jet_pressure,
    load_ratio,
    opening_rate,
    stream_rate,
    stretched,
    tethered,
)
from mitral.measure.doppler import jet_velocity_cm_s
from mitral.parameters import parameter

if TYPE_CHECKING:
    import numpy as np

JET_CM_S = 501.55
"""sqrt(2 · 100 mmHg · 1333.22 dyn/cm² / 1.06 g/mL) = sqrt(251551)."""
MOBILITY = 1.0 / 1.06
"""cm²/g of a stream 1 cm long."""


def record(**values: float) -> np.void:
    """The adult set with some values replaced, as a kernel sees it."""
    p = parameter.load()
    for name, value in values.items():
        p[name] = value
    return p[0]


def jet_after(seconds: float) -> float:
    """Velocity of a jet under 100 mmHg, from rest, by small Euler steps."""
    u, h = 0.0, 1e-6
    for _ in range(round(seconds / h)):
        u += h * MOBILITY * 1333.22 * (-100.0 + jet_pressure(u))
    return u


def test_an_orifice_of_0_4_cm2_under_100_mmhg_leaks_200_6_ml_per_s():
    u = jet_after(0.03)  # 7 time constants 2 l/v = 4 ms: within tanh(7.5) = 1 - 6e-7 of steady
    assert u == pytest.approx(-JET_CM_S, abs=0.01)
    assert 0.4 * -u == pytest.approx(200.6, abs=0.05)
    assert jet_velocity_cm_s(100.0) == pytest.approx(JET_CM_S, abs=0.01)


def test_a_jet_starts_as_tanh():
    # du/dt = (v² - u²)/(2 l) gives u = v tanh(v t/(2 l)); at t = 2 l/v, l = 1 cm: tanh(1) = 0.76159
    # Euler of 1e-6 s errs by half a step of 4000 of them, 1e-4
    assert jet_after(2.0 / JET_CM_S) == pytest.approx(-0.76159 * JET_CM_S, rel=5e-4)


def test_jet_pressure_is_bernoulli_and_positive_backwards():
    # rho/2 u² = 0.53 · 400² = 84800 dyn/cm² = 63.605 mmHg (4 v² would say 64)
    assert jet_pressure(-400.0) == pytest.approx(63.605, abs=1e-3)
    assert jet_pressure(400.0) == pytest.approx(-63.605, abs=1e-3)


def test_the_stream_of_an_open_valve_rests_at_bernoullis_velocity():
    # 1 mmHg: sqrt(2 · 1333.22/1.06) = 50.155 cm/s, in either direction
    assert stream_rate(1.0, 50.155, 1.0, MOBILITY) == pytest.approx(0.0, abs=0.1)
    assert stream_rate(1.0, -50.155, -1.0, MOBILITY) == pytest.approx(0.0, abs=0.1)
    # from rest, 10 mmHg on 2 cm of blood: 13332.2/(1.06 · 2) = 6288.8 cm/s²
    assert stream_rate(1.0, 0.0, 10.0, MOBILITY / 2.0) == pytest.approx(6288.8, abs=0.1)


def test_the_stream_of_a_shut_valve_dies_at_200_per_second():
    # l = 2 cm: -(0.53 · 100²)/(1.06 · 2) - 200 · 100 = -2500 - 20000
    assert stream_rate(0.0, 100.0, 10.0, MOBILITY / 2.0) == pytest.approx(-22500.0)
    # half open: (6666.1 - 5300)/2.12 - 10000 = -9355.6
    assert stream_rate(0.5, 100.0, 10.0, MOBILITY / 2.0) == pytest.approx(-9355.6, abs=0.1)


def test_a_valve_opens_under_forward_and_shuts_under_backward_pressure():
    # the soft max(dp, 0) of 10 mmHg is 10.00025, of -10 mmHg 0.00025
    # 0.75 · 3 · 10 - 0.25 · 5 · 0 = 22.5 and 0.75 · 3 · 0 - 0.25 · 5 · 10 = -12.5
    assert opening_rate(0.25, 10.0, 3.0, 5.0) == pytest.approx(22.5, abs=2e-3)
    assert opening_rate(0.25, -10.0, 3.0, 5.0) == pytest.approx(-12.5, abs=2e-3)
    # fully open it opens no further, fully shut it shuts no further
    assert opening_rate(1.0, 10.0, 3.0, 5.0) == pytest.approx(0.0, abs=2e-3)
    assert opening_rate(0.0, -10.0, 3.0, 5.0) == pytest.approx(0.0, abs=2e-3)
    # no pressure: soft max 0.05 on both sides: 0.75 · 3 · 0.05 - 0.25 · 5 · 0.05 = 0.05
    assert opening_rate(0.25, 0.0, 3.0, 5.0) == pytest.approx(0.05)


def test_load_ratio_is_one_at_the_reference_and_bends_above():
    p = record(load_es_weight=0.6, load_ref=2.0, v0_lv=50.0, load_gain=1.0)
    # 0.4 · 160 + 0.6 · 60 = 100 = 2 · 50
    assert load_ratio(160.0, 60.0, p) == pytest.approx(1.0)
    # 0.4 · 200 + 0.6 · 100 = 140, ln 1.4 = 0.33647; exp(0.6 tanh(0.56079)) = exp(0.6 · 0.50854)
    assert load_ratio(200.0, 100.0, p) == pytest.approx(1.3568, abs=2e-4)
    # 0.4 · 125 + 0.6 · 35 = 71, ln 0.71 = -0.34249; exp(-0.6 · 0.51603) = 0.73373
    assert load_ratio(125.0, 35.0, p) == pytest.approx(0.7337, abs=2e-4)


def test_load_ratio_never_leaves_its_limits_and_a_gain_of_zero_is_rigid():
    p = record(load_es_weight=0.6, load_ref=2.0, v0_lv=50.0, load_gain=3.0)
    assert load_ratio(2000.0, 2000.0, p) == pytest.approx(math.exp(0.6), rel=1e-3)
    assert load_ratio(5.0, 2.0, p) == pytest.approx(math.exp(-0.6), rel=1e-3)
    rigid = record(load_gain=0.0)
    assert load_ratio(300.0, 200.0, rigid) == 1.0


def test_load_weighs_end_systole_as_told():
    # weight 1: only ESV counts. ESV 100 = 2 · 50, so 1 whatever EDV
    p = record(load_es_weight=1.0, load_ref=2.0, v0_lv=50.0, load_gain=1.0)
    assert load_ratio(120.0, 100.0, p) == load_ratio(400.0, 100.0, p) == pytest.approx(1.0)


def test_a_stretched_orifice_grows_in_proportion_to_pressure():
    p = record(stretch=0.4, p_stretch=90.0)
    # soft max of 90 is 90.011: 1 + 0.4 · 0.00012; of 180: 1 + 0.4 · 1.00006
    assert stretched(90.0, p) == pytest.approx(1.0, abs=1e-4)
    assert stretched(180.0, p) == pytest.approx(1.4, abs=1e-4)
    # at rest the soft max is 1 mmHg: 1 + 0.4 (1/90 - 1) = 0.60444
    assert stretched(0.0, p) == pytest.approx(0.60444, abs=1e-5)
    assert stretched(0.0, record(stretch=1.5, p_stretch=90.0)) == 0.2
    assert stretched(30.0, record(stretch=0.0)) == 1.0


def test_a_tethered_orifice_follows_size_and_yields_to_pressure():
    p = record(tether=3.0, tether_es_weight=0.8, v_tether=120.0, p_close=40.0)
    # 0.8 · 150 + 0.2 · 250 = 170; x = 0.5; soft max 0.25 + sqrt(0.2525)/2 = 0.50125
    # soft max of 80 mmHg is 80.0125; 3 · 0.50125 · 40/120.0125 = 0.50120 cm²
    assert tethered(80.0, 250.0, 150.0, p) == pytest.approx(0.5012, abs=1e-4)
    # at 0 mmHg (soft max 1): 3 · 0.50125 · 40/41 = 1.46707
    assert tethered(0.0, 250.0, 150.0, p) == pytest.approx(1.46707, abs=1e-4)
    # a ventricle 50 mL below the threshold: soft max of -0.5 is 0.00125: nothing to speak of
    assert tethered(0.0, 70.0, 70.0, p) == pytest.approx(3.0 * 0.001248 * 40 / 41, abs=1e-5)
    assert tethered(0.0, 250.0, 150.0, record(tether=0.0)) == 0.0


def test_the_annulus_grows_with_the_cube_root_of_both_chambers():
    # ventricle twice, atrium four times its healthy size: 8^(1/3) = 2
    p = record(v0_lv=100.0, v0_lv_healthy=50.0, v0_la=40.0, v0_la_healthy=10.0)
    assert annulus_ratio(p) == pytest.approx(2.0)
