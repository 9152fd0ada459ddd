"""One macro-step: by hand, second order whatever the Jacobian, stiff decay, step control."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from mitral.course.step import GAMMA, next_step, ros2

if TYPE_CHECKING:
    from collections.abc import Callable


def decay(rate: float, h: float) -> tuple[float, float]:
    """What a step of y' = -rate y makes of y = 1, exact Jacobian, and its error estimate."""
    a = np.array([[-rate]])
    after, off = ros2(lambda _t, y: a @ y, 0.0, np.ones(1), np.array([-rate]), h, a)
    return float(after[0]), float(off[0])


def test_a_step_of_a_decay_by_hand():
    # g = 0.292893, m = 1/1.292893 = 0.773459, k1 = -m, k2 = m (-(1 - 0.773459) + 1.546918)
    # = 1.021259; 1 - 1.5·0.773459 + 0.5·1.021259; error m/2 (1.021259 - 0.773459)
    after, off = decay(1.0, 1.0)
    assert after == pytest.approx(0.350441, abs=1e-6)
    assert off == pytest.approx(0.095832, abs=1e-6)


@pytest.mark.parametrize("z", [0.01, 0.5, 3.0, 40.0])
def test_the_factor_of_a_decay_is_the_known_one(z: float):
    # (1 - (1 - 2 g) z)/(1 + g z)² is what the three formulas make of y' = -z y, worked on paper
    known = (1.0 - (1.0 - 2.0 * GAMMA) * z) / (1.0 + GAMMA * z) ** 2
    assert decay(z, 1.0)[0] == pytest.approx(known, rel=1e-12)


def test_the_stiffer_the_decay_the_less_is_left_of_it():
    # towards (1 - 2 g)/g² / z = 4.83/z: a rate of 1000 a day in the longest step leaves 4e-5, and
    # the error estimate does not ask for short steps either (without the damping it would be 2.4)
    for z in (1e3, 1e5, 1e7):
        after, off = decay(z, 1.0)
        assert abs(after) == pytest.approx(4.83 / z, rel=0.02)
        assert abs(off) < 10.0 / z


def curve(t: float) -> np.ndarray:
    """The exact solution of `bent`."""
    return np.array([1.0 / (2.0 - math.sin(t)), math.sin(t)])


def bent(t: float, y: np.ndarray) -> np.ndarray:
    """A problem that is neither linear nor autonomous, each quantity acting on the other."""
    s, c = math.sin(t), math.cos(t)
    return np.array([y[0] ** 2 * c + y[0] * (y[1] - s), s * (y[0] * (2.0 - s)) + c - y[1]])


def bent_jacobian(t: float, y: np.ndarray) -> np.ndarray:
    s, c = math.sin(t), math.cos(t)
    return np.array([[2.0 * y[0] * c + y[1] - s, y[0]], [s * (2.0 - s), -1.0]])


def way(jacobian: Callable[[float, np.ndarray], np.ndarray], count: int) -> tuple[float, float]:
    """Distance from the curve after 3 days in `count` steps, and the sum of the estimates."""
    h, y, told = 3.0 / count, curve(0.0), 0.0
    for i in range(count):
        t = i * h
        y, off = ros2(bent, t, y, bent(t, y), h, jacobian(t, y))
        told += float(np.max(np.abs(off)))
    return float(np.max(np.abs(y - curve(3.0)))), told


WRONG = np.array([[-3.0, 2.0], [1.0, -5.0]])
JACOBIANS = {
    "exact": bent_jacobian,
    "none": lambda _t, _y: np.zeros((2, 2)),
    "wrong": lambda _t, _y: WRONG,
}


@pytest.mark.parametrize("name", JACOBIANS)
def test_the_step_is_of_second_order_with_any_jacobian(name: str):
    coarse, fine = (way(JACOBIANS[name], count) for count in (200, 800))
    # at these steps the next order is a tenth of this one: 0.1 in the order; first would give 1
    assert math.log(coarse[0] / fine[0], 4.0) == pytest.approx(2.0, abs=0.1)
    # each estimate is of second order, that of a formula of first order within
    assert math.log(coarse[1] / fine[1], 4.0) == pytest.approx(1.0, abs=0.1)


def test_the_error_estimate_is_no_smaller_than_the_error():
    # a formula of first order misses by more than one of second
    error, told = way(bent_jacobian, 50)
    assert told > error


def test_a_stiff_follower_follows_in_steps_far_longer_than_its_time():
    # y' = -1000 (y - cos t) - sin t, y = cos t: an explicit step above 0.002 would blow up
    rate, h, y = 1000.0, 0.25, np.ones(1)
    a = np.array([[-rate]])

    def f(t: float, y: np.ndarray) -> np.ndarray:
        return -rate * (y - math.cos(t)) - math.sin(t)

    for i in range(100):
        y, _ = ros2(f, i * h, y, f(i * h, y), h, a)
    # a drive known only at both ends is overshot by (1/(2 g) - 1) of its change, at most 0.71 h
    assert float(y[0]) == pytest.approx(math.cos(25.0), abs=0.71 * h)


@pytest.mark.parametrize(
    ("error", "factor"),
    [(4e-3, 0.9), (1.6e-2, 0.45), (1e-3, 1.8), (1e-6, 2.0), (0.0, 2.0), (10.0, 0.25)],
)
def test_the_next_step_by_hand(error: float, factor: float):
    # 0.9 √(0.004/error), between a quarter and twice
    assert next_step(8.0, error, 4e-3) == pytest.approx(8.0 * factor, rel=1e-12)
