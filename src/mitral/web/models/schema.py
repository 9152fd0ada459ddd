"""What the page must know to show controls, tables and labels."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from mitral.web.models.beat import Number, Scenario


class Control(BaseModel):
    """A control of the page: a field of the patient, or a parameter.

    `kind` patient: field `name` of the patient; change: parameter `name` set to a value in its
    unit; factor: parameter `name` times the patient's own value.
    """

    id: str
    label: str
    plain: str
    kind: Literal["patient", "change", "factor"]
    name: str
    unit: str
    low: float
    high: float
    step: float
    digits: int
    main: bool
    meaning: str


class ParameterInfo(BaseModel):
    """A parameter: unit, allowed range, meaning; value of the adult set and where it is from."""

    name: str
    unit: str
    low: float
    high: float
    group: str
    part: str
    meaning: str
    value: float
    source: str
    note: str


class Part(BaseModel):
    """A part of the anatomy that can be clicked, and the parameters that belong to it."""

    name: str
    label: str
    plain: str
    parameters: list[str]


class CauseInfo(BaseModel):
    """A cause of the leak; `eroa_cm2` 0: the size of the ventricle makes the hole."""

    name: str
    label: str
    description: str
    synonyms: list[str]
    leaflets: str
    carpentier: list[str]
    onset: str
    mode: str
    eroa_cm2: float


class DoseInfo(BaseModel):
    """How much of a treatment; `choices`: words instead of a number."""

    name: str
    unit: str
    low: Number
    high: Number
    usual: Number
    meaning: str
    choices: dict[str, float]
    whole: bool


class TreatmentInfo(BaseModel):
    """A treatment, its doses, and what there must be before it makes sense."""

    name: str
    label: str
    kind: str
    description: str
    doses: list[DoseInfo]
    needs: str


class FindingInfo(BaseModel):
    """A finding of the examination as a table shows it."""

    name: str
    section: str
    label: str
    unit: str
    digits: int


class WaveInfo(BaseModel):
    """A curve: meaning and unit."""

    name: str
    label: str
    unit: str


class DocumentInfo(BaseModel):
    """A document that criteria are from."""

    name: str
    citation: str
    doi: str
    provenance: str


class Schema(BaseModel):
    """All that the page needs to know to show controls, tables and labels."""

    version: str
    notice: str
    parameter_set: str
    default: Scenario
    controls: list[Control]
    parameters: list[ParameterInfo]
    parts: list[Part]
    causes: list[CauseInfo]
    treatments: list[TreatmentInfo]
    findings: list[FindingInfo]
    waves: list[WaveInfo]
    documents: dict[str, DocumentInfo]
