"""The command as a whole: quick to start, exit codes, one line for each fault, no traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import mitral
from mitral.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"numba", "pydantic", "rich", "matplotlib", "xarray", "numpy", "yaml"}
PROBE = """
import sys
sys.argv = ["mitral", *{arguments!r}]
try:
    {action}
except SystemExit:
    pass
print(",".join(sorted({heavy!r} & set(sys.modules))), file=sys.stderr)
"""


def imported(action: str, *arguments: str) -> str:
    """Which heavy packages a new process has loaded after the action."""
    code = PROBE.format(arguments=list(arguments), action=action, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stderr.strip()


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["simulate", "--help"]])
def test_what_needs_no_heart_loads_nothing_heavy(arguments: list[str]) -> None:
    assert imported("from mitral.cli.main import main; main()", *arguments) == ""


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert imported("import mitral") == ""


def test_version_and_help(run) -> None:
    assert run("--version").stdout == f"mitral {mitral.__version__}\n"
    text = run("--help").stdout
    for word in ("simulate", "parameters", "new", "Not a medical device"):
        assert word in text


def test_the_entry_point_is_the_command() -> None:
    try:
        points = distribution("mitral").entry_points.select(group="console_scripts", name="mitral")
    except PackageNotFoundError:
        pytest.skip("running from the sources, not installed")
    assert [point.load() for point in points] == [main]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frob"],
        ["simulate", "--frob"],
        ["simulate", "a.yaml", "b.yaml"],
        ["simulate", "--set", "r_sys"],
        ["simulate", "--set", "=1"],
        ["simulate", "--set", "r_sys="],
        ["simulate", "--set", "r_sys=1", "--set", "r_sys=2"],
        ["new"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 2
    assert "Usage: " in done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["simulate", "none.yaml"], ("'none.yaml' does not exist", "mitral new none.yaml")),
        (["simulate", "."], ("is a folder",)),
        (["simulate", "empty.yaml"], ("is empty",)),
        (["simulate", "syntax.yaml"], ("line 1, column 8",)),
        (["simulate", "big.yaml"], ("100.0 MB", "1 MB allowed")),
        (["simulate", "--eroa", "40"], ("40 cm²", "0 to 1.5 cm²", "did you mean 0.4 (40 mm²)?")),
        (["simulate", "--eroa", "-0.4"], ("-0.4 cm²", "0 to 1.5 cm²")),
        (["simulate", "--eroa", "nan"], ("'nan'", "40mm2")),
        (["simulate", "--eroa", "0.4m2"], ("'0.4m2'", "40mm2")),
        (["simulate", "--out", "beat.txt"], ("must end in .nc",)),
        (["simulate", "--out", "none/beat.nc"], ("'none' does not exist",)),
        (["simulate", "--figure", "beat.gif"], (".svg or .png or .pdf",)),
        (["simulate", "--figure", "none/beat.svg"], ("'none' does not exist",)),
        (["simulate", "--set", "age_years=70"], ("age_years belongs into the patient file",)),
        (["simulate", "--set", "r_sis=1"], ("'r_sis' is unknown", "did you mean 'r_sys'?")),
        (["simulate", "--set", "eroa=40"], ("eroa is 40 cm²", "0.4 (40 mm²)")),
        (["simulate", "--set", "r_sys=nan"], ("r_sys",)),
        (["simulate", "--cause", "flail_leeflet"], ("did you mean 'flail_leaflet'?",)),
        (["parameters", "r_sis"], ("'r_sis' is unknown", "did you mean 'r_sys'?")),
        (["new", "none/case.yaml"], ("'none' does not exist",)),
        (["new", "case.txt"], (".yaml or .yml",)),
    ],
)
def test_unusable_input_is_one_line_and_exit_code_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.yaml").write_text("")
    (tmp_path / "syntax.yaml").write_text("name: a: b\n")
    with (tmp_path / "big.yaml").open("wb") as sparse:
        sparse.truncate(100_000_000)
    before = sorted(tmp_path.iterdir())
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 3
    assert done.stdout == ""
    line = done.stderr.splitlines()[-1]
    assert line.startswith("error: ")
    for word in words:
        assert word in line
    assert sum(text.startswith("error") for text in done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_fault_in_a_real_process_is_one_line_on_stderr(run) -> None:
    done = run("simulate", "--eroa", "40")
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("error: ")


def test_a_closed_pipe_is_quiet() -> None:
    command = [sys.executable, "-m", "mitral", "parameters", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        if process.stdout is None or process.stderr is None:
            pytest.fail("no pipes")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")  # noqa: PTH110
def test_a_full_disk_is_one_line() -> None:
    command = [sys.executable, "-m", "mitral", "parameters"]
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert done.returncode == 3
    assert done.stderr == "error: No space left on device\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_ctrl_c_is_quiet_and_exit_code_130(tmp_path: Path) -> None:
    pipe = tmp_path / "case.yaml"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "mitral", "simulate", str(pipe)]
    # Opening for writing waits until the command reads the pipe: there it is interrupted.
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process,
        pipe.open("wb"),
    ):
        # Python itself may lose one interrupt, in a callback that cannot raise: press again
        for _ in range(60):
            process.send_signal(signal.SIGINT)
            try:
                out, err = process.communicate(timeout=1)
                break
            except subprocess.TimeoutExpired:
                continue
        else:
            process.kill()
            out, err = process.communicate()
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err


def test_an_output_without_special_letters_gets_no_traceback(run) -> None:
    # This Cyrillic encoding has no µ.
    done = run("parameters", "v_max", PYTHONIOENCODING="iso8859-5")
    assert done.returncode == 0
    assert "?m/s" in done.stdout


def test_parameters_as_json_hold_every_column(run) -> None:
    from mitral.parameters.parameter import definitions

    rows = json.loads(run("parameters", "--json").stdout)
    assert [row["name"] for row in rows] == list(definitions())
    for row in rows:
        assert row["low"] <= row["value"] <= row["high"]
        assert row["meaning"]
        assert row["source"]
        assert "unit" in row


def test_parameters_are_listed_by_group_with_unit_range_meaning_and_source() -> None:
    text = CliRunner().invoke(main, ["parameters"]).stdout
    for word in ("LEAK", "VESSELS", "REFLEX", "r_sys", "mmHg·s/mL", "0.2 to 4", "[assumed"):
        assert word in text
    assert "systemic resistance" in text
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_parameters_can_be_chosen_by_name_and_group() -> None:
    text = CliRunner().invoke(main, ["parameters", "tbv", "pericardium"]).stdout
    assert "tbv" in text
    assert "p_peri" in text
    assert "eroa" not in text
