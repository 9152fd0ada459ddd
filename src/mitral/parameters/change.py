"""Changes of parameters as a person writes them: '1.2', 'x1.3', '+10%', '40mm2'."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from mitral.errors import InputError, unknown_name
from mitral.parameters import parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

_FORM = re.compile(
    r"\s*(?P<times>[x×*])?\s*(?P<number>[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)\s*(?P<unit>\S*)\s*",
    re.IGNORECASE,
)
_TO_UNIT = {("mm2", "cm²"): 0.01, ("mm²", "cm²"): 0.01, ("ms", "s"): 1e-3, ("l", "mL"): 1000.0}
"""Factors from units that a person may write to a parameter's own."""


def _plain(unit: str) -> str:
    return unit.lower().translate(str.maketrans("²³µμ·", "23uu.")).replace("^", "").strip()


def changed(name: str, present: float, wish: str | float) -> float:
    """The new value of a parameter, in its own unit.

    `wish`: a number; a factor 'x1.3'; a share '+10%' or '-10%'; a number with a unit.
    """
    unit = parameter.definitions()[name].unit
    match = _FORM.fullmatch(str(wish))
    number = float(match["number"]) if match else math.nan
    if match is None or not math.isfinite(number):
        raise InputError(
            f"{name}={wish} is not a value; write {name}=NUMBER ({unit}), {name}=x1.2 or "
            f"{name}=+10%"
        )
    if match["times"]:
        if match["unit"]:
            raise InputError(f"{name}={wish}: a factor has no unit; write {name}=x{number:g}")
        return parameter.check(name, present * number)
    if match["unit"] == "%" and match["number"][0] in "+-":
        return parameter.check(name, present * (1.0 + number / 100.0))
    if match["unit"] and _plain(match["unit"]) != _plain(unit):
        factor = _TO_UNIT.get((match["unit"].lower(), unit))
        if factor is None:
            raise InputError(f"{name}={wish}: unit '{match['unit']}' is not {unit}")
        number *= factor
    return parameter.check(name, number)


def apply(p: np.ndarray, changes: Mapping[str, str | float]) -> np.ndarray:
    """A copy of the parameter record with the changes made, in their order."""
    q = p.copy()
    for name, wish in changes.items():
        if name not in parameter.definitions():
            raise unknown_name("parameter", name, parameter.definitions())
        q[name] = changed(name, float(q[name][0]), wish)
    return q
