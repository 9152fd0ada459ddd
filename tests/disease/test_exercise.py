"""Exercise: the reflex baked in, the changes by hand, and what they do to well and sick hearts."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from mitral.disease.exercise import at_rest, exercise, exercised
from mitral.disease.symptoms import Haemodynamics
from mitral.errors import InputError
from mitral.solver.solve import Solution, solve
from tests.states import chronic, man, with_values, woman

SICK = {"eroa": 0.45}
DRUG = {"held_r": 0.8, "held_v": 0.7, "drive_b_before": -0.1, "drive_a_before": 0.2}


def leak_l_min(solution: Solution) -> float:
    """Regurgitant flow a minute."""
    w = solution.waveforms
    leak = float(np.trapezoid(np.maximum(-w["q_mr"], 0.0), w["time"]))
    return leak * 0.06 / float(w["time"][-1])


@cache
def both(name: str) -> tuple[Solution, Solution]:
    """At rest and in exercise."""
    people = {
        "man": man,
        "woman": woman,
        "acute": lambda: with_values(man(), SICK),
        "compensated": lambda: chronic("compensated").p,
        "decompensated": lambda: chronic("decompensated").p,
    }
    p = people[name]()
    rest = solve(p, reflex=name not in ("compensated", "decompensated"))
    found = exercise(p, rest.start[-2:], rest.start)
    assert (rest.code, found.code) == (0, 0)
    return rest, found


def felt(name: str) -> tuple[Haemodynamics, Haemodynamics]:
    rest, work = both(name)
    return Haemodynamics.of(rest.waveforms), Haemodynamics.of(work.waveforms)


@pytest.mark.parametrize(
    "changes", [{}, SICK, SICK | DRUG, {"eroa": 0.8, "hr_max": 105.0}, SICK | {"ctr_lv": 0.7}]
)
def test_without_reflex_the_baked_parameters_give_the_same_beat(changes: dict[str, float]):
    p = with_values(man(), changes)
    rest = solve(p, tolerance_ml=1e-9)
    q = at_rest(p, rest.start[-2:])
    # the same number of steps, so that the beats may be compared sample by sample
    step_s = 60.0 / float(q["hr"][0]) / rest.steps * (1.0 + 1e-9)
    start = rest.start.copy()
    start[-2:] = 0.0
    again = solve(q, reflex=False, start=start, tolerance_ml=1e-9, step_s=step_s)
    # a settled beat is known to 1e-9 mL, some nanometres of mercury in the stiffest vessel
    for name in ("time", "p_la", "p_sa", "p_pc", "p_ra", "v_lv", "q_mr"):
        assert again.waveforms[name] == pytest.approx(rest.waveforms[name], abs=1e-6), name


def test_moderate_exercise_by_hand():
    p = with_values(man(), {"hr": 60.0, "r_sys": 1.0, "v_sv_ref": 3000.0, "r_sv": 0.03})
    q = exercised(with_values(p, {"r_pa": 0.02, "act_decay": 0.9}))[0]
    expected = {"hr": 99.0, "r_sys": 0.63, "v_sv_ref": 2700.0, "r_sv": 0.018, "ctr": 1.35}
    for name, value in (expected | {"r_pa": 0.017, "act_decay": 0.81}).items():
        assert q[name] == pytest.approx(value), name


def test_a_worn_out_muscle_has_lost_its_reserve():
    # half the contractility: half the rise of rate and contractility
    q = exercised(with_values(man(), {"hr": 60.0, "ctr_lv": 0.5}))[0]
    assert q["hr"] == pytest.approx(60.0 * 1.325)
    assert q["ctr"] == pytest.approx(1.175)


def test_no_exercise_changes_nothing_and_half_of_it_half():
    assert exercised(man(), 0.0) == man()
    assert exercised(man(), 0.5)["hr"][0] == pytest.approx(65.0 * 1.325)


@pytest.mark.parametrize("level", [-0.1, 1.6, float("nan")])
def test_an_impossible_level_is_refused(level: float):
    with pytest.raises(InputError, match=r"outside 0 \(rest\) to 1.5"):
        exercised(man(), level)


@pytest.mark.parametrize("name", ["man", "woman"])
def test_the_healthy(name: str):
    rest, work = felt(name)
    assert 1.6 < work.cardiac_output_l_min / rest.cardiac_output_l_min < 2.0
    assert rest.la_pressure_mean_mmhg < work.la_pressure_mean_mmhg < 20.0
    assert rest.aortic_mean_mmhg < work.aortic_mean_mmhg < rest.aortic_mean_mmhg + 20.0
    flow = work.cardiac_output_l_min - rest.cardiac_output_l_min
    # mean PA pressure over flow in healthy people of 50 lying down: 1.6, up to 2.1 mmHg·min/L
    assert 1.0 < (work.pa_mean_mmhg - rest.pa_mean_mmhg) / flow < 2.1


def test_compensated_severe_regurgitation():
    rest, work = felt("compensated")
    assert work.la_pressure_mean_mmhg - rest.la_pressure_mean_mmhg >= 5.0
    assert work.pa_mean_mmhg - rest.pa_mean_mmhg >= 10.0
    assert work.aortic_mean_mmhg > rest.aortic_mean_mmhg


@pytest.mark.parametrize("name", ["acute", "compensated", "decompensated"])
def test_less_leaks_a_beat_but_not_a_minute(name: str):
    rest, work = both(name)
    assert leak_l_min(work) >= leak_l_min(rest)
    period = [float(s.waveforms["time"][-1]) for s in (rest, work)]
    assert leak_l_min(work) * period[1] < leak_l_min(rest) * period[0]


def test_a_failing_heart_raises_pressure_more_and_output_less():
    (rest, work), (_, well) = felt("decompensated"), felt("man")
    assert work.la_pressure_mean_mmhg > 30.0
    assert work.cardiac_output_l_min < 0.8 * well.cardiac_output_l_min
    assert work.cardiac_output_l_min > rest.cardiac_output_l_min


def test_the_warm_start_changes_how_fast_not_where_to():
    rest, work = both("acute")
    p = exercised(at_rest(with_values(man(), SICK), rest.start[-2:]))
    cold, warm = Haemodynamics.of(solve(p, reflex=False).waveforms), felt("acute")[1]
    # settled to 1e-3 mL: about 1e-3 mmHg
    assert warm.la_pressure_mean_mmhg == pytest.approx(cold.la_pressure_mean_mmhg, abs=5e-3)
    assert work.beats < solve(p, reflex=False).beats + 5
