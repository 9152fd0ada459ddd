"""When in systole the valve leaks: all of it, its beginning, or its end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mitral.grade.criteria import cutoff

if TYPE_CHECKING:
    from mitral.measure.exam import Exam

HOLOSYSTOLIC, EARLY, MIDDLE, LATE, SHORT = "holosystolic", "early", "middle", "late", "short"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Timing:
    """When the leak happens.

    `kind`: holosystolic, early, middle, late (in systole), short (the jet ends before systole
    does) or unknown. `sentence`: the same in words, with the numbers.
    """

    kind: str
    sentence: str

    @property
    def partial(self) -> bool:
        """Whether the leak is known to spare part of systole."""
        return self.kind not in (HOLOSYSTOLIC, UNKNOWN)

    @property
    def holosystolic(self) -> bool:
        """Whether the leak is known to last throughout systole."""
        return self.kind == HOLOSYSTOLIC


def _by_thirds(early: float, middle: float, late: float) -> str:
    """The kind that the orifice (cm²) in the three thirds of systole shows."""
    least = cutoff("closed_share") * max(early, middle, late)
    if early < least and late < least:
        return MIDDLE
    if early < least:
        return LATE
    return EARLY if late < least else HOLOSYSTOLIC


def when(exam: Exam) -> Timing:
    """When the leak of this beat happens, from the orifice in the thirds of systole and the jet.

    A third whose orifice is below a quarter of the largest third's counts as free of leak: the jet
    of a late-systolic prolapse is faint from the start, yet hardly anything passes.
    """
    thirds = (exam.eroa_early_cm2, exam.eroa_mid_cm2, exam.eroa_late_cm2)
    duration = exam.mr_duration_percent_of_systole
    known = all(map(math.isfinite, thirds)) and max(thirds) > 0.0
    areas = "orifice {:.2f}, {:.2f} and {:.2f} cm² in the three thirds of systole".format(*thirds)
    kind = _by_thirds(*thirds) if known else UNKNOWN
    if kind in (HOLOSYSTOLIC, UNKNOWN) and math.isfinite(duration):
        kind = SHORT if duration < cutoff("holosystolic_percent") else HOLOSYSTOLIC
    if kind == UNKNOWN:
        return Timing(kind, "When in systole the valve leaks is not measurable in this beat.")
    if kind == SHORT:
        return Timing(kind, f"The leak is not holosystolic: seen for {duration:.0f} % of systole.")
    found = areas if known else f"seen for {duration:.0f} % of it"
    if kind == HOLOSYSTOLIC:
        return Timing(kind, f"The leak lasts throughout systole ({found}).")
    return Timing(kind, f"The leak is not holosystolic but {kind}-systolic ({found}).")
