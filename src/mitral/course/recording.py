"""Runs of beats and courses of years as xarray datasets with units and CF attributes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from mitral.beat.dataset import describe as waveform
from mitral.disease.symptoms import BREATHLESSNESS, TIREDNESS
from mitral.grade.stage import STAGES
from mitral.grade.state import STATES
from mitral.measure.describe import describe as finding

if TYPE_CHECKING:
    from mitral.course.course import Course
    from mitral.course.transient import Transient

WAVEFORMS = (
    *("p_lv", "p_la", "p_ao", "p_sa", "p_rv", "p_ra", "p_pa", "p_peri"),
    *("v_lv", "v_la", "q_mv", "q_mr", "q_av", "q_pvn", "ero"),
)
"""What is kept of every beat."""


def joined(run: Transient, name: str) -> np.ndarray:
    """A waveform through all beats; the last sample of a beat is the first of the next."""
    parts = [one.beat[name][:-1] for one in run.beats]
    return np.concatenate([*parts, run.beats[-1].beat[name][-1:]])


def times(run: Transient) -> np.ndarray:
    """Time (s) of the samples of `joined`, from the start of the run."""
    parts = [one.time_s + one.beat["time"][:-1] for one in run.beats]
    return np.append(np.concatenate(parts), run.end_s)


def to_xarray(run: Transient, attributes: dict[str, Any]) -> Any:
    """Findings over `beat`, waveforms over `time`, with units; `attributes` of the whole."""
    import xarray

    exams = [one.exam.as_dict() for one in run.beats]
    found = {name: np.array([exam[name] for exam in exams]) for name in exams[0]}
    found["hemodynamic_compromise"] = np.array([one.hemodynamic_compromise for one in run.beats])
    variables = {
        name: ("beat", _plain(v), _attributes(*finding(name))) for name, v in found.items()
    }
    for name in WAVEFORMS:
        variables[name] = ("time", joined(run, name), _attributes(*waveform(name)))
    begins = np.array([one.time_s for one in run.beats])
    coordinates = {
        "time": ("time", times(run), _attributes("time from the start of the run", "s")),
        "beat": ("beat", np.arange(begins.size), _attributes("number of the beat", "1")),
        "beat_start": ("beat", begins, _attributes("start of the beat in the run", "s")),
    }
    return xarray.Dataset(variables, coordinates, {"Conventions": "CF-1.11", **attributes})


_FELT = {
    "output": ("forward output of the left ventricle", "mL s-1"),
    "leak": ("regurgitant flow, mean over the beat", "mL s-1"),
    "stretch_lv": ("end-diastolic fibre stretch of the left ventricle", "1"),
    "stress_max": ("largest fibre stress of the left ventricle", "kPa"),
    "stress_ed": ("end-diastolic fibre stress of the left ventricle", "kPa"),
    "stretch_la": ("largest fibre stretch of the left atrium", "1"),
    "load": ("load of the orifice", "1"),
    "map_mmhg": ("mean arterial pressure", "mmHg"),
    "lap_mmhg": ("mean left atrial pressure", "mmHg"),
    "rap_mmhg": ("mean right atrial pressure", "mmHg"),
    "pap_mmhg": ("mean pulmonary arterial pressure", "mmHg"),
    "lv_size": ("unloaded left ventricular cavity over before", "1"),
    "lv_wall": ("left ventricular wall over before", "1"),
    "lv_stiffness": ("left ventricular passive stress over before", "1"),
    "la_size": ("unloaded left atrium over before", "1"),
    "la_wall": ("left atrial wall over before", "1"),
    "contractility": ("contractility that damage has left", "1"),
    "lung_resistance": ("pulmonary arteriolar resistance over before", "1"),
    "pericardium": ("pericardium over before", "1"),
    "orifice": ("load at which the lesion has its size", "1"),
    "blood": ("blood volume over before", "1"),
    "tone": ("logarithm of systemic resistance over before", "1"),
    "drive": ("lasting sympathetic drive", "1"),
    "map_set": ("arterial pressure to which the reflex is reset", "mmHg"),
    "lap_set": ("left atrial pressure to which the reflex is reset", "mmHg"),
    "lap_month": ("left atrial pressure remembered", "mmHg"),
    "loss_month": ("loss of contractility remembered", "1"),
    "lung_water_ml_kg": ("extravascular lung water per body weight", "mL kg-1"),
}
"""Long names and units of what is known at every macro-step."""


def course_to_xarray(course: Course) -> Any:
    """Findings over `visit`, the slow state and what it feels over `step`."""
    import xarray

    exams = [visit.exam.as_dict() for visit in course.visits]
    variables: dict[str, Any] = {}
    for name in exams[0]:
        values = _plain(np.array([exam[name] for exam in exams]))
        variables[name] = ("visit", values, _attributes(*finding(name)))
    for name, words, known in (
        ("state", [v.state.name for v in course.visits], STATES),
        ("stage", [v.stage.letter for v in course.visits], tuple(STAGES)),
        (
            "breathlessness",
            [v.symptoms.breathlessness.grade for v in course.visits],
            BREATHLESSNESS,
        ),
        ("tiredness", [v.symptoms.tiredness.grade for v in course.visits], TIREDNESS),
    ):
        variables[name] = ("visit", *_flags(words, known))
    compromised = np.array([visit.compromise.present for visit in course.visits])
    variables["hemodynamic_compromise"] = (
        "visit",
        _plain(compromised),
        _attributes("hemodynamic compromise", "1"),
    )
    for name, values in course.trajectory.items():
        if name != "day":
            label, unit = _FELT.get(name) or finding(name)
            variables[f"step_{name}"] = ("step", values, _attributes(label, unit))
    days = np.array([visit.day for visit in course.visits])
    coordinates = {
        "day": ("visit", days, _attributes("time of the visit from the start", "d")),
        "step_day": ("step", course.trajectory["day"], _attributes("time from the start", "d")),
    }
    made = course.provenance
    attributes = {
        "Conventions": "CF-1.11",
        "title": "" if course.patient is None else course.patient.name,
        "source": f"mitral {made.get('version')}, parameter set {made.get('parameter_set')}",
        "comment": str(made.get("notice", "")),
        "provenance": json.dumps(dict(made), ensure_ascii=False),
        "outcome": course.outcome,
        "reason": course.reason,
    }
    return xarray.Dataset(variables, coordinates, attributes)


def _flags(words: list[str], known: tuple[str, ...]) -> tuple[np.ndarray, dict[str, Any]]:
    """Words as CF flags: numbers, and what they mean."""
    values = np.array([known.index(word) for word in words], dtype=np.int8)
    meanings = " ".join(word.replace(" ", "_") for word in known)
    numbers = np.arange(len(known), dtype=np.int8)
    return values, {"flag_values": numbers, "flag_meanings": meanings}


def _plain(values: np.ndarray) -> np.ndarray:
    """Yes and no as 1 and 0: NetCDF has no booleans."""
    return values.astype(np.int8) if values.dtype == bool else values


def _attributes(long_name: str, unit: str) -> dict[str, str]:
    return {"long_name": long_name, "units": unit}
