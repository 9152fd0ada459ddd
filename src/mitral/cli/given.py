"""What a command line says of a patient: the file, the lesion, changed parameters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mitral.patient.record import Patient

FIGURES = (".svg", ".png", ".pdf")
NETCDF = (".nc",)


no_reflex = click.option("--no-reflex", is_flag=True, help="Switch the baroreflex off.")
page_folder = click.option(
    "--page",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    hidden=True,
    help="Another build of the page, for those who work on it.",
)


def person(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the patient file and the options that say what is different in the patient."""
    for add in (
        click.option(
            "--set",
            "pairs",
            metavar="NAME=VALUE",
            multiple=True,
            help="Change a parameter: r_sys=1.2, r_sys=x1.3, r_sys=+10%. May be repeated; "
            "`mitral parameters` lists the names.",
        ),
        click.option("--eroa", metavar="CM2", help="Regurgitant orifice: 0.4 or 0.4cm2 or 40mm2."),
        click.option(
            "--cause", metavar="NAME", help="Cause of the leak, e.g. prolapse or flail_leaflet."
        ),
        click.argument("patient_file", metavar="[PATIENT.yaml]", required=False, type=click.Path()),
    ):
        command = add(command)
    return command


def onset_of_leak(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how and when the leak comes."""
    for add in (
        click.option(
            "--onset-year",
            type=float,
            default=0.0,
            show_default=True,
            help="When the leak begins to come.",
        ),
        click.option(
            "--onset",
            metavar="sudden|gradual",
            help="How the leak comes; left out: as is usual for the cause.",
        ),
    ):
        command = add(command)
    return command


def patient_of(path: str | None, cause: str | None, eroa: str | None) -> Patient:
    """The patient of the file (or the healthy adult), with the lesion of the command line."""
    from mitral.cli.area import area_cm2
    from mitral.patient.faults import build
    from mitral.patient.readers.yaml import read

    overrides: dict[str, object] = {}
    if cause is not None:
        overrides["cause"] = cause
    if eroa is not None:
        overrides["eroa_cm2"] = area_cm2(eroa)
    if path is None:
        given: dict[str, object] = {"name": "Reference adult"} if overrides else {}
    else:
        patient = read(path)
        if "name" not in patient.model_fields_set:
            patient = patient.model_copy(update={"name": Path(path).stem})
        if not overrides:
            return patient
        given = patient.model_dump(exclude_unset=True)
    return build(given | overrides, lambda at: "--eroa: " if at == ("eroa_cm2",) else "")


def changes_of(pairs: tuple[str, ...]) -> dict[str, str]:
    """Parameter name to its new value as written, from NAME=VALUE texts."""
    changes: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not (name and equals and value):
            raise click.BadParameter(f"{pair!r} is not of the form NAME=VALUE", param_hint="--set")
        if name in changes:
            raise click.BadParameter(f"{name} is given twice", param_hint="--set")
        _refuse_patient_field(name)
        changes[name] = value
    return changes


def _refuse_patient_field(name: str) -> None:
    """A fact of the patient is not a parameter: say where it belongs."""
    from mitral.errors import InputError
    from mitral.patient.record import Patient

    if name in Patient.model_fields:
        raise InputError(
            f"--set changes parameters of the heart; {name} belongs into the patient file "
            "(`mitral new PATIENT.yaml` writes one)"
        )
