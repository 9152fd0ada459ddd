"""A settled beat as the patient file that gives it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mitral.errors import InputError
from mitral.parameters.parameter import definitions
from mitral.workflow.person import cause_of, has_adapted, parameters_of

if TYPE_CHECKING:
    from mitral.patient.record import Patient
    from mitral.workflow.beat import SettledBeat

_SAME = 1e-9
"""Largest relative difference between parameters that are the same."""
_LIMBS = {
    "gain_cardiac": ("g_hr", "h_hr", "g_ctr", "h_ctr"),
    "gain_v_limb": ("g_v", "h_v"),
    "gain_r": ("g_r",),
}
"""What disease blunts, and the gains that it multiplies: only their products matter."""
_USED = (
    "The circulation had adapted before something was changed; all that this has set is given as "
    "parameters, and adapted is false"
)
_NEW = "the grade therefore takes the leak for a new one"
_NEAR = "A patient file cannot hold this heart exactly: the beat is near, not the same"


def as_patient(beat: SettledBeat) -> tuple[Patient, list[str]]:
    """The patient whose settled beat this is, and in sentences what a patient file cannot hold.

    Changes and treatments become `parameters`, as values. The title of the case is kept.
    """
    who, notes = beat.patient, []
    if not beat.reflex:
        notes.append("The reflex was off: add --no-reflex")
    if beat.given:
        names = ", ".join(one.text for one in beat.given)
        notes.append(
            f"Treated with {names}: given as the parameters that this has changed; the grade does "
            "not know of it"
        )
    if _same(parameters_of(who), beat.parameters):
        return who, notes
    made = _with(who, beat.parameters)
    if made is not None:
        return made, notes
    made = _with(who.model_copy(update={"adapted": False}), beat.parameters)
    if made is None:
        return _values(who, parameters_of(who), beat.parameters), [*notes, _NEAR]
    if has_adapted(who):
        cause = cause_of(who)
        acute = cause is not None and cause.onset == "acute"
        notes.append(f"{_USED}; {_NEW}" if acute else _USED)
    return made, notes


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.allclose(_acting(one), _acting(other), rtol=_SAME, atol=0.0))


def _acting(p: np.ndarray) -> np.ndarray:
    """The parameters as numbers, gains of the reflex times the working part of their limb."""
    q = p.copy()
    for limb, gains in _LIMBS.items():
        for name in gains:
            q[name] *= q[limb]
        q[limb] = 1.0
    return np.asarray(q[0].tolist())


def _values(who: Patient, now: np.ndarray, wanted: np.ndarray) -> Patient:
    """The patient with every parameter that differs given as the wanted value."""
    different = {
        name: float(wanted[name][0])
        for name in wanted.dtype.names or ()
        if not np.isclose(now[name][0], wanted[name][0], rtol=_SAME, atol=0.0)
    }
    return who.model_copy(update={"parameters": {**who.parameters, **different}})


def _with(who: Patient, wanted: np.ndarray) -> Patient | None:
    """The patient with parameters such that they are solved with the wanted ones, if there is one.

    The limbs of the reflex are blunted after they are given: they are given as so much more, and
    what a limb may not have goes to its gains.
    """
    try:
        made = _values(who, parameters_of(who), wanted)
        now, given = parameters_of(made), dict(made.parameters)
        for limb, gains in _LIMBS.items():
            if now[limb][0] <= 0.0 or now[limb][0] == wanted[limb][0]:
                continue
            working = given.get(limb, 1.0) * float(wanted[limb][0] / now[limb][0])
            given[limb] = min(working, definitions()[limb].high)
            for name in gains:
                given[name] = float(wanted[name][0]) * working / given[limb]
        made = made.model_copy(update={"parameters": given})
        return made if _same(parameters_of(made), wanted) else None
    except InputError:
        return None
