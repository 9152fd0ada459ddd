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

    from playwright.sync_api import Page


@pytest.fixture
def moved(live: Page) -> Page:
    """The first screen with a heart that has been changed."""
    drag(live, "eroa", 0.3)
    drag(live, "resistance", 1.5)
    answered(live)
    return live


def test_curves_as_csv(moved: Page, tmp_path: Path):
    text = saved(moved, "beat.csv", tmp_path).read_text(encoding="utf-8")
    said = [line for line in text.splitlines() if line.startswith("#")]
    assert any(NOTICE in line for line in said)
    assert any("mitral" in line for line in said)
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    assert len(rows) > 200
    assert len({len(row) for row in rows}) == 1


def test_curves_as_netcdf(moved: Page, tmp_path: Path):
    path = saved(moved, "beat.nc", tmp_path)
    with xarray.open_dataset(path, engine="h5netcdf") as data:
        assert NOTICE in data.attrs["comment"]
        assert "mitral" in data.attrs["source"]
        assert float(data["v_lv"].max()) == pytest.approx(number(moved, "lv_edv_ml"), rel=0.01)


def test_picture_as_svg(moved: Page, tmp_path: Path):
    text = saved(moved, "beat.svg", tmp_path).read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag.endswith("svg")  # noqa: S314 - our own
    assert "Not a medical device" in text


def test_picture_as_png(moved: Page, tmp_path: Path):
    path = saved(moved, "beat.png", tmp_path)
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert b"mitral" in path.read_bytes()


def test_findings_as_json(moved: Page, tmp_path: Path):
    found = json.loads(saved(moved, "beat.json", tmp_path).read_text(encoding="utf-8"))
    assert found["exam"]["lv_edv_ml"] == pytest.approx(number(moved, "lv_edv_ml"))
    assert NOTICE in json.dumps(found)
    assert found["provenance"]


def test_the_patient_file_is_the_same_patient(moved: Page, tmp_path: Path):
    """The command line makes the same heart of it."""
    path = saved(moved, "patient.yaml", tmp_path)
    assert NOTICE in path.read_text(encoding="utf-8")
    printed = json.loads(command("simulate", path, "--json").stdout)["exam"]
    assert printed["lv_edv_ml"] == pytest.approx(number(moved, "lv_edv_ml"), rel=1e-6)
