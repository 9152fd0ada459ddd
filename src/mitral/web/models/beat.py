"""A heart as it is asked for, and one settled beat as it is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mitral.patient.record import Patient

Number = float | None
ShortText = Annotated[str, Field(max_length=200)]


class Scenario(BaseModel):
    """One heart, as the page describes it: all that a permalink holds."""

    model_config = ConfigDict(extra="forbid")

    patient: Patient = Field(default_factory=Patient)
    changes: Annotated[dict[str, ShortText | float], Field(max_length=200)] = Field(
        default_factory=dict, description="Parameters changed on top: 1.2, 'x1.3', '+10%', '40mm2'"
    )
    reflex: bool = True
    treatments: Annotated[list[ShortText], Field(max_length=8)] = Field(
        default_factory=list, description="Treatments already given, e.g. 'teer:2clips'"
    )


class Phase(BaseModel):
    """A named part of the beat, as shares of it from 0 to 1."""

    name: str
    start: float
    stop: float


class Marks(BaseModel):
    """Moments as shares of the beat; None: does not happen."""

    mitral_closes: Number
    aortic_opens: Number
    aortic_closes: Number
    mitral_opens: Number
    atrial_onset: Number
    end_diastole: Number
    end_systole: Number
    v_wave: Number
    a_wave: Number


class Heart(BaseModel):
    """Size of the left ventricular wall, the unloaded cavity, and the body."""

    wall_lv_ml: float
    v0_lv_ml: float
    bsa_m2: float


class Waves(BaseModel):
    """Curves at 201 equal steps from the start of contraction to the next: mmHg, mL, mL/s, cm²."""

    p_lv: list[float]
    p_la: list[float]
    p_ao: list[float]
    p_rv: list[float]
    p_ra: list[float]
    p_pa: list[float]
    p_pvn: list[float]
    v_lv: list[float]
    v_la: list[float]
    v_rv: list[float]
    v_ra: list[float]
    q_mv: list[float]
    q_mr: list[float]
    q_av: list[float]
    q_pvn: list[float]
    q_tv: list[float]
    q_pv: list[float]
    z_mv: list[float]
    z_av: list[float]
    z_tv: list[float]
    z_pv: list[float]
    ero: list[float]


class EndSystolicLine(BaseModel):
    """p = p0 + slope (V - v0)."""

    v0_ml: float
    p0_mmhg: float
    slope_mmhg_ml: float


class Loop(BaseModel):
    """Lines around the loop; `edpvr` points (mL, mmHg); what is lost with both valves shut."""

    espvr: EndSystolicLine
    edpvr: list[tuple[float, float]]
    contraction_ml: float
    relaxation_ml: float


class Stroke(BaseModel):
    """Where the left ventricular stroke goes."""

    forward_ml: float
    leak_ml: float
    total_ml: float
    forward_ef_percent: float


class Picture(BaseModel):
    """All that is needed to draw a heart, its loops and its curves."""

    leaflets: Literal["normal", "prolapse", "flail", "tethered", "perforated", "stiff"]
    device: Literal["", "clip", "ring", "mechanical", "biological"]
    period_s: float
    waves: Waves
    phases: list[Phase]
    marks: Marks
    heart: Heart
    la_pressure_mean_mmhg: float
    loop: Loop
    stroke: Stroke


class Range(BaseModel):
    """Normal range of a finding; None: no limit on that side."""

    low: Number
    high: Number
    source: str


class Verdict(BaseModel):
    """What one criterion says of the severity."""

    name: str
    label: str
    value: float | str | None
    unit: str
    verdict: str
    rule: str
    specific: bool
    sign: str


class SeverityRow(Verdict):
    """A criterion on its scale: `bands` of equal width, `place` from 0 to 1 (None: unknown)."""

    short: str
    text: str
    bands: list[str]
    edges: list[float]
    place: Number
    severe_from: str


class Grade(BaseModel):
    """The integrated grade, the document it follows, and why."""

    severity: str
    ase_grade: str
    document: str
    summary: str
    reasons: list[str]
    verdicts: list[Verdict]


Exam = dict[str, float | bool | None]


class BeatView(BaseModel):
    """One settled beat."""

    settled: bool
    beats: int
    message: str
    cause: str
    cause_label: str
    acute: bool
    picture: Picture
    exam: Exam
    normal: dict[str, Range]
    grade: Grade
    severity: list[SeverityRow]
    parameters: dict[str, float]
    provenance: dict[str, object]
