"""The unit system (mL, mmHg, s, cm, kPa) and every conversion out of it.

Inside the program: volume mL, pressure mmHg, time s, length cm, area cm², flow mL/s, fibre
stress kPa, sarcomere length µm, fractions 0 to 1. Heart rate enters in bpm.
"""

from __future__ import annotations

DYN_PER_CM2_PER_MMHG = 1333.22
"""1 mmHg in dyn/cm² (so that g, cm, s balance in the Bernoulli equation)."""
MMHG_PER_KPA = 7.50062
BLOOD_DENSITY = 1.06
"""g/mL."""
MUSCLE_DENSITY = 1.05
"""g/mL."""
JOULE_PER_MMHG_ML = 1.33322e-4
SECONDS_PER_MINUTE = 60.0
KDYN_PER_CM2_PER_MMHG = DYN_PER_CM2_PER_MMHG / 1000.0


def wood_to_dyn(resistance_mmhg_s_ml: float) -> float:
    """Resistance from mmHg·s/mL to dyn·s/cm⁵ (1 mmHg·s/mL = 1333.22)."""
    return resistance_mmhg_s_ml * DYN_PER_CM2_PER_MMHG


def ml_s_to_l_min(flow_ml_s: float) -> float:
    """Flow from mL/s to L/min."""
    return flow_ml_s * SECONDS_PER_MINUTE / 1000.0


REFERENCE_PERIOD_S = 60.0 / 65.0
"""The cycle length at which conduction and atrial contraction times are given."""
