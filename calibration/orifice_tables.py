"""Tables of the orifice within systole: functional, late in systole, all through it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from calibration.markdown import fulfilled, table
from mitral.disease.causes import find
from mitral.patient.record import Patient
from mitral.workflow import simulate

if TYPE_CHECKING:
    from mitral.beat.beat import Beat
    from mitral.workflow import SettledBeat

_FUNCTIONAL = ("ventricular_functional", "ischaemic")
_LATE = "late_systolic_prolapse"
_JET_SHARE = 0.1
"""The orifice is looked at while the leak exceeds this share of its greatest flow."""
_ROUNDS = 6
_HEAD = ["leak", "early cm²", "mid cm²", "late cm²"]


def _thirds(result: SettledBeat) -> list[str]:
    e = result.exam
    return [f"{v:.2f}" for v in (e.eroa_early_cm2, e.eroa_mid_cm2, e.eroa_late_cm2)]


def functional() -> str:
    """The functional orifice early, in the middle and late in systole."""
    lines = []
    for name in _FUNCTIONAL:
        e = (result := simulate(Patient(cause=name))).exam
        yes = min(e.eroa_early_cm2, e.eroa_late_cm2) > e.eroa_mid_cm2
        lines.append([find(name).label, *_thirds(result), f"{e.eroa_cm2:.2f}"])
        lines[-1] += [f"{e.regurgitant_volume_ml:.0f}", "early and late above mid", fulfilled(yes)]
    return table([*_HEAD, "EROA cm²", "volume mL", "required", "met"], lines)


def peak_orifice(beat: Beat) -> float:
    """Largest orifice (cm²) while it leaks."""
    back = -beat["q_mr"]
    return float(np.max(beat["ero"][back > _JET_SHARE * back.max()]))


@cache
def _pair() -> tuple[SettledBeat, SettledBeat]:
    """A late-systolic leak and a holosystolic one whose orifice has the same peak."""
    late = simulate(Patient(cause=_LATE))
    lesion = find(_LATE).eroa_cm2
    whole, wanted = late, peak_orifice(late.beat)
    for _ in range(_ROUNDS):
        whole = simulate(Patient(cause=_LATE, eroa_cm2=lesion), changes={"late_share": 0.0})
        lesion *= wanted / peak_orifice(whole.beat)
    return late, whole


def late_or_holosystolic() -> str:
    """The volume of a late-systolic and of a holosystolic leak of one peak orifice."""
    lines = []
    for label, result in zip(("late systolic", "holosystolic"), _pair(), strict=True):
        volume, peak = result.exam.regurgitant_volume_ml, peak_orifice(result.beat)
        lines.append([label, *_thirds(result), f"{peak:.3f}", f"{volume:.0f}", "", ""])
    a, b = (result.exam.regurgitant_volume_ml for result in _pair())
    lines[0][-2:] = ["less than the holosystolic", fulfilled(a < b)]
    return table([*_HEAD, "peak cm²", "volume mL", "required", "met"], lines)
