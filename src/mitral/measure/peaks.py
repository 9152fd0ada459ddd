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


def peak_in(time: np.ndarray, values: np.ndarray, start: float, stop: float) -> float:
    """`peak` of the part of a curve between two times; NaN if it holds no sample."""
    part = values[(time >= start) & (time <= stop)]
    return peak(part) if part.size else float("nan")


def first_summit(time: np.ndarray, values: np.ndarray, start: float) -> float:
    """The first maximum of a curve after a time, or its greatest value there if it never turns."""
    part = values[time >= start]
    falls = np.flatnonzero(np.diff(part) < 0.0)
    if not part.size:
        return float("nan")
    return peak(part[: falls[0] + 2]) if falls.size and falls[0] > 0 else peak(part)
