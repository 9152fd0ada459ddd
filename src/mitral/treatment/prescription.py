"""A treatment with its doses, as a person writes it: 'repair', 'diuretic:400mL', 'teer:2clips'.

Further doses follow by name, 'replacement:29mm,chords=cut'. The main dose may be asked for by
what it should reach instead, 'nitroprusside:map=71'.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mitral.errors import InputError, out_of_range, unknown_name
from mitral.treatment.catalogue import find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mitral.treatment.catalogue import Dose, Treatment

INDICES = {
    "map": "aortic_mean_mmhg",
    "svr": "systemic_vascular_resistance_dyn_s_cm5",
    "hr": "heart_rate_bpm",
    "lap": "la_pressure_mean_mmhg",
}
"""Findings that a dose can be set by."""
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(\S*)", re.IGNORECASE)
_TO_UNIT = {("l", "mL"): 1000.0, ("cm", "mm"): 10.0, ("mm2", "cm²"): 0.01, ("mm²", "cm²"): 0.01}
"""Factors from units that a person may write to a dose's own."""
_SPELLINGS = {
    "clip": "clips",
    "ml": "mL",
    "cm2": "cm²",
    "/min": "bpm",
    "beats/min": "bpm",
    "percent": "%",
}


@dataclass(frozen=True)
class Prescription:
    """A `treatment` with its `doses` by name; `target`: a finding and the value it should have."""

    treatment: Treatment
    doses: Mapping[str, float]
    target: tuple[str, float] | None = None

    @property
    def text(self) -> str:
        """Treatment and doses as a person reads them: 'diuretic (fluid 400 mL)'."""
        given = [
            _written(dose, self.doses[dose.name])
            for dose in self.treatment.doses
            if dose.name in self.doses
        ]
        return self.treatment.name + (f" ({', '.join(given)})" if given else "")

    def at(self, amount: float) -> Prescription:
        """The same with another main dose."""
        main = self.treatment.doses[0].name
        return Prescription(self.treatment, {**self.doses, main: amount}, self.target)

    def as_dict(self) -> dict[str, object]:
        """Ready for JSON: treatment, each dose with its unit, and what it was set by."""
        units = {dose.name: dose.unit for dose in self.treatment.doses}
        doses = [
            {"name": name, "value": value, "unit": units[name]}
            for name, value in self.doses.items()
        ]
        by = None if self.target is None else {"finding": self.target[0], "value": self.target[1]}
        return {"treatment": self.treatment.name, "doses": doses, "set_by": by}


def _written(dose: Dose, value: float) -> str:
    words = [word for word, number in dose.choices.items() if number == value]
    if words:
        return f"{dose.name} {words[0]}"
    unit = dose.unit if dose.unit not in ("1", dose.name) else ""
    return f"{dose.name} {value:.4g} {unit}".rstrip()


def prescribe(text: str) -> Prescription:
    """The prescription that a text stands for; an `InputError` says what cannot be understood."""
    name, _, rest = text.partition(":")
    treatment = find(name.strip())
    doses = {d.name: d.usual for d in treatment.doses if d.usual is not None}
    items = [item.strip() for item in rest.split(",") if item.strip()]
    if items and not treatment.doses:
        raise InputError(f"{treatment.name} has no dose; leave out ':{rest}'")
    target = None
    for item in items:
        left, equals, right = (part.strip() for part in item.partition("="))
        if equals and left.lower() in INDICES:
            target = INDICES[left.lower()], _plain_number(item, right)
            continue
        dose = _dose(treatment, left) if equals else treatment.doses[0]
        doses[dose.name] = _amount(treatment, dose, right if equals else left)
    return Prescription(treatment, doses, target)


def _dose(treatment: Treatment, name: str) -> Dose:
    known = {dose.name: dose for dose in treatment.doses}
    if name not in known:
        raise InputError(
            f"{treatment.name} has no dose '{name}'; it has {', '.join(known)}, and the first may "
            f"be given by what it should reach ({', '.join(INDICES)})"
        )
    return known[name]


def _plain_number(item: str, text: str) -> float:
    match = _NUMBER.fullmatch(text)
    if match is None or not math.isfinite(float(match[1])):
        raise InputError(f"{item} is not understood; write e.g. map=71")
    return float(match[1])


def _amount(treatment: Treatment, dose: Dose, text: str) -> float:
    """A dose from its text, in its own unit and within its range."""
    name = f"{dose.name} of {treatment.name}"
    if dose.choices:
        if text not in dose.choices:
            raise unknown_name(name, text, dose.choices)
        return dose.choices[text]
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise InputError(
            f"{name} is '{text}', not a number; write e.g. {treatment.name}:{dose.low:g}"
            f"{'' if dose.unit == '1' else dose.unit}"
        )
    value, unit = float(match[1]), _SPELLINGS.get(match[2].lower(), match[2])
    if unit and unit != dose.unit:
        factor = _TO_UNIT.get((unit.lower(), dose.unit))
        if factor is None:
            right = "no unit" if dose.unit == "1" else dose.unit
            raise InputError(f"{name}: unit '{unit}' cannot be used; give {right}")
        value *= factor
    if not (math.isfinite(value) and dose.low <= value <= dose.high):
        raise out_of_range(name, value, "" if dose.unit == "1" else dose.unit, dose.low, dose.high)
    if dose.whole and value != round(value):
        raise InputError(f"{name} is {value:g}, not a whole number")
    return value
