"""Parameters: each definition once (unit, range, meaning), each value with its source.

A parameter set is one file of entries, checked when it is loaded: complete, known, in range.
In the kernels the values are one NumPy record with a named field per parameter, `p.c_sa`.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from mitral.errors import InputError, out_of_range, unknown_name

_HERE = Path(__file__).parent
SET_NAME = "adult"
"""The set that everything uses unless told otherwise."""


@dataclass(frozen=True)
class Definition:
    """What a parameter is: `name`, `unit`, allowed range `low` to `high`, `group`, `meaning`."""

    name: str
    unit: str
    low: float
    high: float
    group: str
    meaning: str


@dataclass(frozen=True)
class Entry:
    """One value of a set: `value`, its `source` (bibliography key or 'assumed') and a `note`."""

    name: str
    value: float
    source: str
    note: str


@cache
def definitions() -> dict[str, Definition]:
    """Every parameter by name, in the order of the record."""
    with (_HERE / "definitions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        row["name"]: Definition(
            row["name"],
            row["unit"],
            float(row["low"]),
            float(row["high"]),
            row["group"],
            row["meaning"],
        )
        for row in rows
    }


@cache
def dtype() -> np.dtype:
    """The record type of a parameter set: one float64 field per definition."""
    return np.dtype([(name, np.float64) for name in definitions()])


def check(name: str, value: float) -> float:
    """`value` if it is a number within the range of parameter `name`; else an `InputError`."""
    known = definitions()
    if name not in known:
        raise unknown_name("parameter", name, known)
    entry = known[name]
    if not math.isfinite(value):
        raise InputError(
            f"{name} is {value}, not a number between {entry.low:g} and {entry.high:g}"
        )
    if not entry.low <= value <= entry.high:
        raise out_of_range(name, value, entry.unit, entry.low, entry.high)
    return value


@cache
def entries(set_name: str = SET_NAME) -> dict[str, Entry]:
    """The rows of a parameter set, checked: complete, known, in range, each with a source."""
    path = _HERE / "sets" / f"{set_name}.csv"
    if not path.exists():
        raise unknown_name("parameter set", set_name, (p.stem for p in path.parent.glob("*.csv")))
    return read_set(path)


def read_set(path: Path) -> dict[str, Entry]:
    """The rows of a parameter set's file, checked."""
    rows = read_rows(path)
    missing = definitions().keys() - rows.keys()
    if missing:
        raise InputError(f"parameter set '{path.stem}' lacks {', '.join(sorted(missing))}")
    return rows


def read_rows(path: Path) -> dict[str, Entry]:
    """The rows of a file of values, complete or not: each known, in range, with a source."""
    with path.open(encoding="utf-8") as file:
        rows = {
            row["name"]: Entry(row["name"], float(row["value"]), row["source"], row["note"])
            for row in csv.DictReader(file)
        }
    for row in rows.values():
        check(row.name, row.value)
        if not row.source:
            raise InputError(f"parameter set '{path.stem}': {row.name} has no source")
    return rows


def record(rows: dict[str, Entry]) -> np.ndarray:
    """The values of a set as an array of one record."""
    values = np.array([rows[name].value for name in definitions()])
    return values.view(dtype())


def load(set_name: str = SET_NAME) -> np.ndarray:
    """The parameters of a set as an array of one record; `load()[0]['c_sa']` in mL/mmHg."""
    return record(entries(set_name))


def load_file(path: Path) -> np.ndarray:
    """The parameters of a set in a file of its own."""
    return record(read_set(path))
