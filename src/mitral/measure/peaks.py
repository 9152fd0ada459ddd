"""Peaks between samples: a sampled maximum jumps, a parabola through it does not."""

from __future__ import annotations

import numpy as np

from mitral.beat.beat import area

FINER = 16
"""A refined curve has so many samples for each one measured."""
_S = np.arange(FINER) / FINER
_CUBIC = np.array(
    [
        (1.0 - _S) ** 2 * (1.0 + 2.0 * _S),
        _S**2 * (3.0 - 2.0 * _S),
        _S * (1.0 - _S) ** 2,
        -(_S**2) * (1.0 - _S),
    ]
)
"""Shares of left value, right value, left slope, right slope within a step (Hermite)."""


def peak(values: np.ndarray) -> float:
    """Greatest value of a sampled curve, by the parabola through the three highest neighbours."""
    i = int(values.argmax())
    if not 0 < i < len(values) - 1:
        return float(values[i])
    a, b, c = values[i - 1 : i + 2].tolist()
    curvature = a - 2.0 * b + c
    if curvature == 0.0:
        return b
    return b - (c - a) ** 2 / (8.0 * curvature)


def inside(time: np.ndarray, start: float, stop: float) -> slice:
    """The samples between two times, neither included."""
    return slice(int(time.searchsorted(start, "right")), int(time.searchsorted(stop)))


def integral_in(time: np.ndarray, values: np.ndarray, start: float, stop: float) -> float:
    """Integral of a curve between two times, its ends interpolated; 0 if nothing is between."""
    if not stop > start:
        return 0.0
    inner = inside(time, start, stop)
    first, last = np.interp((start, stop), time, values)
    t = np.concatenate(((start,), time[inner], (stop,)))
    return area(np.concatenate(((first,), values[inner], (last,))), t)


def mean_in(time: np.ndarray, values: np.ndarray, start: float, stop: float) -> float:
    """Mean of a curve between two times; NaN if there is nothing between them."""
    return integral_in(time, values, start, stop) / (stop - start) if stop > start else float("nan")


def peak_in(time: np.ndarray, values: np.ndarray, start: float, stop: float) -> float:
    """Greatest value of a curve between two times; NaN if there is nothing between them."""
    if not stop > start:
        return float("nan")
    part = values[inside(time, start, stop)]
    ends = np.interp((start, stop), time, values).tolist()
    return max(*ends, peak(part) if part.size else float("-inf"))


def slope(time: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Derivative of a periodic curve (first and last sample are one period apart), fourth order."""
    ring = np.concatenate((values[-3:-1], values[:-1], values[:3]))
    near, far = ring[3:-1] - ring[1:-3], ring[4:] - ring[:-4]
    return (8.0 * near - far) / (12.0 * (time[1] - time[0]))


def summit_after(time: np.ndarray, values: np.ndarray, start: float) -> float:
    """The highest summit of a curve after a time, or its greatest value there if it has none.

    A summit lies between lower neighbours: the rise at the very end is not one.
    """
    part = values[time >= start]
    inner = np.flatnonzero((part[1:-1] > part[:-2]) & (part[1:-1] >= part[2:])) + 1
    if not part.size:
        return float("nan")
    if not inner.size:
        return peak(part)
    top = int(inner[np.argmax(part[inner])])
    return peak(part[top - 1 : top + 2])


def peak_time(time: np.ndarray, values: np.ndarray) -> float:
    """When the greatest value of a sampled curve is reached, by the parabola through its top."""
    i = int(values.argmax())
    if not 0 < i < len(values) - 1:
        return float(time[i])
    a, b, c = values[i - 1 : i + 2].tolist()
    curvature = a - 2.0 * b + c
    shift = 0.5 * (a - c) / curvature if curvature != 0.0 else 0.0
    return float(time[i]) + shift * float(time[1] - time[0])


def refine(time: np.ndarray, values: np.ndarray) -> np.ndarray:
    """A periodic curve at the times `finer(time)`, by cubics through values and slopes."""
    rate = slope(time, values) * (time[1] - time[0])
    ends = np.array((values[:-1], values[1:], rate[:-1], rate[1:]))
    return np.append(ends.T @ _CUBIC, values[-1])


def finer(time: np.ndarray) -> np.ndarray:
    """The times of a refined curve: `FINER` for each step."""
    return np.linspace(time[0], time[-1], FINER * (len(time) - 1) + 1)
