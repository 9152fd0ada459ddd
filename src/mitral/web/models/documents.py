"""Texts of the page: the pages about the model, the health library, the lessons."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from mitral.web.models.beat import Scenario


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
