"""Files that the page hands out can be opened, and say where they come from."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
import xarray

from tests.browser.steps import NOTICE, answered, command, drag, number, saved

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from benchmarks.browser import Server

FILES = ("beat.csv", "beat.nc", "beat.svg", "beat.png", "beat.json", "patient.yaml")


@pytest.fixture(scope="module")
def shown() -> dict[str, float]:
    """What the page showed when the files were saved."""
    return {}


@pytest.fixture(scope="module")
def files(
    chromium: Browser,
    server: Server,
    shown: dict[str, float],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """Every file that can be saved, of a heart that has been changed."""
    folder = tmp_path_factory.mktemp("saved")
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(server.address)
        answered(page)
        drag(page, "eroa", 0.3)
        drag(page, "resistance", 1.5)
        answered(page)
        shown["lv_edv_ml"] = number(page, "lv_edv_ml")
        return {name: saved(page, name, folder) for name in FILES}


def test_curves_as_csv(files: dict[str, Path]):
    text = files["beat.csv"].read_text(encoding="utf-8")
    said = [line for line in text.splitlines() if line.startswith("#")]
    assert any(NOTICE in line for line in said)
    assert any("mitral" in line for line in said)
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    assert len(rows) > 200
    assert len({len(row) for row in rows}) == 1


def test_curves_as_netcdf(files: dict[str, Path], shown: dict[str, float]):
    with xarray.open_dataset(files["beat.nc"], engine="h5netcdf") as data:
        assert NOTICE in data.attrs["comment"]
        assert "mitral" in data.attrs["source"]
        assert float(data["v_lv"].max()) == pytest.approx(shown["lv_edv_ml"], rel=0.01)


def test_picture_as_svg(files: dict[str, Path]):
    text = files["beat.svg"].read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag.endswith("svg")  # noqa: S314 - our own
    assert NOTICE in text


def test_picture_as_png(files: dict[str, Path]):
    held = files["beat.png"].read_bytes()
    assert held[:8] == b"\x89PNG\r\n\x1a\n"
    assert NOTICE.encode() in held


def test_findings_as_json(files: dict[str, Path], shown: dict[str, float]):
    found = json.loads(files["beat.json"].read_text(encoding="utf-8"))
    assert found["exam"]["lv_edv_ml"] == pytest.approx(shown["lv_edv_ml"])
    assert NOTICE in json.dumps(found)
    assert found["provenance"]


def test_the_patient_file_is_the_same_patient(files: dict[str, Path], shown: dict[str, float]):
    """The command line makes the same heart of it."""
    path = files["patient.yaml"]
    assert NOTICE in path.read_text(encoding="utf-8")
    printed = json.loads(command("simulate", path, "--json").stdout)["exam"]
    assert printed["lv_edv_ml"] == pytest.approx(shown["lv_edv_ml"], rel=1e-6)
