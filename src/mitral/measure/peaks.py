"""Peaks between samples: a sampled maximum jumps, a parabola through it does not."""

from __future__ import annotations

import numpy as np


def peak(values: np.ndarray) -> float:
    """Greatest value of a sampled curve, by the parabola through the three highest neighbours."""
    i = int(np.argmax(values))
    if not 0 < i < len(values) - 1:
        return float(values[i])
    a, b, c = (float(v) for v in values[i - 1 : i + 2])
    curvature = a - 2.0 * b + c
    if curvature == 0.0:
        return b
    return b - (c - a) ** 2 / (8.0 * curvature)


def between(
    time: np.ndarray, values: np.ndarray, start: float, stop: float
) -> tuple[np.ndarray, np.ndarray]:
    """The part of a curve between two times, its ends interpolated (empty if there is none)."""
    if not stop > start:
        return time[:0], values[:0]
    inside = (time > start) & (time < stop)
    t = np.concatenate([[start], time[inside], [stop]])
    return t, np.concatenate(
        [np.interp([start], time, values), values[inside], np.interp([stop], time, values)]
    )


def integral_in(time: np.ndarray, values: np.ndarray, start: float, stop: float) -> float:
    """Integral of a curve between two times."""
    t, v = between(time, values, start, stop)
    return float(np.trapezoid(v, t))


def mean_in(time: np.ndarray, values: np.ndarray, start: float, stop: float) -> float:
    """Mean of a curve between two times; NaN if there is nothing between them."""
    return integral_in(time, values, start, stop) / (stop - start) if stop > start else float("nan")


def peak_in(time: np.ndarray, values: np.ndarray, start: float, stop: float) -> float:
    """Greatest value of a curve between two times; NaN if there is nothing between them."""
    t, v = between(time, values, start, stop)
    if not t.size:
        return float("nan")
    inner = (time > start) & (time < stop)
    return max(float(v[0]), float(v[-1]), peak(values[inner]) if inner.any() else float("-inf"))


def slope(time: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Derivative of a periodic curve (first and last sample are one period apart), fourth order."""
    ring = values[:-1]
    near = np.roll(ring, -1) - np.roll(ring, 1)
    far = np.roll(ring, -2) - np.roll(ring, 2)
    rate = (8.0 * near - far) / (12.0 * (time[1] - time[0]))
    return np.append(rate, rate[0])


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
    i = int(np.argmax(values))
    if not 0 < i < len(values) - 1:
        return float(time[i])
    a, b, c = (float(v) for v in values[i - 1 : i + 2])
    curvature = a - 2.0 * b + c
    shift = 0.5 * (a - c) / curvature if curvature != 0.0 else 0.0
    return float(time[i]) + shift * float(time[1] - time[0])


def refine(time: np.ndarray, values: np.ndarray, times: int = 16) -> tuple[np.ndarray, np.ndarray]:
    """A periodic curve with `times` as many samples, by cubics through values and slopes."""
    rate, step = slope(time, values), float(time[1] - time[0])
    s = np.arange(times) / times
    rise, fall = s**2 * (3.0 - 2.0 * s), s * (1.0 - s) ** 2
    part = (
        values[:-1, None] * (1.0 - rise)
        + values[1:, None] * rise
        + step * (rate[:-1, None] * fall - rate[1:, None] * s**2 * (1.0 - s))
    )
    fine = time[:-1, None] + step * s
    return np.append(fine.ravel(), time[-1]), np.append(part.ravel(), values[-1])
