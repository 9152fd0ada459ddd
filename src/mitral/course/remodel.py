"""The slow laws: how fast everything slow changes under what the beat makes the tissues feel.

Each function answers for one tissue and returns rates per day.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from mitral.course.slow import Slow

if TYPE_CHECKING:
    from mitral.course.laws import Laws
    from mitral.course.stimuli import Stimuli

YEAR = 365.25


class Person(NamedTuple):
    """What the slow laws compare with: the beat in health, blood volume, load of the orifice.

    `held`: the beat with which the body has come to terms, whose pressures and output it holds and
    at which nothing grows: that in health, or (`life.at_rest`) of who is followed from a steady
    state on.
    """

    well: Stimuli
    held: Stimuli
    tbv_ml: float
    orifice: float


def over(x: float, width: float) -> float:
    """A soft max(x, 0)."""
    return 0.5 * (x + math.sqrt(x * x + width * width))


def room(ratio: float, most: float) -> float:
    """What is left of growth as a ratio nears its limit: 1 - ((g - 1)/(most - 1))², from 1 to 0."""
    grown = max(ratio - 1.0, 0.0) / (most - 1.0)
    return max(1.0 - grown * grown, 0.0)


def kidneys_and_arteries(z: Slow, s: Stimuli, person: Person, k: Laws) -> tuple[float, float]:
    """Rates of blood volume (ratio) and arteriolar tone (log) that hold pressure and output.

    The shortfall of output is what is missing of the healthy output less what congestion makes the
    body give up (natriuretic brake). Arterioles can narrow only so far.
    Source: Rondanina 2020 for the pairing.
    """
    held = person.held
    pressure = k.pressure_held - s.map_mmhg / held.map_mmhg
    congested = over(s.lap_mmhg - held.lap_mmhg - k.brake_from, 3.0) - over(-k.brake_from, 3.0)
    given_up = k.brake * congested / 10.0
    given_up += k.brake_ra * (over(s.rap_mmhg - 8.0, 1.0) - over(held.rap_mmhg - 8.0, 1.0)) / 4.0
    output = (held.output - s.output) / held.output - given_up
    blood = (
        k.blood_gain * (output + k.blood_pressure_share * pressure) / (person.tbv_ml * k.tau_blood)
    )
    tone = (k.tone_pressure * pressure + k.tone_output * output) / k.tau_tone
    if tone > 0.0:
        tone *= min(max((math.log(k.tone_most) - z.tone) / 0.1, 0.0), 1.0)
    return blood, tone


def lasting_drive(z: Slow, s: Stimuli, held: Stimuli, k: Laws) -> float:
    """Rate of the neurohormonal drive: it follows the share of output that is missing."""
    missing = 1.0 - s.output / held.output
    wanted = k.drive_gain * (over(missing - k.drive_dead, 0.02) - over(-k.drive_dead, 0.02))
    return (wanted - z.drive) / k.tau_drive


def ventricle(z: Slow, s: Stimuli, well: Stimuli, k: Laws) -> tuple[float, float]:
    """Rates of the logarithms of cavity and wall: strain grows the one, stress the other.

    Without the stimulus of stretch both go back. Source: Rondanina 2020 (mixed law).
    """
    strain = s.stretch_lv / well.stretch_lv - 1.0
    stress = s.stress_max / well.stress_max - 1.0
    longer = math.tanh(max(strain - k.stretch_from, 0.0) / k.stretch_width)
    longer *= room(z.lv_size, k.size_limit) / k.tau_size
    thicker = math.tanh(max(stress - k.stress_from, 0.0) / k.stress_width)
    thicker *= room(z.lv_wall, k.wall_limit) / k.tau_wall
    back = math.tanh(max(k.stretch_from - strain, 0.0) / k.stretch_width)
    size = longer - back * max(z.lv_size - 1.0, 0.0) / k.tau_size_back
    wall = k.wall_per_size * longer + thicker
    wall -= back * max(z.lv_wall - 1.0, 0.0) / k.tau_wall_back
    return size, wall


def matrix(z: Slow, s: Stimuli, well: Stimuli, k: Laws) -> float:
    """Rate of the logarithm of passive stiffness: softens under stress, stiffens with damage."""
    excess = s.stress_ed / well.stress_ed - 1.0
    signal = math.tanh(max(abs(excess) - k.matrix_from, 0.0) / k.matrix_width)
    if excess < 0.0:
        return signal * max(1.0 - z.lv_stiffness, 0.0) / k.tau_matrix
    limit = k.softest * (1.0 + k.fibrosis * (1.0 - z.contractility))
    return -signal * min(max((z.lv_stiffness - limit) / 0.4, -1.0), 1.0) / k.tau_matrix


def atrium(z: Slow, s: Stimuli, well: Stimuli, k: Laws) -> float:
    """Rate of the logarithm of the unloaded atrium: grows when stretched, shrinks when slack."""
    strain = s.stretch_la / well.stretch_la - 1.0
    if strain >= 0.0:
        signal = math.tanh(max(strain - k.atrium_from, 0.0) / k.atrium_width)
        return signal * room(z.la_size, k.atrium_limit) / k.tau_atrium
    if z.la_size <= 1.0:
        return 0.0
    return math.tanh(strain / k.atrium_width) * min(1.0, (z.la_size - 1.0) / 0.3) / k.tau_atrium


def damage(z: Slow, s: Stimuli, well: Stimuli, worst: float, dilated: float, k: Laws) -> float:
    """Rate of contractility: a dilated cavity under a large leak a minute wears the muscle out.

    `dilated`: unloaded cavity over that of the healthy person. The weaker muscle is more exposed;
    without overload most of the loss is regained.
    """
    reach = k.damage_width * math.log1p(math.exp((dilated - k.damage_from) / k.damage_width))
    leak = (s.leak / well.output) ** 4
    overload = reach * leak / (leak + k.damage_leak**4)
    lost = 1.0 - z.contractility
    wear = k.damage_rate * overload * (1.0 + k.damage_circle * lost)
    wear *= max(z.contractility - k.damage_floor, 0.0)
    best = 1.0 - (1.0 - k.recovery_share) * (1.0 - worst)
    heal = k.recovery_rate * math.exp(-overload / 0.03) * max(best - z.contractility, 0.0)
    return (heal - wear) / YEAR


def lung_vessels(z: Slow, s: Stimuli, well: Stimuli, k: Laws) -> float:
    """Rate of pulmonary arteriolar resistance, which follows lasting congestion."""

    def level(lap: float) -> float:
        return 1.0 / (1.0 + math.exp(-(lap - k.lungs_middle) / k.lungs_width))

    wanted = 1.0 + (k.lungs_most - 1.0) * (level(s.lap_mmhg) - level(well.lap_mmhg))
    return (wanted - z.lung_resistance) / k.tau_lungs


def rates(
    z: Slow, s: Stimuli, person: Person, worst: float, dilated: float, lost: float, k: Laws
) -> Slow:
    """Rate per day of every slow quantity; `worst` the lowest contractility so far.

    `dilated`: unloaded cavity over the healthy; `lost`: contractility lost to damage and insult.
    """
    well, held = person.well, person.held
    blood, tone = kidneys_and_arteries(z, s, person, k)
    size, wall = ventricle(z, s, held, k)
    wider = atrium(z, s, held, k)
    heart = (s.heart_ml / well.heart_ml) ** k.pericardium_power
    reference = person.orifice * (s.load / held.load) ** k.orifice_share
    return Slow(
        lv_size=z.lv_size * size,
        lv_wall=z.lv_wall * wall,
        lv_stiffness=z.lv_stiffness * matrix(z, s, held, k),
        la_size=z.la_size * wider,
        la_wall=z.la_wall * k.atrium_wall * wider,
        contractility=damage(z, s, well, worst, dilated, k),
        lung_resistance=lung_vessels(z, s, well, k),
        pericardium=(heart - z.pericardium) / k.tau_pericardium,
        orifice=(reference - z.orifice) / k.tau_orifice,
        blood=blood,
        tone=tone,
        drive=lasting_drive(z, s, held, k),
        map_set=(s.map_mmhg - z.map_set) / k.tau_reset,
        lap_set=(s.lap_mmhg - z.lap_set) / k.tau_reset,
        lap_month=(s.lap_mmhg - z.lap_month) / k.tau_month,
        loss_month=(lost - z.loss_month) / k.tau_month,
    )
