"""Changes as a person writes them, and the healthy adult of a given body."""

from __future__ import annotations

import math

import pytest

from mitral.errors import InputError
from mitral.parameters import parameter
from mitral.parameters.change import apply, changed
from mitral.parameters.personalise import (
    REFERENCE_BSA_M2,
    body_surface_area,
    healthy,
    scaling,
)
from tests.states import settle


@pytest.mark.parametrize(
    ("name", "present", "wish", "value"),
    [
        ("eroa", 0.1, "0.4", 0.4),
        ("eroa", 0.1, 0.4, 0.4),
        ("eroa", 0.1, "40mm2", 0.4),
        ("eroa", 0.1, "40 mm²", 0.4),
        ("r_sys", 0.8, "x1.25", 1.0),
        ("r_sys", 0.8, "×1.25", 1.0),
        ("r_sys", 0.8, "*1.25", 1.0),
        ("r_sys", 0.8, "+10%", 0.88),
        ("r_sys", 0.8, "-10%", 0.72),
        ("pr", 0.15, "180ms", 0.18),
        ("tbv", 5000.0, "4.5 l", 4500.0),
        ("tbv", 5000.0, "4500 ml", 4500.0),
        ("hr", 65.0, "8e1", 80.0),
    ],
)
def test_a_change_is_read_as_written(name: str, present: float, wish: str | float, value: float):
    assert changed(name, present, wish) == pytest.approx(value)


@pytest.mark.parametrize(
    ("name", "wish", "word"),
    [
        ("eroa", "40", "0.4"),
        ("eroa", "x2cm", "no unit"),
        ("eroa", "much", "not a value"),
        ("eroa", "0.4 mL", "not cm²"),
        ("eroa", "nan", "not a value"),
        ("r_sys", "-1", "outside"),
        ("reistance", "1", "unknown"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_in_words(name: str, wish: str, word: str):
    with pytest.raises(InputError, match=word):
        apply(parameter.load(), {name: wish})


def test_changes_leave_the_original_alone_and_follow_each_other():
    p = parameter.load()
    before = float(p["r_sys"][0])
    q = apply(p, {"r_sys": "x1.2", "eroa": "30mm2"})
    assert float(q["r_sys"][0]) == pytest.approx(1.2 * before)
    assert float(q["eroa"][0]) == pytest.approx(0.3)
    assert float(p["r_sys"][0]) == before


def test_body_surface_area_by_du_bois():
    # 0.007184 · 178^0.725 · 75^0.425 = 0.007184 · 42.806 · 6.2645
    assert body_surface_area(178.0, 75.0) == pytest.approx(1.9265, abs=1e-3)
    assert body_surface_area(165.0, 62.0) == pytest.approx(1.6813, abs=1e-3)


def test_the_reference_body_is_the_set_itself():
    assert healthy(REFERENCE_BSA_M2, 48.0, female=False) == parameter.load()


def test_scaling_is_power_factor_and_exponential():
    table = {"c_sa": (1.0, 0.9, -0.01), "r_sys": (-1.0, 1.1, 0.02)}
    p = parameter.load()
    q = healthy(0.8 * REFERENCE_BSA_M2, 58.0, female=True, table=table)
    # compliance 0.8 · 0.9 · e^-0.1, resistance 1/0.8 · 1.1 · e^0.2
    assert q["c_sa"] / p["c_sa"] == pytest.approx(0.8 * 0.9 * math.exp(-0.1))
    assert q["r_sys"] / p["r_sys"] == pytest.approx(1.25 * 1.1 * math.exp(0.2))
    man = healthy(0.8 * REFERENCE_BSA_M2, 48.0, female=False, table=table)
    assert man["c_sa"] / p["c_sa"] == pytest.approx(0.8)


def test_scaling_names_parameters_that_exist():
    assert scaling().keys() <= parameter.definitions().keys()


@pytest.mark.parametrize("reflex", [False, True])
def test_size_alone_changes_volumes_but_no_pressure(reflex: bool):
    """Volumes, areas and flows in proportion to body surface; pressures and times as before."""
    small, large = (
        settle(healthy(bsa, 48.0, female=False), reflex=reflex, bsa_m2=bsa) for bsa in (1.5, 2.1)
    )
    a, b = small.exam.as_dict(), large.exam.as_dict()
    for name in a:
        if name.endswith("_mmhg"):
            # the tables' cells lie elsewhere: 1e-4 of a pressure at most
            assert a[name] == pytest.approx(b[name], rel=1e-3, abs=5e-3), name
        elif name.endswith("_ml") and "ees" not in name and "ea_" not in name:
            assert a[name] / 1.5 == pytest.approx(b[name] / 2.1, rel=1e-3, abs=5e-3), name
    assert a["lv_ef_percent"] == pytest.approx(b["lv_ef_percent"], rel=1e-3)
    assert a["cardiac_index_l_min_m2"] == pytest.approx(b["cardiac_index_l_min_m2"], rel=1e-3)
    assert a["mitral_e_cm_s"] == pytest.approx(b["mitral_e_cm_s"], rel=1e-3)
