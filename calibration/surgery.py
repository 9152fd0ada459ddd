"""Days and a year after repair against what was printed, in the life of the textbook.

The person of the fit (a flail leaflet, nothing prescribed) is repaired when the ejection fraction
has fallen to that of the patients. `surgery.csv`: printed before and after (before 0: only the
change was printed). Mass is compared by its share, since it depends on who was operated on.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from calibration import lives
from calibration.courses import of_case
from calibration.fit import rows
from calibration.markdown import fulfilled, table
from calibration.treatments import NEAR
from mitral.patient.record import Patient
from mitral.workflow import compare

if TYPE_CHECKING:
    from mitral.course.course import Visit

CASE, EF_BEFORE = "0.46", 60.0
AS_SHARE = ("lv_mass_index_g_m2",)
"""Findings whose change counts as a share of the value before."""


@cache
def visits() -> tuple[Visit, ...]:
    """Before repair, an hour, 5 days, ... and a year after."""
    year = lives.at(list(of_case(CASE)), f"ef {EF_BEFORE:g}", "years")
    patient = Patient(cause="flail_leaflet", eroa_cm2=float(CASE))
    return compare(patient, ["repair"], 1.0, at=year).arms[0].course.visits


def accuracy() -> list[tuple[dict[str, str], float, float, float]]:
    """Each row with the model's value before, the printed and the model's change (or share)."""
    before, *after = visits()
    made = []
    for row in rows("surgery.csv"):
        seen = min(after, key=lambda v: abs(v.day - before.day - float(row["day"])))
        was, now = (float(getattr(v.exam, row["finding"])) for v in (before, seen))
        printed, change = float(row["after"]) - float(row["before"]), now - was
        if row["finding"] in AS_SHARE:
            printed, change = 100.0 * printed / float(row["before"]), 100.0 * change / was
        made.append((row, was, printed, change))
    return made


def surgery_table() -> str:
    """The rows in Markdown."""
    lines = []
    for row, was, printed, change in accuracy():
        unit = " %" if row["finding"] in AS_SHARE else ""
        before = row["before"] if float(row["before"]) else ""
        near = abs(change / printed - 1.0) <= NEAR
        numbers = [before, f"{was:.0f}", f"{printed:+.1f}{unit}", f"{change:+.1f}{unit}"]
        lines.append([row["study"], row["finding"], *numbers, f"{change / printed:.2f}"])
        lines[-1] += [fulfilled(near), row["source"]]
    head = ["after repair", "finding", "before", "model", "printed change", "model's", "ratio"]
    return table([*head, "near", "source"], lines)
