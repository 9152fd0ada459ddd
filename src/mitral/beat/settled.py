"""The beat of a solution, with the heart it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mitral.beat.beat import Beat, heart_of

if TYPE_CHECKING:
    import numpy as np

    from mitral.solver.solve import Solution


def beat_of(solution: Solution, p: np.ndarray, bsa_m2: float) -> Beat:
    """The beat of a solution of parameters `p` in a body of surface area `bsa_m2` (m²)."""
    return Beat(
        waveforms=solution.waveforms,
        heart=heart_of(p, bsa_m2),
        settled=solution.code == 0,
        beats=solution.beats,
        message=solution.message,
        residual_ml=solution.residual_ml,
        drives=solution.drives,
        start=solution.start,
    )
