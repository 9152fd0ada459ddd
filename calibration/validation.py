"""Writes the pages in `docs`: the tables in them come from the model and from its data files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from calibration import (
    course_tables,
    courses,
    dog_tables,
    fit,
    klotz,
    orifice_tables,
    physiology,
    surgery,
    treatments,
)
from calibration.course_tables import FOUR_STATES
from calibration.markdown import missed, table
from calibration.states import (
    ACUTE_EROA,
    CHRONIC_RATE,
    all_states,
    chronic,
    exam,
    finish,
    settled,
)
from mitral.beat.beat import LV_VOLUME_OFFSET
from mitral.disease.adaptation import heart_volume
from mitral.parameters import parameter
from mitral.parameters.parameter import load_file
from mitral.parameters.personalise import body_surface_area, healthy

if TYPE_CHECKING:
    from mitral.measure.exam import Exam

DOCS = Path(__file__).parent.parent / "docs"
PEOPLE = {
    "man, 48 y, 178 cm, 75 kg": (48.0, False, 178.0, 75.0),
    "woman, 48 y, 165 cm, 62 kg": (48.0, True, 165.0, 62.0),
    "man of 25": (25.0, False, 178.0, 75.0),
    "man of 75": (75.0, False, 178.0, 75.0),
}
FOUR = (
    "lv_edv_ml",
    "lv_esv_ml",
    "lv_ef_percent",
    "regurgitant_fraction_percent",
    "forward_stroke_volume_ml",
    "la_pressure_mean_mmhg",
)


def people() -> str:
    """Healthy people from one set by scaling, with the ranges of a catheter laboratory and CMR."""
    exams = {}
    for name, (age, female, height, weight) in PEOPLE.items():
        bsa = body_surface_area(height, weight)
        p = healthy(bsa, age, female)
        exams[name] = exam(p, settled(p), bsa)
    rows = []
    for row in fit.rows("healthy.csv"):
        values = [f"{float(getattr(e, row['finding'])):.4g}" for e in exams.values()]
        rows.append([row["finding"], row["man"], row["woman"], *values, row["source"]])
    head = ["finding", "published, men", "published, women", *exams, "source"]
    return table(head, rows)


def four_states(exams: dict[str, Exam]) -> str:
    """The four textbook states."""
    rows = []
    for name, textbook in FOUR_STATES.items():
        rows.append([name, "textbook", *(f"{v}" for v in textbook)])
        rows.append([name, "model", *(f"{float(getattr(exams[name], f)):.1f}" for f in FOUR)])
    head = ["state", "", "EDV mL", "ESV mL", "EF %", "RF %", "forward mL", "LA mmHg"]
    return table(head, rows)


def targets(problem: fit.Problem, exams: dict[str, Exam]) -> str:
    """Every target of the fit and what the model makes of it."""
    rows = []
    for row in problem.targets:
        kind = row["against"].rsplit(" ", 1)
        against = f" ({kind[1]} to {kind[0]})" if row["against"] else ""
        rows.append(
            [
                row["state"],
                f"{row['finding']}{against}",
                f"{float(row['target']):.4g} ± {float(row['sd']):g}",
                f"{fit.value_of(row, exams):.4g}",
                f"{fit.miss(row, exams):+.1f}",
                row["source"],
            ]
        )
    return table(["state", "finding", "target", "model", "misses by (SD)", "source"], rows)


def loads(p: np.ndarray, slow: dict[str, dict[str, float]]) -> str:
    """What a change of load does at once (no reflex) to the leak of grown hearts."""
    normal, _ = finish(p)
    size = heart_volume(p, normal.waveforms)
    changes = {
        "resistance x 0.75": {"r_sys": 0.75},
        "resistance x 1.3": {"r_sys": 1.3},
        "contractility x 1.3": {"ctr": 1.3},
        "450 mL less blood": {"tbv": -450.0},
        "veins wider by 290 mL": {"v_sv_ref": 290.0},
    }
    rows = []
    for name in ("compensated", "decompensated"):
        q, before = chronic(p, slow[name], CHRONIC_RATE[name], size)
        for label, change in {"as it is": {}, **changes}.items():
            z = q.copy()
            for which, value in change.items():
                z[which] = z[which] + value if abs(value) > 10.0 else z[which] * value
            e = exam(z, settled(z, before.start))
            found = (e.lv_edv_ml, e.total_stroke_volume_ml, e.forward_stroke_volume_ml)
            found += (e.regurgitant_volume_ml, e.regurgitant_fraction_percent, e.eroa_cm2)
            found += (e.la_pressure_mean_mmhg, e.ra_pressure_mean_mmhg, e.aortic_mean_mmhg)
            rows.append([name, label, *(f"{v:.3g}" for v in found)])
    head = ["heart", "change", "EDV mL", "total mL", "forward mL", "leak mL", "RF %", "EROA cm²"]
    return table([*head, "LA mmHg", "RA mmHg", "aorta mmHg"], rows)


def caval(p: np.ndarray, slow: dict[str, dict[str, float]]) -> str:
    """Slopes of the end-systolic line while the inflow from the veins is throttled."""
    normal, _ = finish(p)
    size = heart_volume(p, normal.waveforms)
    hearts = {"normal": p}
    for name in slow:
        hearts[name] = chronic(p, slow[name], CHRONIC_RATE[name], size)[0]
    rows = []
    for name, q in hearts.items():
        points = []
        for wider in (0.0, 150.0, 300.0, 450.0, 600.0):
            z = q.copy()
            z["v_sv_ref"] += wider
            w = settled(z).waveforms
            pressure = w["p_lv"] - w["p_peri"]
            i = int(np.argmax(pressure / np.maximum(w["v_lv"] - LV_VOLUME_OFFSET, 1.0)))
            points.append((float(w["v_lv"][i]), float(pressure[i])))
        volume, pressure = np.array(points).T
        slopes = np.diff(pressure) / np.diff(volume)
        rows.append([name, f"{volume[0]:.0f} to {volume[-1]:.0f}", *(f"{s:.2f}" for s in slopes)])
    return table(["heart", "end-systolic mL", *(["mmHg/mL"] * 4)], rows)


BEFORE_AFTER = (
    "heart_rate_bpm",
    "lv_edv_ml",
    "lv_esv_ml",
    "lv_ef_percent",
    "forward_stroke_volume_ml",
    "regurgitant_fraction_percent",
    "eroa_cm2",
    "la_pressure_mean_mmhg",
    "la_v_wave_mmhg",
    "ra_pressure_mean_mmhg",
    "lv_edp_mmhg",
    "aortic_mean_mmhg",
    "mitral_mean_gradient_mmhg",
    "pulmonary_vein_s_d_ratio",
    "closed_mitral_ms",
    "lv_mass_index_g_m2",
)


def before_after() -> str:
    """Healthy and acute state with the first design's parameters and with today's."""
    found = []
    first = load_file(fit.HERE / "before.csv")
    for p in (first, parameter.load()):
        for eroa, reflex in ((0.0, False), (ACUTE_EROA, True)):
            q = p.copy()
            q["eroa"] = eroa
            found.append(exam(q, settled(q, reflex=reflex)))
    head = ["finding", "healthy before", "healthy now", "acute before", "acute now"]
    order = (0, 2, 1, 3)
    rows = [[name, *(f"{getattr(found[i], name):.4g}" for i in order)] for name in BEFORE_AFTER]
    return table(head, rows)


def fill_in(name: str, parts: dict[str, str]) -> str:
    """A page of `calibration/pages` with its parts filled in."""
    text = (fit.HERE / "pages" / name).read_text(encoding="utf-8")
    for part, content in parts.items():
        text = text.replace("{" + part + "}", content)
    return text


def write_page(name: str, parts: dict[str, str]) -> None:
    """Fill in a page and put it into `docs`."""
    DOCS.mkdir(exist_ok=True)
    (DOCS / name).write_text(fill_in(name, parts), encoding="utf-8")
    print(f"wrote docs/{name}")


def write_physiology() -> None:
    """Write the page of the slow laws, which needs no simulation."""
    write_page("physiology.md", physiology.parts())


TIME = {
    "one_life": ("Four states", course_tables.four_states),
    "decompensation": ("Failing muscle", course_tables.decompensation),
    "life_targets": ("Targets", course_tables.life_targets),
    "baxley": ("Left atrium", course_tables.baxley),
    "progression": ("Progression", course_tables.progression),
    "sudden_or_gradual": ("Sudden or slow", course_tables.sudden_or_gradual),
    "oedema": ("Flooding", course_tables.oedema),
    "functional": ("Functional orifice", orifice_tables.functional),
    "late_or_holosystolic": ("Late systolic", orifice_tables.late_or_holosystolic),
    "kleaveland": ("Dogs, Kleaveland", dog_tables.kleaveland),
    "carabello": ("Dogs, Carabello", dog_tables.carabello),
    "macro_steps": ("Macro-steps", course_tables.macro_steps),
}
"""The tables of time by their place in the page: name, and what makes them."""


def of_time() -> dict[str, str]:
    """The tables of whole lives, of dogs and of orifices, and what in them is not as required."""
    tables = {place: made() for place, (_, made) in TIME.items()}
    unmet = [f"- {TIME[place][0]}: {row}" for place, made in tables.items() for row in missed(made)]
    return {**tables, "unmet": "\n".join(unmet) or "Nothing."}


def report_time() -> None:
    """Print the tables of time."""
    for name, made in of_time().items():
        print(f"{name}\n\n{made}\n")


def write() -> None:
    """Write all pages."""
    problem, x = fit.load_problem()
    p, slow = problem.unpack(x)
    exams = all_states(p.copy(), slow)
    curve = klotz.CURVE.items()
    write_page("model.md", {"before_after": before_after()})
    write_physiology()
    write_page(
        "validation.md",
        {
            **of_time(),
            "people": people(),
            "four_states": four_states(exams),
            "targets": targets(problem, exams),
            "loads": loads(p.copy(), slow),
            "caval": caval(p.copy(), slow),
            "klotz": table(
                ["volume mL", "measured mmHg", "model mmHg"],
                [[f"{v}", f"{t}", f"{klotz.passive_pressure(p, v):.2f}"] for v, t in curve],
            ),
            "acute_eroa": f"{ACUTE_EROA:g}",
            "treatment": treatments.accuracy_table(),
            "gradients": treatments.gradient_table(),
            "surgery": surgery.surgery_table(),
            "lesion": f"{courses.EROA_CM2:g}",
            "baxley_day": f"{course_tables.BAXLEY_DAY:g}",
        },
    )
