"""The integrated severity of a leak after ASE 2017, with its reasons in words.

1. Does the leak last throughout systole? 2. At least four specific signs of mild, or of severe,
decide. 3. Otherwise orifice, volume and fraction: grade I mild, II moderate, III moderate (severe
with three specific signs of severe), IV severe. This program adds: no leak and a trace below the
document's mild; one grade from three quantities (`quantity.combine`); signs of mild do not hide
quantities of grade III or IV. Source: Zoghbi 2017; see `criteria.yaml` for what was transcribed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mitral.errors import InputError
from mitral.grade import disagreement, quantity, signs, timing
from mitral.grade.criteria import criteria, cutoff
from mitral.grade.quantity import EROA, FRACTION, ROMAN, VOLUME
from mitral.measure.anatomy import NOT_SEEN, Anatomy

if TYPE_CHECKING:
    from mitral.grade.verdict import Verdict
    from mitral.measure.exam import Exam

SEVERITIES = ("none", "trace", "mild", "moderate", "severe")
"""In rising order."""
_SEVERITY_OF_GRADE = ("", "mild", "moderate", "moderate", "severe")
_TRACE_LIMITS = {
    EROA: "trace_eroa_cm2",
    VOLUME: "trace_volume_ml",
    FRACTION: "trace_fraction_percent",
}


@dataclass(frozen=True)
class Grade:
    """How severe a leak is, and why.

    `severity`, one of `SEVERITIES`; `ase_grade` 'I' to 'IV' ('' when no leak or a trace);
    `document`; `summary` in one sentence; `reasons`, the way to it; `verdicts`, each parameter.
    """

    severity: str
    ase_grade: str
    document: str
    summary: str
    reasons: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    def as_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return {
            "severity": self.severity,
            "ase_grade": self.ase_grade,
            "document": self.document,
            "summary": self.summary,
            "reasons": list(self.reasons),
            "verdicts": [verdict.as_dict() for verdict in self.verdicts],
        }


def grade(exam: Exam, anatomy: Anatomy = NOT_SEEN) -> Grade:
    """The severity of the leak of one examined beat; `anatomy`: what is known of the valve."""
    found = quantity.grades(exam)
    if not found:
        raise InputError(
            "regurgitant volume, fraction and EROA are all missing; give at least one to be graded"
        )
    when = timing.when(exam)
    if exam.regurgitant_volume_ml < cutoff("no_leak_ml"):
        return _no_leak(exam, signs.judge_tight(exam, anatomy, when))
    verdicts = signs.judge(exam, anatomy, when)
    start = (when.sentence, _signs_in_words(verdicts), quantity.sentence(exam, found))
    if all(
        quantity.value_of(exam, name) < cutoff(limit)
        for name, limit in _TRACE_LIMITS.items()
        if name in found
    ):
        return _trace(exam, anatomy, start, verdicts)
    number, how = quantity.combine(found, when)
    severity, roman, why = _decide(verdicts, number)
    reasons = (
        *start,
        how,
        why,
        *disagreement.explain(exam, found, when),
        *_notes(exam, anatomy, severity),
    )
    summary = f"{severity.capitalize()} mitral regurgitation ({_document()}, grade {roman}): "
    summary += ", ".join(quantity.in_words(exam, name) for name in found) + "."
    return Grade(severity, roman, _document(), summary, reasons, verdicts)


def _document() -> str:
    """Short name of the document that is followed."""
    return criteria().documents["ase2017"].name


def _decide(verdicts: tuple[Verdict, ...], number: int) -> tuple[str, str, str]:
    """Severity, Roman grade and the deciding sentence, from the signs and the quantities' grade."""
    mild, severe = _specific(verdicts, "mild"), _specific(verdicts, "severe")
    roman = ROMAN[number]
    if len(severe) >= cutoff("signs_of_severe"):
        less = f", although the quantities give grade {roman}" if number < 4 else ""
        return "severe", "IV", f"{len(severe)} specific signs of severe decide: severe{less}."
    if len(mild) >= cutoff("signs_of_mild"):
        if number <= 2:
            more = ", although the quantities give grade II" if number == 2 else ""
            return "mild", "I", f"{len(mild)} specific signs of mild decide: mild{more}."
        why = f"{len(mild)} specific signs of mild contradict the quantities, which decide: "
        return _SEVERITY_OF_GRADE[number], roman, f"{why}{_SEVERITY_OF_GRADE[number]}."
    needed = cutoff("signs_in_grade_3")
    if number == 3 and len(severe) >= needed:
        return "severe", roman, f"Grade III with {len(severe)} specific signs of severe: severe."
    severity = _SEVERITY_OF_GRADE[number]
    why = f"Too few specific signs to decide; the quantities do: grade {roman}, {severity}"
    if number == 3:
        why += f" (severe from {needed:.0f} specific signs of severe)"
    return severity, roman, f"{why}."


def _specific(verdicts: tuple[Verdict, ...], grade_word: str) -> list[str]:
    """The specific signs of mild (a normal finding is one of them) or of severe."""
    words = ("normal", "mild") if grade_word == "mild" else (grade_word,)
    return [verdict.sign for verdict in verdicts if verdict.specific and verdict.verdict in words]


def _signs_in_words(verdicts: tuple[Verdict, ...]) -> str:
    """The specific signs found, by name, and what could not be judged."""
    parts = []
    for word in ("severe", "mild"):
        names = _specific(verdicts, word)
        listed = f" ({', '.join(names)})" if names else ""
        parts.append(f"{len(names)} of {word}{listed}")
    open_ = [verdict.label for verdict in verdicts if verdict.verdict == "unknown"]
    rest = f" Not decided: {', '.join(open_)}." if open_ else ""
    return f"Specific signs: {'; '.join(parts)}.{rest}"


def _no_leak(exam: Exam, verdicts: tuple[Verdict, ...]) -> Grade:
    """No leak but the closing of a healthy valve."""
    reason = (
        f"{exam.regurgitant_volume_ml:.1f} mL run back in a beat; below "
        f"{cutoff('no_leak_ml'):g} mL is no more than the closing of a healthy valve "
        "(this program's limit)."
    )
    return Grade("none", "", _document(), "No mitral regurgitation.", (reason,), verdicts)


def _trace(
    exam: Exam,
    anatomy: Anatomy,
    start: tuple[str, ...],
    verdicts: tuple[Verdict, ...],
) -> Grade:
    """A trace: a normal finding unless the valve is known to be abnormal."""
    structure = next(verdict for verdict in verdicts if verdict.name == "structure")
    if anatomy.structurally_normal:
        meaning = "a normal finding, the valve being structurally normal"
    elif structure.verdict == "unknown":
        meaning = "a normal finding if the valve is structurally normal"
    else:
        meaning = "here from a valve that is not structurally normal"
    known = ", ".join(quantity.in_words(exam, name) for name in quantity.grades(exam))
    reason = (
        f"Below {cutoff('trace_eroa_cm2'):g} cm², {cutoff('trace_volume_ml'):g} mL and "
        f"{cutoff('trace_fraction_percent'):g} % this program speaks of a trace; the document "
        f"gives no limit. It is {meaning}."
    )
    summary = f"Trace mitral regurgitation ({known}): {meaning}."
    return Grade("trace", "", _document(), summary, (*start, reason), verdicts)


def _notes(exam: Exam, anatomy: Anatomy, severity: str) -> list[str]:
    """What has to be known beside the grade: acute, secondary, an orifice that changes."""
    notes = []
    row = criteria().parameters[EROA]
    mean, largest = exam.eroa_cm2, exam.eroa_pisa_cm2
    wider = largest > cutoff("widest_ratio") * mean
    if wider and signs.grade_of(largest, row) > signs.grade_of(mean, row):
        notes.append(
            f"At its widest (flow convergence) the orifice is {largest:.2f} cm², over the whole of "
            f"systole {mean:.2f} cm²: the peak alone would overstate the leak."
        )
    if anatomy.acute:
        la, v_wave = exam.la_pressure_mean_mmhg, exam.la_v_wave_mmhg
        known = math.isfinite(la + v_wave)
        numbers = f" (mean {la:.0f}, v wave {v_wave:.0f} mmHg)" if known else ""
        notes.append(
            f"The leak is acute: LA pressure{numbers} works against the jet, so that orifice and "
            "colour may understate it; normal LV and LA size are expected."
        )
    if anatomy.secondary and severity != "severe":
        notes += _secondary(exam)
    return notes


def _secondary(exam: Exam) -> list[str]:
    """The lower limits of another document for a secondary leak, when they are reached."""
    name = criteria().documents["esc2021"].name
    notes = []
    if exam.eroa_cm2 >= cutoff("secondary_eroa_cm2"):
        notes.append(
            f"Secondary leak: {name} counts an EROA from {cutoff('secondary_eroa_cm2'):.2f} cm² as "
            f"possibly severe when the orifice is elliptical (here {exam.eroa_cm2:.2f} cm²)."
        )
    index = disagreement.forward_index_ml_m2(exam)
    volume = exam.regurgitant_volume_ml
    if volume >= cutoff("secondary_volume_ml") and index < cutoff("low_flow_ml_m2"):
        notes.append(
            f"Secondary leak: {name} counts a volume from {cutoff('secondary_volume_ml'):.0f} mL "
            f"as possibly severe in low flow (here {volume:.0f} mL, forward {index:.0f} mL/m²)."
        )
    return notes
