"""How a dose changes one parameter: the laws that the catalogue of treatments may name.

Each is a function of the present value v, the dose x and the coefficients a, b of the catalogue.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mitral.errors import InputError
from mitral.parameters import parameter
from mitral.parameters.personalise import scaling

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

FORWARD_AREA = "forward_area"
"""Name of the area of the open mitral valve, annulus included: fixed by whatever changes it."""
RING_MM, RING_CM2 = 30.0, 3.2
"""A ring of this size leaves this effective area; an annulus likewise, by the square of its size.

So the healthy adult's annulus measures 36 mm, as in echo laboratories. Source: assumed."""

LAWS: dict[str, Callable[..., float]] = {
    "times_exp": lambda v, x, a: v * math.exp(a * x),
    "times_exp_above": lambda v, x, a, b: v * math.exp(a * max(x - b, 0.0)),
    "times": lambda v, x, a: v * (1.0 + a * x),
    "times_dose": lambda v, x: v * x,
    "factor": lambda v, _x, a: v * a,
    "saturate": lambda v, x, a, b: v * (1.0 + a * x / (x + b)),
    "add": lambda v, x, a: v + a * x,
    "set": lambda _v, x, a, b=0.0: a + b * x,
    "at_most_square": lambda v, x, a, b: min(v, a * (x / b) ** 2),
    "as_in_health": lambda v, _x: v,  # the value itself comes from the set: see `change`
}
"""The laws by name: v exp(a x); v exp(a max(x - b, 0)); v (1 + a x); v x; v a; v (1 + a x/(x + b));
v + a x; a + b x; min(v, a (x/b)²); the value of the reference adult."""


def annulus_ratio(p: np.ndarray) -> float:
    """Area of the annulus over its healthy area (at least 1): as in `circulation.valve`."""
    q = p[0]
    grown = (q["v0_lv"] / q["v0_lv_healthy"]) * (q["v0_la"] / q["v0_la_healthy"])
    return max(float(grown) ** (1.0 / 3.0), 1.0)


def forward_area_cm2(p: np.ndarray) -> float:
    """Effective area (cm²) of the open mitral valve, annulus included."""
    follows = float(p["annulus_follows"][0])
    return float(p["a_mv"][0]) * (1.0 + follows * (annulus_ratio(p) - 1.0))


def annulus_mm(p: np.ndarray) -> float:
    """Size of the mitral annulus (mm) in the scale of ring sizes, whatever the leaflets do."""
    adult = parameter.entries()
    body = float(p["v0_lv_healthy"][0]) / adult["v0_lv_healthy"].value
    area = adult["a_mv"].value * body ** (scaling()["a_mv"][0] / scaling()["v0_lv"][0])
    return RING_MM * math.sqrt(area * annulus_ratio(p) / RING_CM2)


def change(p: np.ndarray, on: str, law: str, by: tuple[float, ...], dose: float) -> None:
    """Change one parameter of `p` in place; an `InputError` if it leaves its range."""
    if on == FORWARD_AREA:
        p["a_mv"] = parameter.check("a_mv", LAWS[law](forward_area_cm2(p), dose, *by))
        p["annulus_follows"] = 0.0
    elif law == "as_in_health":
        p[on] = parameter.entries()[on].value
    else:
        p[on] = parameter.check(on, LAWS[law](float(p[on][0]), dose, *by))


def refuse_ring(p: np.ndarray, ring_mm: float) -> None:
    """An `InputError` if a ring is larger than the annulus it is to narrow."""
    size = annulus_mm(p)
    if ring_mm > size:
        raise InputError(
            f"a ring of {ring_mm:g} mm is larger than the annulus of this heart ({size:.0f} mm); "
            f"choose at most {math.floor(size):d} mm"
        )
