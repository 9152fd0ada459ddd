"""Units and long names of findings, read from their names, for files that other programs read."""

from __future__ import annotations

_UNITS = {
    "dyn_s_cm5": "dyn s cm-5",
    "kdyn_cm2": "kdyn cm-2",
    "ml_min_100g": "mL/min/(100 g)",
    "percent_of_systole": "percent",
    "l_min_m2": "L min-1 m-2",
    "l_min": "L min-1",
    "ml_m2": "mL m-2",
    "g_m2": "g m-2",
    "mmhg_ml": "mmHg mL-1",
    "mmhg_s": "mmHg s-1",
    "cm_s": "cm s-1",
    "percent": "percent",
    "mmhg": "mmHg",
    "bpm": "min-1",
    "cm2": "cm2",
    "kpa": "kPa",
    "ml": "mL",
    "mm": "mm",
    "cm": "cm",
    "ms": "ms",
    "g": "g",
    "j": "J",
    "ratio": "1",
    "reversal": "1",
    "compromise": "1",
}
"""By the end of a name, longer ends first."""
_LETTERS = {"lv", "la", "rv", "ra", "pa", "mr", "edv", "esv", "ef", "edp", "vti", "pisa", "gls"}
_LETTERS |= {"eroa", "lvedd", "lvesd", "ees", "ea", "mvo2"}
_NO_UNIT = ("ratio", "reversal", "compromise")


def describe(name: str) -> tuple[str, str]:
    """Long name and unit (as UDUNITS writes it, `1` for none) of a finding."""
    end = next(end for end in _UNITS if name == end or name.endswith(f"_{end}"))
    words = name if end in _NO_UNIT else name.removesuffix(f"_{end}")
    long_name = " ".join(w.upper() if w in _LETTERS else w for w in words.split("_"))
    return long_name, _UNITS[end]
