"""Lessons: each question has an answer in this model, and each text can be filled."""

import pytest

import mitral
from mitral.errors import InputError
from mitral.explain import Lesson, lessons
from mitral.explain.lessons import HOLE, Step, parse
from tests.explain.test_library import shown

PREDICTIONS = [
    (lesson, step) for lesson in lessons() for step in lesson.steps if step.kind == "predict"
]


def beat(lesson: Lesson, heart: str) -> mitral.SettledBeat:
    one = lesson.hearts[heart]
    return shown(one.scenario, one.years)


def outcome(lesson: Lesson, step: Step) -> str:
    """What the simulation answers."""
    if step.grade:
        return beat(lesson, step.grade).grade.severity
    before, after = (
        float(getattr(beat(lesson, heart).exam, step.finding))
        for heart in (step.from_heart, step.to_heart)
    )
    if abs(after - before) < step.same_within:
        return "same"
    return "up" if after > before else "down"


@pytest.mark.parametrize(
    ("lesson", "step"), PREDICTIONS, ids=[f"{a.id}-{b.finding or b.grade}" for a, b in PREDICTIONS]
)
def test_the_simulation_gives_one_of_the_answers(lesson: Lesson, step: Step) -> None:
    options = [option.outcome for option in step.options]
    assert outcome(lesson, step) in options
    assert len(set(options)) == len(options)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
def test_every_text_can_be_filled(lesson: Lesson) -> None:
    for step in lesson.steps:
        for hole in HOLE.finditer(step.text):
            made = beat(lesson, hole["heart"])
            if hole["what"] != "severity":
                assert isinstance(getattr(made.exam, hole["what"]), float)
        assert "{" not in HOLE.sub("", step.text)
        for name in step.show:
            assert hasattr(beat(lesson, next(iter(lesson.hearts))).exam, name)


def test_the_seven_lessons_are_there() -> None:
    assert [lesson.id for lesson in lessons()] == [
        "ejection_fraction_paradox",
        "same_hole_two_hearts",
        "when_numbers_disagree",
        "unloading",
        "clip",
        "after_repair",
        "grade_this_patient",
    ]


def test_the_paradox_is_one() -> None:
    lesson = lessons()[0]
    answers = [outcome(lesson, step) for step in lesson.steps if step.kind == "predict"]
    assert answers == ["up", "down", "down"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lessons: 3", "not as expected"),
        (
            "lessons: [{id: a, title: a, plain: a, summary: a, minutes: 1, hearts: {}, "
            "steps: [{kind: explain, text: a}]}]",
            "predict, then run, then explain",
        ),
        (
            "lessons: [{id: a, title: a, plain: a, summary: a, minutes: 1, hearts: {}, "
            "steps: [{kind: predict, question: q}]}]",
            "needs a question",
        ),
    ],
)
def test_a_broken_lesson_is_refused(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        parse(text)
