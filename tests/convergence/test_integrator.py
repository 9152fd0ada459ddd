"""How fast the answer improves with the steps, and how few beats it takes to settle."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mitral.circulation.state import STATE_FIELDS, VOLUME_COUNT, WAVEFORM
from mitral.solver import settle as solver
from mitral.solver.solve import STEP_S, solve
from mitral.solver.unknowns import UNKNOWNS
from tests.states import Settled, acute, adapted, chronic, normal, settle

VOLUMES = STATE_FIELDS[:VOLUME_COUNT]
MOMENTS = tuple(i / 16 for i in range(1, 17))
"""Shares of the beat at which solutions are compared: samples of every number of steps used."""

NEAR_ZERO = {
    "pulmonary_vein_systolic_min_cm_s": 20.0,
    "pulmonary_vein_s_cm_s": 50.0,
    "pulmonary_vein_ar_cm_s": 20.0,
    "pulmonary_vein_s_d_ratio": 1.0,
    "pulmonary_vein_s_d_vti_ratio": 1.0,
}
"""Findings that may be near zero or of either sign: a share of that would say nothing, so 0.1 % is
taken of an ordinary value instead."""
LOOSER = {"mr_dpdt_mmhg_s": 3e-3}
"""Read from the 16 ms, seven steps, in which the jet goes from 1 to 3 m/s, across the corner where
the mitral valve shuts."""
ALLOWED = {"mr_dpdt_mmhg_s": 2e-3}
"""The jet takes seven steps from 1 to 3 m/s, and the time of just these is the finding: 0.13 %."""


def one_beat(s: Settled, steps: int) -> np.ndarray:
    """One beat from the settled start with this many steps: the beat map, without settling."""
    work = solver.work_for(steps + 1)
    start = s.solution.start.copy()
    solver.settle(s.p, start, np.eye(UNKNOWNS), 0, steps, 0.0, 0.0, 1, work)
    return work.wave.view(WAVEFORM).reshape(-1)


@pytest.mark.parametrize("name", ["normal", "acute"])
def test_kuttas_rule_is_of_third_order(name: str):
    """Error from a fixed start falls as the cube of the step.

    Between valve movements; where a valve shuts, its opening is cut off at 0 and the error of that
    step is of lower order. So: the middle one of the orders at 16 moments, from 400 to 3200 steps
    (three halvings), against 25600.
    """
    s = {"normal": normal, "acute": lambda: acute(False)}[name]()
    exact, coarse, fine = (one_beat(s, n) for n in (25600, 400, 3200))

    def error(w: np.ndarray, share: float) -> float:
        i, j = round(share * (len(w) - 1)), round(share * (len(exact) - 1))
        return max(abs(float(w[v][i] - exact[v][j])) for v in VOLUMES)

    orders = [math.log2(error(coarse, m) / error(fine, m)) / 3.0 for m in MOMENTS]
    # a method of second order would give 2, one of fourth 4
    assert 2.5 < float(np.median(orders)) < 3.6
    # 1e-2 mL at most where valves switch; elsewhere some 1e-4 at 400 steps
    assert max(error(coarse, m) for m in MOMENTS) < 1e-2


STATES = {
    "normal": (normal, False),
    "normal with reflex": (lambda: normal(True), True),
    "acute": (acute, True),
    "compensated": (lambda: chronic("compensated"), False),
    "decompensated": (lambda: chronic("decompensated"), False),
    "late systolic": (lambda: adapted("late_systolic_prolapse"), True),
    "functional": (lambda: adapted("functional"), True),
}


@pytest.mark.parametrize("share", [0.5, 0.1])
@pytest.mark.parametrize("name", STATES)
def test_finer_steps_move_no_finding_by_more_than_a_thousandth(name: str, share: float):
    get, reflex = STATES[name]
    s = get()
    fine = settle(s.p, reflex=reflex, start=s.solution.start, step_s=share * STEP_S).exam
    moved = {}
    for finding, value in s.exam.as_dict().items():
        exact = fine.as_dict()[finding]
        if isinstance(value, bool):
            assert value == exact, finding
        elif math.isnan(exact):
            assert math.isnan(value), finding
        elif abs(value - exact) > ALLOWED.get(finding, 1e-3) * max(
            abs(exact), NEAR_ZERO.get(finding, 0.0)
        ):
            moved[finding] = f"{value:.5g} against {exact:.5g}"
    assert not moved


@pytest.mark.parametrize("reflex", [False, True])
@pytest.mark.parametrize("name", ["normal", "acute", "compensated", "decompensated"])
def test_a_cold_start_settles_within_20_beats(name: str, reflex: bool):
    p = STATES[name][0]().p
    solution = solve(p, reflex=reflex, tolerance_ml=1e-6)
    assert solution.code == 0
    assert solution.beats <= 20
    assert solution.residual_ml < 1e-6


@pytest.mark.parametrize("name", ["normal", "acute", "decompensated"])
def test_plain_beats_come_to_the_accelerated_answer(name: str):
    """Beat after beat without acceleration, as a heart would: the same rest."""
    s = STATES[name][0]()
    p = s.p
    accelerated = settle(p)
    steps = accelerated.solution.steps
    work, start = solver.work_for(steps + 1), accelerated.solution.start.copy()
    start[0] += 20.0  # mL in the left ventricle, taken from the veins
    change = math.inf
    for _ in range(400):
        first = start[:VOLUME_COUNT].copy()
        solver.settle(p, start, np.eye(UNKNOWNS), 0, steps, 0.0, 0.0, 1, work)
        wave = work.wave.view(WAVEFORM).reshape(-1)
        after = [float(wave[name][-1]) for name in STATE_FIELDS]
        change = np.abs(np.array(after[:VOLUME_COUNT]) - first).max()
        start[: len(after)], start[len(after)] = after, wave["v_lv"].min()
        if change < 1e-7:
            break
    assert change < 1e-7
    for volume in VOLUMES:
        # 1e-7 mL a beat with a slowest mode of some 50 beats leaves 5e-6 mL, the other side 5e-5
        assert float(wave[volume][0]) == pytest.approx(float(accelerated[volume][0]), abs=1e-4)
