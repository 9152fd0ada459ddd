"""A settled beat as plain values that a page can draw: curves, phases, loops, findings, grade."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from mitral.beat.beat import LV_VOLUME_OFFSET
from mitral.disease.causes import find
from mitral.report.loops import end_diastolic_curve, wave_peaks
from mitral.report.normal import normal_ranges
from mitral.report.phases import leak_by_phase, phases, stroke
from mitral.report.severity_scale import scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mitral.beat.beat import Beat
    from mitral.disease.causes import Cause
    from mitral.treatment.prescription import Prescription
    from mitral.workflow import SettledBeat

SAMPLES = 200
"""Samples of a curve from the start of the beat to its end, both included one more."""
_DECIMALS = {"p": 2, "v": 2, "q": 1, "z": 3, "ero": 4}
WAVES = (
    *("p_lv", "p_la", "p_ao", "p_rv", "p_ra", "p_pa", "p_pvn"),
    *("v_lv", "v_la", "v_rv", "v_ra"),
    *("q_mv", "q_mr", "q_av", "q_pvn", "q_tv", "q_pv"),
    *("z_mv", "z_av", "z_tv", "z_pv", "ero"),
)
"""The curves a page draws, by the names of `Beat`."""
LEAFLETS = ("normal", "prolapse", "flail", "tethered", "perforated", "stiff")
DEVICES = ("", "clip", "ring", "mechanical", "biological")
_DEVICE_OF = {
    "teer": "clip",
    "repair": "ring",
    "replacement": "mechanical",
    "bioprosthesis": "biological",
}


def view(result: SettledBeat) -> dict[str, Any]:
    """Everything that a page shows of one beat."""
    who = result.patient
    cause, held = None if who.cause is None else find(who.cause), device(result.given)
    return {
        "settled": result.settled,
        "beats": result.beats,
        "message": result.message,
        "cause": "" if cause is None else cause.name,
        "cause_label": "" if cause is None else cause.label,
        "acute": result.anatomy.acute,
        "picture": picture(result.beat, leaflets(cause, held), held),
        "exam": result.exam.measured(),
        "normal": _normal(result),
        "grade": result.grade.as_dict(),
        "severity": scale(result.grade),
        "parameters": _parameters(result),
        "provenance": result.provenance,
    }


def picture(beat: Beat, leaflets: str, device: str) -> dict[str, Any]:
    """What is drawn of a beat: curves, phases, moments, the size of the heart, the stroke.

    `leaflets`, one of `LEAFLETS`; `device` in the valve, one of `DEVICES`.
    """
    parts = stroke(beat)
    return {
        "leaflets": leaflets,
        "device": device,
        "period_s": beat.period_s,
        "waves": waves(beat),
        "phases": segments(beat),
        "marks": _marks(beat),
        "heart": {name: beat.heart[name] for name in ("wall_lv_ml", "v0_lv_ml", "bsa_m2")},
        "la_pressure_mean_mmhg": beat.mean(beat["p_la"]),
        "loop": _loop(beat),
        "stroke": {
            "forward_ml": parts.forward_ml,
            "leak_ml": parts.leak_ml,
            "total_ml": parts.total_ml,
            "forward_ef_percent": 100.0 * parts.forward_ml / float(beat["v_lv"].max()),
        },
    }


def leaflets(cause: Cause | None, held: str = "") -> str:
    """Which of `LEAFLETS` a cause makes of the valve; sound ones when nothing is known.

    `held`: the device in the valve. A clip leaves the leaflets as they are, surgery does not.
    """
    if cause is None or held not in ("", "clip"):
        return "normal"
    seen = cause.anatomy
    if seen.perforation or cause.name == "congenital_cleft":
        return "perforated"
    if seen.flail or seen.ruptured_papillary:
        return "flail"
    if seen.stenotic or "IIIa" in cause.carpentier:
        return "stiff"
    if "IIIb" in cause.carpentier:
        return "tethered"
    return "prolapse" if "II" in cause.carpentier else "normal"


def device(given: Sequence[Prescription]) -> str:
    """Which of `DEVICES` sits in the valve after treatments, the last one counting."""
    names = [one.treatment.name for one in given]
    held = [_DEVICE_OF[name] for name in names if name in _DEVICE_OF]
    return held[-1] if held else ""


def waves(beat: Beat) -> dict[str, list[float]]:
    """The curves at equal steps of the beat, rounded to what a picture can show."""
    at = np.linspace(0.0, beat.period_s, SAMPLES + 1)
    made = {}
    for name in WAVES:
        decimals = _DECIMALS[name.split("_", maxsplit=1)[0]]
        # adding zero turns -0.0 into 0.0
        made[name] = (np.round(np.interp(at, beat["time"], beat[name]), decimals) + 0.0).tolist()
    return made


def segments(beat: Beat) -> list[dict[str, Any]]:
    """The phases as shares of the beat from 0 to 1; one that goes round its end is two."""
    period, found = beat.period_s, []
    for phase in phases(beat):
        start, stop = phase.start / period, phase.stop / period
        for turn in (-1.0, 0.0, 1.0):
            low, high = max(start + turn, 0.0), min(stop + turn, 1.0)
            if high > low:
                found.append({"name": phase.name, "start": low, "stop": high})
    return sorted(found, key=lambda one: one["start"])


def _marks(beat: Beat) -> dict[str, float | None]:
    """Moments as shares of the beat (a valve already shut at its start: below 0)."""
    marks, period, last = beat.landmarks, beat.period_s, len(beat["time"]) - 1
    v, a = wave_peaks(beat)
    times = {
        "mitral_closes": marks.mitral_closes / period,
        "aortic_opens": marks.aortic_opens / period,
        "aortic_closes": marks.aortic_closes / period,
        "mitral_opens": marks.mitral_opens / period,
        "atrial_onset": marks.atrial_onset / period,
        "end_diastole": marks.end_diastole / last,
        "end_systole": marks.end_systole / last,
        "v_wave": v / last,
        "a_wave": math.nan if a is None else a / last,
    }
    return {name: value if math.isfinite(value) else None for name, value in times.items()}


def _loop(beat: Beat) -> dict[str, Any]:
    """End-systolic line and end-diastolic curve; what is lost while both valves are shut (mL)."""
    i = beat.landmarks.end_systole
    volume, base = float(beat["v_lv"][i]), float(beat["p_peri"][i])
    slope = (float(beat["p_lv"][i]) - base) / max(volume - LV_VOLUME_OFFSET, 1.0)
    curve, filled = end_diastolic_curve(beat), []
    if curve is not None:
        a, b, c = curve
        last = float(beat["v_lv"][0])
        at = np.linspace(float(beat["v_lv"].min()), 1.13 * last, 40)
        made = a + b * np.expm1(c * (at - last))
        filled = [[round(float(x), 2), round(float(y), 2)] for x, y in zip(at, made, strict=True)]
    leak = leak_by_phase(beat)
    lost = {"contraction_ml": leak.contraction_ml, "relaxation_ml": leak.relaxation_ml}
    return {
        "espvr": {"v0_ml": LV_VOLUME_OFFSET, "p0_mmhg": base, "slope_mmhg_ml": slope},
        "edpvr": filled,
        **{name: value if math.isfinite(value) else 0.0 for name, value in lost.items()},
    }


def _normal(result: SettledBeat) -> dict[str, dict[str, Any]]:
    """Normal range of each finding that has one; None: no limit on that side."""
    return {
        name: {
            "low": row.low if math.isfinite(row.low) else None,
            "high": row.high if math.isfinite(row.high) else None,
            "source": row.source,
        }
        for name, row in normal_ranges(result.patient).items()
    }


def _parameters(result: SettledBeat) -> dict[str, float]:
    """Every parameter as solved, by name."""
    record = result.parameters[0]
    return {name: float(record[name]) for name in result.parameters.dtype.names or ()}
