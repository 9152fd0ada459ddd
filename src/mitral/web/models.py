"""What goes over the wire, both ways; the page's types are generated from these."""

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


class Change(BaseModel):
    """A finding before and after."""

    before: Number
    after: Number
    change: Number
    percent: Number


class TreatRequest(Scenario):
    """A heart, and what is given to it next (on top of its `treatments`)."""

    give: Annotated[list[ShortText], Field(min_length=1, max_length=8)]


class TreatView(BaseModel):
    """The same heart before and after treatment."""

    title: str
    before: BeatView
    after: BeatView
    changes: dict[str, Change]
    warnings: list[str]


class GrowRequest(Scenario):
    """A heart that has just begun to leak, and how long it is to live with that."""

    years: Annotated[float, Field(gt=0, le=40)] = 1.0


class CourseRequest(Scenario):
    """A heart, and how the leak comes over the years."""

    years: Annotated[float, Field(gt=0, le=40)] = 15.0
    onset: Literal["sudden", "gradual"] | None = None
    onset_year: Annotated[float, Field(ge=0, le=40)] = 0.0
    fibrillation: bool = False


class CompareRequest(Scenario):
    """A heart, and the arms to follow, e.g. 'none', 'repair', 'teer:2clips'."""

    arms: Annotated[list[ShortText], Field(min_length=1, max_length=6)]
    years: Annotated[float, Field(gt=0, le=20)] = 5.0
    at: Annotated[list[Annotated[float, Field(ge=0, le=40)]], Field(max_length=4)] | None = None
    onset: Literal["sudden", "gradual"] | None = None


class Visit(BaseModel):
    """An examination on a day of a course, with the beat of that day."""

    day: float
    state: str
    state_reasons: list[str]
    stage: str
    stage_reasons: list[str]
    breathlessness: str
    tiredness: str
    compromise: bool
    lung_water_ml_kg: float
    fibrillation: bool
    exam: Exam
    grade: Grade
    severity: list[SeverityRow]
    picture: Picture


class CourseView(BaseModel):
    """Years of a heart: visits, every quantity of the way by name, how it ended."""

    visits: list[Visit]
    trajectory: dict[str, list[float]]
    outcome: str
    reason: str
    fibrillation_day: Number
    provenance: dict[str, object]


class ArmView(BaseModel):
    """One way to go on; its first visit is the one before treatment."""

    name: str
    title: str
    at_year: float
    visits: list[Visit]
    outcome: str
    reason: str
    warnings: list[str]


class ComparisonView(BaseModel):
    """The same person in every arm; `lead`: until the first treatment."""

    lead: list[Visit]
    arms: list[ArmView]
    provenance: dict[str, object]


class TransientRequest(Scenario):
    """A heart whose leak opens at once."""

    beats: Annotated[int, Field(ge=2, le=300)] = 60
    onset_beat: Annotated[int, Field(ge=1, le=299)] = 10


class TransientView(BaseModel):
    """Beat by beat: start of each beat (s) and its findings; curves of the whole run."""

    onset_beat: int
    beat_start_s: list[float]
    findings: dict[str, list[Number]]
    time_s: list[float]
    waves: dict[str, list[float]]
    provenance: dict[str, object]


class GradeRequest(BaseModel):
    """Findings to grade, by the names of the examination, and what is known of the valve."""

    model_config = ConfigDict(extra="forbid")

    findings: Annotated[dict[str, float | bool], Field(max_length=100)]
    cause: ShortText | None = None


class GradeView(BaseModel):
    """The grade of findings."""

    grade: Grade
    severity: list[SeverityRow]


class Job(BaseModel):
    """Long work: `status` running, done, failed or cancelled; `share` done, from 0 to 1."""

    id: str
    kind: Literal["course", "compare"]
    status: Literal["running", "done", "failed", "cancelled"]
    share: float


class Section(BaseModel):
    """A heading of a page: `id` in its HTML, `level` from 2 on."""

    id: str
    title: str
    level: int


class ModelPage(BaseModel):
    """A page about the model; `html` is safe, without the title, its headings from h3 on."""

    name: str
    title: str
    sections: list[Section]
    html: str


class ReferenceInfo(BaseModel):
    """A work that something stands on, in one line."""

    key: str
    text: str
    doi: str


class ModelView(BaseModel):
    """What the model is, how to cite it, and its references."""

    pages: list[ModelPage]
    citation: str
    references: list[ReferenceInfo]
    notice: str


class Problem(BaseModel):
    """A refusal, after RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None


class LibraryEntry(BaseModel):
    """An entry of the health library; `years` that its heart lives with the leak first."""

    id: str
    kind: str
    title: str
    also_called: list[str]
    plain: str
    technical: str
    scenario: Scenario | None
    years: float
    no_heart: str
    related: list[str]
    sources: list[str]
    references: list[str]


class Archetype(BaseModel):
    """An invented heart to begin with, in plain words."""

    id: str
    title: str
    text: str
    scenario: Scenario
    years: float


class LibraryView(BaseModel):
    """The health library: what kinds are called, every entry, hearts to begin with."""

    kinds: dict[str, str]
    entries: list[LibraryEntry]
    archetypes: list[Archetype]
    safety: str


class LessonHeartView(BaseModel):
    """A heart of a lesson."""

    title: str
    scenario: Scenario
    years: float


class LessonOption(BaseModel):
    """An answer: the outcome that it stands for, its words, what is told after."""

    outcome: str = Field(alias="is")
    text: str
    because: str


class LessonStep(BaseModel):
    """A step: predict, run or explain; see `mitral.explain.lessons`."""

    kind: Literal["predict", "run", "explain"]
    question: str
    finding: str
    from_heart: str = Field(alias="from")
    to_heart: str = Field(alias="to")
    same_within: float
    grade: str
    options: list[LessonOption]
    hearts: list[str]
    show: list[str]
    text: str


class LessonView(BaseModel):
    """A lesson: its hearts by letter, its steps in order."""

    id: str
    title: str
    plain: str
    summary: str
    minutes: int
    hearts: dict[str, LessonHeartView]
    steps: list[LessonStep]


class LessonsView(BaseModel):
    """Every lesson."""

    lessons: list[LessonView]
