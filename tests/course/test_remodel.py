"""The slow laws: each a number by hand, rest in health, and the signs a cardiologist would bet on.

`HAND` are round constants for numbers on paper; the signs hold for the standard constants.
"""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitral.course import laws
from mitral.course.laws import Laws
from mitral.course.remodel import (
    Person,
    atrium,
    damage,
    kidneys_and_arteries,
    lasting_drive,
    lung_vessels,
    matrix,
    over,
    rates,
    room,
    ventricle,
)
from mitral.course.slow import Slow
from mitral.course.stimuli import Stimuli
from tests.states import FEW

WELL = Stimuli(
    map_mmhg=100.0,
    lap_mmhg=8.0,
    rap_mmhg=7.25,
    pap_mmhg=15.0,
    capillary_mmhg=11.0,
    edp_mmhg=10.0,
    output=100.0,
    leak=0.0,
    rate_bpm=65.0,
    edv_ml=145.0,
    esv_ml=52.0,
    la_max_ml=60.0,
    stretch_lv=1.25,
    stress_max=50.0,
    stress_ed=4.0,
    stretch_la=1.25,
    heart_ml=500.0,
    load=2.0,
)
PERSON = Person(WELL, WELL, 5000.0, 2.0)
REST = Slow(
    lv_size=1.0,
    lv_wall=1.0,
    lv_stiffness=1.0,
    la_size=1.0,
    la_wall=1.0,
    contractility=1.0,
    lung_resistance=1.0,
    pericardium=1.0,
    orifice=2.0,
    blood=1.0,
    tone=0.0,
    drive=0.0,
    map_set=100.0,
    lap_set=8.0,
    lap_month=8.0,
    loss_month=0.0,
)
HAND = Laws(
    tau_blood=2.0,
    blood_gain=1000.0,
    pressure_held=1.0,
    blood_pressure_share=0.5,
    tau_tone=10.0,
    tone_pressure=0.8,
    tone_output=0.4,
    tone_most=1.5,
    brake=0.2,
    brake_from=4.0,
    brake_ra=0.04,
    drive_gain=2.0,
    drive_dead=0.015,
    tau_drive=4.0,
    tau_reset=5.0,
    tau_month=40.0,
    tau_size=100.0,
    stretch_from=0.04,
    stretch_width=0.05,
    size_limit=1.5,
    wall_per_size=1.5,
    tau_wall=125.0,
    stress_from=0.1,
    stress_width=0.2,
    wall_limit=2.0,
    tau_size_back=200.0,
    tau_wall_back=400.0,
    tau_matrix=80.0,
    matrix_from=0.2,
    matrix_width=0.4,
    softest=0.5,
    fibrosis=2.0,
    tau_atrium=50.0,
    atrium_from=0.04,
    atrium_width=0.16,
    atrium_limit=3.0,
    atrium_wall=0.8,
    tau_pericardium=25.0,
    pericardium_power=0.5,
    tau_lungs=160.0,
    lungs_most=3.0,
    lungs_middle=20.0,
    lungs_width=4.0,
    tau_orifice=125.0,
    orifice_share=0.5,
    damage_rate=0.8,
    damage_from=1.2,
    damage_width=0.05,
    damage_leak=0.5,
    damage_circle=4.0,
    damage_floor=0.3,
    recovery_rate=0.5,
    recovery_share=0.6,
)
TANH_1 = 0.761594156
ROUNDING = 1e-12


def feels(**changes: float) -> Stimuli:
    """The healthy beat with some stimuli changed."""
    return WELL._replace(**changes)


def after(**changes: float) -> Slow:
    """The healthy slow state with some quantities changed."""
    return REST._replace(**changes)


def rate(
    z: Slow, s: Stimuli, k: Laws, worst: float | None = None, dilated: float | None = None
) -> Slow:
    """Every rate; the worst contractility is that of now, the cavity as wide as it has grown.

    No insult: what is lost is what damage took.
    """
    lowest = z.contractility if worst is None else worst
    wide = z.lv_size if dilated is None else dilated
    return rates(z, s, PERSON, lowest, wide, 1.0 - z.contractility, k)


def exactly(value: float) -> object:
    """Equal to what was worked by hand to seven figures."""
    return pytest.approx(value, rel=1e-6)


# what the laws are made of


@pytest.mark.parametrize(("x", "soft"), [(4.0, 4.5), (0.0, 1.5), (-4.0, 0.5)])
def test_a_soft_maximum_by_hand(x: float, soft: float):
    # width 3: (x + √(x² + 9))/2
    assert over(x, 3.0) == exactly(soft)


@pytest.mark.parametrize(
    ("ratio", "left"), [(0.8, 1.0), (1.0, 1.0), (1.25, 0.75), (1.5, 0.0), (1.9, 0.0)]
)
def test_room_for_growth_by_hand(ratio: float, left: float):
    assert room(ratio, 1.5) == exactly(left)


# numbers by hand


def test_kidneys_and_arteries_by_hand():
    s = feels(map_mmhg=90.0, lap_mmhg=16.0, output=80.0, rap_mmhg=8.75)
    # pressure missing 0.1; LA 4 above the brake: over(4, 3) - over(-4, 3) = 4.5 - 0.5, so 0.08 is
    # given up; RA 0.75 above and below 8: (1 - 0.25) 0.04/4 = 0.0075; output 0.2 - 0.0875 = 0.1125
    blood, tone = kidneys_and_arteries(REST, s, PERSON, HAND)
    assert blood == exactly(1000.0 * (0.1125 + 0.5 * 0.1) / (5000.0 * 2.0))
    assert tone == exactly((0.8 * 0.1 + 0.4 * 0.1125) / 10.0)


def test_a_drug_that_lowers_the_pressure_that_is_held_by_hand():
    # 90 of 100 mmHg are just what is held at 0.9, so that nothing is asked for
    lowered = replace(HAND, pressure_held=0.9)
    assert kidneys_and_arteries(REST, feels(map_mmhg=90.0), PERSON, lowered) == (0.0, 0.0)
    # at 100 mmHg they are 0.1 too many: 0.5·0.1 of 1000 mL too much blood, tone 0.8·0.1 too high
    blood, tone = kidneys_and_arteries(REST, feels(), PERSON, lowered)
    assert blood == exactly(-1000.0 * 0.05 / (5000.0 * 2.0))
    assert tone == exactly(-0.08 / 10.0)


@pytest.mark.parametrize(("below", "share"), [(0.2, 1.0), (0.1, 1.0), (0.05, 0.5), (0.0, 0.0)])
def test_tone_stops_rising_at_its_limit(below: float, share: float):
    # the last 0.1 of the logarithm slows it down; 0.8·0.1/10 a day without
    z = after(tone=math.log(1.5) - below)
    assert kidneys_and_arteries(z, feels(map_mmhg=90.0), PERSON, HAND)[1] == exactly(0.008 * share)


def test_beyond_its_limit_tone_does_not_rise_but_may_fall():
    z = after(tone=math.log(1.5) + 0.02)
    assert kidneys_and_arteries(z, feels(map_mmhg=90.0), PERSON, HAND)[1] == 0.0
    assert kidneys_and_arteries(z, feels(map_mmhg=110.0), PERSON, HAND)[1] == exactly(-0.008)


def test_the_lasting_drive_by_hand():
    # 0.03 missing, 0.015 more than the dead band: over(0.015, 0.02) - over(-0.015, 0.02) = 0.02 -
    # 0.005; wanted 2·0.015 = 0.03
    found = lasting_drive(after(drive=0.01), feels(output=97.0), WELL, HAND)
    assert found == exactly((0.03 - 0.01) / 4.0)


def test_growth_of_the_ventricle_by_hand():
    # strain 0.09, so tanh 1; stress 0.3, so tanh 1; both half way to their limits: room 3/4
    z, s = after(lv_size=1.25, lv_wall=1.5), feels(stretch_lv=1.3625, stress_max=65.0)
    size, wall = ventricle(z, s, WELL, HAND)
    longer, thicker = 0.75 * TANH_1 / 100.0, 0.75 * TANH_1 / 125.0
    assert size == exactly(longer)
    assert wall == exactly(1.5 * longer + thicker)


def test_regression_of_the_ventricle_by_hand():
    # strain -0.01, 0.05 short of the stimulus: tanh 1
    z, s = after(lv_size=1.25, lv_wall=1.4), feels(stretch_lv=1.2375)
    size, wall = ventricle(z, s, WELL, HAND)
    assert size == exactly(-0.25 * TANH_1 / 200.0)
    assert wall == exactly(-0.4 * TANH_1 / 400.0)


@pytest.mark.parametrize(
    ("stress", "stiffness", "contractility", "share"),
    [
        (6.4, 0.8, 0.9, -0.5),  # limit 0.5 (1 + 2·0.1) = 0.6; (0.8 - 0.6)/0.4
        (6.4, 0.8, 0.4, 0.75),  # limit 0.5 (1 + 2·0.6) = 1.1; (0.8 - 1.1)/0.4
        (6.4, 2.0, 0.9, -1.0),
        (6.4, 0.1, 0.9, 1.0),
        (1.6, 0.8, 0.9, 0.2),  # unloaded: back towards 1
        (1.6, 1.3, 0.9, 0.0),  # but what damage has stiffened stays
        (4.8, 0.8, 0.9, 0.0),  # 0.2 over: nothing yet
        (3.2, 0.8, 0.9, 0.0),
    ],
)
def test_the_matrix_by_hand(stress: float, stiffness: float, contractility: float, share: float):
    # 0.6 over or under: tanh((0.6 - 0.2)/0.4) = tanh 1, in 80 days
    z = after(lv_stiffness=stiffness, contractility=contractility)
    found = matrix(z, feels(stress_ed=stress), WELL, HAND)
    assert found == pytest.approx(share * TANH_1 / 80.0, rel=1e-6, abs=ROUNDING)


def test_without_a_dead_band_the_matrix_softens_above_and_stiffens_below_health():
    z, k = after(lv_stiffness=0.8), replace(HAND, matrix_from=0.0)
    # tanh(0.05/0.4) either way; (0.8 - 0.5)/0.4 of it softens, 1 - 0.8 comes back
    assert matrix(z, feels(stress_ed=4.2), WELL, k) == exactly(-0.75 * 0.124353002 / 80.0)
    assert matrix(z, feels(stress_ed=3.8), WELL, k) == exactly(0.2 * 0.124353002 / 80.0)


@pytest.mark.parametrize(
    ("stretch", "size", "share"),
    [
        (1.5, 2.0, 0.75),  # strain 0.2: tanh((0.2 - 0.04)/0.16); half way to 3: room 3/4
        (1.05, 1.15, -0.5),  # strain -0.16: tanh(-1), 0.15/0.3
        (1.05, 1.06, -0.2),
        (1.05, 2.0, -1.0),
        (1.05, 1.0, 0.0),
        (1.05, 0.98, 0.0),
        (1.3, 2.0, 0.0),  # strain 0.04: not yet
        (1.25, 2.0, 0.0),
    ],
)
def test_the_atrium_by_hand(stretch: float, size: float, share: float):
    found = atrium(after(la_size=size), feels(stretch_la=stretch), WELL, HAND)
    assert found == pytest.approx(share * TANH_1 / 50.0, rel=1e-6, abs=ROUNDING)


def test_damage_by_hand():
    # reach 0.05 ln(1 + e²) = 0.10634640, leak 50/100 as the half: overload 0.05317320; a fifth is
    # lost: wear 0.8·0.0531732·(1 + 4·0.2)·(0.8 - 0.3) = 0.03828470; best 1 - 0.4·0.3 = 0.88: heal
    # 0.5·exp(-0.0531732/0.03)·0.08 = 0.00679672
    z, s = after(contractility=0.8), feels(leak=50.0)
    found = damage(z, s, WELL, 0.7, 1.3, HAND)
    assert found * 365.25 == pytest.approx(0.00679672 - 0.03828470, rel=1e-5)
    # twice the leak: 1/(1 + 0.5⁴) = 0.941176 of the reach; wear 0.07206, heal 0.001422
    found = damage(z, feels(leak=100.0), WELL, 0.7, 1.3, HAND)
    assert found * 365.25 == pytest.approx(0.0014224 - 0.0720653, rel=1e-5)


@pytest.mark.parametrize(("contractility", "left"), [(0.8, 0.08), (0.88, 0.0), (0.95, 0.0)])
def test_recovery_by_hand(contractility: float, left: float):
    # no leak; of a worst of 0.7, 0.6 of the 0.3 lost can be regained: 0.88
    found = damage(after(contractility=contractility), WELL, WELL, 0.7, 1.0, HAND)
    assert found * 365.25 == pytest.approx(0.5 * left, rel=1e-6, abs=ROUNDING)


def test_below_the_floor_nothing_is_lost():
    z, s = after(contractility=0.25), feels(leak=100.0)
    heal = 0.5 * math.exp(-0.2 / 0.03) * (1.0 - 0.4 * 0.75 - 0.25)
    # overload of a cavity far beyond: 0.2/(1 + 0.5⁴), reach 0.2 to the last 2 % of its softness
    assert 0.0 <= damage(z, s, WELL, 0.25, 1.4, HAND) * 365.25 < 2.0 * heal


def test_the_lung_vessels_by_hand():
    # LA pressure at the middle: 1/2, in health 1/(1 + e³) = 0.0474259; wanted 1 + 2·0.4525741
    found = lung_vessels(after(lung_resistance=1.4), feels(lap_mmhg=20.0), WELL, HAND)
    assert found == exactly((1.9051482 - 1.4) / 160.0)


def test_all_rates_by_hand():
    z = Slow(
        lv_size=1.25,
        lv_wall=1.5,
        lv_stiffness=0.8,
        la_size=2.0,
        la_wall=1.6,
        contractility=0.8,
        lung_resistance=1.4,
        pericardium=1.1,
        orifice=2.1,
        blood=1.1,
        tone=0.05,
        drive=0.01,
        map_set=96.0,
        lap_set=14.0,
        lap_month=12.0,
        loss_month=0.1,
    )
    s = feels(
        map_mmhg=90.0,
        lap_mmhg=20.0,
        output=97.0,
        leak=50.0,
        stretch_lv=1.3625,
        stress_max=65.0,
        stress_ed=6.4,
        stretch_la=1.5,
        heart_ml=720.0,
        load=2.42,
    )
    found = rate(z, s, HAND, worst=0.7, dilated=1.3)
    longer, wider = 0.75 * TANH_1 / 100.0, 0.75 * TANH_1 / 50.0
    # over(8, 3) = 8.2720019 less over(-4, 3) = 0.5; output 0.03 - 0.2·0.77720019 = -0.12544004
    expected = Slow(
        lv_size=1.25 * longer,
        lv_wall=1.5 * (1.5 * longer + 0.75 * TANH_1 / 125.0),
        lv_stiffness=-0.8 * (0.8 - 0.5 * 1.4) / 0.4 * TANH_1 / 80.0,
        la_size=2.0 * wider,
        la_wall=1.6 * 0.8 * wider,
        contractility=damage(z, s, WELL, 0.7, 1.3, HAND),
        lung_resistance=(1.9051482 - 1.4) / 160.0,
        pericardium=(math.sqrt(720.0 / 500.0) - 1.1) / 25.0,
        orifice=(2.0 * math.sqrt(2.42 / 2.0) - 2.1) / 125.0,
        blood=1000.0 * (-0.12544004 + 0.05) / 10000.0,
        tone=(0.08 - 0.4 * 0.12544004) / 10.0,
        drive=(0.03 - 0.01) / 4.0,
        map_set=(90.0 - 96.0) / 5.0,
        lap_set=(20.0 - 14.0) / 5.0,
        lap_month=(20.0 - 12.0) / 40.0,
        loss_month=(0.2 - 0.1) / 40.0,
    )
    assert found._asdict() == pytest.approx(expected._asdict(), rel=1e-5)


# rest


@pytest.mark.parametrize("k", [HAND, laws.standard()], ids=["by hand", "standard"])
def test_in_health_nothing_changes(k: Laws):
    assert rate(REST, WELL, k) == pytest.approx(Slow(*[0.0] * len(Slow._fields)), abs=ROUNDING)


# the signs


K = laws.standard()
NEUTRAL = WELL.stretch_lv * (1.0 + K.stretch_from)
STRETCHED = WELL.stretch_lv * (1.0 + K.stretch_from + K.stretch_width)
STRESSED = WELL.stress_max * (1.0 + K.stress_from + K.stress_width)
FULL = WELL.stress_ed * (1.0 + K.matrix_from + K.matrix_width)
EMPTY = WELL.stress_ed * (1.0 - K.matrix_from - 0.5 * (1.0 - K.matrix_from))
WIDE = WELL.stretch_la * (1.0 + K.atrium_from + K.atrium_width)
DILATED = 0.5 * (K.damage_from + K.size_limit)
LEAKING = K.damage_leak * WELL.output
BORNE = WELL.lap_mmhg + 0.2 * K.brake_from
CONGESTED = WELL.lap_mmhg + K.brake_from + 10.0
SIGNS = {
    "stretch makes the cavity grow": ({"stretch_lv": STRETCHED}, {}, "lv_size", 1),
    "and the wall with it": ({"stretch_lv": STRETCHED}, {}, "lv_wall", 1),
    "little stretch does not": (
        {"stretch_lv": WELL.stretch_lv * (1.0 + 0.5 * K.stretch_from)}, {}, "lv_size", 0,
    ),
    "stress thickens the wall": ({"stress_max": STRESSED}, {}, "lv_wall", 1),
    "and leaves the cavity": ({"stress_max": STRESSED}, {}, "lv_size", 0),
    "a cavity at its limit stays": (
        {"stretch_lv": STRETCHED}, {"lv_size": K.size_limit}, "lv_size", 0,
    ),
    "its wall may thicken still": (
        {"stretch_lv": STRETCHED, "stress_max": STRESSED}, {"lv_size": K.size_limit}, "lv_wall", 1,
    ),
    "a wall at its limit does not": (
        {"stretch_lv": NEUTRAL, "stress_max": STRESSED}, {"lv_wall": K.wall_limit}, "lv_wall", 0,
    ),
    "without stimulus the cavity goes back": ({}, {"lv_size": 1.2}, "lv_size", -1),
    "and the wall": ({}, {"lv_wall": 1.2}, "lv_wall", -1),
    "never below health": ({"stretch_lv": 1.1}, {}, "lv_size", 0),
    "nor the wall": ({"stretch_lv": 1.1}, {}, "lv_wall", 0),
    "while stretched the wall stays thick": (
        {"stretch_lv": NEUTRAL}, {"lv_wall": 1.5}, "lv_wall", 0,
    ),
    "diastolic stress softens": ({"stress_ed": FULL}, {}, "lv_stiffness", -1),
    "no further than the limit": (
        {"stress_ed": FULL}, {"lv_stiffness": K.softest}, "lv_stiffness", 0,
    ),
    "damage stiffens": (
        {"stress_ed": FULL}, {"lv_stiffness": K.softest, "contractility": 0.7}, "lv_stiffness", 1,
    ),
    "an unloaded matrix stiffens back": (
        {"stress_ed": EMPTY}, {"lv_stiffness": 0.6}, "lv_stiffness", 1,
    ),
    "to that of health": ({"stress_ed": EMPTY}, {}, "lv_stiffness", 0),
    "a stretched atrium grows": ({"stretch_la": WIDE}, {}, "la_size", 1),
    "and its wall": ({"stretch_la": WIDE}, {}, "la_wall", 1),
    "up to its limit": ({"stretch_la": WIDE}, {"la_size": K.atrium_limit}, "la_size", 0),
    "a slack one shrinks": ({"stretch_la": 1.15}, {"la_size": 1.5}, "la_size", -1),
    "and its wall thins": ({"stretch_la": 1.15}, {"la_size": 1.5, "la_wall": 1.4}, "la_wall", -1),
    "but not below health": ({"stretch_la": 1.15}, {}, "la_size", 0),
    "low pressure retains blood": ({"map_mmhg": 85.0}, {}, "blood", 1),
    "and narrows the arterioles": ({"map_mmhg": 85.0}, {}, "tone", 1),
    "low output retains blood": ({"output": 80.0}, {}, "blood", 1),
    "and narrows the arterioles too": ({"output": 80.0}, {}, "tone", 1),
    "high pressure sheds blood": ({"map_mmhg": 115.0}, {}, "blood", -1),
    "and widens the arterioles": ({"map_mmhg": 115.0}, {}, "tone", -1),
    "high output sheds blood": ({"output": 120.0}, {}, "blood", -1),
    "congestion sheds blood": ({"lap_mmhg": CONGESTED}, {}, "blood", -1),
    "a full right atrium too": ({"rap_mmhg": 12.0}, {}, "blood", -1),
    "tone stops at its most": (
        {"map_mmhg": 85.0}, {"tone": math.log(K.tone_most)}, "tone", 0,
    ),
    "low output drives the heart": ({"output": 80.0}, {}, "drive", 1),
    "a little less does next to nothing": (
        {"output": 100.0 * (1.0 - 0.2 * K.drive_dead)}, {"drive": 0.05}, "drive", -1,
    ),
    "and the drive goes": ({}, {"drive": 0.3}, "drive", -1),
    "damage needs both": (
        {"leak": LEAKING}, {"lv_size": DILATED, "contractility": 0.9}, "contractility", -1,
    ),
    "congestion narrows the lung vessels": ({"lap_mmhg": 28.0}, {}, "lung_resistance", 1),
    "which goes back": ({}, {"lung_resistance": 2.0}, "lung_resistance", -1),
    "the pericardium follows a large heart": ({"heart_ml": 700.0}, {}, "pericardium", 1),
    "and a small one": ({"heart_ml": 400.0}, {}, "pericardium", -1),
    "leaflets follow a loaded ventricle": ({"load": 2.4}, {}, "orifice", 1),
    "and an unloaded one": ({"load": 1.6}, {}, "orifice", -1),
    "the reflex is reset to high pressure": ({"map_mmhg": 110.0}, {}, "map_set", 1),
    "and to low": ({"map_mmhg": 80.0}, {}, "map_set", -1),
    "and to congestion": ({"lap_mmhg": 20.0}, {}, "lap_set", 1),
    "which is remembered": ({"lap_mmhg": 20.0}, {}, "lap_month", 1),
    "and so is what is lost": ({}, {"contractility": 0.8}, "loss_month", 1),
}  # fmt: skip


@pytest.mark.parametrize(("felt", "slow", "name", "sign"), SIGNS.values(), ids=SIGNS.keys())
def test_a_sign_that_a_cardiologist_would_bet_on(
    felt: dict[str, float], slow: dict[str, float], name: str, sign: int
):
    found = getattr(rate(after(**slow), feels(**felt), K), name)
    # anything that matters moves by more than a millionth a day
    assert (found > 1e-6) - (found < -1e-6) == sign
    assert sign or abs(found) < ROUNDING


def test_damage_and_only_damage_raises_the_limit_of_softening():
    def softens(contractility: float) -> float:
        z = after(lv_stiffness=0.9, contractility=contractility)
        return -matrix(z, feels(stress_ed=FULL), WELL, K)

    assert softens(1.0) > softens(0.95) > softens(0.9)


def test_a_limit_slows_growth_before_it_stops_it():
    sizes = [1.0 + share * (K.size_limit - 1.0) for share in (0.0, 0.4, 0.8, 0.95)]
    speed = [ventricle(after(lv_size=g), feels(stretch_lv=STRETCHED), WELL, K)[0] for g in sizes]
    assert speed == sorted(speed, reverse=True)
    assert speed[-1] > 0.0


def test_moderate_congestion_is_borne_before_the_brake_takes_hold():
    def given_up(lap: float) -> float:
        return -kidneys_and_arteries(REST, feels(lap_mmhg=lap), PERSON, K)[0]

    # a soft corner: a fifth of the way is worth at most a fifth of what it is worth beyond it
    beyond = given_up(CONGESTED) - given_up(CONGESTED - BORNE + WELL.lap_mmhg)
    assert 0.0 < given_up(BORNE) < 0.2 * beyond


def test_a_dilated_cavity_or_a_leak_alone_does_no_harm():
    def harm(leak: float, size: float) -> float:
        return -damage(REST, feels(leak=leak), WELL, 1.0, size, K)

    both = harm(LEAKING, DILATED)
    assert both > 0.0
    # 1 % of the loss of both: softness of the corner, fourth power of the leak
    for leak, size in ((0.0, DILATED), (LEAKING, 1.0), (0.2 * LEAKING, DILATED)):
        assert 0.0 <= harm(leak, size) < 0.01 * both


def test_the_weaker_muscle_is_worn_out_faster():
    def wear(contractility: float) -> float:
        z, s = after(contractility=contractility), feels(leak=3.0 * LEAKING)
        return -damage(z, s, WELL, contractility, 2.0, K) / (contractility - K.damage_floor)

    assert wear(0.6) > wear(0.8) > wear(1.0) > 0.0


def test_the_worse_it_was_the_less_comes_back():
    def heals(worst: float) -> float:
        return damage(after(contractility=0.6), WELL, WELL, worst, 1.0, K)

    assert heals(0.6) > heals(0.5) > heals(0.4) > 0.0


FEELINGS = st.fixed_dictionaries(
    {
        "map_mmhg": st.floats(40.0, 160.0),
        "lap_mmhg": st.floats(1.0, 45.0),
        "rap_mmhg": st.floats(-1.0, 25.0),
        "output": st.floats(20.0, 150.0),
        "leak": st.floats(0.0, 250.0),
        "stretch_lv": st.floats(1.05, 1.6),
        "stress_max": st.floats(20.0, 120.0),
        "stress_ed": st.floats(0.5, 20.0),
        "stretch_la": st.floats(1.0, 2.0),
    }
)


@FEW
@given(FEELINGS)
def test_whatever_is_felt_nothing_leaves_its_bounds(felt: dict[str, float]):
    s = feels(**felt)
    least = rate(after(contractility=K.damage_floor), s, K)
    assert min(least.lv_size, least.lv_wall, least.la_size, least.contractility) >= 0.0
    assert rate(after(contractility=1.0), s, K).contractility <= 0.0
    most = rate(after(lv_size=K.size_limit, la_size=K.atrium_limit), s, K)
    assert max(most.lv_size, most.la_size) <= 0.0
    assert rate(after(tone=math.log(K.tone_most)), s, K).tone <= 0.0
    assert rate(after(lung_resistance=K.lungs_most), s, K).lung_resistance <= 0.0
