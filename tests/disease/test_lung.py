"""Lung water: balance in health, numbers by hand, thresholds, steps of any length, classes."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from mitral.disease.constants import TABLES, constants, rows
from mitral.disease.lung import (
    ALVEOLAR,
    CLEAR,
    INTERSTITIAL,
    VENOUS,
    Lung,
    advance,
    congestion,
    healthy_lung,
    oncotic_pressure,
    steady_water,
)
from mitral.errors import InputError
from mitral.references import ASSUMED, load
from tests.states import man, settle, with_values

HEALTHY = 10.9
"""mmHg, about the capillary pressure of the healthy man."""
WEEKS = 42.0


def lung() -> Lung:
    return healthy_lung(75.0, HEALTHY)


def in_steps(lungs: Lung, start: float, end: float, days: float, count: int) -> Lung:
    """The same way in `count` equal steps."""
    for i in range(count):
        low, high = (start + (end - start) * j / count for j in (i, i + 1))
        lungs = advance(lungs, low, high, days / count)
    return lungs


@cache
def la_pressures() -> tuple[np.ndarray, np.ndarray]:
    """Capillary and mean LA pressures of sudden leaks of growing size, reflex on."""
    exams = [
        settle(with_values(man(), {"eroa": eroa}), reflex=True).exam
        for eroa in (0.1, 0.15, 0.2, 0.25, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8)
    ]
    return (
        np.array([exam.pulmonary_capillary_mmhg for exam in exams]),
        np.array([exam.la_pressure_mean_mmhg for exam in exams]),
    )


def in_la_pressure(capillary: float) -> float:
    """The LA pressure of a sudden leak with this capillary pressure."""
    p_c, lap = la_pressures()
    assert p_c[0] < capillary < p_c[-1]
    return float(np.interp(capillary, p_c, lap))


def test_oncotic_pressure_of_plasma_by_hand():
    # 2.1·7.3 + 0.16·53.29 + 0.009·389.017 = 15.33 + 8.5264 + 3.50115
    assert oncotic_pressure(7.3) == pytest.approx(27.35755, abs=1e-5)


def test_steady_water_and_flooding_pressure_by_hand():
    # A = 0.0043·9 = 0.0387; D = 0.0043 (5 + 0.25·27.35755) + 0.03 - 0.0043 = 0.0766094
    # x = -1.4 ln(1 - 0.505160) = 0.98493; 10.9 + D/0.0043 = 28.71613
    assert steady_water(lung(), HEALTHY + 9.0) / 75.0 == pytest.approx(7.38493, abs=1e-4)
    assert lung().flooding_pressure_mmhg == pytest.approx(28.71613, abs=1e-4)
    assert lung().lymph_max_ml_min == pytest.approx(2.25)
    assert lung().filtration_ml_min_mmhg == pytest.approx(0.3225)


@pytest.mark.parametrize("weight", [45.0, 75.0, 130.0])
@pytest.mark.parametrize("healthy", [6.0, 10.9, 14.0])
def test_health_stays_as_it_is(weight: float, healthy: float):
    before = healthy_lung(weight, healthy)
    after = advance(before, healthy, healthy, 90.0)
    # exact in the equations; what is left is rounding
    assert after.water_ml == pytest.approx(6.4 * weight, rel=1e-12)
    assert after.adapted == 0.0
    assert steady_water(before, healthy) == pytest.approx(before.water_ml, rel=1e-12)


def test_flooding_begins_between_24_and_28_mmhg_in_the_left_atrium():
    assert 24.0 <= in_la_pressure(lung().flooding_pressure_mmhg) <= 28.0


def test_after_weeks_of_congestion_it_begins_above_32_mmhg():
    used = advance(lung(), 26.0, 26.0, WEEKS)
    assert used.water_ml_kg < constants("lung").oedema_water
    assert in_la_pressure(used.flooding_pressure_mmhg) >= 32.0
    # tolerated at most to about 35 mmHg, however long
    assert in_la_pressure(replace(lung(), adapted=1.0).flooding_pressure_mmhg) <= 36.0


@pytest.mark.parametrize(("share", "low", "high"), [(0.5, 11.0, 13.0), (0.47, 10.0, 12.5)])
def test_little_protein_lowers_it_to_about_11_mmhg(share: float, low: float, high: float):
    thin = replace(lung(), plasma_protein_g_dl=share * lung().plasma_protein_g_dl)
    assert low <= in_la_pressure(thin.flooding_pressure_mmhg) <= high


def test_water_gathers_in_proportion_to_the_excess_pressure():
    wet = replace(lung(), water_ml=20.0 * 75.0)
    rates = []
    for excess in (2.0, 4.0, 8.0):
        p = wet.flooding_pressure_mmhg + excess
        rates.append((advance(wet, p, p, 1.0 / 24.0).water_ml - wet.water_ml) / excess)
    # Kf·60 min = 19.35 mL/h per mmHg; in that hour lymph gains 0.02 mmHg, 1 % of the least excess
    assert rates == pytest.approx([19.35] * 3, rel=0.015)


@pytest.mark.parametrize("days", [10.0 / 1440.0, 0.05, 0.5])
@pytest.mark.parametrize("pressure", [5.0, 20.0, 27.0, 32.0])
def test_the_step_solves_the_equations_as_they_are_written(days: float, pressure: float):
    k, start = constants("lung"), replace(lung(), water_ml=8.0 * 75.0, adapted=0.3)
    plasma = oncotic_pressure(k.plasma_protein)
    tissue_0 = HEALTHY - 0.5 * plasma - k.lymph_rest / k.filtration
    s = min(max((pressure - HEALTHY - 6.0) / 9.0, 0.0), 1.0)
    target = s * s * (3.0 - 2.0 * s)

    def rate(minutes: float, water: float) -> float:
        a = target + (0.3 - target) * math.exp(-minutes / 1440.0 / 21.0)
        g = 1.0 - math.exp(-(water - k.normal_water) / k.swelling)
        tissue = 0.5 * plasma * (1.0 - 0.5 * g)
        net = pressure - (tissue_0 + 5.0 * g) - (plasma - tissue)
        filtration = k.filtration + a * (k.filtration_adapted - k.filtration)
        most = k.lymph_most + a * (k.lymph_most_adapted - k.lymph_most)
        return filtration * net - (k.lymph_rest + (most - k.lymph_rest) * g)

    water, count = 8.0, 2000
    h = 1440.0 * days / count
    for i in range(count):
        middle = water + 0.5 * h * rate(i * h, water)
        water += h * rate((i + 0.5) * h, middle)
    # the step holds the adaptation of its middle, which moves by up to 0.7/21 a day: half a per
    # cent of what flooding brings in half a day, next to nothing in a lung that comes to rest
    found = advance(start, pressure, pressure, days)
    assert found.water_ml_kg == pytest.approx(water, abs=2e-3 + 0.006 * abs(water - 8.0))


def test_a_steady_lung_is_where_a_day_brings_it():
    # 5 mmHg above health nothing adapts yet; a day is 60 times the time of its filling
    after = advance(lung(), HEALTHY + 5.0, HEALTHY + 5.0, 1.0)
    assert after.adapted == 0.0
    assert after.water_ml == pytest.approx(steady_water(lung(), HEALTHY + 5.0), rel=1e-9)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [(15.0, 25.0, 30.0), (25.0, 12.0, 30.0), (10.9, 22.0, 30.0), (20.0, 32.0, 90.0), (9, 6, 90)],
)
def test_one_long_step_equals_many_short_ones(start: float, end: float, days: float):
    once, often = advance(lung(), start, end, days), in_steps(lung(), start, end, days, 30)
    # sub-steps of 5 days read the target of adaptation at one moment each: errors of (5/21)²/24
    assert once.adapted == pytest.approx(often.adapted, abs=3e-3)
    assert once.water_ml_kg == pytest.approx(often.water_ml_kg, abs=5e-3)


@pytest.mark.parametrize(("start", "end"), [(24.0, 36.0), (28.0, 31.0), (35.0, 18.0)])
def test_so_it_does_while_the_lung_floods_and_dries(start: float, end: float):
    once, often = advance(lung(), start, end, 30.0), in_steps(lung(), start, end, 30.0, 300)
    # 0.2 mL/kg is 1 % of what flooding moves here
    assert once.water_ml_kg == pytest.approx(often.water_ml_kg, abs=0.2)


def test_the_same_pressure_floods_at_once_but_not_when_it_came_slowly():
    sudden = advance(lung(), 30.0, 30.0, 1.0)
    assert sudden.water_ml_kg > constants("lung").alveolar_water
    slow = lung()
    for p in np.linspace(HEALTHY, 30.0, 27)[:-1]:
        slow = advance(slow, p, p + (30.0 - HEALTHY) / 26.0, 7.0)
        assert slow.water_ml_kg < constants("lung").oedema_water


def test_a_lung_floods_no_further_than_full_and_dries_again():
    full = advance(lung(), 60.0, 60.0, 20.0)
    assert full.water_ml_kg == pytest.approx(constants("lung").most_water)
    assert advance(full, 12.0, 12.0, 1.0).water_ml_kg < 8.0


def test_adaptation_comes_and_goes_with_its_time():
    # a full target: 1 - exp(-21/21) after 21 days, and exp(-1) of that is left 21 days later
    there = advance(lung(), 28.0, 28.0, 21.0)
    assert there.adapted == pytest.approx(1.0 - math.exp(-1.0), rel=1e-9)
    back = advance(there, HEALTHY, HEALTHY, 21.0)
    assert back.adapted == pytest.approx(there.adapted * math.exp(-1.0), rel=1e-9)


def test_more_pressure_more_water_more_lymph_less():
    waters = [steady_water(lung(), p) for p in np.arange(2.0, 28.4, 0.8)]
    assert waters == sorted(waters)
    assert waters[0] > 0.8 * lung().water_ml
    assert steady_water(lung(), 28.8) == math.inf
    assert steady_water(replace(lung(), adapted=1.0), 28.8) < 8.0 * 75.0


def test_water_per_kg_does_not_depend_on_weight():
    light, heavy = (advance(healthy_lung(kg, HEALTHY), 12.0, 27.0, 3.0) for kg in (50.0, 100.0))
    assert light.water_ml_kg == pytest.approx(heavy.water_ml_kg, rel=1e-12)


def test_no_time_changes_nothing():
    assert advance(lung(), 30.0, 30.0, 0.0).water_ml == pytest.approx(lung().water_ml, rel=1e-12)


@pytest.mark.parametrize(
    ("lap", "water", "expected", "reason"),
    [
        (8.0, 6.4, CLEAR, "8.0 mmHg"),
        (12.0, 6.4, CLEAR, "12.0 mmHg"),
        (12.1, 6.4, VENOUS, "above 12"),
        (18.1, 7.5, INTERSTITIAL, "above 18"),
        (16.0, 10.0, INTERSTITIAL, "10.0 mL/kg, 10 or more"),
        (28.0, 8.1, INTERSTITIAL, "below the 14"),
        (20.0, 14.0, ALVEOLAR, "14.0 mL/kg, 14 or more"),
    ],
)
def test_classes_of_congestion(lap: float, water: float, expected: str, reason: str):
    found, reasons = congestion(lap, water)
    assert found == expected
    assert any(reason in text for text in reasons)


@pytest.mark.parametrize("table", TABLES)
def test_every_constant_has_a_unit_a_meaning_and_a_source_that_exists(table: str):
    for row in rows(table).values():
        assert row.unit
        assert row.meaning
        assert row.source == ASSUMED or row.source in load(), row.name


def test_an_unknown_table_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="did you mean 'lung'"):
        constants("lungs")
