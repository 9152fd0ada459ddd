"""A treated heart: the parameters after one or several treatments, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from mitral.errors import InputError
from mitral.treatment.catalogue import catalogue
from mitral.treatment.change import annulus_mm, change, forward_area_cm2, refuse_ring

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from mitral.treatment.catalogue import Caution, Change, Treatment
    from mitral.treatment.prescription import Prescription

_RING = "ring"


@dataclass(frozen=True)
class Treated:
    """A heart after treatment.

    `parameters`: one record; `laws`: factors on constants of the slow laws, while it lasts;
    `drive`: sympathetic drive of the days after an operation (not in the parameters, it fades);
    `warnings`: sentences.
    """

    parameters: np.ndarray
    laws: Mapping[str, float]
    drive: float
    warnings: tuple[str, ...]


def treated(
    p: np.ndarray,
    drives: Sequence[float],
    given: Sequence[Prescription],
    findings: Mapping[str, float | bool] | None = None,
    *,
    check: bool = True,
) -> Treated:
    """The heart `p` (one record) after the treatments `given`, in their order.

    `drives`: the reflex drives (s_b, s_a) before; an effector that a drug holds stays at them.
    `findings` of the examination before, by name, for warnings. `check`: False where all this was
    asked before, of the same person on an earlier day.
    Raises `InputError` for treatments that exclude each other or that make no sense in this heart.
    """
    if check:
        check_together([one.treatment for one in given])
    q, laws, warnings, drive = p.copy(), dict[str, float](), list[str](), 0.0
    for one in given:
        treatment = one.treatment
        if check:
            _check_needs(q, treatment)
            seen = {**(findings or {}), "forward_area_cm2": forward_area_cm2(q)}
            seen["annulus_mm"] = annulus_mm(q)
            warnings += [_sentence(treatment, c, seen) for c in treatment.cautions if _met(c, seen)]
            if _RING in one.doses:
                refuse_ring(q, one.doses[_RING])
        for step in treatment.changes:
            if not treatment.doses or step.dose in one.doses:
                _change(q, one, step)
        _hold(q, drives, treatment)
        drive = max(drive, treatment.drive)
        for name, factor in treatment.laws.items():
            laws[name] = laws.get(name, 1.0) * factor
    return Treated(q, laws, drive, tuple(warnings))


def check_together(treatments: Sequence[Treatment]) -> None:
    """An `InputError` if treatments cannot be given together, or one is given twice."""
    for one, other in combinations(treatments, 2):
        if one is other:
            raise InputError(f"{one.name} is given twice; give it once, with the dose wanted")
        for waiting, active in ((one, other), (other, one)):
            if waiting.kind == "none":
                raise InputError(
                    f"{waiting.name} and {active.name} exclude each other: waiting is no treatment"
                )
        for names, why in catalogue().contradictions:
            if {one.name, other.name} <= names:
                raise InputError(f"{one.name} and {other.name} exclude each other: {why}")


def _change(q: np.ndarray, one: Prescription, step: Change) -> None:
    try:
        change(q, step.parameter, step.law, step.by, one.doses.get(step.dose, 1.0))
    except InputError as error:
        raise InputError(f"{one.text} is too much for this heart: {error}") from error


def _check_needs(p: np.ndarray, treatment: Treatment) -> None:
    """An `InputError` if there is nothing to treat."""
    leaks = float(p["eroa"][0] + p["tether"][0]) > 0.0
    still = float(p["t_la"][0]) == 0.0
    missing = {
        "leak": None if leaks else "nothing leaks in this patient; give a cause or an orifice",
        "fibrillation": None if still else "the atria of this patient do not fibrillate (t_la 0)",
        "sinus_rhythm": "the atria of this patient fibrillate already" if still else None,
    }
    if missing.get(treatment.needs):
        raise InputError(f"{treatment.name} has nothing to treat: {missing[treatment.needs]}")


def _met(caution: Caution, seen: Mapping[str, float | bool]) -> bool:
    value = seen.get(caution.of)
    return value is not None and (value < caution.below or value > caution.above)


def _sentence(treatment: Treatment, caution: Caution, seen: Mapping[str, float | bool]) -> str:
    return f"{treatment.name}: {caution.text} ({caution.of} {seen[caution.of]:.3g})"


def _hold(q: np.ndarray, drives: Sequence[float], treatment: Treatment) -> None:
    """Let the drug hold its share of arterioles and veins at the drives before it."""
    for name, share in (("held_r", treatment.held_r), ("held_v", treatment.held_v)):
        q[name] = 1.0 - (1.0 - q[name]) * (1.0 - share)
    if treatment.held_r or treatment.held_v:
        q["drive_b_before"], q["drive_a_before"] = drives[0], max(drives[1], 0.0)
