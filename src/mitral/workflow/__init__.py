"""The package in a few verbs: what the command, the page and a script all call."""

from __future__ import annotations

from mitral.workflow.beat import SettledBeat, simulate
from mitral.workflow.compare import compare
from mitral.workflow.course import follow
from mitral.workflow.grading import grade_findings
from mitral.workflow.grown import grown
from mitral.workflow.guideline import Guideline, guideline
from mitral.workflow.person import has_adapted, parameters_of
from mitral.workflow.transient import transient
from mitral.workflow.treat import BeforeAfter, treat, treated_beat

__all__ = [
    "BeforeAfter",
    "Guideline",
    "SettledBeat",
    "compare",
    "follow",
    "grade_findings",
    "grown",
    "guideline",
    "has_adapted",
    "parameters_of",
    "simulate",
    "transient",
    "treat",
    "treated_beat",
]
