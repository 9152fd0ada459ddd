"""`mitral simulate`: one patient, one settled beat, its findings and its grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from mitral.errors import NotSettledError
    from mitral.patient.record import Patient
    from mitral.workflow import SettledBeat

FIGURES = (".svg", ".png", ".pdf")
BEATS = (".nc",)


@click.command(short_help="Simulate, examine and grade one settled beat.")
@click.argument("patient_file", metavar="[PATIENT.yaml]", required=False, type=click.Path())
@click.option("--cause", metavar="NAME", help="Cause of the leak, e.g. prolapse or flail_leaflet.")
@click.option("--eroa", metavar="CM2", help="Regurgitant orifice: 0.4 or 0.4cm2 or 40mm2.")
@click.option(
    "--set",
    "pairs",
    metavar="NAME=VALUE",
    multiple=True,
    help="Change a parameter: r_sys=1.2, r_sys=x1.3, r_sys=+10%. May be repeated; "
    "`mitral parameters` lists the names.",
)
@click.option("--no-reflex", is_flag=True, help="Switch the baroreflex off.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, and only that.")
@click.option("--out", metavar="beat.nc", type=click.Path(), help="Save the waveforms (NetCDF).")
@click.option(
    "--figure",
    metavar="beat.svg|.png|.pdf",
    type=click.Path(),
    help="Draw the pressure-volume loops and the waveforms.",
)
def simulate(
    patient_file: str | None,
    cause: str | None,
    eroa: str | None,
    pairs: tuple[str, ...],
    no_reflex: bool,
    as_json: bool,
    out: str | None,
    figure: str | None,
) -> None:
    """Simulate one beat of a patient until it repeats itself, and examine and grade it.

    Without a patient file: the healthy adult (man, 48 years, 178 cm, 75 kg). Exit code 0: settled;
    2: wrong usage; 3: unusable input; 4: did not settle.
    """
    from mitral.cli.waiting import waiting
    from mitral.errors import NotSettledError
    from mitral.files import check_output, shown

    out_path = None if out is None else check_output(out, BEATS)
    figure_path = None if figure is None else check_output(figure, FIGURES)
    changes = _changes(pairs)
    patient = _patient(patient_file, cause, eroa)
    try:
        with waiting():
            from mitral import workflow

            beat = workflow.simulate(patient, reflex=not no_reflex, changes=changes)
            _save(beat, out_path, figure_path)
    except NotSettledError as error:
        raise _not_settled(error, out_path, as_json) from error
    _print(beat, as_json)
    for path in (out_path, figure_path):
        if path is not None:
            click.echo(f"wrote {shown(path)}", err=True)


def _patient(path: str | None, cause: str | None, eroa: str | None) -> Patient:
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
        if not overrides:
            return patient
        given = patient.model_dump(exclude_unset=True)
    return build(given | overrides, lambda at: "--eroa: " if at == ("eroa_cm2",) else "")


def _changes(pairs: tuple[str, ...]) -> dict[str, str]:
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


def _save(beat: SettledBeat, out: Path | None, figure: Path | None) -> None:
    """Write what was asked for."""
    if out is not None:
        beat.save(out)
    if figure is not None:
        beat.plot(figure)


def _print(beat: SettledBeat, as_json: bool) -> None:
    """The result on stdout."""
    if as_json:
        from mitral.report.plain import to_json

        click.echo(to_json(beat.as_dict()))
    else:
        from mitral.report.console import paint
        from mitral.report.table import result

        click.echo(paint(lambda console: result(beat, console)), color=True, nl=False)


def _not_settled(error: NotSettledError, out: Path | None, as_json: bool) -> NotSettledError:
    """The error to report, after the last state was saved and printed where that was asked for."""
    from mitral.errors import MitralError, NotSettledError
    from mitral.files import shown
    from mitral.workflow import SettledBeat

    last, note = error.beat, ""
    if not isinstance(last, SettledBeat):
        return error
    if out is not None:
        try:
            last.save(out)
            note = f"; the last state is in {shown(out)}"
        except MitralError as fault:
            note = f"; the last state is lost ({fault})"
    if as_json:
        _print_unsettled(last)
    return NotSettledError(f"{error}{note}", last)


def _print_unsettled(beat: SettledBeat) -> None:
    """The JSON of a beat that did not settle: how it ended, and no findings."""
    from mitral.report.plain import to_json

    record = {"settled": False, "beats": beat.beats, "message": beat.message}
    nothing = {"exam": None, "grade": None}
    click.echo(to_json({**record, **nothing, "provenance": beat.provenance}))
