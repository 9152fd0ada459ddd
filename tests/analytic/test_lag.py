"""The lags of the reflex against exponentials worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mitral.circulation.lag import (
    COMMAND,
    DELAY_S,
    LAG_S,
    RESISTANCE,
    STRENGTH,
    SYMPATHETIC,
    VAGAL,
    VAGAL_SHARE,
    VEINS,
    follow,
    rate_of,
)

BEGINS = np.array([-1e9, 0.0, 1.0, 2.5, 3.0, 7.0, 27.0])
"""Starts of beats of unlike length (s); the first stands for the time before the run."""


def response(effector: int, commands: list[float], rest: float = 0.0) -> list[float]:
    """An effector's value at the end of each beat, from rest, for a command in each."""
    commanded = np.zeros((len(commands) + 1, 4))
    commanded[:, COMMAND[effector]] = [rest, *commands]
    value, values = rest, []
    for beat in range(1, len(commands) + 1):
        delay, lag = DELAY_S[effector], LAG_S[effector]
        value = follow(value, BEGINS, commanded, COMMAND[effector], beat, delay, lag)
        values.append(value)
    return values


@pytest.mark.parametrize(
    ("effector", "expected"),
    [
        # ends of the beats: 1, 2.5, 3, 7, 27 s; value 1 - exp(-(t - D)/tau) once t is beyond D
        (VAGAL, [0.413354, 0.784185, 0.845362, 0.989255, 1.0]),  # D 0.2, tau 1.5
        (SYMPATHETIC, [0.0, 0.221199, 0.393469, 0.917915, 0.999996]),  # D 2, tau 2
        (STRENGTH, [0.0, 0.060587, 0.117503, 0.464739, 0.956063]),  # D 2, tau 8
        (RESISTANCE, [0.0, 0.079956, 0.153518, 0.565402, 0.984496]),  # D 2, tau 6
        (VEINS, [0.0, 0.0, 0.0, 0.095163, 0.667129]),  # D 5, tau 20
    ],
)
def test_a_step_is_answered_by_the_delayed_exponential(effector: int, expected: list[float]):
    # six decimals by hand
    assert response(effector, [1.0] * 5) == pytest.approx(expected, abs=1e-6)


def test_a_pulse_dies_away_and_a_shift_of_rest_does_not_matter():
    # the vagus commanded through the first second only: at 1.2 s 1 - exp(-1/1.5) = 0.486583, then
    # exp(-1.3/1.5) = 0.420350 of it at 2.5 s
    assert response(VAGAL, [1.0, 0.0, 0.0])[1] == pytest.approx(0.204536, abs=1e-6)
    plain = response(RESISTANCE, [0.3, -0.2, 0.7, 0.1, 0.4])
    shifted = response(RESISTANCE, [5.3, 4.8, 5.7, 5.1, 5.4], rest=5.0)
    assert np.array(shifted) - 5.0 == pytest.approx(np.array(plain), abs=1e-12)


def test_nothing_commanded_nothing_changes():
    assert response(VEINS, [0.25] * 5, rest=0.25) == pytest.approx([0.25] * 5, abs=1e-15)


def test_both_branches_of_the_rate_add_up():
    assert rate_of(0.4, 0.4) == pytest.approx(0.4)
    assert rate_of(1.0, 0.0) == VAGAL_SHARE


def test_the_vagal_share_is_that_of_the_published_gains():
    """Slopes of both branches at the set point with the constants that Ursino 1998 gives."""
    f = (2.52 + 47.78) / 2.0
    sympathetic = 2.10 + (16.11 - 2.10) * math.exp(-0.0675 * f)
    slope = -0.0675 * (sympathetic - 2.10)
    by_sympathetic = 0.13 * -slope / (sympathetic - 2.66 + 1.0)
    x = math.exp((f - 25.0) / 7.06)
    by_vagus = 0.09 * (6.3 - 3.2) * x / (1.0 + x) ** 2 / 7.06
    # two decimals are written
    assert by_vagus / (by_vagus + by_sympathetic) == pytest.approx(VAGAL_SHARE, abs=0.005)
