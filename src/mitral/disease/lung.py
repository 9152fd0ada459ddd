"""Extravascular lung water: Starling's filtration against tissue and lymph, which adapts in weeks.

    dV/dt = Kf [P_c - P_i - (pi_p - pi_i)] - J          V per kg body weight, x = V - V_n, mL/kg
    P_i  = P_0 + dP g,   pi_i = pi_0 (1 - w g),   J = J_0 + (J_max - J_0) g,   g = 1 - exp(-x/s)

What opposes filtration is used up on one scale s: tissue that is stiff first and then goes limp,
protein that is washed down, lymph vessels that are recruited. So dx/dt = A - D g, and y = exp(x/s)
obeys the linear dy/dt = [(A - D) y + D]/s, solved exactly for constant A and D. If A < D the lung
comes to rest at x = -s ln(1 - A/D); if A > D it floods, in the end at the rate A - D = Kf times the
excess of P_c over the flooding pressure. P_0 balances the person's own healthy P_c.

The maximal lymph flow and the filtration coefficient follow one adaptation a (0 to 1) of
da/dt = (a*(P_c) - a)/21 d. Left out: active clearance of alveolar fluid, regional differences, what
the water does to the circulation and to gas exchange. Below normal water the same curve goes on.

Source: Guyton and Lindsey 1959, Gaar 1967, Landis and Pappenheimer 1963, Uhley 1962.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from mitral.disease.constants import constants

MINUTES_PER_DAY = 1440.0
_STEP, _FLOODING_STEP = 5.0, 0.5
"""Days of a sub-step: lymph adapts in 21; while a lung may flood, when it begins matters."""
_FAR = 60.0
"""Exponent at which a flooding lung is full whatever it was before."""
CLEAR, VENOUS = "clear", "venous congestion"
INTERSTITIAL, ALVEOLAR = "interstitial oedema", "alveolar oedema"
CONGESTION = (CLEAR, VENOUS, INTERSTITIAL, ALVEOLAR)


@dataclass(frozen=True)
class Lung:
    """The lungs of one person.

    `weight_kg`; `p_c_healthy_mmhg`: the mean capillary pressure that they balance in health;
    `water_ml`: extravascular water; `adapted`: how far lymph and barrier have adapted (0 to 1);
    `plasma_protein_g_dl`.
    """

    weight_kg: float
    p_c_healthy_mmhg: float
    water_ml: float
    adapted: float
    plasma_protein_g_dl: float

    @property
    def water_ml_kg(self) -> float:
        """Extravascular lung water per kg of body weight."""
        return self.water_ml / self.weight_kg

    @property
    def lymph_max_ml_min(self) -> float:
        """The most lymph that can be drained now."""
        return self.weight_kg * _lymph_max(self.adapted)

    @property
    def filtration_ml_min_mmhg(self) -> float:
        """The filtration coefficient now."""
        return self.weight_kg * _filtration(self.adapted)

    @property
    def flooding_pressure_mmhg(self) -> float:
        """Capillary pressure above which water rises without end as the lungs are now."""
        return sum(_tissue(self)) + _lymph_max(self.adapted) / _filtration(self.adapted)


def healthy_lung(weight_kg: float, p_c_mmhg: float) -> Lung:
    """Lungs at rest at the healthy mean capillary pressure `p_c_mmhg`."""
    k = constants("lung")
    return Lung(weight_kg, p_c_mmhg, weight_kg * k.normal_water, 0.0, k.plasma_protein)


def is_full(lung: Lung) -> bool:
    """Whether all air spaces are full: nothing more goes in."""
    return lung.water_ml_kg >= constants("lung").most_water - 1e-6


def oncotic_pressure(protein_g_dl: float) -> float:
    """Colloid osmotic pressure (mmHg) of plasma: 2.1 c + 0.16 c² + 0.009 c³.

    Source: Landis and Pappenheimer 1963.
    """
    c = protein_g_dl
    return c * (2.1 + c * (0.16 + c * 0.009))


def steady_water(lung: Lung, p_c_mmhg: float) -> float:
    """Water (mL) at which these lungs, as adapted as they are, come to rest; inf if they flood."""
    k = constants("lung")
    drive, brake = _balance(_tissue(lung), lung.adapted, p_c_mmhg)
    if drive >= brake:
        return math.inf
    return lung.weight_kg * (k.normal_water - k.swelling * math.log(1.0 - drive / brake))


def advance(lung: Lung, p_c_start_mmhg: float, p_c_end_mmhg: float, days: float) -> Lung:
    """The lungs after some days (minutes to months) in which capillary pressure went evenly.

    Second order in the slow adaptation, exact in the fast water for constant pressure; water stops
    at `most_water`, where all air spaces are full.
    """
    may_flood = max(p_c_start_mmhg, p_c_end_mmhg) > lung.flooding_pressure_mmhg
    count = max(1, math.ceil(days / (_FLOODING_STEP if may_flood else _STEP)))
    h, rise = days / count, (p_c_end_mmhg - p_c_start_mmhg) / count
    k = constants("lung")
    x, a = lung.water_ml / lung.weight_kg - k.normal_water, lung.adapted
    p, tissue = p_c_start_mmhg, _tissue(lung)
    first = _balance(tissue, a, p)
    for _ in range(count):
        a = _adapt(lung, a, p, p + rise, h)
        p += rise
        last = _balance(tissue, a, p)
        x = _fill(x, first, last, MINUTES_PER_DAY * h)
        first = last
    return replace(lung, water_ml=lung.weight_kg * (k.normal_water + x), adapted=a)


def congestion(la_pressure_mmhg: float, water_ml_kg: float) -> tuple[str, tuple[str, ...]]:
    """The class of congestion, one of `CONGESTION`, and the reasons.

    Water decides about oedema; pressure alone, which may be minutes old or borne for years, at most
    about interstitial oedema. Source: Kostuk 1973, Kushimoto 2012.
    """
    k = constants("lung")
    pressure = f"LA pressure {la_pressure_mmhg:.1f} mmHg"
    water = f"lung water {water_ml_kg:.1f} mL/kg"
    if water_ml_kg >= k.alveolar_water:
        return ALVEOLAR, (f"{water}, {k.alveolar_water:g} or more", pressure)
    if la_pressure_mmhg > k.alveolar_la_pressure:
        last = f"{water}, below the {k.alveolar_water:g} of alveolar oedema"
        return INTERSTITIAL, (f"{pressure}, above {k.alveolar_la_pressure:g}", last)
    if water_ml_kg >= k.oedema_water:
        return INTERSTITIAL, (f"{water}, {k.oedema_water:g} or more", pressure)
    if la_pressure_mmhg > k.interstitial_la_pressure:
        return INTERSTITIAL, (f"{pressure}, above {k.interstitial_la_pressure:g}", water)
    if la_pressure_mmhg > k.venous_la_pressure:
        return VENOUS, (f"{pressure}, above {k.venous_la_pressure:g}", water)
    return CLEAR, (pressure, water)


def _lymph_max(a: float) -> float:
    k = constants("lung")
    return k.lymph_most + a * (k.lymph_most_adapted - k.lymph_most)


def _filtration(a: float) -> float:
    k = constants("lung")
    return k.filtration + a * (k.filtration_adapted - k.filtration)


def _tissue(lung: Lung) -> tuple[float, float]:
    """Capillary pressure of no filtration at normal water, and how far the tissue can yield (mmHg).

    The yield: tissue pressure that rises, protein that is washed down.
    """
    k = constants("lung")
    plasma, healthy = (oncotic_pressure(c) for c in (lung.plasma_protein_g_dl, k.plasma_protein))
    none = lung.p_c_healthy_mmhg - k.lymph_rest / k.filtration
    none += (1.0 - k.tissue_share) * (plasma - healthy)
    return none, k.tissue_pressure + k.washdown * k.tissue_share * plasma


def _balance(tissue: tuple[float, float], a: float, p_c: float) -> tuple[float, float]:
    """A and D of dx/dt = A - D g (mL/min per kg): drive at normal water, and what can oppose it."""
    rest, kf = constants("lung").lymph_rest, _filtration(a)
    return kf * (p_c - tissue[0]) - rest, kf * tissue[1] + _lymph_max(a) - rest


def _adapt(lung: Lung, a: float, p_start: float, p_end: float, h: float) -> float:
    """Adaptation after `h` days: the exact memory of a target read at the mean age of that memory.

    The target rises as s²(3 - 2 s) between two rises of pressure over health.
    """
    k = constants("lung")
    z = h / k.adaptation_time
    p = p_end + (p_start - p_end) * _mean_age(z)
    s = (p - lung.p_c_healthy_mmhg - k.adaptation_from) / (k.adaptation_full - k.adaptation_from)
    s = min(max(s, 0.0), 1.0)
    return a - math.expm1(-z) * (s * s * (3.0 - 2.0 * s) - a)


def _mean_age(z: float) -> float:
    """Mean age, as a share of the step, of what a memory that decays by exp(-z) in it remembers."""
    return 1.0 / z - 1.0 / math.expm1(min(z, _FAR)) if z > 1e-5 else 0.5


def _fill(x: float, first: tuple[float, float], last: tuple[float, float], minutes: float) -> float:
    """Water x after some minutes in which A and D went evenly from `first` to `last`.

    A step in which flooding begins or ends is parted there.
    """
    before, after = first[0] - first[1], last[0] - last[1]
    if before * after < 0.0:
        u = before / (before - after)
        drive = first[0] + u * (last[0] - first[0])
        turn = drive, drive
        x = _fill_part(x, first, turn, u * minutes)
        return _fill_part(x, turn, last, (1.0 - u) * minutes)
    return _fill_part(x, first, last, minutes)


def _fill_part(
    x: float, first: tuple[float, float], last: tuple[float, float], minutes: float
) -> float:
    """The exact solution for constant A and D, read at the mean age of what the lung remembers."""
    k = constants("lung")
    growth = 0.5 * (first[0] - first[1] + last[0] - last[1]) * minutes / k.swelling
    age = _mean_age(-growth) if growth < 0.0 else 0.5
    drive = last[0] + (first[0] - last[0]) * age
    brake = last[1] + (first[1] - last[1]) * age
    rate = (drive - brake) / k.swelling
    grown = min(rate * minutes, _FAR)
    gain = math.expm1(grown) / rate if abs(grown) > 1e-9 else minutes
    y = math.exp(x / k.swelling + min(growth, _FAR)) + brake / k.swelling * gain
    return min(k.swelling * math.log(y), k.most_water - k.normal_water)
