"""`mitral guideline`: the record, the page, and every fault a user can make."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import mitral
from mitral.cli.main import main
from mitral.treatment.guideline import NEUTRAL

if TYPE_CHECKING:
    from pathlib import Path

PERSON = """\
name: Severe leak
cause: prolapse
eroa_cm2: 0.5
adapted: true
findings:
  regurgitant_volume_ml: 70
  lv_ef_percent: 58
circumstances:
  nyha: I
  operable: yes
  surgical_risk: low
"""


def guideline(*arguments: object, **environment: str):
    return CliRunner(env=environment).invoke(main, ["guideline", *map(str, arguments)])


@pytest.fixture
def person(tmp_path: Path) -> Path:
    path = tmp_path / "person.yaml"
    path.write_text(PERSON)
    return path


def test_the_json_is_that_of_python_and_has_what_was_promised():
    done = guideline("--cause", "papillary_rupture", "--json")
    assert done.exit_code == 0, done.stderr
    record = json.loads(done.stdout)
    made = mitral.guideline(mitral.Patient(name="Reference adult", cause="papillary_rupture"))
    assert record == json.loads(json.dumps(made.as_dict()))
    assert record["stage"] == "none"
    assert record["provenance"]["notice"] == mitral.NOTICE
    assert record["provenance"]["settings"] == {"recorded": False, "changes": {}}
    assert len(record["references"]) == 4
    for row in record["statements"]:
        wanted = {"document", "class", "level", "text", "status", "missing", "reasons", "checked"}
        assert wanted <= row.keys()
        assert row["status"] in ("met", "not met", "undecidable")
        assert bool(row["missing"]) == (row["status"] == "undecidable")
        assert row["text"].startswith(NEUTRAL)


def test_a_recorded_state_is_judged_without_simulation(person: Path):
    done = guideline(person, "--recorded", "--json")
    assert done.exit_code == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["facts"]["lv_ef_percent"] == 58.0
    assert record["facts"]["pa_systolic_mmhg"] is None
    met = {row["id"] for row in record["statements"] if row["status"] == "met"}
    assert met == {"acc_primary_failing", "esc21_primary_failing", "esc25_primary_failing"}


def test_the_page_lists_met_then_undecidable_then_a_number_within_80_columns(person: Path):
    done = guideline(person, COLUMNS="80")
    assert done.exit_code == 0, done.stderr
    text = done.stdout
    assert max(map(len, text.splitlines())) <= 80
    places = [
        text.index(title)
        for title in ("\nMEETS THE CONDITION", "\nUNDECIDABLE", "\nDOES NOT MEET THE CONDITION")
    ]
    assert places == sorted(places)
    assert "not listed; --all lists them" in text
    assert "state: as simulated" in text
    flat = " ".join(text.split())
    assert mitral.NOTICE in flat
    assert "no advice" in flat
    assert "missing: " in flat
    everything = guideline(person, "--all", COLUMNS="80").stdout
    assert "not listed" not in everything
    assert len(everything) > 2 * len(text)
    assert "stage: cannot be told" in guideline(person, "--recorded", COLUMNS="80").stdout


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("  surgical_risk: huge", "surgical_risk is 'huge'; it must be low, intermediate, high"),
        ("  operable: maybe", "operable is 'maybe'; it must be true or false"),
        ("  la_diameter_mm: 4.5", "la_diameter_mm is 4.5 mm, outside 15 to 150 mm"),
        ("  surgicl_risk: low", "circumstance 'surgicl_risk' is unknown; did you mean"),
    ],
)
def test_a_wrong_circumstance_is_told_in_one_line(person: Path, line: str, words: str):
    person.write_text(PERSON.replace("  surgical_risk: low", line).replace("  operable: yes\n", ""))
    done = guideline(person)
    assert done.exit_code == 3
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--recorded",), 3, "nothing was recorded"),
        (("--cause", "prolaps"), 3, "did you mean 'prolapse'"),
        (("--set", "r_sys"), 2, "NAME=VALUE"),
        (("--eroa", "40"), 3, "did you mean 0.4"),
        (("none.yaml",), 3, "does not exist"),
        (("--patients",), 2, "No such option"),
    ],
)
def test_faults_have_their_exit_code_and_a_line(arguments: tuple, code: int, words: str):
    done = guideline(*arguments)
    assert done.exit_code == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_changed_parameters_cannot_be_judged_as_recorded(person: Path):
    done = guideline(person, "--recorded", "--set", "r_sys=1")
    assert done.exit_code == 3
    assert "not simulated" in done.stderr


def test_exchanged_pulmonary_pressures_are_told(person: Path):
    findings = "findings:\n  pa_mean_mmhg: 50\n  pa_systolic_mmhg: 30\n"
    person.write_text(PERSON.replace("findings:\n", findings))
    done = guideline(person, "--recorded")
    assert done.exit_code == 3
    assert "not below pa_systolic_mmhg (30 mmHg); are the two exchanged?" in done.stderr
