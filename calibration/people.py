"""Fits what sex and age do to the healthy adult: `sets/scaling.csv` from `people.csv`."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

from calibration.fit import rows, write_rows
from calibration.states import exam, settled
from mitral.parameters import personalise

if TYPE_CHECKING:
    from mitral.measure.exam import Exam

_FAILED = 30.0


def scaled_by(free: list[dict[str, str]], x: np.ndarray) -> dict[str, tuple[float, float, float]]:
    """The scaling table with trial values put in (factors as logarithms, slopes as they are)."""
    table = {name: list(row) for name, row in personalise.scaling().items()}
    for row, value in zip(free, x, strict=True):
        place = 1 if row["column"] == "female_factor" else 2
        table[row["name"]][place] = float(np.exp(value)) if place == 1 else float(value)
    return {name: (row[0], row[1], row[2]) for name, row in table.items()}


def examine_people(targets: list[dict[str, str]], table: dict) -> dict[str, Exam]:
    """Every person of the table in health, without reflex."""
    exams = {}
    for row in targets:
        if row["person"] in exams:
            continue
        bsa = personalise.body_surface_area(float(row["height_cm"]), float(row["weight_kg"]))
        p = personalise.healthy(bsa, float(row["age_years"]), row["sex"] == "female", table=table)
        exams[row["person"]] = exam(p, settled(p), bsa)
    return exams


def fit_scaling() -> None:
    """Fit, write the table, print targets and results."""
    from scipy.optimize import least_squares

    free, targets = rows("scale.csv"), rows("people.csv")
    sd = np.array([float(row["prior_sd"]) for row in free])
    present = personalise.scaling()
    start = [
        np.log(present[row["name"]][1])
        if row["column"] == "female_factor"
        else present[row["name"]][2]
        for row in free
    ]

    def residuals(x: np.ndarray) -> np.ndarray:
        exams = examine_people(targets, scaled_by(free, x))
        misses = [
            (float(getattr(exams[row["person"]], row["finding"])) - float(row["target"]))
            / float(row["sd"])
            for row in targets
        ]
        return np.array([*(m if np.isfinite(m) else _FAILED for m in misses), *(0.5 * x / sd)])

    answer = least_squares(residuals, start, x_scale=sd, diff_step=1e-2, max_nfev=40)
    table = scaled_by(free, answer.x)
    write(table)
    exams = examine_people(targets, table)
    for row in targets:
        value = float(getattr(exams[row["person"]], row["finding"]))
        print(f"{row['person']:14}{row['finding']:28}{float(row['target']):8.4g}{value:9.4g}")
    print(f"cost {2 * answer.cost:.1f} over {len(targets)} targets")


def write(table: dict[str, tuple[float, float, float]]) -> None:
    """Put factors and slopes into `sets/scaling.csv`, leaving source and note as they stand."""
    path = personalise.SCALING_FILE
    with path.open(encoding="utf-8") as file:
        reader = csv.DictReader(file)
        names, lines = list(reader.fieldnames or ()), list(reader)
    for line in lines:
        _, sex, slope = table[line["name"]]
        line["female_factor"], line["age_slope_per_year"] = f"{sex:.5g}", f"{slope:.5g}"
    write_rows(path, names, lines)
    personalise.scaling.cache_clear()
