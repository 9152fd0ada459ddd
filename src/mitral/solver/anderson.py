"""Anderson acceleration of a fixed-point map on its preconditioned residual g = M (P(x) - x).

x_next = x + g - sum gamma_i (dx_i + dg_i), gamma minimising |g - sum gamma_i dg_i| over the last
steps. Source: Anderson 1965; Walker and Ni 2011.
"""

from __future__ import annotations

import math

import numpy as np

from mitral.kernel import kernel
from mitral.solver.unknowns import UNKNOWNS, VOLUMES

MEMORY = 6
_STEP_LIMIT = 30.0
"""mL (scaled units): no correction moves the start of the beat further than this at once."""
_SHARE_LIMIT = 0.4
"""Nor any volume by more than this share of itself."""

HISTORY = np.dtype(
    [
        ("dx", np.float64, (MEMORY, UNKNOWNS)),
        ("dg", np.float64, (MEMORY, UNKNOWNS)),
        ("basis", np.float64, (MEMORY, UNKNOWNS)),
        ("r", np.float64, (MEMORY, MEMORY)),
        ("gamma", np.float64, MEMORY),
        ("x_old", np.float64, UNKNOWNS),
        ("g_old", np.float64, UNKNOWNS),
        ("g", np.float64, UNKNOWNS),
        ("count", np.int64),
        ("begun", np.int64),
    ]
)
"""The last steps and residual changes, and room to work in."""


@kernel
def forget(m):
    """Empty the history `m`."""
    m.count, m.begun = 0, 0


@kernel
def orthogonalise(m, used):
    """Modified Gram-Schmidt of the first `used` residual changes; dependent ones are dropped."""
    for i in range(used):
        length = 0.0
        for j in range(UNKNOWNS):
            m.basis[i, j] = m.dg[i, j]
            length += m.dg[i, j] ** 2
        for k in range(i):
            dot = 0.0
            for j in range(UNKNOWNS):
                dot += m.basis[k, j] * m.basis[i, j]
            m.r[k, i] = dot
            for j in range(UNKNOWNS):
                m.basis[i, j] -= dot * m.basis[k, j]
        rest = 0.0
        for j in range(UNKNOWNS):
            rest += m.basis[i, j] ** 2
        rest = math.sqrt(rest)
        m.r[i, i] = rest if rest > 1e-8 * math.sqrt(length) else 0.0
        inverse = 1.0 / rest if m.r[i, i] > 0.0 else 0.0
        for j in range(UNKNOWNS):
            m.basis[i, j] *= inverse


@kernel
def solve_gamma(m, used):
    """Gamma minimising |g - sum gamma_i dg_i|, by back substitution (0 for dropped columns)."""
    orthogonalise(m, used)
    for i in range(used - 1, -1, -1):
        m.gamma[i] = 0.0
        if m.r[i, i] > 0.0:
            dot = 0.0
            for j in range(UNKNOWNS):
                dot += m.basis[i, j] * m.g[j]
            for k in range(i + 1, used):
                dot -= m.r[i, k] * m.gamma[k]
            m.gamma[i] = dot / m.r[i, i]


@kernel
def advance(m, precondition, residual, x):
    """Move `x` by one accelerated step, remembering it. All vectors are scaled unknowns."""
    for i in range(UNKNOWNS):
        dot = 0.0
        for j in range(UNKNOWNS):
            dot += precondition[i, j] * residual[j]
        m.g[i] = dot
    if m.begun:
        slot = m.count % MEMORY
        for j in range(UNKNOWNS):
            m.dx[slot, j] = x[j] - m.x_old[j]
            m.dg[slot, j] = m.g[j] - m.g_old[j]
        m.count += 1
    used = min(m.count, MEMORY)
    m.begun = 1
    solve_gamma(m, used)
    shrink = 1.0
    for j in range(UNKNOWNS):
        m.x_old[j], m.g_old[j] = x[j], m.g[j]
        step = m.g[j]
        for i in range(used):
            step -= m.gamma[i] * (m.dx[i, j] + m.dg[i, j])
        limit = min(_STEP_LIMIT, _SHARE_LIMIT * x[j]) if j < VOLUMES else _STEP_LIMIT
        if abs(step) * shrink > limit:
            shrink = limit / abs(step)
        m.g[j] = step
    for j in range(UNKNOWNS):
        x[j] += shrink * m.g[j]
