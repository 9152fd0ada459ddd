"""The package in a few verbs: what the command, the page and a script all call."""

from __future__ import annotations

from mitral.workflow.beat import SettledBeat, simulate
from mitral.workflow.course import follow
from mitral.workflow.person import has_adapted, parameters_of
from mitral.workflow.transient import transient

__all__ = ["SettledBeat", "follow", "has_adapted", "parameters_of", "simulate", "transient"]
