"""Atrial fibrillation: a large atrium brings it on in the end."""

from __future__ import annotations

import math

YEARLY_AT_60 = 0.027
"""New atrial fibrillation a year in flail mitral leaflet: 24 % in ten. Source: Grigioni 2019."""
DOUBLING_ML_M2 = 40.0
"""LA volume index that doubles the rate. Source: assumed."""
DOUBLING_YEARS = 10.0
"""Years of age that double the rate. Source: assumed."""
USUAL_AGE = 67.0
"""Years; mean age of those patients. Source: Grigioni 2019."""
NORMAL_ML_M2 = 34.0
"""LA volume index up to which an atrium is of normal size. Source: Lang 2015."""
MEDIAN = math.log(2.0)
"""Cumulative rate at which half of such persons fibrillate."""


def yearly_rate(la_volume_index_ml_m2: float, age_years: float) -> float:
    """New atrial fibrillation (1/year): 0.027 at 60 mL/m² and 67 years; none in a normal atrium."""
    if la_volume_index_ml_m2 < NORMAL_ML_M2:
        return 0.0
    larger = (la_volume_index_ml_m2 - 60.0) / DOUBLING_ML_M2
    older = (age_years - USUAL_AGE) / DOUBLING_YEARS
    return YEARLY_AT_60 * 2.0 ** (larger + older)
