"""Which guideline statements a patient meets: as simulated, or as recorded."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from mitral.course.life import LONGEST_STEP
from mitral.disease.causes import anatomy_of
from mitral.disease.compromise import compromise
from mitral.disease.exercise import exercise
from mitral.disease.lung import advance, healthy_lung
from mitral.disease.symptoms import NONE, Haemodynamics, Symptoms, symptoms
from mitral.errors import InputError
from mitral.grade.severity import Grade, grade
from mitral.grade.stage import Stage, stage
from mitral.measure.exam import Exam
from mitral.patient.record import Patient
from mitral.references import cite
from mitral.solver.solve import solve
from mitral.treatment.facts import facts_of
from mitral.treatment.guideline import Judged, guidelines, judge
from mitral.workflow.beat import SettledBeat, simulate
from mitral.workflow.person import has_adapted, healthy_body, provenance, surface_m2

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mitral.measure.anatomy import Anatomy
    from mitral.treatment.logic import Fact


@dataclass(frozen=True)
class Guideline:
    """The `statements` that a patient meets, does not meet, or that are undecidable.

    `stage` of the leak, None if it cannot be told; `stage_reasons`; `facts`: what the statements
    were judged by, None what is not known; `recorded`: whether the state is what was recorded of
    the patient, not what was simulated.
    """

    patient: Patient
    stage: Stage | None
    stage_reasons: tuple[str, ...]
    statements: tuple[Judged, ...]
    facts: Mapping[str, Fact]
    recorded: bool
    provenance: Mapping[str, Any]

    def of(self, status: str) -> tuple[Judged, ...]:
        """The statements of one status, in the order of the documents."""
        return tuple(one for one in self.statements if one.status == status)

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "stage": None if self.stage is None else self.stage.letter,
            "stage_reasons": list(self.stage_reasons),
            "statements": [one.as_dict() for one in self.statements],
            "facts": dict(self.facts),
            "references": cite(guidelines().documents).splitlines(),
            "provenance": dict(self.provenance),
        }


def guideline(
    patient: Patient | None = None,
    *,
    changes: Mapping[str, str | float] | None = None,
    recorded: bool = False,
) -> Guideline:
    """Judge every guideline statement for a patient. A comparison with documents, never advice.

    `changes`: parameters changed on top of the patient. `recorded`: judge what the patient file
    recorded (`findings`, NYHA class) instead of the simulated beat. What neither tells comes from
    `circumstances`; what these do not tell leaves statements undecidable.
    Raises `InputError` for what cannot be used, `NotSettledError` if the beat does not settle.
    """
    patient = patient or Patient()
    changes = dict(changes or {})
    if recorded and changes:
        raise InputError("recorded findings are not simulated; leave out the changed parameters")
    state = _recorded(patient) if recorded else _simulated(simulate(patient, changes=changes))
    told = {"atrial_fibrillation": state.fibrillation} if state.fibrillation is not None else {}
    told |= patient.circumstances.model_dump(exclude_none=True)
    facts = facts_of(
        state.exam,
        state.grade,
        state.anatomy,
        bsa_m2=surface_m2(patient),
        symptomatic=state.symptomatic,
        compromised=state.compromised,
        cause=patient.cause,
        circumstances=told,
    )
    staged, reasons = _stage(state)
    settings = {
        "recorded": recorded,
        "changes": {name: str(value) for name, value in changes.items()},
    }
    made = provenance(patient, settings)
    return Guideline(patient, staged, reasons, judge(facts), facts, recorded, made)


@dataclass(frozen=True)
class _State:
    """What is known of the patient now; None: not known."""

    exam: Exam
    grade: Grade | None
    anatomy: Anatomy
    symptomatic: bool | None
    compromised: bool | None
    fibrillation: bool | None


def _anatomy(patient: Patient) -> Anatomy:
    """What a look at the valve tells, or the file's circumstances of the mechanism."""
    seen = anatomy_of(patient.cause, adapted=has_adapted(patient), female=patient.sex == "female")
    told = patient.circumstances.mechanism
    return seen if told is None else replace(seen, secondary=told != "primary")


def _stage(state: _State) -> tuple[Stage | None, tuple[str, ...]]:
    """The stage, or why there is none."""
    if state.grade is None:
        return None, ("How severe the leak is was not recorded.",)
    try:
        found = stage(state.exam, state.grade, state.anatomy, state.symptomatic)
    except InputError as missing:
        return None, (f"{missing}.",)
    return found, found.reasons


def _simulated(beat: SettledBeat) -> _State:
    """The settled beat, what the person feels and whether the circulation is compromised."""
    anatomy = _anatomy(beat.patient)
    rest = Haemodynamics.of(beat.beat.waveforms)
    felt = _felt(beat, rest)
    return _State(
        exam=beat.exam,
        grade=grade(beat.exam, anatomy),
        anatomy=anatomy,
        symptomatic={felt.breathlessness.grade, felt.tiredness.grade} != {NONE},
        compromised=compromise(rest, surface_m2(beat.patient)).present,
        fibrillation=bool(beat.parameters["t_la"][0] == 0.0),
    )


def _felt(beat: SettledBeat, rest: Haemodynamics) -> Symptoms:
    """Symptoms at rest and in exercise, beside the same person in health.

    The lungs of who has adapted have had eight months with it: four in which the pressure rose.
    """
    patient = beat.patient
    well = healthy_body(patient)
    healthy = solve(well, reflex=False)
    healthy_rest = Haemodynamics.of(healthy.waveforms)
    at_ease = exercise(well, (0.0, 0.0), healthy.start)
    if at_ease.code:
        raise InputError("this person's exercise does not settle even in health")
    before, now = healthy_rest.pulmonary_capillary_mmhg, rest.pulmonary_capillary_mmhg
    lung = healthy_lung(patient.weight_kg, before)
    if has_adapted(patient):
        for start in (before, now):
            lung = advance(lung, start, now, LONGEST_STEP)
    effort = exercise(beat.parameters, beat.beat.drives, beat.beat.start)
    return symptoms(
        rest,
        None if effort.code else Haemodynamics.of(effort.waveforms),
        lung.water_ml_kg,
        healthy_rest,
        Haemodynamics.of(at_ease.waveforms),
        surface_m2(patient),
        lung.adapted,
    )


def _recorded(patient: Patient) -> _State:
    """What the file recorded: the findings, what follows from them, and the functional class."""
    found = patient.findings.model_dump(exclude_none=True)
    if not found:
        raise InputError(
            "nothing was recorded of this patient; give `findings` in the patient file, or judge "
            "the simulated state"
        )
    exam = _recorded_exam(patient, found)
    gradable = any(
        math.isfinite(value)
        for value in (
            exam.regurgitant_volume_ml,
            exam.regurgitant_fraction_percent,
            exam.eroa_cm2,
        )
    )
    anatomy, nyha = _anatomy(patient), patient.circumstances.nyha
    return _State(
        exam=exam,
        grade=grade(exam, anatomy) if gradable else None,
        anatomy=anatomy,
        symptomatic=None if nyha is None else nyha != "I",
        compromised=_recorded_compromise(exam, surface_m2(patient)),
        fibrillation=None,
    )


def _recorded_exam(patient: Patient, found: Mapping[str, float]) -> Exam:
    """An examination of what was recorded; the rest is NaN.

    What follows from two findings is filled in: ejection and regurgitant fraction, indices, and
    mean arterial pressure as (systolic + 2 diastolic)/3.
    """
    known = {field.name: math.nan for field in fields(Exam)} | dict(found)
    if has_adapted(patient) and patient.eroa_cm2 is not None:
        known["eroa_cm2"] = patient.eroa_cm2
    bsa = surface_m2(patient)
    leak, forward = known["regurgitant_volume_ml"], known["forward_stroke_volume_ml"]
    implied = {
        "lv_ef_percent": 100.0 * (1.0 - known["lv_esv_ml"] / known["lv_edv_ml"]),
        "regurgitant_fraction_percent": 100.0 * leak / (leak + forward),
        "total_stroke_volume_ml": leak + forward,
        "cardiac_index_l_min_m2": known["cardiac_output_l_min"] / bsa,
        "la_volume_index_ml_m2": known["la_volume_max_ml"] / bsa,
        "aortic_mean_mmhg": (known["aortic_systolic_mmhg"] + 2.0 * known["aortic_diastolic_mmhg"])
        / 3.0,
    }
    known = implied | {k: v for k, v in known.items() if k not in implied or math.isfinite(v)}
    known["pulmonary_vein_systolic_reversal"] = False
    return Exam(**known)  # pyright: ignore[reportArgumentType]


def _recorded_compromise(exam: Exam, bsa_m2: float) -> bool | None:
    """Whether what was recorded shows compromise; None if too little was."""
    values = {field.name: getattr(exam, field.name, math.nan) for field in fields(Haemodynamics)}
    found = compromise(Haemodynamics(**values), bsa_m2)
    if found.present:
        return True
    return None if any(math.isnan(row.value) for row in found.criteria) else False
