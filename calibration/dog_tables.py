"""Tables of the dogs of Kleaveland 1988 and Carabello 1989 as the slow laws make them grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calibration import dog
from calibration.courses import of_case
from calibration.lives import at
from calibration.markdown import met, table
from mitral.units import MUSCLE_DENSITY, ml_s_to_l_min

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mitral.course.life import Moment

_FINDINGS = {
    "lv_edv_ml": "EDV mL",
    "lv_mass_g": "LV mass g",
    "lv_edp_mmhg": "LV end-diastolic pressure mmHg",
    "aortic_mean_mmhg": "mean arterial pressure mmHg",
    "cardiac_output_l_min": "output L/min",
    "regurgitant_fraction_percent": "RF % (driver)",
    "heart_rate_bpm": "heart rate bpm (driver)",
}
_WHEN = {-1: "0 d", 0: "0.05 d", 30: "30 d", 90: "90 d"}
"""Days of `dog.csv` as moments of the simulated life."""
_PRESSURE_SD = 15.0
"""mmHg; arterial pressure was published without a spread. Source: assumed."""
_RATIOS = {
    "edv_ratio": ("EDV", 46.0, 12.0),
    "wall_ratio": ("LV mass", 36.0, 12.0),
}
"""Growth in 3 months at a regurgitant fraction of 0.64, and what is allowed (%).

Source: Carabello 1989.
"""


def _value(life: Sequence[Moment], when: str, name: str) -> float:
    """A finding of `dog.csv` at a moment."""
    moments = [*life]
    if name == "lv_mass_g":
        healthy_g = MUSCLE_DENSITY * float(life[0].parameters["wall_lv"][0])
        return healthy_g * at(moments, when, "wall_ratio")
    if name == "cardiac_output_l_min":
        return ml_s_to_l_min(at(moments, when, "output"))
    own = {
        "lv_edv_ml": "edv_ml",
        "lv_edp_mmhg": "edp_mmhg",
        "aortic_mean_mmhg": "map_mmhg",
        "regurgitant_fraction_percent": "rf_percent",
        "heart_rate_bpm": "rate_bpm",
    }
    return at(moments, when, own[name])


def kleaveland() -> str:
    """Three months of the dogs of 1988, visit by visit."""
    life = of_case("dog")
    recorded = {(int(r["day"]), r["finding"]): r for d in _WHEN for r in dog.recorded(d)}
    lines = []
    for name, label in _FINDINGS.items():
        for day, when in _WHEN.items():
            row = recorded.get((day, name))
            if row is None:
                continue
            value, mean = _value(life, when, name), float(row["mean"])
            shown, verdict = "", ""
            if not label.endswith("(driver)"):
                own, known = row["sd"], recorded[-1, name]["sd"]
                sd = float(own or known or _PRESSURE_SD)
                shown = (
                    f"{sd:g}" if own else f"{sd:g} ({'before the leak' if known else 'assumed'})"
                )
                verdict = met(value, mean - sd, mean + sd)
            lines.append([label, f"{day}", row["mean"], shown, f"{value:.1f}", verdict])
    return table(["finding", "day", "recorded", "SD", "model", "within one SD"], lines)


def carabello() -> str:
    """Growth in three months of a constant regurgitant fraction of 0.64."""
    life = [*of_case("dog 64")]
    lines = []
    for name, (label, grown, allowed) in _RATIOS.items():
        value = 100.0 * (at(life, "90 d", name) - 1.0)
        verdict = met(value, grown - allowed, grown + allowed)
        lines.append([label, f"+{grown:g} ± {allowed:g}", f"{value:+.0f}", verdict])
    fraction = f"{at(life, '90 d', 'rf_percent'):.1f}"
    lines.append(["RF % (driver)", "64", fraction, ""])
    return table(["growth in 90 days %", "recorded, allowed", "model", "met"], lines)
