"""What holds in every settled beat, whoever the patient is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitral.circulation.state import STATE_FIELDS, VOLUME_COUNT
from tests.states import (
    FEW,
    Settled,
    acute,
    adapted,
    chronic,
    man,
    normal,
    settle,
    times,
    with_values,
)

VOLUMES = STATE_FIELDS[:VOLUME_COUNT]


@dataclass(frozen=True)
class Case:
    """Somebody: factors on the healthy man, and the kind of leak."""

    hr: float
    tbv: float
    r_sys: float
    ctr_lv: float
    v0_lv: float
    v0_la: float
    eroa: float
    tether: float
    stretch: float
    late_share: float
    reflex: bool


CASES = st.builds(
    Case,
    hr=st.floats(0.7, 1.7),
    tbv=st.floats(0.95, 1.08),
    r_sys=st.floats(0.6, 1.6),
    ctr_lv=st.floats(0.5, 1.1),
    v0_lv=st.floats(0.9, 1.5),
    v0_la=st.floats(0.8, 3.0),
    eroa=st.sampled_from([0.0, 0.05, 0.2, 0.4, 0.7]),
    tether=st.sampled_from([0.0, 0.0, 3.0]),
    stretch=st.sampled_from([0.0, 0.4]),
    late_share=st.sampled_from([0.0, 0.8]),
    reflex=st.booleans(),
)


@cache
def patient(case: Case) -> Settled:
    """The settled beat of a case."""
    values = asdict(case)
    reflex = values.pop("reflex")
    leak = {name: values.pop(name) for name in ("eroa", "tether", "stretch", "late_share")}
    return settle(with_values(times(man(), values), leak), reflex=reflex)


def blood(s: Settled) -> np.ndarray:
    """Total blood volume at every sample."""
    return sum(s[name] for name in VOLUMES)  # pyright: ignore[reportReturnType]


@FEW
@given(CASES)
def test_blood_is_neither_made_nor_lost(case: Case):
    s = patient(case)
    # 10 volumes of up to 4000 mL, 400 steps: rounding of 400 · 4000 · 2e-16 = 4e-10 mL
    assert np.abs(blood(s) - float(s.p["tbv"][0])).max() < 1e-8


@FEW
@given(CASES)
def test_the_beat_ends_where_it_began(case: Case):
    s = patient(case)
    for name in VOLUMES:
        assert s[name][-1] == pytest.approx(s[name][0], abs=1e-6), name
    # the rest is held to the like by its weight in the residual: 1e-6 over 0.05 and 50
    for name in STATE_FIELDS[VOLUME_COUNT:]:
        assert s[name][-1] == pytest.approx(s[name][0], abs=3e-5), name


@FEW
@given(CASES)
def test_every_segment_passes_on_what_it_gets(case: Case):
    s = patient(case)
    forward = s.exam.forward_stroke_volume_ml
    # trapezoid sums over 2.3 ms samples of flows with kinks where valves move: 0.15 mL
    for name in ("q_pv", "q_tv", "q_sys", "q_sv", "q_pa", "q_pc", "q_ao", "q_pvn"):
        assert s.integral(s[name]) == pytest.approx(forward, abs=0.15), name
    mitral_net = s.integral(s["q_mv"]) + s.integral(s["q_mr"])
    assert mitral_net == pytest.approx(forward, abs=0.15)


@FEW
@given(CASES)
def test_total_stroke_is_forward_plus_regurgitant_plus_closing_volumes(case: Case):
    """EDV - ESV = forward + regurgitant + closing volume.

    The closing volume is what falls back through the closing mitral valve while the ventricle
    ejects, less what still leaks, and what the closing aortic valve still passes, after that.
    """
    s = patient(case)
    turn = -int(np.argmax(s["v_lv"][:-1]))  # the beat is periodic: let it begin at its fullest

    def turned(name: str) -> np.ndarray:
        values = np.roll(s[name][:-1], turn)
        return np.append(values, values[0])

    v, q_mv, q_mr, q_av = (turned(name) for name in ("v_lv", "q_mv", "q_mr", "q_av"))
    step, last = float(s["time"][1]), int(np.argmin(v))
    leak, inward = np.maximum(-q_mr, 0.0), q_mv + np.maximum(q_mr, 0.0)
    fall_back = -np.trapezoid(inward[: last + 1], dx=step)
    after = np.trapezoid((q_av + leak)[last:], dx=step)
    closing = float(fall_back - after)
    exam = s.exam
    parts = exam.forward_stroke_volume_ml + exam.regurgitant_volume_ml + closing
    # the greatest sample misses the peak by h²/8 · 1e4 mL/s² = 0.007 mL at either end; trapezoids
    # over the kinks of flow at the valves: 0.1 mL
    assert exam.total_stroke_volume_ml == pytest.approx(parts, abs=0.12)
    # a valve shuts within 30 ms of at most some 300 mL/s
    assert 0.0 < fall_back < 10.0


@FEW
@given(CASES)
def test_a_competent_valve_leaks_nothing(case: Case):
    s = patient(case)
    p = s.p.copy()
    p["eroa"], p["tether"] = 0.0, 0.0
    shut = settle(p, start=s.solution.start)
    assert not shut["q_mr"].any()
    assert shut.exam.regurgitant_volume_ml == 0.0
    assert shut.exam.regurgitant_fraction_percent == 0.0
    assert shut.exam.eroa_cm2 == 0.0
    assert str(shut.exam.regurgitant_volume_ml) == "0.0"  # and not -0.0


@FEW
@given(CASES)
def test_mean_pressure_falls_by_flow_times_resistance(case: Case):
    """MAP - venous pressure = CO · R: exact without reflex, which changes R itself."""
    s = patient(case)
    mean = s.beat.mean
    resistance = (mean(s["p_sa"]) - mean(s["p_sv"])) / mean(s["q_sys"])
    conductance = s["q_sys"] / (s["p_sa"] - s["p_sv"])
    assert np.ptp(conductance) == pytest.approx(0.0, abs=1e-9 * conductance[0])
    assert resistance * conductance[0] == pytest.approx(1.0, rel=1e-9)
    # and the veins: p_sv - RAP = CO · R_sv
    fall = mean(s["p_sv"]) - mean(s["p_ra"])
    assert fall == pytest.approx(mean(s["q_sv"]) * float(s.p["r_sv"][0]), rel=1e-9)


def test_without_reflex_the_resistance_is_the_parameter():
    s = normal()
    mean = s.beat.mean
    fall = mean(s["p_sa"]) - mean(s["p_sv"])
    assert fall == pytest.approx(mean(s["q_sys"]) * float(s.p["r_sys"][0]), rel=1e-9)


@pytest.mark.parametrize("orifice", [0.1, 0.3, 0.6])
def test_a_rigid_orifice_is_the_same_by_volume_and_by_pisa(orifice: float):
    p = man()
    p["eroa"], p["stretch"], p["load_gain"], p["leak_shut"] = orifice, 0.0, 0.0, 0.0
    exam = settle(p).exam
    # a hole that never changes: volume/VTI = peak flow/peak velocity = the orifice
    assert exam.eroa_pisa_cm2 == pytest.approx(exam.eroa_cm2, rel=1e-2)
    assert exam.eroa_cm2 == pytest.approx(orifice, rel=1e-2)


@pytest.mark.parametrize("reflex", [False, True])
def test_the_settled_beat_does_not_depend_on_its_start(reflex: bool):
    severe, sick = acute(not reflex).solution.start, chronic("decompensated").solution.start
    for s in (normal(reflex), acute(reflex)):
        for start in (severe, sick):
            warm = settle(s.p, reflex=reflex, start=start)
            for name in VOLUMES:
                # both are within 1e-6 mL a beat of rest, and the slowest mode takes tens of beats
                assert warm[name][0] == pytest.approx(s[name][0], abs=1e-4), name
            # a bad start must not cost: no finer steps, so that every later sample agrees too
            assert warm.solution.steps == s.solution.steps


def test_states_that_were_reached_start_themselves():
    for s, reflex in ((normal(True), True), (acute(), True), (adapted("functional"), True)):
        assert settle(s.p, reflex=reflex, start=s.solution.start).solution.beats <= 2
