"""The stage A to D of a chronic leak, with its reasons.

Primary: A at risk, B progressive (mild or moderate), C severe without symptoms, D severe with
symptoms; C2 when the ventricle is failing (EF up to 60 % or end-systolic diameter from 40 mm), C1
when not. Secondary: the same letters without C1 and C2, the ventricle being the cause. The document
stages chronic leaks: an acute one has no stage. How severe a leak is follows the grade, not the
document's own table; a mild one counts as B, although the document's A admits a small central jet.
Source: Otto 2021; see `criteria.yaml` for what was transcribed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mitral.grade.criteria import compare, criteria
from mitral.measure.anatomy import NOT_SEEN

if TYPE_CHECKING:
    from mitral.grade.severity import Grade
    from mitral.measure.anatomy import Anatomy
    from mitral.measure.exam import Exam

STAGES = {
    "none": "no stage",
    "A": "at risk",
    "B": "progressive",
    "C": "asymptomatic severe",
    "C1": "asymptomatic severe, ventricle compensated",
    "C2": "asymptomatic severe, ventricle decompensated",
    "D": "symptomatic severe",
}
"""What the letters mean; C alone only in a secondary leak."""


@dataclass(frozen=True)
class Stage:
    """The stage of a leak: `letter` and `label` of `STAGES`, `reasons` in words, `document`."""

    letter: str
    label: str
    reasons: tuple[str, ...]
    document: str

    def as_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return {
            "letter": self.letter,
            "label": self.label,
            "reasons": list(self.reasons),
            "document": self.document,
        }


def stage(
    exam: Exam,
    grade: Grade,
    anatomy: Anatomy = NOT_SEEN,
    symptomatic: bool | None = None,
    at_risk: bool = False,
) -> Stage:
    """The stage of an examined and graded leak.

    `symptomatic`: breathless or tired, at rest or on exertion; None if nobody has asked. `at_risk`:
    a disease or exposure that can make the valve leak. Raises `InputError` when an ejection
    fraction or end-systolic diameter is asked for and was not measurable.
    """
    letter, reasons = _decide(exam, grade, anatomy, symptomatic, at_risk)
    leak = f"Leak: {grade.severity} ({grade.document})."
    document = criteria().documents["accaha2020"].name
    return Stage(letter, STAGES[letter], (leak, *reasons), document)


def _decide(
    exam: Exam, grade: Grade, anatomy: Anatomy, symptomatic: bool | None, at_risk: bool
) -> tuple[str, list[str]]:
    """The letter, and why."""
    if grade.severity in ("none", "trace"):
        return _without_leak(grade, at_risk)
    if anatomy.acute:
        return "none", ["The leak is acute: the document stages chronic leaks."]
    if grade.severity != "severe":
        return "B", ["Symptoms make stage D of a severe leak only."] if symptomatic else []
    if symptomatic:
        persist = "Secondary leak: the document presumes symptoms that persist under full therapy."
        return "D", ["Symptoms are present.", *([persist] if anatomy.secondary else [])]
    asked = "No symptoms." if symptomatic is False else "Symptoms are not known; any make it D."
    if anatomy.secondary:
        return "C", [asked, "Secondary leak: C is not divided."]
    preserved, ef = compare("EF", exam.lv_ef_percent, "stage_ef_percent", strict=True)
    large, lvesd = compare("LVESD", exam.lvesd_mm, "stage_lvesd_mm")
    return "C1" if preserved and not large else "C2", [asked, f"{ef}.", f"{lvesd}."]


def _without_leak(grade: Grade, at_risk: bool) -> tuple[str, list[str]]:
    """A if something can make the valve leak: a risk that is given, or a lesion that is seen."""
    structure = next(verdict for verdict in grade.verdicts if verdict.name == "structure")
    reasons = ["At risk of a leak."] if at_risk else []
    if structure.verdict not in ("normal", "unknown"):
        reasons.append(f"Valve structure: {structure.value}.")
    return ("A", reasons) if reasons else ("none", ["Neither a lesion nor a risk is known."])
