"""The state of the circulation, and what can be seen of it, as records with named fields.

Chambers `la lv ra rv`; valves `mv av tv pv`; vessels `ao` aortic root, `sa` systemic arteries,
`sv` systemic veins, `pa pc pvn` pulmonary arteries, capillaries, veins. Volumes `v_` mL, pressures
`p_` mmHg, flows `q_` mL/s positive in the physiological direction, orifice velocities `u_` cm/s,
valve openings `z_` from 0 to 1.
"""

from __future__ import annotations

import numpy as np

from mitral.parameters import parameter

_VOLUMES = ["v_lv", "v_la", "v_rv", "v_ra", "v_ao", "v_sa", "v_sv", "v_pa", "v_pc", "v_pvn"]
_VALVES = ["u_mv", "z_mv", "u_av", "z_av", "u_tv", "z_tv", "u_pv", "z_pv"]
_OTHER = ["u_mr", "q_ao", "q_pvn"]
STATE_FIELDS = _VOLUMES + _VALVES + _OTHER
VOLUME_COUNT = len(_VOLUMES)
"""The first fields of a state are the volumes; their sum is the total blood volume."""

_PRESSURES = ["p_lv", "p_la", "p_rv", "p_ra", "p_peri"]
_PRESSURES += ["p_ao", "p_sa", "p_sv", "p_pa", "p_pc", "p_pvn"]
_FLOWS = ["q_mv", "q_mr", "q_av", "q_tv", "q_pv", "q_sys", "q_sv", "q_pa", "q_pc"]
SIGNAL_FIELDS = _PRESSURES + _FLOWS + ["ero"]


def _record(fields: list[str]) -> np.dtype:
    return np.dtype([(name, np.float64) for name in fields])


STATE = _record(STATE_FIELDS)
SIGNALS = _record(SIGNAL_FIELDS)
"""Pressures, flows and the momentary regurgitant orifice `ero` (cm²) that follow from a state."""
WAVEFORM = _record(["time", *STATE_FIELDS, *SIGNAL_FIELDS])
PARAMETERS = parameter.dtype()

_PER_BEAT = [
    "period",  # s
    "systole",  # s, ventricular systole (QS2) at this rate
    "strength_lv",  # contractility of the left ventricle, reflex and damage included
    "strength_rv",  # the same of the right
    "v_sv_ref",  # mL, reflex included
    "g_sys",  # mL/(mmHg·s), systemic conductance, reflex included
    "edv",  # mL, at the start of this beat
    "esv",  # mL, of the beat before
    "lesion",  # cm², orifice at the reference pressure, load and annulus included
    "a_mv",  # cm², forward mitral area, annulus included
]
_ELASTANCES = ["e_ao", "e_sa", "e_pa", "e_pc", "e_pvn", "e_sv"]
_CONDUCTANCES = ["g_sv", "g_pa", "g_pc"]
_MOBILITIES = ["m_ao", "m_pvn", "m_mv", "m_av", "m_tv", "m_pv", "m_mr"]
CONTROL = _record([*_PER_BEAT, *_ELASTANCES, *_CONDUCTANCES, *_MOBILITIES, "walls", "per_v_peri"])
"""What is constant within one beat, and reciprocals that would cost a division in every rate:
elastances 1/C, conductances 1/R, mobilities 1/L of vessels and 1/(rho l) of valve streams."""
