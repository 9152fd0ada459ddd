"""When the muscle contracts: times and shares worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mitral.circulation.activation import (
    atrial,
    double_hill,
    double_hill_peak,
    late_opening,
    systole_duration,
    tabulate,
)
from mitral.parameters import parameter

PERIOD_65 = 60.0 / 65.0


def test_systole_shortens_with_rate():
    # 0.546 - 0.0021 · 65 = 0.4095 s
    assert systole_duration(65.0, 0.546, 0.0021) == pytest.approx(0.4095)
    assert systole_duration(165.0, 0.546, 0.0021) == pytest.approx(0.1995)
    assert systole_duration(400.0, 0.546, 0.0021) == 0.12  # the floor


def test_double_hill_at_both_time_constants():
    # at t = rise, g1 = 1: 1/2; decay far away: g2 = (1/3)^12 ~ 2e-6
    assert double_hill(1.0, 1.0, 3.0, 2.0, 12.0) == pytest.approx(0.5, rel=1e-5)
    # t = 2, rise 1 (power 2): g1 = 4; decay 2: g2 = 1: 4/5 · 1/2
    assert double_hill(2.0, 1.0, 2.0, 2.0, 12.0) == pytest.approx(0.4)
    # t = 4: g1 = 16, g2 = 2^3 = 8: 16/17/9
    assert double_hill(4.0, 1.0, 2.0, 2.0, 3.0) == pytest.approx(16.0 / 17.0 / 9.0)
    assert double_hill(0.0, 1.0, 3.0, 2.0, 12.0) == 0.0


def test_the_peak_is_the_greatest_value():
    fine = [double_hill(t, 1.1, 0.84, 1.3, 13.0) for t in np.linspace(0.0, 2.0, 20001)]
    # a maximum is flat: a grid of 1e-4 misses it by less than 1e-6 of its height
    assert double_hill_peak(1.1, 0.84, 1.3, 13.0) == pytest.approx(max(fine), rel=1e-6)


def test_atrial_contraction_is_a_sin2_that_ends_before_the_period_does():
    # onset at T - 0.15, duration 0.16: a quarter of the way sin²(pi/4) = 0.5, half way 1
    onset = PERIOD_65 - 0.15
    assert atrial(onset + 0.04, PERIOD_65, 0.15, 0.16) == pytest.approx(0.5)
    assert atrial(onset + 0.08, PERIOD_65, 0.15, 0.16) == pytest.approx(1.0)
    # an eighth: sin²(pi/8) = 0.146447
    assert atrial(onset + 0.02, PERIOD_65, 0.15, 0.16) == pytest.approx(0.146447, abs=1e-6)
    assert atrial(onset - 0.01, PERIOD_65, 0.15, 0.16) == 0.0


def test_atrial_contraction_wraps_past_the_end_of_the_beat():
    # PR 0.1, duration 0.2: at the start of the beat it is half over, 0.05 s later three quarters
    assert atrial(0.0, PERIOD_65, 0.1, 0.2) == pytest.approx(1.0)
    assert atrial(0.05, PERIOD_65, 0.1, 0.2) == pytest.approx(0.5)
    assert atrial(0.11, PERIOD_65, 0.1, 0.2) == 0.0


def test_atrial_times_shorten_with_the_square_root_of_the_cycle():
    # a quarter of the cycle: PR and duration halved, 0.075 and 0.08 s
    period = PERIOD_65 / 4.0
    assert atrial(period - 0.075 + 0.04, period, 0.15, 0.16) == pytest.approx(1.0)
    assert atrial(period - 0.076, period, 0.15, 0.16) == 0.0


def test_a_late_share_opens_at_its_onset():
    # systole 0.4 s, onset at half of 0.93 · 0.4 = 0.186 s: there 1 - 0.8 + 0.8/2
    assert late_opening(0.186, 0.4, 0.8, 0.5, 0.03) == pytest.approx(0.6)
    # one width later: 0.2 + 0.8/(1 + e^-1) = 0.2 + 0.8 · 0.731059
    assert late_opening(0.186 + 0.03 * 0.372, 0.4, 0.8, 0.5, 0.03) == pytest.approx(0.784847)
    assert late_opening(0.0, 0.4, 0.8, 0.5, 0.03) == pytest.approx(0.2, abs=1e-6)
    assert late_opening(0.1, 0.4, 0.0, 0.5, 0.03) == 1.0


def test_the_table_holds_all_four_on_half_steps():
    p = parameter.load()
    p["late_share"], p["act_rise"], p["act_decay"] = 0.8, 1.1, 0.84
    steps, systole = 500, 0.4
    table = np.empty((2 * steps + 1, 4))
    power = float(p["act_decay_power"][0])
    peak = double_hill_peak(1.1, 0.84, float(p["act_rise_power"][0]), power)
    tabulate(p[0], peak, PERIOD_65, systole, steps, table)
    # normalised: the peak is 1; a grid of 1 ms in 0.4 s misses the flat top by less than 1e-4
    assert table[:, 0].max() == pytest.approx(1.0, abs=1e-4)
    q = {name: float(p[name][0]) for name in ("act_rise", "act_decay", "act_rise_power")}
    i = 333
    t = i * PERIOD_65 / 1000.0
    g1 = (t / systole / q["act_rise"]) ** q["act_rise_power"]
    g2 = (t / systole / q["act_decay"]) ** power
    assert table[i, 0] == pytest.approx(g1 / (1 + g1) / (1 + g2) / peak)
    pr, width = float(p["pr"][0]), float(p["atrial_time"][0])
    late = 900
    t = late * PERIOD_65 / 1000.0
    expected = math.sin(math.pi * (t - PERIOD_65 + pr) / width) ** 2
    assert table[late, 1] == pytest.approx(expected)
    assert table[0, 2] == pytest.approx(0.2, abs=1e-5)
    assert table[-1, 2] == pytest.approx(1.0, abs=1e-5)
    assert not table[:, 3].any()
