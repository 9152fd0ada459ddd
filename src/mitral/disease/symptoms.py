"""What a person feels, from pressures, lung water and output at rest and in exercise.

Breathlessness comes from the lungs (pressure and water), tiredness from the forward output; they
are two findings, each with its reasons. The limits are in `symptoms.csv` and `lung.csv`; many are
assumed, and `Symptoms.uncalibrated` names the parts that no patient has been asked about.

Source: Borlaug 2010 (pressure in exercise), Kostuk 1973 (bands of pressure at rest), Kushimoto 2012
(water), Hochman 1999 (index).
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from mitral.disease.constants import constants
from mitral.disease.lung import congestion
from mitral.units import SECONDS_PER_MINUTE, ml_s_to_l_min

if TYPE_CHECKING:
    import numpy as np

NONE, EXERTION, REST, FLASH = "none", "on exertion", "at rest", "flash oedema"
BREATHLESSNESS = (NONE, EXERTION, REST, FLASH)
TIREDNESS = (NONE, EXERTION, REST)
_UNCALIBRATED = (
    "dyspnoea index",
    "limit of LA pressure for breathlessness at rest",
    "limit of lung water for flash oedema",
    "limits of output for tiredness",
    "response to exercise",
)


@dataclass(frozen=True)
class Haemodynamics:
    """Means over a beat, the unit in the name; `cardiac_output_l_min` is forward."""

    la_pressure_mean_mmhg: float
    pulmonary_capillary_mmhg: float
    pa_mean_mmhg: float
    aortic_mean_mmhg: float
    aortic_systolic_mmhg: float
    ra_pressure_mean_mmhg: float
    cardiac_output_l_min: float
    heart_rate_bpm: float

    @classmethod
    def of(cls, w: np.ndarray) -> Haemodynamics:
        """From the waveforms of a beat, whose samples are evenly spaced."""
        count = w.size - 1

        def mean(name: str) -> float:
            values = w[name]
            return float((values.sum() - 0.5 * (values[0] + values[-1])) / count)

        return cls(
            la_pressure_mean_mmhg=mean("p_la"),
            pulmonary_capillary_mmhg=mean("p_pc"),
            pa_mean_mmhg=mean("p_pa"),
            aortic_mean_mmhg=mean("p_sa"),
            aortic_systolic_mmhg=float(w["p_sa"].max()),
            ra_pressure_mean_mmhg=mean("p_ra"),
            cardiac_output_l_min=ml_s_to_l_min(mean("q_av")),
            heart_rate_bpm=SECONDS_PER_MINUTE / float(w["time"][-1]),
        )


@dataclass(frozen=True)
class Finding:
    """A symptom: its `grade` (one of `BREATHLESSNESS` or `TIREDNESS`) and the `reasons`."""

    grade: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Symptoms:
    """`breathlessness`, `tiredness`; `dyspnoea_index` 0 to 1; `congestion` of the lungs (a class).

    `exercise_known`: whether exercise was computed; `uncalibrated`: parts without patients behind.
    """

    breathlessness: Finding
    tiredness: Finding
    dyspnoea_index: float
    congestion: Finding
    exercise_known: bool
    uncalibrated: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def symptoms(
    rest: Haemodynamics,
    exercise: Haemodynamics | None,
    lung_water_ml_kg: float,
    healthy_rest: Haemodynamics,
    healthy_exercise: Haemodynamics,
    bsa_m2: float,
    lung_adapted: float = 1.0,
) -> Symptoms:
    """The symptoms of a person who is as `rest`, and as `exercise` in exercise (None: unknown).

    `healthy_*`: the same person in health. `lung_adapted` (0 to 1): how far the lungs have adapted
    to pressure (`Lung.adapted`); new lungs bear less of it.
    """
    share = rest.cardiac_output_l_min / healthy_rest.cardiac_output_l_min
    uncalibrated = _UNCALIBRATED
    if exercise is None:
        uncalibrated += ("exercise, which did not settle: LA pressure there is guessed",)
    return Symptoms(
        breathlessness=_breathlessness(rest, exercise, lung_water_ml_kg, lung_adapted),
        tiredness=_tiredness(rest, exercise, share, healthy_exercise, bsa_m2),
        dyspnoea_index=_index(_exercise_pressure(rest, exercise), lung_water_ml_kg, share),
        congestion=Finding(*congestion(rest.la_pressure_mean_mmhg, lung_water_ml_kg)),
        exercise_known=exercise is not None,
        uncalibrated=uncalibrated,
    )


def _exercise_pressure(rest: Haemodynamics, exercise: Haemodynamics | None) -> float:
    """LA pressure (mmHg) in exercise, guessed from that at rest if need be."""
    if exercise is None:
        return rest.la_pressure_mean_mmhg + constants("symptoms").surrogate_rise
    return exercise.la_pressure_mean_mmhg


def _breathlessness(
    rest: Haemodynamics, exercise: Haemodynamics | None, water: float, adapted: float
) -> Finding:
    """Flash oedema by water; at rest by oedema or pressure; on exertion by pressure there."""
    k, lung = constants("symptoms"), constants("lung")
    wet = f"lung water {water:.1f} mL/kg"
    if water >= lung.alveolar_water:
        return Finding(FLASH, (f"{wet}, {lung.alveolar_water:g} or more: air spaces flood",))
    pressure = rest.la_pressure_mean_mmhg
    reasons = []
    if water >= lung.oedema_water:
        reasons.append(f"{wet}, {lung.oedema_water:g} or more: oedema")
    limit = k.rest_la_pressure_new + adapted * (k.rest_la_pressure - k.rest_la_pressure_new)
    if pressure > limit:
        reasons.append(f"LA pressure at rest {pressure:.1f} mmHg, above {limit:.1f}")
    if reasons:
        return Finding(REST, tuple(reasons))
    limit, strained = k.exercise_la_pressure, _exercise_pressure(rest, exercise)
    guess = "" if exercise else f" (guessed: {k.surrogate_rise:g} more than at rest)"
    found = f"LA pressure in exercise {strained:.1f} mmHg{guess}"
    if strained >= limit:
        return Finding(EXERTION, (f"{found}, {limit:g} or more",))
    return Finding(NONE, (f"{found}, below {limit:g}", wet))


def _tiredness(
    rest: Haemodynamics,
    exercise: Haemodynamics | None,
    share: float,
    healthy_exercise: Haemodynamics,
    bsa_m2: float,
) -> Finding:
    """At rest by output or index there; on exertion by output in either, against health."""
    k = constants("symptoms")
    index = rest.cardiac_output_l_min / bsa_m2
    at_rest = f"output at rest {100.0 * share:.0f} % of the healthy"
    reasons = []
    if share < k.rest_output:
        reasons.append(f"{at_rest}, below {100.0 * k.rest_output:g} %")
    if index <= k.low_index:
        reasons.append(f"cardiac index {index:.1f} L/min/m², {k.low_index:g} or less")
    if reasons:
        return Finding(REST, tuple(reasons))
    found = [(at_rest, share)]
    if exercise is not None:
        reached = exercise.cardiac_output_l_min / healthy_exercise.cardiac_output_l_min
        found.append((f"output in exercise {100.0 * reached:.0f} % of the healthy", reached))
    low = [text for text, value in found if value < k.exertion_output]
    if low:
        return Finding(EXERTION, tuple(f"{t}, below {100.0 * k.exertion_output:g} %" for t in low))
    return Finding(NONE, tuple(text for text, _ in found))


def _index(la_exercise_mmhg: float, water_ml_kg: float, output_share: float) -> float:
    """Dyspnoea index: a logistic of LA pressure in exercise, lung water and missing output."""
    k = constants("symptoms")
    weighed = k.index_la_pressure * (la_exercise_mmhg - k.index_la_middle)
    weighed += k.index_water * (water_ml_kg - k.index_water_middle)
    weighed += k.index_output * (k.index_output_middle - output_share)
    return 0.5 * (1.0 + math.tanh(0.5 * weighed))
