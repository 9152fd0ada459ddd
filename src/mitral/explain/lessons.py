"""Lessons: predict, run, explain. What is right is decided by the simulation, not written down."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from mitral.errors import InputError
from mitral.files import load_yaml

_FILE = Path(__file__).parent / "lessons.yaml"
HOLE = re.compile(r"\{(?P<heart>[A-Z])\.(?P<what>[a-z0-9_]+)(?::\.(?P<digits>\d)f)?\}")
"""A place in a text that is filled from a heart: {A.lv_ef_percent:.0f}, {B.severity}."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LessonHeart(_Part):
    """A heart of a lesson: `title`, `scenario`, `years` it has lived with its leak."""

    title: str
    scenario: dict[str, Any]
    years: float = 0.0


class Option(_Part):
    """An answer: the `outcome` it stands for (up, down, a severity); `because` is told later."""

    outcome: Literal["up", "down", "same", "mild", "moderate", "severe"] = Field(alias="is")
    text: str = Field(min_length=1)
    because: str = Field(min_length=1)


class Step(_Part):
    """One step: predict (`finding` from one heart to another, or the `grade` of one), run, explain.

    A run shows `hearts` with the findings of `show`; a predicted grade is asked with what `show`
    names of its heart. `same_within`: a smaller difference of the finding, in its unit, counts as
    the same.
    """

    kind: Literal["predict", "run", "explain"]
    question: str = ""
    finding: str = ""
    from_heart: str = Field("", alias="from")
    to_heart: str = Field("", alias="to")
    same_within: float = 0.0
    grade: str = ""
    options: tuple[Option, ...] = ()
    hearts: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    text: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Step:
        if self.kind == "predict":
            asked = bool(self.finding and self.from_heart and self.to_heart)
            if asked == bool(self.grade) or not self.question or len(self.options) < 2:
                raise ValueError("predict needs a question, options, and a finding or a grade")
            if len({option.outcome for option in self.options}) < len(self.options):
                raise ValueError("two options stand for the same outcome")
        elif self.kind == "run" and not (self.hearts and self.show):
            raise ValueError("run needs hearts and what to show")
        elif self.kind == "explain" and not self.text:
            raise ValueError("explain needs a text")
        return self

    @property
    def named(self) -> set[str]:
        """The hearts that a step speaks of."""
        said = {hole["heart"] for hole in HOLE.finditer(self.text)}
        return ({self.from_heart, self.to_heart, self.grade, *self.hearts} | said) - {""}

    @property
    def answer(self) -> set[tuple[str, str]]:
        """What the answer of a prediction is read from: hearts, each with a finding."""
        if self.grade:
            return {(self.grade, "severity")}
        return {(heart, self.finding) for heart in (self.from_heart, self.to_heart)}

    @property
    def tells(self) -> set[tuple[str, str]]:
        """Hearts and what a step shows or says of them."""
        shown = {(heart, what) for heart in self.hearts for what in self.show}
        return shown | {(hole["heart"], hole["what"]) for hole in HOLE.finditer(self.text)}


class Lesson(_Part):
    """A lesson: `id`, `title`, the same in `plain` words, `summary`, `minutes`, hearts, steps.

    It begins with a prediction and ends with an explanation; nothing is asked that has been shown,
    and nothing explained that has not been asked and run.
    """

    id: str
    title: str
    plain: str
    summary: str
    minutes: int
    hearts: dict[str, LessonHeart]
    steps: tuple[Step, ...]

    @model_validator(mode="after")
    def _in_order(self) -> Lesson:
        unknown = set().union(*(step.named for step in self.steps)) - self.hearts.keys()
        if unknown:
            raise ValueError(f"{self.id}: no heart {', '.join(sorted(unknown))}")
        if not self.steps or (self.steps[0].kind, self.steps[-1].kind) != ("predict", "explain"):
            raise ValueError(f"{self.id}: predict first, explain last")
        seen: set[tuple[str, str]] = set()
        asked = False
        for number, step in enumerate(self.steps, 1):
            if step.kind == "predict" and step.answer <= seen:
                raise ValueError(f"{self.id}, step {number}: the answer has been shown before")
            if step.kind == "explain" and not (
                asked and step.named <= {heart for heart, _ in seen}
            ):
                raise ValueError(f"{self.id}, step {number}: predict, run, then explain")
            asked = step.kind != "explain" and (asked or step.kind == "predict")
            seen |= step.tells
        return self

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON, by the names of the file."""
        return self.model_dump(by_alias=True)


def parse(text: str) -> tuple[Lesson, ...]:
    """Lessons from the text of a file; an `InputError` names what is wrong with it."""
    try:
        found = tuple(Lesson.model_validate(row) for row in load_yaml(text)["lessons"])
    except (ValidationError, KeyError, TypeError) as fault:
        raise InputError(f"lessons are not as expected: {fault}") from fault
    if len({lesson.id for lesson in found}) < len(found):
        raise InputError("two lessons have the same id")
    return found


@cache
def lessons() -> tuple[Lesson, ...]:
    """Every lesson, in the order of the file."""
    return parse(_FILE.read_text(encoding="utf-8"))
