"""What a settled beat is solved for, as one scaled vector.

Every state but the systemic venous volume (which follows from the total blood volume), the
end-systolic volume of the beat before, and the two reflex drives.
"""

from __future__ import annotations

import numpy as np

from mitral.circulation.state import STATE_FIELDS, VOLUME_COUNT
from mitral.kernel import exact_kernel, kernel
from mitral.solver.integrate import STATES, clip_openings

UNKNOWNS = STATES + 2
VOLUMES = VOLUME_COUNT - 1
"""The first unknowns are volumes."""
ESV, DRIVE_B, DRIVE_A = STATES - 1, STATES, STATES + 1
_SV = STATE_FIELDS.index("v_sv")
_LOWEST_VOLUME = 2.0


def _scales() -> np.ndarray:
    names = [name for name in STATE_FIELDS if name != "v_sv"]
    weight = {"v": 1.0, "z": 50.0, "u": 0.05, "q": 0.05}
    return np.array([*(weight[name[0]] for name in names), 1.0, 50.0, 50.0])


SCALE = _scales()
"""Weight of each unknown in the residual: 1 for volumes in mL."""


@exact_kernel
def finite(x):
    """Whether every number of a vector is one."""
    return np.isfinite(x).all()


@kernel
def gather(y, esv, s_b, s_a, x):
    """Scaled unknowns from a flat state `y`, the end-systolic volume and the drives."""
    j = 0
    for i in range(STATES):
        if i != _SV:
            x[j] = y[i] * SCALE[j]
            j += 1
    x[ESV] = esv
    x[DRIVE_B], x[DRIVE_A] = s_b * SCALE[DRIVE_B], s_a * SCALE[DRIVE_A]


@kernel
def scatter(x, tbv, y):
    """Flat state `y` from scaled unknowns; the veins hold the rest of the blood.

    What is impossible is brought back, in `x` too: volumes below 2 mL, openings outside 0 to 1,
    drives beyond their ends. Returns end-systolic volume (mL) and both drives.
    """
    j = 0
    total = 0.0
    for i in range(STATES):
        if i != _SV:
            y[i] = x[j] / SCALE[j]
            if i < VOLUME_COUNT:
                y[i] = max(y[i], _LOWEST_VOLUME)
                total += y[i]
            j += 1
    y[_SV] = max(tbv - total, _LOWEST_VOLUME)
    clip_openings(y)
    esv = min(max(x[ESV], 1.0), 2000.0)
    s_b = min(max(x[DRIVE_B] / SCALE[DRIVE_B], -1.0), 1.0)
    s_a = min(max(x[DRIVE_A] / SCALE[DRIVE_A], -0.2), 1.0)
    gather(y, esv, s_b, s_a, x)
    return esv, s_b, s_a
