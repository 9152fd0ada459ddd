"""`mitral simulate`: one patient, one settled beat, its findings and its grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mitral.cli.given import FIGURES, NETCDF, changes_of, no_reflex, patient_of, person

if TYPE_CHECKING:
    from pathlib import Path

    from mitral.errors import NotSettledError
    from mitral.workflow import SettledBeat


@click.command(short_help="Simulate, examine and grade one settled beat.")
@person
@no_reflex
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

    out_path = None if out is None else check_output(out, NETCDF)
    figure_path = None if figure is None else check_output(figure, FIGURES)
    changes = changes_of(pairs)
    patient = patient_of(patient_file, cause, eroa)
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
