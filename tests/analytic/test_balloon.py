"""The balloon pump: its course in time by hand, and that it only moves blood about."""

from __future__ import annotations

import numpy as np
import pytest

from mitral.circulation.balloon import balloon_volume, ramp
from mitral.circulation.state import STATE_FIELDS
from mitral.parameters import parameter
from tests.states import acute, settle, with_values

PERIOD, SYSTOLE = 0.8, 0.38
PUMP = {"balloon": 40.0, "balloon_on": 0.85, "balloon_off": 0.95, "balloon_rise": 0.06}


def volume(time: float) -> float:
    """Volume (mL) of a balloon of 40 mL; it fills from 0.323 s and empties from 0.76 s."""
    return balloon_volume(time, PERIOD, SYSTOLE, with_values(parameter.load(), PUMP)[0])


def test_the_ramp_by_hand():
    # 3 x² - 2 x³ at 0.25: 0.1875 - 0.03125
    assert [ramp(x) for x in (-1.0, 0.25, 0.5, 2.0)] == pytest.approx([0.0, 0.15625, 0.5, 1.0])


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (0.2, 0.0),
        (0.323 + 0.015, 40.0 * 0.15625),
        (0.323 + 0.03, 20.0),
        (0.6, 40.0),
        (0.76 + 0.03, 20.0),
        # what is left after two thirds of emptying: 1 - (3·4/9 - 2·8/27) = 7/27
        (0.0, 40.0 * 7.0 / 27.0),
        (0.03, 0.0),
    ],
)
def test_the_balloon_by_hand(time, expected):
    assert volume(time) == pytest.approx(expected, abs=1e-9)


def test_a_beat_ends_with_the_balloon_as_it_began():
    assert volume(PERIOD) == pytest.approx(volume(0.0), abs=1e-9)


def test_without_a_balloon_there_is_nothing():
    assert balloon_volume(0.5, PERIOD, SYSTOLE, parameter.load()[0]) == 0.0


def test_the_balloon_moves_blood_and_makes_none():
    plain = acute(reflex=False)
    pumped = settle(with_values(plain.p, PUMP))
    names = [name for name in STATE_FIELDS if name.startswith("v_")]
    blood = np.sum([pumped[name] for name in names], axis=0)
    # the sum of ten volumes of up to 3 L, rounded
    assert np.ptp(blood) < 1e-6
    assert blood[0] == pytest.approx(float(plain.p["tbv"][0]), abs=1e-6)
    late = np.flatnonzero(pumped["time"] > 0.7 * pumped.beat.period_s)
    assert pumped["p_ao"][late].max() > plain["p_ao"][late].max() + 5.0
    assert pumped.exam.aortic_diastolic_mmhg < plain.exam.aortic_diastolic_mmhg
