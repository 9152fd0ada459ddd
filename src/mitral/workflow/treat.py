"""A patient's beat before and after treatment: the acute effect, with the reflex at work."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mitral.beat.settled import beat_of
from mitral.errors import InputError, NotSettledError
from mitral.solver.solve import solve
from mitral.treatment.apply import Treated, check_together, treated
from mitral.treatment.prescription import Prescription, prescribe
from mitral.treatment.valve import anatomy_after
from mitral.workflow.beat import SettledBeat, simulate
from mitral.workflow.person import provenance, surface_m2

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mitral.patient.record import Patient

ENERGETICS = (
    "stroke_work_j",
    "potential_energy_j",
    "pressure_volume_area_j",
    "mvo2_ml_min_100g",
    "efficiency_percent",
)
"""What the beat costs the muscle, by name in the examination."""
_TRIES, _CLOSE = 40, 2e-4
"""Solves to find a dose, and how exactly (share of the finding) it has to reach its target."""


@dataclass(frozen=True)
class BeforeAfter:
    """The same heart `before` and `after` the treatments `given`, both settled.

    `effect`: the treated parameters and what lasts (factors on slow laws, drive after an
    operation); `warnings` in sentences.
    """

    before: SettledBeat
    after: SettledBeat
    given: tuple[Prescription, ...]
    effect: Treated

    @property
    def patient(self) -> Patient:
        """The patient, as given."""
        return self.before.patient

    @property
    def warnings(self) -> tuple[str, ...]:
        """What speaks against a treatment in this heart, in sentences."""
        return self.effect.warnings

    @property
    def title(self) -> str:
        """The treatments with their doses, in words."""
        return " and ".join(one.text for one in self.given)

    def changes(self) -> dict[str, dict[str, float | None]]:
        """Of each numeric finding: `before`, `after`, `change` and `percent`; None: not known."""
        after = self.after.exam.as_dict()
        return {
            name: change(value, after[name])
            for name, value in self.before.exam.as_dict().items()
            if not isinstance(value, bool)
        }

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON: before and after with exam and grade, doses, changes, energetics."""
        parts = {"before": self.before.as_dict(), "after": self.after.as_dict()}
        changes = self.changes()
        settings = {"reflex": self.before.reflex, "changes": self.before.changes}
        return {
            **{k: {"exam": v["exam"], "grade": v["grade"]} for k, v in parts.items()},
            "dose": [one.as_dict() for one in self.given],
            "changes": changes,
            "energetics": {name: changes[name] for name in ENERGETICS},
            "warnings": list(self.warnings),
            "provenance": provenance(
                self.patient, settings | {"treatments": [one.text for one in self.given]}
            ),
        }


def change(before: float, after: float) -> dict[str, float | None]:
    """A finding `before` and `after`, its `change` and that in `percent`; None: not known."""
    known = [value if math.isfinite(value) else None for value in (before, after)]
    difference = after - before
    percent = 100.0 * difference / abs(before) if before else math.nan
    made = [value if math.isfinite(value) else None for value in (difference, percent)]
    return dict(zip(("before", "after", "change", "percent"), known + made, strict=True))


def treat(
    patient: Patient | None = None,
    with_: Sequence[str | Prescription] | str = (),
    *,
    already: Sequence[str | Prescription] | str = (),
    changes: Mapping[str, str | float] | None = None,
    reflex: bool = True,
) -> BeforeAfter:
    """Treat a patient and settle the beat again: minutes later, before anything has grown.

    `with_`: treatments as written, 'repair', 'diuretic:400mL', 'nitroprusside:map=71', given in
    this order. `already`: treatments in force before. `changes`: parameters changed on top of the
    patient, before treatment. `reflex`: whether short-term control acts; it cannot undo what a drug
    holds.
    Raises `InputError` for what cannot be used or reached, `NotSettledError` if no beat repeats.
    """
    given = prescribed(with_)
    if not given:
        raise InputError("no treatment is given; `mitral treatments` lists them")
    before = treated_beat(patient, already, changes=changes, reflex=reflex)
    given = _dosed(before, given)
    after, effect = after_treatment(before, given)
    return BeforeAfter(before, after, tuple(given), effect)


def prescribed(wanted: Sequence[str | Prescription] | str) -> list[Prescription]:
    """The prescriptions that one text or several stand for."""
    texts = [wanted] if isinstance(wanted, str) else wanted
    return [one if isinstance(one, Prescription) else prescribe(one) for one in texts]


def treated_beat(
    patient: Patient | None = None,
    already: Sequence[str | Prescription] | str = (),
    *,
    changes: Mapping[str, str | float] | None = None,
    reflex: bool = True,
) -> SettledBeat:
    """The settled beat of a patient who is treated `already`; without treatments as `simulate`."""
    given = prescribed(already)
    beat = simulate(patient, changes=changes, reflex=reflex)
    return after_treatment(beat, _dosed(beat, given))[0] if given else beat


def after_treatment(
    before: SettledBeat, given: Sequence[Prescription]
) -> tuple[SettledBeat, Treated]:
    """The settled beat after treatment of a settled beat, and what was changed."""
    check_together([one.treatment for one in (*before.given, *given)])
    drives = before.beat.drives if before.reflex else (0.0, 0.0)
    effect = treated(before.parameters, drives, given, before.exam.as_dict())
    solution = solve(effect.parameters, reflex=before.reflex, start=before.beat.start)
    if solution.code:
        solution = solve(effect.parameters, reflex=before.reflex)
    after = SettledBeat(
        before.patient,
        effect.parameters,
        beat_of(solution, effect.parameters, surface_m2(before.patient)),
        before.reflex,
        before.changes,
        anatomy_after(before.anatomy, given),
        (*before.given, *given),
    )
    if solution.code:
        raise NotSettledError(f"after treatment: {solution.message}", after)
    return after, effect


def _dosed(before: SettledBeat, given: Sequence[Prescription]) -> list[Prescription]:
    """The prescriptions with the dose that reaches its target, where one is given."""
    aims = [i for i, one in enumerate(given) if one.target is not None]
    if len(aims) > 1:
        raise InputError("only one dose can be set by what it should reach; give the others")
    made = list(given)
    for i in aims:
        made[i] = _reach(before, given, i)
    return made


def _reach(before: SettledBeat, given: Sequence[Prescription], which: int) -> Prescription:
    """Prescription `which` with the dose that brings its finding to the target (regula falsi)."""
    one = given[which]
    dose, (finding, wanted) = one.treatment.doses[0], one.target or ("", 0.0)
    if dose.whole or dose.choices:
        raise InputError(f"{dose.name} of {one.treatment.name} cannot be set by {finding}")

    def miss(amount: float) -> float:
        trial = [one.at(amount) if i == which else other for i, other in enumerate(given)]
        after, _ = after_treatment(before, trial)
        return float(getattr(after.exam, finding)) - wanted

    low, high = dose.low, dose.high
    at_low, at_high = miss(low), miss(high)
    if at_low * at_high > 0.0:
        ends = sorted((wanted + at_low, wanted + at_high))
        raise InputError(
            f"{one.treatment.name} cannot bring {finding} to {wanted:g} in this patient: doses "
            f"from {dose.low:g} to {dose.high:g} {'' if dose.unit == '1' else dose.unit} give "
            f"{ends[0]:.4g} to {ends[1]:.4g} (before: {getattr(before.exam, finding):.4g})"
        )
    middle = low
    for _ in range(_TRIES):
        middle = (low * at_high - high * at_low) / (at_high - at_low)
        found = miss(middle)
        if abs(found) <= _CLOSE * abs(wanted):
            break
        # Illinois: the end that stays counts half, so that both ends close in
        if found * at_high > 0.0:
            high, at_high, at_low = middle, found, 0.5 * at_low
        else:
            low, at_low, at_high = middle, found, 0.5 * at_high
    return one.at(middle)
