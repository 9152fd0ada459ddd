"""How a cause comes over a heart: shares by hand, what comes at once and what with the lesion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mitral.course.life import INSTANT
from mitral.course.onset import LARGEST_LESION_CM2, Onset
from mitral.course.remodel import YEAR
from mitral.parameters.parameter import load
from tests.states import with_values

WELL = load()
ILL = with_values(WELL, {"eroa": 0.4, "tether": 3.0, "late_share": 0.4})
SUDDEN = Onset(WELL, ILL, {"ctr_lv": 0.64}, day=100.0)
SLOW = Onset(WELL, ILL, {"ctr_lv": 0.64}, day=100.0, years=4.0, progression=0.05)


def value(p: np.ndarray, name: str) -> float:
    return float(p[name][0])


@pytest.mark.parametrize(
    ("day", "share"), [(0.0, 0.0), (100.0, 0.0), (100.0 + INSTANT, 1.0), (9e3, 1.0)]
)
def test_a_sudden_onset_is_all_there_an_instant_later(day: float, share: float):
    assert SUDDEN.share(day) == share
    assert SUDDEN.days == (100.0, 100.0)


@pytest.mark.parametrize(
    ("years", "share"), [(-0.2, 0.0), (0.0, 0.0), (1.0, 0.25), (4.0, 1.0), (9.0, 1.0)]
)
def test_a_gradual_onset_comes_evenly(years: float, share: float):
    assert SLOW.share(100.0 + years * YEAR) == pytest.approx(share, abs=1e-12)
    assert SLOW.days == (100.0, 100.0 + 4.0 * 365.25)


def test_before_the_onset_the_heart_is_the_healthy_one():
    for onset in (SUDDEN, SLOW):
        assert np.array_equal(onset.heart(99.0), WELL)


def test_half_way_by_hand():
    p = SLOW.heart(100.0 + 2.0 * YEAR)
    assert value(p, "eroa") == pytest.approx(0.2, rel=1e-12)
    assert value(p, "tether") == pytest.approx(1.5, rel=1e-12)
    # an insult comes in equal ratios: √0.64
    assert value(p, "ctr_lv") == pytest.approx(0.8 * value(WELL, "ctr_lv"), rel=1e-12)
    # how the orifice behaves in time belongs to the valve, not to the size of the lesion
    assert value(p, "late_share") == 0.4


def test_an_onset_completed_is_the_cause_and_its_insult():
    p = SUDDEN.heart(100.0 + INSTANT)
    assert value(p, "ctr_lv") == pytest.approx(0.64 * value(WELL, "ctr_lv"), rel=1e-12)
    assert np.array_equal(with_values(p, {"ctr_lv": value(ILL, "ctr_lv")}), ILL)


def test_the_lesion_grows_once_it_is_there_up_to_the_largest():
    assert value(SLOW.heart(100.0 + 3.0 * YEAR), "eroa") == pytest.approx(0.3, rel=1e-12)
    # 0.4 + 6 years of 0.05
    assert value(SLOW.heart(100.0 + 10.0 * YEAR), "eroa") == pytest.approx(0.7, rel=1e-12)
    assert value(SLOW.heart(100.0 + 90.0 * YEAR), "eroa") == LARGEST_LESION_CM2
    assert LARGEST_LESION_CM2 == 1.5
    sudden = replace(SUDDEN, progression=0.05)
    assert value(sudden.heart(100.0 + 2.0 * YEAR), "eroa") == pytest.approx(0.5, rel=1e-12)


@pytest.mark.parametrize("day", [0.0, 101.0])
def test_in_fibrillation_the_atria_stand_still(day: float):
    p = replace(SUDDEN, fibrillation=True).heart(day)
    assert value(p, "t_la") == value(p, "t_ra") == 0.0
    assert value(p, "eroa") == (0.0 if day == 0.0 else 0.4)


def test_unless_said_otherwise_it_comes_on_the_first_day_and_stays_as_it_is():
    plain = Onset(WELL, ILL)
    assert plain.days == (0.0, 0.0)
    assert np.array_equal(plain.heart(0.0), WELL)
    assert np.array_equal(plain.heart(INSTANT), ILL)
    assert np.array_equal(plain.heart(30.0 * YEAR), ILL)


def test_asking_changes_neither_heart():
    before = WELL.copy(), ILL.copy()
    replace(SLOW, fibrillation=True).heart(100.0 + 5.0 * YEAR)
    assert np.array_equal(WELL, before[0])
    assert np.array_equal(ILL, before[1])
