"""Why orifice, volume and fraction may point to different grades: sentences with the numbers.

volume = EROA x VTI of the jet, fraction = volume / total stroke. The limits of the table belong
together only for a VTI of 150 cm (60 mL / 0.40 cm²) and a total stroke of 100 to 120 mL
(30 mL / 30 %, 60 mL / 50 %); a beat that is neither makes them disagree, and that is physiology,
not error.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mitral.grade.criteria import cutoff
from mitral.grade.quantity import EROA, FRACTION, VOLUME, in_words
from mitral.grade.timing import SHORT

if TYPE_CHECKING:
    from mitral.grade.timing import Timing
    from mitral.measure.exam import Exam


def explain(exam: Exam, found: dict[str, int], timing: Timing) -> tuple[str, ...]:
    """The reasons for every disagreement between the grades; empty when they agree."""
    sentences: list[str] = []
    if EROA in found and VOLUME in found and found[EROA] != found[VOLUME]:
        sentences += _orifice_and_volume(exam, found[VOLUME] < found[EROA], timing)
    if FRACTION in found and VOLUME in found and found[FRACTION] != found[VOLUME]:
        sentences += _volume_and_fraction(exam, found[FRACTION] > found[VOLUME])
    return tuple(sentences)


def forward_index_ml_m2(exam: Exam) -> float:
    """Forward stroke volume over body surface; NaN if not measurable."""
    if not exam.cardiac_output_l_min > 0.0:
        return math.nan
    return exam.forward_stroke_volume_ml * exam.cardiac_index_l_min_m2 / exam.cardiac_output_l_min


def _orifice_and_volume(exam: Exam, volume_lower: bool, timing: Timing) -> list[str]:
    """Why the volume is small (or large) for the orifice: a matter of the jet's VTI."""
    word = "small" if volume_lower else "large"
    parts = f"{in_words(exam, VOLUME)} for {in_words(exam, EROA)}"
    vti = exam.mr_vti_cm
    if not math.isfinite(vti):
        return [f"The volume is {word} for the orifice ({parts}); the jet is not measurable."]
    first = (
        f"The volume is {word} for the orifice ({parts}): the VTI of the jet is {vti:.0f} cm; "
        f"the limits presume {cutoff('paired_vti_cm'):.0f} cm, "
        f"typical of patients is {cutoff('typical_vti_cm'):.0f} cm."
    )
    causes = _small_vti(exam, timing) if volume_lower else _large_vti(exam)
    return [first, *causes]


def _small_vti(exam: Exam, timing: Timing) -> list[str]:
    """What shortens or slows the jet."""
    found: list[str] = []
    la, v_wave, lv = exam.la_pressure_mean_mmhg, exam.la_v_wave_mmhg, exam.lv_peak_mmhg
    if timing.kind == SHORT:
        seen = exam.mr_duration_percent_of_systole
        found.append(f"Short leak: it lasts {seen:.0f} % of systole.")
    elif timing.partial:
        found.append(f"The leak is {timing.kind}-systolic: the orifice is open for a part only.")
    if la > cutoff("high_la_mmhg") and math.isfinite(v_wave + lv):
        found.append(
            f"High LA pressure (mean {la:.0f}, v wave {v_wave:.0f} mmHg) lowers the driving "
            f"pressure: the LV reaches {lv:.0f} mmHg, the v wave takes {v_wave:.0f} of it."
        )
    if lv < cutoff("low_lv_peak_mmhg"):
        found.append(f"Low LV pressure (peak {lv:.0f} mmHg) drives the jet less.")
    if exam.heart_rate_bpm >= cutoff("fast_heart_bpm"):
        rate = exam.heart_rate_bpm
        per_minute = exam.regurgitant_volume_ml * rate / 1000.0
        found.append(
            f"Fast heart ({rate:.0f} bpm): systole is short, the volume per beat small; "
            f"per minute {per_minute:.1f} L run back."
        )
    return found


def _large_vti(exam: Exam) -> list[str]:
    """What prolongs or speeds up the jet."""
    found: list[str] = []
    if exam.lv_peak_mmhg > cutoff("high_lv_peak_mmhg"):
        found.append(f"High LV pressure (peak {exam.lv_peak_mmhg:.0f} mmHg) drives the jet more.")
    if exam.heart_rate_bpm < cutoff("slow_heart_bpm"):
        found.append(f"Slow heart ({exam.heart_rate_bpm:.0f} bpm): systole is long.")
    return found


def _volume_and_fraction(exam: Exam, fraction_higher: bool) -> list[str]:
    """Why the fraction is large (or small) for the volume: a matter of the total stroke."""
    total, forward = exam.total_stroke_volume_ml, exam.forward_stroke_volume_ml
    parts = f"{in_words(exam, FRACTION)} for {in_words(exam, VOLUME)}"
    word, size = ("large", "small") if fraction_higher else ("small", "large")
    low, high = cutoff("paired_stroke_low_ml"), cutoff("paired_stroke_high_ml")
    if not math.isfinite(total):
        return [f"The fraction is {word} for the volume ({parts}); the stroke is not measurable."]
    first = (
        f"The fraction is {word} for the volume ({parts}): the total stroke, {total:.0f} mL, is "
        f"{size}; the limits presume {low:.0f} to {high:.0f} mL."
    )
    index = forward_index_ml_m2(exam)
    if fraction_higher and index < cutoff("low_flow_ml_m2"):
        return [
            first,
            f"Low flow: only {forward:.0f} mL ({index:.0f} mL/m²) go forward in a beat, so a small "
            "volume is a large share.",
        ]
    return [first]
