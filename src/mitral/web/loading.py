"""Loads what computes, in one thread at a time.

Python lets a second thread see a module that the first has only half loaded when modules import
each other through their packages; so whoever needs them first loads all, and the others wait.
"""

from __future__ import annotations

from importlib import import_module
from threading import Lock

_NEEDED = (
    *("mitral.workflow", "mitral.report.schema", "mitral.report.view", "mitral.report.course_view"),
    *(
        "mitral.report.severity_scale",
        "mitral.report.about",
        "mitral.report.explain",
        "mitral.report.export",
    ),
)
_ONE = Lock()


def load() -> None:
    """Everything that an answer may need; at once when it is there."""
    with _ONE:
        for name in _NEEDED:
            import_module(name)
