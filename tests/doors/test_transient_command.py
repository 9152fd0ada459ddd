"""`mitral transient`: the same numbers at every door, its files, its faults."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

import mitral
from mitral.cli.main import main
from mitral.measure.describe import describe
from mitral.measure.exam import Exam

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

EMPTY = ("--set", "tbv=2000", "--set", "vu_sa=1500", "--set", "vu_ao=200")
"""Too little blood for the vessels: the heart cannot settle."""
RUN = ("transient", "--cause", "papillary_rupture", "--beats", "24")


def called(*arguments: object) -> Result:
    """A run of the command that must be fine."""
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exit_code == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def made() -> mitral.Transient:
    """The same run in Python."""
    who = mitral.Patient(name="Reference adult", cause="papillary_rupture")
    return mitral.transient(who, beats=24)


def test_command_and_python_give_the_same_numbers(made: mitral.Transient) -> None:
    found = json.loads(called(*RUN, "--json").stdout)
    assert len(found["beats"]) == 24
    assert found["onset_s"] == pytest.approx(made.onset_s, rel=1e-9)
    assert found["beats"][10]["time_s"] == pytest.approx(found["onset_s"], rel=1e-9)
    assert found["outcome"] == made.outcome
    assert found["hemodynamic_compromise"] is made.hemodynamic_compromise
    assert [one["name"] for one in found["criteria"]] == [one.name for one in made.criteria]
    assert found["provenance"]["settings"]["onset_beat"] == 10
    assert found["provenance"]["notice"] == mitral.NOTICE
    for beat, one in zip(found["beats"], made.beats, strict=True):
        exam = one.exam.as_dict()
        assert beat["exam"].keys() == exam.keys()
        for name in ("heart_rate_bpm", "aortic_mean_mmhg", "regurgitant_volume_ml"):
            assert beat["exam"][name] == pytest.approx(exam[name], rel=1e-9), name


def test_what_is_not_measurable_is_null(made: mitral.Transient) -> None:
    found = json.loads(called(*RUN, "--json").stdout)
    assert np.isnan(made.before.exam.mr_vti_cm)
    assert found["beats"][0]["exam"]["mr_vti_cm"] is None


def test_the_table_shows_moments_outcome_and_notice(made: mitral.Transient) -> None:
    text = called(*RUN).stdout
    before, first = made.before.exam, made.beats[10].exam
    rate = f"{before.heart_rate_bpm:.0f} +{first.heart_rate_bpm:.0f}"
    assert re.search(rf"Heart rate +{rate}", text)
    forward = f"{before.forward_stroke_volume_ml:.0f} +{first.forward_stroke_volume_ml:.0f}"
    assert re.search(rf"Forward stroke volume +{forward}", text)
    assert made.outcome.upper() in text
    flat = " ".join(text.split())
    assert made.reason in flat
    assert mitral.NOTICE in flat
    # 24 beats end before 60 s
    assert "60 s" not in text


def test_options_reach_the_model() -> None:
    settings = ("--onset-beat", 3, "--no-reflex", "--set", "r_sys=+10%", "--eroa", "30mm2")
    found = json.loads(called("transient", "--beats", 6, *settings, "--json").stdout)
    assert found["provenance"]["settings"] == {
        "reflex": False,
        "changes": {"r_sys": "+10%"},
        "beats": 6,
        "onset_beat": 3,
    }
    assert found["provenance"]["patient"]["eroa_cm2"] == 0.3
    leaks = [one["exam"]["regurgitant_volume_ml"] > 1.0 for one in found["beats"]]
    assert leaks == [False] * 3 + [True] * 3


def test_the_netcdf_file_has_findings_and_waveforms(tmp_path: Path, made: mitral.Transient) -> None:
    xarray = pytest.importorskip("xarray")
    out = tmp_path / "t.nc"
    out.write_text("old")
    called(*RUN, "--out", out)
    assert list(tmp_path.iterdir()) == [out]
    with xarray.open_dataset(out, engine="h5netcdf") as data:
        assert data.attrs["Conventions"].startswith("CF-")
        assert data.attrs["comment"] == mitral.NOTICE
        assert data.attrs["outcome"] == made.outcome
        assert data["aortic_mean_mmhg"].attrs == {"long_name": "aortic mean", "units": "mmHg"}
        assert data["aortic_mean_mmhg"].dims == ("beat",)
        assert data["p_lv"].dims == ("time",)
        assert all("units" in data[name].attrs for name in data.variables)
        time = data["time"].values
        assert (np.diff(time) > 0.0).all()
        assert time[-1] == pytest.approx(made.end_s)
        # the curve at the start of a beat is that beat's first sample
        start = float(data["beat_start"][12])
        sample = float(data["v_lv"].interp(time=start))
        assert sample == pytest.approx(float(made.beats[12].beat["v_lv"][0]), abs=1e-6)


@pytest.mark.parametrize("name", ["t.svg", "t.png", "t.pdf"])
def test_a_figure_is_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    called(*RUN, "--figure", path)
    assert list(tmp_path.iterdir()) == [path]
    content = path.read_bytes()
    assert content.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[name[-3:]])
    if name.endswith("svg"):
        text = content.decode()
        assert "leak opens" in text
        assert "For research and education" in text


def test_a_long_run_without_a_cause_can_be_drawn(tmp_path: Path) -> None:
    called("transient", "--eroa", 0.1, "--beats", 300, "--figure", tmp_path / "long.svg")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--cause", "flail_leaflet", "--beats", "0"), 3, "beats is 0, outside 2 to 5000"),
        (("--cause", "flail_leaflet", "--beats", "9999"), 3, "beats is 9999"),
        (("--cause", "flail_leaflet", "--onset-beat", "120"), 3, "onset-beat is 120"),
        ((), 3, "nothing leaks"),
        (("--cause", "flial"), 3, "did you mean"),
        (("--cause", "flail_leaflet", "--out", "t.txt"), 3, "must end in .nc"),
        (("--eroa", "0.4", *EMPTY), 4, "before the leak opens"),
        (("--beats", "many"), 2, "not a valid integer"),
    ],
)
def test_faults_are_one_line_and_an_exit_code(
    arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = CliRunner().invoke(main, ["transient", *arguments])
    assert done.exit_code == code
    assert says in done.stderr
    assert done.stdout == ""
    if code != 2:
        assert done.stderr.splitlines()[-1].startswith("error:")


def test_every_finding_has_a_unit_and_a_name() -> None:
    for field in fields(Exam):
        long_name, unit = describe(field.name)
        assert long_name, field.name
        assert unit, field.name
    assert describe("lv_end_systolic_stress_kdyn_cm2") == ("LV end systolic stress", "kdyn cm-2")
    assert describe("eroa_cm2") == ("EROA", "cm2")
    assert describe("mitral_e_a_ratio")[1] == "1"
