"""Where each criterion of the grade stands on a scale of bands of equal width, for a picture.

Inside a band the scale is linear. What has no number stands in the middle of the band of its
verdict; what is unknown stands nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

from mitral.grade.criteria import criteria

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mitral.grade.severity import Grade
    from mitral.grade.verdict import Verdict

_WORDS = ("mild", "moderate", "severe")
_ROMAN = ("I", "II", "III", "IV")
_EDGES: Mapping[str, tuple[str, ...]] = {
    "eroa": ("grade_2", "grade_3", "grade_4"),
    "regurgitant_volume": ("grade_2", "grade_3", "grade_4"),
    "regurgitant_fraction": ("grade_2", "grade_3", "grade_4"),
    "flow_convergence": ("small_to_mm", "large_from_mm"),
    "vena_contracta": ("small_below_mm", "large_from_mm"),
}
"""Limits between the bands of the criteria that are judged by one rising number."""
_SEVERE_WORDS = {
    "pulmonary_vein": "reversed",
    "chamber_size": "both dilated",
    "structure": "flail, torn, hole",
    "cw_jet": "triangular",
    "colour_jet": "large, or along the wall",
    "mitral_inflow": "> 120 cm/s",
}
_SHORT = {
    "structure": "Leaflets",
    "chamber_size": "LV and LA size",
    "colour_jet": "Colour jet",
    "flow_convergence": "Flow convergence",
    "cw_jet": "Jet over time",
    "vena_contracta": "Vena contracta",
    "pulmonary_vein": "Pulmonary veins",
    "mitral_inflow": "Inflow E wave",
    "eroa": "Hole, EROA",
    "regurgitant_volume": "Leak volume",
    "regurgitant_fraction": "Leak fraction",
}
_ORDER = (
    *("eroa", "regurgitant_volume", "regurgitant_fraction", "vena_contracta", "flow_convergence"),
    *("pulmonary_vein", "cw_jet", "mitral_inflow", "chamber_size", "structure", "colour_jet"),
)
_DIGITS = {"eroa": 2, "vena_contracta": 1, "flow_convergence": 1, "pulmonary_vein": 2}
_TOP = 1.6
"""The last band ends at so many times its lower limit; more is drawn at the end."""


def scale(grade: Grade) -> list[dict[str, Any]]:
    """Every criterion that was judged, the quantities first: value, bands, place from 0 to 1."""
    found = {verdict.name: verdict for verdict in grade.verdicts}
    return [_row(found[name]) for name in _ORDER if name in found]


def _row(verdict: Verdict) -> dict[str, Any]:
    row = criteria().parameters[verdict.name]
    edges = [row.limits[name] for name in _EDGES.get(verdict.name, ())]
    graded = len(edges) == len(_ROMAN) - 1
    unit = "" if row.unit == "1" else row.unit
    if edges:
        severe = f"≥ {edges[-1]:g} {unit}".rstrip()
        place = _place(verdict.value, edges) if _number(verdict.value) else None
    else:
        severe = _SEVERE_WORDS[verdict.name]
        place = _middle(verdict.verdict)
    return {
        **verdict.as_dict(),
        "short": _SHORT[verdict.name],
        "text": _text(verdict, unit),
        "bands": list(_ROMAN if graded else _WORDS),
        "edges": edges,
        "place": place,
        "severe_from": severe,
    }


def _number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float)


def _text(verdict: Verdict, unit: str) -> str:
    """The finding as a person writes it."""
    if verdict.name == "pulmonary_vein" and verdict.sign.startswith("systolic reversal"):
        return "reversed"
    value = verdict.value
    if value is None:
        return "not known"
    if _number(value):
        return f"{value:.{_DIGITS.get(verdict.name, 0)}f} {unit}".rstrip()
    return str(value)


def _middle(verdict: str) -> float | None:
    place = {"normal": 0, "mild": 0, "moderate": 1, "severe": 2}.get(verdict)
    return None if place is None else (place + 0.5) / len(_WORDS)


def _place(value: float, edges: list[float]) -> float:
    """Share of the way along bands of equal width, each linear inside."""
    limits = [0.0, *edges, _TOP * edges[-1]]
    value = min(max(value, 0.0), limits[-1])
    band = max(i for i in range(len(limits) - 1) if value >= limits[i])
    low, high = limits[band], limits[band + 1]
    return (band + (value - low) / (high - low)) / (len(limits) - 1)
