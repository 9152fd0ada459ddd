"""mitral: what a leaking mitral valve does to a heart, a circulation and a life."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mitral.course.course import Course
    from mitral.course.transient import Transient
    from mitral.errors import InputError, MitralError, NotSettledError
    from mitral.patient.record import Circumstances, Findings, Patient
    from mitral.treatment.arms import Comparison
    from mitral.workflow import (
        BeforeAfter,
        Guideline,
        SettledBeat,
        compare,
        follow,
        grown,
        guideline,
        simulate,
        transient,
        treat,
    )

__version__ = "0.1.0"
NOTICE = (
    "For research and education. Not a medical device. "
    "Not for diagnosis, treatment decisions or monitoring of any person."
)
"""Stands wherever a result can be read."""

__all__ = [
    "NOTICE",
    "BeforeAfter",
    "Circumstances",
    "Comparison",
    "Course",
    "Findings",
    "Guideline",
    "InputError",
    "MitralError",
    "NotSettledError",
    "Patient",
    "SettledBeat",
    "Transient",
    "__version__",
    "compare",
    "follow",
    "grown",
    "guideline",
    "simulate",
    "transient",
    "treat",
]

_HOMES = {
    "BeforeAfter": "mitral.workflow",
    "Circumstances": "mitral.patient.record",
    "Comparison": "mitral.treatment.arms",
    "Course": "mitral.course.course",
    "Findings": "mitral.patient.record",
    "Guideline": "mitral.workflow",
    "InputError": "mitral.errors",
    "MitralError": "mitral.errors",
    "NotSettledError": "mitral.errors",
    "Patient": "mitral.patient.record",
    "SettledBeat": "mitral.workflow",
    "Transient": "mitral.course.transient",
    "compare": "mitral.workflow",
    "follow": "mitral.workflow",
    "grown": "mitral.workflow",
    "guideline": "mitral.workflow",
    "simulate": "mitral.workflow",
    "transient": "mitral.workflow",
    "treat": "mitral.workflow",
}
"""Loaded when first used, so that importing the package costs nothing."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'mitral' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
