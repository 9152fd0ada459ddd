"""Random people over the whole declared range: each settles or says why; nobody hangs.

`MITRAL_SWEEP=1000 pytest tests/robustness` runs the thousand of the release; 200 by default.
"""

from __future__ import annotations

import os

import numpy as np
import pytest

from mitral.circulation.state import STATE_FIELDS, VOLUME_COUNT
from mitral.parameters import parameter
from mitral.solver.solve import BEAT_LIMIT, Solution, solve

COUNT = int(os.environ.get("MITRAL_SWEEP", "200"))
BATCHES = 8
REASONS = {1: "not settled", 2: "broke down", 3: "does not fill these vessels"}


def anybody(rng: np.random.Generator) -> np.ndarray:
    """Parameters drawn over their declared ranges, evenly in the logarithm where they can be."""
    p = parameter.load()
    for one in parameter.definitions().values():
        if one.low > 0.0:
            p[one.name] = np.exp(rng.uniform(np.log(one.low), np.log(one.high)))
        else:
            p[one.name] = rng.uniform(one.low, one.high)
    p["eroa"], p["hr"] = rng.uniform(0.0, 1.2), rng.uniform(40.0, 160.0)
    return p


def somebody(rng: np.random.Generator) -> np.ndarray:
    """Parameters within a third of the adult's, blood and its room within 10 %."""
    p = parameter.load()
    for one in parameter.definitions().values():
        spread = 0.1 if one.name in ("tbv", "v_sv_ref", "hr_max", "v_peri") else 0.4
        value = float(p[one.name][0]) * np.exp(rng.uniform(-spread, spread))
        p[one.name] = np.clip(value, one.low, one.high)
    p["eroa"], p["hr"] = rng.uniform(0.0, 1.2), rng.uniform(40.0, 160.0)
    return p


def check(p: np.ndarray, solution: Solution) -> None:
    """A result is either a sound beat or a reason in words."""
    assert solution.beats <= BEAT_LIMIT
    if solution.code:
        assert REASONS[solution.code] in solution.message
        return
    w = solution.waveforms
    assert all(np.isfinite(w[name]).all() for name in w.dtype.names or ())
    blood = sum(w[name] for name in STATE_FIELDS[:VOLUME_COUNT])
    # hundreds to thousands of steps of 9000 mL at most: rounding of 1e-9 mL
    assert np.abs(blood - float(p["tbv"][0])).max() < 1e-8
    assert solution.residual_ml < 1e-6
    for valve in ("mv", "av", "tv", "pv"):
        assert ((w[f"z_{valve}"] >= 0.0) & (w[f"z_{valve}"] <= 1.0)).all()


@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.parametrize("reflex", [False, True])
def test_anybody_settles_or_says_why(batch: int, reflex: bool):
    rng = np.random.default_rng([batch, reflex])
    for _ in range(max(COUNT // (2 * BATCHES), 1)):
        p = anybody(rng)
        check(p, solve(p, reflex=reflex))


@pytest.mark.parametrize("reflex", [False, True])
def test_nearly_everybody_who_could_live_settles(reflex: bool):
    rng = np.random.default_rng([99, reflex])
    codes = []
    for _ in range(60):
        p = somebody(rng)
        solution = solve(p, reflex=reflex)
        check(p, solution)
        codes.append(solution.code)
    # one in ten such random hearts may swing between a strong and a weak beat, as real ones do
    assert sum(code != 0 for code in codes) <= 6


def test_what_is_not_a_number_is_reported_as_such():
    p = parameter.load()
    p["r_sys"] = np.nan
    solution = solve(p, reflex=False)
    assert solution.code == 2
    assert "broke down" in solution.message


def test_a_beat_limit_is_kept_and_said():
    solution = solve(parameter.load(), limit=3)
    assert (solution.code, solution.beats) == (1, 3)
    assert "not settled after 3 beats" in solution.message


def test_vessels_that_the_blood_cannot_fill_are_said_so():
    """No blood is made to keep the veins from going empty: 2 L do not fill 1.7 L of dead space."""
    p = parameter.load()
    p["tbv"], p["vu_sa"], p["vu_ao"] = 2000.0, 1500.0, 200.0
    solution = solve(p, reflex=False)
    assert solution.code != 0
    check(p, solution)
