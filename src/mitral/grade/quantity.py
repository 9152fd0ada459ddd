"""Orifice, volume and fraction: the grade of each, and the one grade they make together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mitral.grade.criteria import criteria
from mitral.grade.signs import grade_of

if TYPE_CHECKING:
    from mitral.grade.timing import Timing
    from mitral.measure.exam import Exam

ROMAN = ("", "I", "II", "III", "IV")
EROA, VOLUME, FRACTION = "eroa", "regurgitant_volume", "regurgitant_fraction"
_WORDS = {EROA: ("EROA", 2, "cm²"), VOLUME: ("volume", 0, "mL"), FRACTION: ("fraction", 0, "%")}
"""Short name, usual decimals and unit of each quantity."""


def value_of(exam: Exam, name: str) -> float:
    """The number of the exam behind a quantity."""
    return float(getattr(exam, criteria().parameters[name].fields[0]))


def in_words(exam: Exam, name: str) -> str:
    """A quantity with number and unit, so many decimals that rounding does not lift its grade."""
    word, decimals, unit = _WORDS[name]
    row, value = criteria().parameters[name], value_of(exam, name)
    while decimals < 4 and grade_of(round(value, decimals), row) != grade_of(value, row):
        decimals += 1
    return f"{word} {value:.{decimals}f} {unit}"


def grades(exam: Exam) -> dict[str, int]:
    """Grade 1 to 4 of each of the three quantities that is measurable."""
    found = {}
    for name in (EROA, VOLUME, FRACTION):
        value = value_of(exam, name)
        if math.isfinite(value):
            found[name] = grade_of(value, criteria().parameters[name])
    return found


def combine(found: dict[str, int], timing: Timing) -> tuple[int, str]:
    """One grade from those of the three quantities, and the sentence that says how.

    Three are known: the middle one, so that two that agree outvote the third and none decides
    alone. Two are known: the higher, since each of them fails by being too small (low flow, high
    LA pressure). A leak of part of systole: the volume alone, since an orifice says nothing of
    how long it is open. The document lists the three side by side without such a rule; except
    for the last one it is this program's own.
    """
    if timing.partial and VOLUME in found:
        grade = found[VOLUME]
        return grade, f"The leak spares part of systole: the volume decides, grade {ROMAN[grade]}."
    ordered = sorted(found.values())
    if len(ordered) == 1:
        grade, how = ordered[0], "The only known quantity gives"
    elif len(set(ordered)) == 1:
        grade, how = ordered[0], "All known quantities agree on"
    elif len(ordered) == 2:
        grade, how = ordered[1], "The higher of the two known quantities gives"
    else:
        grade, how = ordered[1], "The middle of the three gives"
    return grade, f"{how} grade {ROMAN[grade]}."


def sentence(exam: Exam, found: dict[str, int]) -> str:
    """All known quantities with their grades, in one sentence."""
    parts = [f"{in_words(exam, name)} (grade {ROMAN[grade]})" for name, grade in found.items()]
    return f"Quantities: {', '.join(parts)}."
