"""Whether the circulation can no longer keep the body supplied: shock, by pressures and output.

Present when arterial pressure is too low, or when output is too low although the heart is full:

    (MAP or systolic pressure low)  or  (cardiac index low and LA pressure raised)

Source: Hochman 1999 (systolic pressure, index with wedge pressure), Naidu 2022 (mean pressure).
Left out: lactate, urine, skin and mind, which define shock at the bedside; how long it has lasted.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from mitral.disease.constants import constants

if TYPE_CHECKING:
    from mitral.disease.symptoms import Haemodynamics

LEAST_MAP_MMHG, LEAST_OUTPUT = 45.0, 0.35
"""A lower mean arterial pressure, or a lower share of the forward output in health, is no
circulation any more. Source: assumed."""
RULE = "low arterial pressure, or a low cardiac index with raised LA pressure"


@dataclass(frozen=True)
class Criterion:
    """One criterion: its `name`, the `value` in `unit`, the `threshold`, whether it is `met`."""

    name: str
    value: float
    unit: str
    threshold: float
    met: bool


@dataclass(frozen=True)
class Compromise:
    """Haemodynamic compromise: whether it is `present`, by which `criteria`."""

    present: bool
    criteria: tuple[Criterion, ...]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON: `hemodynamic_compromise`, `rule`, `criteria`."""
        rows = [asdict(row) for row in self.criteria]
        return {"hemodynamic_compromise": self.present, "rule": RULE, "criteria": rows}


def compromise(rest: Haemodynamics, bsa_m2: float) -> Compromise:
    """Whether the circulation at rest is compromised."""
    k = constants("symptoms")
    mean, systolic = rest.aortic_mean_mmhg, rest.aortic_systolic_mmhg
    index, filling = rest.cardiac_output_l_min / bsa_m2, rest.la_pressure_mean_mmhg
    criteria = (
        Criterion("aortic_mean_mmhg", mean, "mmHg", k.low_mean, mean < k.low_mean),
        Criterion(
            "aortic_systolic_mmhg", systolic, "mmHg", k.low_systolic, systolic < k.low_systolic
        ),
        Criterion("cardiac_index_l_min_m2", index, "L/min/m²", k.low_index, index <= k.low_index),
        Criterion(
            "la_pressure_mean_mmhg", filling, "mmHg", k.raised_filling, filling >= k.raised_filling
        ),
    )
    low_mean, low_systolic, low_index, raised = (row.met for row in criteria)
    return Compromise(low_mean or low_systolic or (low_index and raised), criteria)


def failure(map_mmhg: float, output_share: float) -> str | None:
    """Why there is no circulation any more, in words; None if there is.

    `output_share`: forward output over that of the same person before.
    """
    if map_mmhg < LEAST_MAP_MMHG:
        return f"mean arterial pressure {map_mmhg:.1f} mmHg, below {LEAST_MAP_MMHG:g}"
    if output_share < LEAST_OUTPUT:
        least = 100.0 * LEAST_OUTPUT
        return f"forward output {100.0 * output_share:.1f} % of that before, below {least:g} %"
    return None
