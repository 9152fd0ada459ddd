"""`mitral simulate`: the same numbers at every door, files, and what a person sees meanwhile."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import mitral
from mitral.cli.area import area_cm2
from mitral.cli.main import main
from mitral.cli.waiting import COMPILING, SETTLING
from mitral.errors import InputError
from mitral.report.plain import to_json
from mitral.solver.solve import solve
from mitral.workflow import beat

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty")


def simulated(*arguments: str) -> dict:
    """The JSON of a run that must be fine."""
    done = CliRunner().invoke(main, ["simulate", "--json", *arguments])
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_command_and_python_give_the_same_numbers(leaking_beat: mitral.SettledBeat) -> None:
    found = simulated("--eroa", "0.4")
    assert found["settled"] is True
    assert found["beats"] == leaking_beat.beats
    for name, value in leaking_beat.exam.as_dict().items():
        if isinstance(value, float) and math.isnan(value):
            assert found["exam"][name] is None
        else:
            assert found["exam"][name] == pytest.approx(value, rel=1e-9), name
    assert found["grade"]["severity"] == leaking_beat.grade.severity
    assert found["provenance"]["version"] == mitral.__version__


def test_the_table_shows_the_same_numbers(leaking_beat: mitral.SettledBeat) -> None:
    text = CliRunner().invoke(main, ["simulate", "--eroa", "40mm2"]).stdout
    exam = leaking_beat.exam
    for label, value, unit in (
        ("Regurgitant volume", f"{exam.regurgitant_volume_ml:.0f}", "mL"),
        ("Ejection fraction", f"{exam.lv_ef_percent:.0f}", "%"),
        ("Left atrium v wave", f"{exam.la_v_wave_mmhg:.0f}", "mmHg"),
    ):
        assert re.search(rf"{label} +{value} +{unit}", text), label
    assert mitral.NOTICE in " ".join(text.split())


def test_the_patient_file_is_used_and_the_command_line_overrides_it(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("name: My case\nage_years: 60\nsex: female\neroa_cm2: 0.2\n", encoding="utf-8")
    patient = simulated(str(path), "--eroa", "40mm2")["provenance"]["patient"]
    assert patient == {"name": "My case", "age_years": 60, "sex": "female", "eroa_cm2": 0.4}


def test_cause_changes_and_reflex_reach_the_model() -> None:
    with_reflex = simulated("--cause", "flail_leaflet", "--set", "r_sys=+10%", "--set", "tbv=x0.99")
    assert with_reflex["provenance"]["patient"]["cause"] == "flail_leaflet"
    assert with_reflex["provenance"]["settings"] == {
        "reflex": True,
        "changes": {"r_sys": "+10%", "tbv": "x0.99"},
    }
    without = simulated("--cause", "flail_leaflet", "--no-reflex")
    assert without["provenance"]["settings"]["reflex"] is False
    assert without["exam"]["heart_rate_bpm"] == pytest.approx(65.0, abs=0.01)
    assert with_reflex["exam"]["heart_rate_bpm"] > 75.0


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("0.4", 0.4),
        ("0.4cm2", 0.4),
        (" 0.4 cm² ", 0.4),
        ("40mm2", 0.4),
        ("4e1mm²", 0.4),
        (".4", 0.4),
    ],
)
def test_an_area_is_read_in_both_units(text: str, area: float) -> None:
    assert area_cm2(text) == pytest.approx(area)


@pytest.mark.parametrize("text", ["", "cm2", "0.4m2", "0,4", "nan", "inf", "1e", "0.4 0.5", "--4"])
def test_what_is_no_area_is_told(text: str) -> None:
    with pytest.raises(InputError, match="40mm2"):
        area_cm2(text)


def test_json_has_no_nan_and_no_negative_zero() -> None:
    text = to_json({"a": math.nan, "b": [-0.0, math.inf], "c": (True, None, "x")})
    assert json.loads(text) == {"a": None, "b": [0.0, None], "c": [True, None, "x"]}
    assert "-0" not in text


def test_files_are_written_and_existing_ones_replaced(tmp_path: Path) -> None:
    out, figure = tmp_path / "beat.nc", tmp_path / "beat.svg"
    out.write_text("old")
    done = CliRunner().invoke(
        main, ["simulate", "--eroa", "0.4", "--out", str(out), "--figure", str(figure)]
    )
    assert done.exit_code == 0, done.stderr
    assert sorted(tmp_path.iterdir()) == [out, figure]
    xarray = pytest.importorskip("xarray")
    with xarray.open_dataset(out, engine="h5netcdf") as data:
        assert data["p_lv"].attrs["units"] == "mmHg"
        assert float(data["p_lv"].max()) > 80.0
    assert "<svg" in figure.read_text(encoding="utf-8")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real solver, given too few beats to settle."""
    monkeypatch.setattr(beat, "solve", partial(solve, limit=3))


@pytest.mark.usefixtures("impatient")
def test_a_beat_that_does_not_settle_is_exit_code_4_and_its_last_state_is_saved(
    tmp_path: Path,
) -> None:
    out = tmp_path / "last.nc"
    done = CliRunner().invoke(main, ["simulate", "--eroa", "0.4", "--out", str(out)])
    assert done.exit_code == 4
    assert done.stdout == ""
    line = done.stderr.splitlines()[-1]
    assert line.startswith("error: not settled after 3 beats")
    assert line.endswith(f"the last state is in '{out}'")
    assert list(tmp_path.iterdir()) == [out]
    xarray = pytest.importorskip("xarray")
    with xarray.open_dataset(out, engine="h5netcdf") as data:
        assert data.attrs["settled"] == 0


@pytest.mark.usefixtures("impatient")
def test_a_beat_that_does_not_settle_has_no_findings_in_json() -> None:
    done = CliRunner().invoke(main, ["simulate", "--eroa", "0.4", "--json"])
    assert done.exit_code == 4
    found = json.loads(done.stdout)
    assert found["settled"] is False
    assert found["exam"] is None
    assert found["grade"] is None


def on_terminal(*arguments: str, **environment: str) -> tuple[str, str]:
    """stdout and stderr of the command when both are terminals of 80 columns."""
    out, err = pty.openpty(), pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "mitral", *arguments],
        stdout=out[1],
        stderr=err[1],
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "80"} | environment,
    )
    for _, slave in (out, err):
        os.close(slave)
    # Both at once: a terminal that nobody reads would stop the command.
    with ThreadPoolExecutor() as pool:
        texts = list(pool.map(_all_of, (out[0], err[0])))
    assert process.wait(60) == 0
    return texts[0], texts[1]


def _all_of(terminal: int) -> str:
    """What a terminal received until its last writer left."""
    received = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            part = b""
        if not part:
            os.close(terminal)
            return received.decode("utf-8", "replace")
        received += part


def test_a_terminal_shows_colours_and_what_is_being_waited_for() -> None:
    out, err = on_terminal("simulate", "--eroa", "0.1")
    assert SETTLING in err or COMPILING in err or "Loading" in err
    assert re.search(r"\x1b\[[0-9;]*3\dm", out)


def test_no_color_is_respected_on_a_terminal() -> None:
    out, _ = on_terminal("simulate", "--eroa", "0.1", NO_COLOR="1")
    assert "Regurgitant volume" in out
    assert not re.search(r"\x1b\[(?:\d+;)*[34]\dm", out)


def test_the_first_run_says_that_it_compiles(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from mitral import kernel

    monkeypatch.setattr(kernel, "CACHE", tmp_path)
    done = CliRunner().invoke(main, ["simulate", "--json"])
    assert done.exit_code == 0
    assert done.stderr == f"{COMPILING} ...\n"
    json.loads(done.stdout)
