"""Tables of human lives: four states, decompensation, the atrium, progression, symptoms, steps.

Every table says what is required, and whether the model meets it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from calibration import courses
from calibration.courses import EROA_CM2, HOUR, course, of_case, sudden
from calibration.fit import rows
from calibration.lives import YEAR, YEARS, at, finding
from calibration.markdown import fulfilled, met, table
from mitral.circulation.chamber import LAW
from mitral.circulation.loop import LA, chamber_volume, muscle_laws
from mitral.disease.lung import healthy_lung
from mitral.disease.symptoms import BREATHLESSNESS, EXERTION
from mitral.parameters.personalise import REFERENCE_BSA_M2
from mitral.units import MUSCLE_DENSITY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mitral.course.course import Visit
    from mitral.course.life import Moment

FOUR_STATES = {
    "normal": (150, 50, 67, 0, 100, 10),
    "acute": (170, 30, 82, 50, 70, 25),
    "compensated": (240, 50, 79, 50, 95, 15),
    "decompensated": (260, 110, 58, 57, 65, 25),
}
"""EDV, ESV (mL), EF, RF (%), forward stroke (mL), mean LA pressure (mmHg): textbook figure."""
_FOUR = {
    "edv_ml": ("EDV mL", 0.08, 0.0),
    "esv_ml": ("ESV mL", 0.0, 12.0),
    "ef_percent": ("EF %", 0.0, 4.0),
    "rf_percent": ("RF %", 0.0, 4.0),
    "fsv_ml": ("forward stroke mL", 0.0, 8.0),
    "lap_mmhg": ("mean LA pressure mmHg", 0.0, 4.0),
}
"""What is allowed: a share of the textbook's number, and so much in the finding's unit."""
_WORN_OUT_EF, _FAILING_EF = 58.0, 60.0
LESIONS = (0.10, 0.20, 0.30, 0.35, 0.40, 0.45, 0.50, 0.60)
_SMALL, _LARGE, _EARLIEST, _LATEST = 0.20, 0.40, 5.0, 15.0
"""cm², cm², years: up to the first lesion no failure, from the second on between the years."""


def falls_below(moments: Sequence[Moment], ef_percent: float) -> float:
    """Years until the ejection fraction falls below a limit; infinite if it does not."""
    lowest = min(finding(m, "ef_percent") for m in moments)
    return math.inf if lowest > ef_percent else at([*moments], f"ef {ef_percent:g}", "years")


def four_states() -> str:
    """Four states of one life beside the textbook's."""
    life = [*sudden()]
    years = falls_below(life, _WORN_OUT_EF)
    day = f"day {years * YEAR:.0f}" if math.isfinite(years) else "never reached; last day"
    when = {
        "normal": ("0 d", "before the leak"),
        "acute": (f"{HOUR} d", "1 hour"),
        "compensated": ("365 d", "day 365"),
        "decompensated": (f"ef {_WORN_OUT_EF:g}", day),
    }
    lines = []
    for state, textbook in FOUR_STATES.items():
        moment, said = when[state]
        for (name, (label, share, much)), wanted in zip(_FOUR.items(), textbook, strict=True):
            allowed, value = share * wanted + much, at(life, moment, name) + 0.0
            verdict = met(value, wanted - allowed, wanted + allowed)
            lines.append([state, said, label, f"{wanted} ± {allowed:g}", f"{value:.1f}", verdict])
    return table(["state", "when", "finding", "textbook, allowed", "model", "met"], lines)


def decompensation() -> str:
    """Years until the ejection fraction falls below 60 %, by lesion."""
    lines = []
    for lesion in LESIONS:
        life = of_case(f"{lesion:.2f}")
        years, last = falls_below(life, _FAILING_EF), life[-1]
        required, verdict = "", ""
        if lesion <= _SMALL:
            required, verdict = f"not within {YEARS}", fulfilled(math.isinf(years))
        elif lesion >= _LARGE:
            required, verdict = f"{_EARLIEST:g} to {_LATEST:g}", met(years, _EARLIEST, _LATEST)
        ended = "" if last.day >= YEARS * YEAR - 1.0 else f", failed after {last.day / YEAR:.1f} y"
        lines.append(
            [
                f"{lesion:.2f}",
                f"{years:.1f}" if math.isfinite(years) else f"not within {YEARS}",
                f"{finding(last, 'ef_percent'):.0f}{ended}",
                required,
                verdict,
            ]
        )
    head = ["lesion cm²", f"years until EF is below {_FAILING_EF:g} %", f"EF % after {YEARS} years"]
    return table([*head, "required", "met"], lines)


def life_targets() -> str:
    """Every target of the fit of the slow laws."""
    lines = []
    for row in rows("lives.csv"):
        value = at([*of_case(row["case"])], row["when"], row["finding"])
        target, sd = float(row["target"]), float(row["sd"])
        wanted, miss = f"{target:.4g} ± {sd:g}", f"{(value - target) / sd:+.1f}"
        lines.append(
            [row["case"], row["when"], row["finding"], wanted, f"{value:.4g}", miss, row["source"]]
        )
    head = ["lesion cm², or dog (RF %)", "when", "finding", "target", "model", "misses by (SD)"]
    return table([*head, "source"], lines)


BAXLEY_DAY = 30.0
_BAXLEY = {
    "largest LA volume mL/m²": (119.0, 267.0, True),
    "LA compliance mL/(mmHg m²)": (1.61, 5.14, True),
    "LA volume swing over pressure swing mL/(mmHg m²)": (math.nan, math.nan, False),
    "LV end-diastolic volume mL/m²": (142.0, 188.0, False),
    "LV mass g/m²": (133.0, 166.0, False),
    "mean LA pressure mmHg": (math.nan, math.nan, False),
    "forward stroke mL": (math.nan, math.nan, False),
    "EF %": (math.nan, math.nan, False),
}
"""Ruptured chords, chronic rheumatic leak, whether two thirds of the ratio are required.

Source: Baxley 1973.
"""
_LEAST_OF_RATIO = 2.0 / 3.0


def la_compliance(p: np.ndarray, across_mmhg: float) -> float:
    """Slope (mL/mmHg) of the resting left atrium's curve at a transmural pressure."""
    muscle = np.zeros(4, LAW)
    muscle_laws(p[0], muscle)
    below, above = (chamber_volume(muscle[LA], across_mmhg + dp, 3.0) for dp in (-0.25, 0.25))
    return 2.0 * float(above - below)


def _atrium(m: Moment) -> list[float]:
    """The findings of `_BAXLEY`."""
    w, size = m.solution.waveforms, REFERENCE_BSA_M2
    across = m.stimuli.lap_mmhg - float(w["p_peri"][:-1].mean())
    return [
        m.stimuli.la_max_ml / size,
        la_compliance(m.parameters, across) / size,
        float(np.ptp(w["v_la"]) / np.ptp(w["p_la"])) / size,
        m.stimuli.edv_ml / size,
        MUSCLE_DENSITY * float(m.parameters["wall_lv"][0]) / size,
        m.stimuli.lap_mmhg,
        finding(m, "fsv_ml"),
        finding(m, "ef_percent"),
    ]


def baxley_moments() -> tuple[Moment, Moment]:
    """Day 30 of a sudden leak, and when, after it was compensated, LA pressure is again as high."""
    life = sudden()
    new = next(m for m in life if m.day >= BAXLEY_DAY)
    later = [m for m in life if m.day > YEAR]
    return new, next((m for m in later if m.stimuli.lap_mmhg >= new.stimuli.lap_mmhg), later[-1])


def baxley() -> str:
    """The atrium of a sudden and of an old leak at the same pressure."""
    new, old = baxley_moments()
    lines = []
    for (label, (a, b, needed)), x, y in zip(
        _BAXLEY.items(), _atrium(new), _atrium(old), strict=True
    ):
        least = max(_LEAST_OF_RATIO * b / a, 1.0)
        published = [f"{a:g}", f"{b:g}", f"{b / a:.2f}"] if math.isfinite(a) else ["", "", ""]
        asked = [f"{least:.2f} or more", met(y / x, least, math.inf)] if needed else ["", ""]
        lines.append([label, *published, f"{x:.3g}", f"{y:.3g}", f"{y / x:.2f}", *asked])
    head = ["", "ruptured chords", "chronic rheumatic", "ratio", f"model, day {new.day:.0f}"]
    return table([*head, f"model, year {old.day / YEAR:.1f}", "ratio", "required", "met"], lines)


_PROGRESSION = (0.15, 0.50)
_PROGRESSION_YEARS = 10.0
_A_YEAR = {
    "eroa_cm2": ("orifice mm²/y", 100.0, 5.9),
    "regurgitant_volume_ml": ("volume mL/y", 1.0, 7.4),
}
"""Label, factor to the unit shown, growth a year as published. Source: Enriquez-Sarano 1999."""
_ABOUT = 0.25
"""Share by which 'about' may be missed. Source: assumed."""


def progression() -> str:
    """Growth of orifice and volume a year in degenerative disease as it comes by default."""
    visits = course("prolapse", _PROGRESSION_YEARS).visits
    found = {name: [getattr(v.exam, name) for v in visits] for name in _A_YEAR}
    days = [v.day for v in visits]
    last = min(_PROGRESSION[1], found["eroa_cm2"][-1])
    first, until = (float(np.interp(e, found["eroa_cm2"], days)) for e in (_PROGRESSION[0], last))
    lines = []
    for name, (label, factor, wanted) in _A_YEAR.items():
        a, b = (factor * float(np.interp(day, days, found[name])) for day in (first, until))
        grown = (b - a) * YEAR / (until - first)
        low, high = (1.0 - _ABOUT) * wanted, (1.0 + _ABOUT) * wanted
        lines.append([label, f"{wanted:g}", f"{low:.2g} to {high:.2g}"])
        lines[-1] += [f"{a:.0f} to {b:.0f}", f"{grown:.1f}", met(grown, low, high)]
    when = f"in the model from year {first / YEAR:.1f} to {until / YEAR:.1f}"
    return table(["a year", "published", "required", when, "model", "met"], lines)


_GRADUAL_YEARS = 7.0


def _felt(visit: Visit) -> list[str]:
    e, s = visit.exam, visit.symptoms
    return [
        f"{e.eroa_cm2:.2f}",
        f"{e.regurgitant_fraction_percent:.0f}",
        f"{e.lv_edv_ml:.0f}",
        f"{e.la_volume_max_ml:.0f}",
        f"{e.la_pressure_mean_mmhg:.1f}",
        f"{e.cardiac_output_l_min:.1f}",
        f"{visit.lung_water_ml_kg:.1f}",
        s.congestion.grade,
        s.breathlessness.grade,
        s.tiredness.grade,
        f"{s.dyspnoea_index:.2f}",
        "yes" if visit.compromise.present else "no",
    ]


_FELT = (
    "orifice as measured cm²",
    "RF %",
    "EDV mL",
    "largest LA volume mL",
    "mean LA pressure mmHg",
    "output L/min",
    "lung water mL/kg",
    "congestion",
    "breathlessness",
    "tiredness",
    "dyspnoea index",
    "compromised",
)


def sudden_or_gradual() -> str:
    """Symptoms of one lesion that came at once and of the same that came over years."""
    at_once = course("flail_leaflet", _GRADUAL_YEARS, 0.0, EROA_CM2).visits
    slowly = course("flail_leaflet", _GRADUAL_YEARS, _GRADUAL_YEARS, EROA_CM2).visits[-1]
    first = next(v for v in at_once if v.day == 1.0)
    columns = (["", *_FELT], *(_with_label(v) for v in (at_once[0], first, slowly)))
    lines = [list(row) for row in zip(*columns, strict=True)]
    a, b = (BREATHLESSNESS.index(v.symptoms.breathlessness.grade) for v in (first, slowly))
    few = BREATHLESSNESS.index(EXERTION)
    asked = "sudden: breathless at rest or worse; slow: on exertion at most; sudden worse"
    lines.append([f"required: {asked}", "", "", fulfilled(a > few >= b)])
    return table(lines[0], lines[1:])


def _with_label(visit: Visit) -> list[str]:
    said = {0.0: "healthy", 1.0: "sudden, day 1"}
    return [said.get(visit.day, f"over {_GRADUAL_YEARS:g} years, its last day"), *_felt(visit)]


_THRESHOLDS = {"unadapted": (24.0, 28.0), "adapted": (32.0, math.inf)}
"""mmHg; LA pressure from which lung water rises without end, at once and after weeks."""


def oedema() -> str:
    """LA pressure from which the lungs flood, in lungs that know congestion and in others."""
    life = sudden()
    new = next(m for m in life if m.day >= HOUR)
    old = max(life, key=lambda m: m.lung.adapted)
    lines = []
    for (name, (low, high)), m in zip(_THRESHOLDS.items(), (new, old), strict=True):
        lung = (
            m.lung
            if name == "adapted"
            else healthy_lung(m.lung.weight_kg, life[0].stimuli.capillary_mmhg)
        )
        capillary, drop = lung.flooding_pressure_mmhg, m.stimuli.capillary_mmhg - m.stimuli.lap_mmhg
        required = f"{low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
        value = capillary - drop
        when = f"day {m.day:.2g}" if m.day < 1.0 else f"day {m.day:.0f}"
        shown = [f"{lung.adapted:.2f}", f"{capillary:.1f}", f"{drop:.1f}", f"{value:.1f}"]
        lines.append([name, when, *shown, required, met(value, low, high)])
    head = ["lungs", "at", "adaptation", "capillary pressure", "drop to the LA"]
    return table([*head, "LA pressure mmHg", "required", "met"], lines)


_COMPARED = (
    *("map_mmhg", "lap_mmhg", "rap_mmhg", "pap_mmhg", "edp_mmhg", "edv_ml", "esv_ml", "ef_percent"),
    *("fsv_ml", "rvol_ml", "rf_percent", "la_max_ml", "rate_bpm", "stress_max", "stress_ed"),
)
_MOST_PERCENT = 0.5


def macro_steps() -> str:
    """What halving every macro-step changes in the findings of whole lives."""
    lines = []
    for lesion in (0.30, EROA_CM2, 0.60):
        whole, half = ({m.day: m for m in sudden(lesion, n)} for n in (1, 2))
        worst = max(
            (100.0 * abs(finding(half[day], name) / finding(whole[day], name) - 1.0), name, day)
            for day in courses.STOPS
            if day in whole and day in half
            for name in _COMPARED
        )
        change, name, day = worst
        steps = [str(len(way) - 1) for way in (whole, half)]
        said = [f"{change:.2f}", name, f"{day:.4g}", met(change, 0.0, _MOST_PERCENT)]
        lines.append([f"{lesion:.2f}", *steps, *said])
    head = ["lesion cm²", "steps in 20 years", "steps, each in two", "largest change %"]
    return table([*head, "of", "on day", f"at most {_MOST_PERCENT:g} %"], lines)
