"""`mitral transient`: the leak opens at once, and the circulation answers beat by beat."""

from __future__ import annotations

import click

from mitral.cli.delivery import checked, delivered, told
from mitral.cli.given import changes_of, no_reflex, patient_of, person


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

    paths = checked(out, figure)
    changes = changes_of(pairs)
    patient = patient_of(patient_file, cause, eroa)
    with waiting():
        from mitral import workflow

        run = workflow.transient(
            patient, beats=beats, onset_beat=onset_beat, changes=changes, reflex=not no_reflex
        )
        from mitral.report.transient import picture
        from mitral.report.transient_table import result as page

        text = delivered(run, paths, as_json, page, picture)
    told(text, paths, as_json)
