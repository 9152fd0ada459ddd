"""Normal ranges of the findings, for the sex, age and size of a person.

The rows of `normal_ranges.csv`, each with its source; a finding without a row has no range here.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mitral.parameters.personalise import body_surface_area

if TYPE_CHECKING:
    from mitral.patient.record import Patient


@dataclass(frozen=True)
class NormalRange:
    """From `low` to `high` in the unit of the finding (infinite: no limit), and the `source`."""

    low: float
    high: float
    source: str

    def text(self, digits: int) -> str:
        """The range as a person writes it, e.g. '90-140', '< 34'."""
        if self.low == -math.inf:
            return f"< {self.high:.{digits}f}"
        if self.high == math.inf:
            return f"> {self.low:.{digits}f}"
        return f"{self.low:.{digits}f}-{self.high:.{digits}f}"

    def side(self, value: float, digits: int) -> int:
        """-1 below, 0 inside, 1 above; judged as printed, so that 140.3 shown as 140 is inside."""
        shown = round(value, digits)
        if shown < round(self.low, digits):
            return -1
        return 1 if shown > round(self.high, digits) else 0


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with (Path(__file__).parent / "normal_ranges.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def normal_ranges(patient: Patient) -> dict[str, NormalRange]:
    """The ranges that hold for this person, by name of the finding."""
    bsa = body_surface_area(patient.height_cm, patient.weight_kg)
    age = math.floor(patient.age_years)
    found: dict[str, NormalRange] = {}
    for row in _rows():
        if row["sex"] not in ("", patient.sex):
            continue
        if not _limit(row["age_from"], -math.inf) <= age <= _limit(row["age_to"], math.inf):
            continue
        size = bsa if row["per_m2"] else 1.0
        low, high = _limit(row["low"], -math.inf), _limit(row["high"], math.inf)
        found[row["name"]] = NormalRange(low * size, high * size, row["source"])
    return found


def _limit(text: str, absent: float) -> float:
    return float(text) if text else absent
