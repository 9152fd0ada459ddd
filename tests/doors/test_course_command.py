"""`mitral course`: the record, the files, every fault a user can make."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

import mitral
from mitral.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


def course(*arguments: object):
    return CliRunner().invoke(main, ["course", *map(str, arguments)])


@pytest.fixture(scope="module")
def record() -> dict:
    done = course("--cause", "flail_leaflet", "--years", "2", "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_the_json_has_visits_outcome_and_provenance(record: dict):
    assert record["outcome"] == "completed"
    first, *_, last = record["visits"]
    wanted = {"day", "state", "stage", "exam", "grade", "lung_water_ml_kg", "breathlessness"}
    assert wanted | {"tiredness", "hemodynamic_compromise"} <= first.keys()
    assert first["day"] == 0.0
    assert first["state"] == "normal"
    assert last["day"] == pytest.approx(2.0 * 365.25)
    assert last["state"] == "compensated"
    assert record["provenance"]["notice"] == mitral.NOTICE
    assert record["provenance"]["settings"]["onset"] == "sudden"


def test_the_command_gives_the_numbers_of_python(record: dict):
    made = mitral.follow(mitral.Patient(name="Reference adult", cause="flail_leaflet"), 2.0)
    for visit, written in zip(made.visits, record["visits"], strict=True):
        assert written["exam"]["lv_edv_ml"] == visit.exam.lv_edv_ml
        assert written["lung_water_ml_kg"] == visit.lung_water_ml_kg


def test_the_table_names_states_and_carries_the_notice():
    done = course("--cause", "prolapse", "--years", "3")
    assert done.exit_code == 0, done.stderr
    assert mitral.NOTICE in " ".join(done.stdout.split())
    assert "normal" in done.stdout


def test_files_are_written_and_nothing_else(tmp_path: Path):
    out, figure = tmp_path / "c.nc", tmp_path / "c.svg"
    done = course("--eroa", "0.3", "--years", "1", "--out", out, "--figure", figure)
    assert done.exit_code == 0, done.stderr
    assert sorted(tmp_path.iterdir()) == [out, figure]
    assert "<svg" in figure.read_text(encoding="utf-8")
    xarray = pytest.importorskip("xarray")
    with xarray.open_dataset(out, engine="h5netcdf") as data:
        assert data["lv_edv_ml"].attrs["units"] == "mL"
        assert data["step_lap_mmhg"].attrs["units"] == "mmHg"
        assert data["state"].attrs["flag_meanings"].split()[0] == "normal"
        assert np.all(np.diff(data["step_day"].values) > 0.0)
        assert data.attrs["comment"] == mitral.NOTICE


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--cause", "prolapse", "--years", "0"), "outside 0 to 100"),
        (("--cause", "prolapse", "--years", "101"), "outside 0 to 100"),
        (("--cause", "prolapse", "--years", "nan"), "outside 0 to 100"),
        (("--cause", "prolapse", "--years", "5", "--onset-year", "5"), "after the end"),
        (("--cause", "prolapse", "--onset-year", "-1"), "from 0 on"),
        (("--cause", "prolaps"), "did you mean 'prolapse'"),
        (("--cause", "prolapse", "--onset", "slow"), "gradual"),
        ((), "nothing leaks"),
    ],
)
def test_a_fault_is_one_line_and_exit_code_3(arguments: tuple[str, ...], words: str):
    done = course(*arguments)
    assert done.exit_code == 3
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_circulation_that_fails_is_exit_code_0_with_what_was_reached(tmp_path: Path):
    out = tmp_path / "c.nc"
    done = course(
        *("--cause", "papillary_rupture", "--eroa", "1.4", "--set", "ctr=x0.6"),
        *("--years", "10", "--json", "--out", out),
    )
    assert done.exit_code == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["outcome"] == "circulatory failure"
    assert record["reason"]
    assert record["visits"][0]["state"] in ("normal", "decompensated")
    assert record["visits"][-1]["day"] < 10.0 * 365.25
    assert out.exists()


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_a_killed_run_leaves_no_half_written_file(tmp_path: Path):
    out = tmp_path / "c.nc"
    command = [sys.executable, "-m", "mitral", "course", "--cause", "prolapse"]
    running = subprocess.Popen(
        [*command, "--years", "100", "--out", str(out)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(1.5)
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=60)
    assert not any(tmp_path.iterdir()) or xarray_opens(out)


def xarray_opens(path: Path) -> bool:
    """Whether what stands there is whole (the machine may have been quicker than the signal)."""
    xarray = pytest.importorskip("xarray")
    with xarray.open_dataset(path, engine="h5netcdf") as data:
        return data.sizes["visit"] > 100


def test_an_established_patient_goes_on_from_there(tmp_path: Path):
    path = tmp_path / "grown.yaml"
    path.write_text("cause: flail_leaflet\nadapted: true\nfactors: {v0_lv: 1.3, v0_la: 1.6}\n")
    done = course(path, "--years", "1", "--json")
    assert done.exit_code == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["provenance"]["settings"]["onset"] == "established"
    assert record["visits"][0]["exam"]["regurgitant_volume_ml"] > 40.0
