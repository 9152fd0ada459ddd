"""Courses and comparisons: begun, followed, cancelled, and what they find."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

import mitral
from mitral import workflow
from mitral.web.jobs import AT_ONCE, MOST_KEPT, CancelledJobError, Jobs
from mitral.web.models import ComparisonView, CourseView, Job
from mitral.web.problems import RefusalError
from tests.web.asking import FLAIL, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

LONG = {"patient": {"cause": "prolapse"}, "years": 40}


def begun(api: httpx.Client, path: str, wish: dict[str, Any]) -> str:
    """The id of a job that has begun."""
    for _ in range(100):
        answer = api.post(path, json=wish)
        if answer.status_code != 429:
            break
        time.sleep(0.1)
    assert answer.status_code == 202, answer.text[:300]
    job = Job.model_validate(answer.json(), extra="forbid")
    assert answer.headers["location"] == f"/api/v1/jobs/{job.id}"
    return job.id


def events(api: httpx.Client, key: str) -> list[tuple[str, Any]]:
    """Every event of a job with its data."""
    found, name = [], ""
    with api.stream("GET", f"/jobs/{key}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                found.append((name, json.loads(line.removeprefix("data: "))))
    return found


def test_a_course_is_told_and_found(api):
    key = begun(api, "/course", FLAIL | {"years": 2.0})
    told = events(api, key)
    shares = [data["share"] for name, data in told if name == "progress"]
    assert shares == sorted(shares)
    assert told[-1][0] == "done"
    assert told[-1][1]["share"] == 1.0
    seen = CourseView.model_validate(api.get(f"/jobs/{key}/result").json(), extra="forbid")
    made = workflow.follow(mitral.Patient(cause="flail_leaflet"), 2.0)
    assert [visit.day for visit in seen.visits] == [visit.day for visit in made.visits]
    assert [visit.exam for visit in seen.visits] == [v.exam.measured() for v in made.visits]
    assert [visit.state for visit in seen.visits] == [v.state.name for v in made.visits]
    assert seen.trajectory["day"] == made.trajectory["day"].tolist()
    assert seen.visits[0].picture.leaflets == "normal"
    assert seen.visits[-1].picture.leaflets == "flail"


def test_a_comparison_is_found(api):
    wish = FLAIL | {"arms": ["none", "teer:2clips"], "years": 0.5, "at": [0.5]}
    key = begun(api, "/compare", wish)
    assert events(api, key)[-1][0] == "done"
    seen = ComparisonView.model_validate(api.get(f"/jobs/{key}/result").json(), extra="forbid")
    made = workflow.compare(
        mitral.Patient(cause="flail_leaflet"), ("none", "teer:2clips"), 0.5, at=0.5
    )
    for arm, own in zip(seen.arms, made.arms, strict=True):
        assert arm.title == own.title
        assert [v.exam for v in arm.visits] == [v.exam.measured() for v in own.course.visits]
    clipped = seen.arms[1].visits
    assert clipped[0].picture.device == ""
    assert {visit.picture.device for visit in clipped[1:]} == {"clip"}


def test_a_job_can_be_stopped(api):
    key = begun(api, "/course", LONG)
    assert api.delete(f"/jobs/{key}").json()["status"] == "cancelled"
    assert api.get(f"/jobs/{key}").json()["status"] == "cancelled"
    assert events(api, key)[-1][0] == "cancelled"
    assert "cancelled" in refused(api.get(f"/jobs/{key}/result"), 410)


def test_a_job_that_fails_says_why(api):
    key = begun(api, "/course", {"years": 2.0})
    name, problem = events(api, key)[-1]
    assert name == "failed"
    assert problem["status"] == 422
    assert "nothing leaks" in problem["detail"]
    assert "nothing leaks" in refused(api.get(f"/jobs/{key}/result"), 422)


def test_a_result_is_not_there_before_the_end_and_not_after_it_was_let_go(api):
    key = begun(api, "/course", LONG)
    assert "still runs" in refused(api.get(f"/jobs/{key}/result"), 409)
    api.delete(f"/jobs/{key}")
    api.delete(f"/jobs/{key}")
    for path in (f"/jobs/{key}", f"/jobs/{key}/result", f"/jobs/{key}/events", "/jobs/none"):
        assert "no such job" in refused(api.get(path), 404)


def test_only_so_many_at_once(api):
    keys = [begun(api, "/course", LONG) for _ in range(AT_ONCE)]
    answer = api.post("/course", json=LONG)
    for key in keys:
        api.delete(f"/jobs/{key}")
    assert "computed already" in refused(answer, 429)
    assert int(answer.headers["retry-after"]) > 0
    api.delete(f"/jobs/{begun(api, '/course', LONG)}")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"treatments": ["teer"]}, "an arm of a comparison"),
        ({"reflex": False}, "switch it on"),
        ({"years": 0}, "years is 0: must be more than 0 and at most 40"),
        ({"onset": "slow"}, "onset is 'slow'"),
    ],
)
def test_what_a_course_cannot_be(api, change, words):
    assert words in refused(api.post("/course", json=FLAIL | change), 422)


def test_a_reader_who_goes_away_does_not_disturb_the_job(api):
    key = begun(api, "/course", FLAIL | {"years": 3.0})
    with api.stream("GET", f"/jobs/{key}/events") as answer:
        next(answer.iter_lines())
    assert events(api, key)[-1][0] == "done"
    assert api.get(f"/jobs/{key}/result").status_code == 200


def ended(jobs: Jobs, work: Callable[[Any], bytes]) -> str:
    """The id of a job that has come to its end."""
    job = jobs.start("course", work)
    while job.status == "running":
        time.sleep(0.001)
    return job.id


def test_few_finished_jobs_are_kept_and_the_oldest_go():
    jobs = Jobs()
    keys = [ended(jobs, lambda tell: b"found") for _ in range(MOST_KEPT + 3)]
    with pytest.raises(RefusalError):
        jobs.find(keys[2])
    assert [jobs.find(key).result for key in keys[3:]] == [b"found"] * MOST_KEPT
    jobs.close()


def test_large_results_push_out_older_ones(monkeypatch):
    monkeypatch.setattr("mitral.web.jobs.MOST_BYTES", 10)
    jobs = Jobs()
    first = ended(jobs, lambda tell: b"12345678")
    second = ended(jobs, lambda tell: b"12345678901234")
    with pytest.raises(RefusalError):
        jobs.find(first)
    assert len(jobs.find(second).result) == 14
    jobs.close()


def test_old_results_go(monkeypatch):
    jobs = Jobs()
    key = ended(jobs, lambda tell: b"found")
    monkeypatch.setattr("mitral.web.jobs.KEPT_SECONDS", -1.0)
    with pytest.raises(RefusalError):
        jobs.find(key)
    jobs.close()


def test_a_cancelled_job_stops_at_its_next_step():
    jobs, steps = Jobs(), []

    def work(tell):
        while True:
            steps.append(len(steps))
            tell(0.1)
            time.sleep(0.001)

    job = jobs.start("course", work)
    while not steps:
        time.sleep(0.001)
    jobs.cancel(job.id)
    with pytest.raises(CancelledJobError):
        job.tell(0.2)
    seen = len(steps)
    time.sleep(0.05)
    assert len(steps) <= seen + 1
    jobs.close()


def test_what_nobody_expected_is_a_fault_of_the_program(caplog):
    jobs = Jobs()
    job = jobs.find(ended(jobs, lambda tell: 1 // 0))  # pyright: ignore[reportArgumentType]
    assert job.status == "failed"
    assert job.problem is not None
    assert job.problem["status"] == 500
    assert "division" not in job.problem["detail"]
    assert "ZeroDivisionError" in caplog.text
    jobs.close()
