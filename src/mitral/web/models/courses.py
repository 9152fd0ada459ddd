"""Treatments, courses, comparisons, runs of beats and grades: what is asked, what is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mitral.web.models.beat import (
    BeatView,
    Exam,
    Grade,
    Number,
    Picture,
    Scenario,
    SeverityRow,
    ShortText,
)


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
    onset: Literal["sudden", "gradual"] | None = Field(
        None, description="How the leak comes; left out: as is usual for the cause"
    )


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


class Problem(BaseModel):
    """A refusal, after RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
