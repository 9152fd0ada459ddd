"""A patient's leak opened at once, beat by beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mitral.course.transient import Transient, open_leak
from mitral.errors import InputError
from mitral.parameters.change import apply
from mitral.patient.record import Patient
from mitral.workflow.person import parameters_of, provenance, surface_m2

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

MOST_BEATS = 5000
"""Longest run: an hour, and most of a gigabyte of waveforms."""


def transient(
    patient: Patient | None = None,
    *,
    beats: int = 120,
    onset_beat: int = 10,
    changes: Mapping[str, str | float] | None = None,
    reflex: bool = True,
) -> Transient:
    """Open a patient's leak at once and follow the circulation beat by beat.

    `patient`: with the leak. What the cause brings (orifice, lost muscle, narrow valve) appears at
    once in a healthy heart; one that has grown (`factors`, or `adapted`) is as given, but with a
    tight valve until then. `beats` of the run,
    from 2 to 5000; `onset_beat` of them (1 to beats - 1) come before the leak. `changes`:
    parameters changed on top, before and after. `reflex`: whether short-term control acts.
    Raises `InputError` for what cannot be used, `NotSettledError` if the heart does not settle
    before the leak.
    """
    patient = patient or Patient()
    _check_run(beats, onset_beat)
    changes = dict(changes or {})
    if not (patient.factors or patient.adapted):
        patient = patient.model_copy(update={"adapted": False})
    after = apply(parameters_of(patient), changes)
    if not after["eroa"][0] + after["tether"][0] > 0.0:
        raise InputError("nothing leaks in this patient; give a cause (--cause) or an orifice")
    before = _unopened(patient, after, changes)
    made, complete = open_leak(
        before, after, beats=beats, onset_beat=onset_beat, bsa_m2=surface_m2(patient), reflex=reflex
    )
    written = {name: str(value) for name, value in changes.items()}
    settings = {"reflex": reflex, "changes": written, "beats": beats, "onset_beat": onset_beat}
    return Transient(patient, made, onset_beat, complete, provenance(patient, settings))


def _check_run(beats: int, onset_beat: int) -> None:
    """An `InputError` unless there are beats before and after the onset."""
    if not 2 <= beats <= MOST_BEATS:
        raise InputError(f"beats is {beats}, outside 2 to {MOST_BEATS}")
    if not 1 <= onset_beat < beats:
        raise InputError(
            f"onset-beat is {onset_beat}, outside 1 to {beats - 1}: a run of {beats} beats needs "
            "beats before the leak and after"
        )


def _unopened(
    patient: Patient, after: np.ndarray, changes: Mapping[str, str | float]
) -> np.ndarray:
    """Parameters before the leak: in health, or of who has a grown heart with a tight valve."""
    before = after.copy()
    if not (patient.factors or patient.adapted):
        none = dict.fromkeys(("cause", "eroa_cm2", "mitral_valve_area_cm2"))
        person = patient.model_copy(update={**none, "adapted": False})
        before = apply(parameters_of(person), changes)
    before["eroa"], before["tether"] = 0.0, 0.0
    return before
