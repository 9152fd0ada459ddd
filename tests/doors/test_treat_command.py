"""`mitral treat` and `mitral treatments`: the same numbers at every door, the picture, faults."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import mitral
from mitral.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def called(*arguments: object) -> Result:
    """A run of the command."""
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_command_and_python_give_the_same_numbers():
    done = called("treat", "--cause", "flail_leaflet", "--with", "repair", "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    who = mitral.Patient(name="Reference adult", cause="flail_leaflet")
    made = mitral.treat(who, ["repair"])
    for side, beat in (("before", made.before), ("after", made.after)):
        for name in ("regurgitant_volume_ml", "lv_edv_ml", "stroke_work_j"):
            assert found[side]["exam"][name] == pytest.approx(beat.exam.as_dict()[name], rel=1e-9)
        assert found[side]["grade"]["severity"] == beat.grade.severity
    assert found["dose"][0]["treatment"] == "repair"
    assert found["provenance"]["notice"] == mitral.NOTICE


def test_the_page_shows_both_sides_the_change_and_the_notice():
    done = called("treat", "--cause", "flail_leaflet", "--with", "teer:2clips", "--with", "nitrate")
    assert done.exit_code == 0, done.stderr
    for words in ("before", "after", "change", "points", "Oxygen use", "teer (clips 2)", "SEVERE"):
        assert words in done.stdout
    assert " ".join(mitral.NOTICE.split()) in " ".join(done.stdout.split())


def test_a_picture_is_written_with_text_that_can_be_read(tmp_path: Path):
    path = tmp_path / "before_after.svg"
    done = called("treat", "--cause", "flail_leaflet", "--with", "repair", "--figure", path)
    assert done.exit_code == 0, done.stderr
    text = path.read_text(encoding="utf-8")
    for words in ("before", "after", "Stroke work", "Left atrium", mitral.NOTICE):
        assert words in text


def test_treatments_are_listed_and_told():
    rows = json.loads(called("treatments", "--json").stdout)["treatments"]
    assert len(rows) >= 18
    assert {"name", "dose", "unit", "range", "sources", "leaves_out"} <= rows[0].keys()
    one = json.loads(called("treatments", "mitraclip", "--json").stdout)["treatments"]
    assert [row["name"] for row in one] == ["teer"]
    assert one[0]["references"]
    listed = called("treatments").stdout
    assert all(row["name"] in listed for row in rows)
    for row in rows:
        told = called("treatments", row["name"])
        assert told.exit_code == 0, told.stderr
        assert "LEAVES OUT" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "Missing option '--with'"),
        (("--with", "reparo"), 3, "did you mean 'repair'"),
        (("--with", "diuretic:400kg"), 3, "unit 'kg'"),
        (("--with", "diuretic:9L"), 3, "outside 50 to 3000 mL"),
        (("--with", "repair:40mm"), 3, "larger than the annulus"),
        (("--with", "teer", "--with", "repair"), 3, "operated on in one way"),
        (("--with", "nitroprusside:map=20"), 3, "cannot bring aortic_mean_mmhg to 20"),
        (("--with", "repair", "--figure", "x.gif"), 3, "must end in"),
    ],
)
def test_a_fault_is_one_line_with_its_code(arguments, code, words):
    done = called("treat", "--cause", "flail_leaflet", *arguments)
    assert done.exit_code == code
    assert words in done.stderr
    if code == 3:
        assert done.stderr.startswith("error: ")
        assert len(done.stderr.splitlines()) == 1


def test_treatment_of_the_healthy_is_refused():
    done = called("treat", "--with", "repair")
    assert done.exit_code == 3
    assert "nothing leaks in this patient" in done.stderr


def test_an_unknown_treatment_is_refused_by_the_list():
    done = called("treatments", "mitraclp")
    assert done.exit_code == 3
    assert "did you mean 'mitraclip'" in done.stderr
