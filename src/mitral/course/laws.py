"""Constants of the slow laws: each value with its unit, range, meaning and source in `laws.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mitral.errors import InputError, out_of_range, unknown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).parent / "laws.csv"


@dataclass(frozen=True)
class Laws:
    """The constants by name; `laws.csv` says what each means. Times in days, rates per year."""

    tau_blood: float
    blood_gain: float
    pressure_held: float
    blood_pressure_share: float
    tau_tone: float
    tone_pressure: float
    tone_output: float
    tone_most: float
    brake: float
    brake_from: float
    brake_ra: float
    drive_gain: float
    drive_dead: float
    tau_drive: float
    tau_reset: float
    tau_month: float
    tau_size: float
    stretch_from: float
    stretch_width: float
    size_limit: float
    wall_per_size: float
    tau_wall: float
    stress_from: float
    stress_width: float
    wall_limit: float
    tau_size_back: float
    tau_wall_back: float
    tau_matrix: float
    matrix_from: float
    matrix_width: float
    softest: float
    fibrosis: float
    tau_atrium: float
    atrium_from: float
    atrium_width: float
    atrium_limit: float
    atrium_wall: float
    tau_pericardium: float
    pericardium_power: float
    tau_lungs: float
    lungs_most: float
    lungs_middle: float
    lungs_width: float
    tau_orifice: float
    orifice_share: float
    damage_rate: float
    damage_from: float
    damage_width: float
    damage_leak: float
    damage_circle: float
    damage_floor: float
    recovery_rate: float
    recovery_share: float


@cache
def rows() -> dict[str, dict[str, str]]:
    """The rows of the file by name."""
    with FILE.open(encoding="utf-8") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


@cache
def standard() -> Laws:
    """The constants of the file; an `InputError` if any is missing, unknown or out of range."""
    wrong = {field.name for field in fields(Laws)} ^ rows().keys()
    if wrong:
        raise InputError(f"laws.csv and Laws differ in {', '.join(sorted(wrong))}")
    return Laws(**{name: checked(name, float(row["value"])) for name, row in rows().items()})


def checked(name: str, value: float) -> float:
    """`value` if it lies in the range of constant `name`; else an `InputError`."""
    if name not in rows():
        raise unknown_name("constant of the slow laws", name, rows())
    low, high = float(rows()[name]["low"]), float(rows()[name]["high"])
    if not low <= value <= high:
        raise out_of_range(name, value, rows()[name]["unit"], low, high)
    return value


def changed(values: Mapping[str, float]) -> Laws:
    """The standard constants with some replaced."""
    return replace(standard(), **{name: checked(name, v) for name, v in values.items()})
