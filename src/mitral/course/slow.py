"""The slow state of a person: what changes over days to years, and what it does to the heart."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from mitral.disease.adaptation import blunt


class Slow(NamedTuple):
    """What days, months and years change. Ratios are to the same heart before.

    `lv_size`, `lv_wall` unloaded cavity and wall volume; `lv_stiffness` passive stress; `la_size`,
    `la_wall` of the atrium; `contractility` what damage has left; `lung_resistance` of the
    pulmonary arterioles; `pericardium` its size; `orifice` load at which the lesion has its size
    (absolute); `blood` volume; `tone` logarithm of resistance; `drive` lasting drive on the heart
    rate; `map_set`, `lap_set` reflex set points, `lap_month` congestion remembered (mmHg),
    `loss_month` loss of contractility remembered.
    """

    lv_size: float
    lv_wall: float
    lv_stiffness: float
    la_size: float
    la_wall: float
    contractility: float
    lung_resistance: float
    pericardium: float
    orifice: float
    blood: float
    tone: float
    drive: float
    map_set: float
    lap_set: float
    lap_month: float
    loss_month: float


NUDGE = {
    "lv_size": 0.005,
    "lv_wall": 0.005,
    "lv_stiffness": 0.01,
    "la_size": 0.01,
    "contractility": 0.005,
    "blood": 0.005,
    "tone": 0.01,
    "drive": 0.01,
    "map_set": 0.5,
    "lap_set": 0.25,
}
"""What acts on the rest through the beat, and by how much it is moved to find out."""
DAYS = ("blood", "tone", "drive", "map_set", "lap_set")
"""Those of them that change within days; the others take months."""
_SCALES = {"blood": 0.15, "map_set": 10.0, "lap_set": 10.0, "lap_month": 20.0}
SCALE = np.array([_SCALES.get(name, 1.0) for name in Slow._fields])
"""The size of a change that matters as much in each."""


def healthy(p: np.ndarray) -> Slow:
    """The slow state in which nothing has happened yet."""
    q = p[0]
    map_set, lap_set = float(q["map_set"]), float(q["lap_set"])
    ones = dict.fromkeys(Slow._fields, 1.0)
    own = {"orifice": float(q["load_ref"]), "loss_month": 1.0 - float(q["ctr_lv"])}
    own |= {"map_set": map_set, "lap_set": lap_set, "lap_month": lap_set}
    return Slow(**ones | {"tone": 0.0, "drive": 0.0} | own)


FACTORS = {
    "lv_size": "v0_lv",
    "lv_wall": "wall_lv",
    "lv_stiffness": "sp_lv",
    "la_size": "v0_la",
    "la_wall": "wall_la",
    "contractility": "ctr_lv",
    "lung_resistance": "r_pa",
    "pericardium": "v_peri",
    "blood": "tbv",
}
"""Slow quantities that are factors on a parameter."""


def slow_between(base: np.ndarray, p: np.ndarray) -> Slow:
    """The slow state that makes the parameters `p` of a grown, steady heart out of `base`."""
    ratios = {name: float(p[on][0] / base[on][0]) for name, on in FACTORS.items()}
    map_set, lap_set = float(p["map_set"][0]), float(p["lap_set"][0])
    return Slow(
        **ratios,
        orifice=float(p["load_ref"][0]),
        tone=math.log(float(p["r_sys"][0] / base["r_sys"][0])),
        drive=0.0,
        map_set=map_set,
        lap_set=lap_set,
        lap_month=lap_set,
        loss_month=1.0 - float(p["ctr_lv"][0]),
    )


def heart_at(base: np.ndarray, z: Slow, lap_healthy: float) -> np.ndarray:
    """The parameters of a heart `base` after the slow changes `z`."""
    p = base.copy()
    for name, on in FACTORS.items():
        p[on] *= getattr(z, name)
    p["r_sys"] *= math.exp(z.tone)
    p["hr"] *= np.exp(p["g_hr"] * z.drive)
    p["load_ref"], p["map_set"], p["lap_set"] = z.orifice, z.map_set, z.lap_set
    blunt(p, z.lap_month, lap_healthy, z.loss_month)
    return p
