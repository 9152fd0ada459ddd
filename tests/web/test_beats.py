"""One beat, before and after, a run of beats, a grade: as the model says and as Python says."""

from __future__ import annotations

import json

import pytest

import mitral
from mitral import workflow
from mitral.parameters.parameter import definitions
from mitral.report.table import rows
from mitral.report.view import LEAFLETS
from mitral.web.models import (
    BeatView,
    GradeView,
    LessonsView,
    LibraryView,
    ModelView,
    Scenario,
    Schema,
    TransientView,
    TreatView,
)
from tests.web.asking import FLAIL, refused


def test_the_schema_names_every_parameter_cause_treatment_and_finding(api):
    seen = Schema.model_validate(api.get("/schema").json(), extra="forbid")
    assert seen.version == mitral.__version__
    assert seen.notice == mitral.NOTICE
    assert [one.name for one in seen.parameters] == list(definitions())
    assert [one.name for one in seen.findings] == [row.name for row in rows()]
    assert {one.leaflets for one in seen.causes} <= set(LEAFLETS)
    assert seen.default == Scenario()
    assert seen.documents["ase2017"].name == "ASE 2017"
    assert "teer" in {one.name for one in seen.treatments}


def test_every_parameter_belongs_to_one_part_of_the_anatomy(api):
    seen = Schema.model_validate(api.get("/schema").json())
    parts = {part.name: part.parameters for part in seen.parts}
    assert sorted(name for part in parts.values() for name in part) == sorted(definitions())
    assert {one.part for one in seen.parameters} == set(parts)
    assert "t_lv" in parts["lv"]
    assert "a_mv" in parts["mv"]
    assert "gain_a" in parts["la"]
    assert "c_pvn" in parts["pvn"]
    assert "c_ao" in parts["sa"]
    assert "v0_lv_healthy" in parts["leak"]


def test_every_control_can_be_moved_from_end_to_end(api):
    seen = Schema.model_validate(api.get("/schema").json())
    main = [one.id for one in seen.controls if one.main]
    assert main[:4] == ["eroa", "late_share", "heart_rate", "resistance"]
    for one in seen.controls:
        assert one.low < one.high, one.id
        if one.kind == "patient":
            for value in (one.low, one.high):
                mitral.Patient.model_validate({one.name: value})
        else:
            limits = definitions()[one.name]
            own = next(p.value for p in seen.parameters if p.name == one.name)
            factor = own if one.kind == "factor" else 1.0
            assert limits.low <= factor * one.low, one.id
            assert factor * one.high <= limits.high, one.id


def test_a_beat_has_the_numbers_of_python(api):
    answer = api.post("/simulate", json=FLAIL | {"changes": {"r_sys": "x1.2"}})
    seen = BeatView.model_validate(answer.json(), extra="forbid")
    made = workflow.simulate(mitral.Patient(cause="flail_leaflet"), changes={"r_sys": "x1.2"})
    assert seen.exam == made.exam.measured()
    assert seen.grade.model_dump() == json.loads(json.dumps(made.grade.as_dict()))
    assert seen.parameters["r_sys"] == made.parameters["r_sys"][0]
    assert seen.provenance["notice"] == mitral.NOTICE
    assert len(seen.picture.waves.p_lv) == 201
    assert min(seen.picture.waves.q_mr) < 0.0


def test_what_cannot_be_measured_is_null(api):
    answer = api.post("/simulate", json={})
    assert "NaN" not in answer.text
    assert answer.json()["exam"]["mr_vti_cm"] == 0.0 or answer.json()["exam"]["mr_vti_cm"] is None


def test_without_the_reflex(api):
    seen = api.post("/simulate", json=FLAIL | {"reflex": False}).json()
    made = workflow.simulate(mitral.Patient(cause="flail_leaflet"), reflex=False)
    assert seen["exam"] == made.exam.measured()


def test_treatments_in_force_are_those_of_treat(api):
    seen = api.post("/simulate", json=FLAIL | {"treatments": ["teer:2clips"]}).json()
    made = workflow.treat(mitral.Patient(cause="flail_leaflet"), "teer:2clips")
    assert seen["exam"] == made.after.exam.measured()
    assert seen["picture"]["device"] == "clip"
    assert seen["provenance"]["settings"]["treatments"] == ["teer (clips 2)"]


def test_a_repaired_valve_has_a_ring_and_sound_leaflets(api):
    seen = api.post("/simulate", json=FLAIL | {"treatments": ["repair"]}).json()["picture"]
    assert (seen["device"], seen["leaflets"]) == ("ring", "normal")


def test_treat_before_and_after(api):
    answer = api.post("/treat", json=FLAIL | {"give": ["nitroprusside"]})
    seen = TreatView.model_validate(answer.json(), extra="forbid")
    made = workflow.treat(mitral.Patient(cause="flail_leaflet"), "nitroprusside")
    assert seen.before.exam == made.before.exam.measured()
    assert seen.after.exam == made.after.exam.measured()
    assert {name: one.model_dump() for name, one in seen.changes.items()} == made.changes()
    assert seen.title == made.title


def test_treat_on_top_of_treatments_begins_where_they_end(api):
    wish = FLAIL | {"treatments": ["teer:2clips"], "give": ["nitroprusside"]}
    seen = api.post("/treat", json=wish).json()
    alone = api.post("/simulate", json=FLAIL | {"treatments": ["teer:2clips"]}).json()
    assert seen["before"]["exam"] == alone["exam"]
    assert seen["after"]["exam"] != alone["exam"]
    excluded = api.post("/treat", json=wish | {"give": ["repair"]})
    assert "exclude each other" in refused(excluded, 422)


def test_a_leak_that_opens_at_once(api):
    answer = api.post("/transient", json=FLAIL | {"beats": 20, "onset_beat": 5})
    seen = TransientView.model_validate(answer.json(), extra="forbid")
    made = workflow.transient(mitral.Patient(cause="flail_leaflet"), beats=20, onset_beat=5)
    assert seen.beat_start_s == [one.time_s for one in made.beats]
    assert seen.findings["lv_edv_ml"] == [one.exam.lv_edv_ml for one in made.beats]
    assert {len(values) for values in seen.waves.values()} == {len(seen.time_s)}
    assert seen.time_s[-1] == pytest.approx(made.end_s, abs=0.011)
    leaks = [value or 0.0 for value in seen.findings["regurgitant_volume_ml"]]
    assert max(leaks[:5]) < 5.0 < min(leaks[6:])


def test_findings_are_graded(api):
    findings = {"eroa_cm2": 0.5, "regurgitant_volume_ml": 70, "regurgitant_fraction_percent": 55}
    seen = GradeView.model_validate(
        api.post("/grade", json={"findings": findings}).json(), extra="forbid"
    )
    assert seen.grade.severity == "severe"
    assert seen.severity[0].value == 0.5


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"findings": {"eroa_cm": 0.5}}, "did you mean 'eroa_cm2'"),
        ({"findings": {"eroa_cm2": True}}, "eroa_cm2 is true, not a number"),
        ({"findings": {"pulmonary_vein_systolic_reversal": 0.5}}, "true or false"),
        ({"findings": {}}, "give at least one"),
        ({"findings": {"eroa_cm2": 0.5}, "cause": "flial"}, "did you mean"),
    ],
)
def test_findings_that_cannot_be_graded(api, wish, words):
    assert words in refused(api.post("/grade", json=wish), 422)


def test_years_with_a_leak_begin_as_it_usually_comes_or_with_all_of_it(api):
    prolapse = {"patient": {"cause": "prolapse"}, "years": 1.0}
    usual, sudden = (
        api.post("/grow", json=prolapse | more).json()["patient"]["eroa_cm2"]
        for more in ({}, {"onset": "sudden"})
    )
    assert usual < 0.1, "after a year of eight it has hardly begun"
    assert sudden > 0.3


def test_a_grown_heart_can_be_simulated_at_once(api):
    grown = api.post("/grow", json=FLAIL | {"years": 1.0}).json()
    assert Scenario.model_validate(grown).patient.adapted
    seen = api.post("/simulate", json=grown).json()
    fresh = api.post("/simulate", json=FLAIL).json()
    assert seen["exam"]["lv_edv_ml"] > 1.2 * fresh["exam"]["lv_edv_ml"]


def test_the_library_and_the_lessons(api):
    library = LibraryView.model_validate(api.get("/library").json(), extra="forbid")
    assert {entry.kind for entry in library.entries} == set(library.kinds)
    ids = {entry.id for entry in library.entries}
    assert all(set(entry.related) <= ids for entry in library.entries)
    lessons = LessonsView.model_validate(api.get("/lessons").json(), extra="forbid")
    assert len(lessons.lessons) >= 7
    for lesson in lessons.lessons:
        for heart in lesson.hearts.values():
            answer = api.post("/simulate", json=heart.scenario.model_dump(exclude_defaults=True))
            assert answer.status_code == 200, lesson.id


def test_the_pages_about_the_model_are_safe(api):
    seen = ModelView.model_validate(api.get("/model").json(), extra="forbid")
    assert [page.name for page in seen.pages] == ["model", "physiology", "validation"]
    assert mitral.__version__ in seen.citation
    assert len(seen.references) > 50
    for page in seen.pages:
        assert page.title
        assert page.sections
        for word in ("<script", "<h1", "style=", "javascript:", "<img", ".md"):
            assert f'"{word}' not in page.html
            assert word == ".md" or word not in page.html
        for section in page.sections:
            assert f'id="{section.id}"' in page.html
