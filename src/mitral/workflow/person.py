"""Who the patient is: the healthy body, the cause, and what a result must say of its making."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mitral
from mitral.disease.adaptation import adapt, blunt
from mitral.disease.causes import find
from mitral.parameters.change import apply
from mitral.parameters.parameter import SET_NAME
from mitral.parameters.personalise import body_surface_area, healthy

if TYPE_CHECKING:
    import numpy as np

    from mitral.disease.causes import Cause
    from mitral.patient.record import Patient


def provenance(patient: Patient, settings: dict[str, Any]) -> dict[str, Any]:
    """Version, parameter set, patient and settings: what is needed to compute a result again."""
    return {
        "program": "mitral",
        "version": mitral.__version__,
        "parameter_set": SET_NAME,
        "patient": patient.model_dump(exclude_defaults=True),
        "settings": settings,
        "notice": mitral.NOTICE,
    }


def cause_of(patient: Patient) -> Cause | None:
    """The patient's cause, if one is given."""
    return None if patient.cause is None else find(patient.cause)


def surface_m2(patient: Patient) -> float:
    """Body surface area (m²)."""
    return body_surface_area(patient.height_cm, patient.weight_kg)


def healthy_body(patient: Patient) -> np.ndarray:
    """Parameters of a healthy person of this body, age, sex and heart rate."""
    p = healthy(surface_m2(patient), patient.age_years, patient.sex == "female", SET_NAME)
    p["hr"] = patient.heart_rate_bpm
    return p


def cause_valve(p: np.ndarray, patient: Patient) -> np.ndarray:
    """`p` with the valve as the patient's cause leaves it."""
    cause = cause_of(patient)
    if cause is None:
        return p.copy()
    q = apply(p, cause.parameters)
    q["eroa"] = cause.eroa_cm2
    return q


def own_valve(p: np.ndarray, patient: Patient) -> np.ndarray:
    """`p` with the orifice and the forward area that the patient gives instead."""
    q = p.copy()
    if patient.eroa_cm2 is not None:
        q["eroa"] = patient.eroa_cm2
    if patient.mitral_valve_area_cm2 is not None:
        q["a_mv"], q["annulus_follows"] = patient.mitral_valve_area_cm2, 0.0
    return q


def parameters_of(patient: Patient) -> np.ndarray:
    """The parameters of a patient: the healthy body, its cause, its own factors and values.

    Who has lived with a cause for years has also what comes of it in time (`established`). In who
    has not, the heart's answer to the reflex is less by the muscle that is lost.
    """
    well = healthy_body(patient)
    adapted, cause = has_adapted(patient), cause_of(patient)
    factors = {} if cause is None else cause.heart(adapted)
    p = apply(well, {name: f"x{factor}" for name, factor in factors.items()})
    p = cause_valve(p, patient)
    p = apply(p, {name: f"x{factor}" for name, factor in patient.factors.items()})
    p = apply(own_valve(p, patient), patient.parameters)
    if adapted:
        return adapt(p, well, patient.eroa_cm2)
    lap = float(well["lap_set"][0])
    blunt(p, lap, lap, known_loss=0.0)
    return p


def has_adapted(patient: Patient) -> bool:
    """Whether the circulation has lived with this heart for months.

    As the patient says; if it does not say, when a chronic cause or the patient's own factors
    have changed the size of the left heart.
    """
    if patient.adapted is not None:
        return patient.adapted
    cause = cause_of(patient)
    if cause is not None and cause.onset == "acute":
        return False
    factors = (cause.heart(established=True) if cause else {}) | patient.factors
    return any(factors.get(name, 1.0) != 1.0 for name in ("v0_lv", "v0_la"))
