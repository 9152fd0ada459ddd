"""`mitral new`: the template reads back as the healthy adult and names every field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mitral import Circumstances, Findings, InputError, Patient
from mitral.cli.main import main
from mitral.disease.causes import find
from mitral.patient.fields import fields
from mitral.patient.readers.yaml import read, write_template

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (*Patient.model_fields, *Findings.model_fields, *Circumstances.model_fields)


def test_the_template_reads_back_as_the_healthy_adult(tmp_path: Path) -> None:
    write_template(tmp_path / "new.yaml")
    assert read(tmp_path / "new.yaml") == Patient()


def test_the_template_explains_every_field_with_its_unit_and_range(tmp_path: Path) -> None:
    write_template(tmp_path / "new.yaml")
    text = (tmp_path / "new.yaml").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"{name}:" in text
        if fields()[name].numeric:
            assert fields()[name].range in " ".join(text.replace("\n# ", " ").split())
    assert max(map(len, text.splitlines())) <= 120


def test_the_template_is_a_valid_patient_when_every_example_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    write_template(path)
    names = {*NAMES, "v0_lv", "r_sys"}

    def uncomment(line: str) -> str:
        example = re.match(r"# ( *(\w+):.*)", line)
        return example[1] if example and example[2] in names else line

    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(map(uncomment, lines)), encoding="utf-8")
    patient = read(path)
    assert patient.eroa_cm2 == 0.4
    assert patient.findings.model_dump(exclude_none=True).keys() == set(Findings.model_fields)
    told = patient.circumstances.model_dump(exclude_none=True)
    assert told.keys() == set(Circumstances.model_fields)
    assert patient.cause is not None
    assert find(patient.cause).name == patient.cause
    assert patient.factors
    assert patient.parameters


def test_every_field_has_its_row() -> None:
    assert list(fields()) == list(NAMES)
    assert all(field.meaning for field in fields().values())
    assert all(field.unit for field in fields().values() if field.numeric)


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("age_years: 60\n", encoding="utf-8")
    refused = CliRunner().invoke(main, ["new", str(path)])
    assert refused.exit_code == 3
    assert refused.stderr.startswith("error: ")
    assert "--force" in refused.stderr
    assert read(path) == Patient(age_years=60)
    forced = CliRunner().invoke(main, ["new", str(path), "--force"])
    assert forced.exit_code == 0
    assert "mitral simulate" in forced.stdout
    assert read(path) == Patient()


@pytest.mark.parametrize("name", ["noend", "case.txt", "none/case.yaml", "", "."])
def test_an_unusable_name_is_refused(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError):
        write_template(name)
    assert list(tmp_path.iterdir()) == []
