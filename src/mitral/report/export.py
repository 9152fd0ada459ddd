"""A settled beat as files that other programs read, each with the notice and its provenance."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import mitral
from mitral.beat.dataset import describe
from mitral.disease.causes import find

if TYPE_CHECKING:
    from mitral.patient.record import Patient
    from mitral.workflow import SettledBeat

_SUFFIX = {"mL": "ml", "mmHg": "mmhg", "mL/s": "ml_s", "cm/s": "cm_s", "cm2": "cm2", "1": ""}
"""Ends of column names, by unit; an opening from 0 to 1 has none."""
_drawing = Lock()
"""Settings of the drawing library hold for the whole program, not for one picture."""


def entitled(patient: Patient) -> Patient:
    """The patient with a title that says what it is and names nobody."""
    if patient.cause is not None:
        label = find(patient.cause).label
        name = f"{label[:1].upper()}{label[1:]}"
    else:
        name = "A leaking mitral valve" if patient.eroa_cm2 else "A heart"
    return patient.model_copy(update={"name": name, "resembles": ""})


def provenance(result: SettledBeat) -> str:
    """Version, patient and settings in one line of JSON."""
    return json.dumps(result.provenance, separators=(",", ":"))


def csv(result: SettledBeat) -> str:
    """Every waveform as a column, the unit in its name; what it is in lines that begin with #."""
    beat = result.beat
    names = [name for name in beat.waveforms.dtype.names or () if name != "time"]
    ends = [_SUFFIX[describe(name)[1]] for name in names]
    columns = [f"{name}_{end}" if end else name for name, end in zip(names, ends, strict=True)]
    head = [
        f"# mitral {mitral.__version__}: {result.patient.name}, one settled beat",
        f"# {mitral.NOTICE}",
        f"# provenance: {provenance(result)}",
        ",".join(["time_s", *columns]),
    ]
    rows = zip(*(beat[name].tolist() for name in ("time", *names)), strict=True)
    return "\n".join([*head, *(",".join(f"{value:.7g}" for value in row) for row in rows), ""])


def netcdf(result: SettledBeat) -> bytes:
    """The beat as a NetCDF file."""
    with tempfile.TemporaryDirectory(prefix="mitral-") as folder:
        path = Path(folder) / "beat.nc"
        result.save(path)
        return path.read_bytes()


def drawing(result: SettledBeat, kind: str) -> bytes:
    """The loops and the Wiggers diagram as a picture; `kind` svg or png."""
    from mitral.report import style

    with tempfile.TemporaryDirectory(prefix="mitral-") as folder, _drawing:
        path = Path(folder) / f"beat.{kind}"
        style.save(result.plot(), path, about=provenance(result))
        return path.read_bytes()
