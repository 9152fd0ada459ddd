"""An orifice area as it is written on a command line."""

from __future__ import annotations

import re

from mitral.errors import InputError

_AREA = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(cm2|cm²|mm2|mm²)?\s*")
MM2_PER_CM2 = 100.0


def area_cm2(text: str) -> float:
    """The area in cm²: '0.4' and '0.4cm2' are cm², '40mm2' is mm²."""
    match = _AREA.fullmatch(text)
    if match is None:
        raise InputError(f"--eroa is {text!r}, not an area; write e.g. 0.4 (in cm²) or 40mm2")
    number, unit = float(match[1]), match[2] or "cm2"
    return number / MM2_PER_CM2 if unit.startswith("mm") else number
