"""What each line of a patient file means: unit, allowed range, meaning.

Unit and meaning are the rows of `fields.csv`; the range is the one that `record.py` enforces.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mitral.patient.record import Circumstances, Findings, Patient


@dataclass(frozen=True)
class Field:
    """One line: `name`, `unit`, range `low` to `high` (infinite: none), `example`, `meaning`."""

    name: str
    unit: str
    low: float
    high: float
    example: str
    meaning: str

    @property
    def numeric(self) -> bool:
        """Whether the field is a number with a range."""
        return math.isfinite(self.low)

    @property
    def range(self) -> str:
        """The allowed range with its unit, e.g. '0 to 1.5 cm²'; empty if there is none."""
        return f"{self.low:g} to {self.high:g} {self.unit}".rstrip() if self.numeric else ""


def _limits(model: type[Patient | Findings | Circumstances]) -> dict[str, tuple[float, float]]:
    """Lowest and highest value of each field of a model, from its own declaration."""
    limits = {}
    for name, rule in model.model_json_schema()["properties"].items():
        # An optional number is declared as "number or null": the number carries the range.
        number = next(iter(rule.get("anyOf", [rule])))
        limits[name] = (number.get("minimum", -math.inf), number.get("maximum", math.inf))
    return limits


@cache
def fields() -> dict[str, Field]:
    """Every field of a patient and of its sections by name, in the order of the file."""
    limits = _limits(Patient) | _limits(Findings) | _limits(Circumstances)
    with (Path(__file__).parent / "fields.csv").open(encoding="utf-8") as file:
        return {
            row["name"]: Field(
                row["name"], row["unit"], *limits[row["name"]], row["example"], row["meaning"]
            )
            for row in csv.DictReader(file)
        }
