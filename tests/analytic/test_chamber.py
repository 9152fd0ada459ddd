"""The muscle of a chamber against hand-worked numbers and an independent formula."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mitral.circulation.chamber import (
    CELL,
    CELL_COUNT,
    LAW,
    cell_edge,
    cell_index,
    cubic,
    is_ready,
    laws_at,
    length_factor,
    look_up,
    make_ready,
    passive_stress,
    stretch,
    velocity_factor,
)
from mitral.circulation.loop import LA, LV, RA, RV, muscle_laws
from mitral.parameters import parameter

KPA = 7.50062


def laws() -> np.ndarray:
    """The muscles of the adult's four chambers."""
    muscles = np.zeros(4, LAW)
    muscle_laws(parameter.load()[0], muscles)
    return muscles


def muscle(**values: float) -> np.void:
    """A muscle with round numbers: wall 100 mL, unloaded cavity 50 mL."""
    m = np.zeros(1, LAW)
    given = {"wall": 100.0, "v0": 50.0, "t": 100.0, "sp": 2.0, "cp": 10.0, "gain": 1.0}
    given |= {"ls_ref": 1.9, "ls_zero": 1.6, "v_max": 7.0}
    for name, value in (given | values).items():
        m[name] = value
    return m[0]


def expected(v: float, m: np.void) -> tuple[float, float, float]:
    """Active and passive pressure and slip by plain arithmetic, from the equations of the docs."""
    lam = ((1 + 3 * v / m["wall"]) / (1 + 3 * m["v0"] / m["wall"])) ** (1 / 3)
    over = m["ls_ref"] * lam - m["ls_zero"]
    soft = (over + math.sqrt(over**2 + 4e-4)) / 2
    factor = KPA / 3 * math.log(1 + m["wall"] / v)
    active = factor * m["t"] * math.tanh(m["gain"] * soft) ** 2
    passive = factor * m["sp"] * (math.exp(m["cp"] * (lam - 1)) - 1)
    passive -= 10 * max(0.1 * m["wall"] / v - 1, 0.0) ** 2
    return active, passive, m["ls_ref"] * lam / (m["wall"] + 3 * v) / m["v_max"]


def test_stretch_is_one_unloaded_and_the_cube_root_of_the_volume_ratio():
    assert stretch(50.0, 100.0, 50.0) == pytest.approx(1.0)
    # 1 + 3 · 133.333/100 = 5 over 2.5: cube root of 2
    assert stretch(400.0 / 3.0, 100.0, 50.0) == pytest.approx(1.259921)


def test_active_stress_rises_with_length_and_vanishes_at_ls_zero():
    # 0.3 µm over, soft max 0.15 + sqrt(0.0904)/2 = 0.300333; tanh(0.240266)² = 0.235747²
    assert length_factor(1.9, 0.8, 1.6) == pytest.approx(0.055577, abs=1e-6)
    assert length_factor(1.6, 0.8, 1.6) == pytest.approx(math.tanh(0.008) ** 2)
    assert length_factor(1.3, 0.8, 1.6) < 1e-6
    assert length_factor(3.6, 3.0, 1.6) == pytest.approx(1.0, abs=1e-4)


def test_hills_curve_by_hand():
    assert velocity_factor(0.0, 1.0) == 1.0
    assert velocity_factor(1.0, 1.0) == 0.0
    assert velocity_factor(0.5, 1.0) == pytest.approx(1.0 / 3.0)
    # lengthening with z = 1: x = -0.35/(1 + c); 1 + 0.35/2
    assert velocity_factor(-0.175, 1.0) == pytest.approx(1.175)
    assert velocity_factor(-1e6, 1.0) == pytest.approx(1.35, abs=1e-5)


@pytest.mark.parametrize("hill", [0.3, 0.67, 2.0])
def test_hills_curve_has_one_slope_at_rest(hill: float):
    # d/dx (1 - x)/(1 + c x) at 0 is -(1 + c); the same from the lengthening side
    h = 1e-6
    right = (velocity_factor(h, hill) - 1.0) / h
    left = (1.0 - velocity_factor(-h, hill)) / h
    assert right == pytest.approx(-(1.0 + hill), rel=1e-4)
    assert left == pytest.approx(-(1.0 + hill), rel=1e-4)


def test_passive_stress_is_zero_unloaded_and_doubles_as_told():
    assert passive_stress(1.0, 2.0, 10.0) == 0.0
    # cp = ln 2/0.1: at a tenth of stretch 2 (2 - 1) = 2 kPa, at two tenths 2 (4 - 1) = 6
    cp = math.log(2.0) / 0.1
    assert passive_stress(1.1, 2.0, cp) == pytest.approx(2.0)
    assert passive_stress(1.2, 2.0, cp) == pytest.approx(6.0)
    assert passive_stress(0.9, 2.0, cp) == pytest.approx(-1.0)
    assert math.isfinite(passive_stress(100.0, 2.0, cp))


def test_wall_and_cavity_of_ratio_e_minus_one_bear_a_third_of_the_stress():
    # V = 100/(e - 1) = 58.1977 mL: ln(1 + Vw/V) = 1, so p = 7.50062/3 = 2.50021 mmHg per kPa
    m = muscle(v0=58.1977, sp=1.0, t=100.0, gain=1.0)
    active, passive, slip = laws_at(58.1977, m)
    # unloaded: ls = 1.9, soft max 0.300333; tanh(0.300333)² = 0.291616²; 250.02 · 0.08504
    assert active == pytest.approx(21.262, abs=0.002)
    assert passive == pytest.approx(0.0, abs=1e-9)
    # 1.9/((100 + 174.593) · 7)
    assert slip == pytest.approx(9.8847e-4, rel=1e-4)


@pytest.mark.parametrize("volume", [1.0, 4.0, 9.0, 20.0, 50.0, 120.0, 300.0, 900.0])
def test_the_three_laws_are_the_documented_formulas(volume: float):
    m = muscle()
    # the same float64 arithmetic in another order
    assert laws_at(volume, m) == pytest.approx(expected(volume, m), rel=1e-9, abs=1e-12)


def test_slip_is_the_shortening_that_a_lost_millilitre_makes():
    m = muscle()
    h = 1e-3
    longer, shorter = (1.9 * stretch(v, 100.0, 50.0) for v in (120.0 + h, 120.0 - h))
    # d ls/dV over v_max by a central difference: error (h/V)² ~ 1e-10
    assert laws_at(120.0, m)[2] == pytest.approx((longer - shorter) / (2 * h) / 7.0, rel=1e-6)


def test_cells_are_a_sixteenth_of_an_octave_and_meet():
    assert cell_edge(cell_index(128.0)) == 128.0
    assert cell_edge(cell_index(128.0) + 1) == 136.0
    assert cell_edge(cell_index(128.0) + 16) == 256.0
    for v in (0.6, 3.3, 57.0, 143.9, 1999.0):
        i = cell_index(v)
        assert cell_edge(i) <= v < cell_edge(i + 1)
    assert cell_index(0.51) == 0
    assert cell_index(2000.0) < CELL_COUNT


def test_a_cubic_goes_through_its_four_points_and_is_exact_for_cubics():
    def f(x: float) -> float:
        return 5.0 - 2.0 * x + 0.5 * x**2 + 0.25 * x**3

    width = 8.0
    a, b, c, d = cubic(f(0.0), f(2.0), f(6.0), f(8.0), width)
    assert (a, b, c, d) == pytest.approx((5.0, -2.0, 0.5, 0.25))


@pytest.mark.parametrize("chamber", [LV, LA, RV, RA])
def test_the_table_agrees_with_the_law(chamber: int):
    muscles = laws()
    m = muscles[chamber]
    tables = np.empty((4, CELL_COUNT), CELL)
    tables.view(np.float64)[:] = np.nan
    for v in np.geomspace(0.5 * m["v0"], 6.0 * m["v0"], 300):
        make_ready(tables, muscles, chamber, v)
        assert is_ready(m, v)
        lam = stretch(v, m["wall"], m["v0"])
        # Error of a cubic through 0, 1/4, 3/4, 1 of a cell h <= V/16 wide: |f''''| h⁴/24 · 1/64 at
        # most. exp(cp lam) changes by k = cp lam/3 per ln V at most, so that h⁴ f'''' <= (k/16)⁴ f;
        # twice for the other factors, and as much again of a curve with k = 4.
        k = max(m["cp"] * lam / 3.0, 4.0)
        share = 2.0 * (k / 16.0) ** 4 / 24.0 / 64.0
        found, law = look_up(tables, chamber, v), laws_at(v, m)
        # Where active stress begins, its corner of 0.02 µm is narrower than a cell of 0.03 µm: off
        # by a hundredth of (0.02 gain)², that is 1e-6 of the full stress.
        full = m["t"] * KPA
        assert found[0] == pytest.approx(law[0], rel=share, abs=2e-6 * full)
        assert found[1] == pytest.approx(law[1], rel=share, abs=share * (1.0 + m["sp"] * KPA))
        assert found[2] == pytest.approx(law[2], rel=share)


def test_a_cell_that_is_not_ready_shows():
    tables = np.empty((4, CELL_COUNT), CELL)
    tables.view(np.float64)[:] = np.nan
    muscles = laws()
    assert not is_ready(muscles[LV], 100.0)
    assert all(math.isnan(value) for value in look_up(tables, LV, 100.0))
    make_ready(tables, muscles, LV, 100.0)
    assert is_ready(muscles[LV], 100.0)
    # three cells are ready on either side, so that of the next cell only two would be
    here = cell_index(100.0)
    assert not is_ready(muscles[LV], cell_edge(here + 1) + 0.1)
    assert not is_ready(muscles[LV], cell_edge(here) - 0.1)
    ready = [i for i in range(CELL_COUNT) if not math.isnan(tables[LV, i]["low"])]
    assert ready == list(range(here - 3, here + 4))


@pytest.mark.parametrize("volume", [-5.0, 0.0, 1e5, math.nan])
def test_volumes_outside_the_table_are_taken_as_its_edge(volume: float):
    muscles, tables = laws(), np.empty((4, CELL_COUNT), CELL)
    make_ready(tables, muscles, LV, volume)
    edge = 2000.0 if volume > 1e4 else 0.51
    # the laws at the edge; 2e-3 is the table's error where the curves are steepest
    found, law = look_up(tables, LV, volume), laws_at(edge, muscles[LV])
    assert found == pytest.approx(law, rel=2e-3, abs=1e-2)


def test_each_chamber_has_its_own_muscle():
    p = parameter.load()
    muscles = np.zeros(4, LAW)
    muscle_laws(p[0], muscles)
    for i, name in ((LV, "lv"), (LA, "la"), (RV, "rv"), (RA, "ra")):
        for part in ("wall", "v0", "t", "sp", "cp"):
            assert muscles[i][part] == p[f"{part}_{name}"][0]
        assert muscles[i]["gain"] == p["gain_v" if name in ("lv", "rv") else "gain_a"][0]
        assert muscles[i]["v_max"] == p["v_max"][0]
        assert muscles[i]["ls_ref"] == p["ls_ref"][0]
        assert muscles[i]["ls_zero"] == p["ls_zero"][0]
