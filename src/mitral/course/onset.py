"""How a cause comes over a heart: at once or over years, and how the lesion grows afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mitral.course.remodel import YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

LARGEST_LESION_CM2 = 1.5


@dataclass(frozen=True)
class Onset:
    """What a cause makes of the heart `well`, as a function of the day.

    `ill`: parameters with the valve as the cause leaves it, the whole lesion included; `insults`:
    factors on the healthy heart, reached with the lesion. `day` the onset begins; `years` until it
    is complete (0: at once); `progression` growth of the lesion afterwards (cm²/year).
    `fibrillation`: the atria stand still from now on.
    """

    well: np.ndarray
    ill: np.ndarray
    insults: Mapping[str, float] = field(default_factory=dict)
    day: float = 0.0
    years: float = 0.0
    progression: float = 0.0
    fibrillation: bool = False

    def share(self, day: float) -> float:
        """How much of the cause has come by a day: 0 up to the onset, 1 after."""
        if self.years == 0.0:
            return float(day > self.day)
        return min(max((day - self.day) / (self.years * YEAR), 0.0), 1.0)

    def heart(self, day: float) -> np.ndarray:
        """The parameters on a day, without what the slow laws have changed."""
        s = self.share(day)
        if s == 0.0 and not self.fibrillation:
            return self.well
        p = self.ill.copy()
        grown = self.progression * max((day - self.day) / YEAR - self.years, 0.0)
        p["eroa"] = min(float(p["eroa"][0]) * s + grown, LARGEST_LESION_CM2)
        p["tether"] *= s
        for name, factor in self.insults.items():
            p[name] *= factor**s
        if self.fibrillation:
            p["t_la"], p["t_ra"] = 0.0, 0.0
        return p

    @property
    def days(self) -> tuple[float, float]:
        """The days on which the onset begins and is complete; macro-steps end there."""
        return self.day, self.day + self.years * YEAR
