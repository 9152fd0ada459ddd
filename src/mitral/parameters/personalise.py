"""The healthy adult of a given body: size, age and sex scale the reference adult; and a dog.

value = reference · (BSA/BSA_ref)^size · female_factor · exp(age_slope (age - 48))

Volumes, compliances and areas grow with body surface area, resistances fall, stresses and
pressures stay. The exponents, factors and slopes are the rows of `sets/scaling.csv`. A dog is the
adult brought to its surface area, with the values of `sets/dog.csv` put in.
"""

from __future__ import annotations

import csv
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mitral.errors import out_of_range
from mitral.parameters import parameter

if TYPE_CHECKING:
    import numpy as np

REFERENCE_AGE_YEARS, REFERENCE_HEIGHT_CM, REFERENCE_WEIGHT_KG = 48.0, 178.0, 75.0
"""The body that the adult parameter set describes; a man."""
REFERENCE_DOG_KG, DOG_BSA_M2 = 20.0, 0.744
"""The dog that `sets/dog.csv` describes; surface 0.101 W^(2/3), as veterinary tables have it."""
_LIGHTEST_DOG_KG, _HEAVIEST_DOG_KG = 10.0, 60.0
SCALING_FILE = Path(__file__).parent / "sets" / "scaling.csv"
DOG_FILE = Path(__file__).parent / "sets" / "dog.csv"


def body_surface_area(height_cm: float, weight_kg: float) -> float:
    """Body surface area (m²): 0.007184 h^0.725 w^0.425. Source: DuBois 1916."""
    return 0.007184 * height_cm**0.725 * weight_kg**0.425


REFERENCE_BSA_M2 = body_surface_area(REFERENCE_HEIGHT_CM, REFERENCE_WEIGHT_KG)


@cache
def scaling() -> dict[str, tuple[float, float, float]]:
    """Size exponent, female factor and age slope (1/year) of each parameter that has them."""
    with SCALING_FILE.open(encoding="utf-8") as file:
        return {
            row["name"]: (
                float(row["size_exponent"]),
                float(row["female_factor"]),
                float(row["age_slope_per_year"]),
            )
            for row in csv.DictReader(file)
        }


def healthy(
    bsa_m2: float,
    age_years: float,
    female: bool,
    set_name: str = "adult",
    table: dict[str, tuple[float, float, float]] | None = None,
) -> np.ndarray:
    """Parameters (one record) of the healthy adult with this body, before any disease.

    `table`: scaling to use instead of the stored one.
    """
    p = parameter.load(set_name)
    for name, (size, sex, slope) in (table or scaling()).items():
        factor = (bsa_m2 / REFERENCE_BSA_M2) ** size
        factor *= sex if female else 1.0
        factor *= math.exp(slope * (age_years - REFERENCE_AGE_YEARS))
        p[name] *= factor
    return p


def dog(weight_kg: float = REFERENCE_DOG_KG) -> np.ndarray:
    """Parameters (one record) of a healthy dog of `weight_kg` (10 to 60), for checks by experiment.

    The adult brought to the surface area of a dog of 20 kg, what is canine put in its place, then
    all sizes in proportion to weight. Left out: a dog's own valves, right heart and reflex gains.
    Source: Kleaveland 1988.
    """
    if not _LIGHTEST_DOG_KG <= weight_kg <= _HEAVIEST_DOG_KG:
        raise out_of_range("weight_kg", weight_kg, "kg", _LIGHTEST_DOG_KG, _HEAVIEST_DOG_KG)
    p = healthy(DOG_BSA_M2, REFERENCE_AGE_YEARS, female=False)
    for row in parameter.read_rows(DOG_FILE).values():
        p[row.name] = row.value
    for name, (size, _, _) in scaling().items():
        p[name] *= (weight_kg / REFERENCE_DOG_KG) ** size
    return p
