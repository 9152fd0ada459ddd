"""A beat as a file, with its notice and how it was made; a patient file in and out."""

from __future__ import annotations

import csv
import json
import struct
import zlib
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

import pytest
import xarray

import mitral
from mitral import workflow
from mitral.disease.causes import all_causes
from mitral.patient.readers.yaml import read, read_bytes
from mitral.patient.writer import to_yaml
from mitral.web.models import Scenario
from mitral.web.scenarios import decode, encode
from mitral.workflow.patient_file import as_patient
from tests.web.asking import FLAIL, refused

if TYPE_CHECKING:
    from pathlib import Path

NAMED = {"patient": {"name": "Jane Doe", "resembles": "Jane", "cause": "flail_leaflet"}}
YAML = {"content-type": "application/yaml"}
CHANGED = {**FLAIL, "changes": {"r_sys": "x1.3", "ctr_lv": 0.8, "tbv": "5.5L"}}


def token(scenario: dict) -> str:
    return encode(Scenario.model_validate(scenario))


def had(api, name: str, scenario: dict) -> bytes:
    answer = api.get(f"/export/{name}", params={"s": token(scenario)})
    assert answer.status_code == 200, answer.text[:300]
    assert name in answer.headers["content-disposition"]
    return answer.content


def test_a_token_is_the_scenario_and_only_what_is_not_as_usual():
    wish = Scenario.model_validate(CHANGED)
    assert decode(encode(wish)) == wish.model_copy(update={"patient": decode(encode(wish)).patient})
    assert decode(encode(wish)).changes == wish.changes
    assert json.loads(bytes_of(encode(Scenario()))) == {}
    assert decode("") == Scenario() if encode(Scenario()) == "" else True
    assert set("".join(encode(wish))) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


def bytes_of(text: str) -> bytes:
    import base64

    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.mark.parametrize(
    "name", ["beat.csv", "beat.nc", "beat.svg", "beat.png", "beat.json", "patient.yaml"]
)
def test_every_file_has_the_notice_and_nobodys_name(api, name):
    content = had(api, name, NAMED)
    if name == "beat.png":
        content = b"".join(png_texts(content))
    text = content.decode("utf-8", errors="replace")
    assert "Jane" not in text
    assert "Not a medical device" in text
    assert "flail_leaflet" in text
    assert mitral.__version__ in text


def png_texts(content: bytes) -> list[bytes]:
    """The text chunks of a picture."""
    at, found = 8, []
    while at < len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + size]
        if kind == b"tEXt":
            found.append(body)
        elif kind == b"zTXt":
            found.append(zlib.decompress(body.split(b"\0", 1)[1][1:]))
        elif kind == b"iTXt":
            found.append(body)
        at += 12 + size
    return found


def test_the_table_and_the_dataset_hold_the_waveforms(api):
    made = workflow.simulate(mitral.Patient(cause="flail_leaflet"))
    text = had(api, "beat.csv", FLAIL).decode()
    rows = list(csv.DictReader(StringIO(text.split("\n", 3)[3])))
    assert len(rows) == len(made.beat["time"])
    for name, column in (
        ("time", "time_s"),
        ("p_lv", "p_lv_mmhg"),
        ("q_mr", "q_mr_ml_s"),
        ("z_mv", "z_mv"),
    ):
        assert [float(row[column]) for row in rows] == pytest.approx(
            made.beat[name].tolist(), rel=1e-6
        )
    with xarray.open_dataset(BytesIO(had(api, "beat.nc", FLAIL)), engine="h5netcdf") as data:
        assert data["p_lv"].values.tolist() == made.beat["p_lv"].tolist()
        assert json.loads(data.attrs["provenance"])["patient"]["cause"] == "flail_leaflet"
        assert data.attrs["comment"] == mitral.NOTICE


def test_the_json_is_what_the_command_prints(api):
    seen = json.loads(had(api, "beat.json", CHANGED))
    made = workflow.simulate(
        mitral.Patient(cause="flail_leaflet"), changes=CHANGED["changes"]
    ).as_dict()
    assert seen["exam"] == made["exam"]
    assert seen["grade"] == json.loads(json.dumps(made["grade"]))


@pytest.mark.parametrize("wish", [{}, FLAIL, CHANGED, FLAIL | {"treatments": ["nitroprusside"]}])
def test_the_patient_file_gives_the_same_beat(api, tmp_path: Path, wish):
    path = tmp_path / "patient.yaml"
    path.write_bytes(had(api, "patient.yaml", wish))
    seen = api.post("/simulate", json=wish).json()["exam"]
    again = workflow.simulate(read(path)).exam.measured()
    for name, value in seen.items():
        assert again[name] == (value if value is None else pytest.approx(value, rel=1e-5, abs=1e-5))


def test_what_a_patient_file_cannot_hold_stands_in_it(api):
    text = had(api, "patient.yaml", FLAIL | {"reflex": False, "treatments": ["teer"]}).decode()
    assert "# The reflex was off: add --no-reflex." in text
    assert "# Treated with teer (clips 2)" in text


@pytest.mark.parametrize("cause", [None, *(cause.name for cause in all_causes())])
def test_changes_of_any_cause_can_be_folded_into_a_patient(cause):
    changes = {"r_sys": "x1.2", "ctr_lv": "x0.9", "hr": 80.0}
    for adapted in (False, True):
        beat = workflow.simulate(mitral.Patient(cause=cause, adapted=adapted), changes=changes)
        patient, notes = as_patient(beat)
        assert not any("exactly" in note for note in notes)
        again = workflow.simulate(read_bytes(to_yaml(patient, notes).encode(), "a file"))
        assert again.exam.lv_edv_ml == pytest.approx(beat.exam.lv_edv_ml, rel=1e-4)
        assert again.exam.aortic_mean_mmhg == pytest.approx(beat.exam.aortic_mean_mmhg, rel=1e-4)


def test_a_heart_that_no_file_can_hold_is_told_to_be_near():
    beat = workflow.simulate(changes={"v0_lv": "x1.4"})
    assert any("exactly" in note for note in as_patient(beat)[1])


def test_a_patient_file_comes_in_without_its_name(api):
    text = "name: Jane Doe\ncause: flail\neroa_cm2: 0.3\nfindings:\n  lv_edv_ml: 180\n"
    seen = Scenario.model_validate(api.post("/import/yaml", content=text, headers=YAML).json())
    assert "Jane" not in seen.model_dump_json()
    assert seen.patient.eroa_cm2 == 0.3
    assert seen.patient.findings.lv_edv_ml == 180
    assert api.post("/simulate", json=seen.model_dump()).status_code == 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("age_years: 480", "line 1: age_years is 480"),
        ("sex: male\nage: 48", "line 2"),
        ("a: &x 1\nb: *x", "anchors"),
        ("[1, 2]", "must hold lines"),
        (b"\xff\xfe", "not text in UTF-8"),
    ],
)
def test_a_patient_file_that_cannot_be_read(api, text, words):
    assert words in refused(api.post("/import/yaml", content=text, headers=YAML), 422)


@pytest.mark.parametrize("s", ["!", "e30=", "bm90IGpzb24", "A" * 9000, "eyJwYXRpZW50IjozfQ", "é"])
def test_a_broken_address_is_told(api, s):
    answer = api.get("/export/beat.csv", params={"s": s})
    assert answer.status_code == 200 if s == "e30=" else "cannot be read" in refused(answer, 422)


def test_a_file_of_an_impossible_heart_is_refused(api):
    answer = api.get("/export/beat.csv", params={"s": token({"treatments": ["teer"]})})
    assert "nothing to treat" in refused(answer, 422)
    refused(api.get("/export/beat.exe"), 404)
