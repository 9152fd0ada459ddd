"""The picture of a simulated patient: which findings stand in its head, what it is drawn beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mitral
from mitral.files import atomic
from mitral.parameters.parameter import SET_NAME
from mitral.report import figures

if TYPE_CHECKING:
    from pathlib import Path

    from mitral.workflow import SettledBeat


def numbers(result: SettledBeat) -> dict[str, str]:
    """The findings that stand above the picture, formatted."""
    exam = result.exam
    head = {
        "EF": f"{exam.lv_ef_percent:.0f} %",
        "forward": f"{exam.forward_stroke_volume_ml:.0f} mL",
        "LA": f"{exam.la_pressure_mean_mmhg:.0f} mmHg",
        "rate": f"{exam.heart_rate_bpm:.0f} /min",
        "grade": result.grade.severity,
    }
    if exam.eroa_cm2 > 0.0:
        leak = f"{exam.regurgitant_volume_ml:.0f} mL"
        head = {"orifice": f"{exam.eroa_cm2:.2f} cm²", "leak": leak} | head
    return head


def picture(result: SettledBeat, reference: SettledBeat | None, path: Path | None) -> Any:
    """Draw a result, its reference dashed, and write it to `path` when given."""
    p = result.patient
    body = f"{p.age_years:g} years, {p.sex}, {p.height_cm:g} cm, {p.weight_kg:g} kg"
    control = "reflex on" if result.reflex else "reflex off"

    def draw(target: Path | None) -> Any:
        return figures.draw(
            result.beat,
            title=p.name,
            subtitle=f"{body}; {control}",
            numbers=numbers(result),
            reference=None if reference is None else reference.beat,
            provenance=f"mitral {mitral.__version__}, parameter set {SET_NAME}",
            path=target,
        )

    if path is None:
        return draw(None)
    with atomic(path) as beside:
        return draw(beside)
