"""`mitral compare`: the record, the files, every fault a user can make."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import mitral
from mitral.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

WEEK = "0.02"
QUICK = ("--cause", "flail_leaflet", "--years", WEEK, "--at", WEEK)


def compare(*arguments: object):
    return CliRunner().invoke(main, ["compare", *map(str, arguments)])


@pytest.fixture(scope="module")
def record() -> dict:
    done = compare(*QUICK, "--with", "none", "--with", "repair+diuretic:400mL", "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_the_json_has_arms_with_visits_and_provenance(record: dict):
    assert [arm["name"] for arm in record["arms"]] == ["none", "repair+diuretic:400mL"]
    none, repair = (arm["visits"] for arm in record["arms"])
    assert none[0] == repair[0]
    assert repair[0]["exam"]["eroa_cm2"] > 0.4
    assert repair[-1]["exam"]["eroa_cm2"] < 0.05
    assert repair[-1]["day"] == pytest.approx(0.04 * 365.25)
    given = record["arms"][1]["treatments"]
    assert [one["treatment"] for one in given] == ["repair", "diuretic"]
    assert {"name": "fluid", "value": 400.0, "unit": "mL"} in given[1]["doses"]
    assert record["lead"][-1] == none[0]
    assert record["provenance"]["notice"] == mitral.NOTICE
    assert record["provenance"]["settings"]["at"] == [0.02]


def test_the_command_gives_the_numbers_of_python(record: dict):
    who = mitral.Patient(name="Reference adult", cause="flail_leaflet")
    made = mitral.compare(who, ("none", "repair+diuretic:400mL"), 0.02, at=0.02)
    for arm, written in zip(made.arms, record["arms"], strict=True):
        for visit, told in zip(arm.course.visits, written["visits"], strict=True):
            assert told["exam"]["lv_edv_ml"] == visit.exam.lv_edv_ml


def test_the_page_fits_says_it_is_a_model_and_carries_the_notice():
    done = compare(*QUICK, "--with", "none", "--with", "teer")
    assert done.exit_code == 0, done.stderr
    words = " ".join(done.stdout.split())
    assert "AT THE END" in words
    assert "In this model" in words
    assert words.endswith(mitral.NOTICE)
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_several_times_tell_what_waiting_costs():
    done = compare(*QUICK, "--at", "0.03", "--with", "none", "--with", "repair")
    assert done.exit_code == 0, done.stderr
    assert "WHAT WAITING COSTS" in done.stdout
    begins = [row.split("  ")[0].strip() for row in done.stdout.splitlines() if "  " in row]
    assert "AT THE END" not in begins
    rows = [row.split() for row in done.stdout.splitlines()]
    assert [row[:2] for row in rows if row[1:2] == ["d"]] == [["7", "d"], ["11", "d"]]
    assert any(row[:1] == ["never"] for row in rows)


def test_files_are_written_and_nothing_else(tmp_path: Path):
    out, figure = tmp_path / "arms.nc", tmp_path / "c.svg"
    done = compare(*QUICK, "--with", "none", "--with", "repair", "--out", out, "--figure", figure)
    assert done.exit_code == 0, done.stderr
    assert sorted(tmp_path.iterdir()) == [out, figure]
    assert "<svg" in figure.read_text(encoding="utf-8")
    xarray = pytest.importorskip("xarray")
    with xarray.open_dataset(out, engine="h5netcdf") as data:
        assert list(data["arm"].values) == ["none", "repair"]
        assert data["lv_edv_ml"].attrs["units"] == "mL"
        assert data.attrs["comment"] == mitral.NOTICE


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--cause", "prolapse", "--with", "repairs"), "did you mean 'repair'"),
        (("--cause", "prolapse", "--with", "teer:9clips"), "outside"),
        (("--cause", "prolapse", "--with", "diuretic:4kg"), "unit 'kg'"),
        (("--cause", "prolapse", "--with", "teer+repair"), "exclude each other"),
        (("--cause", "prolapse", "--with", "none+repair"), "exclude each other"),
        (("--cause", "prolapse", "--with", "none", "--years", "0"), "outside 0 to 100"),
        (("--cause", "prolapse", "--with", "none", "--onset", "slow"), "gradual"),
        (
            ("--cause", "flail_leaflet", "--with", "repair", "--onset-year", "2", "--at", "1"),
            "before the disease",
        ),
        (("--with", "repair"), "nothing leaks"),
        (("--cause", "prolapse", "--with", "none", "--out", "arms.txt"), "must end in .nc"),
    ],
)
def test_a_fault_is_one_line_and_exit_code_3(arguments: tuple[str, ...], words: str):
    done = compare(*arguments)
    assert done.exit_code == 3
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_arms_must_be_given():
    assert compare("--cause", "prolapse").exit_code == 2


def test_an_arm_that_fails_is_exit_code_0_and_is_told():
    done = compare(
        *("--cause", "papillary_rupture", "--eroa", "1.2", "--set", "ctr=x0.7", "--at", "0"),
        *("--years", "0.1", "--with", "none", "--with", "repair"),
    )
    assert done.exit_code == 0, done.stderr
    assert "none: in this model circulatory failure" in " ".join(done.stdout.split())
