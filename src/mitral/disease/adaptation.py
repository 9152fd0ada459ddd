"""A heart that has had time: what slowly follows its size and its pressures.

The person is as examined in a steady state. Pericardium, reflex set points and the load at which
the orifice was measured are the person's own; the reflex is blunted by dilatation, damage and
congestion. Changes made afterwards act on that steady state.
"""

from __future__ import annotations

import math

import numpy as np

from mitral.solver.solve import Solution, solve

_ROUNDS = 12
_CLOSE = 1e-5
PERICARDIUM = 0.88
"""The pericardium follows the heart's volume with this power: not quite."""
_BLUNTED, _BLUNTED_ARTERIES = 0.25, 0.6
"""What is left of the rate and venous limbs in advanced disease, and of the arteriolar limb."""


def heart_volume(p: np.ndarray, w: np.ndarray) -> float:
    """Mean volume (mL) of blood and muscle within the pericardium."""
    blood = np.trapezoid(w["v_lv"] + w["v_la"] + w["v_rv"] + w["v_ra"], w["time"]) / w["time"][-1]
    return float(blood) + sum(float(p[f"wall_{c}"][0]) for c in ("lv", "la", "rv", "ra"))


def mean(w: np.ndarray, name: str) -> float:
    """Time mean of a waveform over the beat."""
    return float(np.trapezoid(w[name], w["time"]) / w["time"][-1])


def load(p: np.ndarray, edv_ml: float, esv_ml: float) -> float:
    """The load of the orifice: weighted volume over unloaded cavity volume."""
    weight = float(p["load_es_weight"][0])
    volume = (1.0 - weight) * edv_ml + weight * esv_ml
    return volume / float(p["v0_lv"][0])


def load_of(p: np.ndarray, w: np.ndarray) -> float:
    """The load of the orifice in a beat."""
    return load(p, float(w["v_lv"][0]), float(w["v_lv"].min()))


def measured_orifice(w: np.ndarray) -> float:
    """EROA (cm²) as an examiner finds it: regurgitant volume over the jet's VTI."""
    leak = np.trapezoid(np.maximum(-w["q_mr"], 0.0), w["time"])
    vti = np.trapezoid(np.maximum(-w["u_mr"], 0.0), w["time"])
    return float(leak / vti) if vti > 0.0 else 0.0


def blunt(
    p: np.ndarray, lap_mmhg: float, lap_healthy_mmhg: float, known_loss: float | None = None
) -> None:
    """Scale the reflex limbs with disease: 0.25 + 0.75 exp(-x), arterioles at least 0.6.

    x adds dilatation (per 20 %), loss of contractility (per 0.2) and congestion (per 10 mmHg over
    6 above the healthy). What is lost the heart cannot use at once; veins and arterioles tire of
    the drive with time: `known_loss` is what they have felt of the loss (None: all of it).
    """
    lost = max(1.0 - float(p["ctr_lv"][0]), 0.0)
    dilated = max(float(p["v0_lv"][0] / p["v0_lv_healthy"][0]) - 1.0, 0.0) / 0.2
    congested = max(lap_mmhg - lap_healthy_mmhg - 6.0, 0.0) / 10.0
    known = lost if known_loss is None else max(known_loss, 0.0)
    heart, vessels = (_left(dilated + congested + loss / 0.2) for loss in (lost, known))
    p["gain_cardiac"] *= heart
    p["gain_v_limb"] *= vessels * vessels
    p["gain_r"] *= max(vessels, _BLUNTED_ARTERIES)


def _left(x: float) -> float:
    """What disease of degree x leaves of a limb of the reflex."""
    return _BLUNTED + (1.0 - _BLUNTED) * math.exp(-x)


def adapt(p: np.ndarray, well: np.ndarray, eroa_cm2: float | None) -> np.ndarray:
    """Parameters of the person after months with this heart.

    `p` now, `well` in health. `eroa_cm2`: the orifice as measured in the steady state; lesion and
    tethering are scaled until the model shows it. A fixed point over a few settled beats without
    reflex (its drives are zero at its own set points).
    """
    q = p.copy()
    lap_healthy = float(p["lap_set"][0])
    before_disease = solve(well, reflex=False)
    size = heart_volume(well, before_disease.waveforms)
    start = before_disease.start
    for _ in range(_ROUNDS):
        solution: Solution = solve(q, reflex=False, start=start)
        if solution.code:
            return q
        start, w = solution.start, solution.waveforms
        before = float(q["v_peri"][0]), float(q["load_ref"][0]), float(q["eroa"][0])
        growth = heart_volume(q, w) / size
        q["v_peri"] = p["v_peri"] * max(growth, 0.5) ** PERICARDIUM
        q["load_ref"] = load_of(q, w)
        shown = measured_orifice(w)
        if eroa_cm2 and shown > 0.0:
            for name in ("eroa", "tether"):
                q[name] = min(float(q[name][0]) * eroa_cm2 / shown, 10.0)
        after = float(q["v_peri"][0]), float(q["load_ref"][0]), float(q["eroa"][0])
        if max(abs(a / max(b, 1e-9) - 1.0) for a, b in zip(after, before, strict=True)) < _CLOSE:
            break
    q["map_set"], q["lap_set"] = mean(w, "p_sa"), mean(w, "p_la")
    blunt(q, float(q["lap_set"][0]), lap_healthy)
    return q
