"""One macro-step of a stiff system: ROS2, second order with any approximation of the Jacobian.

    (I - g h A) k1 = f(t, y),   (I - g h A) k2 = f(t + h, y + h k1) - 2 k1
    y(t + h) = y + 3/2 h k1 + 1/2 h k2,   g = 1 - 1/sqrt(2)

A need only be near df/dy in its stiff part. Source: Verwer 1999.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

GAMMA = 1.0 - 1.0 / math.sqrt(2.0)
_SAFETY, _LEAST, _MOST = 0.9, 0.25, 2.0


def ros2(
    f: Callable[[float, np.ndarray], np.ndarray],
    t: float,
    y: np.ndarray,
    first: np.ndarray,
    h: float,
    jacobian: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """The state after a step `h`, and how far it lies from that of first order.

    `first` = f(t, y), already known. The error is that of the formula of first order within, with
    what decays fast in a stiff system taken out of it (Shampine).
    """
    m = np.linalg.inv(np.eye(y.size) - GAMMA * h * jacobian)
    k1 = m @ first
    k2 = m @ (f(t + h, y + h * k1) - 2.0 * k1)
    after = y + h * (1.5 * k1 + 0.5 * k2)
    return after, m @ (0.5 * h * (k1 + k2))


def next_step(h: float, error: float, tolerance: float) -> float:
    """The step that would just have met the tolerance, not too different from `h`."""
    factor = _MOST if error <= 0.0 else _SAFETY * math.sqrt(tolerance / error)
    return h * min(max(factor, _LEAST), _MOST)
