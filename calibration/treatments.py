"""Acute effects of treatment against what was printed, in patients fitted to the printed before.

`treatments.csv` has the rows, `treated.csv` the patients. Every dose is set by one index; all other
changes are predictions, asked to have the sign of the printed change and at most a third between.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from calibration.fit import rows
from calibration.markdown import fulfilled, table
from mitral.errors import MitralError
from mitral.patient.record import Patient
from mitral.workflow import simulate, treat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mitral.workflow import BeforeAfter

CAUSE = "flail_leaflet"
NEAR = 1.0 / 3.0
"""Largest share by which a predicted change may differ from the printed one."""
GRADIENT_MMHG = (2.0, 7.0)
"""Mean gradient over a mitral prosthesis. Source: Blauwet 2013."""
PROSTHESES = [
    f"{kind}:{size}mm" for kind in ("replacement", "bioprosthesis") for size in (27, 29, 31)
]
_REFLEX, _PERCENT = "reflex", "percent"
"""Field of a patient without reflex; role of a row that is printed as a change in per cent."""
_SHARE, _PRIOR, _FAILED = 0.004, 1.0, 30.0
"""Spread of a printed value of the before column in the fit, of the logarithm of a free value, and
the miss of a heart that does not settle."""


class Row(NamedTuple):
    """One printed change beside the predicted one."""

    study: str
    treatments: str
    finding: str
    role: str
    fitted: float
    before: float
    printed: float
    predicted: float

    @property
    def ratio(self) -> float:
        """Predicted over printed change."""
        return self.predicted / self.printed

    @property
    def near(self) -> bool:
        """Whether it is within a third, with the same sign."""
        return abs(self.ratio - 1.0) <= NEAR


def _patient(name: str, values: Mapping[str, float]) -> Patient:
    """The patient with these values by field: body and lesion, `parameter NAME`, else factors."""
    fields = {key: value for key, value in values.items() if key in Patient.model_fields}
    given = {k.split()[1]: v for k, v in values.items() if k.startswith("parameter ")}
    left = values.keys() - fields.keys()
    factors = {key: values[key] for key in left if not key.startswith("parameter ")}
    about = {"name": name, "cause": CAUSE, "adapted": True, **fields}
    factors.pop(_REFLEX, None)
    return Patient.model_validate({**about, "factors": factors, "parameters": given})


@cache
def fitted(name: str) -> Patient:
    """The patient of `treated.csv` with its free values fitted to the printed before column."""
    from scipy.optimize import least_squares

    mine = [row for row in rows("treated.csv") if row["patient"] == name]
    values = {row["field"]: float(row["value"]) for row in mine}
    free = [row["field"] for row in mine if row["role"] == "fitted"]
    if not free:
        return _patient(name, values)
    start = np.log([values[key] for key in free])
    printed = {
        row["finding"]: float(row["before"])
        for row in rows("treatments.csv")
        if row["patient"] == name and row["role"] != _PERCENT
    }

    def put(x: np.ndarray) -> Patient:
        return _patient(name, values | dict(zip(free, map(float, np.exp(x)), strict=True)))

    def misses(x: np.ndarray) -> np.ndarray:
        try:
            exam = simulate(put(x)).exam
        except MitralError:
            return np.full(len(printed) + len(free), _FAILED)
        off = [(getattr(exam, key) / value - 1.0) / _SHARE for key, value in printed.items()]
        return np.array([*off, *((x - start) / _PRIOR)])

    return put(least_squares(misses, start, diff_step=1e-3, x_scale=0.1, max_nfev=40).x)


@cache
def _treated(name: str, treatments: str) -> BeforeAfter:
    fields = [row["field"] for row in rows("treated.csv") if row["patient"] == name]
    return treat(fitted(name), treatments.split(" + "), reflex=_REFLEX not in fields)


def accuracy() -> list[Row]:
    """Every row of `treatments.csv` with the model's change."""
    made = []
    for row in rows("treatments.csv"):
        done, printed = _treated(row["patient"], row["treatments"]), float(row["before"])
        change = done.changes()[row["finding"]]
        model, predicted = change["before"] or 0.0, change["change"] or 0.0
        if row["role"] == _PERCENT:
            model, predicted = printed, change["percent"] or 0.0
        step = float(row["after"]) - printed
        about = row["study"], " and ".join(one.text for one in done.given), row["finding"]
        made.append(Row(*about, row["role"], model, printed, step, predicted))
    return made


def gradients() -> list[tuple[str, str, float]]:
    """Patient, prosthesis and mean gradient (mmHg) right after replacement."""
    acute = Patient(name="acute severe", cause=CAUSE)
    who = [acute, fitted("Goodman structural"), fitted("Siegel")]
    return [
        (one.name, kind, treat(one, kind).after.exam.mitral_mean_gradient_mmhg)
        for one in who
        for kind in PROSTHESES
    ]


def accuracy_table() -> str:
    """The accuracy table in Markdown."""
    head = [
        "study, dose",
        "finding",
        "before",
        "model",
        "printed change",
        "model's",
        "ratio",
        "near",
    ]
    lines = []
    for row in accuracy():
        digits = 2 if abs(row.before) < 10.0 else 1
        verdict = "dose" if row.role == "index" else fulfilled(row.near)
        numbers = [f"{row.before:g}", f"{row.fitted:.{digits}f}", f"{row.printed:+.{digits}f}"]
        numbers += [f"{row.predicted:+.{digits}f}", f"{row.ratio:.2f}"]
        lines.append([f"{row.study}: {row.treatments}", row.finding, *numbers, verdict])
    return table(head, lines)


def gradient_table() -> str:
    """Mean gradients over prostheses in Markdown."""
    low, high = GRADIENT_MMHG
    lines = [
        [name, kind, f"{value:.1f}", fulfilled(low <= value <= high)]
        for name, kind, value in gradients()
    ]
    return table(["patient", "prosthesis", "mean gradient, mmHg", f"{low:g} to {high:g}"], lines)


def report() -> None:
    """Print both tables."""
    print(accuracy_table())
    print()
    print(gradient_table())
