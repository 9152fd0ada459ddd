"""mitral: what a leaking mitral valve does to a heart, a circulation and a life."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mitral.course.course import Course
    from mitral.course.transient import Transient
    from mitral.errors import InputError, MitralError, NotSettledError
    from mitral.patient.record import Findings, Patient
    from mitral.workflow import SettledBeat, follow, simulate, transient

__version__ = "0.1.0"
NOTICE = (
    "For research and education. Not a medical device. "
    "Not for diagnosis, treatment decisions or monitoring of any person."
)
"""Stands wherever a result can be read."""

__all__ = [
    "NOTICE",
    "Course",
    "Findings",
    "InputError",
    "MitralError",
    "NotSettledError",
    "Patient",
    "SettledBeat",
    "Transient",
    "__version__",
    "follow",
    "simulate",
    "transient",
]

_HOMES = {
    "Course": "mitral.course.course",
    "Findings": "mitral.patient.record",
    "InputError": "mitral.errors",
    "MitralError": "mitral.errors",
    "NotSettledError": "mitral.errors",
    "Patient": "mitral.patient.record",
    "SettledBeat": "mitral.workflow",
    "Transient": "mitral.course.transient",
    "follow": "mitral.workflow",
    "simulate": "mitral.workflow",
    "transient": "mitral.workflow",
}
"""Loaded when first used, so that importing the package costs nothing."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'mitral' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
