"""The grade of findings that somebody has, without a simulation."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING

from mitral.disease.causes import anatomy_of
from mitral.errors import InputError, unknown_name
from mitral.grade.severity import Grade, grade
from mitral.measure.exam import Exam

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES_OR_NO = {field.name for field in fields(Exam) if field.type == "bool"}


def grade_findings(findings: Mapping[str, float | bool], cause: str | None = None) -> Grade:
    """Grade findings, by their names in the examination; what is left out is not known.

    `cause`: what a look at the valve has shown. Raises `InputError` for a finding that is unknown
    or no number, and if volume, fraction and orifice are all missing.
    """
    known = {field.name for field in fields(Exam)}
    found: dict[str, float | bool] = {}
    for name in known:
        found[name] = False if name in _YES_OR_NO else math.nan
    for name, value in findings.items():
        if name not in known:
            raise unknown_name("finding", name, known)
        if name in _YES_OR_NO:
            if not isinstance(value, bool):
                raise InputError(f"{name} is {value:g}; it is true or false")
        elif isinstance(value, bool) or not math.isfinite(value):
            raise InputError(f"{name} is {str(value).lower()}, not a number")
        found[name] = value
    return grade(Exam(**found), anatomy_of(cause))  # pyright: ignore[reportArgumentType]
