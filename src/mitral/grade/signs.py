"""Each parameter of the table judged on its own: which finding it shows, hence which verdict."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from mitral.grade.criteria import Criterion, criteria, cutoff

if TYPE_CHECKING:
    from collections.abc import Callable

    from mitral.grade.timing import Timing
    from mitral.grade.verdict import Verdict
    from mitral.measure.anatomy import Anatomy
    from mitral.measure.exam import Exam

_Found = tuple[str, float | str | None]
"""Key of a finding in `criteria.yaml`, and the value shown beside it."""


def _structure(_exam: Exam, anatomy: Anatomy, _timing: Timing, _row: Criterion) -> _Found:
    """The worst lesion that was seen."""
    if anatomy.flail:
        return "flail", "flail leaflet"
    if anatomy.ruptured_papillary:
        return "ruptured", "ruptured papillary muscle"
    if anatomy.perforation:
        return "perforation", "perforation"
    if anatomy.lesion in ("normal", "unknown"):
        return anatomy.lesion, None
    return f"{anatomy.lesion}_lesion", f"{anatomy.lesion} lesion"


def _chamber_size(exam: Exam, anatomy: Anatomy, _timing: Timing, row: Criterion) -> _Found:
    """Diameter of the LV and volume index of the LA against the limits of normal of the sex."""
    lv, la = exam.lvedd_mm, exam.la_volume_index_ml_m2
    if not (math.isfinite(lv) and math.isfinite(la)):
        return "unknown", None
    sex = "female" if anatomy.female else "male"
    shown = f"LV {lv:.0f} mm, LA {la:.0f} mL/m²"
    lv_large, la_large = lv > row.limit(f"lvedd_{sex}_mm"), la > row.limit("la_index_ml_m2")
    if not (lv_large or la_large):
        return ("acute" if anatomy.acute else "normal"), shown
    if anatomy.secondary:
        return "secondary", shown
    if lv_large and exam.lv_ef_percent >= row.limit(f"ef_{sex}_percent"):
        return "lv_dilated_ef_normal", shown
    return ("both_dilated" if lv_large and la_large else "one_dilated"), shown


def _colour_jet(_exam: Exam, anatomy: Anatomy, _timing: Timing, row: Criterion) -> _Found:
    """The jet's area in the LA, if somebody has seen it; a jet along the wall looks too small."""
    if anatomy.jet_along_wall:
        return "wall", anatomy.jet_percent_of_la
    area = anatomy.jet_percent_of_la
    if area is None:
        return "unknown", None
    if area > row.limit("large_above_percent"):
        return "large", area
    return ("small" if area < row.limit("small_below_percent") else "variable"), area


def _flow_convergence(exam: Exam, _anatomy: Anatomy, timing: Timing, row: Criterion) -> _Found:
    """Radius of the flow convergence; a large one counts as severe only if holosystolic."""
    radius = exam.pisa_radius_mm
    if not math.isfinite(radius):
        return "unknown", None
    if radius <= row.limit("small_to_mm"):
        return "small", radius
    if radius < row.limit("large_from_mm"):
        return "intermediate", radius
    return ("large" if timing.holosystolic else "large_part"), radius


def _cw_jet(exam: Exam, anatomy: Anatomy, timing: Timing, _row: Criterion) -> _Found:
    """Timing and shape of the jet; its density only if somebody has seen it.

    The jet is triangular when the v wave takes so much of the driving pressure that the velocity
    falls while the ventricle still presses: v wave over peak LV pressure.
    """
    if anatomy.jet_dense is False:
        return "faint", "faint"
    share = exam.la_v_wave_mmhg / exam.lv_peak_mmhg if exam.lv_peak_mmhg > 0.0 else math.nan
    if timing.partial:
        shape, finding = "part of systole", "partial"
    elif not (timing.holosystolic and math.isfinite(share)):
        shape, finding = "", "unknown"
    elif share >= cutoff("triangular_share"):
        return "triangular", "holosystolic, triangular"
    else:
        shape, finding = "holosystolic, parabolic", "parabolic"
    if anatomy.jet_dense:
        return "dense", f"dense, {shape}" if shape else "dense"
    return finding, shape or None


def _vena_contracta(exam: Exam, _anatomy: Anatomy, timing: Timing, row: Criterion) -> _Found:
    """Width at the narrowest point, a matter of a moment: not specific when the leak is partial."""
    width = exam.vena_contracta_mm
    if not math.isfinite(width):
        return "unknown", None
    if width < row.limit("small_below_mm"):
        return "small", width
    if width < row.limit("large_from_mm"):
        return "intermediate", width
    return ("large_part" if timing.partial else "large"), width


def _pulmonary_vein(exam: Exam, _anatomy: Anatomy, _timing: Timing, row: Criterion) -> _Found:
    """Systolic over diastolic peak; reversed if in systole more flows backward than forward.

    A short dip below zero late in systole goes with leaks of any size and is no reversal.
    """
    ratio, net = exam.pulmonary_vein_s_d_ratio, exam.pulmonary_vein_s_d_vti_ratio
    shown = ratio if math.isfinite(ratio) else None
    if exam.pulmonary_vein_systolic_reversal and (math.isnan(net) or net < 0.0):
        return "reversed", shown
    if shown is None:
        return "unknown", None
    if ratio < row.limit("minimal_below"):
        return "minimal", shown
    return ("dominant" if ratio >= row.limit("dominant_from") else "blunted"), shown


def _mitral_inflow(exam: Exam, anatomy: Anatomy, _timing: Timing, row: Criterion) -> _Found:
    """E and A; without an A wave (atrial fibrillation) E is dominant."""
    e, ratio = exam.mitral_e_cm_s, exam.mitral_e_a_ratio
    if not math.isfinite(e):
        return "unknown", None
    if anatomy.stenotic:
        return "stenosis", e
    if ratio < row.limit("dominant_ratio"):
        return "a_dominant", e
    return ("large_e" if e > row.limit("large_e_cm_s") else "variable"), e


def grade_of(value: float, row: Criterion) -> int:
    """Grade 1 to 4 of a quantity: one more than the number of limits that it has reached."""
    return 1 + sum(value >= row.limit(f"grade_{grade}") for grade in (2, 3, 4))


def _quantity(exam: Exam, _anatomy: Anatomy, _timing: Timing, row: Criterion) -> _Found:
    """EROA, regurgitant volume or fraction."""
    value = getattr(exam, row.fields[0])
    return (f"grade_{grade_of(value, row)}", value) if math.isfinite(value) else ("unknown", None)


_JUDGES: dict[str, Callable[[Exam, Anatomy, Timing, Criterion], _Found]] = {
    "structure": _structure,
    "chamber_size": _chamber_size,
    "colour_jet": _colour_jet,
    "flow_convergence": _flow_convergence,
    "cw_jet": _cw_jet,
    "vena_contracta": _vena_contracta,
    "pulmonary_vein": _pulmonary_vein,
    "mitral_inflow": _mitral_inflow,
}


def judge(exam: Exam, anatomy: Anatomy, timing: Timing) -> tuple[Verdict, ...]:
    """The verdict of every parameter, in the order of the table.

    A parameter without a judge of its own is a quantity with three limits (`grade_2` to
    `grade_4`): a further one needs only a row in `criteria.yaml`.
    """
    return tuple(row.verdict(*_find(exam, anatomy, timing, row)) for row in _rows())


def judge_tight(exam: Exam, anatomy: Anatomy, timing: Timing) -> tuple[Verdict, ...]:
    """The same for a valve that does not leak: there is nothing whose severity could be graded.

    What belongs to the leak is normal; what is compatible with health is normal; the rest has
    another cause, and its verdict is unknown. The structure stays as seen.
    """
    verdicts = []
    for row in _rows():
        finding, value = _find(exam, anatomy, timing, row)
        seen = replace(row.verdict(finding, value), sign="")
        if row.of_leak:
            value = value if isinstance(value, float) else None
            seen = replace(seen, value=value, verdict="normal", rule="no leak")
        elif row.finding(finding).healthy:
            seen = replace(seen, verdict="normal", rule="compatible with health")
        elif row.name != "structure" and finding != "unknown":
            rule = f"{seen.rule}; without a leak this says nothing about the valve"
            seen = replace(seen, verdict="unknown", rule=rule)
        verdicts.append(seen)
    return tuple(verdicts)


def _rows() -> tuple[Criterion, ...]:
    return tuple(criteria().parameters.values())


def _find(exam: Exam, anatomy: Anatomy, timing: Timing, row: Criterion) -> _Found:
    return _JUDGES.get(row.name, _quantity)(exam, anatomy, timing, row)
