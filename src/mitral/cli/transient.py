"""`mitral transient`: the leak opens at once, and the circulation answers beat by beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mitral.cli.given import FIGURES, NETCDF, changes_of, no_reflex, patient_of, person

if TYPE_CHECKING:
    from pathlib import Path

    from mitral.course.transient import Transient


@click.command(short_help="Open the leak at once and follow it beat by beat.")
@person
@no_reflex
@click.option("--beats", type=int, default=120, show_default=True, help="Length of the run.")
@click.option(
    "--onset-beat",
    type=int,
    default=10,
    show_default=True,
    help="Beats before the leak opens.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, and only that.")
@click.option("--out", metavar="t.nc", type=click.Path(), help="Save findings and waveforms.")
@click.option(
    "--figure",
    metavar="t.svg|.png|.pdf",
    type=click.Path(),
    help="Draw loops, pressures, strokes and heart rate over time.",
)
def transient(
    patient_file: str | None,
    cause: str | None,
    eroa: str | None,
    pairs: tuple[str, ...],
    no_reflex: bool,
    beats: int,
    onset_beat: int,
    as_json: bool,
    out: str | None,
    figure: str | None,
) -> None:
    """Settle a patient with a tight valve, open the leak, and follow the beats that come.

    Without a patient file: the healthy adult (man, 48 years, 178 cm, 75 kg). What a sudden cause
    brings (the orifice, lost muscle) comes with the leak. The reflex acts with its delays. Exit
    code 0: computed, whatever the outcome; 2: wrong usage; 3: unusable input; 4: the heart did not
    settle before the leak.
    """
    from mitral.cli.waiting import waiting
    from mitral.files import check_output, shown

    out_path = None if out is None else check_output(out, NETCDF)
    figure_path = None if figure is None else check_output(figure, FIGURES)
    changes = changes_of(pairs)
    patient = patient_of(patient_file, cause, eroa)
    with waiting():
        from mitral import workflow

        run = workflow.transient(
            patient, beats=beats, onset_beat=onset_beat, changes=changes, reflex=not no_reflex
        )
        _save(run, out_path, figure_path)
        text = _text(run, as_json)
    click.echo(text, color=True, nl=as_json)
    for path in (out_path, figure_path):
        if path is not None:
            click.echo(f"wrote {shown(path)}", err=True)


def _save(run: Transient, out: Path | None, figure: Path | None) -> None:
    """Write what was asked for."""
    if out is not None:
        run.save(out)
    if figure is not None:
        from mitral.report.transient import picture

        picture(run, figure)


def _text(run: Transient, as_json: bool) -> str:
    """The result as it goes to stdout."""
    if as_json:
        from mitral.report.plain import to_json

        return to_json(run.as_dict())
    from mitral.report.console import paint
    from mitral.report.transient_table import result

    return paint(lambda console: result(run, console))
