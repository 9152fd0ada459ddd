"""What a user can get wrong: a problem document that says what, how much, and what is allowed."""

from __future__ import annotations

import pytest

from mitral.errors import InputError, NotSettledError
from mitral.web.problems import RefusalError, of_fault, problem
from tests.web.asking import FLAIL, refused

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"patient": {"eroa_cm2": 40}}, "outside 0 to 1.5 cm²; did you mean 0.4"),
        ({"patient": {"cause": "flial"}}, "did you mean"),
        ({"patient": {"caus": "flail"}}, "did you mean 'cause'"),
        ({"patient": {"age_years": "old"}}, "age_years is 'old', not a number in years"),
        ({"patient": {"factors": {"v0_lvv": 2}}}, "did you mean 'v0_lv'"),
        ({"patient": {"parameters": {"r_sys": 99}}}, "r_sys is 99"),
        ({"patient": {"findings": {"lv_edv_ml": 100, "lv_esv_ml": 120}}}, "exchanged"),
        ({"patient": []}, "patient is []"),
        ({"patience": {}}, "patience is not known here"),
        ({"changes": {"r_sis": 1}}, "did you mean 'r_sys'"),
        ({"changes": {"r_sys": 99}}, "outside 0.2 to 4"),
        ({"changes": {"r_sys": "much"}}, "r_sys=much is not a value"),
        ({"changes": {"r_sys": []}}, "changes.r_sys is []"),
        ({"changes": {"r_sys": "x" * 300}}, "changes.r_sys"),
        ({"reflex": "perhaps"}, "reflex is 'perhaps'"),
        ({"treatments": ["tear"]}, "did you mean 'teer'"),
        ({"treatments": ["teer"]}, "nothing to treat"),
        ({"treatments": ["none"] * 9}, "treatments"),
    ],
)
def test_a_scenario_that_cannot_be(api, wish, words):
    assert words in refused(api.post("/simulate", json=wish), 422)


@pytest.mark.parametrize("body", ["", "{", "[]", "3", '"x"', "null", '{"reflex": NaN}', "\x00"])
def test_a_body_that_is_no_scenario(api, body):
    refused(api.post("/simulate", content=body, headers=JSON), 422)


def test_deeply_nested_json_is_refused(api):
    refused(api.post("/simulate", content="[" * 200_000, headers=JSON), 422)


def test_numbers_that_are_none(api):
    for number in ("NaN", "Infinity", "-Infinity", "1e999"):
        body = f'{{"patient": {{"eroa_cm2": {number}}}}}'
        assert "eroa_cm2" in refused(api.post("/simulate", content=body, headers=JSON), 422)
        body = f'{{"changes": {{"r_sys": {number}}}}}'
        refused(api.post("/simulate", content=body, headers=JSON), 422)


def test_a_heart_that_does_not_come_to_rest_is_a_conflict(api):
    vessels = {"vu_sa": 1500, "vu_pvn": 400, "vu_pa": 300, "vu_pc": 300, "v_sv_ref": 6000}
    wish = {"patient": {"parameters": {"tbv": 2000, **vessels}}}
    assert "does not come to rest" in refused(api.post("/simulate", json=wish), 409)


def test_ranges_of_other_fields_are_named(api):
    answer = api.post("/transient", json=FLAIL | {"beats": 301})
    assert "beats is 301: must be at least 2 and at most 300." in refused(answer, 422)
    answer = api.post("/transient", json=FLAIL | {"beats": 10, "onset_beat": 20})
    assert "outside 1 to 9" in refused(answer, 422)
    assert "give is missing" in refused(api.post("/treat", json=FLAIL), 422)


def test_long_and_strange_texts_do_not_come_back_whole(api):
    answer = api.post("/simulate", json={"patient": {"cause": "x\x1b[31m\n" * 10_000}})
    detail = refused(answer, 422)
    assert len(detail) <= 600
    assert detail.isprintable()


def test_each_fault_has_its_status():
    assert of_fault(InputError("x"))["status"] == 422
    assert of_fault(NotSettledError("x"))["status"] == 409
    assert of_fault(RefusalError(429, "x"))["status"] == 429
    assert of_fault(ValueError("secret"))["status"] == 500
    assert "secret" not in str(of_fault(ValueError("secret")))
    assert problem(404, "x", "/y")["instance"] == "/y"
