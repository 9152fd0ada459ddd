"""What is known of a state, as a flat mapping from datum to value: what guidelines ask about."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING

from mitral.measure.exam import Exam
from mitral.treatment.guideline import guidelines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mitral.grade.severity import Grade
    from mitral.measure.anatomy import Anatomy
    from mitral.treatment.logic import Fact


def facts_of(
    exam: Exam,
    grade: Grade | None,
    anatomy: Anatomy,
    *,
    bsa_m2: float,
    symptomatic: bool | None = None,
    compromised: bool | None = None,
    cause: str | None = None,
    circumstances: Mapping[str, Fact] | None = None,
) -> dict[str, Fact]:
    """Every datum that is known of a state; None where nothing is.

    `exam` (NaN: not measured), `grade` of the leak (None: not gradable), `anatomy`, body surface
    `bsa_m2` (m²). `symptomatic`, `compromised`: None if not known. `cause`: tells mechanism and
    aetiology. `circumstances`: what the person's file tells; it outweighs what the cause implies.
    """
    known = guidelines()
    measured = {field.name for field in fields(Exam)} & known.data.keys()
    facts: dict[str, Fact] = dict.fromkeys(known.data)
    facts |= {name: _number(getattr(exam, name)) for name in measured}
    facts |= {
        "lvesd_index_mm_m2": _number(exam.lvesd_mm / bsa_m2),
        "pulmonary_vein_reversal": _reversal(exam),
        "leak": None if grade is None else grade.severity,
        "acute": anatomy.acute,
        "symptomatic": symptomatic,
        "compromised": compromised,
    }
    told = {name: fact for name, fact in (circumstances or {}).items() if fact is not None}
    return facts | dict(known.causes.get(cause or "", {})) | told


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _reversal(exam: Exam) -> bool | None:
    """More flow backward than forward in systole, as in the grade; None if it was not looked at."""
    seen = exam.pulmonary_vein_systolic_reversal
    if not (seen or math.isfinite(exam.pulmonary_vein_s_d_ratio)):
        return None
    return bool(seen) and not exam.pulmonary_vein_s_d_vti_ratio >= 0.0
