"""Constants of lung, exercise and symptoms: value, unit, meaning and source, as data in `*.csv`."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from mitral.errors import InputError, unknown_name

_HERE = Path(__file__).parent
TABLES = ("exercise", "lung", "symptoms")


@dataclass(frozen=True)
class Constant:
    """One row: `name`, `value` in `unit`, `meaning`, `source` (key or 'assumed'), `note`."""

    name: str
    value: float
    unit: str
    meaning: str
    source: str
    note: str


@cache
def rows(table: str) -> dict[str, Constant]:
    """The rows of a table (one of `TABLES`) by name, each a finite number with a source."""
    if table not in TABLES:
        raise unknown_name("table of constants", table, TABLES)
    with (_HERE / f"{table}.csv").open(encoding="utf-8") as file:
        found = {row["name"]: _constant(row) for row in csv.DictReader(file)}
    for row in found.values():
        if not (math.isfinite(row.value) and row.source):
            raise InputError(f"{table}.csv: {row.name} has no value or no source")
    return found


def _constant(row: dict[str, str]) -> Constant:
    about = row["unit"], row["meaning"], row["source"], row["note"]
    return Constant(row["name"], float(row["value"]), *about)


@cache
def constants(table: str) -> SimpleNamespace:
    """The values of a table as attributes: `constants('lung').normal_water`."""
    return SimpleNamespace(**{name: row.value for name, row in rows(table).items()})
