"""What an examiner would write down: the findings with the errors of their measurement.

Independent normal errors on what is read off; what is computed from readings is computed from the
erroneous ones, so that a wrong radius spoils EROA and volume together. The standard deviations are
the rows of `measurement_error.csv`.
"""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mitral.measure.doppler import ALIASING_CM_S

if TYPE_CHECKING:
    import numpy as np

    from mitral.measure.exam import Exam

_FILE = Path(__file__).parent / "measurement_error.csv"
_LEAST = 1e-3
"""A reading that error would make zero or negative stays this share of itself."""


@cache
def errors() -> dict[str, tuple[str, float]]:
    """Kind ('absolute' in the finding's unit, 'relative') and standard deviation by finding."""
    with _FILE.open(encoding="utf-8") as file:
        return {row["finding"]: (row["kind"], float(row["sd"])) for row in csv.DictReader(file)}


def observe(exam: Exam, rng: np.random.Generator) -> Exam:
    """The examination as one examiner would record it; NaN and absent findings stay as they are."""
    read: dict[str, float] = {}
    for name, (kind, sd) in errors().items():
        true = float(getattr(exam, name))
        wrong = float(rng.normal(0.0, sd)) * (abs(true) if kind == "relative" else 1.0)
        signed = name.startswith("pulmonary_vein")
        nothing = true == 0.0 or not math.isfinite(true)
        read[name] = (
            true if nothing else true + wrong if signed else max(true + wrong, _LEAST * true)
        )
    return replace(exam, **read, **_derived(exam, read))


def _derived(exam: Exam, read: dict[str, float]) -> dict[str, float]:
    """What is computed from readings: fractions, strokes, PISA and volumetric orifice, ratios."""
    edv, esv, forward = read["lv_edv_ml"], read["lv_esv_ml"], read["forward_stroke_volume_ml"]
    found = {
        "lv_ef_percent": 100.0 * (1.0 - esv / edv),
        "total_stroke_volume_ml": edv - esv,
        "cardiac_output_l_min": forward * read["heart_rate_bpm"] / 1000.0,
        "mitral_e_a_ratio": read["mitral_e_cm_s"] / read["mitral_a_cm_s"]
        if read["mitral_a_cm_s"]
        else math.nan,
        "pulmonary_vein_s_d_ratio": read["pulmonary_vein_s_cm_s"] / read["pulmonary_vein_d_cm_s"],
        "la_volume_index_ml_m2": exam.la_volume_index_ml_m2
        * read["la_volume_max_ml"]
        / exam.la_volume_max_ml,
    }
    if exam.regurgitant_volume_ml > 0.0 and math.isfinite(read["mr_vti_cm"]):
        leak = max(edv - esv - forward, 0.0)
        peak_flow = 2.0 * math.pi * (read["pisa_radius_mm"] / 10.0) ** 2 * ALIASING_CM_S
        pisa = peak_flow / read["mr_peak_velocity_cm_s"]
        found |= {
            "regurgitant_volume_ml": leak,
            "regurgitant_fraction_percent": 100.0 * leak / (leak + forward),
            "eroa_cm2": leak / read["mr_vti_cm"],
            "eroa_pisa_cm2": pisa,
            "regurgitant_volume_pisa_ml": pisa * read["mr_vti_cm"],
        }
    return found
