"""Published numbers: the healthy, the acute leak, the passive curve. Tables beside this file.

The rows are copied from `published.yaml` of the project (its ids); ranges of a catheter laboratory
are taken as they stand, means of imaging within 1.5 standard deviations: 87 % of the healthy.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from calibration.klotz import CURVE, passive_pressure
from mitral.parameters.personalise import body_surface_area
from tests.states import Settled, acute, man, normal, settle, woman

HERE = Path(__file__).parent


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder."""
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def person(name: str) -> Settled:
    """The healthy man or woman of the issue, reflex on."""
    if name == "man":
        return normal(True)
    return settle(woman(), reflex=True, bsa_m2=body_surface_area(165.0, 62.0))


@pytest.mark.parametrize("row", table("healthy.csv"), ids=lambda row: row["id"])
@pytest.mark.parametrize("name", ["man", "woman"])
def test_a_catheter_finds_the_healthy_normal(name: str, row: dict[str, str]):
    value = getattr(person(name).exam, row["finding"])
    assert float(row["low"]) <= value <= float(row["high"])


@pytest.mark.parametrize(
    "row", table("imaging.csv"), ids=lambda row: f"{row['id']} {row['person']}"
)
def test_imaging_finds_the_healthy_normal(row: dict[str, str]):
    value = getattr(person(row["person"]).exam, row["finding"])
    assert abs(value - float(row["mean"])) <= 1.5 * float(row["sd"])


def test_the_healthy_are_at_their_own_set_points():
    """The reflex is silent in the reference adult: with and without it, the same beat."""
    with_reflex, without = normal(True).exam, normal().exam
    # set points are stored to 6 digits: 1e-5 of the pressures
    assert with_reflex.heart_rate_bpm == pytest.approx(without.heart_rate_bpm, rel=1e-4)
    assert with_reflex.aortic_mean_mmhg == pytest.approx(without.aortic_mean_mmhg, rel=1e-4)


ACUTE = {
    # Carabello's textbook figures of an acute severe leak; tolerances of the issue: a textbook
    # figure is one drawn patient, and 5 to 10 % is what the means of two small series differ by
    "lv_edv_ml": (170.0, 10.0),
    "lv_esv_ml": (30.0, 6.0),
    "regurgitant_fraction_percent": (50.0, 4.0),
    "forward_stroke_volume_ml": (66.0, 6.0),
    "la_pressure_mean_mmhg": (25.0, 3.0),
    "heart_rate_bpm": (95.0, 10.0),
}


@pytest.mark.parametrize("finding", ACUTE)
def test_a_sudden_leak_looks_like_the_textbooks(finding: str):
    mean, tolerance = ACUTE[finding]
    assert abs(getattr(acute().exam, finding) - mean) <= tolerance


def test_a_sudden_leak_throws_a_tall_v_wave():
    exam = acute().exam
    assert exam.la_v_wave_mmhg >= 35.0
    assert exam.la_v_wave_mmhg - exam.la_pressure_mean_mmhg >= 12.0


def test_the_orifice_of_a_sudden_leak_is_the_one_given():
    # the load reference lies between normal and acute so that neither moves it by more than 5 %
    assert acute().exam.eroa_cm2 == pytest.approx(0.45, rel=0.05)


@pytest.mark.parametrize("volume", CURVE)
def test_the_passive_ventricle_follows_klotz(volume: int):
    # 1 mmHg is the error of a catheter's zero; 20 % the spread of the curve between hearts
    expected = CURVE[volume]
    assert abs(passive_pressure(man(), volume) - expected) <= 1.0 + 0.2 * expected
