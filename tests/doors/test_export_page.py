"""`mitral export-page`: what the file holds, what it keeps out, and how it refuses."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import mitral
from mitral import workflow
from mitral.explain import archetypes, lessons, library
from mitral.report.view import view
from mitral.web import kept, one_file, packing

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 10_000_000
INDEX = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>mitral</title>
    <link rel="icon" href="./icon.svg" type="image/svg+xml" />
    <script type="module" crossorigin src="./assets/index-a.js"></script>
    <link rel="stylesheet" crossorigin href="./assets/index-b.css">
  </head>
  <body><div id="app"></div></body>
</html>
"""
SCRIPT = "const ends = '</script>', opens = '<!--'; console.log(ends, opens)"
STYLE = "@font-face{src:url(./a.woff2)format('woff2')}"


class Parts(HTMLParser):
    """What a browser would find in a file: tags with their attributes, and the texts inside."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {}
        self.comments: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        self.inside.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inside[self._open][-1] += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page as small as can be, of the shape that the build makes."""
    built = tmp_path_factory.mktemp("static")
    (built / "assets").mkdir()
    (built / "index.html").write_text(INDEX, encoding="utf-8")
    (built / "icon.svg").write_text("<svg/>", encoding="utf-8")
    (built / "assets/index-a.js").write_text(SCRIPT, encoding="utf-8")
    (built / "assets/index-b.css").write_text(STYLE, encoding="utf-8")
    (built / "assets/a.woff2").write_bytes(b"\x00font")
    (built / "licenses").mkdir()
    (built / "licenses/a.txt").write_text("Made by others.", encoding="utf-8")
    return built


@pytest.fixture(scope="module")
def held() -> dict[str, Any]:
    """What a page without patients keeps."""
    shares: list[float] = []
    made = kept.kept(kept.usual(), 2.0, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    return made


def data_of(text: str) -> dict[str, Any]:
    """What a file keeps."""
    found = re.search(r'id="mitral-data">([^<]+)<', text)
    assert found is not None
    return json.loads(gzip.decompress(base64.b64decode(found[1])))


def policy_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_file_holds_everything_and_asks_for_nothing(folder: Path, held: dict[str, Any]):
    text = one_file.html(held, folder)
    page = Parts(text)
    for tag, said in page.tags:
        assert tag != "link" or (said["href"] or "").startswith("data:")
        assert "src" not in said
        assert "style" not in said
        assert not [name for name in said if name.startswith("on")]
    assert "http://" not in text
    assert "https://" not in text
    assert "url(data:font/woff2;base64,AGZvbnQ=)" in page.inside["style"][0]
    assert len(text) < MOST_BYTES
    assert mitral.NOTICE in page.comments[0]
    assert mitral.__version__ in page.comments[0]


def test_nothing_runs_but_the_script_of_the_page(folder: Path):
    page = Parts(one_file.html({}, folder))
    licences, data, script = page.inside["script"]
    assert licences.strip() == "Made by others."
    kinds = [said.get("type") for tag, said in page.tags if tag == "script"]
    assert kinds == ["text/plain", "text/plain", "module"]
    assert script == SCRIPT.replace("<", r"\x3C")
    metas = [said for tag, said in page.tags if tag == "meta"]
    rules = next(m["content"] or "" for m in metas if "http-equiv" in m)
    assert f"script-src {policy_hash(script)};" in rules
    assert f"style-src {policy_hash(page.inside['style'][0])};" in rules
    assert rules.startswith("default-src 'none';")
    assert "unsafe" not in rules
    assert json.loads(gzip.decompress(base64.b64decode(data))) == {}


def test_a_page_that_is_missing_or_of_another_build_is_refused(tmp_path: Path, folder: Path):
    with pytest.raises(mitral.InputError, match="has not been built"):
        one_file.html({}, tmp_path)
    index = (folder / "index.html").read_text(encoding="utf-8").replace("module", "text/other")
    (tmp_path / "index.html").write_text(index, encoding="utf-8")
    with pytest.raises(mitral.InputError, match="build it again"):
        one_file.html({}, tmp_path)


def test_every_heart_of_the_list_can_be_dragged_and_followed(held: dict[str, Any]):
    names = [heart["title"] for heart in held["hearts"]]
    assert len(set(names)) == len(names) == 10
    for heart in held["hearts"]:
        holes = [beat["eroa_cm2"] for beat in heart["beats"][1:]]
        untreated = "treatments" not in heart["scenario"]
        steps = np.round(np.linspace(0.0, 1.0, 51), 4)
        assert holes == (steps if untreated else steps[-len(holes) :]).tolist()
        assert len(holes) >= 50
        leaks = "cause" in heart["scenario"].get("patient", {})
        assert ("course" in heart) == (leaks and untreated)
    first = held["hearts"][0]
    assert [arm["name"] for arm in first["comparison"]["arms"]] == [*held["arms"]["arms"]]
    hole = next(one for one in held["schema"]["controls"] if one["id"] == "eroa")
    assert (hole["step"], hole["high"]) == (0.02, 1.0)


def test_what_is_kept_is_what_a_server_answers(held: dict[str, Any]):
    heart = held["hearts"][0]
    beat = next(beat for beat in heart["beats"] if beat["eroa_cm2"] == 0.3)
    first = heart["beats"][0]["view"]
    found = {**first, **beat["view"]}
    there = view(mitral.simulate(mitral.Patient(cause="flail_leaflet", eroa_cm2=0.3)))
    assert found.keys() == there.keys()
    for name, wave in there["picture"]["waves"].items():
        per, *steps = found["picture"]["waves"][name]
        assert np.allclose(np.cumsum(steps) / per, wave, rtol=0.0, atol=1e-9), name
    for name, value in there["exam"].items():
        assert found["exam"][name] == pytest.approx(value, rel=1e-5), name
    parameters = first["parameters"] | beat["view"]["parameters"]
    assert parameters == pytest.approx(there["parameters"], rel=1e-5)
    assert found["grade"] == packing.packed(there["grade"])


def test_every_heart_that_lessons_and_library_tell_of_is_there(held: dict[str, Any]):
    told = [(one.scenario, one.years) for lesson in lessons() for one in lesson.hearts.values()]
    told += [(entry.scenario, entry.years) for entry in library() if entry.scenario is not None]
    told += [(one["scenario"], one["years"]) for one in archetypes()]
    there = [heart["scenario"] for heart in held["hearts"] + held["others"]]
    for scenario, years in told:
        young = {key: value for key, value in scenario.items() if key != "treatments" and value}
        assert young in there
        assert bare_body(young.get("patient", {})) in there
        given = {"treatments": scenario["treatments"]} if scenario.get("treatments") else {}
        if years:
            old = [
                one["to"]
                for one in held["grown"]
                if one["scenario"] == young and one["years"] == years
            ]
            assert len(old) == 1, scenario
            assert old[0] in there
            assert {**old[0], **given} in there
        else:
            assert {**young, **given} in there


def bare_body(patient: dict[str, Any]) -> dict[str, Any]:
    names = ("age_years", "sex", "height_cm", "weight_kg")
    facts = {name: patient[name] for name in names if name in patient}
    usual = mitral.Patient().model_dump()
    facts = {name: value for name, value in facts.items() if value != usual[name]}
    return {"patient": facts} if facts else {}


@pytest.mark.parametrize("curve", [[0.0, 0.0], [1.25, -3.5, 2.0], [0.1234, 0.1], [80.0, 120.0]])
def test_a_curve_is_kept_to_its_last_digit(curve: list[float]):
    per, *steps = packing.steps(curve)
    assert (np.cumsum(steps) / per).tolist() == curve


def test_a_patient_is_nobody_in_the_file(run, tmp_path: Path, folder: Path):
    file = tmp_path / "Smith.yaml"
    file.write_text(
        "name: Mary Smith\nresembles: Mrs Smith of ward 3\ncause: prolapse\neroa_cm2: 0.3\n"
        "findings: {lv_edv_ml: 177.7}\ncircumstances: {nyha: II}\n",
        encoding="utf-8",
    )
    out = tmp_path / "heart.html"
    done = run("export-page", out, file, "--years", 1, "--page", folder)
    assert done.returncode == 0, done.stderr
    assert "wrote" in done.stderr
    assert done.stdout == ""
    text = out.read_text(encoding="utf-8")
    found = data_of(text)
    said = json.dumps(found["hearts"]) + json.dumps(found["others"]) + text[:2000]
    for word in ("Smith", "Mrs", "findings", "nyha"):
        assert word not in said
    (heart,) = found["hearts"]
    assert heart["title"] == "Patient 1: mitral valve prolapse"
    assert heart["scenario"] == {"patient": {"cause": "prolapse", "eroa_cm2": 0.3}}
    assert {"course", "comparison"} <= heart.keys()
    assert heart["course"]["visits"][-1]["day"] == pytest.approx(365.25, abs=1.0)
    assert found["years"] == 1.0


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["heart.htm"], 3, "must end in .html"),
        (["nowhere/heart.html"], 3, "does not exist"),
        (["heart.html", "missing.yaml"], 3, "missing.yaml"),
        (["heart.html", "--years", "0"], 2, "--years"),
        ([], 2, "OUT.html"),
    ],
)
def test_what_cannot_be_written_is_refused_at_once(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, why: str
):
    monkeypatch.chdir(tmp_path)
    done = run("export-page", *words)
    assert done.returncode == code
    assert why in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_heart_that_cannot_live_with_a_hole_is_left_out(monkeypatch: pytest.MonkeyPatch):
    real = workflow.treated_beat

    def frail(patient: Any, given: Any, **rest: Any) -> Any:
        if (patient.eroa_cm2 or 0.0) > 0.5:
            raise mitral.NotSettledError("fails", None)
        return real(patient, given, **rest)

    monkeypatch.setattr(workflow, "treated_beat", frail)
    monkeypatch.setattr(kept, "_told", lambda: [({}, 0.0)])
    made = kept.kept([kept.Shown("Frail", mitral.Patient(eroa_cm2=0.1))], 1.0, lambda _share: None)
    assert max(beat["eroa_cm2"] for beat in made["hearts"][0]["beats"]) == 0.5
