"""What the slow laws feel of a beat: pressures, outputs, stretch and stress of the muscle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mitral.disease.adaptation import load
from mitral.units import MMHG_PER_KPA

if TYPE_CHECKING:
    from mitral.solver.solve import Solution


class Stimuli(NamedTuple):
    """Beat means of pressure (mmHg) and flow (mL/s), volumes (mL), fibre stretch and stress (kPa).

    `edp_mmhg` of the left ventricle; `leak` backward mitral flow; `stretch_lv` at end-diastole,
    `stretch_la` the largest, both over the unloaded fibre; `stress_max`, `stress_ed` of the left
    ventricle; `heart_ml` blood and muscle within the pericardium; `load` of the orifice (weighted
    volume over unloaded volume).
    """

    map_mmhg: float
    lap_mmhg: float
    rap_mmhg: float
    pap_mmhg: float
    capillary_mmhg: float
    edp_mmhg: float
    output: float
    leak: float
    rate_bpm: float
    edv_ml: float
    esv_ml: float
    la_max_ml: float
    stretch_lv: float
    stress_max: float
    stress_ed: float
    stretch_la: float
    heart_ml: float
    load: float


def stimuli(p: np.ndarray, solution: Solution) -> Stimuli:
    """What the slow laws feel of a settled beat of parameters `p`."""
    q, w = p[0], solution.waveforms
    columns = {name: np.ascontiguousarray(w[name]) for name in _NEEDED}
    mean = {name: _mean(columns[name]) for name in _MEANS}
    v, wall = columns["v_lv"], float(q["wall_lv"])
    stress = 3.0 * (columns["p_lv"] - columns["p_peri"]) / (MMHG_PER_KPA * np.log1p(wall / v))
    edv, esv = float(v.max()), float(v.min())
    felt = columns["v_la"] - float(q["descent"]) * (v[0] - v)
    muscle = wall + float(q["wall_la"]) + float(q["wall_rv"]) + float(q["wall_ra"])
    blood = mean["v_lv"] + mean["v_la"] + mean["v_rv"] + mean["v_ra"]
    return Stimuli(
        map_mmhg=mean["p_sa"],
        lap_mmhg=mean["p_la"],
        rap_mmhg=mean["p_ra"],
        pap_mmhg=mean["p_pa"],
        capillary_mmhg=mean["p_pc"],
        edp_mmhg=float(columns["p_lv"][0]),
        output=mean["q_av"],
        leak=-_mean(np.minimum(columns["q_mr"], 0.0)),
        rate_bpm=60.0 / float(w["time"][-1]),
        edv_ml=edv,
        esv_ml=esv,
        la_max_ml=float(columns["v_la"].max()),
        stretch_lv=_stretch(edv, wall, float(q["v0_lv"])),
        stress_max=float(stress.max()),
        stress_ed=float(stress[0]),
        stretch_la=_stretch(float(felt.max()), float(q["wall_la"]), float(q["v0_la"])),
        heart_ml=blood + muscle,
        load=load(p, float(v[0]), esv),
    )


_MEANS = ("p_sa", "p_la", "p_ra", "p_pa", "p_pc", "q_av", "v_lv", "v_la", "v_rv", "v_ra")
_NEEDED = (*_MEANS, "p_lv", "p_peri", "q_mr")


def _mean(values: np.ndarray) -> float:
    """Time mean of equally spaced samples of one period."""
    return float(values.sum() - 0.5 * (values[0] + values[-1])) / (values.size - 1)


def _stretch(volume: float, wall: float, unloaded: float) -> float:
    """Fibre stretch: cube root of the ratio of mid-wall volumes."""
    return ((1.0 + 3.0 * volume / wall) / (1.0 + 3.0 * unloaded / wall)) ** (1.0 / 3.0)
