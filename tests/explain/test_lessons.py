"""Lessons: each question has an answer in this model, and each text can be filled."""

from functools import cache

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
    return _beat(lesson.id, heart)


@cache
def _beat(lesson_id: str, heart: str) -> mitral.SettledBeat:
    one = next(lesson for lesson in lessons() if lesson.id == lesson_id).hearts[heart]
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


ANSWERS = {
    "ejection_fraction_paradox": ["up", "down", "down"],
    "same_hole_two_hearts": ["down", "up"],
    "when_numbers_disagree": ["down", "moderate", "down", "up"],
    "unloading": ["up", "down", "same"],
    "clip": ["down", "up", "same"],
    "after_repair": ["down", "up"],
    "grade_this_patient": ["moderate", "mild", "moderate", "severe"],
}
"""What each lesson has to teach: were one of these another, its texts would be wrong."""


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
def test_the_simulation_answers_what_the_texts_explain(lesson: Lesson) -> None:
    answers = [outcome(lesson, step) for step in lesson.steps if step.kind == "predict"]
    assert answers == ANSWERS[lesson.id]


@pytest.mark.parametrize(("lesson", "step"), PREDICTIONS)
def test_no_answer_hangs_by_a_thread(lesson: Lesson, step: Step) -> None:
    """A change counts as one only if it is clear, and none only if it is small."""
    if step.finding:
        before, after = (
            float(getattr(beat(lesson, heart).exam, step.finding))
            for heart in (step.from_heart, step.to_heart)
        )
        change = abs(after - before) / step.same_within
        assert change < 0.75 or change > 1.5


PREDICT = """{kind: predict, question: q, finding: lv_ef_percent, from: A, to: B,
  options: [{is: up, text: t, because: b}, {is: down, text: t, because: b}]}"""
RUN = "{kind: run, hearts: [A, B], show: [lv_ef_percent]}"
EXPLAIN = "{kind: explain, text: 'It is {B.lv_ef_percent:.0f} %.'}"


def written(*steps: str) -> str:
    hearts = "{A: {title: a, scenario: {}}, B: {title: b, scenario: {}}}"
    return (
        f"lessons: [{{id: a, title: a, plain: a, summary: a, minutes: 1, hearts: {hearts}, "
        f"steps: [{', '.join(steps)}]}}]"
    )


def test_a_lesson_in_order_is_read() -> None:
    assert [step.kind for step in parse(written(PREDICT, RUN, EXPLAIN))[0].steps] == [
        "predict",
        "run",
        "explain",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lessons: 3", "not as expected"),
        (written(), "predict first"),
        (written(RUN, PREDICT, EXPLAIN), "predict first"),
        (written(PREDICT, RUN), "explain last"),
        (written(PREDICT, EXPLAIN), "predict, run, then explain"),
        (written(PREDICT, RUN, EXPLAIN, EXPLAIN), "predict, run, then explain"),
        (written(PREDICT, RUN, EXPLAIN, PREDICT, EXPLAIN), "shown before"),
        (written(PREDICT, RUN.replace("B]", "C]"), EXPLAIN), "no heart C"),
        (written("{kind: predict, question: q}", RUN, EXPLAIN), "needs a question"),
        (written(PREDICT.replace("is: down", "is: up"), RUN, EXPLAIN), "same outcome"),
        (written(PREDICT.replace("is: down", "is: worse"), RUN, EXPLAIN), "not as expected"),
        (written(PREDICT, "{kind: run, hearts: [A]}", EXPLAIN), "run needs hearts"),
        (written(PREDICT, RUN, "{kind: explain}"), "explain needs a text"),
    ],
)
def test_a_broken_lesson_is_refused(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        parse(text)


def test_two_lessons_have_two_names() -> None:
    one = written(PREDICT, RUN, EXPLAIN)
    twice = f"{one[:-1]}, {one.removeprefix('lessons: [')}"
    with pytest.raises(InputError, match="same id"):
        parse(twice)
