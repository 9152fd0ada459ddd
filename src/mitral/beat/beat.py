"""One settled beat as named waveforms, with the body they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from mitral.units import MMHG_PER_KPA

if TYPE_CHECKING:
    from mitral.beat.landmarks import Landmarks

LV_VOLUME_OFFSET = 5.0
"""mL, volume intercept used to find end-systole and the single-beat elastance."""


@dataclass(frozen=True)
class Beat:
    """One beat from the start of ventricular contraction to the next.

    `waveforms`: record array (samples,) with `time` (s), volumes `v_` (mL), pressures `p_` (mmHg),
    flows `q_` (mL/s; backward is negative), orifice velocities `u_` (cm/s), valve openings `z_`
    (0 to 1) and `ero` (cm²); first and last sample are one period apart.
    `heart`: what imaging shows of the muscle and tells of the body: `wall_lv_ml`, `v0_lv_ml`,
    `v0_lv_healthy_ml`, `bsa_m2`, `pr_s` (atrial to ventricular contraction), `a_pvn_cm2`,
    `ls_ref_um`, `atria_contract` (0 in atrial fibrillation).
    """

    waveforms: np.ndarray
    heart: dict[str, float]
    settled: bool = True
    beats: int = 0
    message: str = "settled"
    residual_ml: float = 0.0
    drives: tuple[float, float] = (0.0, 0.0)
    start: np.ndarray = field(default_factory=lambda: np.zeros(0), repr=False)

    def __getitem__(self, name: str) -> np.ndarray:
        """A waveform by name, e.g. `beat['p_lv']` in mmHg."""
        return self.waveforms[name]

    @property
    def period_s(self) -> float:
        """Duration of the beat."""
        return float(self.waveforms["time"][-1])

    def mean(self, values: np.ndarray) -> float:
        """Time mean over the beat of a sampled quantity."""
        return self.integral(values) / self.period_s

    def integral(self, values: np.ndarray) -> float:
        """Integral over the beat of a sampled quantity (its unit times s)."""
        return area(values, self["time"])

    @property
    def fibre_stress_lv_kpa(self) -> np.ndarray:
        """Left ventricular fibre stress: sigma = 3 p_tm/ln(1 + Vw/V), p over the pericardium."""
        wall = self.heart["wall_lv_ml"]
        transmural = self["p_lv"] - self["p_peri"]
        return 3.0 * transmural / (MMHG_PER_KPA * np.log1p(wall / self["v_lv"]))

    @property
    def sarcomere_length_lv_um(self) -> np.ndarray:
        """Left ventricular sarcomere length."""
        wall, v0 = self.heart["wall_lv_ml"], self.heart["v0_lv_ml"]
        ratio = (1.0 + 3.0 * self["v_lv"] / wall) / (1.0 + 3.0 * v0 / wall)
        return self.heart["ls_ref_um"] * np.cbrt(ratio)

    @cached_property
    def landmarks(self) -> Landmarks:
        """When the valves open and close, end-diastole, end-systole, atrial contraction."""
        from mitral.beat.landmarks import find

        return find(self)


def area(values: np.ndarray, over: np.ndarray) -> float:
    """Area under a sampled curve, by trapezia; `np.trapezoid` spends longer on its checks."""
    return 0.5 * float((values[1:] + values[:-1]) @ (over[1:] - over[:-1]))


def heart_of(p: np.ndarray, bsa_m2: float) -> dict[str, float]:
    """What imaging shows of the muscle, from a parameter record: the `heart` of a `Beat`."""
    q = p[0]
    return {
        "wall_lv_ml": float(q["wall_lv"]),
        "v0_lv_ml": float(q["v0_lv"]),
        "v0_lv_healthy_ml": float(q["v0_lv_healthy"]),
        "bsa_m2": bsa_m2,
        "pr_s": float(q["pr"]),
        "a_pvn_cm2": float(q["a_pvn"]),
        "ls_ref_um": float(q["ls_ref"]),
        "atria_contract": float(q["t_la"] > 0.0),
    }
