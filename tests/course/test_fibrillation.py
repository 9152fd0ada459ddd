"""Atrial fibrillation: the rate by hand, and what it means for half of the persons."""

from __future__ import annotations

import math

import pytest

from mitral.course.fibrillation import MEDIAN, yearly_rate


@pytest.mark.parametrize(
    ("volume", "age", "rate"),
    [
        (60.0, 67.0, 0.027),
        (100.0, 67.0, 0.054),  # 40 mL/m² more
        (60.0, 77.0, 0.054),  # ten years more
        (60.0, 57.0, 0.0135),
        (120.0, 82.0, 0.216),  # 60 mL/m² and 15 years: 2³
        (34.0, 67.0, 0.01720657),  # 2^(-0.65)
        (33.9, 90.0, 0.0),
    ],
)
def test_the_rate_by_hand(volume: float, age: float, rate: float):
    assert yearly_rate(volume, age) == pytest.approx(rate, rel=1e-6)


def test_larger_and_older_is_more_often():
    assert yearly_rate(80.0, 70.0) > yearly_rate(70.0, 70.0) > yearly_rate(70.0, 66.0)


def test_in_ten_years_a_quarter_of_the_patients_of_the_source_fibrillate():
    # 24 % printed (Grigioni 2019), to the last figure of the rate; their age as on the first day
    assert 1.0 - math.exp(-10.0 * yearly_rate(60.0, 67.0)) == pytest.approx(0.24, abs=0.005)


def test_at_the_median_half_are_in_sinus_rhythm():
    assert math.exp(-MEDIAN) == pytest.approx(0.5, rel=1e-12)
